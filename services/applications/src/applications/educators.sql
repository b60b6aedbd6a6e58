create table educators (
    educator_id uuid primary key,
    name jsonb not null,
    educator_number jsonb not null,
    birth_date jsonb not null,
    contact jsonb,
    linked_at timestamptz,
    changed_at timestamptz,
    revision int not null,
    clearances jsonb not null,
    transcripts jsonb not null
);
create policy own on educators for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
