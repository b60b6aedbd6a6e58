create table match_tokens (
    person_id uuid primary key,
    token text not null
);
create index match_tokens_token on match_tokens (token);
-- Nobody can read who is in the register: only the row whose token one has made already.
create policy own_token on match_tokens for select to lectern_reader
    using (token = current_setting('lectern.token', true));
