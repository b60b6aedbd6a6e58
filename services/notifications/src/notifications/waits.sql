create table waits (
    application_id uuid primary key,
    educator_id uuid not null,
    rules text not null,
    district text,
    submission integer not null,
    holder text not null,
    since timestamptz not null,
    reviewer uuid,
    district_clock jsonb not null,
    educator_clock jsonb not null,
    state_clock jsonb not null,
    held boolean not null,
    request_id uuid,
    declined boolean not null,
    cycle integer not null,
    given text[] not null,
    due_at timestamptz
);
create index waits_due on waits (due_at);
create policy staff on waits for select to lectern_reader
    using (current_setting('lectern.role', true) in ('support', 'operator'));
grant select on waits to lectern_writer;
create policy deadlines on waits for select to lectern_writer using (true);
