create table arrivals_waiting (
    arrival_id uuid primary key,
    what text not null,
    said jsonb not null,
    by uuid not null,
    at timestamptz not null
);
create index arrivals_waiting_by_day on arrivals_waiting (at, arrival_id);

create policy dese on arrivals_waiting for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
