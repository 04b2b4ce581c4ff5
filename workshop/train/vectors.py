"""Word vectors from news texts, addressed by hash: the word table that training starts from. Keeps no word.

Skip-gram with negative sampling (Mikolov et al. 2013) over words as `readout.annotate.features.word_hash` folds them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gensim.models import Word2Vec
from numpy.typing import NDArray

from readout.annotate.features import UNKNOWN, word_hash
from readout.annotate.tokens import tokens

WIDTH = 64
_DIGIT = re.compile(r"\d")
_LONGEST_TEXT = 12_000
_MOST_WORDS = 26_000_000


def word_vectors(texts: Path) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Sorted word hashes, and their vectors after `UNKNOWN` rows for words not met; `texts` is gzipped JSON lines."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as corpus:
        corpus.writelines(_lines(texts))
        corpus.flush()
        learned = Word2Vec(
            corpus_file=corpus.name, vector_size=WIDTH, window=3, min_count=20, sg=1, negative=5,
            sample=1e-4, workers=2, epochs=3, max_final_vocab=40_000, seed=1,
        )  # fmt: skip
    vectors: dict[int, NDArray[np.float32]] = {}
    for word, vector in zip(learned.wv.index_to_key, learned.wv.vectors, strict=True):
        vectors.setdefault(word_hash(word), vector)
    return stacked(vectors)


def stacked(vectors: dict[int, NDArray[np.float32]]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The table: hashes in order, vectors centred and scaled, small noise for the unknown rows."""
    hashes = np.array(sorted(vectors), dtype=np.uint32)
    known = np.stack([vectors[value] for value in hashes.tolist()]).astype(np.float32)
    known -= known.mean(axis=0)
    known /= known.std() * 2
    unknown = np.random.default_rng(0).normal(0, 0.1, (UNKNOWN, known.shape[1])).astype(np.float32)
    return hashes, np.concatenate([unknown, known])


def _lines(texts: Path) -> Iterator[str]:
    drawn = random.Random(1)  # noqa: S311 - a sample, no secret
    left = _MOST_WORDS
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        for line in lines:
            if drawn.random() > 0.8 or left < 0:
                continue
            for paragraph in json.loads(line)["text"][:_LONGEST_TEXT].split("\n"):
                words = tokens(paragraph).words[:400]
                left -= len(words)
                if len(words) > 5:
                    yield _DIGIT.sub("0", " ".join(words).lower().replace("’", "'")) + "\n"
