"""The match token: ties an account to a person of the register without keeping what proved it.

The register's import and the educator's claim make it from the same four values with the same secret key; equal tokens
mean the same person. Social security digits go in here and are kept nowhere.
"""

import hashlib
import hmac
import json
import unicodedata
from datetime import date


def folded(name: str) -> str:
    """A last name without case, accents, spaces, hyphens and apostrophes: O’Brien-Peña is obrienpena."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in unicodedata.normalize("NFKD", letters) if each.isalnum())


def digits(number: str) -> str:
    """Only the digits of a number as people write it: `104-8227` is 1048227."""
    return "".join(each for each in unicodedata.normalize("NFKC", number) if each in "0123456789")


def match_token(key: bytes, *, educator_number: str, last_name: str, birth_date: date, ssn_last4: str) -> str:
    """HMAC-SHA256 in hex over Educator ID, folded last name, birth date and the last four digits of the SSN."""
    parts = [digits(educator_number), folded(last_name), birth_date.isoformat(), digits(ssn_last4)]
    return hmac.new(key, json.dumps(parts, separators=(",", ":")).encode(), hashlib.sha256).hexdigest()


def number_token(key: bytes, educator_number: str) -> str:
    """The same of an Educator ID alone: how the register is looked up without keeping the number in the clear."""
    parts = ["educator-number", digits(educator_number)]
    return hmac.new(key, json.dumps(parts, separators=(",", ":")).encode(), hashlib.sha256).hexdigest()
