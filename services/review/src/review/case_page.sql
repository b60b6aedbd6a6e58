create table case_page (
    application_id uuid primary key,
    submission integer not null,
    submitted_on date not null,
    rules text not null,
    purpose text not null,
    report jsonb not null,
    conduct jsonb not null,
    attestation jsonb,
    conduct_read uuid[] not null,
    notes jsonb not null,
    closed jsonb,
    held jsonb,
    asked jsonb not null,
    proposal jsonb,
    sent_back jsonb,
    decision jsonb,
    route text,
    certificate_ids uuid[] not null,
    course jsonb,
    comparison jsonb,
    cycle integer not null,
    earlier jsonb not null
);

create policy dese on case_page for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
