-- What tells facts apart stands first: while a log is young nothing else keeps Postgres from reading a whole source.
alter table fact drop constraint fact_id_once, add constraint fact_id_once unique (id, source);
alter table fact drop constraint fact_version_once, add constraint fact_version_once unique (stream, source, version);
alter table commands drop constraint commands_pkey, add primary key (key, actor);
