"""How many articles a second are placed in stories, their copies found, on one core; and whether that stays so as the
archive grows.

News articles of volume/*.jsonl.gz fill a Placer and a Finder in order of date. Of the last ones every other is left out
and arrives then, timed: sketched, its copies looked up and compared, and placed, in batches as an import has them.
Then the archive grows: all of it again, years later, its sentences shuffled for the sketches and a tenth of its
features drawn anew as other wording would change them; and the other half of the last ones arrives at its end.
Reading and tokenising are left out and shown apart. Memory is what both hold, counted object by object; what placing
remembers lies in a dictionary that stands for the database, from which it is fetched again when it matters.

The named peer is online TF-IDF clustering in plain Python over the same features: each article against every cluster of
the last ten days, joining the nearest from a cosine of 0.25 on; it finds no copies. Rates count CPU seconds on one
core; "times" is our rate over the peer's.

    python -m bench.placing [--articles 37000] [--times 10] [--last 2000] [--batch 500]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import MethodType

if hasattr(os, "sched_setaffinity"):  # before numpy starts a thread for every core
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import numpy as np

from quality.figures import shared
from readout.group.copies import Text
from readout.group.features import Features, of_text
from readout.group.finder import Finder, Sketch
from readout.group.place import Placer
from readout.models import ArticleId, Linkage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WINDOW = 10  # days that the peer looks back
_THRESHOLD = 0.25
_ANEW = 0.1  # of the features of an article that is repeated
GOAL_RATE, GOAL_KEPT, GOAL_BYTES = 400, 0.8, 1500


@dataclass(frozen=True)
class News:
    """One article: what it is placed by, and its text."""

    features: Features
    body: str


class Database:
    """Stands for the tables that placing goes on from: features made anew, linkages as they were kept."""

    def __init__(self, base: Sequence[News], span: int) -> None:
        self._base = base
        self._span = span
        self._linkages: dict[ArticleId, Linkage] = {}
        self._behind: dict[ArticleId, set[ArticleId]] = {}

    def keep(self, linkages: Iterable[Linkage]) -> None:
        """Keep these in place of what was kept of their articles."""
        for one in linkages:
            self._linkages[one.article] = one
            if one.first:
                self._behind.setdefault(one.first, set()).add(one.article)

    def features(self, articles: Sequence[ArticleId]) -> Iterable[tuple[ArticleId, Features]]:
        """See `group.archive.Archive`, as for the others."""
        for article in articles:
            turn, number = map(int, article[1:].split("-"))
            yield article, _retold(self._base[number].features, self._span * turn, article)

    def linkages(self, articles: Iterable[ArticleId]) -> list[Linkage]:
        asked = {other for one in articles for other in (one, *self._behind.get(one, ()))}
        return [self._linkages[one] for one in sorted(asked) if one in self._linkages]

    def filed(self, _days: tuple[int, int] | None) -> list[tuple[ArticleId, int | None, bytes]]:
        return []  # nothing was, before this began

    def latest_filed(self, _before: int | None = None) -> int | None:
        return None


@dataclass(frozen=True)
class Archive:
    """What was taken in, by turns through the same articles."""

    placer: Placer
    finder: Finder
    base: Sequence[News]
    database: Database

    def text(self, article: ArticleId) -> Text:
        """The text of an article, its words split anew as if read from the database."""
        turn, number = map(int, article[1:].split("-"))
        return _text(article, self.base[number], _shuffled(self.base[number].body, turn), turn)


def main() -> None:
    """Fill, time, grow, time again."""
    asked = _asked()
    start = time.process_time()
    base = list(islice(_read(), asked.articles))
    print(f"tokenising {len(base):,} articles: {(time.process_time() - start) / len(base) * 1e3:.2f} ms each")
    base.sort(key=lambda one: one.features.day or 0)
    span = (base[-1].features.day or 0) - (base[0].features.day or 0) + 40
    early, late = range(len(base) - asked.last, len(base), 2), range(len(base) - asked.last + 1, len(base), 2)
    database = Database(base, span)
    archive = Archive(Placer(archive=database), Finder(), base, database)
    _fill(archive, 0, 0, asked)
    first = _arrive(archive, early, 0, 0, asked)
    print(f"{len(archive.placer):9,} articles: {first:6.0f} placed a CPU second (goal {GOAL_RATE})", flush=True)
    print(f"memory: {_held(archive):.0f} bytes an article (goal {GOAL_BYTES})", flush=True)
    peer = _peer([base[number].features for number in early])
    print(f"{'peer':>9}: {peer:15.0f} placed a second; ours is {first / peer:.1f} times", flush=True)
    for turn in range(1, asked.times):
        _fill(archive, turn, span * turn, asked)
        print(f"{len(archive.placer):9,} articles held", flush=True)
    rate = _arrive(archive, late, asked.times - 1, span * (asked.times - 1), asked)
    print(
        f"{len(archive.placer):9,} articles: {rate:6.0f} placed a CPU second, {rate / first:.2f} of the first "
        f"(goal {GOAL_KEPT}), {rate / peer:.1f} times the peer"
    )
    print(f"memory: {_held(archive):.0f} bytes an article (goal {GOAL_BYTES})")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Articles placed in stories in a second.")
    parser.add_argument("--articles", type=int, default=37_000, help="how many real ones")
    parser.add_argument("--times", type=int, default=10, help="how many times as many in the end")
    parser.add_argument("--last", type=int, default=2_000, help="how many of them arrive, half at each size")
    parser.add_argument("--batch", type=int, default=500, help="articles that are settled together")
    return parser.parse_args()


def _read() -> Iterator[News]:
    for path in sorted(Path(shared("data", "volume")).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                day = (date.fromisoformat(row["date"][:10]) - _EPOCH.date()).days if row["date"] else None
                seen = of_text(row["title"], row["text"], day, row["source"] or "")
                yield News(replace(seen, words=()), row["text"])


def _retold(one: Features, days: int, article: ArticleId) -> Features:
    if not days:
        return one
    draw = random.Random(article)  # noqa: S311 - no secret
    ids = one.ids.copy()
    for at in draw.sample(range(len(ids)), int(len(ids) * _ANEW)):
        ids[at] = draw.getrandbits(32)
    order = np.argsort(ids)
    day = None if one.day is None else one.day + days
    return Features(ids[order], one.weights[order], one.kinds[order], day, one.outlet)


def _shuffled(body: str, turn: int) -> str:
    if not turn:
        return body
    sentences = _SENTENCE.split(body)
    random.Random(turn).shuffle(sentences)  # noqa: S311 - no secret
    return " ".join(sentences)


def _text(article: ArticleId, one: News, body: str, days: int) -> Text:
    day = one.features.day
    published = None if day is None else _EPOCH + timedelta(days=day + days)
    return Text(article, one.features.outlet, published, body, give=timedelta(days=1))


def _id(turn: int, number: int) -> ArticleId:
    return ArticleId(f"a{turn:02}-{number:013}")


def _fill(archive: Archive, turn: int, days: int, asked: argparse.Namespace) -> None:
    """Take in all but those that arrive later: by their sketches, as when a kept archive is read again."""
    ids = [_id(turn, one) for one in range(len(archive.base) - asked.last)]
    for at in range(0, len(ids), asked.batch):
        batch = enumerate(ids[at : at + asked.batch], at)
        archive.placer.add((id_, _retold(archive.base[one].features, days, id_)) for one, id_ in batch)
        archive.database.keep(archive.placer.linkages())
    archive.placer.stirred()
    archive.finder.restore(
        (id_, archive.base[one].features.outlet, Sketch.of(archive.text(id_))) for one, id_ in enumerate(ids)
    )


def _arrive(archive: Archive, numbers: Sequence[int], turn: int, days: int, asked: argparse.Namespace) -> float:
    """Articles a CPU second that are new."""
    timed = 0.0
    for at in range(0, len(numbers), asked.batch):
        ids = {number: _id(turn, number) for number in numbers[at : at + asked.batch]}
        texts = [_text(id_, archive.base[one], archive.base[one].body, days) for one, id_ in ids.items()]
        seen = [(id_, _retold(archive.base[one].features, days, id_)) for one, id_ in ids.items()]
        for text in texts:
            _ = text.words  # tokenising
        start = time.process_time()
        for text in texts:
            archive.finder.add(text, archive.text)
        archive.placer.add(seen)
        timed += time.process_time() - start
        archive.database.keep(archive.placer.linkages())
    return len(numbers) / timed


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


def _held(archive: Archive) -> float:
    """Bytes an article of all that the two hold, each object counted once."""
    seen: set[int] = set()
    ahead: list[object] = [archive.placer, archive.finder]
    size = 0
    while ahead:
        one = ahead.pop()
        if id(one) in seen or isinstance(one, type | Database):
            continue
        seen.add(id(one))
        size += sys.getsizeof(one) if not isinstance(one, np.ndarray) else one.nbytes
        if isinstance(one, dict):
            ahead += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            ahead += one
        elif isinstance(one, MethodType):
            ahead.append(one.__self__)
        elif hasattr(one, "__dict__"):
            ahead.append(vars(one))
    return size / len(archive.placer)


if __name__ == "__main__":
    main()
