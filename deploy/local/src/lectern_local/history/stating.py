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
    "VerificationReassigned": "With nobody for a moment: the district passed it on.",
    "EmployerChanged": "Another district is named.",
    "DistrictReturned": "Returned to the educator by the district.",
    "InformationRequested": "With whom DESE asked.",
    "VerificationReopened": "With the district again: DESE asked it something.",
    "InformationSupplied": "With DESE: the educator answered.",
    "ApplicationApproved": "Approved.",
    "ApplicationDenied": "Denied.",
    "ReconsiderationRequested": "Denied; the educator asked to have it looked at again.",
    "ReconsiderationOpened": "With DESE again, to be decided anew.",
    "ApplicationWithdrawn": "Withdrawn by the educator.",
    "ApplicationClosedIncomplete": "Closed as incomplete.",
}

_ENDS = {"ApplicationApproved", "ApplicationDenied", "ApplicationWithdrawn", "ApplicationClosedIncomplete"}
_AFTER_THE_END = {"ReconsiderationRequested", "ReconsiderationOpened"}


def state_after(facts: Iterable[Happened]) -> str:
    """The last fact that changes where an application is; what comes late undoes no end, a reconsideration does."""
    state, ended = "Not begun.", False
    for fact in facts:
        if ended and fact.type not in _AFTER_THE_END:
            continue
        state = _STATES.get(fact.type, state)
        ended = fact.type in _ENDS or (ended and fact.type != "ReconsiderationOpened")
    return state
