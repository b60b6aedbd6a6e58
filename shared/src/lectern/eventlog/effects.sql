create table open_effects (
    intent   uuid        primary key,
    position bigint      not null,
    since    timestamptz not null,
    released boolean     not null
);
create index open_effects_by_age on open_effects (since);
grant select on open_effects to lectern_writer;
create policy effects on open_effects for select to lectern_writer using (true);
create policy operators on open_effects for select to lectern_reader using (current_setting('lectern.role', true) = 'operator');
