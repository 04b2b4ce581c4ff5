"""What holds for all tests: nobody's own settings reach them, and a property is judged by what it finds, not by how
busy the machine is.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# A failed assertion shows its values in these too; said here, before any test imports them.
pytest.register_assert_rewrite(
    "tests.store.contract",
    "tests.store.following",
    "tests.store.identities",
    "tests.store.regarding",
    "tests.store.commenting",
)

_OF_THE_WORKSHOP = {"READOUT_BROWSER", "READOUT_NO_APT", "READOUT_SNAPSHOTS", "READOUT_TESTDATA"}

for name in [name for name in os.environ if name.startswith("READOUT_") and name not in _OF_THE_WORKSHOP]:
    del os.environ[name]

# A run in the background comes with Ctrl-C ignored, and every program that a test starts would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

if not os.environ.get("CI"):  # there hypothesis has a profile of its own: no deadline, and the same examples each time
    settings.register_profile("readout", deadline=None)
    settings.load_profile("readout")
