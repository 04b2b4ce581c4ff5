"""How well times are found and resolved: Wikinews articles with TIMEX annotations (MEANTIME, 2016), and dated events.

    python -m quality.times [--half tune|test] [--misses]

Only the first six lines of an article are scored (headline, date, four sentences): its annotators marked times in no
others. Where the article's date is missing or broken, the annotated date line takes its place.
Rules were worked out on the half of the articles called `tune`; the figures that count are those of `test`.
  relaxed   an expression found overlaps one annotated, each used once, in order: F1 of precision and recall
  strict    the same with the very same ends
  value     of the pairs of `relaxed`, those with the same TIMEX3 value
  event     of the dev events with a time expression and a date, those where an expression in or around these words is
            found in the article, and where one is dated right as far as the date goes; `anchor` is the publication
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus, shared
from readout.annotate.times import expressions
from readout.annotate.tokens import tokens
from readout.models import Basis, Moment, Precision, TimeExpression

FLOORS = {"relaxed": 0.9, "value": 0.86, "event time found": 0.85, "event date right": 0.85}
_LINES_READ = 6
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Tally:
    """Counts over the articles of one half, with a line for each miss."""

    found: int = 0
    annotated: int = 0
    paired: int = 0
    same_ends: int = 0
    same_value: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The measures by name."""
        both = self.found + self.annotated
        return {
            "relaxed": 2 * self.paired / both if both else 1.0,
            "strict": 2 * self.same_ends / both if both else 1.0,
            "value": self.same_value / self.paired if self.paired else 1.0,
        }


def measure() -> Iterator[Figure]:
    """The figures on the half not tuned on, and on the dev events. Raises Absent where the data is not here."""
    file = shared("data", "times", "meantime.jsonl")
    tally = scored(file, "test")
    for name, value in tally.figures().items():
        yield Figure(name, value, FLOORS.get(name), corpus("MEANTIME test half", [file]), tuple(tally.misses))
    gold = shared("gold", "dev")
    named, dated, misses = events(gold, shared("captures"))
    where = corpus("dev events", [gold / "events.jsonl"])
    yield Figure("event time found", named, FLOORS.get("event time found"), where)
    yield Figure("event date right", dated, FLOORS.get("event date right"), where, tuple(misses))


def published(day: str | None) -> Moment | None:
    """The moment of a publication known to the day, or None."""
    if not day or not _ISO.fullmatch(day):
        return None
    return Moment(datetime.fromisoformat(day).replace(tzinfo=UTC), Precision.DAY, Basis.STATED, day)


def scored(file: Path, half: str) -> Tally:
    """The tally over one half of the articles: "tune", "test", or "all"."""
    tally = Tally()
    for line in file.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        part = "test" if int(sha256(row["id"].encode()).hexdigest(), 16) % 2 else "tune"
        if half in {part, "all"}:
            _add(tally, row)
    return tally


def _add(tally: Tally, row: dict[str, Any]) -> None:
    text: str = row["text"]
    read = "".join(text.splitlines(keepends=True)[:_LINES_READ])
    issued = row["dct"] if row["dct"] and _ISO.fullmatch(row["dct"]) else _date_line(text)
    ours = expressions(tokens(read), published(issued))
    theirs = sorted(row["timexes"], key=lambda one: (one["start"], one["end"]))
    tally.found += len(ours)
    tally.annotated += len(theirs)
    used: set[int] = set()
    for one in theirs:
        pair = next((i for i, our in enumerate(ours) if i not in used and _overlap(our, one)), None)
        if pair is None:
            tally.misses.append(f"{issued} missed {_shown(text, one['start'], one['end'])} {one['value']}")
            continue
        used.add(pair)
        _judge(tally, ours[pair], one, f"{issued} {_shown(text, one['start'], one['end'])}")
    tally.misses += [
        f"{issued} not annotated {_shown(text, *our.span)} {our.value}" for i, our in enumerate(ours) if i not in used
    ]


def _date_line(text: str) -> str | None:
    """The day of the first time named in the text, which is its date line."""
    found = next((one for one in expressions(tokens(text), None) if _ISO.fullmatch(one.value)), None)
    return found.value if found else None


def _judge(tally: Tally, our: TimeExpression, one: dict[str, Any], where: str) -> None:
    tally.paired += 1
    tally.same_ends += our.span == (one["start"], one["end"])
    tally.same_value += our.value == one["value"]
    if our.value != one["value"]:
        tally.misses.append(f"{where} is {one['value']}, found {our.value}")


def _overlap(our: TimeExpression, one: dict[str, Any]) -> bool:
    return bool(our.span.start < one["end"] and one["start"] < our.span.end)


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}".replace("\n", "|")


def events(gold: Path, captures: Path) -> tuple[float, float, list[str]]:
    """Of the dev events with words and a date for their time: the share found, the share dated right, the misses."""
    articles = {(row["file"], row["n"]): row for row in _rows(gold / "articles.jsonl")}
    named: list[bool] = []
    dated: list[bool] = []
    misses: list[str] = []
    for event in _rows(gold / "events.jsonl"):
        article = articles[event["file"], event["article"]]
        if not event["time_expression"] or not event["date"]:
            continue
        text = _text(captures, event["file"])[article["start"] : article["end"]]
        inside = _inside(expressions(tokens(text), published(article["published"])), text, event["time_expression"])
        named.append(bool(inside))
        dated.append(any(_agrees(one, event["date"]) for one in inside))
        if not dated[-1]:
            shown = ", ".join(f"{text[slice(*one.span)]} = {one.value}" for one in inside)
            wanted = f"“{event['time_expression']}” is {event['date']}"
            misses.append(f"{article['published']} {wanted}, found {shown or '-'}")
    return sum(named) / max(1, len(named)), sum(dated) / max(1, len(dated)), misses


def _inside(found: Sequence[TimeExpression], text: str, words: str) -> list[TimeExpression]:
    places = [match.span() for match in re.finditer(re.escape(words), text)]
    return [one for one in found if any(one.span.start < end and start < one.span.end for start, end in places)]


def _agrees(one: TimeExpression, wanted: str) -> bool:
    """Whether the start of an expression is the date, as far as that is given; a month may hold a week."""
    if one.start is None or one.end is None:
        return False
    last = one.end - timedelta(seconds=1)
    if len(wanted) == len("2025-06-05"):
        is_span = one.kind != "DURATION" and last - one.start > timedelta(days=1)
        return one.start.date().isoformat() == wanted and not is_span
    return one.start.date().isoformat().startswith(wanted)


def _text(captures: Path, name: str) -> str:
    path = next(captures.rglob(name))
    return path.read_bytes().decode("utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the figures of one half."""
    asked = argparse.ArgumentParser(prog="python -m quality.times")
    asked.add_argument("--half", choices=("tune", "test", "all"), default="test")
    asked.add_argument("--misses", action="store_true", help="show what was missed")
    given = asked.parse_args()
    tally = scored(shared("data", "times", "meantime.jsonl"), given.half)
    lines = [f"{name:10} {value:.4f}" for name, value in tally.figures().items()]
    sys.stdout.write("\n".join([*lines, *(tally.misses if given.misses else ())]) + "\n")


if __name__ == "__main__":
    main()
