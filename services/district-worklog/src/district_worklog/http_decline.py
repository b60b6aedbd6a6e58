"""Not ours: /work-log/{application_id}/decline. A reason and a note, read once more before they go."""

from typing import Annotated

from fastapi import APIRouter

from district_worklog.case_reading import Case, Visit
from district_worklog.declining import REASONS, wrong
from district_worklog.edge import Edge
from district_worklog.http_previewed import Previewed, PreviewedForm
from lectern.contracts.values import DeclineReason
from lectern.eventlog.streams import Answer, Call
from lectern.web import Says

MISSING = "Choose why your district does not answer for this educator"


class DeclineForm(PreviewedForm):
    reason: Annotated[DeclineReason | None, Says(wrong=MISSING)] = None
    note: Annotated[str | None, Says(label="the note")] = None

    @property
    def chosen(self) -> str:
        return REASONS.get(self.reason, "") if self.reason else ""


def routes(edge: Edge) -> APIRouter:
    return Previewed("decline", DeclineForm, _wrong, _words, _send, _choices, _shown).routes(edge)


def _wrong(said: DeclineForm) -> dict[str | None, str]:
    return wrong(said.reason, said.note or "")


def _words(said: DeclineForm) -> dict[str, str]:
    return {"Reason": said.chosen, "Note": said.note or ""}


async def _send(visit: Visit, said: DeclineForm, call: Call) -> Answer:
    return await visit.edge.desk.decline(
        visit.officer, visit.application_id, said.submission, call, reason=said.reason, note=said.note or ""
    )


def _choices(_: Case) -> list[tuple[str, str]]:
    return [(each.value, words) for each, words in REASONS.items()]


def _shown(said: DeclineForm) -> dict[str, object]:
    return {"reason": said.chosen, "note": said.note or ""}
