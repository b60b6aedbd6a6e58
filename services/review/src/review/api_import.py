"""The JSON API through which the state's records come: people, and DESE's staff."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field, SecretStr

from lectern.contracts.values import OfficerId, StaffContact
from lectern.eventlog.streams import Call
from lectern.runtime.running import Running
from lectern.web import ApiModel, LoginTaken, Principal, Role, WeakPassword, api_call, signed_in
from review.importing import BadLine, PersonLine, StaffLine, person_line, staff_line
from review.office import Office
from review.register_desk import Outcome, RegisterDesk

MOST = 200

Importer = Annotated[Principal, Depends(signed_in(Role.OPERATOR))]
OperatorsCall = Annotated[Call, Depends(api_call)]


class PersonRow(ApiModel):
    """A line of people.csv: one certificate with its holder."""

    row: int
    educator_number: str = ""
    first_name: str = ""
    last_name: str = ""
    birth_date: str = ""
    ssn_last4: str = ""
    certificate_kind: str = ""
    areas: str = ""
    issued_on: str = ""
    expires_on: str = ""
    status: str = ""
    background_cleared_on: str = ""


class People(ApiModel):
    dry_run: bool = False
    rows: Annotated[tuple[PersonRow, ...], Field(max_length=MOST)]


class StaffRow(ApiModel):
    """A line of staff.csv. A password is taken in demonstrations only; others set theirs when they first sign in."""

    row: int
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    district_code: str = ""
    password: SecretStr | None = None


class StaffRows(ApiModel):
    dry_run: bool = False
    rows: Annotated[tuple[StaffRow, ...], Field(max_length=MOST)]


class RowError(ApiModel):
    field: str | None
    message: str


class RowResult(ApiModel):
    row: int
    ok: bool
    change: Literal["new", "changed", "same"] | None = None
    errors: tuple[RowError, ...] = ()


class Results(ApiModel):
    results: tuple[RowResult, ...]
    after: int | None = None
    """Where the last of it was recorded; pages of this service wait for it with ?after=."""


def routes(office: Office, register: RegisterDesk) -> APIRouter:
    router = APIRouter(prefix="/api/import", tags=["import"])

    @router.post("/people")
    async def import_people(body: People, _: Importer, call: OperatorsCall) -> Results:
        """Takes lines of people.csv by key: again is `same`; bad ones are named and the others kept."""
        read, bad = _read_people(body.rows, office)
        outcomes = await register.record([line for _, line in read], call, dry_run=body.dry_run)
        results = [*bad, *(_result(row, outcome) for (row, _), outcome in zip(read, outcomes, strict=True))]
        return Results(
            results=tuple(sorted(results, key=lambda each: each.row)),
            after=max((each.position for each in outcomes), default=0) or None,
        )

    @router.post("/staff")
    async def import_staff(body: StaffRows, _: Importer, call: OperatorsCall) -> Results:
        """Takes lines of staff.csv without a district: accounts, and who is told about applications."""
        results: list[RowResult] = []
        contacts: list[StaffContact] = []
        for row in body.rows:
            result, contact = await _staff(office.running, row, dry_run=body.dry_run)
            results.append(result)
            if contact is not None:
                contacts.append(contact)
        told = await register.tell_staff(contacts, call) if contacts and not body.dry_run else None
        return Results(results=tuple(results), after=told)

    return router


def _read_people(rows: Sequence[PersonRow], office: Office) -> tuple[list[tuple[int, PersonLine]], list[RowResult]]:
    """The good lines and what is wrong with the others; two lines about one certificate that differ are both named."""
    good: list[tuple[int, PersonLine]] = []
    bad: list[RowResult] = []
    seen: dict[tuple[str, str, str], tuple[int, PersonLine]] = {}
    for row in rows:
        try:
            line = person_line(row.model_dump(exclude={"row"}), office.today())
        except BadLine as wrong:
            bad.append(_bad(row.row, wrong))
            continue
        key = (line.number, line.certificate.kind.value, line.certificate.issued_on.isoformat())
        if (other := seen.setdefault(key, (row.row, line)))[1] != line:
            message = f"Line {other[0]} says something else about the same certificate. Keep one of them."
            bad.append(RowResult(row=row.row, ok=False, errors=(RowError(field=None, message=message),)))
            continue
        good.append((row.row, line))
    return good, bad


def _bad(row: int, wrong: BadLine) -> RowResult:
    errors = tuple(RowError(field=field, message=message) for field, message in wrong.errors.items())
    return RowResult(row=row, ok=False, errors=errors)


def _result(row: int, outcome: Outcome) -> RowResult:
    if outcome.change is None:
        return RowResult(row=row, ok=False, errors=(RowError(field=None, message=outcome.why),))
    return RowResult(row=row, ok=True, change=outcome.change.value)


async def _staff(running: Running, row: StaffRow, *, dry_run: bool) -> tuple[RowResult, StaffContact | None]:
    """The account of a line; there is at most one for an email."""
    try:
        line = staff_line(row.model_dump(exclude={"row", "password"}))
    except BadLine as wrong:
        return _bad(row.row, wrong), None
    known = await running.accounts.find(line.email)
    change: Literal["new", "same"] = "same" if known else "new"
    if dry_run:
        return RowResult(row=row.row, ok=True, change=change), None
    password = row.password.get_secret_value() if row.password and running.settings.demo else None
    try:
        user = known or await running.accounts.create_user(
            login=line.email, password=password, role=line.role, name=line.name
        )
    except (WeakPassword, LoginTaken) as refused:
        error = RowError(field="password" if isinstance(refused, WeakPassword) else "email", message=str(refused))
        return RowResult(row=row.row, ok=False, errors=(error,)), None
    if known:
        await running.accounts.rename(known, line.name)
    return RowResult(row=row.row, ok=True, change=change), _contact(line, OfficerId(user))


def _contact(line: StaffLine, officer: OfficerId) -> StaffContact:
    return StaffContact(officer_id=officer, name=line.name, email=line.email, role=line.role.value)
