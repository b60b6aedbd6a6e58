"""Keyed fingerprints by which a person is found without the register's data leaving it.

Pure: the key (LECTERN_MATCH_KEY, at least 32 bytes) is an argument. review makes the tokens when it imports a person;
applications makes the same one from what somebody claims to be; only equal input under the same key gives equal tokens.
"""

import hmac
import unicodedata
from datetime import date


def match_token(key: bytes, *, educator_number: str, last_name: str, birth_date: date, ssn_last4: str) -> str:
    """The one token of a person: Educator ID, folded last name, birth date, last four digits of the SSN. Hex."""
    return _token(
        key, "person", folded_number(educator_number), folded_name(last_name), birth_date.isoformat(), ssn_last4.strip()
    )


def number_token(key: bytes, educator_number: str) -> str:
    """The token of an Educator ID alone, for looking a person up in the register. Hex."""
    return _token(key, "educator-number", folded_number(educator_number))


def folded_name(name: str) -> str:
    """Without accents, case, spaces and punctuation: O'Brien-Núñez is obriennunez."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in decomposed if each.isalnum())


def folded_number(educator_number: str) -> str:
    """Without spaces, dashes and leading zeros, as people copy it from paper."""
    kept = "".join(each for each in unicodedata.normalize("NFKC", educator_number) if each.isalnum())
    return kept.casefold().lstrip("0")


def _token(key: bytes, purpose: str, *parts: str) -> str:
    if len(key) < 32:
        raise ValueError("the key of the match token is at least 32 bytes")
    message = "\x1f".join((f"lectern/{purpose}/1", *parts)).encode()
    return hmac.new(key, message, "sha256").hexdigest()
