create table certificates_expiring (
    person_id uuid primary key,
    due_at timestamptz,
    registered boolean not null,
    running jsonb not null,
    given jsonb not null
);
create index certificates_expiring_due on certificates_expiring (due_at);
create policy staff on certificates_expiring for select to lectern_reader
    using (current_setting('lectern.role', true) in ('support', 'operator'));
grant select on certificates_expiring to lectern_writer;
create policy deadlines on certificates_expiring for select to lectern_writer using (true);
