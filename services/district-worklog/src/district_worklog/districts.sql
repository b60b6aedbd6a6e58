create table districts (
    code text primary key,
    name text not null,
    county text not null,
    listed_at timestamptz not null,
    closed_on date,
    contacts jsonb,
    each_item boolean not null
);

-- A district sees itself; operators, who import the list, see all.
create policy tenant on districts for select to lectern_reader
    using (code = current_setting('lectern.district', true) or current_setting('lectern.role', true) = 'operator');

-- What waits at a district that has closed is due.
grant select on districts to lectern_writer;
create policy deadlines on districts for select to lectern_writer using (true);
