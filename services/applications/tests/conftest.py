"""What tests start from stands in modules beside them: applications_given (facts), applications_office (a service)."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from applications_office import Office, opened


@pytest.fixture(scope="session")
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One running service for all tests; each brings an educator of its own."""
    async with opened(postgres, tmp_path_factory.mktemp("payments")) as running:
        yield running
