"""How well figures are read: the quantities of the sample corpus that its answers list, by value, unit and modifier.

    python -m quality.quantities

The words of each answer are looked for in the article they come from; a figure found that overlaps them is the one.
  value     of the answers, the share with such a figure of the same value, in the unit that both compare in
  modifier  of those, the share with the same modifier, or with none where none is told
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from quality.figures import Figure, corpus, share
from readout import pipeline
from readout.annotate import figures
from readout.annotate.material import material
from readout.annotate.measures import in_base, measures
from readout.models import Article, CaptureBasis, Media, Page
from readout.models import Figure as Quantity

FLOORS = {"value": 0.88, "modifier": 0.9}
_SAMPLE = Path(str(files("readout") / "sample"))
_COUNTS = frozenset({"people", "jobs"})
_NEAR = 1e-6

Row = dict[str, Any]


class Judged(NamedTuple):
    """An answer with the figure found at its words, if its value is right."""

    answer: Row
    words: str
    found: Quantity | None


def measure() -> Iterator[Figure]:
    """The figures over the sample."""
    judged = list(_judged())
    right = [one for one in judged if one.found]
    where = corpus("sample figures", [_SAMPLE / "answers" / "figures.jsonl"])
    misses = tuple(f"{one.answer['file']} “{one.words}” is {one.answer['value']}" for one in judged if not one.found)
    yield Figure("value", share([one.found is not None for one in judged]), FLOORS["value"], where, misses)
    same = [one.found is not None and one.found.modifier == one.answer["qualifier"] for one in right]
    yield Figure("modifier", share(same), FLOORS["modifier"], where)


def _judged() -> Iterator[Judged]:
    media = {line["file"]: line for line in _rows(_SAMPLE / "manifest.jsonl")}
    for matter in _rows(_SAMPLE / "answers" / "figures.jsonl"):
        for answer in matter["values"]:
            page = _page(media[answer["file"]])
            words = _words(page.text[slice(*answer["span"])])
            yield Judged(answer, words, _found(pipeline.harvest(page).articles, words, answer, matter["unit"]))


def _page(line: Row) -> Page:
    captured = datetime.fromisoformat(line["captured"]) if line["captured"] else None
    basis = CaptureBasis.DECLARED if captured else CaptureBasis.UNKNOWN
    content = (_SAMPLE / line["file"]).read_bytes()
    return Page(content, Media(line["media"]), line["file"], captured=captured, captured_basis=basis)


def _words(piece: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", piece)).split())


def _found(articles: Sequence[Article], words: str, answer: Row, unit: str) -> Quantity | None:
    for article in articles:
        read = material(article)
        at = read.reading.text.find(words)
        if at < 0:
            continue
        for one in figures.figures(read):
            if one.span.start < at + len(words) and at < one.span.end and _is(one, answer["value"], unit):
                return one
    return None


def _is(one: Quantity, value: float, unit: str) -> bool:
    name = "" if unit in _COUNTS else measures().units.get(unit, unit)
    (wanted, base), (low, ours) = in_base(value, name), in_base(one.low, one.unit)
    return base == ours and abs(low - wanted) <= _NEAR * max(1.0, wanted)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the figures."""
    for figure in measure():
        sys.stdout.write("\n".join([f"{figure.name:10} {figure.value:.4f}", *figure.misses]) + "\n")


if __name__ == "__main__":
    main()
