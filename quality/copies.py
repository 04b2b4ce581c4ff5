"""How well copies are found and told apart, over 37,554 articles of 491 outlets (2012–2020).

    python -m quality.copies [--half tune|judge]

All articles go through the finder in the order of the file, as they would arrive.
  recall     of the listed pairs whose exact containment of word 8-grams is at least .5, those found: as a relation
             whose texts are found to share that much. The list (`duplicates`) holds about half of all such pairs.
  precision  of the relations found to share that much, those that do: counted again here, word by word, with no hash,
             no sketch and another splitting of words (a word keeps its apostrophes; its letters are ASCII)
  kinds      of 100 pairs drawn from the list by containment and by same or other outlet, labelled by reading both
             texts before there were rules (`copies_kinds.jsonl`), those of the right kind. Rules were worked out on
             the half `tune`; the half `judge` counts. Labels go by these meanings: a reprint is another outlet's whole
             text, hardly changed; edited, most of both; partial, a good part of the text is the article; an excerpt is
             quoted or used in an article of its own, also from one's own earlier ones, or both quote the same words;
             boilerplate, an outlet's box, gallery, list or notice; an update, the same outlet's article again.
An outlet is a registrable domain here: the file's own names differ for one article.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus, shared
from readout.group.copies import Text, relation
from readout.group.finder import Finder, Sketch
from readout.group.origins import same_outlet
from readout.group.overlap import common
from readout.models import ArticleId, Copy

FLOORS = {"recall": 0.98, "precision": 0.99, "kinds": 0.9}
LABELS = Path(__file__).with_name("copies_kinds.jsonl")
_LEAST = 0.5
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z0-9]+)*")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "gov", "net", "org"})

Pair = frozenset[str]


def measure() -> Iterator[Figure]:
    """The three figures. Raises Absent where the data is not here."""
    file, listed = (
        shared("data", "volume", "news_2012_2020.jsonl.gz"),
        shared("data", "duplicates", "abp_pairs_even.jsonl"),
    )
    texts = dict(articles(file))
    finder, found = taken_in(texts)
    where = corpus("news 2012–2020", [listed])
    wanted = {_pair(row["id1"], row["id2"]) for row in _rows(listed) if row["containment8"] >= _LEAST}
    alike = {pair for pair, copy in found.items() if _contained(texts, copy) >= _LEAST}
    missed = sorted(" ".join(sorted(pair)) for pair in wanted - alike)
    yield Figure("recall", 1 - len(missed) / len(wanted), FLOORS["recall"], where, tuple(missed))
    wrong = sorted(" ".join(sorted(pair)) for pair in alike if _exact(texts, pair) < _LEAST)
    yield Figure("precision", 1 - len(wrong) / len(alike), FLOORS["precision"], where, tuple(wrong))
    right, all_, misses = kinds(finder, texts, "judge")
    yield Figure(
        "kinds", right / all_, FLOORS["kinds"], corpus("pairs labelled, half `judge`", [LABELS]), tuple(misses)
    )


def articles(file: Path) -> Iterator[tuple[ArticleId, Text]]:
    """The articles of the file in its order."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            published = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row["date"] else None
            yield (
                ArticleId(row["id"]),
                Text(ArticleId(row["id"]), outlet(row["domain"]), published, row["text"], give=timedelta(days=1)),
            )


def outlet(domain: str) -> str:
    """The registrable part of a host's name, near enough."""
    labels = domain.split(".")
    return ".".join(labels[-3:] if labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else labels[-2:])


def taken_in(texts: Mapping[ArticleId, Text]) -> tuple[Finder, dict[Pair, Copy]]:
    """The finder with all of them, and every relation it found on the way. Words are counted again each time they are
    asked for: all of them would not fit in memory.
    """
    finder = Finder()
    found: dict[Pair, Copy] = {}

    def fresh(id_: ArticleId) -> Text:
        return _fresh(texts[id_])

    for text in texts.values():
        for copy in finder.add(_fresh(text), fresh).copies:
            found[_pair(copy.original, copy.copy)] = copy
    return finder, found


def kinds(finder: Finder, texts: Mapping[ArticleId, Text], half: str) -> tuple[int, int, list[str]]:
    """Of the labelled pairs of that half how many are of the right kind, how many there are, and a line a miss."""
    misses = []
    rows = [row for row in _rows(LABELS) if row["half"] == half]
    for row in rows:
        one, other = texts[row["one"]], texts[row["other"]]
        said = relation(one, other, *([finder.furniture(one)] if same_outlet(one.outlet, other.outlet) else []))
        if said is None or said.kind != row["kind"]:
            why = f"{said.kind}: {'; '.join(said.reasons)}" if said else "nothing"
            misses.append(f"{row['one']} {row['other']} is {row['kind']}, found {why}")
    return len(rows) - len(misses), len(rows), misses


def _fresh(text: Text) -> Text:
    return replace(text)


def _pair(one: str, other: str) -> Pair:
    return frozenset((one, other))


def _contained(texts: Mapping[ArticleId, Text], copy: Copy) -> float:
    if copy.identical:
        return 1.0
    one, other = (_fresh(texts[id_]).words for id_ in (copy.original, copy.copy))
    return len(common(one, other)) / max(1, min(len(one.distinct), len(other.distinct)))


def _exact(texts: Mapping[ArticleId, Text], pair: Pair) -> float:
    """How much of the word 8-grams of one the other has, by comparing the words themselves."""
    one, other = (_grams(texts[ArticleId(id_)].body) for id_ in pair)
    return len(one & other) / max(1, min(len(one), len(other)))


@cache
def _grams(body: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(body.lower().replace("’", "'"))
    return frozenset(tuple(words[at : at + 8]) for at in range(len(words) - 7))


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print how the kinds of one half are told."""
    asked = argparse.ArgumentParser(prog="python -m quality.copies")
    asked.add_argument("--half", choices=("tune", "judge"), default="tune")
    texts = dict(articles(shared("data", "volume", "news_2012_2020.jsonl.gz")))
    finder = Finder()
    finder.restore((text.id, text.outlet, Sketch.of(_fresh(text)).encode()) for text in texts.values())
    right, all_, misses = kinds(finder, texts, asked.parse_args().half)
    sys.stdout.write("\n".join([f"kinds {right} of {all_}", *misses]) + "\n")


if __name__ == "__main__":
    main()
