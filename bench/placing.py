"""How many articles a second are placed in stories on one core, and whether that stays so as the archive grows.

News articles of volume/*.jsonl.gz, in order of date, are taken into one Placer in batches, as an import does. Then the
archive grows: the same articles again, years later, each with a tenth of its features drawn anew as other wording would
change them. Timed are the last articles of each size; reading and tokenising are left out and shown apart. Memory is
what the process grew by while the Placer filled.

The named peer is online TF-IDF clustering in plain Python over the same features: each article against every cluster of
the last ten days, joining the nearest from a cosine of 0.25 on. Rates count CPU seconds; "times" is our rate over its.

    python -m bench.placing [--articles 37000] [--times 10] [--last 2000] [--batch 500]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np

from quality.figures import shared
from readout.group.features import Features, of_text
from readout.group.place import Placer
from readout.models import ArticleId

_EPOCH = date(1970, 1, 1)
_PAGE = os.sysconf("SC_PAGE_SIZE")
_WINDOW = 10  # days that the peer looks back
_THRESHOLD = 0.25
_ANEW = 0.1  # of the features of an article that is repeated
GOAL_RATE, GOAL_KEPT, GOAL_BYTES = 400, 0.8, 1500


def main() -> None:
    """Fill, time, grow, time again."""
    asked = _asked()
    start = time.process_time()
    base = list(islice(_read(), asked.articles))
    print(f"tokenising {len(base):,} articles: {(time.process_time() - start) / len(base) * 1e3:.2f} ms each")
    base.sort(key=lambda one: one.day or 0)
    span = (base[-1].day or 0) - (base[0].day or 0) + 40
    before = _memory()
    placer = Placer()
    first = _fill(placer, base, len(base), asked, 0)
    print(f"{len(placer):9,} articles: {first:6.0f} placed a second (goal {GOAL_RATE})")
    peer = _peer(base[-asked.last :])
    print(f"{'peer':>9}: {peer:15.0f} placed a second; ours is {first / peer:.1f} times")
    draw = random.Random(1)  # noqa: S311 - no secret
    rate = first
    for turn in range(1, asked.times):
        again = (_retold(one, span * turn, draw) for one in base)
        rate = _fill(placer, again, len(base), asked, turn)
    held = (_memory() - before) / len(placer)
    print(f"{len(placer):9,} articles: {rate:6.0f} placed a second, {rate / first:.2f} of the first (goal {GOAL_KEPT})")
    print(f"memory: {held:.0f} bytes an article (goal {GOAL_BYTES})")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Articles placed in stories in a second.")
    parser.add_argument("--articles", type=int, default=37_000, help="how many real ones")
    parser.add_argument("--times", type=int, default=10, help="how many times as many in the end")
    parser.add_argument("--last", type=int, default=2_000, help="how many of each size are timed")
    parser.add_argument("--batch", type=int, default=500, help="articles that are settled together")
    return parser.parse_args()


def _read() -> Iterator[Features]:
    for path in sorted(Path(shared("data", "volume")).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                day = (date.fromisoformat(row["date"][:10]) - _EPOCH).days if row["date"] else None
                yield replace(of_text(row["title"], row["text"], day, row["source"] or ""), words=())


def _retold(one: Features, days: int, draw: random.Random) -> Features:
    ids = one.ids.copy()
    for at in draw.sample(range(len(ids)), int(len(ids) * _ANEW)):
        ids[at] = draw.getrandbits(32)
    order = np.argsort(ids)
    day = None if one.day is None else one.day + days
    return Features(ids[order], one.weights[order], one.kinds[order], day, one.outlet)


def _fill(placer: Placer, some: Iterable[Features], count: int, asked: argparse.Namespace, turn: int) -> float:
    """Take them in; articles a CPU second over the last of them. Making them up is not timed."""
    timed = 0.0
    numbered = enumerate(some)
    for at in range(0, count, asked.batch):
        batch = [(ArticleId(f"a{turn:02}{number:013}"), one) for number, one in islice(numbered, asked.batch)]
        start = time.process_time()
        placer.add(batch)
        if at >= count - asked.last:
            timed += time.process_time() - start
    done: int = min(asked.last // asked.batch * asked.batch, count)
    return done / timed


def _peer(some: Sequence[Features]) -> float:
    start = time.process_time()
    clusters: list[tuple[dict[int, float], int, float]] = []
    for one in some:
        words = dict(zip(one.ids.tolist(), one.weights.tolist(), strict=True))
        clusters = [cluster for cluster in clusters if (one.day or 0) - cluster[1] <= _WINDOW]
        best, which = 0.0, -1
        for at, (centre, _, norm) in enumerate(clusters):
            cosine = sum(weight * centre[word] for word, weight in words.items() if word in centre) / norm
            if cosine > best:
                best, which = cosine, at
        if best < _THRESHOLD:
            clusters.append((words, one.day or 0, 1.0))
            continue
        centre = clusters[which][0]
        for word, weight in words.items():
            centre[word] = centre.get(word, 0.0) + weight
        norm = sum(weight * weight for weight in centre.values()) ** 0.5
        clusters[which] = (centre, one.day or 0, norm)
    return len(some) / (time.process_time() - start)


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


if __name__ == "__main__":
    main()
