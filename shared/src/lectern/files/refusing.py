"""Why a file is not taken."""


class NotAdmitted(ValueError):  # noqa: N818 - a verdict about the file
    """The words are for the person who chose the file, and say what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def broken(what: str) -> NotAdmitted:
    return NotAdmitted(f"This {what} is damaged or cut off. Save it again, or take a picture of it, and choose that.")


def too_many_dots() -> NotAdmitted:
    return NotAdmitted("This picture has too many dots. Save it smaller: 4,000 dots wide are plenty for a page.")
