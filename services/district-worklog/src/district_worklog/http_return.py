"""Back to the educator: /work-log/{application_id}/return. Reasons and a note, read once more before they go."""

from typing import Annotated

from fastapi import APIRouter

from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge
from district_worklog.http_previewed import Previewed, PreviewedForm
from district_worklog.returning import REASONS
from lectern.contracts.values import ReturnReason
from lectern.eventlog.streams import Answer, Call
from lectern.web import Says


class ReturnForm(PreviewedForm):
    reasons: Annotated[tuple[ReturnReason, ...], Says(wrong="Choose reasons from the list")] = ()
    note: Annotated[str | None, Says(label="the note")] = None

    @property
    def chosen(self) -> list[str]:
        return [words for each, words in REASONS.items() if each in self.reasons]


def routes(edge: Edge) -> APIRouter:
    return Previewed("return", ReturnForm, _wrong, _words, _send, _choices, _shown).routes(edge)


def _wrong(said: ReturnForm) -> dict[str | None, str]:
    wrong: dict[str | None, str] = {}
    if not said.reasons:
        wrong["reasons"] = "Choose at least one reason."
    if ReturnReason.OTHER in said.reasons and not said.note:
        wrong["note"] = "You chose “Something else”. Say in the note what is needed."
    return wrong


def _words(said: ReturnForm) -> dict[str, str]:
    return {"Reasons": "; ".join(said.chosen), "Note": said.note or ""}


async def _send(visit: Visit, said: ReturnForm, call: Call) -> Answer:
    return await visit.edge.desk.send_back(
        visit.officer, visit.application_id, said.submission, call, reasons=said.reasons, note=said.note or ""
    )


def _choices(case: Case) -> list[tuple[str, str]]:
    possible = case.terms.rules.of(case.terms.kind).returns
    return [(each.value, words) for each, words in REASONS.items() if each in possible]


def _shown(said: ReturnForm) -> dict[str, object]:
    return {"reasons": said.chosen, "note": said.note or ""}
