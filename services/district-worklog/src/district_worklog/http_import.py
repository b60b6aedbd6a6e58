"""The imports of the operator: POST /api/import/districts and /api/import/staff. Good rows are kept, whatever others
say; the same rows again change nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from district_worklog.desk import next_key
from district_worklog.district import Closed, Contacts, District, Listed, district
from district_worklog.edge import Edge
from district_worklog.imports import Change, ImportedDistrict, ImportedStaff, Wrong, read
from district_worklog.listing import CloseDistrict, ListDistrict, close_district, list_district
from district_worklog.staffing import ChangeContacts, change_contacts, with_contacts
from lectern.contracts.values import DistrictCode, StaffContact
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.web import ApiModel, LoginTaken, Principal, Role, WeakPassword, api_call, signed_in
from lectern.web.accounts.passwords import accept

MOST_ROWS = 200
PATIENCE = 5.0
"""Seconds that a row waits for the writer; nobody sits before it."""
ATTEMPTS = 3
"""How often a list of contacts is worked out anew when somebody changed it in between."""

Operator = Annotated[Principal, Depends(signed_in(Role.OPERATOR))]
Key = Annotated[Call, Depends(api_call)]


class ImportRequest(ApiModel):
    """`row` is the line's number in the file, given back with what became of it; the other names are columns."""

    dry_run: bool = False
    rows: Annotated[list[dict[str, str | int | None]], Field(max_length=MOST_ROWS)]


class RowError(ApiModel):
    field: str | None
    message: str


class RowResult(ApiModel):
    row: int
    ok: bool
    change: Change | None = None
    errors: tuple[RowError, ...] = ()


class ImportAnswer(ApiModel):
    results: list[RowResult]
    after: int


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/api/import", tags=["import"])

    @router.post("/districts")
    async def import_districts(body: ImportRequest, call: Key, _: Operator) -> ImportAnswer:
        """Districts of the state's list, by code: new ones, changed names and counties, and those that close."""
        importing = Importing(edge, call, dry_run=body.dry_run)
        return await importing.all(body.rows, importing.district)

    @router.post("/staff")
    async def import_staff(body: ImportRequest, call: Key, _: Operator) -> ImportAnswer:
        """People of districts, by email address. A password is taken in the demonstration only."""
        importing = Importing(edge, call, dry_run=body.dry_run)
        return await importing.all(body.rows, importing.staff)

    return router


class Importing:
    """One request's rows, one after the other. Its commands are named by the request's key and the row."""

    def __init__(self, edge: Edge, call: Call, *, dry_run: bool) -> None:
        self._edge, self._call, self._dry_run = edge, call, dry_run
        self._at = 0

    async def all(
        self, rows: Sequence[dict[str, Any]], take: Callable[[dict[str, Any]], Awaitable[Change]]
    ) -> ImportAnswer:
        results = []
        for index, cells in enumerate(rows):
            self._at = index
            number = cells.get("row")
            line = number if isinstance(number, int) else index + 1
            try:
                change = await take({name: value for name, value in cells.items() if name != "row"})
                results.append(RowResult(row=line, ok=True, change=change))
            except Wrong as wrong:
                errors = tuple(RowError(field=field, message=message) for field, message in wrong.errors)
                results.append(RowResult(row=line, ok=False, errors=errors))
            except Refused as refused:
                field = refused.details.get("field")
                error = RowError(field=field if isinstance(field, str) else None, message=refused.message)
                results.append(RowResult(row=line, ok=False, errors=(error,)))
        return ImportAnswer(results=results, after=await self._edge.running.log.head())

    async def district(self, cells: dict[str, Any]) -> Change:
        """Raises Wrong, Refused."""
        row = read(ImportedDistrict, cells)
        state = await self._state(row.code)
        if isinstance(state, Closed) and row.closed_on == state.closed_on:
            return "same"
        command = ListDistrict(district=row.code, name=row.name, county=row.county, now=self._edge.running.now())
        listed = bool(list_district(state, command))
        if listed and not self._dry_run:
            await self._edge.running.log.handle(
                district(row.code, subject=row.code), list_district, command, self._key("listed"), within=PATIENCE
            )
        told = row.contact is not None and await self._tell(row.code, row.contact)
        if row.closed_on is not None:
            await self._close(row.code, row.closed_on)
        if not isinstance(state, Listed):
            return "new"
        return "changed" if listed or told or row.closed_on else "same"

    async def _close(self, code: DistrictCode, day: date) -> None:
        if not self._dry_run:
            command = CloseDistrict(district=code, closed_on=day, now=self._edge.running.now())
            await self._edge.running.log.handle(
                district(code), close_district, command, self._key("closed"), within=PATIENCE
            )

    async def staff(self, cells: dict[str, Any]) -> Change:
        """Raises Wrong, Refused."""
        row = read(ImportedStaff, cells)
        if row.password is not None and not self._edge.running.settings.demo:
            raise Wrong((("password", "Passwords are taken in the demonstration only. Leave the column out."),))
        if not isinstance(await self._state(row.district_code), Listed):
            raise Wrong((("district_code", f"No open district has the code {row.district_code}."),))
        accounts = self._edge.running.accounts
        known = await accounts.users.with_login(row.email)
        if known is None:
            return await self._new_user(row)
        user = known.principal
        if (user.role, user.district) != (row.role, row.district_code):
            words = f"This address has an account as {user.role.value} of {user.district}. Close that one first."
            raise Wrong((("email", words),))
        renamed = user.name != row.name
        if renamed and not self._dry_run:
            await accounts.rename(user.user_id, row.name)
        told = await self._tell(row.district_code, row.contact(user.user_id))
        return "changed" if renamed or told else "same"

    async def _new_user(self, row: ImportedStaff) -> Change:
        try:
            if row.password is not None:
                accept(row.password, row.email, row.first_name, row.last_name)
            if self._dry_run:
                return "new"
            user_id = await self._edge.running.accounts.create_user(
                login=row.email,
                role=Role(row.role),
                name=row.name,
                password=row.password,
                district=row.district_code,
            )
        except WeakPassword as weak:
            raise Wrong((("password", str(weak)),)) from None
        except LoginTaken:
            raise Wrong(
                (("email", "Somebody else is importing this person right now. Import the row again."),)
            ) from None
        await self._tell(row.district_code, row.contact(user_id))
        return "new"

    async def _tell(self, code: DistrictCode, contact: StaffContact) -> bool:
        """Puts somebody on the list of those who are told; whether that changes it."""
        running = self._edge.running
        for attempt in range(ATTEMPTS):
            was = _contacts(await self._state(code))
            known = await running.keys.open(was, tuple[StaffContact, ...]) or ()
            wanted = with_contacts(known, [contact])
            if wanted == known:
                return False
            if self._dry_run:
                return True
            sealed = await running.keys.seal(
                wanted, subject=code, audience="contact", origin="DistrictContactsChanged.contacts"
            )
            command = ChangeContacts(district=code, was=was, contacts=sealed, now=running.now())
            try:
                key = self._key(f"contacts:{attempt}")
                await running.log.handle(district(code), change_contacts, command, key, within=PATIENCE)
            except Refused as refused:
                if "conflict" in refused.details and attempt + 1 < ATTEMPTS:
                    continue
                raise
            return True
        return False

    async def _state(self, code: DistrictCode) -> District:
        return await self._edge.running.log.state(district(code))

    def _key(self, what: str) -> Call:
        return next_key(self._call, f"{self._at}:{what}")


def _contacts(state: District) -> Contacts | None:
    return state.contacts if isinstance(state, Listed) else None
