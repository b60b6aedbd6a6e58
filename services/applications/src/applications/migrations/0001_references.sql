-- References count up: LEC-<year>-<number>. A number may be skipped (a second click draws one for nothing), never used
-- twice in a year: there are more of them than applications. A sequence, because a stream that every submission names
-- would have to be loaded by every submission.
create sequence reference_number as int minvalue 1 maxvalue 999999 cycle;
grant usage on sequence reference_number to lectern_web;
