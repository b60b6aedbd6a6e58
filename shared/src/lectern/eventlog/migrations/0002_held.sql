-- Heard records that are not in the log (yet): the raw record, and why.
create table held (
    id       bigint      generated always as identity primary key, -- the order in which they came
    digest   bytea       not null unique,   -- of key, headers and value: a repeated record is held once
    state    text        not null check (state in ('waiting', 'behind', 'parked', 'lie')),
    reason   text        not null,
    detail   text        not null,
    subject  text,                          -- null: nobody can tell whom it is about
    source   text,
    stream   text,
    version  integer,
    type     text,
    fact_id  uuid,
    topic    text        not null,
    part     integer     not null,
    place    bigint      not null,          -- its offset
    key      bytea,
    headers  json        not null,          -- [[name, base64], ...]
    value    bytea,
    held_at  timestamptz not null default clock_timestamp(),
    tried_at timestamptz not null default clock_timestamp(),
    tries    integer     not null default 1
);
create index held_by_subject on held (subject, id);
create index held_waiting on held (tried_at) where state = 'waiting';

grant select, insert, update, delete on held to lectern_writer;
grant select on held to lectern_auditor;
