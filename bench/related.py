"""How long it takes to find what is related, and whether that stays so as the archive grows.

News articles of volume/*.jsonl.gz, in order of date, are taken into one Library one by one. Then some of them ask, as a
reader would who opens an article: neighbours, ties, copies, outlets. Reading and tokenising are left out and shown
apart, and so is what a store takes to tell of the few articles whose ties are looked for. Then the archive grows: the
same articles again with a tenth of their features drawn anew. Milliseconds of CPU; the named peer is the cosine of the
asking article with every article, by one product of NumPy matrices over the same features.

    python -m bench.related [--articles 37000] [--times 4] [--queries 500]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from quality.figures import shared
from readout.group.features import Features, of_text
from readout.group.library import Library
from readout.group.related import related
from readout.group.score import stacked
from readout.group.subject import Subject
from readout.models import ArticleId

_EPOCH = date(1970, 1, 1)
_ANEW = 0.1
GOAL = 5.0  # milliseconds a query


def main() -> None:
    """Fill, ask, grow, ask again."""
    parser = argparse.ArgumentParser(description="Milliseconds in which related articles are found.")
    parser.add_argument("--articles", type=int, default=37_000, help="how many real ones")
    parser.add_argument("--times", type=int, default=4, help="how many times as many in the end")
    parser.add_argument("--queries", type=int, default=500, help="how many ask")
    given = parser.parse_args()
    start = time.process_time()
    base = list(islice(_read(), given.articles))
    print(f"tokenising: {(time.process_time() - start) / len(base) * 1e3:.2f} ms an article")
    library = Library()
    draw = random.Random(1)  # noqa: S311 - no secret
    asking = draw.sample(range(len(base)), min(given.queries, len(base)))
    first = 0.0
    for turn in range(given.times):
        some = base if not turn else [_retold(one, draw) for one in base]
        taken = _fill(library, some, turn)
        middle, most, found = _asked(library, base, asking)
        first = first or middle
        print(
            f"{len(library):9,} articles: {taken:.3f} ms to take one in; {middle:.2f} ms a query in the median, "
            f"{most:.2f} in the worst of a hundred (goal {GOAL:.0f}), {middle / first:.2f} of the first; {found:.1f} "
            "found"
        )
        if not turn:
            print(f"{'peer':>9}: {_peer(base, asking[:20]):.2f} ms a query")


def _read() -> Iterator[Features]:
    with gzip.open(shared("data", "volume", "news_2012_2020.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = (date.fromisoformat(row["date"][:10]) - _EPOCH).days if row["date"] else None
            yield of_text(row["title"], row["text"], day, row["source"] or "")


def _retold(one: Features, draw: random.Random) -> Features:
    ids = one.ids.copy()
    for at in draw.sample(range(len(ids)), int(len(ids) * _ANEW)):
        ids[at] = draw.getrandbits(32)
    order = np.argsort(ids)
    return replace(one, ids=ids[order], weights=one.weights[order], kinds=one.kinds[order])


def _fill(library: Library, some: Sequence[Features], turn: int) -> float:
    start = time.process_time()
    for number, one in enumerate(some):
        library.add(ArticleId(f"a{turn:02}{number:013}"), one)
    return (time.process_time() - start) / len(some) * 1e3


def _asked(library: Library, base: Sequence[Features], asking: Sequence[int]) -> tuple[float, float, float]:
    """Milliseconds in the median and at the worst of a hundred, and how many were found in the mean."""

    def subjects(ids: Sequence[ArticleId]) -> Mapping[ArticleId, Subject]:
        return {id_: Subject(id_) for id_ in ids}

    took, found = [], 0
    for number in asking:
        start = time.process_time()
        found += len(related(base[number], Subject(ArticleId(f"a00{number:013}")), among=library, subjects=subjects))
        took.append((time.process_time() - start) * 1e3)
    return float(np.median(took)), float(np.percentile(took, 99)), found / len(asking)


def _peer(base: Sequence[Features], asking: Sequence[int]) -> float:
    rows = stacked(base)
    start = time.process_time()
    for number in asking:
        one = base[number]
        at = np.minimum(np.searchsorted(one.ids, rows.ids), len(one.ids) - 1)
        met = (one.ids[at] == rows.ids) & (rows.weights > 0)
        np.argpartition(-(one.weights[at] * rows.weights * met).sum(1), 8)
    return (time.process_time() - start) / len(asking) * 1e3


if __name__ == "__main__":
    main()
