"""The local mailbox, asked what became of a mail. SMTP itself has no such question."""

import httpx

from lectern.eventlog.effects import NoAnswer


class Mailbox:
    def __init__(self, base: str, client: httpx.AsyncClient) -> None:
        self._base = base
        self._client = client

    async def delivered(self, message_id: str) -> bool:
        """Whether it has the mail. False is final. Raises NoAnswer."""
        try:
            answer = await self._client.get(f"{self._base}/api/outcome", params={"message_id": message_id})
            answer.raise_for_status()
            return int(answer.json()["copies"]) > 0
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise NoAnswer(f"the mailbox does not answer: {type(error).__name__}") from error
