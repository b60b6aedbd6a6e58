"""What a platform starts with: districts, staff and educators of the demonstration, put in through the services' API.

Loaded once for each data directory. Dates of the files are moved by whole days, so that who is ready to upgrade on the
files' own day is ready on the day of the first start.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

import httpx

from lectern.contracts.days import chicago_day
from lectern.web.words import district
from lectern_local.client import History, Sender
from lectern_local.client.user import User, operator
from lectern_local.demo.cast import Cast
from lectern_local.demo.passwords import password
from lectern_local.demo.people import Person
from lectern_local.importing.kinds import DISTRICTS, PEOPLE, STAFF, KindOfFile
from lectern_local.importing.reading import Row, read
from lectern_local.importing.sending import send_rows
from lectern_local.installation import Installation
from lectern_local.trouble import Trouble
from lectern_local.welcome import SignIn, Unclaimed, Welcome

DAY: Final = date(2026, 11, 24)
"""The day on which the files' dates are right."""
MOVED: Final = ("issued_on", "expires_on", "background_cleared_on")
UNCLAIMED: Final = 3
"""The first rows of people.csv: ready to upgrade, and nobody has an account for them."""
PATHS: Final = {
    "1039472": "Educator, ready to upgrade",
    "1049346": "Educator, too early to upgrade",
    "1044518": "Educator, certificate expired lately",
    "1047715": "Educator, expired, took a course",
    "1050881": "Educator, expired, hired by a district",
}
NOTICES_STAFF: Final = (
    ("sam.ortega@lectern.example", "Sam Ortega", "operator", "Operator"),
    ("noor.haddad@dese.example", "Noor Haddad", "support", "Support"),
)
"""(sign-in, name, role, words): who sees every notice."""
ROLES: Final = {
    "verifier": "Certification officer",
    "district-administrator": "District administrator",
    "reviewer": "DESE reviewer",
    "supervisor": "DESE supervisor",
}


async def load(installation: Installation) -> Welcome:
    """Puts in what is not there yet, and says who can sign in. Raises Trouble, Refusal, Unreached."""
    loaded = installation.data / "demo.json"
    digest = _digest()
    first = _first_day(loaded, digest)
    if first is None:
        first = chicago_day(datetime.now(UTC))
        await _put_in(installation, first)
        loaded.write_text(json.dumps({"digest": digest, "first_day": first.isoformat()}))
    return _welcome(installation, first)


def _first_day(loaded: Path, digest: str) -> date | None:
    """The day of the first start, if what was loaded then is what we have now."""
    try:
        found = json.loads(loaded.read_text())
        return date.fromisoformat(found["first_day"]) if found["digest"] == digest else None
    except (OSError, ValueError, KeyError):
        return None


async def _put_in(installation: Installation, first: date) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        sender = Sender(http, History(), patience=60)
        services = {
            each: operator(sender, installation.urls[each], installation.secrets.api_tokens[each])
            for each in ("district-worklog", "review")
        }
        await _send(DISTRICTS, list(_rows(DISTRICTS)), services, {})
        staff = list(_rows(STAFF))
        await _send(STAFF, staff, services, {row.line: password(installation, row.values["email"]) for row in staff})
        await _send(PEOPLE, list(_moved(_rows(PEOPLE), first)), services, {})
        for login, name, role, _ in NOTICES_STAFF:
            user = {"login": login, "name": name, "role": role, "password": password(installation, login)}
            notices = operator(
                sender, installation.urls["notifications"], installation.secrets.api_tokens["notifications"]
            )
            await notices.send("notices staff", "PUT", "/api/users", user, key=f"demo-staff-{login}")
        cast = Cast(installation, http, sender, first)
        people = [_person(row) for row in _rows(PEOPLE) if row.values["educator_number"] in PATHS]
        await cast.register("first", people)


async def _send(kind: KindOfFile, rows: list[Row], services: Mapping[str, User], passwords: Mapping[int, str]) -> None:
    def more(row: Row) -> Mapping[str, str]:
        return {"password": passwords[row.line]} if passwords else {}

    sent = await send_rows(kind, rows, services, dry_run=False, moved=lambda _: None, more=more)
    if sent.bad:
        first = sent.bad[0]
        raise Trouble(f"demo_data/{kind.name}.csv, line {first.line}, {first.field}: {first.message}")


def _rows(kind: KindOfFile) -> Iterator[Row]:
    rows, bad = read(_content(kind), kind)
    if bad:
        raise Trouble(f"demo_data/{kind.name}.csv, line {bad[0].line}: {bad[0].message}")
    return iter(rows)


def _content(kind: KindOfFile) -> bytes:
    return (files("lectern_local") / "demo_data" / f"{kind.name}.csv").read_bytes()


def _digest() -> str:
    return sha256(b"\n".join(_content(each) for each in (DISTRICTS, STAFF, PEOPLE))).hexdigest()


def _moved(rows: Iterator[Row], first: date) -> Iterator[Row]:
    """Every date of a certificate or clearance, by as many days as lie between the files' day and the first start."""
    by = first - DAY
    for row in rows:
        dates = {each: row.values[each] for each in MOVED if row.values[each]}
        yield Row(row.line, row.values | {each: str(date.fromisoformat(day) + by) for each, day in dates.items()})


def _person(row: Row) -> Person:
    said = row.values
    return Person(
        educator_number=said["educator_number"],
        first_name=said["first_name"],
        last_name=said["last_name"],
        birth_date=date.fromisoformat(said["birth_date"]),
        ssn_last4=said["ssn_last4"],
        email=_email(said),
        area=said["areas"].partition(";")[0],
    )


def _email(said: Mapping[str, str]) -> str:
    last = "".join(each for each in said["last_name"].lower() if each.isascii() and each.isalnum())
    return f"{said['first_name'].lower()}.{last}@teachers.example"


def _welcome(installation: Installation, first: date) -> Welcome:
    return Welcome(
        sign_ins=(*_educators(installation), *_staff(installation), *_notices_staff(installation)),
        unclaimed=tuple(
            Unclaimed(
                educator_id=row.values["educator_number"],
                last_name=row.values["last_name"],
                born=row.values["birth_date"],
                last_four=row.values["ssn_last4"],
            )
            for row in list(_moved(_rows(PEOPLE), first))[:UNCLAIMED]
        ),
    )


def _staff(installation: Installation) -> Iterator[SignIn]:
    names = {row.values["code"]: row.values["name"] for row in _rows(DISTRICTS)}
    for row in _rows(STAFF):
        code, email = row.values["district_code"], row.values["email"]
        who = ROLES[row.values["role"]] + (f", {district(names[code])}" if code else "")
        where = installation.urls["district-worklog" if code else "review"]
        yield SignIn(who, where, email, password(installation, email))


def _notices_staff(installation: Installation) -> Iterator[SignIn]:
    for login, _, _, words in NOTICES_STAFF:
        yield SignIn(words, installation.urls["notifications"], login, password(installation, login))


def _educators(installation: Installation) -> Iterator[SignIn]:
    for row in _rows(PEOPLE):
        if (path := PATHS.get(row.values["educator_number"])) is not None:
            email = _email(row.values)
            yield SignIn(path, installation.urls["applications"], email, password(installation, email))
