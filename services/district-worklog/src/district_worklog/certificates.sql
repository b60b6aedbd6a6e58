create table certificates (
    certificate_id uuid primary key,
    person_id uuid not null,
    kind text not null,
    status text not null,
    issued_on date not null,
    expires_on date not null
);
create index certificates_of_person on certificates (person_id, expires_on);

-- A district sees a person's certificates while one of the person's applications stands in its work log.
create policy tenant on certificates for select to lectern_reader
    using (exists (select from work_log where work_log.educator_id = certificates.person_id));
