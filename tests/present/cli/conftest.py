"""Desks for the tests of the command line: an empty one, and one with an archive that all may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.present.cli.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with nothing on it."""
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose archive holds one capture, and a loss. To be read only."""
    desk = Desk(tmp_path_factory.mktemp("library"))
    desk.readout(
        "import", desk.file("ferry.txt"), desk.file("noise.txt", bytes(range(256)) * 9), "--captured", "2031-03-20"
    )
    return desk
