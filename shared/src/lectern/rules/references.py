"""References people read aloud: LEC-2026-000123-7. The last digit finds any single wrong digit and any two swapped."""

import re
from itertools import chain

_FORM = re.compile(r"LEC-(\d{4})-(\d{6})-(\d)", re.ASCII)

# Damm's quasigroup of order 10 (H. M. Damm, 2004): totally anti-symmetric, zeros on the diagonal.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def make_reference(year: int, number: int) -> str:
    """The reference of the n-th application of a year. Raises ValueError outside 2000-2999 and 1-999999."""
    if not (2000 <= year <= 2999 and 1 <= number <= 999_999):
        raise ValueError("a reference has a year from 2000 on and a number from 1 to 999999")
    digits = f"{year:04}{number:06}"
    return f"LEC-{digits[:4]}-{digits[4:]}-{_check_digit(digits)}"


def is_reference(text: str) -> bool:
    """Whether the text is a reference whose check digit is right. Spelling is exact; see `read_reference`."""
    match = _FORM.fullmatch(text)
    return match is not None and _check_digit("".join(chain(match[1], match[2]))) == int(match[3])


def read_reference(typed: str) -> str | None:
    """What somebody typed or dictated (lower case, spaces or no dashes), as a reference; None if it is none."""
    digits = re.sub(r"[\s-]", "", typed).upper().removeprefix("LEC")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 11):
        return None
    reference = f"LEC-{digits[:4]}-{digits[4:10]}-{digits[10]}"
    return reference if is_reference(reference) else None


def _check_digit(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
