create table provided (
    application_id uuid primary key,
    copies jsonb not null,
    conduct jsonb not null,
    evidence jsonb not null
);

create policy dese on provided for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
