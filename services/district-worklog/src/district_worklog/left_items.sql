create table left_items (
    id text primary key,
    application_id uuid not null,
    educator_id uuid not null,
    district text not null,
    moved_to text,
    kind text not null,
    rules text not null,
    reference text not null,
    submission integer not null,
    submitted_on date not null,
    why text not null,
    declined text,
    left_at timestamptz not null
);
create index left_items_of_district on left_items (district, left_at, application_id);
create index left_items_of_educator on left_items (educator_id);

-- A district keeps what left it, and sees nothing of it afterwards.
create policy tenant on left_items for select to lectern_reader
    using (district = current_setting('lectern.district', true));
