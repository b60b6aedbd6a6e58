create table letter_links (
    link_id uuid primary key,
    application_id uuid not null,
    educator_id uuid not null,
    until date not null,
    linked_at timestamptz not null
);
create index letter_links_application on letter_links (application_id, linked_at);
-- An educator's own; and whoever has a link sees that one, and nobody sees which others there are.
create policy own on letter_links for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true)
        or link_id::text = current_setting('lectern.link', true));
