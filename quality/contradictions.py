"""How surely a contradiction is told from what only looks like one: pairs of our own, and headlines beside articles.

  python -m quality.contradictions

`pairs.jsonl` holds pairs of sentences written for this, half of them traps (figures that moved, other places, other
units, opposed wishes, irony, quotations inside quotations); a digest of the words put each into the half on which
rules were worked out (`tuned`) or the one that judges (`held`), before there was a rule. Every sentence goes through
annotation as an article of its own, of one and the same day.
  precision   of the pairs called a contradiction, those that are one
  recall      of the contradictions, those called one
  agreement   pairs whose relation is right, of all
Headlines and articles are the related pairs of FNC-1 (2017), every second article: agree, disagree or discuss. The
relation of a headline to an article is that of the headline to the sentences nearest to it; the thresholds are chosen
on other articles than those they are used on (folds by article).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus
from readout.annotate.annotator import annotation
from readout.compare.relate import relate
from readout.compare.told import Report, Told, everything
from readout.models import (
    Article,
    ArticleKind,
    Basis,
    Moment,
    PageId,
    Paragraph,
    Precision,
    Relation,
    Role,
)

PAIRS = Path(__file__).with_name("pairs.jsonl")
FLOORS = {"precision": 0.95, "recall": 0.60}
DAY = datetime(2031, 3, 5, 12, tzinfo=UTC)
Row = dict[str, Any]


def measure() -> Iterator[Figure]:
    """The figures of both halves of the pairs; floors hold for the half that judges."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    data = corpus("pairs", [PAIRS])
    for half in ("tuned", "held"):
        mine = [row for row in rows if row["half"] == half]
        found = [related(row["one"], row["other"]) for row in mine]
        called = [row for row, relation in zip(mine, found, strict=True) if relation is Relation.CONTRADICT]
        wanted = [row for row in mine if row["relation"] == "contradict"]
        right = [row for row in called if row["relation"] == "contradict"]
        shown = half == "tuned"  # the misses of the half that judges stay unseen
        floors = {} if shown else FLOORS
        yield Figure(
            f"contradictions: precision, {half}",
            len(right) / max(1, len(called)),
            floors.get("precision"),
            data,
            _listed([row for row in called if row not in right]) if shown else (),
        )
        yield Figure(
            f"contradictions: recall, {half}",
            len(right) / len(wanted),
            floors.get("recall"),
            data,
            _listed([row for row in wanted if row not in right]) if shown else (),
        )
        same = sum(row["relation"] == str(relation) for row, relation in zip(mine, found, strict=True))
        yield Figure(f"contradictions: agreement, {half}", same / len(mine), None, data)


def _listed(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(f"{row['id']} {row['kind']}: {row['one']} | {row['other']}" for row in rows)


def related(one: str, other: str) -> Relation:
    """How two sentences relate, each an article of its own."""
    a, b = told_in(one, 0)[0], told_in(other, 1)[0]
    return relate(a, b).relation


def told_in(text: str, position: int) -> list[Told]:
    """What an article of these words tells."""
    article = Article(
        page=PageId(f"{position:064d}"),
        position=position,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title="",
        title_span=None,
        extractor="quality/1",
        outlet=f"Outlet {position}",
        paragraphs=tuple(Paragraph(line, ()) for line in text.split("\n") if line.strip()),
        published=Moment(DAY, Precision.DAY, Basis.STATED, "March 5, 2031"),
    )
    return everything(Report(article, annotation(article)))
