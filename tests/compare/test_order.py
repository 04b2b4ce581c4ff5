"""The same story gives the same comparison in every process, whatever the order of its sets."""

from __future__ import annotations

import os
import subprocess
import sys

_COMPARE = """
from readout.compare.comparison import comparison
from tests.compare.test_comparison import ASKED, CALL, DENIED
from tests.compare.test_terms import TERM
from tests.compare.told import report
made = comparison([report(*ASKED, *CALL), report(*DENIED, *TERM), report(*TERM[::-1], *CALL)])
print(*made.points, *made.parties, sep="\\n")
"""


def _compared(seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", _COMPARE],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return run.stdout


def test_the_seed_of_hashes_changes_nothing() -> None:
    first, second = _compared("1"), _compared("2")
    assert first.count("Point(") > 2
    assert first == second
