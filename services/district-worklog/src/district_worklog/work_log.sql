create table work_log (
    application_id uuid primary key,
    educator_id uuid not null,
    district text,
    kind text not null,
    rules text not null,
    reference text not null,
    submission integer not null,
    first integer not null,
    stage text not null,
    submitted_on date not null,
    requested_at timestamptz not null,
    claimed_by uuid,
    claimed jsonb,
    claimed_at timestamptz,
    recorded text[] not null,
    met text[] not null,
    recorded_before text[] not null,
    met_before text[] not null,
    moved_at timestamptz,
    closed_as text,
    clock jsonb not null,
    overdue boolean not null,
    asked_at timestamptz,
    declined text
);
create index work_log_of_district on work_log (district, stage, requested_at, application_id);
create index work_log_of_educator on work_log (educator_id);

-- A reader sees the rows of the district it is set to, and none at all while it is set to nothing.
create policy tenant on work_log for select to lectern_reader
    using (district = current_setting('lectern.district', true) and stage <> 'arriving');
