"""What holds for all tests: a property is judged by what it finds, not by how busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("readout", deadline=None)
settings.load_profile("readout")
