"""What was looked at, at which width, and what was found: kept as a table, said in one line."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Seen:
    page: str
    path: str
    """Ids in it are left out."""
    width: int
    scripts: bool
    status: int
    rules: int
    """How many rules of axe the page keeps."""
    wrong: tuple[str, ...]
    loaded_ms: int


@dataclass
class Record:
    """All pages of one test run."""

    seen: list[Seen] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def line(self) -> str:
        """The summary."""
        pages, widths = len({each.page for each in self.seen}), sorted({each.width for each in self.seen})
        wrong = sum(bool(each.wrong) for each in self.seen)
        slowest = max((each.loaded_ms for each in self.seen), default=0)
        return (
            f"{pages} pages and states, looked at {len(self.seen)} times at {_widths(widths)} px; "
            f"{wrong} with something wrong; slowest page {slowest} ms; {time.monotonic() - self.began:.0f} s in all."
        )

    def keep(self, folder: Path) -> None:
        """Writes browser.md."""
        folder.mkdir(exist_ok=True)
        lines = [
            "# What was looked at in the browser",
            self.line,
            "",
            "| page | address | width | scripts | status | axe rules kept | loaded, ms | found |",
            "| --- | --- | ---: | --- | ---: | ---: | ---: | --- |",
            *(_row(each) for each in sorted(self.seen, key=lambda each: (each.page, each.width))),
        ]
        (folder / "browser.md").write_text("\n".join(lines) + "\n")


def _widths(widths: Iterable[int]) -> str:
    *most, last = [str(each) for each in widths] or ["no"]
    return f"{', '.join(most)} and {last}" if most else last


def _row(each: Seen) -> str:
    scripts, found = "on" if each.scripts else "off", "; ".join(each.wrong).replace("|", "\\|") or "nothing"
    cells = [each.page, f"`{each.path}`", each.width, scripts, each.status, each.rules, each.loaded_ms, found]
    return f"| {' | '.join(str(cell) for cell in cells)} |"
