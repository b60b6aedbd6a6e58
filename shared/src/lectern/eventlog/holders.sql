-- Who holds certificates, in the clear, by the name and Educator ID that the state publishes: what the public looks up.
-- Several rows a person: under each word that the last name may be looked up by, `at` 0 under the whole of it.
create table holders (
    person_id       uuid not null,
    at              smallint not null,
    first_name      text not null,
    last_name       text not null,
    educator_number text not null,
    number_key      text not null,
    last_key        text not null,
    first_key       text not null,
    primary key (person_id, at)
);
create index holders_by_name on holders (last_key, first_key, person_id);
create index holders_by_number on holders (number_key) where at = 0;
