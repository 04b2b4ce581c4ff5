"""The sentence vectors that scorers and the workshop share: made once a text by the encoder of $READOUT_VECTORS, then
read back from var/vectors/known. No scoring here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality.figures import Absent
from readout.annotate.backends import Encoder, load

KNOWN = Path(__file__).resolve().parent.parent / "var" / "vectors" / "known"
_SAVED_EVERY = 256  # texts: what is known when a run ends early stays known


@cache
def encoder() -> Encoder:
    """The encoder. Raises Absent where none is named, InputError where it cannot be used."""
    folder = os.environ.get("READOUT_VECTORS")
    if not folder:
        message = "no sentence vectors: READOUT_VECTORS names no folder (`make vectors` fills one)"
        raise Absent(message)
    return load(Path(folder))


def vectors(texts: Sequence[str]) -> NDArray[np.float16]:
    """The vector of each text (n, width), as an archive keeps them. Raises Absent."""
    name = encoder().name
    found = []
    for begin in range(0, len(texts), _SAVED_EVERY):
        part = texts[begin : begin + _SAVED_EVERY]
        key = hashlib.sha256("\0".join([name, *part]).encode("utf-8", "surrogatepass")).hexdigest()
        found.append(_known(KNOWN / f"{key[:32]}.npy", part))
    return np.concatenate(found)


def _known(path: Path, texts: Sequence[str]) -> NDArray[np.float16]:
    if path.is_file():
        kept: NDArray[np.float16] = np.load(path, allow_pickle=False)
        return kept
    made = np.stack([encoder().vector(text) for text in texts]).astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        np.save(file, made, allow_pickle=False)
    Path(file.name).replace(path)
    return made
