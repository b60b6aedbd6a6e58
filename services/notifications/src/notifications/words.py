"""Notices as pages name them."""

from notifications.notice import To
from notifications.notices_sent import NoticeRow, State

NOTICES = {
    "submitted": "Application submitted",
    "received": "Received by the district",
    "returned": "Returned with a question",
    "declined": "Declined by the district",
    "moved": "With another district",
    "sent-to-dese": "Sent to DESE",
    "decided": "Decided",
    "reconsideration": "Looked at again",
    "withdrawn": "Withdrawn",
    "closed-incomplete": "Closed as incomplete",
    "information-requested": "Asked by DESE",
    "expiring": "Certificate expiring",
    "certificate-status": "Certificate’s status changed",
    "draft-expiring": "Draft kept for some days only",
    "digest": "Daily summary",
    "hours-due": "Contact hours due",
    "new-item": "New in the work log",
    "application-ready": "Ready for review",
    "verification-overdue": "Overdue at the district",
    "district-reminder": "Reminder of the district",
    "declined-reminder": "Reminder to name another district",
    "returned-reminder": "Reminder of what was asked",
    "information-reminder": "Reminder of what DESE asked",
    "review-reminder": "Reminder of a case",
    "review-overdue": "Overdue at DESE",
}
RECIPIENTS = {
    To.EDUCATOR: "the educator",
    To.DISTRICT: "the district’s contacts",
    To.ADMINISTRATORS: "the district’s administrators",
    To.DESE: "DESE’s contacts",
    To.REVIEWER: "the reviewer",
    To.SUPERVISORS: "DESE’s supervisors",
}
STATES = {
    State.REQUESTED: ("On its way", "unknown"),
    State.SENT: ("Sent", "ok"),
    State.FAILED: ("Not sent", "no"),
    State.UNCERTAIN: ("Not known", "wait"),
}
_REASONS = {
    "no contact": "Nobody is named to be told. Add a contact for certification, then send it again.",
    "address": "The address on file is not one that mail can be sent to.",
    "erased": "The personal data was erased, so there is no address.",
    "unreadable": "The address on file cannot be read. Tell an operator.",
    "given up": "No mail server took it for five days.",
}

NOBODY = {
    "no contact": "No contact for certification is named.",
    "address": "No contact has an address that mail can be sent to.",
    "erased": "The contacts were erased.",
    "unreadable": "The contacts cannot be read.",
}
"""Why nobody at a whole office could be told. Nobody there knows of the application until a person does something."""


def explanation(row: NoticeRow) -> str:
    """What became of a notice, and what to do, in a sentence or two."""
    match row.state:
        case State.REQUESTED:
            return "It is sent as soon as the mail server takes it. Nothing is needed."
        case State.SENT if row.unreached:
            return "The mail server took it, and refused some of the addresses: check the list of contacts."
        case State.SENT:
            return "The mail server took it."
        case State.FAILED:
            usual = f"The mail server refused it for good, with reply {row.reason}. Check the address."
            return _REASONS.get(row.reason or "", usual)
        case State.UNCERTAIN:
            return "The mail server did not answer after the email was handed over: it may have arrived, or not."
