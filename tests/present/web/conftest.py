"""The site over a small archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.present import world
from tests.present.web.visiting import visit


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of the site over `world.archive()`."""
    with visit(world.archive()) as client:
        yield client
