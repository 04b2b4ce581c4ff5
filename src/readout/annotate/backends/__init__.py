"""The door to heavier models: what such a backend must be able to do, each as a Protocol. No model runtime here.

A module beside this one may import a runtime (ONNX and the like); nothing else in Readout may.
"""

from __future__ import annotations

from typing import Protocol

from readout.annotate.labeller import Attribution
from readout.annotate.tokens import Tokens


class Attributor(Protocol):
    """Finds attributions, as `annotate.labeller` does with the model that ships."""

    def attributions(self, tokens: Tokens) -> tuple[Attribution, ...]:
        """All attributions of a text, in order of their first content; offsets are characters of `tokens.text`."""
        ...
