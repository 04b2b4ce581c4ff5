"""The shipped weights and how they are read: verified by digest, quantised, no code in the files.

What the weights were made from, and their scores, is in MODEL.md and ACTS.md beside this. Nothing else is kept here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from readout.errors import InputError
from readout.models import digest

LABELLER, ACTS = "labeller", "acts"
_TABLES = frozenset({"words", "suffixes", "traits"})
_NO_HASHES = np.zeros(0, dtype=np.uint32)


@dataclass(frozen=True)
class Weights:
    """`hashes` are those of the words in the word table, sorted; `arrays` the named weights as float32."""

    hashes: NDArray[np.uint32]
    arrays: Mapping[str, NDArray[np.float32]]


def shipped(name: str = LABELLER) -> Weights:
    """The weights of that name in the package; InputError where they are not those that their card names."""
    folder = resources.files(__name__)
    content = folder.joinpath(f"{name}.npz").read_bytes()
    expected = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))["digest"]
    return read(content, expected, name)


def read(content: bytes, expected: str, name: str = LABELLER) -> Weights:
    """The weights in `content`; InputError where its digest is not `expected`."""
    if digest(content) != expected:
        raise InputError(f"{name}.npz", "its digest is not the one its card names")
    with np.load(BytesIO(content), allow_pickle=False) as file:
        stored = {name: file[name] for name in file.files}
    hashes = stored.pop("hashes", _NO_HASHES)
    arrays = {
        name: array.astype(np.float32) * stored.get(f"{name}.scale", np.float32(1))
        for name, array in stored.items()
        if not name.endswith(".scale")
    }
    return Weights(hashes, MappingProxyType(arrays))


def pack(weights: Weights) -> bytes:
    """The file for `weights`: tables as bytes with a scale a row, the rest in half precision."""
    stored: dict[str, NDArray[np.generic]] = {"hashes": weights.hashes} if len(weights.hashes) else {}
    for name, array in weights.arrays.items():
        if name in _TABLES:
            scale = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-6) / 127
            stored[name] = np.round(array / scale).astype(np.int8)
            stored[f"{name}.scale"] = scale.astype(np.float16).astype(np.float32)
        else:
            stored[name] = array.astype(np.float16)
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **stored)
    return file.getvalue()
