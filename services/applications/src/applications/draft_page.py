"""What every page of a draft begins with: the answers, if the page is open now; else where the educator is led."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never
from uuid import UUID

from applications.draft import Answers, Asked, AwaitingPayment, Discarded, NoDraft, Open, Returned, Submitted
from applications.edge import Edge, Educator
from applications.payment import Outcome
from applications.tasks import ORDER, Progress, asked_for, progress, tasks_of
from applications.wording import LINK, PAGE, SAID, Said
from lectern.contracts.values import ApplicationId, Kind, Reference, ReturnReason, Task
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.rule_sets import KindRules


@dataclass(frozen=True)
class Elsewhere:
    """This page is not open; that one is."""

    url: str


@dataclass(frozen=True)
class OpenDraft:
    """A draft that can be changed, as a new one or because a district asked for something."""

    answers: Answers
    tasks: tuple[Task, ...]
    """Those of the list, in order."""
    reference: Reference | None = None
    fell_through: Outcome | None = None
    reasons: tuple[ReturnReason, ...] = ()
    request_id: UUID | None = None
    """What DESE asked, while it is asked."""
    again: frozenset[Task] = frozenset()
    rules: RuleSet = IN_FORCE
    """Those it was submitted under, once it was."""

    @property
    def kind(self) -> Kind:
        return self.answers.kind

    @property
    def asks(self) -> KindRules:
        """What its kind is made of."""
        return self.rules.of(self.kind, self.answers.route)

    @property
    def programs(self) -> bool:
        """Whether development, mentoring and beginning teacher program are asked about."""
        return "development" in self.asks.report

    @property
    def said(self) -> Said:
        return SAID[self.kind]

    @property
    def link(self) -> str:
        return LINK[self.kind]

    @property
    def returned(self) -> bool:
        """Submitted, and open again for what somebody asked."""
        return bool(self.reasons) or self.asked

    @property
    def asked(self) -> bool:
        """Whether it is DESE that asks."""
        return self.request_id is not None

    @property
    def left(self) -> tuple[Task, ...]:
        """Those not done yet; after a return a task is done when it was saved again."""
        return tuple(each for each in self.tasks if not self._is_done(each))

    def _is_done(self, task: Task) -> bool:
        return task in self.again if self.returned else progress(self.answers, task) is Progress.DONE


Page: TypeAlias = OpenDraft | Elsewhere


async def open_draft(edge: Edge, educator: Educator, application_id: UUID, task: Task | None = None) -> Page:
    """The draft with this task, or any. Raises NotFound for what is absent or somebody else's."""
    state = await edge.drafts.draft(educator.person_id, ApplicationId(application_id))
    match state:
        case Open():
            tasks = tasks_of(state.answers.kind, edge.fee(state.answers.kind), route=state.answers.route)
            if task is not None and task not in tasks:
                return Elsewhere(f"/drafts/{application_id}")
            return OpenDraft(state.answers, tasks, state.reference, state.fell_through)
        case Returned():
            asked = asked_for(state.reasons)
            if task is not None and task not in asked:
                return Elsewhere(f"/drafts/{application_id}")
            tasks = tuple(each for each in ORDER if each in asked)
            rules = await edge.drafts.rules(ApplicationId(application_id))
            return OpenDraft(
                state.answers, tasks, state.reference, reasons=state.reasons, again=state.again, rules=rules
            )
        case Asked():
            if task is not None and task not in state.tasks:
                return Elsewhere(f"/drafts/{application_id}")
            return OpenDraft(
                state.answers,
                tuple(each for each in ORDER if each in state.tasks),
                state.reference,
                request_id=state.request_id,
                again=state.again,
                rules=await edge.drafts.rules(ApplicationId(application_id)),
            )
        case AwaitingPayment():
            return Elsewhere(f"/applications/{application_id}/payment")
        case Submitted():
            return Elsewhere(f"/applications/{application_id}")
        case NoDraft() | Discarded():
            raise edge.absent()
        case _:
            assert_never(state)


async def after_saving(edge: Edge, educator: Educator, application_id: UUID, task: Task, back: str) -> str:
    """Where a saved task leads: to the page it was opened from, else to the next one not done, else to the list."""
    base = f"/drafts/{application_id}"
    if back == "check":
        return f"{base}/check"  # which leads on to the answer, where it is DESE that asks
    draft = await open_draft(edge, educator, application_id)
    if isinstance(draft, Elsewhere) or not draft.left:
        return base
    following = [each for each in draft.left if ORDER.index(each) > ORDER.index(task)]
    return f"{base}/{PAGE[(following or draft.left)[0]]}"
