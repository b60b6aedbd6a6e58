create table districts (
    code text primary key,
    name text not null,
    county text not null
);

create policy dese on districts for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor', 'operator'));
