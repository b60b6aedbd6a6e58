"""What can go wrong with a platform on one machine, as one sentence for the person at the keyboard and an exit code."""

FOUND = 1
USAGE = 2
NOT_REACHABLE = 3


class Trouble(Exception):  # noqa: N818  (ends a command with its sentence; nothing went wrong inside it)
    """Ends the command: its sentence goes to stderr, its code to the shell."""

    code = FOUND

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class Wrong(Trouble):
    """Something in how the command was called: another port, another directory."""

    code = USAGE


class Away(Trouble):
    """Something needed does not answer."""

    code = NOT_REACHABLE
