"""How well events are found and dated: the dev gold's events, and those of the sample corpus.

    python -m quality.events [--of dev|sample] [--only 000 004] [--misses]

Articles are those that the extractor gives of the captures and pages; the captures of the dev gold do not say when they
were made, so their articles are published when the gold says. An event found and one annotated are a pair by their
words alone, never by their date: those of what happened, of the names of who took part, and of the time as the text
words it, each cut to its first four letters. The share of the smaller one's words that both have must be 0.4, and be
two words one of which is none of the time's. Each is used once, the best pairs first; among equals, that with more of
the time's words, then the first.
  recall     of the events annotated, the share that is in a pair
  precision  of the events found, the share that is in a pair
  date       of the events annotated with a date, the share in a pair that is dated right, as far as the date goes:
             to the day where a day is annotated; a deadline is the last day of its time ("by the end of May")
  status     of the pairs, the share with the same status
The rules were worked out on the sample and on the captures 000 and 004 (23 of their 26 dates are right); of 002 only
the totals were seen, twice (11 of 22).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus, shared, token_f1
from quality.times import published
from readout import pipeline
from readout.annotate import events
from readout.annotate.material import material
from readout.annotate.statements import statements
from readout.models import Article, CaptureBasis, Event, EventStatus, Media, Page

FLOORS = {"dev date": 0.7, "sample recall": 0.7, "sample precision": 0.64, "sample date": 0.7, "sample status": 0.9}
_SAMPLE = Path(str(files("readout") / "sample"))
_STEM = 4
_LEAST, _LEAST_WORDS = 0.4, 2
_NEAR = 0.5
_DAY = len("2025-06-05")
_PLAIN = frozenset(
    "a an the of on in at to for from by with and or as that was were is be been s his her its their it".split()
)

Row = dict[str, Any]


@dataclass
class Tally:
    """Counts over articles, with a line for each miss."""

    found: int = 0
    annotated: int = 0
    paired: int = 0
    dated: int = 0
    right: int = 0
    status: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The measures by name."""
        return {
            "recall": self.paired / max(1, self.annotated),
            "precision": self.paired / max(1, self.found),
            "date": self.right / max(1, self.dated),
            "status": self.status / max(1, self.paired),
        }


def measure() -> Iterator[Figure]:
    """The figures of both. Raises Absent where the dev gold is not here."""
    for name, path, tally in (("sample", _SAMPLE / "answers" / "events.jsonl", sample()), ("dev", *dev())):
        where = corpus(f"{name} events", [path])
        for what, value in tally.figures().items():
            label = f"{name} {what}"
            yield Figure(label, value, FLOORS.get(label), where, tuple(tally.misses) if what == "date" else ())


def sample() -> Tally:
    """The tally over the sample corpus, every page once."""
    tally = Tally()
    wanted = _by_article(_SAMPLE / "answers" / "events.jsonl")
    answers = {(row["file"], row["n"]): row for row in _rows(_SAMPLE / "answers" / "articles.jsonl")}
    for line in _rows(_SAMPLE / "manifest.jsonl"):
        if line["media"] not in set(Media):
            continue
        captured = datetime.fromisoformat(line["captured"]) if line["captured"] else None
        basis = CaptureBasis.DECLARED if captured else CaptureBasis.UNKNOWN
        content = (_SAMPLE / line["file"]).read_bytes()
        page = Page(content, Media(line["media"]), line["file"], captured=captured, captured_basis=basis)
        _judge_page(tally, page, wanted, [row for key, row in answers.items() if key[0] == line["file"]])
    return tally


def dev(only: Sequence[str] = ()) -> tuple[Path, Tally]:
    """The file of the dev events and the tally over it, or over the captures whose names begin so."""
    gold, captures = shared("gold", "dev"), shared("captures")
    tally = Tally()
    wanted = _by_article(gold / "events.jsonl")
    for file in sorted({name for name, _ in wanted}):
        if not only or file.startswith(tuple(only)):
            page = Page((captures / file).read_bytes(), Media.TEXT, file)
            _judge_page(tally, page, wanted, [row for row in _rows(gold / "articles.jsonl") if row["file"] == file])
    return gold / "events.jsonl", tally


def _judge_page(tally: Tally, page: Page, wanted: dict[tuple[str, int], list[Row]], answers: Sequence[Row]) -> None:
    articles = list(pipeline.harvest(page).articles)
    for answer in answers:
        same = _same(articles, answer, page.text)
        where = f"{page.name}#{answer['n']}"
        if same is None:
            _judge(tally, (), wanted[page.name, answer["n"]], where, "")
            continue
        articles.remove(same)
        told = published(answer["published"]) if page.captured is None else None
        read = material(replace(same, published=told) if told else same)
        found = events.events(read, statements(read))
        _judge(tally, found, wanted[page.name, answer["n"]], where, read.reading.text)


def _same(articles: Sequence[Article], answer: Row, text: str) -> Article | None:
    """The article of that title, or else of nearly that body."""
    titled = next((one for one in articles if one.title == answer["title"]), None)
    if titled is not None:
        return titled
    body = text[answer["start"] or 0 : answer["end"] or 0]
    near = max(articles, key=lambda one: token_f1(one.body, body), default=None)
    return near if near is not None and token_f1(near.body, body) >= _NEAR else None


def _judge(tally: Tally, found: Sequence[Event], wanted: Sequence[Row], where: str, text: str) -> None:
    tally.found += len(found)
    tally.annotated += len(wanted)
    tally.dated += sum(1 for row in wanted if row["date"])
    pairs = dict(_pairs(found, wanted, text))
    tally.paired += len(pairs)
    for place, row in enumerate(wanted):
        event = found[pairs[place]] if place in pairs else None
        is_right = bool(event and row["date"] and _agrees(event, row["date"]))
        tally.right += is_right
        tally.status += bool(event and event.status.value == row["status"])
        if not is_right and row["date"]:
            got = f"{event.time.value if event.time else '-'}: {event.what[:80]}" if event else "nothing"
            tally.misses.append(f"{where} {row['what'][:70]} is {row['date']}, found {got}")
    for place, event in enumerate(found):
        if place not in pairs.values():
            tally.misses.append(f"{where} not annotated: {event.time.value if event.time else '-'} {event.what[:90]}")


def _pairs(found: Sequence[Event], wanted: Sequence[Row], text: str) -> Iterator[tuple[int, int]]:
    """Which event annotated goes with which found."""
    ours = [
        (_bag(event.what, *event.participants), _bag(text[slice(*event.time.span)] if event.time else ""))
        for event in found
    ]
    theirs = [(_bag(row["what"], *row["participants"]), _bag(row["time_expression"] or "")) for row in wanted]
    scores = [
        (score, len(event[1] & row[1]), -i, -j)
        for i, row in enumerate(theirs)
        for j, event in enumerate(ours)
        if (score := _likeness(*event, *row)) >= _LEAST
    ]
    taken: set[int] = set()
    used: set[int] = set()
    for _, _, i, j in sorted(scores, reverse=True):
        if -i not in taken and -j not in used:
            taken.add(-i)
            used.add(-j)
            yield -i, -j


def _bag(*texts: str) -> set[str]:
    words = re.findall(r"\w+", " ".join(texts).lower())
    return {word[:_STEM] for word in words if word not in _PLAIN}


def _likeness(one: set[str], one_time: set[str], other: set[str], other_time: set[str]) -> float:
    shared_words, times = one & other, one_time & other_time
    both = len(shared_words | times)
    smaller = min(len(one | one_time), len(other | other_time))
    return both / smaller if shared_words and both >= _LEAST_WORDS else 0.0


def _agrees(event: Event, wanted: str) -> bool:
    """Whether an event's time is the date, as far as that is given; a time of a month's length names no day."""
    time = event.time
    if time is None or time.start is None or time.end is None:
        return False
    if (
        len(wanted) == _DAY
        and event.status is not EventStatus.DEADLINE
        and (time.end - time.start).days > 1
        and time.kind != "TIME"
    ):
        return False
    if event.status is EventStatus.DEADLINE:
        return (time.end - timedelta(seconds=1)).date().isoformat()[: len(wanted)] == wanted
    named = time.value[: len(wanted)]
    return wanted in {named, time.start.date().isoformat()[: len(wanted)]}


def _by_article(path: Path) -> dict[tuple[str, int], list[Row]]:
    found: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in _rows(path):
        found[row["file"], row["article"]].append(row)
    return found


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the figures of one of them."""
    asked = argparse.ArgumentParser(prog="python -m quality.events")
    asked.add_argument("--of", choices=("dev", "sample"), default="sample")
    asked.add_argument("--only", nargs="*", default=(), help="captures of the dev gold, by how their names begin")
    asked.add_argument("--misses", action="store_true", help="show what was missed")
    given = asked.parse_args()
    tally = sample() if given.of == "sample" else dev(given.only)[1]
    lines = [f"{name:10} {value:.4f}" for name, value in tally.figures().items()]
    counts = f"found {tally.found}, annotated {tally.annotated}, paired {tally.paired}"
    sys.stdout.write("\n".join([*lines, counts, *(tally.misses if given.misses else ())]) + "\n")


if __name__ == "__main__":
    main()
