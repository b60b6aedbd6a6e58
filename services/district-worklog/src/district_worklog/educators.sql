create table educators (
    person_id uuid primary key,
    contact jsonb,
    name jsonb,
    educator_number jsonb
);

-- A district sees a person while one of the person's applications stands in its work log or left it (both under row
-- security themselves).
create policy tenant on educators for select to lectern_reader
    using (
        exists (select from work_log where work_log.educator_id = educators.person_id)
        or exists (select from left_items where left_items.educator_id = educators.person_id)
    );
