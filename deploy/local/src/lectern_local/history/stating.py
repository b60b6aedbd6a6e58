"""How the application stood after these facts, in a sentence."""

from collections.abc import Iterable

from lectern_local.history.happened import Happened

_STATES = {
    "DraftStarted": "A draft of the educator.",
    "PaymentAwaited": "Awaiting payment.",
    "PaymentFellThrough": "A draft again: the payment fell through.",
    "DraftDiscarded": "Deleted by the educator.",
    "ApplicationSubmitted": "Submitted.",
    "ApplicationCorrected": "Corrected and sent again.",
    "VerificationRequested": "With the district.",
    "DistrictVerified": "With DESE: the district verified it.",
    "DistrictDeclined": "With the educator: the district declined it.",
    "EmployerChanged": "Another district is named.",
    "DistrictReturned": "Returned to the educator by the district.",
    "InformationRequested": "With whom DESE asked.",
    "VerificationReopened": "With the district again: DESE asked it something.",
    "InformationSupplied": "With DESE: the educator answered.",
    "ApplicationApproved": "Approved.",
    "ApplicationDenied": "Denied.",
    "ApplicationWithdrawn": "Withdrawn by the educator.",
    "ApplicationClosedIncomplete": "Closed as incomplete.",
}

_ENDS = {"ApplicationApproved", "ApplicationDenied", "ApplicationWithdrawn", "ApplicationClosedIncomplete"}


def state_after(facts: Iterable[Happened]) -> str:
    """The last fact that changes where an application is; a decision is not undone by what comes late."""
    state = "Not begun."
    for fact in facts:
        state = _STATES.get(fact.type, state)
        if fact.type in {
            "ApplicationApproved",
            "ApplicationDenied",
            "ApplicationWithdrawn",
            "ApplicationClosedIncomplete",
        }:
            return state
    return state
