"""What an educator does: register and claim, answer every step of the draft, submit and pay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lectern.contracts.values import Kind, Route, Task
from lectern.rules import IN_FORCE
from lectern.rules.wording import CONDUCT_QUESTIONS, RELEASE
from lectern_local.client import Sender
from lectern_local.client.user import User
from lectern_local.demo import answers
from lectern_local.demo.people import Person
from lectern_local.demo.waiting import until

PAYMENT_METHOD = "card"


@dataclass(frozen=True)
class Educator:
    """One educator's application. Keys are made from `name`, so that a run can be taken up where it stopped."""

    name: str
    person: Person
    user: User
    sender: Sender
    district: str
    today: date
    step: Callable[[str], None]
    certificate: int = 0
    """Which of the educator's certificates it is about."""
    kind: Kind = Kind.UPGRADE
    route: Route | None = None
    """Of a reactivation."""

    async def begin(self) -> str:
        """Starts the draft; gives the application's id."""
        me = await self.user.look("my record", "/api/me")
        certificate = me["certificates"][self.certificate]["certificate_id"]
        wanted = {"kind": self.kind.value, "certificate_id": certificate}
        answer = await self._send("start", "POST", "/api/applications", wanted)
        self.step("draft started")
        return str(answer["application_id"])

    async def answer(self, application: str) -> None:
        """Every step of the draft, in the order of the instructions."""
        at = f"/api/applications/{application}"
        await self._send("personal", "PUT", f"{at}/personal", answers.personal(self.person))
        await self._send("education", "PUT", f"{at}/education", answers.report(self.today, self.kind))
        for question in CONDUCT_QUESTIONS:
            said = {"yes": False, "explanation": ""}
            await self._send(f"conduct {question.id}", "PUT", f"{at}/conduct/{question.id}", said)
        asks = IN_FORCE.of(self.kind, self.route)
        purpose = next(each.text for each in asks.purposes if each.route is self.route)
        await self._send("purpose", "PUT", f"{at}/purpose", {"purpose": purpose})
        if Task.CERTIFICATES in asks.steps:
            me = await self.user.look("my record", "/api/me")
            expired = [each["certificate_id"] for each in me["certificates"] if each["status"] == "expired"]
            chosen = {"certificate_ids": expired}
            await self._send("certificates", "PUT", f"{at}/certificates", chosen)
        if Task.COURSE in asks.steps:
            await self._send("course", "PUT", f"{at}/course", answers.course(self.today))
        if Task.PAYMENT in asks.steps:
            await self._send("payment method", "PUT", f"{at}/payment-method", {"method": PAYMENT_METHOD})
        await self._send("release", "PUT", f"{at}/release", {"release": RELEASE.version})
        if Task.DISTRICT in asks.steps:
            await self._send("district", "PUT", f"{at}/district", {"district": self.district})
        self.step("every question answered")

    async def submit(self, application: str) -> str:
        """Submit, or Submit & Pay; gives the reference."""
        answer = await self._send("submit", "POST", f"/api/applications/{application}/submission", {})
        self.step("submitted")
        return str(answer["reference"])

    async def pay(self, application: str, *, outcome: str = "approve", webhook: str = "once") -> None:
        """On the provider's own page, once it is there."""
        address = await self.pay_url(application)
        if address is None:
            return
        form = {"outcome": outcome, "delay": "0", "webhook": webhook}
        await self.sender.send("pay", "POST", address, key=f"{self.name} pay", headers={}, form=form)
        self.step("paid")

    async def pay_url(self, application: str) -> str | None:
        """None: nothing is owed any more."""

        async def look() -> str | bool | None:
            status = await self.look(application)
            if status["stage"] != "paying":
                return True
            address = (status["payment"] or {}).get("pay_url")
            return str(address) if address else None

        found = await until("the payment page", look, within=self.sender.patience)
        return found if isinstance(found, str) else None

    async def returned(self, application: str) -> None:
        """Waits until the draft is open again."""

        async def look() -> bool:
            return bool((await self.look(application))["stage"] == "returned")

        await until("the returned application", look, within=self.sender.patience)

    async def correct(self, application: str) -> None:
        """Answers a return: education once more, and sends the application again."""
        at = f"/api/applications/{application}"
        await self._send("education again", "PUT", f"{at}/education", answers.report(self.today, self.kind))
        await self._send("correction", "POST", f"{at}/correction", {"answer": answers.CORRECTED})
        self.step("corrected and sent again")

    async def asked(self, application: str) -> None:
        """Waits until the draft is open for what DESE asks."""

        async def look() -> bool:
            return bool((await self.look(application))["stage"] == "asked")

        await until("the question of DESE", look, within=self.sender.patience)

    async def supply(self, application: str) -> None:
        """Answers what DESE asked: education once more, and a few words."""
        at = f"/api/applications/{application}"
        await self._send("education for DESE", "PUT", f"{at}/education", answers.report(self.today, self.kind))
        await self._send("information", "POST", f"{at}/information", {"answer": answers.ANSWER})
        self.step("answered DESE")

    async def declined(self, application: str) -> None:
        """Waits until the educator is told that the district declined it."""

        async def look() -> bool:
            return bool((await self.look(application)).get("declined"))

        await until("the district’s decline", look, within=self.sender.patience)

    async def name_another(self, application: str, district: str) -> None:
        await self._send("another district", "PUT", f"/api/applications/{application}/employer", {"district": district})
        self.step("another district named")

    async def turn_into_extension(self, application: str) -> str:
        """Gives the new draft's id."""
        answer = await self._send("turn", "POST", f"/api/applications/{application}/extension", {})
        self.step("turned into an extension")
        return str(answer["application_id"])

    async def answer_what_is_left(self, application: str, district: str) -> None:
        """Of a draft that was begun with what another one had: its purpose and its district."""
        at, asks = f"/api/applications/{application}", IN_FORCE.of(Kind.EXTENSION)
        await self._send("purpose again", "PUT", f"{at}/purpose", {"purpose": asks.purposes[0].text})
        await self._send("district again", "PUT", f"{at}/district", {"district": district})

    async def withdraw(self, application: str) -> None:
        await self._send("withdrawal", "POST", f"/api/applications/{application}/withdrawal", {})
        self.step("asked to withdraw it")

    async def look(self, application: str) -> Any:
        """The status as the educator sees it."""
        found = await self.user.look("status", f"/api/applications/{application}?wait=2")
        return found or {"stage": "open", "payment": None, "decision": None}

    async def decided(self, application: str) -> str:
        """Waits for DESE's answer: `approved`, `denied` or `withdrawn`."""

        async def look() -> str | None:
            decision = (await self.look(application))["decision"]
            return str(decision) if decision else None

        return await until("the decision", look, within=self.sender.patience)

    async def ask_reconsideration(self, application: str) -> None:
        """Asks DESE to look at its denial again."""
        said = {"why": answers.RECONSIDER}
        await self._send("reconsideration", "POST", f"/api/applications/{application}/reconsideration", said)
        self.step("asked to have it looked at again")

    async def decided_anew(self, application: str, before: str) -> str:
        """Waits for another decision than the one before."""

        async def look() -> str | None:
            decision = (await self.look(application))["decision"]
            return str(decision) if decision and decision != before else None

        return await until("the new decision", look, within=self.sender.patience)

    async def _send(self, what: str, method: str, path: str, body: Any) -> Any:
        return await self.user.send(what, method, path, body, key=f"{self.name} {what}".replace(" ", "-"))
