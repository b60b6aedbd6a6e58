"""The judge itself is judged: of each kind of violation one is planted, and the audit finds and names it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

import pytest
from audit_story import APPLICATION, CERTIFICATE, COPY, PAYMENT, PERSON, chain, ready, told, write

from lectern.contracts.district_worklog import VerificationRequested
from lectern.eventlog.folder import mark_of
from lectern.eventlog.views import View
from lectern.runtime.service import Service
from lectern_local.audit.judging import judge
from lectern_local.audit.mails import WANTED
from lectern_local.audit.scratch import scratch
from lectern_local.audit.views import canonical
from lectern_local.audit.violation import Kind


@dataclass(frozen=True)
class Item:
    application_id: str
    submissions: int


def _count(row: Item | None, fact: VerificationRequested) -> Item:
    return Item(str(fact.application_id), (row.submissions if row else 0) + 1)


ITEMS = View("items", 1, Item, lambda fact: fact.application_id, _count, (VerificationRequested,), Path("items.sql"))
SERVICE = Service("district-worklog", (VerificationRequested,), nouns=(), views=(ITEMS,), migrations=Path("none"))
LIVE = [["district-worklog", "items", APPLICATION, canonical(ITEMS, Item(APPLICATION, 2))]]

LAST = "position = (select max(position) from fact where log = '{log}') and log = '{log}'"


def last(log: str) -> str:
    return LAST.format(log=log)


def fact(log: str, type_: str, more: str = "") -> str:
    """Which rows of the scratch log: the last of a type in one log."""
    return (
        f"log = '{log}' and position = (select max(position) from fact where log = '{log}' and type = '{type_}' {more})"
    )


def doubled(log: str, type_: str, found_in: str | None = None) -> str:
    """The last fact of a type recorded a second time at the end of a log, as a fact of its own."""
    return f"""
    insert into fact select '{log}', (select max(position) + 1 from fact where log = '{log}'), 'again-' || id, source,
        stream, (select coalesce(max(version), 0) + 1 from fact o where o.log = '{log}' and o.stream = fact.stream),
        subject, type, schema, data, claim, actor, correlation_id, causation_id, traceparent,
        occurred_at, (select max(recorded_at) from fact where log = '{log}'), rules, hash
    from fact where {fact(found_in or log, type_)};
    update mark set position = position + 1 where log = '{log}';
    """


def doubled_everywhere(source: str, type_: str, *listeners: str) -> str:
    """The same, and published and heard as it should be: only its being there twice is wrong."""
    published = f"""
    insert into record select partition, (select max(offset) + 1 from record), 'again-' || id, source, stream,
        (select max(version) + 1 from record o where o.stream = record.stream), subject, type, position, data, null
        from record
        where offset = (select max(offset) from record where type = '{type_}' and source = '{source}');
    """
    return "".join([doubled(source, type_), published, *(doubled(each, type_) for each in listeners)])


def turned(type_: str, into: str, **said: str | None) -> str:
    """The facts of one type recorded, sent and heard as another one that says this, too."""
    more = "".join(f", '$.{name}', {'null' if value is None else repr(value)}" for name, value in said.items())
    data = f"type = '{into}', data = json_set(data, '$.type', '{into}'{more}) where type = '{type_}';"
    return f"update fact set {data} update record set {data}"


def closed_on(day: str) -> str:
    return turned("DistrictListed", "DistrictClosed", closed_on=day)


def declined_by(officer: str | None) -> str:
    said = {"district": "048-077", "declined_at": "2027-01-14T18:00:00Z", "declined_by": officer}
    return turned("DistrictReturned", "DistrictDeclined", reason="district-closed", **said)


@dataclass(frozen=True)
class Planted:
    kind: Kind
    sql: str
    names: str
    """What the sentence must say."""
    also: frozenset[Kind] = frozenset()
    """What else the same deed breaks."""
    chained: bool = True
    """Whether somebody took the trouble to make the hashes fit again."""


PLANTED = [
    Planted(
        Kind.CHAIN,
        "update fact set actor = 'nobody' where type = 'PaymentSettled'",
        "applications: the hash of position 4",
        chained=False,
    ),
    Planted(
        Kind.CHAIN,
        f"update fact set hash = x'00' where {last('applications')}",
        "applications: the hash of position",
        chained=False,
    ),
    Planted(
        Kind.POSITION,
        f"update fact set position = position + 1 where {last('review')};"
        "update mark set position = position + 1 where log = 'review'",
        "follows",
    ),
    Planted(
        Kind.VERSION,
        f"update fact set version = 7 where {fact('district-worklog', 'DistrictVerified', 'and source = log')}",
        "version 7 follows 5",
        also=frozenset({Kind.ALTERED}),
    ),
    Planted(
        Kind.TIME,
        f"update fact set recorded_at = '2027-01-01T00:00:00.000000Z' where {last('notifications')}",
        "notifications: position",
    ),
    Planted(
        Kind.SUBJECT,
        "update fact set subject = 'somebody-else' where type = 'PaymentSettled'",
        f"payment/{PAYMENT} has 2 subjects",
    ),
    Planted(
        Kind.NOT_IN_KAFKA,
        "delete from record where type = 'CertificateUpgraded'",
        "CertificateUpgraded",
    ),
    Planted(
        Kind.PHANTOM,
        "insert into record select 0, 999, 'made-up', source, 'case/made-up', 1, subject, type, 99, data, null "
        "from record where type = 'ApplicationApproved'",
        "no log of review holds this ApplicationApproved",
    ),
    Planted(
        Kind.PHANTOM,
        "insert into record values (0, 999, null, null, null, null, null, null, null, null, 'the body is not JSON')",
        "offset 999 is no fact",
    ),
    Planted(
        Kind.LEAKED,
        "insert into record select 0, 999, id, source, stream, version, subject, type, position, data, null "
        "from fact where type = 'PaymentSettled' and log = 'applications'",
        "PaymentSettled is private to applications",
    ),
    Planted(
        Kind.ALTERED,
        "update record set data = json_set(data, '$.cycle', 3) where type = 'ApplicationApproved'",
        "ApplicationApproved is not as review recorded it",
    ),
    Planted(
        Kind.ALTERED,
        f"update fact set causation_id = null where {fact('applications', 'ApplicationApproved')}",
        "applications position",
    ),
    Planted(
        Kind.NOT_HEARD,
        f"delete from fact where {fact('applications', 'CertificateStatusChanged')}; update mark set position = "
        "(select max(position) from fact where log = 'applications') where log = 'applications'",
        "applications lacks CertificateStatusChanged",
    ),
    Planted(
        Kind.HEARD_TWICE,
        doubled("applications", "CertificateUpgraded").replace("'again-' || id", "id"),
        "applications holds",
        also=frozenset({Kind.ALTERED}),
    ),
    Planted(
        Kind.HEARD_UNASKED,
        doubled("applications", "NoticeSent", "notifications").replace("'again-' || id", "id"),
        "NoticeSent is of a kind it does not hear",
    ),
    Planted(
        Kind.ORDER,
        "update record set offset = offset + 900 where stream like 'case/%' and version = 1",
        "version 2 came first at offset",
    ),
    Planted(Kind.TRUNCATED, "update topic set first_offset = 5", "begins at offset 5"),
    Planted(
        Kind.VIEW,
        "update live set row = json_set(row, '$.submissions', 3)",
        f"row {APPLICATION} of items is not what its facts say",
    ),
    Planted(Kind.VIEW, "delete from live", f"row {APPLICATION} of items is not in the table"),
    Planted(
        Kind.VIEW,
        "insert into live values ('district-worklog', 'items', 'made-up', '{}')",
        "row made-up of items should not be there",
    ),
    Planted(
        Kind.VIEW_BEHIND,
        "update mark set position = position - 1 where name = 'relay' and log = 'review'",
        "relay stands at",
    ),
    Planted(Kind.BROKEN, "insert into broken values ('review', 'queue', 'k', 3, 'ValueError()')", "row k of queue"),
    Planted(Kind.PARKED, "insert into held values ('review', 'parked', 'A record, t 0/3: no JSON')", "0/3"),
    Planted(Kind.WAITING, "insert into held values ('review', 'waiting', 'X (version 3), t 0/9: a gap')", "version 3"),
    Planted(Kind.UNSETTLED, "insert into open_effect values ('notifications', 'an-intent')", "an-intent"),
    Planted(
        Kind.WORK_ITEM,
        doubled_everywhere("district-worklog", "VerificationRequested", "applications", "review", "notifications"),
        "submission 2: handed in for a district 1 times, 2 work items",
        also=frozenset({Kind.VIEW}),
    ),
    Planted(
        Kind.WORK_ITEM,
        "update fact set data = json_set(data, '$.district', '115-115') where type = 'DistrictVerified'; "
        "update record set data = json_set(data, '$.district', '115-115') where type = 'DistrictVerified'",
        "submission 2: DistrictVerified by 115-115, 048-077 was asked",
    ),
    Planted(
        Kind.WORK_ITEM,
        "update fact set data = json_set(data, '$.district', '115-115') where type = 'ApplicationCorrected'; "
        "update record set data = json_set(data, '$.district', '115-115') where type = 'ApplicationCorrected'",
        "submission 2: 115-115 was named, 048-077 was asked",
    ),
    Planted(
        Kind.WORK_ITEM,
        declined_by(None) + closed_on("2027-01-15"),
        "declined by nobody at 048-077, which was open",
        also=frozenset({Kind.MAIL_MISSING, Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.WORK_ITEM,
        declined_by("dana") + closed_on("2027-01-14"),
        "declined by somebody at 048-077, which had closed",
        also=frozenset({Kind.MAIL_MISSING, Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.WORK_ITEM,
        closed_on("2027-01-14")
        + turned("DistrictVerified", "VerificationClaimed")
        + turned("ApplicationApproved", "ReviewAssigned"),
        "submission 2: waits at 048-077, which has closed",
        also=frozenset({Kind.CERTIFICATE, Kind.MAIL_MISSING, Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.WORK_ITEM,
        turned("DistrictReturned", "VerificationReassigned", district="048-077", to="115-115")
        + turned("ApplicationCorrected", "DraftExpiring"),
        "submission 1: passed on to 115-115, and it never went on",
        also=frozenset({Kind.MAIL_MISSING, Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.WORK_ITEM,
        turned("ApplicationCorrected", "EmployerChanged", why="passed-on"),
        "submission 2: at 048-077 as passed on, which nobody did",
        also=frozenset({Kind.MAIL_MISSING, Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.DECISION,
        doubled_everywhere("review", "ApplicationApproved", "applications", "district-worklog", "notifications"),
        "1 cases, 2 decisions",
        also=frozenset({Kind.CERTIFICATE}),
    ),
    Planted(
        Kind.DECISION,
        "".join(
            f"update {table} set type = 'ApplicationClosedIncomplete' where type = 'ApplicationApproved';"
            f"update {table} set type = 'NothingAsked' where type in ('DistrictReturned', 'InformationRequested');"
            for table in ("fact", "record")
        ),
        "was closed though nothing was asked",
        also=frozenset({Kind.CERTIFICATE, Kind.MAIL_MISSING, Kind.MAIL_UNASKED, Kind.VIEW}),
    ),
    Planted(
        Kind.DECISION,
        "update fact set data = json_set(data, '$.first', 'first') where type = 'DecisionSigned'",
        f"Application {APPLICATION} was decided anew by somebody who had decided before",
    ),
    Planted(
        Kind.DECISION,
        "".join(
            f"update {table} set type = 'NothingAsked' where type = 'ReconsiderationRequested';"
            for table in ("fact", "record")
        ),
        f"Application {APPLICATION}, cycle 2: opened again, though no denial before it was asked about",
    ),
    Planted(
        Kind.DECISION,
        doubled_everywhere("review", "ReconsiderationOpened", "applications", "district-worklog", "notifications"),
        f"Application {APPLICATION}, cycle 1: a reconsideration was asked for, and not opened once",
    ),
    Planted(
        Kind.DECISION,
        "".join(
            f"update {table} set data = json_set(data, '$.request_id', 'another') where type = 'InformationSupplied';"
            for table in ("fact", "record")
        ),
        "was decided before question",
    ),
    Planted(
        Kind.CERTIFICATE,
        doubled_everywhere("review", "CertificateUpgraded", "applications", "district-worklog", "notifications"),
        f"Certificate {CERTIFICATE}",
    ),
    *(
        Planted(
            Kind.CERTIFICATE,
            "".join(
                f"update {table} set data = json_set(data, '$.{name}', '{value}') where type = 'CertificateUpgraded';"
                for table in ("fact", "record")
            ),
            names,
        )
        for name, value, names in (
            ("expires_on", "2126-01-13", "says 2027-01-14 to 2126-01-13, its rule set 2027-01-14 to 2126-01-14"),
            ("effective_on", "2027-01-15", "says 2027-01-15 to 2126-01-14"),
            ("rules", "upgrade-2026-11", "changed under rule set upgrade-2026-11, submitted under missouri-2026-11"),
        )
    ),
    Planted(
        Kind.CERTIFICATE,
        "".join(
            f"update {table} set data = json_set(data, '$.kind', 'extension') where type = 'ApplicationSubmitted';"
            for table in ("fact", "record")
        ),
        "CertificateUpgraded by an application of the kind extension",
    ),
    Planted(
        Kind.CERTIFICATE,
        "update fact set data = json_set(data, '$.by', 'priya') where type = 'StatusChangeConfirmed'",
        f"Certificate {CERTIFICATE} became suspended, and no two at DESE said so",
    ),
    Planted(
        Kind.CERTIFICATE,
        "".join(
            f"update {table} set data = json_set(data, '$.status', 'revoked') where type = 'CertificateStatusChanged';"
            for table in ("fact", "record")
        )
        + doubled_everywhere("review", "CertificateUpgraded", "applications", "district-worklog", "notifications"),
        f"Certificate {CERTIFICATE}: CertificateUpgraded while it was revoked",
    ),
    Planted(
        Kind.MAIL_MISSING,
        "update fact set data = json_set(data, '$.notice', 'expiring') where type = 'NoticeSent' and "
        "json_extract(data, '$.notice') = 'certificate-status'",
        f"Person {PERSON}: 0 notices of 2 changes of a certificate's status",
        also=frozenset({Kind.MAIL_UNASKED, Kind.ALTERED}),
    ),
    Planted(
        Kind.PAYMENT,
        "update fact set data = json_set(data, '$.amount', 1) where type = 'PaymentReceived';"
        "update record set data = json_set(data, '$.amount', 1) where type = 'PaymentReceived';"
        "update payment set amount_cents = 1",
        f"Application {APPLICATION} owed 2500 cents: 1 came in 1 payments",
    ),
    Planted(Kind.SANDBOX, "update payment set status = 'declined'", f"Payment {PAYMENT} is approved here"),
    Planted(
        Kind.SANDBOX,
        "insert into payment values ('pay_2', 'another', 'approved', 2500, 0, null)",
        "Payment another is approved at the provider (pay_2), and open here",
    ),
    Planted(
        Kind.SANDBOX,
        "update payment set refunded_at = '2026-11-25T15:00:00+00:00'",
        f"Payment {PAYMENT} was given back 0 times here, 1 times at the provider",
    ),
    Planted(
        Kind.PAYMENT,
        "".join(
            f"update {table} set type = 'PaymentRefunded' where type = 'PaymentReceived';"
            for table in ("fact", "record")
        ),
        f"Application {APPLICATION} is owed 0 cents back: 2500 went back in 1 refunds",
        also=frozenset({Kind.SANDBOX}),
    ),
    Planted(Kind.MAIL_MISSING, "delete from mail where notice = 'decided'", "(decided, sent) stands 0 times"),
    Planted(
        Kind.MAIL_MISSING,
        "".join(
            f"update {table} set data = json_set(data, '$.notice', 'submitted') "
            "where type = 'NoticeSent' and json_extract(data, '$.notice') = 'returned';"
            for table in ("fact", "record")
        ),
        "0 of 1 notices “returned” to educator",
        also=frozenset({Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.MAIL_TWICE,
        "insert into mail select number + 100, message_id, notice from mail where notice = 'decided'",
        "stands 2 times in the mailbox",
    ),
    Planted(
        Kind.MAIL_TWICE,
        doubled("notifications", "ExpiryReminded"),
        f"Certificate {CERTIFICATE}: 2 reminders 60 days before 2027-02-14, 2 with an end",
    ),
    Planted(
        Kind.MAIL_MISSING,
        "update fact set data = json_set(data, '$.notice_id', 'another') where type = 'ExpiryReminded'",
        f"Certificate {CERTIFICATE}: 1 reminders 60 days before 2027-02-14, 0 with an end",
        also=frozenset({Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.MAIL_UNASKED,
        "update fact set data = json_remove(data, '$.notice_id') where type = 'ExpiryReminded'",
        "(expiring) belongs to no reminder",
    ),
    Planted(
        Kind.MAIL_MISSING,
        "".join(
            f"update {table} set data = json_set(data, '$.notice', 'submitted') "
            "where type = 'NoticeSent' and json_extract(data, '$.notice') = 'draft-expiring';"
            for table in ("fact", "record")
        ),
        "0 of 1 notices “draft-expiring” to educator",
        also=frozenset({Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.MAIL_TWICE,
        doubled("notifications", "DigestMade"),
        "District 048-077: 2 daily emails of 2027-01-15",
    ),
    Planted(
        Kind.MAIL_MISSING,
        "update fact set data = json_set(data, '$.notice_id', 'another') where type = 'DigestMade'",
        "District 048-077: 1 daily emails of 2027-01-15, 0 with an end",
        also=frozenset({Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.MAIL_TWICE,
        doubled("notifications", "DistrictTold"),
        f"Application {APPLICATION}: “new|048-077|1” told 2 times",
    ),
    Planted(
        Kind.MAIL_UNASKED,
        "".join(
            f"update {table} set type = 'DistrictNoticesChosen', data = json_set(data, '$.each_item', json('false')) "
            "where type = 'DistrictListed';"
            for table in ("fact", "record")
        ),
        "2 of 0 notices “new-item” to district",
    ),
    Planted(
        Kind.MAIL_TWICE,
        doubled("notifications", "WaitReminded"),
        f"Application {APPLICATION}: reminded 2 times of “district-reminder|048-077”",
        also=frozenset({Kind.MAIL_MISSING}),
    ),
    Planted(
        Kind.MAIL_MISSING,
        "update fact set data = json_set(data, '$.occasion', 'review-overdue|') where type = 'WaitReminded'",
        "0 of 1 notices “review-overdue” to supervisors",
        also=frozenset({Kind.MAIL_UNASKED}),
    ),
    Planted(
        Kind.DEADLINE,
        "update live set row = json_set(row, '$.due_at', '2026-12-01T13:00:00Z')",
        "of items is due since 2026-12-01T13:00:00Z",
        also=frozenset({Kind.VIEW}),
    ),
    Planted(
        Kind.DEADLINE,
        doubled_everywhere("district-worklog", "VerificationOverdue", "applications", "review", "notifications"),
        f"Application {APPLICATION}: said to be overdue at 048-077 2 times",
    ),
    Planted(
        Kind.DEADLINE,
        doubled_everywhere("district-worklog", "ContactHoursOverdue", "applications", "review", "notifications"),
        f"Application {APPLICATION}: said to be overdue at 048-077 2 times",
    ),
    Planted(Kind.MAIL_UNASKED, "insert into mail values (99, 'made-up@mail.test', 'decided')", "Mail 99 (decided)"),
    Planted(Kind.FILE, "delete from file", f"file {COPY} of {APPLICATION} is not there"),
    Planted(Kind.FILE, "update file set sha256 = 'other'", "is not the one that was stored"),
    Planted(Kind.FILE, "update file set size = 4", "is not the one that was stored"),
    Planted(
        Kind.FILE,
        "insert into file select owner, about, 'orphan', size, sha256, 0 from file",
        "no fact names the file orphan",
    ),
    Planted(
        Kind.UNSCANNED,
        "update fact set data = json_set(data, '$.checked', 'infected') where type = 'DocumentChecked'",
        f"DocumentProvided of {COPY}, which no scan let through",
    ),
    Planted(
        Kind.UNSCANNED,
        "update fact set data = json_set(data, '$.checked', 'not-scanned') where type = 'DocumentChecked'",
        f"DocumentProvided of {COPY}, which no scan let through",
    ),
]


@pytest.fixture
def story() -> Iterator[Connection]:
    notices: dict[str, list[tuple[str, str]]] = {}
    for type_, notice, to in WANTED:
        notices.setdefault(type_, []).append((notice, to))
    with scratch() as db:
        write(db, told(notices), LIVE, (mark_of(ITEMS),))
        yield db


def test_finds_nothing_wrong_where_nothing_is(story: Connection) -> None:
    ready(story)

    verdict = judge(story, (SERVICE,))

    assert verdict.violations == []
    assert verdict.ends == {
        "approved": 1,
        "denied": 0,
        "withdrawn": 0,
        "closed_incomplete": 0,
        "returned": 1,
        "open": 0,
    }


@pytest.mark.parametrize("planted", PLANTED, ids=lambda each: f"{each.kind}: {each.names or each.sql[:40]}")
def test_finds_and_names_what_was_planted(story: Connection, planted: Planted) -> None:
    story.executescript(planted.sql)
    if planted.chained:
        chain(story)
    ready(story)

    found = judge(story, (SERVICE,)).violations

    assert any(each.kind is planted.kind and planted.names in each.sentence for each in found), found
    assert {each.kind for each in found} <= {planted.kind, *planted.also}, json.dumps([str(each) for each in found])


def test_every_kind_is_planted() -> None:
    assert {each.kind for each in PLANTED} == set(Kind)


def test_a_file_that_was_just_stored_may_still_be_named(story: Connection) -> None:
    story.executescript("insert into file select owner, about, 'on its way', size, sha256, 1 from file")
    ready(story)

    assert judge(story, (SERVICE,)).violations == []


def as_extension(**changed: str) -> str:
    """The same story of an extension: four more years from the old expiry date."""
    said = {"effective_on": "2027-02-14", "expires_on": "2031-02-14", **changed}
    data = "".join(f", '$.{name}', '{value}'" for name, value in said.items())
    return "".join(
        f"update {table} set data = json_set(data, '$.kind', 'extension') where type = 'ApplicationSubmitted';"
        f"update {table} set type = 'CertificateExtended', data = json_set(data, '$.extended_at', "
        f"json_extract(data, '$.upgraded_at'){data}) where type = 'CertificateUpgraded';"
        for table in ("fact", "record")
    )


def test_an_extension_is_judged_by_its_rule_set(story: Connection) -> None:
    story.executescript(as_extension())
    chain(story)
    ready(story)

    assert judge(story, (SERVICE,)).violations == []


@pytest.mark.parametrize("changed", [{"expires_on": "2031-02-15"}, {"effective_on": "2027-01-14"}])
def test_an_extension_with_other_days_is_found(story: Connection, changed: dict[str, str]) -> None:
    story.executescript(as_extension(**changed))
    chain(story)
    ready(story)

    [found] = judge(story, (SERVICE,)).violations

    assert found.kind is Kind.CERTIFICATE
    assert "its rule set 2027-02-14 to 2031-02-14" in found.sentence
