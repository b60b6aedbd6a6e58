"""What can be imported: the columns of each file and which service takes it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Column:
    name: str
    needed: bool = True


@dataclass(frozen=True)
class KindOfFile:
    """`goes_to(row)` names the service; `path` is where it takes rows."""

    name: str
    columns: tuple[Column, ...]
    path: str

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.columns if each.needed)

    def goes_to(self, row: dict[str, str]) -> str:
        if self.name == "districts":
            return "district-worklog"
        if self.name == "people":
            return "review"
        return "district-worklog" if row["district_code"] else "review"


def _columns(needed: str, optional: str = "") -> tuple[Column, ...]:
    return (
        *(Column(each) for each in needed.split(",")),
        *(Column(each, needed=False) for each in optional.split(",") if each),
    )


DISTRICTS: Final = KindOfFile(
    "districts", _columns("code,name,county", "contact_name,contact_email,closed_on"), "/api/import/districts"
)
PEOPLE: Final = KindOfFile(
    "people",
    _columns(
        "educator_number,first_name,last_name,birth_date,ssn_last4,"
        "certificate_kind,areas,issued_on,expires_on,status,background_cleared_on"
    ),
    "/api/import/people",
)
STAFF: Final = KindOfFile("staff", _columns("email,first_name,last_name,role,district_code"), "/api/import/staff")
