"""The state’s files: a bad row is named and takes no other with it; the same file again changes nothing."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lectern_local.command import run
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform

PEOPLE = (
    "educator_number,first_name,last_name,birth_date,ssn_last4,certificate_kind,areas,issued_on,expires_on,status,"
    "background_cleared_on"
)


@pytest.fixture
def code() -> str:
    """Of a district that nobody has listed."""
    return f"9{Random().randrange(10, 99)}-{Random().randrange(100, 999)}"


def imported(
    platform: Installation, capsys: pytest.CaptureFixture[str], kind: str, file: Path, *more: str
) -> tuple[int, dict[str, Any], Sequence[dict[str, Any]]]:
    """Exit code, the last line, and the lines before it."""
    exit_code = run(["import", kind, str(file), "--data", str(platform.data), "--json", *more])
    *bad, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    return exit_code, last, bad


def test_one_bad_row_takes_no_other_with_it(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str
) -> None:
    file = tmp_path / "districts.csv"
    file.write_text(f"code,name,county\n{code},NEW R-I,Adair\n12-3,WRONG,Adair\n048-077,INDEPENDENCE 30,Jackson\n")

    exit_code, last, bad = imported(platform, capsys, "districts", file)

    assert exit_code == 1
    assert last == {
        "kind": "districts", "dry_run": False, "rows": 3, "new": 1, "changed": 0, "same": 1, "bad": 1
    }  # fmt: skip
    assert [(each["line"], each["field"]) for each in bad] == [(3, "code")]
    assert "048-078" in bad[0]["message"]


def test_the_same_file_again_changes_nothing(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str
) -> None:
    file = tmp_path / "districts.csv"
    file.write_text(f"code,name,county,contact_name,contact_email\n{code},NEW R-I,Adair,Ann Lee,ann@new.example\n")

    first = imported(platform, capsys, "districts", file)[1]
    again = imported(platform, capsys, "districts", file)[1]

    assert (first["new"], again["new"], again["same"]) == (1, 0, 1)


def test_a_dry_run_records_nothing(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str
) -> None:
    file = tmp_path / "districts.csv"
    file.write_text(f"code,name,county\n{code},NEW R-I,Adair\n")

    tried = imported(platform, capsys, "districts", file, "--dry-run")[1]
    then = imported(platform, capsys, "districts", file)[1]

    assert (tried["new"], then["new"]) == (1, 1)


def test_people_are_judged_column_by_column(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    number = f"7{Random().randrange(10**7, 10**8)}"
    good = f"{number},Ada,Moore,1991-04-02,0421,IPC,Art K-12,2024-01-01,2027-12-31,active,"
    bad = f"{number}1,Bea,Moore,1991-02-30,42,IPC,Art K-12,2024-01-01,2027-12-31,active,"
    file.write_text("\n".join([PEOPLE, bad, good, ""]))

    exit_code, last, wrong = imported(platform, capsys, "people", file)

    assert (exit_code, last["new"], last["bad"]) == (1, 1, 1)
    assert {each["field"] for each in wrong} == {"birth_date", "ssn_last4"}


def test_staff_of_an_unknown_district_are_not_taken(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("email,first_name,last_name,role,district_code\nx@new.example,Xi,Lee,verifier,999-999\n")

    exit_code, _, wrong = imported(platform, capsys, "staff", file)

    assert exit_code == 1
    assert wrong[0]["field"] == "district_code"


@pytest.mark.parametrize(("content", "words"), [(b"", "is empty"), (b"\xff", "not UTF-8"), (b"a,b\n", "lacks code")])
def test_a_file_of_another_kind_is_a_wrong_call(
    platform: Installation, capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "districts.csv"
    file.write_bytes(content)

    assert run(["import", "districts", str(file), "--data", str(platform.data)]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_nothing_runs_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "districts.csv"
    file.write_text("code,name,county\n")

    assert run(["import", "districts", str(file), "--data", str(tmp_path)]) == 3
    assert "not running" in " ".join(capsys.readouterr().err.split())
