"""A view whose fold or table changes is another version of it: a new table and a follower from the start."""

import json

from views_described import KEPT, described, services

from lectern.runtime.running import views_of

WHAT_TO_DO = """
The fold or the table of these views is not what tests/contracts/views.json holds: {changed}.
Where such a view runs with data that is kept: raise its `version` and give it a table of its own (docs/adr/0003).
While nothing is published: `make docs` writes the file anew, and development data starts over (`lectern up --fresh`).
"""


def test_a_changed_view_has_another_version() -> None:
    kept, now = json.loads(KEPT.read_text("utf-8")), described()

    changed = sorted(name for name in kept.keys() | now.keys() if kept.get(name) != now.get(name))

    assert not changed, WHAT_TO_DO.format(changed=", ".join(changed))


def test_a_version_is_never_lowered() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))

    assert [name for name, now in described().items() if now["version"] < kept[name]["version"]] == []


def test_a_table_belongs_to_one_view() -> None:
    for service in services():
        names = [view.name for view in views_of(service)]
        assert len(set(names)) == len(names), service.name
