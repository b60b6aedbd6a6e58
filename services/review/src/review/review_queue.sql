create table review_queue (
    application_id uuid primary key,
    educator_id uuid not null,
    reference text not null,
    kind text not null,
    certificate_id uuid,
    district text,
    submission integer not null,
    stage text not null,
    submitted_on date not null,
    submitted_at timestamptz not null,
    since timestamptz not null,
    sent_at timestamptz,
    reviewer uuid,
    proposed_by uuid,
    decided_at timestamptz,
    district_clock jsonb not null,
    state_clock jsonb not null,
    cycle integer not null,
    decided_by uuid[] not null
);
create index review_queue_by_stage on review_queue (stage, since, application_id);
create index review_queue_by_reviewer on review_queue (reviewer, stage);
create index review_queue_by_educator on review_queue (educator_id);
create unique index review_queue_by_reference on review_queue (reference);

create policy dese on review_queue for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
