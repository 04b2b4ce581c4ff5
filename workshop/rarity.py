"""How rare each word is in news at large, for `readout.group.features`: `python -m workshop.rarity`, a few minutes.

Counts, for every bucket of hashed stems, in how many articles of volume/*.jsonl.gz a stem of it stands, and keeps the
logarithm of the inverse share. Hashes alone are kept: no word can be read back from the table.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from quality.figures import shared
from readout.group.features import BUCKETS, STEPS, stems_of

TABLE = Path("src/readout/group/rarity.npz")


def main() -> None:
    """Count and write."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    articles = 0
    for text in _texts():
        buckets = np.fromiter({id_ % BUCKETS for id_ in stems_of(text)}, dtype=np.int64)
        counts[buckets] += 1
        articles += 1
    idf = np.log((articles + 1) / (counts + 1))
    np.savez_compressed(TABLE, idf=np.clip(np.rint(idf * STEPS), 0, 255).astype(np.uint8))
    print(f"{articles} articles, {np.count_nonzero(counts)} of {BUCKETS} buckets met, {TABLE.stat().st_size} bytes")


def _texts() -> Iterator[str]:
    for path in sorted(shared("data", "volume").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield f"{row['title']}\n{row['text']}"


if __name__ == "__main__":
    main()
