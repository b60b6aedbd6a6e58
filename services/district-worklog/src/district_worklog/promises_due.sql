create table promises_due (
    application_id uuid primary key,
    educator_id uuid not null,
    reference text not null,
    rules text not null,
    district text,
    reactivated_on date,
    due_on date,
    completed_on date,
    overdue boolean not null,
    due_at timestamptz
);
create index promises_due_at on promises_due (due_at);
create index promises_due_of_district on promises_due (district, due_on);
create policy tenant on promises_due for select to lectern_reader
    using (district = current_setting('lectern.district', true));
grant select on promises_due to lectern_writer;
create policy deadlines on promises_due for select to lectern_writer using (true);
