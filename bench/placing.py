"""How many articles a second are placed in stories, their copies found, on one core; and whether that stays so as the
archive grows.

News articles of volume/*.jsonl.gz fill a Placer and a Finder in order of date. Of the last ones every other is left out
and arrives then, timed, slice by slice as batches of an import do: sketched, its copies looked up and compared, placed,
and what is to be kept of it made. Reading and tokenising are left out and shown apart. With `--times 10` the archive
then grows: all of it again, years later, linked as it was, its sentences shuffled for the sketches and a tenth of its
features drawn anew as other wording would change them; and the other half of the last ones arrives at its end. What an
earlier article's text is compared with is split into words anew, as if it came from the database; shuffling it is not
counted, which is done here only as so many texts would not fit in memory. With the archive grow the copies that there
are to be found of an article: how many were, stands beside the rate.

The named peer is online TF-IDF clustering in plain Python over the same features: each article against every cluster of
the last ten days, joining the nearest from a cosine of 0.25 on; it finds no copies. It takes the same slices in turns
with ours. Rates count CPU seconds on one core. Before and after each, a loop of fixed work tells how fast the machine
is just then: "quiet" are the slices during which it took at most a quarter longer than at its best, and what is
compared between sizes is time beside the peer's, which holds no archive and so is as fast at every size but for what
the machine does just then; and beside it time in such loops, which show a changed clock, yet no slower memory.

Memory is what placer and finder hold, counted object by object. What placing remembers lies in a dictionary that stands
for the database, from which it is fetched again when it matters.

    python -m bench.placing [--articles 37000] [--times 1] [--last 4000] [--batch 250]
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import MethodType

if hasattr(os, "sched_setaffinity"):  # before numpy starts a thread for every core
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import numpy as np

from quality.figures import shared
from readout.group.candidates import packed
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
_LOOP = 200_000  # additions of the loop that tells how fast the machine is
_QUIET = 1.25
_TEXTS = 512  # held, as by `run.placing`
GOAL_RATE, GOAL_KEPT, GOAL_BYTES = 400, 0.8, 1500


@dataclass(frozen=True)
class News:
    """One article: what it is placed by, and its text."""

    features: Features
    body: str


class Database:
    """Stands for the tables that placing goes on from."""

    def __init__(self) -> None:
        self._features: dict[ArticleId, Features] = {}
        self._linkages: dict[ArticleId, Linkage] = {}
        self._behind: dict[ArticleId, set[ArticleId]] = {}
        self._days: dict[int | None, dict[ArticleId, bytes]] = {}

    def keep(self, seen: Iterable[tuple[ArticleId, Features]], linkages: Iterable[Linkage]) -> None:
        """Keep these in place of what was kept of their articles."""
        self._features |= {article: replace(one, weights=one.weights.astype(np.float16)) for article, one in seen}
        for linkage in linkages:
            self._linkages[linkage.article] = linkage
            if linkage.first:
                self._behind.setdefault(linkage.first, set()).add(linkage.article)
            else:
                self._days.setdefault(linkage.day, {})[linkage.article] = linkage.filed

    def features(self, articles: Sequence[ArticleId]) -> Iterable[tuple[ArticleId, Features]]:
        """See `group.archive.Archive`, as for the others."""
        for article in articles:
            found = self._features[article]
            yield article, replace(found, weights=found.weights.astype(np.float32))

    def linkages(self, articles: Iterable[ArticleId]) -> list[Linkage]:
        asked = {other for one in articles for other in (one, *self._behind.get(one, ()))}
        return [self._linkages[one] for one in sorted(asked) if one in self._linkages]

    def filed(self, days: tuple[int, int] | None) -> list[tuple[ArticleId, int | None, bytes]]:
        asked: list[int | None] = [None] if days is None else [*range(days[0], days[1] + 1)]
        return [(article, day, filed) for day in asked for article, filed in self._days.get(day, {}).items()]

    def latest_filed(self, before: int | None = None) -> int | None:
        return max((day for day in self._days if day is not None and (before is None or day < before)), default=None)


@dataclass(frozen=True)
class Archive:
    """What was taken in, by turns through the same articles."""

    base: Sequence[News]
    span: int  # days from one turn to the next
    database: Database
    placer: Placer
    finder: Finder = field(default_factory=Finder)
    shuffling: list[float] = field(default_factory=list)  # CPU seconds
    texts: dict[ArticleId, Text] = field(default_factory=dict)

    def text(self, article: ArticleId) -> Text:
        """The text of an article, its words split anew as if read from the database."""
        turn, number = map(int, article[1:].split("-"))
        start = time.process_time()
        found = _text(article, self.base[number], turn, self.span * turn)
        self.shuffling.append(time.process_time() - start)
        return found

    def earlier(self, article: ArticleId) -> Text:
        """The text of an article that another is compared with; some are held, as `run.placing.Placing` holds them."""
        if article not in self.texts:
            if len(self.texts) >= _TEXTS:
                self.texts.clear()
            self.texts[article] = self.text(article)
        return self.texts[article]

    def seen(self, article: ArticleId) -> Features:
        """The features of an article that arrives."""
        turn, number = map(int, article[1:].split("-"))
        return _retold(self.base[number].features, self.span * turn, article)


@dataclass
class Spent:
    """CPU seconds of a slice of `articles`, and of the loops around it."""

    articles: int
    ours: float = 0.0
    peer: float = 0.0
    copies: int = 0
    loops: list[float] = field(default_factory=list)

    @property
    def loop(self) -> float:
        return sum(self.loops) / len(self.loops)


def main() -> None:
    """Fill, time, and where that is asked for grow and time again."""
    asked = _asked()
    began = time.perf_counter()
    start = time.process_time()
    base = list(islice(_read(), asked.articles))
    each = (time.process_time() - start) / len(base) * 1e3
    print(f"reading and tokenising {len(base):,} articles: {each:.2f} ms each, left out below", flush=True)
    base.sort(key=lambda one: one.features.day or 0)
    span = (base[-1].features.day or 0) - (base[0].features.day or 0) + 40
    database = Database()
    archive = Archive(base, span, database, Placer(archive=database))
    _fill(archive, 0, asked)
    gc.freeze()  # the dictionary stands for a database, through which no collector goes
    known = database.linkages(_id(0, one) for one in range(len(base) - asked.last))
    first = _arrive(archive, range(len(base) - asked.last, len(base), 2), 0, asked)
    _tell(archive, first)
    for turn in range(1, asked.times):
        _grow(archive, turn, known)
        print(f"{len(archive.finder):9,} articles held", flush=True)
    if asked.times > 1:
        gc.freeze()
        last = _arrive(archive, range(len(base) - asked.last + 1, len(base), 2), asked.times - 1, asked)
        _tell(archive, last)
        kept = _loops_each(first) / _loops_each(last)
        beside = _times_the_peer(last) / _times_the_peer(first)
        print(f"{'':9}  {beside:.2f} of the first rate beside the peer's (goal {GOAL_KEPT})")
        print(f"{'':9}  {kept:.2f} of it beside the loop's, which a memory that others use too does not slow")
    print(f"all of it took {time.perf_counter() - began:.0f} s")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Articles placed in stories in a second.")
    parser.add_argument("--articles", type=int, default=37_000, help="how many real ones")
    parser.add_argument("--times", type=int, default=1, help="how many times as many in the end")
    parser.add_argument("--last", type=int, default=4_000, help="how many of them arrive, half at each size")
    parser.add_argument("--batch", type=int, default=250, help="articles that are settled together")
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


def _text(article: ArticleId, one: News, turn: int, days: int) -> Text:
    body, day = one.body, one.features.day
    if turn:
        sentences = _SENTENCE.split(body)
        random.Random(turn).shuffle(sentences)  # noqa: S311 - no secret
        body = " ".join(sentences)
    published = None if day is None else _EPOCH + timedelta(days=day + days)
    return Text(article, one.features.outlet, published, body, give=timedelta(days=1))


def _id(turn: int, number: int) -> ArticleId:
    return ArticleId(f"a{turn:02}-{number:013}")


def _fill(archive: Archive, turn: int, asked: argparse.Namespace) -> None:
    """Take in all but those that arrive later: by their sketches, as when a kept archive is read again."""
    ids = [_id(turn, one) for one in range(len(archive.base) - asked.last)]
    for at in range(0, len(ids), asked.batch):
        seen = [(id_, archive.seen(id_)) for id_ in ids[at : at + asked.batch]]
        archive.placer.add(seen)
        archive.database.keep(seen, archive.placer.linkages())
        archive.placer.stirred()
    archive.finder.restore(
        (id_, archive.base[one].features.outlet, Sketch.of(archive.text(id_)).encode()) for one, id_ in enumerate(ids)
    )


def _grow(archive: Archive, turn: int, known: Sequence[Linkage]) -> None:
    """Take the same in once more, as it was kept: linked as the first time."""
    ids = [_id(turn, one) for one in range(len(known))]
    seen = [(id_, archive.seen(id_)) for id_ in ids]
    archive.database.keep(seen, [_again(one, archive, turn) for one in known])
    archive.finder.restore(
        (id_, archive.base[one].features.outlet, Sketch.of(archive.text(id_)).encode()) for one, id_ in enumerate(ids)
    )


def _again(one: Linkage, archive: Archive, turn: int) -> Linkage:
    """What was kept of an article, for the one that repeats it in that turn."""
    article, *others = (
        ArticleId(f"a{turn:02}{id_[3:]}")
        for id_ in (one.article, one.first or one.article, *(id_ for id_, _ in one.links))
    )
    seen = archive.seen(article)
    return replace(
        one,
        article=article,
        day=seen.day,
        first=others[0] if one.first else None,
        links=tuple((id_, odds) for id_, (_, odds) in zip(others[1:], one.links, strict=True)),
        filed=packed(seen.ids, seen.weights) if one.filed else b"",
    )


def _arrive(archive: Archive, numbers: Sequence[int], turn: int, asked: argparse.Namespace) -> list[Spent]:
    """What it takes to place those articles, slice by slice, and what the peer takes for the same."""
    found, peer = [], Peer()
    for at in range(0, len(numbers), asked.batch):
        ids = [_id(turn, number) for number in numbers[at : at + asked.batch]]
        texts, seen = [archive.text(one) for one in ids], [(one, archive.seen(one)) for one in ids]
        for text in texts:
            _ = text.words  # tokenising
        spent = Spent(len(ids), loops=[_loop()])
        archive.shuffling.clear()
        start = time.process_time()
        spent.copies, linkages = _place(archive, texts, seen)
        spent.ours = time.process_time() - start - sum(archive.shuffling)
        archive.database.keep(seen, linkages)
        spent.loops.append(_loop())
        spent.peer = peer.take([one for _, one in seen])
        spent.loops.append(_loop())
        found.append(spent)
    return found


def _place(
    archive: Archive, texts: Sequence[Text], seen: Sequence[tuple[ArticleId, Features]]
) -> tuple[int, list[Linkage]]:
    """How many copies were found, and what is to be kept."""
    archive.texts.update((text.id, text) for text in texts)
    taken = archive.finder.take([(text, Sketch.of(text)) for text in texts], archive.earlier)
    copies = sum(len(found.copies) for found in taken)
    archive.placer.add(seen)
    for article in {*archive.placer.stirred(), *(article for article, _ in seen)}:
        archive.placer.placement(article)
    return copies, archive.placer.linkages()


def _loop() -> float:
    start = time.process_time()
    total = 0
    for number in range(_LOOP):
        total += number & 7
    return time.process_time() - start


def _tell(archive: Archive, spent: Sequence[Spent]) -> None:
    best = min(loop for one in spent for loop in one.loops)
    quiet = [one for one in spent if one.loop <= _QUIET * best]
    every, held = _rate(spent), len(archive.finder)
    print(f"{held:9,} articles: {every:5.0f} placed a CPU second (goal {GOAL_RATE}), the peer {_peer_rate(spent):4.0f}")
    if quiet:
        print(f"{'':9}  {_rate(quiet):5.0f} in the {len(quiet)} quiet slices of {len(spent)}, ", end="")
        print(f"the peer {_peer_rate(quiet):.0f}; the loop took {best * 1e3:.1f} ms at best")
    print(f"{'':9}  {_times_the_peer(spent):6.2f} times the peer")
    each = sum(one.copies for one in spent) / sum(one.articles for one in spent)
    print(f"{'':9}  {each:5.2f} relations of copies found an article")
    print(f"{'':9}  {_held(archive):5.0f} bytes of memory an article (goal {GOAL_BYTES})", flush=True)


def _rate(spent: Sequence[Spent]) -> float:
    return sum(one.articles for one in spent) / sum(one.ours for one in spent)


def _peer_rate(spent: Sequence[Spent]) -> float:
    return sum(one.articles for one in spent) / sum(one.peer for one in spent)


def _times_the_peer(spent: Sequence[Spent]) -> float:
    return sum(one.peer for one in spent) / sum(one.ours for one in spent)


def _loops_each(spent: Sequence[Spent]) -> float:
    """How many of the loops' times an article takes, the mean over slices."""
    return sum(one.ours / one.articles / ((one.loops[0] + one.loops[1]) / 2) for one in spent) / len(spent)


class Peer:
    """Online TF-IDF clustering in plain Python."""

    def __init__(self) -> None:
        self._clusters: list[tuple[dict[int, float], int, float]] = []

    def take(self, some: Sequence[Features]) -> float:
        """CPU seconds to cluster those."""
        start = time.process_time()
        for one in some:
            self._take(one)
        return time.process_time() - start

    def _take(self, one: Features) -> None:
        day = one.day or 0
        words = dict(zip(one.ids.tolist(), one.weights.tolist(), strict=True))
        self._clusters = [cluster for cluster in self._clusters if day - cluster[1] <= _WINDOW]
        best, which = 0.0, -1
        for at, (centre, _, norm) in enumerate(self._clusters):
            cosine = sum(weight * centre[word] for word, weight in words.items() if word in centre) / norm
            if cosine > best:
                best, which = cosine, at
        if best < _THRESHOLD:
            self._clusters.append((words, day, 1.0))
            return
        centre = self._clusters[which][0]
        for word, weight in words.items():
            centre[word] = centre.get(word, 0.0) + weight
        norm = sum(weight * weight for weight in centre.values()) ** 0.5
        self._clusters[which] = (centre, day, norm)


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
    return size / len(archive.finder)


if __name__ == "__main__":
    main()
