"""A client that knows what it does not know: every operation ends ok, failed or unknown, and repeats keep their key."""

from lectern_local.client.history import History, Operation, Outcome
from lectern_local.client.sender import Refusal, Sender, Unreached

__all__ = ["History", "Operation", "Outcome", "Refusal", "Sender", "Unreached"]
