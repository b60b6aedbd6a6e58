create table drafts_lying (
    application_id uuid primary key,
    educator_id uuid not null,
    kind text not null,
    saved_at timestamptz not null,
    open boolean not null,
    told date,
    due_at timestamptz
);
create index drafts_lying_due on drafts_lying (due_at);
create policy own on drafts_lying for select to lectern_reader
    using (educator_id::text = current_setting('lectern.educator', true));
grant select on drafts_lying to lectern_writer;
create policy deadlines on drafts_lying for select to lectern_writer using (true);
