create table seen (
    educator_id uuid    primary key,
    times       integer not null
);
create policy everybody on seen for select to lectern_reader using (true);
