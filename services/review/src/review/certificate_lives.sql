create table certificate_lives (
    certificate_id uuid primary key,
    person_id uuid not null,
    changes jsonb not null
);
create index certificate_lives_by_person on certificate_lives (person_id);

create policy published on certificate_lives for select to lectern_reader
    using (current_setting('lectern.role', true) in ('public', 'reviewer', 'supervisor', 'operator'));
