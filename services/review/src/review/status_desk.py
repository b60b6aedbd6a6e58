"""Changes of a certificate's status on their way to the log: orders are sealed and opened here, before the rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lectern.contracts.days import chicago_day
from lectern.contracts.values import CertificateId, CertificateStatus, PersonId, Signers, StatusOrder
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.keys import Keys, Plain
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Answer, Call
from review.certificate import Unrecorded, certificate
from review.discipline import Waiting, discipline
from review.disciplining import (
    GONE,
    ConfirmStatus,
    ProposeStatus,
    SendStatusBack,
    confirm_status,
    propose_status,
    send_status_back,
)
from review.officer import Officer


@dataclass(frozen=True)
class StatusDesk:
    log: Log
    keys: Keys
    new_id: Callable[[], UUID]

    async def propose(  # noqa: PLR0917 - what the form asks
        self,
        officer: Officer,
        id_: CertificateId,
        status: CertificateStatus,
        effective_on: date,
        order: StatusOrder,
        call: Call,
    ) -> Answer:
        holder = await self._holder(id_)
        sealed = await self.keys.seal(order, subject=holder, audience="state", origin="StatusChangeProposed.order")
        command = ProposeStatus(
            **_who(officer, id_, call),
            change_id=self.new_id(),
            status=status,
            effective_on=effective_on,
            order=sealed,
        )
        return await self.log.handle((discipline(id_, subject=holder), certificate(id_)), propose_status, command, call)

    async def confirm(self, officer: Officer, id_: CertificateId, change_id: UUID, call: Call) -> Answer:
        """What was proposed is sealed again, for the public fact."""
        holder, state = await self._holder(id_), await self.log.state(discipline(id_))
        waiting = state if isinstance(state, Waiting) else state.last
        if waiting is None:
            raise Refused(GONE)
        order = await self.keys.open(waiting.order, StatusOrder)
        if order is None:
            raise Refused("The order of this proposal was erased. Send the proposal back.")
        signers = Signers(by=waiting.by, second=officer.id)
        sealed, signed = await self.keys.seal_all(
            [
                Plain(order, str(holder), "state", "CertificateStatusChanged.order"),
                Plain(signers, str(holder), "state", "CertificateStatusChanged.signed"),
            ]
        )
        command = ConfirmStatus(
            **_who(officer, id_, call), supervisor=officer.supervisor, change_id=change_id, order=sealed, signed=signed
        )
        return await self.log.handle((discipline(id_, subject=holder), certificate(id_)), confirm_status, command, call)

    async def send_back(self, officer: Officer, id_: CertificateId, change_id: UUID, why: str, call: Call) -> Answer:
        holder = await self._holder(id_)
        sealed = await self.keys.seal(why, subject=holder, audience="state", origin="StatusChangeSentBack.why")
        command = SendStatusBack(
            **_who(officer, id_, call), supervisor=officer.supervisor, change_id=change_id, why=sealed
        )
        return await self.log.handle(
            (discipline(id_, subject=holder), certificate(id_)), send_status_back, command, call
        )

    async def waiting(self, id_: CertificateId) -> UUID | None:
        """The proposal that waits for a second person."""
        state = await self.log.state(discipline(id_))
        return state.change_id if isinstance(state, Waiting) else None

    async def _holder(self, id_: CertificateId) -> PersonId:
        """Raises NotFound."""
        held = await self.log.state(certificate(id_))
        if isinstance(held, Unrecorded):
            raise NotFound("no such certificate")
        return held.person_id


def _who(officer: Officer, id_: CertificateId, call: Call) -> dict[str, Any]:
    return {
        "certificate_id": id_,
        "officer": officer.id,
        "officer_is": officer.person,
        "now": call.at,
        "today": chicago_day(call.at),
    }
