"""What tests start from stands in modules beside them: worklog_given (facts), worklog_office (a running service)."""

import logging
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

sys.path.insert(0, str(Path(__file__).parent))

from worklog_office import Office, opened


@pytest.fixture(scope="session")
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One running service for all tests; each brings an educator of its own."""
    async with opened(postgres, files=tmp_path_factory.mktemp("files").as_uri(), scanner="none") as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def short_logs() -> None:
    """Without the locals of every frame, which take seconds to print."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
