"""Each step is told to whom it concerns, once: the notices the facts ask for, and what the mailbox really holds."""

from collections.abc import Iterator
from sqlite3 import Connection
from typing import Final

from lectern_local.audit.violation import Kind, Violation

WANTED: Final = (
    ("ApplicationSubmitted", "submitted", "educator"),
    ("ApplicationCorrected", "submitted", "educator"),
    ("VerificationRequested", "new-item", "district"),
    ("VerificationClaimed", "received", "educator"),
    ("DistrictReturned", "returned", "educator"),
    ("VerificationOverdue", "verification-overdue", "district-administrators"),
    ("DistrictDeclined", "declined", "educator"),
    ("EmployerChanged", "moved", "educator"),
    ("DistrictVerified", "sent-to-dese", "educator"),
    ("DistrictVerified", "application-ready", "dese"),
    ("ReviewOpened", "application-ready", "dese"),
    ("ContactHoursOverdue", "hours-due", "educator"),
    ("ContactHoursOverdue", "hours-due", "district"),
    ("InformationRequested", "information-requested", "educator"),
    ("VerificationReopened", "information-requested", "district"),
    ("ApplicationApproved", "decided", "educator"),
    ("ApplicationDenied", "decided", "educator"),
    ("ReconsiderationOpened", "reconsideration", "educator"),
    ("ReconsiderationOpened", "application-ready", "dese"),
    ("ApplicationWithdrawn", "withdrawn", "educator"),
    ("ApplicationClosedIncomplete", "closed-incomplete", "educator"),
)
"""(fact, notice, to): what is owed once for each submission (cycle, question of DESE) that such a fact is about."""
REMINDERS: Final = (
    ("district-reminder", "district"),
    ("returned-reminder", "educator"),
    ("declined-reminder", "educator"),
    ("information-reminder", "educator"),
    ("review-reminder", "reviewer"),
    ("review-overdue", "supervisors"),
)
"""(notice, to): what is owed for each reminder of an application that waits, which names its notice."""

_OWED = """
select application, notice, recipient, sum(owed) as owed, sum(made) as made from (
    select application, notice, recipient, 1 as owed, 0 as made from (
        select distinct s.application, s.submission, s.cycle, s.request, w.notice, w.recipient
        from step s join wanted_notice w on w.type = s.type and coalesce(s.party, w.recipient) = w.recipient
        where s.log = 'notifications' and not s.own and (s.type <> 'ReviewOpened' or s.district is null)
        and (s.type <> 'VerificationRequested' or coalesce((select json_extract(c.data, '$.each_item') from fact c
            where c.log = 'notifications' and c.type = 'DistrictNoticesChosen' and c.position < s.position
            and json_extract(c.data, '$.district') = s.district order by c.position desc limit 1), 1)))
    union all
    select json_extract(f.data, '$.application_id'), w.notice, w.recipient, 1, 0
        from fact f join wanted_notice w on w.type = f.type
        and w.notice = substr(json_extract(f.data, '$.occasion'), 1, instr(json_extract(f.data, '$.occasion'), '|') - 1)
        where f.log = 'notifications' and f.type = 'WaitReminded'
    union all
    select application, 'draft-expiring', 'educator', 1, 0 from step
        where log = 'notifications' and type = 'DraftExpiring'
    union all
    select application, notice, recipient, 0, 1 from (
        select distinct application, notice, recipient, notice_id from step where own
        and type in ('NoticeSent', 'NoticeFailed', 'NoticeUncertain') and application is not null))
group by application, notice, recipient having sum(owed) <> sum(made)
"""
_REMINDED = """
select certificate, expires_on, days, count(*) as times, count(settled) as ended from (
    select json_extract(r.data, '$.certificate_id') as certificate, json_extract(r.data, '$.expires_on') as expires_on,
        json_extract(r.data, '$.days') as days, json_extract(r.data, '$.notice_id') is null as passed,
        (select min(s.notice_id) from step s where s.own and s.notice_id = json_extract(r.data, '$.notice_id')
            and s.type in ('NoticeSent', 'NoticeFailed', 'NoticeUncertain')) as settled
    from fact r where r.type = 'ExpiryReminded' and r.log = 'notifications')
group by certificate, expires_on, days having count(*) > 1 or (count(settled) = 0 and not max(passed))
"""
_UNREMINDED = """
select distinct s.notice_id from step s where s.own and s.notice = 'expiring' and s.type = 'NoticeSent'
and not exists (select 1 from fact r where r.type = 'ExpiryReminded' and r.log = 'notifications'
    and json_extract(r.data, '$.notice_id') = s.notice_id)
"""
_STATUS_TOLD = """
select person, sum(owed) as owed, sum(possible) as possible, sum(made) as made from (
    select json_extract(c.data, '$.person_id') as person, 1 as possible, 0 as made,
        exists (select 1 from fact r where r.log = c.log and r.type = 'EducatorRegistered'
            and json_extract(r.data, '$.educator_id') = json_extract(c.data, '$.person_id')
            and r.position < c.position) as owed
    from (select log, data, min(position) as position from fact where log = 'notifications'
        and type = 'CertificateStatusChanged' and json_valid(data)
        group by json_extract(data, '$.change_id')) c
    union all
    select subject, 0, 1, 0 from (select distinct f.subject, s.notice_id from step s
        join fact f on f.log = s.log and f.position = s.position
        where s.own and s.notice = 'certificate-status'
        and s.type in ('NoticeSent', 'NoticeFailed', 'NoticeUncertain')))
group by person having sum(made) < sum(owed) or sum(made) > sum(possible)
"""
_DELIVERED = """
select notice_id, notice, sent, asked, copies from (
    select s.notice_id, max(s.notice) as notice, max(s.type = 'NoticeSent') as sent,
        1 + sum(s.type = 'NoticeRepeated') as asked, min(s.type = 'NoticeFailed') as failed,
        (select count(*) from delivery m where m.notice_id = s.notice_id) as copies
    from step s where s.own and s.type in ('NoticeSent', 'NoticeFailed', 'NoticeUncertain', 'NoticeRepeated')
    group by s.notice_id)
where copies > asked or (sent and copies = 0) or (failed and copies > 0)
"""
_UNASKED = """
select m.number, m.notice from mail m join delivery d on d.number = m.number
where not exists (select 1 from known_notice k where k.notice_id = d.notice_id)
"""


def told_once(db: Connection) -> Iterator[Violation]:
    """Each notice that is owed was made once and has an end."""
    db.executescript(
        "drop table if exists wanted_notice; create temp table wanted_notice (type text, notice text, recipient text);"
    )
    reminders = [("WaitReminded", *each) for each in REMINDERS]
    db.executemany("insert into wanted_notice values (?, ?, ?)", [*WANTED, *reminders])
    for row in db.execute(_OWED):
        kind = Kind.MAIL_MISSING if row["made"] < row["owed"] else Kind.MAIL_UNASKED
        yield Violation(
            kind,
            f"Application {row['application']}: {row['made']} of {row['owed']} notices “{row['notice']}” to "
            f"{row['recipient']}.",
        )


def reminded_once(db: Connection) -> Iterator[Violation]:
    """Each step before a certificate's last day was told once and has an end; no reminder went of its own accord."""
    for row in db.execute(_REMINDED):
        yield Violation(
            Kind.MAIL_TWICE if row["times"] > 1 else Kind.MAIL_MISSING,
            f"Certificate {row['certificate']}: {row['times']} reminders {row['days']} days before "
            f"{row['expires_on']}, {row['ended']} with an end.",
        )
    for row in db.execute(_UNREMINDED):
        yield Violation(Kind.MAIL_UNASKED, f"Notice {row['notice_id']} (expiring) belongs to no reminder.")


def status_told_once(db: Connection) -> Iterator[Violation]:
    """Each change of a certificate's status is told once to its holder, if the holder had an account by then."""
    for row in db.execute(_STATUS_TOLD):
        yield Violation(
            Kind.MAIL_MISSING if row["made"] < row["owed"] else Kind.MAIL_UNASKED,
            f"Person {row['person']}: {row['made']} notices of {row['possible']} changes of a certificate's status.",
        )


def delivered_once(db: Connection) -> Iterator[Violation]:
    """Deliveries counted, not distinct ids: one for a sent notice, none for a failed one, nothing of its own accord.

    Somebody may have had a notice sent again; then it may stand there once more.
    """
    _deliveries(db)
    for row in db.execute(_DELIVERED):
        kind = Kind.MAIL_MISSING if row["copies"] == 0 else Kind.MAIL_UNASKED
        kind = Kind.MAIL_TWICE if row["copies"] > row["asked"] else kind
        state = "sent" if row["sent"] else "not sent"
        yield Violation(
            kind, f"Notice {row['notice_id']} ({row['notice']}, {state}) stands {row['copies']} times in the mailbox."
        )
    for row in db.execute(_UNASKED):
        yield Violation(
            Kind.MAIL_UNASKED, f"Mail {row['number']} ({row['notice'] or 'no notice'}) belongs to no notice of the log."
        )


def mails_by_notice(db: Connection) -> dict[str, int]:
    """How many mails the mailbox holds, by notice."""
    rows = db.execute("select notice, count(*) as n from mail group by notice order by notice")
    return {row["notice"]: row["n"] for row in rows}


def _deliveries(db: Connection) -> None:
    """The Message-ID of a notice is its id and a domain."""
    db.executescript("""
    drop table if exists delivery;
    drop table if exists known_notice;
    create temp table delivery as select number, case when instr(message_id, '@') > 0
        then substr(message_id, 1, instr(message_id, '@') - 1) else message_id end as notice_id from mail;
    create index temp.delivery_by_notice on delivery (notice_id);
    create temp table known_notice as select distinct notice_id from step where own and notice_id is not null;
    create index temp.known_notice_by_id on known_notice (notice_id);
    """)
