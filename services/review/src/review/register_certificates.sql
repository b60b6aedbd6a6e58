create table register_certificates (
    certificate_id uuid primary key,
    person_id uuid not null,
    kind text not null,
    areas text[] not null,
    issued_on date not null,
    effective_on date not null,
    expires_on date not null,
    status text not null,
    recorded_on date not null,
    changes jsonb not null,
    judged_as text,
    status_since date
);
create index register_certificates_by_person on register_certificates (person_id);

create policy dese on register_certificates for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor', 'operator'));
