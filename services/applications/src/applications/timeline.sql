create table timeline (
    application_id uuid primary key,
    educator_id uuid not null,
    entries jsonb not null
);
create policy own on timeline for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
