"""A small true story for the auditor, in four logs: an application paid, returned once, denied once, then approved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import Any
from uuid import UUID, uuid5

from lectern.contracts.hearing import HEARS
from lectern.eventlog.chain import COLUMNS, ROOT, link
from lectern.rules import RULES
from lectern_local.audit.scratch import index, put, text
from lectern_local.audit.wire import PUBLIC_KINDS

SPACE = UUID("0196f3a0-0000-7000-8000-000000000000")
BEGAN = datetime(2027, 1, 14, 15, tzinfo=UTC)
PERSON, APPLICATION, CERTIFICATE, PAYMENT, QUESTION, COPY = (
    str(uuid5(SPACE, each)) for each in ("person", "app", "cert", "pay", "question", "copy")
)
DISTRICT = "048-077"
FEE = 2500


@dataclass
class Story:
    """What four services, Kafka, the mailbox and the payment provider would hold."""

    logs: dict[str, list[list[Any]]] = field(default_factory=lambda: {each: [] for each in HEARS})
    records: list[list[Any]] = field(default_factory=list)
    mails: list[list[Any]] = field(default_factory=list)
    payments: list[list[Any]] = field(default_factory=list)
    files: list[list[Any]] = field(default_factory=list)
    cause: str | None = None
    minutes: int = 0

    def happened(self, source: str, type_: str, stream: str, subject: str = PERSON, **data: Any) -> str:
        """A fact in its publisher's log; a public one also on the topic and in the log of everybody who hears it."""
        self.minutes += 1
        log = self.logs[source]
        version = 1 + sum(1 for row in log if row[3] == stream and row[2] == source)
        id_ = str(uuid5(SPACE, f"{source} {stream} {version}"))
        body = json.dumps({"type": type_, **data})
        fact = [id_, source, stream, version, subject, type_, 1, body]
        self._append(source, fact)
        kind = (source, stream.partition("/")[0])
        if kind in PUBLIC_KINDS:
            said = [id_, source, stream, version, subject, type_, len(log), body, None]
            self.records.append([0, len(self.records), *said])
        for each in (each for each, kinds in HEARS.items() if kind in kinds):
            self._append(each, fact)
        self.cause = id_
        return id_

    def attached(self, document: str) -> None:
        """A file of the draft, with its bytes in the store, and its scan."""
        stored = {"size": 3, "sha256": "c0ffee"}
        about: dict[str, Any] = {"application_id": APPLICATION}
        ready = {"document_id": document, "stored": stored}
        self.happened("applications", "DocumentAttached", f"draft/{APPLICATION}", **about, replaces=None, ready=ready)
        about |= {"document_id": document, "checked": "clean"}
        self.happened("applications", "DocumentChecked", f"draft/{APPLICATION}", **about)
        self.files.append(["applications", APPLICATION, document, *stored.values(), 0])

    def signed(self, first: str, second: str | None = None) -> None:
        """Who decided; private to DESE."""
        who: dict[str, Any] = {"first": first, "second": second}
        self.happened("review", "DecisionSigned", f"deliberation/{APPLICATION}", application_id=APPLICATION, **who)

    def noticed(self, type_: str, notice: str, to: str) -> None:
        about = {"application_id": APPLICATION, "notice": notice, "to": to}
        notice_id = str(uuid5(SPACE, f"{type_} {notice} {to} {self.minutes}"))
        self.happened("notifications", "NoticeSent", f"notice/{notice_id}", notice_id=notice_id, **about)
        self.mails.append([len(self.mails) + 1, f"{notice_id}@mail.test", notice])

    def reminded(self, expires_on: str, days: int) -> None:
        """A step before the certificate's last day, with its notice."""
        notice_id = str(uuid5(SPACE, f"expiring {expires_on} {days}"))
        ending: dict[str, Any] = {"certificate_id": CERTIFICATE, "expires_on": expires_on, "days": days}
        self.happened("notifications", "ExpiryReminded", f"expiry/{PERSON}", **ending, notice_id=notice_id)
        about: dict[str, Any] = {"application_id": None, "notice": "expiring", "to": "educator"}
        self.happened("notifications", "NoticeSent", f"notice/{notice_id}", notice_id=notice_id, **about)
        self.mails.append([len(self.mails) + 1, f"{notice_id}@mail.test", "expiring"])

    def disciplined(self, status: str) -> None:
        """Two at DESE change the certificate's status, and its holder is told."""
        change = str(uuid5(SPACE, f"change to {status}"))
        about: dict[str, Any] = {"certificate_id": CERTIFICATE, "change_id": change}
        for type_, who in (("StatusChangeProposed", "priya"), ("StatusChangeConfirmed", "theo")):
            self.happened("review", type_, f"discipline/{CERTIFICATE}", **about, by=who)
        about |= {"person_id": PERSON, "status": status, "expires_on": "2126-01-14"}
        self.happened("review", "CertificateStatusChanged", f"certificate/{CERTIFICATE}", **about)
        notice_id = str(uuid5(SPACE, f"certificate-status {change}"))
        told: dict[str, Any] = {"application_id": None, "notice": "certificate-status", "to": "educator"}
        self.happened("notifications", "NoticeSent", f"notice/{notice_id}", notice_id=notice_id, **told)
        self.mails.append([len(self.mails) + 1, f"{notice_id}@mail.test", "certificate-status"])

    def waited(self, notice: str, to: str, of: str) -> None:
        """Somebody who has the application is reminded of it."""
        occasion = {"application_id": APPLICATION, "occasion": f"{notice}|{of}"}
        self.happened("notifications", "WaitReminded", f"wait/{APPLICATION}", **occasion)
        self.noticed("WaitReminded", notice, to)

    def digested(self, day: str, *news: str) -> None:
        """A district's email of a working day, with what is new of the application."""
        notice_id = str(uuid5(SPACE, f"digest {day}"))
        made = {"district": DISTRICT, "day": day, "notice_id": notice_id}
        self.happened("notifications", "DigestMade", f"digest/{DISTRICT}", DISTRICT, **made)
        told: dict[str, Any] = {"application_id": APPLICATION, "district": DISTRICT, "news": news}
        self.happened("notifications", "DistrictTold", f"district-news/{APPLICATION}", **told)
        about: dict[str, Any] = {"application_id": None, "notice": "digest", "to": "district"}
        self.happened("notifications", "NoticeSent", f"notice/{notice_id}", DISTRICT, notice_id=notice_id, **about)
        self.mails.append([len(self.mails) + 1, f"{notice_id}@mail.test", "digest"])

    def _append(self, log: str, fact: list[Any]) -> None:
        at = text(BEGAN + timedelta(minutes=self.minutes))
        envelope = ["somebody", str(SPACE), self.cause, None, at, at, None]
        self.logs[log].append([len(self.logs[log]) + 1, *fact, None, *envelope])


def told(notices: Mapping[str, list[tuple[str, str]]]) -> Story:
    """The story, with the notices each fact asks for."""
    story = Story()

    def step(source: str, type_: str, stream: str, **data: Any) -> None:
        about = {"application_id": APPLICATION, "educator_id": PERSON, **data}
        story.happened(source, type_, f"{stream}/{APPLICATION}", **about)
        straight_to_dese = type_ != "ReviewOpened" or data.get("district") is None
        for notice, to in notices.get(type_, []) if straight_to_dese else []:
            story.noticed(type_, notice, to)

    at = BEGAN.isoformat()
    story.happened("district-worklog", "DistrictListed", f"district/{DISTRICT}", DISTRICT, district=DISTRICT)
    story.happened(
        "review",
        "CertificateRecorded",
        f"certificate/{CERTIFICATE}",
        certificate_id=CERTIFICATE,
        expires_on="2027-02-14",
    )
    story.reminded("2027-02-14", 60)
    paid: dict[str, Any] = {"application_id": APPLICATION, "payment_id": PAYMENT}
    story.happened("applications", "PaymentRequested", f"payment/{PAYMENT}", **paid)
    story.happened("applications", "PaymentSettled", f"payment/{PAYMENT}", **paid, outcome="approved")
    story.payments.append(["pay_1", PAYMENT, "approved", FEE, 1, None])
    step("applications", "PaymentReceived", "application", submission=1, payment_id=PAYMENT, amount=FEE)
    story.attached(COPY)
    submitted: dict[str, Any] = {"submission": 1, "district": DISTRICT, "fee": FEE, "certificate_ids": [CERTIFICATE]}
    submitted |= {"kind": "upgrade", "rules": RULES}
    step("applications", "ApplicationSubmitted", "application", **submitted)
    item = {"district": DISTRICT, "kind": "upgrade", "requested_at": at}
    step("district-worklog", "VerificationRequested", "work-item", submission=1, **item)
    step("applications", "DocumentProvided", "document", submission=1, document_id=COPY, scanned=True)
    step("district-worklog", "VerificationClaimed", "work-item", submission=1)
    story.waited("district-reminder", "district", DISTRICT)
    story.digested("2027-01-15", f"new|{DISTRICT}|1")
    step("review", "ReviewOpened", "case", submission=1, cycle=1, district=DISTRICT)
    step("district-worklog", "DistrictReturned", "work-item", submission=1)
    step("applications", "ApplicationCorrected", "application", submission=2, district=DISTRICT)
    step("district-worklog", "VerificationRequested", "work-item", submission=2, **item)
    step("district-worklog", "VerificationOverdue", "work-item", submission=2, district=DISTRICT)
    step("district-worklog", "DistrictVerified", "work-item", submission=2)
    asked = {"request_id": QUESTION, "party": "educator"}
    step("review", "InformationRequested", "case", submission=2, cycle=1, **asked)
    step("applications", "InformationSupplied", "application", submission=2, request_id=QUESTION)
    step("applications", "DraftExpiring", "draft-reminder")
    story.noticed("DraftExpiring", "draft-expiring", "educator")
    story.signed("first", "second")
    step("review", "ApplicationDenied", "case", submission=2, cycle=1)
    step("applications", "ReconsiderationRequested", "application", submission=2, cycle=1)
    step("review", "ReconsiderationOpened", "case", submission=2, cycle=2, district=DISTRICT)
    story.signed("third")
    step("review", "ApplicationApproved", "case", submission=2, cycle=2)
    step("district-worklog", "ContactHoursOverdue", "work-item", submission=2, district=DISTRICT, due_on="2027-07-14")
    changed: dict[str, Any] = {"application_id": APPLICATION, "certificate_id": CERTIFICATE, "cycle": 2}
    changed |= {"effective_on": "2027-01-14", "expires_on": "2126-01-14", "rules": RULES, "upgraded_at": at}
    story.happened("review", "CertificateUpgraded", f"certificate/{CERTIFICATE}", **changed)
    story.happened("applications", "EducatorRegistered", f"educator/{PERSON}", educator_id=PERSON)
    story.disciplined("suspended")
    story.disciplined("active")
    return story


def write(db: Connection, story: Story, live: list[list[Any]], marks: tuple[str, ...]) -> None:
    """The scratch file that the readers would have made of it."""
    for log, rows in story.logs.items():
        put(db, "fact", [(log, *row, b"") for row in rows])
        put(db, "mark", [(log, name, len(rows)) for name in ("relay", *marks)])
    put(db, "record", story.records)
    put(db, "topic", [(0, 0, len(story.records))])
    put(db, "mail", story.mails)
    put(db, "payment", story.payments)
    put(db, "file", story.files)
    put(db, "live", live)
    chain(db)


def chain(db: Connection) -> None:
    """Hashes as the writer makes them."""
    for (log,) in db.execute("select distinct log from fact").fetchall():
        previous = ROOT
        for row in db.execute("select rowid, * from fact where log = ? order by position, rowid", (log,)).fetchall():
            previous = link(previous, [row[column] for column in COLUMNS])
            db.execute("update fact set hash = ? where rowid = ?", (previous, row["rowid"]))


def ready(db: Connection) -> None:
    db.executescript("drop table if exists step;")
    index(db)
