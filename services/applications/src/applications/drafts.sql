create table drafts (
    application_id uuid primary key,
    educator_id uuid not null,
    kind text not null,
    certificate_id uuid not null,
    stage text not null,
    started_at timestamptz not null,
    saved_at timestamptz not null,
    pages text[] not null,
    education_complete boolean not null,
    district text,
    reference text,
    route text,
    instead_of uuid
);
create index drafts_educator on drafts (educator_id, saved_at desc);
create policy own on drafts for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
