"""How well names are told together: pairs of names, and the mentions of one article. Measures only; no tuning here.

  pairs     name_bench: F1 of "the same" at `names.match` 0.5 and more
  B-cubed   MEANTIME, within documents: annotated mentions of persons, bodies, places and products by name (syntactic
            type NAM or PRE.NAM, a capital letter in them); of two that name the same and lie in one another, the
            inner. Each is matched with one found mention of form "name" that overlaps it, the pair of largest
            intersection over union first; one without a match is alone in a set of its own. Precision and recall are
            means over the annotated mentions, and F1 of the two
Cases and documents are split in halves by the digest of what they hold: rules were written on the first, and the
second only counts.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from quality.figures import Figure, corpus, shared
from readout.annotate.entities import entities
from readout.annotate.names import match
from readout.annotate.tokens import tokens

Chars = tuple[int, int]
_KINDS = {"PER", "ORG", "LOC", "PRO"}
_FORMS = {"NAM", "PRE.NAM"}
_SAME = 0.5
_FLOORS = {"names: pairs F1, judged half": 0.75, "names: B-cubed F1, judged half": 0.85}


def measure() -> Iterator[Figure]:
    """The figures of both halves. Raises Absent."""
    yield from _pairs()
    yield from _chains()


def half(*parts: str) -> int:
    """0 for what rules were written on, 1 for what they are judged on."""
    return hashlib.blake2b("|".join(parts).encode(), digest_size=4).digest()[0] % 2


def _figure(name: str, which: int, value: float, data: str, misses: Sequence[str] = ()) -> Figure:
    full = f"names: {name}, {('tuned', 'judged')[which]} half"
    return Figure(full, value, _FLOORS.get(full), data, tuple(misses) if which == 0 else ())


def _pairs() -> Iterator[Figure]:
    path = shared("data", "names", "name_bench", "contrib", "name_bench", "cases.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for which in (0, 1):
        some = [row for row in rows if half(row["name1"], row["name2"]) == which]
        found = [match(row["name1"], row["name2"]) >= _SAME for row in some]
        same = [row["is_match"] == "true" for row in some]
        hits = sum(a and b for a, b in zip(found, same, strict=True))
        misses = [
            f"{row['name1']} | {row['name2']} are {'the same' if b else 'two'}"
            for row, a, b in zip(some, found, same, strict=True)
            if a != b
        ]
        yield _figure("pairs F1", which, 2 * hits / (sum(found) + sum(same)), corpus("name_bench", [path]), misses)


def _chains() -> Iterator[Figure]:
    path = shared("data", "times", "meantime.jsonl")
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    data = corpus("MEANTIME", [path])
    for which in (0, 1):
        sums = Counter[str]()
        for one in documents:
            if half(one["text"]) == which:
                sums.update(b_cubed(*_both(one)))
        precision, recall = sums["precision"] / sums["all"], sums["recall"] / sums["all"]
        yield _figure("B-cubed F1", which, 2 * precision * recall / (precision + recall), data)
        yield _figure("B-cubed precision", which, precision, data)
        yield _figure("B-cubed recall", which, recall, data)
        yield _figure("mentions found", which, sums["matched"] / sums["all"], data)


def _both(document: dict[str, Any]) -> tuple[dict[Chars, str], dict[Chars, str]]:
    """Annotated mentions by name, and found ones, each with the name of its set."""
    found = {
        (one.span.start, one.span.end): entity.id
        for entity in entities(tokens(document["text"]))
        for one in entity.mentions
        if one.form == "name"
    }
    return annotated(document), {span: str(number) for span, number in found.items()}


def annotated(document: dict[str, Any]) -> dict[Chars, str]:
    """The mentions by name of a document of MEANTIME, innermost ones, with their instance."""
    mentions = {
        (one["start"], one["end"]): one["instance"]
        for one in document["entities"]
        if one["syntactic_type"] in _FORMS and one["cls"] in _KINDS and any(map(str.isupper, one["text"] or ""))
    }
    return {
        span: instance
        for span, instance in mentions.items()
        if not any(
            other == instance and span[0] <= inner[0] and inner[1] <= span[1] and inner != span
            for inner, other in mentions.items()
        )
    }


def b_cubed(gold: dict[Chars, str], found: dict[Chars, str]) -> Counter[str]:
    """Sums over the annotated mentions of precision and recall, and how many were matched."""
    label = {span: f"alone {span}" for span in gold} | _matched(gold, found)
    sums = Counter[str](all=len(gold), matched=sum(not one.startswith("alone") for one in label.values()))
    ours: Counter[str] = Counter(label.values())
    theirs = Counter(gold.values())
    both = Counter((label[span], gold[span]) for span in gold)
    precision = sum(both[label[span], gold[span]] / ours[label[span]] for span in gold)
    recall = sum(both[label[span], gold[span]] / theirs[gold[span]] for span in gold)
    sums["precision"], sums["recall"] = precision, recall  # type: ignore[assignment]
    return sums


def _matched(gold: dict[Chars, str], found: dict[Chars, str]) -> dict[Chars, str]:
    rated = sorted(
        ((_overlap(a, b), a, b) for a in gold for b in found if a[0] < b[1] and b[0] < a[1]),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    label: dict[Chars, str] = {}
    used: set[Chars] = set()
    for _, a, b in rated:
        if a not in label and b not in used:
            label[a] = found[b]
            used.add(b)
    return label


def _overlap(a: Chars, b: Chars) -> float:
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))
