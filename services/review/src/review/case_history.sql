create table case_history (
    application_id uuid primary key,
    entries jsonb not null,
    reviewer uuid
);

create policy dese on case_history for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
