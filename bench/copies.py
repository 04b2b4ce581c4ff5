"""How fast copies are found on one core as articles arrive, how much memory that takes, and whether it stays so.

What is held already (37,000 articles, then ten times as many) is put in by sketches of as many grams as news have;
then whole articles arrive, of about 880 words of the sample's vocabulary drawn by their rank, three in ten of them made
from an earlier one: reprinted with edits, cut, or quoted; every fifth has its outlet's box. Each is split into words,
sketched, looked up, and its candidates are compared, their words split anew as if read from the database. Rates count
CPU seconds. "finding" is all but the splitting of the article's own words, which placement needs anyway; sketching is
part of it.

The named peer is MinHash with locality-sensitive hashing by datasketch (128 permutations, threshold .5) over the same
word 8-grams, its words split outside the count, in turns with ours. It holds only the articles of the run, and neither
compares texts nor tells kinds. It is left out where datasketch is not installed.

    python -m bench.copies [--held 37000 370000] [--articles 2000]
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np

from readout.group.copies import Text
from readout.group.finder import Finder, Sketch
from readout.models import ArticleId

HELD = (37_000, 370_000)
START = datetime(2031, 3, 1, tzinfo=UTC)
OUTLETS = 50
GRAMS = 68  # fingerprints of an article, the mean over 37,554 of them
WEIGHED = 20_000  # articles whose memory is measured
TURN = 100  # articles at a time, ours and the peer's in turns
_NOTHING = Text(ArticleId(""), "", None, "")  # what is held by its sketch alone


@dataclass
class Spent:
    """CPU seconds of a run, and what it found."""

    splitting: float = 0.0
    sketching: float = 0.0
    finding: float = 0.0
    peer: float = 0.0
    copies: int = 0
    compared: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every size and print a line for each."""
    asked = argparse.ArgumentParser(description="Copies found in a second, and the memory it takes.")
    asked.add_argument("--held", type=int, nargs="+", default=HELD, help="articles held already, run by run")
    asked.add_argument("--articles", type=int, default=2_000, help="articles that arrive")
    given = asked.parse_args(arguments)
    world = list(articles(given.articles))
    print("    held  articles a CPU s  sketching, ms  finding, ms  compared  copies  peer, ms  times as fast")
    rates = []
    each = 1_000 / given.articles
    for held in given.held:
        spent = _arrive(_filled(held), world)
        rates.append(given.articles / (spent.splitting + spent.finding))
        peer = f"{each * spent.peer:10.2f}{spent.peer / spent.finding:15.1f}" if spent.peer else "  no datasketch"
        print(
            f"{held:8,}{rates[-1]:18.0f}{each * spent.sketching:15.2f}{each * spent.finding:13.2f}"
            f"{spent.compared / given.articles:10.2f}{spent.copies:8}{peer}",
            flush=True,
        )
    print(f"the last rate is {rates[-1] / rates[0]:.2f} of the first; {_bytes_each():.0f} bytes an article held")


def articles(count: int) -> Iterator[Text]:
    """Articles that arrive, always the same."""
    made: list[Text] = []
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - no secret
        outlet = f"Outlet {chance.randrange(OUTLETS)}"
        body = _body(chance)
        if number >= 10 and number % 10 in {2, 5, 8}:
            body = _reused(chance, made[number - chance.randint(1, 10)].body.split("\n"), body)
        if number % 5 == 0:
            body = [*body, " ".join(_words(random.Random(outlet), 120))]  # noqa: S311 - no secret
        made.append(Text(ArticleId(str(number)), outlet, START + timedelta(minutes=number), "\n".join(body)))
        yield made[-1]


def _reused(chance: random.Random, earlier: list[str], own: list[str]) -> list[str]:
    """Another article's paragraphs: with some changed, the first of them, or two among one's own."""
    kind = chance.randrange(3)
    if kind == 0:
        return [*own[:2], *earlier[:10], *earlier[12:]]
    return earlier[:9] if kind == 1 else [*own[:9], *earlier[4:6], *own[9:]]


def _body(chance: random.Random) -> list[str]:
    return [" ".join(_words(chance, chance.randint(20, 68))) for _ in range(20)]


def _words(chance: random.Random, count: int) -> list[str]:
    words, weights = _vocabulary()
    return chance.choices(words, cum_weights=weights, k=count)


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """The words of the sample's captures, the most frequent first, with weights by their rank (Zipf)."""
    folder = files("readout") / "sample" / "captures"
    texts = [one.read_text("utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)]
    words = list(dict.fromkeys(re.findall(r"\w+", " ".join(texts))))
    return words, list(accumulate(1 / (rank + 1) for rank in range(len(words))))


def _filled(held: int) -> Finder:
    chance = np.random.default_rng(1)
    finder = Finder()
    finder.restore(_made_up(number, chance) for number in range(held))
    return finder


def _bytes_each() -> float:
    """What an article takes in memory, its id included."""
    tracemalloc.start()
    finder = _filled(WEIGHED)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(finder)


def _made_up(number: int, chance: np.random.Generator) -> tuple[ArticleId, str, bytes]:
    fingerprints = np.sort(chance.integers(0, 2**32, GRAMS, np.uint32))
    return (
        ArticleId(f"a{number:016}"),
        f"Outlet {number % OUTLETS}",
        Sketch(int(chance.integers(2**62)), fingerprints).encode(),
    )


def _arrive(finder: Finder, world: Sequence[Text]) -> Spent:
    spent, peer = Spent(), _peer()
    by_id = {text.id: text for text in world}

    def fresh(id_: ArticleId) -> Text:
        spent.compared += 1
        return replace(by_id.get(id_, _NOTHING))

    for at in range(0, len(world), TURN):
        turn = [replace(text) for text in world[at : at + TURN]]
        start = time.process_time()
        for text in turn:
            _ = text.words
        split = time.process_time()
        for text in turn:
            Sketch.of(text)
        sketched = time.process_time()
        for text in turn:
            spent.copies += len(finder.add(text, fresh).copies)
        spent.splitting += split - start
        spent.sketching += sketched - split
        spent.finding += time.process_time() - split
        if peer:
            spent.peer += peer.take(turn)
    return spent


@dataclass
class _Peer:
    """MinHash and its index by datasketch."""

    library: Any
    index: Any

    def take(self, turn: Sequence[Text]) -> float:
        """Seconds to sketch, look up and insert those articles."""
        cut = [(text.id, text.body.lower().split()) for text in turn]
        start = time.process_time()
        for id_, words in cut:
            sketch = self.library.MinHash(num_perm=128)
            sketch.update_batch(list({" ".join(words[n : n + 8]).encode() for n in range(len(words) - 7)}))
            self.index.query(sketch)
            self.index.insert(id_, sketch)
        return time.process_time() - start


def _peer() -> _Peer | None:
    try:
        library = importlib.import_module("datasketch")
    except ImportError:
        return None
    return _Peer(library, library.MinHashLSH(threshold=0.5, num_perm=128))


if __name__ == "__main__":
    main()
