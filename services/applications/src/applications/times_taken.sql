create table times_taken (
    application_id uuid primary key,
    kind text not null,
    submission integer not null,
    district_clock jsonb not null,
    state_clock jsonb not null,
    district_days integer,
    state_days integer,
    decided_at timestamptz
);
create index times_taken_last on times_taken (kind, decided_at desc);

-- Whoever is signed in may know how long others waited; a row says nothing of a person.
create policy measured on times_taken for select to lectern_reader
    using (decided_at is not null and current_setting('lectern.educator', true) <> '');
