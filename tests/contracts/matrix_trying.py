"""Tries a door as everybody: those it is shut for first, then those it opens for, on the same thing."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from matrix_forms import forms_of
from matrix_people import EVERY_ROLE, FILE, FOREIGN_TOKEN, HOMES, NOBODY, TOKEN, Somebody
from routes_described import (
    ACCOUNT,
    CLAIMED,
    DESE,
    DISTRICT,
    DOORS,
    EVERYBODY,
    NOTICES,
    OPERATOR,
    OWN,
    OWN_DISTRICT,
    PROVIDER,
    SUPERVISOR,
)

OPENS_FOR: dict[str, frozenset[str]] = {
    EVERYBODY: frozenset(EVERY_ROLE),
    ACCOUNT: frozenset(HOMES),
    CLAIMED: frozenset({"educator", "other-educator"}),
    OWN: frozenset({"educator"}),
    DISTRICT: frozenset({"verifier", "administrator", "other-verifier"}),
    OWN_DISTRICT: frozenset({"verifier", "administrator"}),
    DESE: frozenset({"reviewer", "supervisor"}),
    SUPERVISOR: frozenset({"supervisor"}),
    NOTICES: frozenset({"support", "operator"}),
    OPERATOR: frozenset({TOKEN, "operator"}),
    PROVIDER: frozenset(),
}
GOOD = frozenset({200, 201, 202, 303})
_ANY_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OWN_WORDS = re.compile(
    rf'{_ANY_ID}|<strong class="tabular">[^<]*</strong>|"support_code": "[^"]*"|name="key" value="[^"]*"'
    r"|signed in until [^,]*,"  # another minute may have begun between two answers
)


@dataclass(frozen=True)
class Trial:
    """A route, where it is tried and with what. `page` holds the form; the rightful take it from there.

    `by`: who of those it opens for sends what changes something (what happened once is refused to the next). `good`
    are answers from behind the door besides 2xx and 303.
    """

    service: str
    route: str
    values: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    file: tuple[str, bytes] | None = None
    """Name and bytes of what comes with the form."""
    by: str = ""
    good: frozenset[int] = frozenset()
    before: Callable[[], Awaitable[object]] | None = None
    sends: Callable[[], Awaitable[httpx.Response]] | None = None
    """Instead of a form: for those who are nobody's users."""

    @property
    def method(self) -> str:
        return self.route.split()[0]

    @property
    def door(self) -> str:
        return DOORS[self.service][self.route]

    @property
    def about(self) -> bool:
        """Whether it is about a thing, which somebody else may have."""
        return any(name.endswith("_id") for name in self.values)

    def path(self, *, absent: bool = False) -> str:
        named = {name: str(uuid4()) if absent and name.endswith("_id") else text for name, text in self.values.items()}
        return self.route.split()[1].format(**named)


@dataclass
class Tally:
    pairs: int = 0
    compared: int = 0
    elsewhere: int = 0
    leaks: list[str] = field(default_factory=list)
    quiet: list[UUID] = field(default_factory=list)
    """Correlation ids of requests that must have recorded nothing: refused ones, and everything that only reads."""

    def nothing_came_of(self, answer: httpx.Response) -> None:
        self.quiet.append(UUID(answer.headers["x-correlation-id"]))

    def leak(self, trial: Trial, who: Somebody, said: str) -> None:
        self.leaks.append(f"{trial.service} {trial.route} as {who.role}: {said}")


async def tries(trial: Trial, everybody: Mapping[str, Somebody], tally: Tally) -> None:
    """Raises AssertionError where the rightful are shut out: then the pairs would mean nothing."""
    if trial.before:
        await trial.before()
    opens = {each for each in OPENS_FOR[trial.door] if _comes(trial, everybody[each])}
    rightful = [trial.by] if trial.by else sorted(opens)
    form = await _form(trial, everybody[rightful[0]]) if rightful else None
    shut_out = [everybody[role] for role in EVERY_ROLE if role not in opens]
    await asyncio.gather(*(_is_shut_out(trial, each, form, tally) for each in shut_out))
    if rightful and trial.method != "GET":
        await _comes_from_elsewhere(trial, everybody[rightful[0]], everybody, form, tally)
    for role in rightful:
        answer = await _as(trial, everybody[role], await _form(trial, everybody[role]), new_key=True)
        if trial.method == "GET":
            tally.nothing_came_of(answer)
        at_sign_in = answer.headers.get("location", "").startswith("/sign-in?next")
        assert answer.status_code in GOOD | trial.good, (trial.route, role, answer.status_code, _words(answer.text))
        assert not at_sign_in, (trial.route, role)
        tally.pairs += 1
    if trial.sends:
        answer = await trial.sends()
        assert answer.status_code in GOOD, (trial.route, answer.status_code, answer.text)
        tally.pairs += 1


def _comes(trial: Trial, who: Somebody) -> bool:
    """A door opens for those who are known at this service."""
    return who.role in {NOBODY, TOKEN, FOREIGN_TOKEN} or who.has_account_at(trial.service) or trial.door == EVERYBODY


async def _is_shut_out(trial: Trial, who: Somebody, form: Any, tally: Tally) -> None:
    answer = await _as(trial, who, form)
    tally.pairs += 1
    tally.nothing_came_of(answer)
    expected = _expected(trial, who)
    if answer.status_code != expected:
        tally.leak(trial, who, f"{answer.status_code} instead of {expected}: {_words(answer.text)[:200]}")
    elif answer.status_code == 303 and not answer.headers["location"].startswith("/sign-in"):
        tally.leak(trial, who, f"led to {answer.headers['location']}")
    if trial.about:
        absent = await _as(trial, who, form, absent=True)
        tally.compared += 1
        tally.nothing_came_of(absent)
        if _seen(answer) != _seen(absent):
            tally.leak(trial, who, f"{answer.status_code} where it is, {absent.status_code} where nothing is")


async def _comes_from_elsewhere(
    trial: Trial, who: Somebody, everybody: Mapping[str, Somebody], form: Any, tally: Tally
) -> None:
    """The very request that the rightful sends next, but from another site, from nowhere, or as plain text."""
    if "Authorization" in who.headers(trial.service):
        return
    elsewhere: tuple[dict[str, Any], ...] = (
        {"Origin": "http://elsewhere.example"},
        {"Origin": ""},
        {"Content-Type": "text/plain"},
    )
    for headers in elsewhere:
        answer = await who.asks(trial.service, trial.method, trial.path(), json=trial.json, form=form, **headers)
        tally.elsewhere += 1
        tally.nothing_came_of(answer)
        if answer.status_code != 403:
            tally.leak(trial, who, f"{answer.status_code} with {headers}")
    if form is None or at_api(trial):
        return
    other = "supervisor" if who.role == "reviewer" else next(each for each in everybody if each != who.role)
    key, _ = await everybody[other].form_key(trial.service)
    answer = await who.asks(trial.service, trial.method, trial.path(), form=[*form, ("key", key)])
    tally.elsewhere += 1
    tally.nothing_came_of(answer)
    if answer.status_code not in {200, 303, 422}:
        tally.leak(trial, who, f"{answer.status_code} with another session's key")


def at_api(trial: Trial) -> bool:
    return trial.route.split()[1].startswith("/api")


def _expected(trial: Trial, who: Somebody) -> int:
    if trial.door == PROVIDER:
        return 401
    if who.has_account_at(trial.service) or (who.role == TOKEN and at_api(trial)):
        return 404
    return 401 if at_api(trial) else 303


def _seen(answer: httpx.Response) -> tuple[int, str, str]:
    location = re.sub(_ANY_ID, "", answer.headers.get("location", ""))
    return answer.status_code, location, _OWN_WORDS.sub("", answer.text)


async def _as(trial: Trial, who: Somebody, form: Any, *, absent: bool = False, new_key: bool = False) -> httpx.Response:
    path = trial.path(absent=absent)
    if trial.method == "GET":
        return await who.asks(trial.service, "GET", path)
    if form is None:
        return await who.asks(trial.service, trial.method, path, json=trial.json)
    return await who.asks(trial.service, trial.method, path, form=form, new_key=new_key)


async def _form(trial: Trial, who: Somebody) -> list[tuple[str, Any]] | None:
    """The fields of the page's form as it stands, without its key; None for the API, which takes JSON or a file."""
    if at_api(trial) and trial.file:
        return [*trial.fields.items(), (FILE, trial.file)]
    if trial.method == "GET" or at_api(trial) or trial.door == PROVIDER:
        return None
    page = (trial.page or trial.path()).format(**trial.values)
    answer = await who.asks(trial.service, "GET", page)
    action = trial.path()
    found = [form for form in forms_of(answer.text) if form.action == action and form.method == "post"]
    led = f"{answer.status_code} {answer.headers.get('location', '')}"
    assert found, f"{trial.route}: no such form on {page} for {who.role}: {led}"
    fields: list[tuple[str, Any]] = found[0].fields(**trial.fields)
    return [*fields, (FILE, trial.file)] if trial.file else fields


def _words(page: str) -> str:
    main = page[page.find("<main") :] if "<main" in page else page
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
