create table application_status (
    application_id uuid primary key,
    educator_id uuid not null,
    reference text not null,
    kind text not null,
    certificate_id uuid not null,
    district text,
    submission int not null,
    submitted_on date not null,
    submitted_at timestamptz not null,
    fee int not null,
    rules text not null,
    holder text not null,
    since timestamptz not null,
    stays jsonb not null,
    opened_at timestamptz,
    sent_on date,
    reviewed_since timestamptz,
    reasons text[] not null,
    note jsonb,
    question jsonb,
    held_at timestamptz,
    district_asked boolean not null,
    declined text,
    decision text,
    decided_at timestamptz,
    denied_for jsonb,
    denial jsonb,
    route text,
    certificate_ids uuid[] not null,
    course jsonb,
    closed_for jsonb,
    withdrawing boolean not null,
    refunded_at timestamptz
);
create unique index application_status_reference on application_status (reference);
create index application_status_educator on application_status (educator_id, submitted_at desc);
create policy own on application_status for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
