"""Logs for machines: one event is one line of JSON on stderr, whatever is in it; our own and the libraries' alike."""

import logging
import sys
import time
from collections.abc import Callable
from typing import TextIO

import structlog

LOUD = ("aiokafka", "faststream", "kafka")
"""They repeat themselves many times a second while the broker is away."""


class OncePerSecond(logging.Filter):
    """Lets one line a second through and says in `left_out` how many it kept back before that line."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._next = 0.0
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = self._clock()
        if now < self._next and record.levelno < logging.CRITICAL:
            self._left_out += 1
            return False
        if self._left_out:
            record.left_out = self._left_out
        self._next, self._left_out = now + 1.0, 0
        return True


def set_up_logs(service: str, role: str, *, level: int = logging.INFO, to: TextIO | None = None) -> None:
    """For the whole process; uvicorn is to be run with log_config=None."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(allow=["left_out"]),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _of(service, role),
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    handler.addFilter(_Quieter())


class _Quieter(logging.Filter):
    """One OncePerSecond for each loud library, where lines of its child loggers arrive, too."""

    def __init__(self) -> None:
        super().__init__()
        self._each = {name: OncePerSecond() for name in LOUD}

    def filter(self, record: logging.LogRecord) -> bool:
        quieter = self._each.get(record.name.partition(".")[0])
        return quieter is None or bool(quieter.filter(record))


def _of(service: str, role: str) -> structlog.typing.Processor:
    def add(
        _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        return {"service": service, "role": role, **event}

    return add
