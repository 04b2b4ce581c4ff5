"""How fast a story is compared, all that follows from it included, and how that grows: 50, 500 and 5,000 articles.

The articles are the sample's, each again and again with its longer words changed letter by letter, so that spans stay
where they were and texts differ as those of many outlets do: a third of the words are everybody's. Articles, statements
and names are ready before the clock starts. Times are CPU seconds of one core.

    python -m bench.comparing [--sizes 50 500 5000]

Ends with 1 where 500 articles take longer than they may, or ten times the articles take more than n log n allows.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import log

from quality.points import Sample
from readout import pipeline
from readout.compare.told import Report
from readout.models import Annotated, StatementId

LONGEST = 5.0  # seconds for 500 articles
SLACK = 1.5  # over n log n, for what a busy machine adds
_WORD = re.compile(r"\b[a-z]{6,}\b")
_COMMON = 3


def main() -> int:
    """Measure each size, print it, and say whether it holds."""
    asked = argparse.ArgumentParser(prog="python -m bench.comparing", description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    sizes = asked.parse_args().sizes
    known = [one for one in Sample().reports.values() if one.annotation.statements]
    seconds = [_measured(size, known) for size in sizes]
    holds = all(took <= LONGEST for size, took in zip(sizes, seconds, strict=True) if size <= 500)
    for one, other in zip(range(len(sizes)), range(1, len(sizes)), strict=False):
        allowed = sizes[other] * log(sizes[other]) / (sizes[one] * log(sizes[one])) * SLACK
        times = seconds[other] / seconds[one]
        sys.stdout.write(
            f"{sizes[one]} to {sizes[other]}: {times:.1f} times as long (n log n: {allowed / SLACK:.1f})\n"
        )
        holds = holds and times <= allowed
    return 0 if holds else 1


def _measured(size: int, known: Sequence[Report]) -> float:
    reports = list(_many(size, known))
    statements = sum(len(one.annotation.statements) for one in reports)
    told = [Annotated(one.article, one.annotation) for one in reports]
    start = time.process_time()
    found = pipeline.compared(told, {}, now=datetime(2032, 1, 1, tzinfo=UTC)).comparison
    took = time.process_time() - start
    sys.stdout.write(f"{size} articles, {statements} statements: {took:.2f} s, {len(found.points)} points\n")
    return took


def _many(size: int, known: Sequence[Report]) -> Iterator[Report]:
    for number in range(size):
        one = known[number % len(known)]
        turned = random.Random(number)  # noqa: S311 - no secret
        article = replace(
            one.article,
            title=_changed(one.article.title, turned),
            outlet=f"Outlet {number}",
            address=f"https://outlet-{number}.example/story/{number}",
            paragraphs=tuple(replace(each, text=_changed(each.text, turned)) for each in one.article.paragraphs),
        )
        statements = tuple(
            replace(each, article=article.id, id=StatementId(f"{number}-{each.id}"))
            for each in one.annotation.statements
        )
        yield Report(article, replace(one.annotation, article=article.id, statements=statements), article.id)


def _changed(text: str, turned: random.Random) -> str:
    by = turned.randrange(1, 25)
    return _WORD.sub(lambda found: found[0] if len(found[0]) % _COMMON == 0 else _turned(found[0], by), text)


def _turned(word: str, by: int) -> str:
    return "".join(chr((ord(letter) - 97 + by) % 26 + 97) for letter in word)


if __name__ == "__main__":
    sys.exit(main())
