"""The form of personal information, the same in the profile and inside a draft."""

from typing import Annotated

from pydantic import Field, StringConstraints

from applications.edge import PageForm
from lectern.contracts.values import ContactDetails, PersonName
from lectern.web import Fact, Filled, Says, blank

EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
"""What browsers take for an email, and nothing that means more in the head of a mail."""
PHONE = r"^\+?[ ()./-]*([0-9][ ()./x-]*){10,20}$"
"""Ten digits or more, as people write them, and an extension."""
NAME = r"^[^\x00-\x1f\x7f]*$"
Name = Annotated[str, StringConstraints(max_length=100, pattern=NAME)]
FirstName = Annotated[Name, Says(missing="Enter your first name")]
LastName = Annotated[Name, Says(missing="Enter your last name")]
Email = Annotated[
    str,
    Field(pattern=EMAIL, max_length=254),
    Says(missing="Enter your email", wrong="Enter an email such as name@example.org"),
]


class PersonalForm(PageForm):
    first_name: FirstName
    last_name: LastName
    email: Email
    phone: Annotated[
        str | None,
        Field(pattern=PHONE),
        Says(wrong="Enter a phone number with its area code, such as 573-555-0117"),
    ] = None

    def details(self) -> ContactDetails:
        return ContactDetails(
            name=PersonName(first=self.first_name, last=self.last_name), email=self.email, phone=self.phone
        )


def filled_in(details: ContactDetails | None, seen: int, back: str = "") -> Filled[PersonalForm]:
    """With what is saved."""
    if details is None:
        return blank(PersonalForm, seen=seen, back=back)
    return blank(
        PersonalForm,
        seen=seen,
        back=back,
        first_name=details.name.first,
        last_name=details.name.last,
        email=details.email,
        phone=details.phone,
    )


def as_facts(details: ContactDetails | None) -> tuple[Fact, ...]:
    if details is None:
        return (Fact("Personal information", "Erased"),)
    return (
        Fact("Name", str(details.name)),
        Fact("Email", details.email),
        Fact("Phone", details.phone or "None"),
    )
