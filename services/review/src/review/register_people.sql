create table register_people (
    person_id uuid primary key,
    number_token text,
    name jsonb,
    educator_number jsonb,
    birth_date jsonb,
    clearances jsonb not null,
    transcripts jsonb not null,
    contacts jsonb not null
);
create index register_people_by_number on register_people (number_token);

create policy dese on register_people for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor', 'operator'));
