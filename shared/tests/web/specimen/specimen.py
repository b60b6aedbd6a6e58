"""Pages with every macro on them, in the words of the drawn pages. The tests look at them in a browser."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Literal

from fastapi import APIRouter, FastAPI
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.values import Verdict
from lectern.eventlog.errors import Busy, NotYet
from lectern.web import (
    Entry,
    FormDate,
    FormModel,
    Link,
    NavLink,
    Role,
    Says,
    Site,
    Task,
    TaskGroup,
    TaskState,
    Ticked,
    Updating,
    WebSettings,
    YesNo,
    blank,
    create_app,
    read_form,
    read_query,
    render,
    see_other,
)

SECRET = b"a secret of thirty-two characters"
TODAY = date(2026, 11, 24)
INDEPENDENCE = "INDEPENDENCE 30"


def site(*, wide: bool) -> Site:
    return Site(
        service="specimen",
        package=Path(__file__).parent / "templates",
        subtitle=lambda _: (
            ("District certification", "Independence 30 (048-077)") if wide else ("Missouri teaching certificates",)
        ),
        roles=(Role.EDUCATOR, Role.VERIFIER),
        nav=lambda _: (
            NavLink("Home", "/"),
            NavLink("Work log", "/work-log"),
            NavLink("Messages", "/messages", 1, "unread"),
        ),
        footer=(Link("Help", "#"), Link("Accessibility", "#"), Link("Privacy", "#")),
        title_of={Role.VERIFIER: "certification officer"},
        wide=wide,
        register="/register",
    )


class CaseForm(FormModel):
    hours: Annotated[
        Decimal, Field(ge=30), Says(wrong="26 of 30 hours. Record 4 more, or return the application to Jordan.")
    ]
    plan: YesNo | None = None
    mentoring: Annotated[YesNo, Says(missing="Choose Yes or No")]
    checked: str | None = None
    attest: Annotated[Ticked, Says(missing="Tick the box to sign, once all five criteria are met")]


class EveryField(FormModel):
    name: Annotated[str, Says(missing="Enter your full name")]
    email: Annotated[
        str,
        Field(pattern=r"^\S+@\S+$"),
        Says(label="your email address", wrong="Enter an email address, such as name@example.org"),
    ]
    hours: Annotated[
        Decimal,
        Field(ge=0, le=999),
        Says(label="the contact hours", wrong="Enter the hours as a number, such as 26 or 26.5"),
    ]
    on: Annotated[FormDate, Says(label="the date of clearance")]
    agree: Annotated[YesNo, Says(missing="Choose Yes or No")]
    route: Annotated[Literal["course", "hired"], Says(missing="Choose how you qualify")]
    areas: Annotated[tuple[str, ...], Says(missing="Choose at least one certificate")]
    source: Annotated[Literal["service", "paper"], Says(missing="Choose the source")]
    district: Annotated[str, Says(missing="Choose your district")]
    why: str | None = None
    accept: Annotated[Ticked, Says(missing="Tick the box to accept")]
    step: str = ""


class Query(FormModel):
    q: str = ""
    path: str = ""
    who: str = ""
    sort: Literal["expiry", "age"] = "expiry"


def specimen(settings: WebSettings, *, wide: bool = False) -> FastAPI:
    return create_app(site(wide=wide), settings, routers=[routes()])


def routes() -> APIRouter:  # noqa: C901 - a page each
    router = APIRouter()

    @router.get("/")
    async def home(request: Request) -> Response:
        return render(request, "home.html", today=TODAY, expires=date(2027, 1, 15), rulings=RULINGS)

    @router.get("/tasks")
    async def tasks(request: Request) -> Response:
        return render(request, "tasks.html", groups=GROUPS)

    @router.get("/status")
    async def status(request: Request) -> Response:
        return render(request, "status.html", entries=ENTRIES)

    @router.get("/work-log")
    async def work_log(request: Request) -> Response:
        return render(request, "work_log.html", today=TODAY, rows=ROWS, query=read_query(request, Query))

    @router.get("/case")
    async def case(request: Request) -> Response:
        return render(request, "case.html", form=blank(CaseForm, hours=26, plan=True), years=YEARS)

    @router.post("/case")
    async def post_case(request: Request) -> Response:
        form = await read_form(request, CaseForm)
        return render(request, "case.html", form=form, years=YEARS) if not form.ok else see_other("/work-log", after=7)

    @router.get("/review")
    async def review(request: Request) -> Response:
        return render(request, "review.html")

    @router.get("/form")
    async def form(request: Request) -> Response:
        return render(request, "form.html", form=blank(EveryField, step="3"))

    @router.post("/form")
    async def post_form(request: Request) -> Response:
        form = await read_form(request, EveryField)
        return render(request, "form.html", form=form) if not form.ok else see_other("/status", after=7)

    @router.post("/busy")
    async def busy(request: Request) -> Response:
        await read_form(request, FormModel)
        raise Busy

    @router.get("/updating")
    async def updating() -> Response:
        raise Updating

    @router.get("/not-yet")
    async def not_yet() -> Response:
        raise NotYet

    @router.get("/broken")
    async def broken() -> Response:
        raise RuntimeError("canary-of-the-inside")

    return router


@dataclass(frozen=True)
class Row:
    name: str
    id: str
    expires: date
    submitted: date
    age: int
    ready: bool


ROWS = [
    Row("Sam Delacroix", "1051904", date(2025, 6, 30), date(2026, 11, 16), 16, ready=False),
    Row("Casey Lindqvist", "1044518", date(2026, 12, 11), date(2026, 11, 12), 20, ready=True),
    Row("Riley Brooks", "1046027", date(2026, 12, 30), date(2026, 10, 26), 37, ready=True),
]
YEARS = ["2021–22", "2022–23", "2023–24"]
RULINGS = [
    SimpleNamespace(
        result=Verdict.MET,
        what="You hold an active Initial Professional Certificate",
        why="Active until January 15, 2027.",
        source="state register, today",
    ),
    SimpleNamespace(
        result=Verdict.UNKNOWN,
        what="Four years of state-approved teaching, at least half time",
        why="You reported 4.00 of 4.00 years.",
        source="Independence 30, after you submit",
    ),
    SimpleNamespace(
        result=Verdict.NOT_MET,
        what="A mentoring program for at least two school years",
        why="",
        source="Independence 30",
    ),
]
GROUPS = [
    TaskGroup(
        "About you",
        [
            Task("Personal information", TaskState.DONE, "/form", "Name, address, phone and a confirmed email address"),
            Task(
                "Education and experience",
                TaskState.DONE,
                "/form",
                "Degrees, years taught, development plan, mentoring and beginning teacher program",
            ),
        ],
    ),
    TaskGroup(
        "Your request",
        [
            Task(
                "Professional conduct",
                TaskState.DOING,
                "/form",
                "5 of 8 questions answered. Only DESE sees your answers, never your district.",
            ),
            Task(
                "Payment method",
                TaskState.TODO,
                "/form",
                "Card or electronic check. You pay $25.00 at the last step, not now.",
            ),
        ],
    ),
    TaskGroup(
        "Check and send",
        [Task("Review, then Submit & Pay", TaskState.LOCKED, hint="Opens when the seven tasks above are completed")],
    ),
]
ENTRIES = [
    Entry("A DESE reviewer started on your application", datetime(2026, 12, 14, 16, 5, tzinfo=UTC), "DESE"),
    Entry(
        "Your district confirmed your criteria and sent your application to DESE",
        datetime(2026, 12, 8, 20, 41, tzinfo=UTC),
        "Dana Whitfield, Independence 30",
        links=[Link("See what your district confirmed", "#")],
    ),
    Entry(
        "Your district returned it to you with a question",
        datetime(2026, 12, 2, 16, 31, tzinfo=UTC),
        "Dana Whitfield, Independence 30",
        quote="I found records for 26 of the 30 contact hours. Could you add a record for the other 4?",
    ),
    Entry(
        "You submitted and paid $25.00.",
        datetime(2026, 11, 25, 23, 14, tzinfo=UTC),
        "You",
        text="Added: certificate for 4 contact hours.",
        links=[Link("Receipt (PDF)", "#"), Link("What you submitted", "#")],
    ),
]
