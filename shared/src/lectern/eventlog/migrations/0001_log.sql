-- What happened here and what was heard from others, in the one order in which it was committed.
create table fact (
    position       bigint      primary key check (position > 0),
    id             uuid        not null,
    source         text        not null,
    stream         text        not null,
    version        integer     not null check (version > 0),
    subject        text        not null,
    type           text        not null,
    schema         integer     not null check (schema > 0),
    data           json        not null, -- the exact text, as it came
    claim          text,
    actor          text        not null,
    correlation_id uuid        not null,
    causation_id   uuid,
    traceparent    text,
    occurred_at    timestamptz not null, -- for people
    recorded_at    timestamptz not null, -- never runs backwards against position
    rules          text,
    hash           bytea       not null,
    constraint fact_id_once unique (source, id),
    constraint fact_version_once unique (source, stream, version),
    constraint fact_claim_once unique (claim)
);
create index fact_by_subject on fact (subject, position);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'facts are never changed or removed: record what corrects them';
end $$;
create trigger fact_is_for_ever before update or delete on fact for each row execute function refuse_change();
create trigger fact_is_kept before truncate on fact for each statement execute function refuse_change();

-- Accepted commands: the same actor, key and body get the same answer.
create table commands (
    actor  text        not null,
    key    text        not null,
    body   bytea       not null, -- keyed HMAC of the plain command
    result json        not null,
    at     timestamptz not null,
    primary key (actor, key)
);
create index commands_by_age on commands (at);

-- How far each follower has come.
create table follower (
    name     text   primary key,
    position bigint not null default 0
);

-- Rows whose fold raised: skipped until they are folded again from the start.
create table broken (
    view     text   not null,
    key      text   not null,
    position bigint not null,
    error    text   not null,
    primary key (view, key)
);

grant select on fact, commands, follower, broken to lectern_writer, lectern_auditor;
grant insert on fact, commands to lectern_writer;
grant delete on commands to lectern_writer;
grant insert, update on follower to lectern_writer, lectern_folder;
grant select on fact, follower, broken to lectern_folder;
grant insert, delete on broken to lectern_folder;
grant select on follower, broken to lectern_reader;
