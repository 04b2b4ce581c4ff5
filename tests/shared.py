"""Where the test data lies that is not the project's own: $READOUT_TESTDATA, or ../shared beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sources import ROOT


def data(*parts: str) -> Path:
    """A file or folder of the shared data; the test that asks is skipped where it is not there."""
    home = Path(os.environ.get("READOUT_TESTDATA") or ROOT.parent / "shared")
    path = home.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"test data not here: {path}")
    return path
