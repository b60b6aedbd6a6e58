create table copies (
    application_id uuid primary key,
    copies jsonb not null
);

-- Whoever may see the application may see what came with it; the work log's own policy says who that is.
create policy tenant on copies for select to lectern_reader
    using (exists (select from work_log w where w.application_id = copies.application_id));
