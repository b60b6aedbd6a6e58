create table verifications_due (
    application_id uuid primary key,
    educator_id uuid not null,
    rules text not null,
    district text,
    submission integer not null,
    clock jsonb not null,
    waits boolean not null,
    asked integer not null,
    told boolean not null,
    ended boolean not null,
    due_at timestamptz
);
create index verifications_due_at on verifications_due (due_at);
create index verifications_due_waiting on verifications_due (district) where waits and not ended;
create policy tenant on verifications_due for select to lectern_reader
    using (district = current_setting('lectern.district', true));
grant select on verifications_due to lectern_writer;
create policy deadlines on verifications_due for select to lectern_writer using (true);
