"""What the certification officer of the district and the reviewer at DESE do with one application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lectern.contracts.values import EstablishedBy, Kind
from lectern.rules import IN_FORCE
from lectern_local.client.user import User
from lectern_local.demo import answers
from lectern_local.demo.staff import DISTRICT
from lectern_local.demo.waiting import until


def evidence(today: date, kind: Kind = Kind.UPGRADE) -> dict[str, Any]:
    """What the district's files show: enough for every criterion."""
    checked = [
        {"criterion": each, "met": True, "checked": "Personnel file"}
        for each in IN_FORCE.of(kind).established(EstablishedBy.DISTRICT)
    ]
    return {**SHOWN[kind](today), "established": checked}


def _of_upgrade(today: date) -> dict[str, Any]:
    return {
        "years": answers.years(today),
        "development_quarter_hours": answers.QUARTER_HOURS,
        "plan_approved": True,
        "mentoring_school_years": 2,
        "bta_completed_on": date(today.year - 2, 6, 12).isoformat(),
        "bta_provider": answers.PROVIDER,
    }


def _of_extension(today: date) -> dict[str, Any]:
    """Teaching since the third month before this day."""
    since = today - timedelta(days=90)
    return {"teaching_now": {"since": since.isoformat(), "position": "Teacher", "fte_hundredths": 100}}


def _of_reactivation(today: date) -> dict[str, Any]:
    """Hired at half time from the next month on; some of the contact hours are completed already."""
    since = today + timedelta(days=30)
    position = {"since": since.isoformat(), "position": "Teacher", "fte_hundredths": 50}
    return {"teaching_now": position, "development_quarter_hours": 40}


SHOWN: dict[Kind, Callable[[date], dict[str, Any]]] = {
    Kind.UPGRADE: _of_upgrade,
    Kind.EXTENSION: _of_extension,
    Kind.REACTIVATION: _of_reactivation,
}
"""What is recorded for each kind, beside the yes to its criteria."""


@dataclass(frozen=True)
class Office:
    """`name` makes keys for one application."""

    name: str
    user: User
    today: date
    step: Callable[[str], None]

    async def _send(self, what: str, method: str, path: str, body: Any) -> Any:
        return await self.user.send(what, method, path, body, key=f"{self.name} {what}".replace(" ", "-"))


@dataclass(frozen=True)
class District(Office):
    kind: Kind = Kind.UPGRADE
    code: str = DISTRICT
    asked_at_all: bool = True
    """Whether the application names a district."""

    async def arrived(self, application: str, submission: int) -> None:
        """Waits until this submission stands in the work log."""
        if not self.asked_at_all:
            return

        async def look() -> Any:
            item = await self.user.look("work item", f"/api/work-log/{application}")
            return item and item["submission"] >= submission

        await until("the application in the work log", look, within=self.user.patience)
        self.step("in the district’s work log")

    async def verify(self, application: str, submission: int) -> None:
        if not self.asked_at_all:
            return
        at, about = f"/api/work-log/{application}", {"submission": submission}
        await self._send(f"claim {submission}", "POST", f"{at}/claim", about)
        recorded = {**about, "evidence": evidence(self.today, self.kind)}
        await self._send(f"evidence {submission}", "PUT", f"{at}/evidence", recorded)
        await self._send(f"verify {submission}", "POST", f"{at}/verification", {**about, "attested": True})
        self.step("verified and sent to DESE")

    async def asked(self, application: str) -> None:
        """Waits until DESE’s question stands in the work log."""

        async def look() -> Any:
            item = await self.user.look("work item", f"/api/work-log/{application}")
            return item and item["asked"]

        await until("the question of DESE in the work log", look, within=self.user.patience)
        self.step("asked by DESE")

    async def answer(self, application: str, submission: int) -> None:
        """Answers DESE and attests again to what is recorded."""
        said = {"submission": submission, "attested": True, "answer": "The contract of that year is for grade 3."}
        await self._send(f"answer {submission}", "POST", f"/api/work-log/{application}/verification", said)
        self.step("answered DESE")

    async def send_back(self, application: str, submission: int) -> None:
        at, about = f"/api/work-log/{application}", {"submission": submission}
        await self._send(f"claim {submission}", "POST", f"{at}/claim", about)
        reason, note = answers.RETURNED[self.kind]
        said = {"reasons": [reason], "note": note}
        await self._send(f"return {submission}", "POST", f"{at}/return", {**about, **said})
        self.step("returned to the educator")

    async def decline(self, application: str, submission: int) -> None:
        at, about = f"/api/work-log/{application}", {"submission": submission}
        said = {"reason": "no-longer-employed", "note": "Until June. We believe the school is Kansas City’s now."}
        await self._send(f"decline {submission}", "POST", f"{at}/decline", {**about, **said})
        self.step("declined by the district")

    async def pass_on(self, application: str, submission: int, to: str) -> None:
        said = {"submission": submission, "district": to}
        await self._send(f"pass on {submission}", "POST", f"/api/work-log/{application}/pass-on", said)
        self.step("passed on to another district")


@dataclass(frozen=True)
class Dese(Office):
    kind: Kind = Kind.UPGRADE
    transcript_of: str | None = None
    """The Educator ID of whom a transcript arrives; None where the application rests on none."""

    async def ready(self, application: str, submission: int) -> dict[str, Any]:
        """Waits until the case can be decided; gives which submission and cycle it is about."""

        async def look() -> dict[str, Any] | None:
            case = await self.user.look("case", f"/api/cases/{application}")
            ready = case and case["submission"] >= submission and case["status"] != "waiting-for-district"
            return case if ready else None

        case = await until("the case, ready for decision", look, within=self.user.patience)
        return {"submission": case["submission"], "cycle": case["cycle"]}

    async def ask_educator(self, application: str, submission: int) -> None:
        about = await self.ready(application, submission)
        await self._ask(application, "educator", about)

    async def ask_district(self, application: str, submission: int) -> None:
        about = await self.ready(application, submission)
        await self._ask(application, "district", about)

    async def _ask(self, application: str, party: str, about: dict[str, Any]) -> None:
        said = {"party": party, "reasons": [answers.ASKED[self.kind]], "note": "Which school was it in 2024?"}
        await self._send(f"ask {party}", "POST", f"/api/cases/{application}/information", {**about, **said})
        self.step(f"asked the {party}")

    async def answered(self, application: str) -> None:
        """Waits until the answer is here."""

        async def look() -> bool:
            case = await self.user.look("case", f"/api/cases/{application}")
            return bool(case and case["ready"])

        await until("the answer to what DESE asked", look, within=self.user.patience)
        self.step("the answer is at DESE")

    async def opened_again(self, application: str, cycle: int) -> None:
        """Waits until the case is open for another decision."""

        async def look() -> bool:
            case = await self.user.look("case", f"/api/cases/{application}")
            return bool(case and case["ready"] and case["cycle"] == cycle)

        await until("the case, opened again", look, within=self.user.patience)
        self.step("opened again at DESE")

    async def returned(self, application: str) -> None:
        """Waits until DESE knows that the district has returned it."""

        async def look() -> bool:
            case = await self.user.look("case", f"/api/cases/{application}")
            return bool(case and case["status"] == "waiting-for-educator")

        await until("the returned application at DESE", look, within=self.user.patience)

    async def close(self, application: str, submission: int) -> None:
        """As incomplete, once the district has returned it."""
        await self.returned(application)
        said = {"submission": submission, "why": "You told us that you teach in another state now."}
        await self._send("close", "POST", f"/api/cases/{application}/closing", said)
        self.step("closed as incomplete")

    async def approve(self, application: str, submission: int) -> None:
        about = await self.ready(application, submission)
        if self.transcript_of is not None:
            await self._compare(application, self.transcript_of, about)
        await self._send("approve", "POST", f"/api/cases/{application}/approval", about)
        self.step("approved")

    async def _compare(self, application: str, number: str, about: dict[str, Any]) -> None:
        """The official transcript arrives and is compared with what the educator reported."""
        arrived = {"what": "transcript", "educator_number": number, "on": self.today.isoformat()}
        body = {"arrivals": [{**arrived, "college": answers.COLLEGE}]}
        await self._send("transcript", "POST", "/api/arrivals", body)
        said = {**about, "seen": answers.transcript(self.today)}
        await self._send("compare", "POST", f"/api/cases/{application}/course", said)
        self.step("the transcript has arrived and shows the course")

    async def propose_denial(self, application: str, submission: int) -> None:
        about = await self.ready(application, submission)
        said = {"reasons": ["evidence-not-reliable"], "note": "The records of 2024 do not agree with each other."}
        await self._send("deny", "POST", f"/api/cases/{application}/denial", {**about, **said})
        self.step("denial proposed")

    async def second(self, application: str, submission: int) -> None:
        """The supervisor agrees with what was proposed."""
        about = await self.ready(application, submission)
        await self._send("second", "POST", f"/api/cases/{application}/second", {**about, "agree": True})
        self.step("a second person agreed")
