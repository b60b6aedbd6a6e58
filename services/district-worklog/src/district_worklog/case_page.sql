create table case_page (
    application_id uuid primary key,
    district text,
    submission integer not null,
    report jsonb not null,
    report_of integer not null,
    corrected text[] not null,
    words jsonb,
    records jsonb not null,
    history jsonb not null
);

create policy tenant on case_page for select to lectern_reader
    using (district = current_setting('lectern.district', true) and submission > 0);
