"""How surely a contradiction is told from what only looks like one: pairs of our own, and headlines beside articles.

  python -m quality.contradictions

`pairs.jsonl` holds pairs of sentences written for this, half of them traps (figures that moved, other places, other
units, opposed wishes, irony, quotations inside quotations); a digest of the words put each into the half on which
rules were worked out (`tuned`) or the one that judges (`held`), before there was a rule. Every sentence goes through
annotation as an article of its own, of one and the same day.
  precision   of the pairs called a contradiction, those that are one
  recall      of the contradictions, those called one
  agreement   pairs whose relation is right, of all
Headlines and articles are the related pairs of FNC-1 (2017), every second article: agree, disagree or discuss. What
speaks for each is `readout.compare.stance`; only its three thresholds are chosen on these answers, and on other
articles than those they are used on (five folds by article). Words that tell doubt and denial were listed before the
answers were looked at, of which only how many there are of each was.
  macro-F1    the mean of F1 of agree, disagree and discuss
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from quality.figures import Absent, Figure, corpus, shared
from readout.annotate.annotator import annotation
from readout.compare.relate import relate
from readout.compare.stance import Stance, stance
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
FOLDS = 5
_ASKS = 0.3  # what a headline that asks or leaves open adds to the share of sentences that do
_GRID = list(
    product((0.15, 0.2, 0.3, 0.35, 0.45, 0.55, 0.7), (0.0, 0.2, 0.3, 0.4, 0.5), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6))
)
DAY = datetime(2031, 3, 5, 12, tzinfo=UTC)
Row = dict[str, Any]


def measure() -> Iterator[Figure]:
    """The figures of the pairs, then those of headlines where they are on this machine."""
    yield from pairs()
    try:
        yield from headlines()
    except Absent as why:
        sys.stderr.write(f"contradictions: headlines skipped, {why}\n")


def headlines() -> Iterator[Figure]:
    """The figures of headlines beside articles. Raises Absent."""
    path = shared("data", "claims", "fnc1_even_related.jsonl")
    seen = list(_stances(path))
    called: list[str] = [""] * len(seen)
    for fold in range(FOLDS):
        rest = [one for one in seen if one.fold != fold]
        best = max(_GRID, key=lambda limits: sum(f1([_called(one, limits) for one in rest], rest).values()))
        for at, one in enumerate(seen):
            if one.fold == fold:
                called[at] = _called(one, best)
    values = f1(called, seen)
    data = corpus("FNC-1, related, even", [path])
    yield Figure("headlines: macro-F1", sum(values.values()) / len(values), 0.45, data)
    for name, value in values.items():
        yield Figure(f"headlines: {name} F1", value, 0.25 if name == "disagree" else None, data)


@dataclass(frozen=True)
class Judged:
    """A headline beside an article: the fold of the article, the answer, and what speaks for which."""

    fold: int
    answer: str
    seen: Stance


def _stances(path: Path) -> Iterator[Judged]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = told_in(row["body"], 0)
        fold = hashlib.sha256(row["body_id"].encode()).digest()[0] % FOLDS
        for one in row["headlines"]:
            headline = told_in(one["headline"], 1)
            if headline:
                yield Judged(fold, one["stance"], stance(headline[0], body))


def _called(one: Judged, limits: tuple[float, float, float]) -> str:
    debunks, likeness, leaves_open = limits
    if one.seen.contradicts or one.seen.debunks >= debunks:
        return "disagree"
    is_open = one.seen.leaves_open + _ASKS * one.seen.asks
    return "agree" if one.seen.likeness >= likeness and is_open <= leaves_open else "discuss"


def f1(called: Sequence[str], answers: Sequence[Judged]) -> dict[str, float]:
    """F1 of each answer."""
    wanted, found = Counter(one.answer for one in answers), Counter(called)
    right = Counter(name for name, one in zip(called, answers, strict=True) if name == one.answer)
    return {name: 2 * right[name] / max(1, wanted[name] + found[name]) for name in ("agree", "disagree", "discuss")}


def pairs() -> Iterator[Figure]:
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
    return list(everything(Report(article, annotation(article))))
