create table notices_sent (
    notice_id uuid primary key,
    notice text not null,
    recipient text not null,
    template text not null,
    application_id uuid,
    educator_id uuid,
    reference text,
    submission integer not null,
    district text,
    state text not null,
    happened_at timestamptz not null,
    certificate_id uuid,
    settled_at timestamptz,
    reason text,
    unreached text[] not null,
    letter jsonb,
    repeats integer not null
);
create index notices_sent_latest on notices_sent (happened_at desc, notice_id desc);
create index notices_sent_by_state on notices_sent (state, happened_at desc, notice_id desc);
create index notices_sent_by_application on notices_sent (application_id, happened_at);
create index notices_sent_by_reference on notices_sent (reference);

-- Support and operators see all; nobody else signs in here.
create policy staff on notices_sent for select to lectern_reader
    using (current_setting('lectern.role', true) in ('support', 'operator'));
