"""What tests start from stands in modules beside them: review_given (facts), review_office (a running service)."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_office import ReviewOffice, opened


@pytest.fixture(scope="session")
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ReviewOffice]:
    """One running service for all tests; each brings an educator of its own."""
    async with opened(postgres, files=tmp_path_factory.mktemp("files").as_uri(), scanner="none") as running:
        yield running
