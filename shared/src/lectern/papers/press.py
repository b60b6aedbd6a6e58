"""The press: sets papers with typst, beside the event loop, one at a time, and never waits for one for ever."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import structlog

from lectern.eventlog.errors import Busy

if TYPE_CHECKING:
    import typst

log = structlog.get_logger(__name__)

SECONDS = 5.0
"""A paper takes some hundredths; who waits longer is asked to come again."""
AT_MOST = 16
"""So many wait at once; the next one is asked to come again at once."""
STANDARD: Final = "ua-1"
FONTS = ("public-sans", "amiri", "noto-emoji")


class Paper(Protocol):
    @property
    def template(self) -> str: ...

    @property
    def recorded_on(self) -> date: ...

    def says(self) -> dict[str, Any]: ...


class Press:
    """One per process. `assets` is the folder of built assets with our fonts; without it typst's own are used."""

    def __init__(self, assets: Path | None, seconds: float = SECONDS) -> None:
        self._fonts = [assets / each for each in FONTS if (assets / each).is_dir()] if assets else []
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, "press")
        self._waiting = 0
        self._compilers: dict[str, typst.Compiler] = {}

    async def printed(self, paper: Paper) -> bytes:
        """The PDF; the same bytes for the same paper. Raises Busy when it takes too long, or too many wait."""
        if self._waiting >= AT_MOST:
            raise Busy("Too many papers at once.")
        self._waiting += 1
        running = self._thread.submit(self._set, paper)
        running.add_done_callback(lambda _: self._done())
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(running)
        except TimeoutError:
            raise Busy("The paper is not ready in time.") from None

    def _done(self) -> None:
        self._waiting -= 1

    def _set(self, paper: Paper) -> bytes:
        import typst  # noqa: PLC0415 - 60 MB that a process takes up with its first paper only

        compiler = self._compilers.get(paper.template) or self._made(paper.template)
        self._compilers[paper.template] = compiler
        said = {"said": json.dumps(paper.says())}
        at = int(datetime.combine(paper.recorded_on, time(12), UTC).timestamp())
        try:
            pdf = compiler.compile(sys_inputs=said, format="pdf", pdf_standards=[STANDARD], timestamp=at)
        except typst.TypstError as error:
            # PDF/UA forbids a letter that no font of ours has. Such a name comes out all the same, with a box for it.
            log.warning("paper without its standard", error=type(error).__name__)
            pdf = compiler.compile(sys_inputs=said, format="pdf", timestamp=at)
        return cast("bytes", pdf)

    def _made(self, name: str) -> "typst.Compiler":
        import typst  # noqa: PLC0415 - as above

        template = Path(str(resources.files("lectern.papers"))) / name
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(each) for each in self._fonts])
        return typst.Compiler(str(template), root=str(template.parent), font_paths=fonts)
