"""The table of a view as a migration: its own .sql, then the row security and grants that every view has."""

from typing import Any

from lectern.eventlog.views import View


def table_of(view: View[Any]) -> str:
    """SQL for the owner of the database. Readers see rows only by the policies in the view's own file; unset = none.

    A later version takes the place of the table before it, and is folded anew from the log. What asked the table before
    it, a policy of another table, goes with it and is made again after the views.
    """
    name = view.name
    return f"""{_instead_of_earlier(name) if view.version > 1 else ""}{view.sql.read_text(encoding="utf-8")}
alter table {name} enable row level security;
alter table {name} force row level security;
create policy folds on {name} to lectern_folder using (true) with check (true);
create policy audits on {name} for select to lectern_auditor using (true);
grant select, insert, update, delete on {name} to lectern_folder;
grant select on {name} to lectern_reader, lectern_auditor;
"""


def _instead_of_earlier(name: str) -> str:
    # sql: the name of a view in our own code
    return f"""drop table if exists {name} cascade;
delete from follower where name like 'view:{name}:%';
"""
