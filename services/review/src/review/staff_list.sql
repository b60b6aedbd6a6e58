create table staff_list (
    office text primary key,
    contacts jsonb not null
);

create policy dese on staff_list for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
