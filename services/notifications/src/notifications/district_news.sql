create table district_news (
    application_id uuid primary key,
    educator_id uuid not null,
    reference text not null,
    kind text not null,
    district text,
    submission integer not null,
    waiting_since date,
    news jsonb not null,
    ended boolean not null,
    due_at timestamptz
);
create index district_news_due on district_news (due_at);
create index district_news_of_district on district_news (district);
create policy staff on district_news for select to lectern_reader
    using (current_setting('lectern.role', true) in ('support', 'operator'));
grant select on district_news to lectern_writer;
create policy deadlines on district_news for select to lectern_writer using (true);
