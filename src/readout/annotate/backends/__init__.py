"""The door to heavier models: what such a backend must be able to do, each as a Protocol. No model runtime here.

A module beside this one may import a runtime (ONNX and the like); nothing else in Readout may.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from readout.annotate.labeller import Attribution
from readout.annotate.tokens import Tokens


class Attributor(Protocol):
    """Finds attributions, as `annotate.labeller` does with the model that ships."""

    def attributions(self, tokens: Tokens) -> tuple[Attribution, ...]:
        """All attributions of a text, in order of their first content; offsets are characters of `tokens.text`."""
        ...


class Encoder(Protocol):
    """Turns texts to vectors that lie near one another where the texts mean much the same."""

    @property
    def name(self) -> str:
        """What made a vector: the model with its version and all that changes what comes out."""
        ...

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector (n,) of a text, of length 1; n is the same for every text."""
        ...


def load(folder: Path) -> Encoder:
    """The encoder whose model lies in that folder. Raises InputError, which says what is wrong or missing."""
    from readout.annotate.backends import minilm

    return minilm.load(folder)
