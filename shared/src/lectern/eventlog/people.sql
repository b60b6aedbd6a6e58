-- The only place where personal data stands in the clear: what staff search and sort by. Rebuilt with the keys.
create table people (
    person_id       uuid primary key,
    first_name      text,
    last_name       text,
    email           text,
    phone           text,
    educator_number text,
    folded          text generated always as (lower(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) stored
);
create index people_by_name on people (lower(last_name), lower(first_name), person_id);
create index people_by_number on people (educator_number);
