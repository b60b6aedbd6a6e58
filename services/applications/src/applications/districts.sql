create table districts (
    code text primary key,
    name text not null,
    county text not null,
    words text not null,
    closed_on date,
    contacts jsonb
);
create index districts_name on districts (name, code);
-- The state's list of districts is public.
create policy everybody on districts for select to lectern_reader using (true);
