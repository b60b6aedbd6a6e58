"""The `lectern` command. A new one: a module in `commands` with a function, and a line in COMMANDS.

A command's keyword-only parameters are its options. It returns its exit code (None is 0) or
raises Trouble: 0 done, 1 found something, 2 usage, 3 not reachable. With --json its last line is one JSON object.
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError
from rich.console import Console

from lectern_local.trouble import USAGE, Trouble

COMMANDS = {
    "up": ("lectern_local.commands.up:up", "Start the platform."),
    "down": ("lectern_local.commands.down:down", "Stop the platform."),
    "parked": ("lectern_local.commands.parked:parked", "List what is held back, and try it again."),
    "status": ("lectern_local.commands.status:status", "Show what runs, how far it is and what it needs."),
    "import": ("lectern_local.importing.command:importing", "Take over the state's records from CSV files."),
    "demo": ("lectern_local.demo.command:demo", "Take made-up applications through the main job."),
    "history": ("lectern_local.history.command:history", "Tell one application's story across the services."),
    "bench": ("lectern_local.bench.command:bench", "Measure, each figure beside its limit."),
    "kills": ("lectern_local.kills.command:kills", "The demonstration under kill -9 of everything."),
    "audit": ("lectern_local.audit.command:audit", "Judge everything that happened."),
}
"""Name: where its function is (imported only when it is used), and its line in the help."""


def app() -> App:
    """All commands, mounted."""
    lectern = App(
        name="lectern",
        help="Teaching certificates in Missouri, from application to decision: the platform on this machine.",
        version=version("lectern-platform-local"),
        help_format="plaintext",
    )
    for name, (function, summary) in COMMANDS.items():
        lectern.command(function, name=name, help=summary)
    return lectern


def run(words: Sequence[str] | None = None) -> int:
    """Runs a command line. Returns its exit code."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        code = app()(words, exit_on_error=False, error_console=console, result_action="return_value")
    except CycloptsError:
        return USAGE
    except Trouble as trouble:
        console.print(str(trouble), markup=False)
        return trouble.code
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def main() -> None:
    sys.exit(run())


if __name__ == "__main__":
    main()
