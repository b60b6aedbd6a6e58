create table certificates_running (
    certificate_id uuid primary key,
    person_id uuid not null,
    expires_on date not null,
    due_at timestamptz not null
);
create index certificates_running_due on certificates_running (due_at);
create policy staff on certificates_running for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
grant select on certificates_running to lectern_writer;
create policy deadlines on certificates_running for select to lectern_writer using (true);
