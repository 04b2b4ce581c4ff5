"""How well attributions are found, on annotated articles: measures and their definitions. No model is chosen here.

All spans are characters. A *piece* is one contiguous content span; discontinuous contents have several.
  exact     pieces with the very same ends, found against annotated: F1 of precision and recall
  soft      each piece's share of characters that the other side's best-overlapping spans (together) cover: mean over
            the found is precision, mean over the annotated recall, and F1 of the two
  token     words (runs of letters or digits) within content, found against annotated: F1
  attribution   pairs of one found and one annotated attribution whose contents' characters have an intersection over
            union of at least 0.5, each used once, best first: F1
  right source  the same pairs, kept only if the sources have an intersection over union of at least 0.5, or if
            neither has one
  recall by kind    of the annotated attributions of a kind, the share that is in such a pair. Direct: all of the
            content within quotation marks; indirect: no quotation mark in it; mixed: the rest
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus, shared
from readout.annotate import labeller
from readout.annotate.labeller import Attribution
from readout.annotate.tokens import Tokens, tokens

Chars = tuple[int, int]
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"^(?:[\"“„«‘]|''|``|').*(?:[\"”»’“]|''|')$", re.DOTALL)
_ANY_MARK = re.compile(r"[\"“”„«»‘]|''|``|(?<!\w)'(?=\w)|(?<=\W)['’](?!\w)")
IOU = 0.5
FLOORS = {
    "content token": 0.86,
    "content soft": 0.80,
    "content exact": 0.59,
    "source soft": 0.77,
    "attribution": 0.71,
    "attribution and source": 0.60,
    "recall indirect": 0.60,
}  # a little below what the shipped model reaches


@dataclass(frozen=True)
class Said:
    """An attribution, found or annotated: content pieces, cue and source."""

    content: tuple[Chars, ...]
    cue: Chars | None
    source: Chars | None


@dataclass
class Tally:
    """Sums of one measure: right among found, right among annotated, and their numbers."""

    right_found: float = 0
    found: float = 0
    right_gold: float = 0
    gold: float = 0

    def add(self, right_found: float, found: float, right_gold: float, gold: float) -> None:
        self.right_found += right_found
        self.found += found
        self.right_gold += right_gold
        self.gold += gold

    @property
    def f1(self) -> float:
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def precision(self) -> float:
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0


@dataclass
class Scores:
    """The tallies over all articles scored so far."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def figures(self) -> dict[str, float]:
        """F1 by measure, recall by kind, and the share of right sources among matched attributions."""
        kinds = ("direct", "indirect", "mixed")
        rows = {name: tally.f1 for name, tally in self.tallies.items() if name not in kinds}
        rows |= {f"recall {kind}": self[kind].recall for kind in kinds}
        pairs = self["attribution"].right_found
        rows["source right where matched"] = self["attribution and source"].right_found / pairs if pairs else 0.0
        return rows


def measure() -> Iterator[Figure]:
    """The figures on the articles kept for this. Raises Absent where they are not on this machine."""
    file = shared("data", "quotes", "quotes_polnear_dev.jsonl")
    for name, value in measured(file).items():
        yield Figure(name, value, FLOORS.get(name), corpus("PolNeAR dev", [file]))


def measured(
    path: Path | None = None, find: Callable[[Tokens], Sequence[Attribution]] | None = None
) -> dict[str, float]:
    """The figures on a file of annotated articles (by default the 84 kept for this), first annotator."""
    file = path or folder() / "quotes_polnear_dev.jsonl"
    finding = find or labeller.attributions
    scores = Scores()
    for text, gold in articles(file):
        score(scores, text, [said(one) for one in finding(tokens(text))], gold)
    return scores.figures()


def folder() -> Path:
    """Where the annotated articles lie. Raises Absent where they do not."""
    return shared("data", "quotes")


def articles(path: Path) -> Iterator[tuple[str, list[Said]]]:
    """The texts of a file of JSON lines, each with its first annotator's attributions."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            annotated = row["annotations"][0]["attributions"] if row["annotations"] else []
            yield row["text"], [_annotated(one) for one in annotated if one["content"]]


def said(one: Attribution) -> Said:
    """What is scored of an attribution found."""
    return Said(tuple((start, end) for start, end in one.content), one.cue, one.source)


def _annotated(row: dict[str, list[list[int]]]) -> Said:
    first = {name: (row[name][0][0], row[name][0][1]) if row[name] else None for name in ("cue", "source")}
    return Said(tuple((start, end) for start, end in row["content"]), first["cue"], first["source"])


def score(scores: Scores, text: str, found: Sequence[Said], gold: Sequence[Said]) -> None:
    """Add one article to `scores`."""
    for name in ("content", "cue", "source"):
        ours, theirs = set(_spans(found, name)), set(_spans(gold, name))
        both = len(ours & theirs)
        scores[f"{name} exact"].add(both, len(ours), both, len(theirs))
        scores[f"{name} soft"].add(_covered(ours, theirs), len(ours), _covered(theirs, ours), len(theirs))
    words = [match.span() for match in _WORD.finditer(text)]
    mine, right = (_words_in(words, _spans(side, "content")) for side in (found, gold))
    scores["content token"].add(len(mine & right), len(mine), len(mine & right), len(right))
    pairs = match(found, gold)
    scores["attribution"].add(len(pairs), len(found), len(pairs), len(gold))
    agreeing = sum(same_source(found[ours].source, gold[theirs].source) for ours, theirs in pairs)
    scores["attribution and source"].add(agreeing, len(found), agreeing, len(gold))
    kinds = [kind(text, one.content) for one in gold]
    hit = Counter(kinds[theirs] for _, theirs in pairs)
    for name, count in Counter(kinds).items():
        scores[name].add(0, 0, hit[name], count)


def match(found: Sequence[Said], gold: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs (found, gold) whose contents overlap enough, each used once, best first."""
    ranked = sorted(
        (
            (-overlap, ours, theirs)
            for ours, one in enumerate(found)
            for theirs, other in enumerate(gold)
            if (overlap := iou(one.content, other.content)) >= IOU
        ),
    )
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, ours, theirs in ranked:
        if ours not in used[0] and theirs not in used[1]:
            pairs.append((ours, theirs))
            used[0].add(ours)
            used[1].add(theirs)
    return pairs


def same_source(ours: Chars | None, theirs: Chars | None) -> bool:
    """Whether both are None, or both are there and overlap enough."""
    if ours is None or theirs is None:
        return ours is theirs
    return iou((ours,), (theirs,)) >= IOU


def iou(one: Sequence[Chars], other: Sequence[Chars]) -> float:
    """Intersection over union of two sets of characters, each given as disjoint spans."""
    shared = sum(_shared(a, b) for a in one for b in other)
    total = sum(end - start for start, end in (*one, *other)) - shared
    return shared / total if total else 0.0


def kind(text: str, content: Sequence[Chars]) -> str:
    """Direct, indirect or mixed, by the quotation marks in the content."""
    pieces = [text[start:end].strip(" \t\n\xa0.,") for start, end in content]
    if all(_QUOTED.match(piece) for piece in pieces):
        return "direct"
    return "mixed" if any(_ANY_MARK.search(f" {piece} ") for piece in pieces) else "indirect"


def _spans(side: Iterable[Said], name: str) -> Iterator[Chars]:
    for one in side:
        if name == "content":
            yield from one.content
        else:
            span = one.cue if name == "cue" else one.source
            if span is not None:
                yield span


def _shared(one: Chars, other: Chars) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _covered(spans: Iterable[Chars], by: Iterable[Chars]) -> float:
    merged = _merged(by)
    return sum(sum(_shared(one, other) for other in merged) / (one[1] - one[0]) for one in spans)


def _merged(spans: Iterable[Chars]) -> list[Chars]:
    merged: list[Chars] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _words_in(words: Sequence[Chars], spans: Iterable[Chars]) -> set[int]:
    merged = _merged(spans)
    held: set[int] = set()
    place = 0
    for number, (start, end) in enumerate(words):
        while place < len(merged) and merged[place][1] <= start:
            place += 1
        if place < len(merged) and merged[place][0] < end:
            held.add(number)
    return held


if __name__ == "__main__":
    for name, value in measured(Path(sys.argv[1]) if sys.argv[1:] else None).items():
        print(f"{name:28} {value:.3f}")
