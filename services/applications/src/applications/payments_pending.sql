create table payments_pending (
    payment_id uuid primary key,
    educator_id uuid not null,
    application_id uuid not null,
    due_at timestamptz not null
);
create index payments_pending_due on payments_pending (due_at);
create policy own on payments_pending for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
grant select on payments_pending to lectern_writer;
create policy deadlines on payments_pending for select to lectern_writer using (true);
