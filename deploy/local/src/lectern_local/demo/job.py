"""One application, from the educator's start to its end, as the three roles do it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from lectern.contracts.values import Kind
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import Dese, District


@dataclass(frozen=True)
class Parties:
    """Everybody one application needs."""

    educator: Educator
    district: District
    neighbour: District
    """Another one."""
    reviewer: Dese
    supervisor: Dese
    colleague: Dese
    """A reviewer who decides what the other two had denied."""


Way = Callable[[Parties], Awaitable[str]]
"""Takes an application to its end; gives how it ended: the decision, or with whom it was left."""


async def submitted(parties: Parties) -> str:
    """The educator's part: to the district's work log. Gives the application's id."""
    application = await parties.educator.begin()
    await parties.educator.answer(application)
    await parties.educator.submit(application)
    await parties.educator.pay(application)
    return application


async def verified(parties: Parties) -> str:
    """The educator's part and the district's: to DESE's queue. Gives the application's id."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.verify(application, 1)
    return application


async def approved(parties: Parties) -> str:
    application = await verified(parties)
    await parties.reviewer.approve(application, 1)
    return await parties.educator.decided(application)


async def returned_once(parties: Parties) -> str:
    """Returned by the district, corrected by the educator, then approved."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.send_back(application, 1)
    await parties.educator.returned(application)
    await parties.educator.correct(application)
    await parties.district.arrived(application, 2)
    await parties.district.verify(application, 2)
    await parties.reviewer.approve(application, 2)
    return await parties.educator.decided(application)


async def declined_rerouted(parties: Parties) -> str:
    """Declined by the district that was named; the educator names the right one, which verifies; then approved."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.decline(application, 1)
    await parties.educator.declined(application)
    await parties.educator.name_another(application, parties.neighbour.code)
    await parties.neighbour.arrived(application, 2)
    await parties.neighbour.verify(application, 2)
    await parties.reviewer.approve(application, 2)
    return await parties.educator.decided(application)


async def passed_on(parties: Parties) -> str:
    """Passed on by the district that was named to the right one, which verifies; then approved."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.pass_on(application, 1, parties.neighbour.code)
    await parties.neighbour.arrived(application, 2)
    await parties.neighbour.verify(application, 2)
    await parties.reviewer.approve(application, 2)
    return await parties.educator.decided(application)


async def turned_into_extension(parties: Parties) -> str:
    """An upgrade declined by the district; an extension takes its place, which another district verifies."""
    declined = await submitted(parties)
    await parties.district.arrived(declined, 1)
    await parties.district.decline(declined, 1)
    await parties.educator.declined(declined)
    application = await parties.educator.turn_into_extension(declined)
    await parties.educator.answer_what_is_left(application, parties.neighbour.code)
    again = replace(parties.educator, name=f"{parties.educator.name}-extension", kind=Kind.EXTENSION)
    await again.submit(application)
    neighbour = replace(parties.neighbour, kind=Kind.EXTENSION)
    await neighbour.arrived(application, 1)
    await neighbour.verify(application, 1)
    await parties.reviewer.approve(application, 1)
    await parties.educator.decided(declined)
    return await again.decided(application)


async def denied(parties: Parties) -> str:
    """Denied by a reviewer and a supervisor."""
    application = await verified(parties)
    await parties.reviewer.propose_denial(application, 1)
    await parties.supervisor.second(application, 1)
    return await parties.educator.decided(application)


async def reconsidered(parties: Parties) -> str:
    """Denied by two, looked at again because the educator asks for it, and approved by a third."""
    application = await verified(parties)
    await parties.reviewer.propose_denial(application, 1)
    await parties.supervisor.second(application, 1)
    await parties.educator.decided(application)
    await parties.educator.ask_reconsideration(application)
    await parties.colleague.opened_again(application, 2)
    await parties.colleague.approve(application, 1)
    return await parties.educator.decided_anew(application, "denied")


async def requested_of_educator(parties: Parties) -> str:
    """DESE asks the educator something, gets the answer, then approves."""
    application = await verified(parties)
    await parties.reviewer.ask_educator(application, 1)
    await parties.educator.asked(application)
    await parties.educator.supply(application)
    await parties.reviewer.answered(application)
    await parties.reviewer.approve(application, 1)
    return await parties.educator.decided(application)


async def requested_of_district(parties: Parties) -> str:
    """DESE asks the district something, gets the answer and another attestation, then approves."""
    application = await verified(parties)
    await parties.reviewer.ask_district(application, 1)
    await parties.district.asked(application)
    await parties.district.answer(application, 1)
    await parties.reviewer.answered(application)
    await parties.reviewer.approve(application, 1)
    return await parties.educator.decided(application)


async def closed_incomplete(parties: Parties) -> str:
    """Returned by the district, not answered, and closed by DESE."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.send_back(application, 1)
    await parties.reviewer.close(application, 1)
    return await parties.educator.decided(application)


async def withdrawn(parties: Parties) -> str:
    """Asked back by the educator while the district has it; what was paid goes back."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.educator.withdraw(application)
    return await parties.educator.decided(application)


async def with_district(parties: Parties) -> str:
    """Left in the district's work log: nobody there has opened it."""
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    return "with_district"


async def with_dese(parties: Parties) -> str:
    """Left in DESE's queue, ready for decision."""
    application = await verified(parties)
    await parties.reviewer.ready(application, 1)
    return "with_dese"


WAYS: dict[str, Way] = {
    "approved": approved,
    "returned": returned_once,
    "declined-rerouted": declined_rerouted,
    "passed-on": passed_on,
    "turned-into-extension": turned_into_extension,
    "requested-of-educator": requested_of_educator,
    "requested-of-district": requested_of_district,
    "denied": denied,
    "reconsidered": reconsidered,
    "withdrawn": withdrawn,
    "closed-incomplete": closed_incomplete,
}
"""The ways that end an application, by what they are called."""
OF_UPGRADES: frozenset[str] = frozenset({"turned-into-extension"})
"""Those that only an upgrade can go."""
