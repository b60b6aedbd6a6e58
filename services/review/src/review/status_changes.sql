create table status_changes (
    certificate_id uuid primary key,
    person_id uuid not null,
    waiting jsonb,
    waiting_since timestamptz,
    done jsonb not null
);
create index status_changes_waiting on status_changes (waiting_since) where waiting_since is not null;
create index status_changes_by_person on status_changes (person_id);

create policy dese on status_changes for select to lectern_reader
    using (current_setting('lectern.role', true) in ('reviewer', 'supervisor'));
