create table certificates (
    certificate_id uuid primary key,
    educator_id uuid not null,
    kind text not null,
    areas text[] not null,
    issued_on date not null,
    expires_on date not null,
    status text not null,
    recorded_on date not null,
    status_since date,
    changes jsonb not null
);
create index certificates_educator on certificates (educator_id);
create policy own on certificates for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
