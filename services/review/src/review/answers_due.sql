create table answers_due (
    application_id uuid primary key,
    rules text not null,
    submission integer not null,
    asked_at timestamptz,
    due_at timestamptz,
    ended boolean not null
);
create index answers_due_due on answers_due (due_at);
create policy staff on answers_due for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
grant select on answers_due to lectern_writer;
create policy deadlines on answers_due for select to lectern_writer using (true);
