"""The payment provider over HTTP: signed requests, no redirects, short deadlines."""

import json
from collections.abc import Callable
from datetime import datetime

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from applications.provider import NeverHeard, Refunded, Refusal, Standing, Status, Wanted
from applications.provider_signature import HEADER, signature
from lectern.contracts.values import Cents
from lectern.runtime.service import NoAnswer, NotDone

_NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_REFUSED = {400, 409, 422}


class _Shown(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: Status
    amount_cents: Cents
    pay_url: str


class HttpProvider:
    """See applications.provider.PaymentProvider. `client` has the provider's base address."""

    def __init__(self, client: httpx.AsyncClient, secret: bytes, now: Callable[[], datetime]) -> None:
        self._client = client
        self._secret = secret
        self._now = now

    async def create(self, wanted: Wanted) -> Standing | Refusal:
        body = json.dumps(
            {
                "key": wanted.key,
                "amount_cents": wanted.amount,
                "currency": "USD",
                "method": wanted.method.value,
                "description": wanted.description,
                "return_url": wanted.return_url,
                "webhook_url": wanted.webhook_url,
            }
        ).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": wanted.key}
        response = await self._ask("POST", "/v1/payments", body, headers)
        if response.status_code in _REFUSED:
            return Refusal(f"{response.status_code}: {response.text[:200]}")
        return _standing(response)

    async def outcome(self, key: str) -> Standing | NeverHeard:
        response = await self._ask("GET", f"/v1/payments/{key}", b"", {})
        return NeverHeard() if response.status_code == httpx.codes.NOT_FOUND else _standing(response)

    async def refund(self, key: str) -> Refunded | Refusal:
        body = json.dumps({"key": key}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"refund-{key}"}
        response = await self._ask("POST", f"/v1/payments/{key}/refund", body, headers)
        if response.status_code in {*_REFUSED, httpx.codes.NOT_FOUND}:
            return Refusal(f"{response.status_code}: {response.text[:200]}")
        if not response.is_success:
            raise NoAnswer(f"{response.status_code} from the provider")
        return Refunded()

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        content = body or f"{method} {path}".encode()
        signed = {**headers, HEADER: signature(self._secret, content, self._now())}
        try:
            return await self._client.request(method, path, content=body, headers=signed)
        except _NOT_REACHED as error:
            raise NotDone(repr(error)) from error
        except httpx.HTTPError as error:
            raise NoAnswer(repr(error)) from error


def _standing(response: httpx.Response) -> Standing:
    if not response.is_success:
        raise NoAnswer(f"{response.status_code} from the provider")
    try:
        shown = _Shown.model_validate_json(response.content)
    except ValidationError as error:
        raise NoAnswer("the provider answered something else") from error
    return Standing(shown.status, shown.amount_cents, shown.pay_url)


def client_for(base_url: str) -> httpx.AsyncClient:
    """Only this address, no proxies of the environment, no redirects; a few seconds at most."""
    return httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(8.0, connect=2.0), trust_env=False)
