"""What DESE asks on pages: shown to its educator, answered in words, and back at DESE under the same reference."""

import pytest
from applications_office import REPORT, Office

from lectern.contracts.values import InformationReason, Task

pytestmark = pytest.mark.postgres
NOTE = "In which building did you teach in 2024?"
ANSWER = "At Oak Street Elementary, with Ms. Delgado."


async def test_a_question_in_words_is_answered_in_words(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_asked(application, NOTE, InformationReason.CONDUCT_UNCLEAR)

    home, status = await person.get("/"), await person.get(f"/applications/{application}")
    tasks = await person.get(f"/drafts/{application}")
    page = await person.get(f"/drafts/{application}/answer")
    check = await person.get(f"/drafts/{application}/check")
    empty = await person.saves(f"/drafts/{application}/answer", {"answer": ""})
    sent = await person.saves(f"/drafts/{application}/answer", {"answer": ANSWER})
    await office.level()
    after, told = await person.standing(application), await person.get(sent.headers["location"])

    assert "Answer DESE’s question" in home.text
    assert "DESE asks you" in home.text
    assert NOTE in status.text
    assert "Your district never reads this" in status.text
    assert tasks.headers["location"] == f"/drafts/{application}/answer"
    assert check.headers["location"] == f"/drafts/{application}/answer"
    assert NOTE in page.text
    assert empty.status_code == 422
    assert "Write your answer to DESE" in empty.text
    assert sent.status_code == 303
    assert (after["submission"], after["holder"], after["stage"]) == (1, "dese", "submitted")
    assert "DESE has your answer" in told.text
    assert "You answered what DESE asked" in told.text
    assert (await office.types(someone.id, kind="application/"))[-1] == "InformationSupplied"


async def test_what_it_asks_about_is_looked_at_again_first(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_asked(application, NOTE, InformationReason.YEARS_UNCLEAR, tasks=(Task.EDUCATION,))

    tasks = await person.get(f"/drafts/{application}")
    early = await person.saves(f"/drafts/{application}/answer", {"answer": ANSWER})
    purpose = await person.get(f"/drafts/{application}/purpose")
    await person.put(f"/api/applications/{application}/education", {**REPORT, "development_quarter_hours": 136})
    ready = await person.get(f"/drafts/{application}")
    sent = await person.saves(f"/drafts/{application}/answer", {"answer": ANSWER})

    assert "0 of 2 tasks completed" in tasks.text
    assert "Professional conduct" not in tasks.text
    assert early.status_code == 422
    assert "Look again at each part" in early.text
    assert ANSWER in early.text
    assert purpose.headers["location"] == f"/drafts/{application}"
    assert "Answer in words, then send it to DESE" in ready.text
    assert sent.status_code == 303


async def test_it_can_be_withdrawn_while_it_is_asked(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_asked(application, NOTE)

    page = await person.get(f"/applications/{application}")
    asked = await person.saves(f"/applications/{application}/withdraw", {})

    assert f"/applications/{application}/withdraw" in page.text
    assert asked.status_code == 303
