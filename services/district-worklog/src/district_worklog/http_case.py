"""One application: /work-log/{application_id}."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog import cards as criterion_cards
from district_worklog.case_form import CaseForm, fields_of, seen_words, typed_in, without_untouched
from district_worklog.case_reading import Case, Visit, read_case
from district_worklog.declining import WORDS as DECLINED
from district_worklog.desk import Card, Saved, next_key
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.evidence import Record
from district_worklog.files import copies_shown, own_shown
from district_worklog.http_conflict import conflict_page
from district_worklog.kinds import ASKED_ABOUT, SAID
from district_worklog.officer import Officer
from district_worklog.recording import problems
from district_worklog.returning import REASONS
from district_worklog.rulings import Terms, verdict_of
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, Task, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Answer, Call
from lectern.rules.calendar import promise_due, promise_from
from lectern.rules.wording import attestation
from lectern.rules.words import in_hours
from lectern.rules.years import in_years
from lectern.web import Filled, Updating, blank, reached, read_form, render, see_other, waits_for
from lectern.web.forms import filled
from lectern.web.words import district as district_words
from lectern.web.words import in_words

TASKS = {
    Task.PERSONAL: "Personal information",
    Task.EDUCATION: "Education and experience",
    Task.PURPOSE: "Purpose",
    Task.DISTRICT: "Employing district",
}
"""The tasks of an educator that a district may know of."""

Button: TypeAlias = Callable[[Officer, ApplicationId, int, Call], Awaitable[Answer]]
"""What a button does beside saving, for which handing-in."""


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("")
    async def get_case(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
        change: str = "",
    ) -> Response:
        try:
            case = await read_case(edge, officer, application_id, (change,))
        except NotFound:
            return await _left(edge, request, officer, application_id)
        visit = Visit(edge, request, officer, application_id)
        return await _page(visit, case, _form(visit, case))

    @router.post("")
    async def post_case(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, CaseForm)
        return await _save(Visit(edge, request, officer, application_id), form)

    @router.post("/claim")
    async def post_claim(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, CaseForm)
        return await _save(Visit(edge, request, officer, application_id), form, also=edge.desk.claim)

    @router.post("/kept")
    async def post_kept(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, CaseForm)
        return await _save(Visit(edge, request, officer, application_id), form, also=edge.desk.keep)

    return router


async def _left(edge: Edge, request: Request, officer: Officer, application_id: ApplicationId) -> Response:
    """What left this district says so, also where an old email leads. Raises NotFound."""
    row, person = await edge.left(officer, application_id)
    await edge.place(officer)
    return render(request, "left.html", row=row, person=person, said=SAID[row.kind], declined=DECLINED)


async def _save(visit: Visit, form: Filled[CaseForm], also: Button | None = None) -> Response:
    """Saves the cards that say something new, whichever button was chosen; then on to where it leads."""
    case = await visit.case(typed_in(form.typed))
    cards = without_untouched(_readable(form), visit.reported(case))
    if wrong := _wrong(cards, visit):
        form = form.refuse_all({**wrong, **form.errors})
    if not form.ok:
        return await _page(visit, case, form)
    said = form.value
    desk, officer, id_ = visit.edge.desk, visit.officer, visit.application_id
    try:
        saved = await desk.record(officer, id_, said.submission, cards, form.call())
    except Refused as refused:
        return await conflict_page(visit, refused, cards)
    try:
        done = await also(officer, id_, said.submission, next_key(form.call(), "button")) if also else saved.answer
    except Refused as refused:  # what was typed is saved
        return await conflict_page(visit, refused, [])
    if said.do == "send":
        return await _send(visit, form, cards, saved)
    onward = _onward(visit.address, said.do, case.terms.criteria, _short(visit, case, cards))
    return see_other(onward, after=done.position if done else None)


def _short(visit: Visit, case: Case, cards: Sequence[Card]) -> set[str]:
    """The criteria that what was just saved does not meet."""
    today = chicago_day(visit.edge.running.now())
    verdicts = {card.record.criterion: verdict_of(card.record, case.terms, today) for card in cards}
    return {criterion for criterion, verdict in verdicts.items() if verdict is not Verdict.MET}


def _onward(address: str, do: str, criteria: Sequence[str], short: Collection[str]) -> str:
    """Where a button leads when all is saved: on, unless what was saved falls `short`, which is then looked at."""
    verb, _, criterion = do.partition("-")
    match verb:
        case "years" | "documents" | "return" | "answer" | "decline":
            return f"{address}/{verb}"
        case "pass":
            return f"{address}/pass-on"
        case "change":
            return f"{address}?change={criterion}#{criterion_cards.ANCHORS[criterion]}"
        case "save" if criterion in short:
            return f"{address}#{criterion_cards.ANCHORS[criterion]}"
        case "save" if criterion in criteria:
            return f"{address}#{criterion_cards.next_anchor(criterion, criteria)}"
        case "close":
            return "/work-log"
        case _:
            return address


async def _send(visit: Visit, form: Filled[CaseForm], cards: Sequence[Card], saved: Saved) -> Response:
    """Attests what stood on the page and what was just saved over it; else the page says what is left."""
    said = form.value
    own = {card.record.criterion for card in cards}
    seen = {name: id_ for name, id_ in said.seen_records.items() if name not in own}
    seen |= {name: id_ for name, id_ in saved.records.items() if name in own}
    try:
        answer = await visit.edge.desk.verify(
            visit.officer,
            visit.application_id,
            said.submission,
            next_key(form.call(), "verification"),
            attested=said.attest,
            seen=frozenset(seen.values()),
        )
    except Refused as refused:
        if "conflict" in refused.details:
            return await conflict_page(visit, refused, [])
        if saved.answer and not await reached(visit.request, saved.answer.position):
            raise Updating from None
        case = await visit.case()
        form = _with_what_is_left(visit, case, said)
        left = len(form.errors)
        return await _page(visit, case, form if left else form.refuse(refused), left=left)
    return see_other(visit.address, after=answer.position)


def _with_what_is_left(visit: Visit, case: Case, said: CaseForm) -> Filled[CaseForm]:
    filled_in: dict[str, Record] = {each.criterion: each for each in visit.reported(case)}
    errors: dict[str | None, str] = dict(criterion_cards.left(case.cards.rulings, case.records, case.terms, filled_in))
    if not said.attest:
        errors["attest"] = "Attestation: tick the box to sign."
    form = _form(visit, case)
    typed = {**form.typed, "attest": ["yes"]} if said.attest else form.typed
    return replace(form, typed=typed, errors=errors)  # in the page's order; the years are no field of this form


def _readable(form: Filled[CaseForm]) -> list[Card]:
    """The cards, without the fields that cannot be read, so that all that is wrong is said at once."""
    if form.ok:
        return form.value.cards()
    pairs = [(name, text) for name, texts in form.typed.items() if name not in form.errors for text in texts]
    rest = filled(CaseForm, pairs)
    return rest.value.cards() if rest.ok else []


def _wrong(cards: Sequence[Card], visit: Visit) -> dict[str | None, str]:
    today = chicago_day(visit.edge.running.now())
    return {field: words for card in cards for field, words in problems(card.record, today)}


def _form(visit: Visit, case: Case) -> Filled[CaseForm]:
    """The fields of the open cards, as they are recorded; else as reported."""
    shown = {each.criterion: each for each in visit.reported(case)} | {**case.records}
    open_ = {each.id for each in case.cards.views if each.open}
    known = fields_of(record for name, record in shown.items() if name in open_)
    ids = {name: each.record_id for name, each in case.on_page.items() if name in case.records}
    return blank(CaseForm, submission=case.found.line.row.submission, seen=seen_words(ids), **known)


# ── the page


@dataclass(frozen=True)
class Promise:
    """The contact hours that a reactivation asks for, with their days if DESE approved today."""

    hours: str
    months: str
    since: date
    due: date


def promised(terms: Terms, today: date) -> Promise:
    numbers = terms.rules.parameters
    return Promise(
        in_hours(numbers.promised_quarter_hours),
        in_words(numbers.promised_months),
        promise_from(today, numbers),
        promise_due(today, numbers),
    )


async def _page(visit: Visit, case: Case, form: Filled[CaseForm], left: int = 0) -> Response:
    """`left`: how many things are left before it can be sent; 0 where the page is about something else."""
    edge, officer = visit.edge, visit.officer
    place = await edge.place(officer)
    name = district_words(place.name)
    row, signing = case.found.line.row, case.terms.rules.of(case.terms.kind, case.terms.route).attestation
    opener = await edge.signatures([row.claimed])
    onward = None if case.waits else await edge.next_to_verify(officer, visit.sort)
    return render(
        visit.request,
        "case.html",
        form=form,
        case=case,
        row=row,
        line=case.found.line,
        person=case.found.person,
        officer=officer,
        district=name,
        attestation=attestation(signing, district=name, educator=case.found.person.name),
        left=left,
        opened_by="You" if row.claimed_by == officer.id else opener[0].name if opener[0] else "",
        reasons=REASONS,
        declined=DECLINED,
        said=SAID[row.kind],
        asked_about=ASKED_ABOUT,
        waits=case.waits,
        filled_in={each.criterion for each in visit.reported(case)} - case.records.keys(),
        takes_files=edge.running.cabinet is not None,
        copies=await copies_shown(edge, officer, visit.application_id),
        files=await own_shown(edge, officer, visit.application_id),
        ready=case.cards.confirmed == len(case.cards.views),
        onward=onward,
        changed=[TASKS[each] for each in case.found.page.corrected if each in TASKS],
        met=Verdict.MET,
        half_time=in_years(case.terms.rules.parameters.half_time_hundredths),
        promise=promised(case.terms, chicago_day(edge.running.now())),
        now=edge.running.now(),
        today=chicago_day(edge.running.now()),
    )
