"""The work log over HTTP: what a district sees, how it is found, sorted and paged."""

import re
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest
from worklog_browsing import records_all, saves, text_of
from worklog_office import OURS, THEIRS, Office

from district_worklog import work_log_queries
from lectern.contracts.days import chicago_day
from lectern.rules.working_days import working_days

pytestmark = pytest.mark.postgres


def references(page: httpx.Response) -> list[str]:
    return re.findall(r"LEC-\d{4}-\d{6}-\d", page.text.partition("<tbody")[2])


async def test_shows_what_the_district_has_and_nothing_of_others(office: Office) -> None:
    ours = await (await office.educator("Ona Ours")).submits(OURS)
    theirs = await (await office.educator("Theo Theirs")).submits(THEIRS)
    nobodys = await (await office.educator("Nora Nobody")).submits(None)

    mine = await (await office.dana()).get("/work-log?q=Ona")
    other = await (await office.kim()).get("/work-log?q=Theo")

    assert ours.reference in references(mine)
    assert {theirs.reference, nobodys.reference}.isdisjoint(references(mine))
    assert "Theo Theirs" in other.text
    assert "Ona Ours" not in other.text
    assert re.search(r"waits? for St\. Louis City", text_of(other))


async def test_is_found_by_name_number_or_reference(office: Office) -> None:
    found = await (await office.educator("Wilhelmina O'Brien", number="7654321")).submits()
    dana = await office.dana()

    for words in ("wilhelmina", "O'Brien wil", "7654321", found.reference.lower(), found.reference[4:]):
        page = await dana.get(f"/work-log?q={quote(words)}")
        assert references(page) == [found.reference], words

    for words in ("Wilhelmine", "765432", "LEC-2026-999999-9", "%", "_", "\\"):
        page = await dana.get(f"/work-log?q={quote(words)}")
        assert found.reference not in references(page), words


async def test_another_districts_people_are_not_found(office: Office) -> None:
    await (await office.educator("Zacharias Hidden", number="7777777")).submits(THEIRS)
    dana = await office.dana()

    for words in ("Zacharias", "7777777"):
        page = await dana.get(f"/work-log?q={words}")
        assert "No application matches" in page.text
        assert "Zacharias Hidden" not in page.text


async def test_a_new_name_is_shown_and_found(office: Office) -> None:
    married = await (await office.educator("Polly Before")).submits()
    await office.renames(married, "Polly Afterwards")
    dana = await office.dana()

    assert references(await dana.get("/work-log?q=Afterwards")) == [married.reference]
    assert references(await dana.get("/work-log?q=Before")) == []


async def test_a_name_the_educator_never_said_is_the_registers(office: Office) -> None:
    quiet = await (await office.educator("Quill Register", told=False)).submits()

    page = await (await office.dana()).get("/work-log?q=Quill")

    assert references(page) == [quiet.reference]
    assert "Quill Register" in page.text


async def test_the_certificate_that_expires_first_comes_first(office: Office) -> None:
    for days in (200, 5, 40):
        await (await office.educator("Sortable Person", expires_in=days)).submits(days_ago=days % 50)
    dana = await office.dana()

    by_expiry = await dana.get("/work-log?q=Sortable")
    by_age = await dana.get("/work-log?q=Sortable&sort=age")
    today = chicago_day(office.running.now())
    waited = [str(working_days(today - timedelta(days=days), today)) for days in (40, 5, 0)]

    assert re.findall(r"(\d+) days left", by_expiry.text) == ["5", "40", "200"]
    assert re.findall(r'data-label="Working days here"[^>]*>(\d+)', by_age.text) == waited


async def test_moves_from_tab_to_tab_with_its_counts(office: Office) -> None:
    one = await (await office.educator("Tabby Walker")).submits()
    dana = await office.dana()

    async def count(tab: str) -> str:
        await office.level()
        page = await dana.get(f"/work-log?q=Tabby+Walker&tab={tab}")
        return " ".join(
            re.findall(r"(To verify|Returned|Sent to DESE|Closed) (\d)", text_of(page))[0:4].__str__().split()
        )

    await records_all(dana, one)
    assert "('To verify', '1')" in await count("to-verify")
    ready = await dana.get("/work-log?q=Tabby+Walker")
    assert "Ready to sign" in ready.text
    await saves(dana, one, {"do": "send", "attest": "yes"})
    assert "('Sent to DESE', '1')" in await count("sent")
    await one.is_approved()
    assert "('Closed', '1')" in await count("closed")
    page = await dana.get("/work-log?q=Tabby+Walker&tab=closed")
    assert "Approved" in page.text


async def test_shows_who_opened_it_and_what_nobody_did(office: Office) -> None:
    one = await (await office.educator("Clementine Claim")).submits()
    dana, luis = await office.dana(), await office.luis()

    before = await dana.get("/work-log?q=Clementine&who=nobody")
    opened = await luis.post(f"{one.address}/claim", {"submission": "1"}, page=one.address)
    await luis.get(opened.headers["location"])
    after = await dana.get("/work-log?q=Clementine&who=nobody")
    theirs = await dana.get("/work-log?q=Clementine")
    mine = await luis.get("/work-log?q=Clementine&who=me")

    assert references(before) == [one.reference]
    assert references(after) == []
    assert "Luis Ferrante" in theirs.text.partition("<tbody")[2]
    assert references(mine) == [one.reference]


async def test_numbers_lead_to_what_they_count(office: Office) -> None:
    ready = await (await office.educator("Tilda Tile", expires_in=300)).submits()
    soon = await (await office.educator("Soona Tile", expires_in=20)).submits()
    dana = await office.dana()
    await records_all(dana, ready)
    await office.level()

    page = await dana.get("/work-log")
    links = dict(re.findall(r'<dt><a href="([^"]+)"[^>]*>([^<:]+)', page.text))
    signed, expiring = await dana.get("/work-log?only=ready&q=Tile"), await dana.get("/work-log?only=expiring&q=Tile")

    assert links["/work-log?only=ready"] == "Ready to sign"
    assert links["/work-log?only=expiring"] == "Certificates that expire within 60 days"
    assert "Oldest" in links.values()
    assert references(signed) == [ready.reference]
    assert references(expiring) == [soon.reference]
    assert "To verify 1" in text_of(signed)


async def test_filters_are_folded_until_one_is_used(office: Office) -> None:
    dana = await office.dana()

    usual, filtered = await dana.get("/work-log"), await dana.get("/work-log?q=Nobody")

    assert '<details class="more" id="find">' in usual.text
    assert '<details class="more" id="find" open>' in filtered.text


async def test_leads_on_to_the_next_application(office: Office) -> None:
    one = await (await office.educator("Nextor First")).submits()
    dana = await office.dana()
    await records_all(dana, one)
    soonest = await (await office.educator("Nextor Soonest", expires_in=0)).submits()
    await office.level()

    await saves(dana, one, {"do": "send", "attest": "yes"})
    await office.level()
    page = await dana.get(one.address)

    assert re.search(rf'href="{soonest.address}">Next application</a>', page.text)


async def test_pages_show_each_row_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [await (await office.educator("Paged Person", expires_in=30)).submits() for _ in range(5)]
    monkeypatch.setattr("district_worklog.http_work_log.PAGE", 2)
    monkeypatch.setattr(work_log_queries.lines, "__defaults__", (work_log_queries.FIRST, 2))
    dana = await office.dana()

    address: str | None = "/work-log?q=Paged+Person"
    seen: list[str] = []
    while address:
        page = await dana.get(address)
        seen += references(page)
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else None

    assert sorted(seen) == sorted(each.reference for each in people)


@pytest.mark.parametrize(
    "query",
    [
        "tab=elsewhere",
        "sort=name&kind=x",
        "who=me'--",
        "start=1.2.3",
        "start=9999999999999999999999.x.1",
        "q=" + "x" * 5000,
    ],
)
async def test_an_address_that_makes_no_sense_still_shows_a_list(office: Office, query: str) -> None:
    page = await (await office.dana()).get(f"/work-log?{query}")

    assert page.status_code == 200


async def test_says_what_will_appear_where_nothing_is(office: Office) -> None:
    page = await (await office.dana()).get("/work-log?tab=returned&kind=reactivation")

    assert "No application matches these filters" in page.text


async def test_who_is_told_stands_on_a_page(office: Office) -> None:
    dana, kim = await office.dana(), await office.kim()

    page, other = await dana.get("/people"), await kim.get("/people")

    assert "Luis Ferrante" in page.text
    assert "Luis Ferrante" not in other.text
    criteria = await dana.get("/criteria")
    assert criteria.status_code == 200
    assert "Is currently teaching" in criteria.text
    assert "Hired at least half time" in criteria.text
    assert "Background clearance" not in criteria.text


async def test_help_says_whom_to_turn_to_also_without_signing_in(office: Office) -> None:
    page = await office.browser().get("/help")

    assert "If an application was sent to DESE by mistake" in text_of(page)
    assert 'href="/account/password"' in page.text.partition("<footer")[2]


async def test_back_leads_to_the_list_as_it_was_and_the_next_one_follows_its_order(office: Office) -> None:
    oldest = await (await office.educator("Olda Listson", expires_in=58)).submits()
    jordan = await (await office.educator("Jordan Listson", expires_in=2)).submits()
    dana = await office.dana()
    await records_all(dana, jordan)

    await dana.get("/work-log?q=listson&sort=age")
    back = await dana.get(jordan.address)
    await saves(dana, jordan, {"do": "send", "attest": "yes"})
    await office.level()
    by_age = await dana.get(jordan.address)
    await dana.get("/work-log")
    plain = await dana.get(jordan.address)

    assert 'href="/work-log?q=listson&amp;sort=age"' in back.text
    assert "Next application" in by_age.text
    assert 'href="/work-log"' in plain.text
    assert oldest.address in (await dana.get("/work-log?q=olda")).text
