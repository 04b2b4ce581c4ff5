"""How well what is about the same matter is found, beside BM25; and how like people's our word on likeness is.

    python -m quality.related

Each article of galaxy and ecbplus (see `told.py`) asks for what is related, among all others and 20,000 news articles
that distract (volume); right is what is of the same event (a sub-topic of ecbplus, so that the twin topic is wrong).
Articles whose event has no other are left out.
  recall@5    of the five first, how many are right, over five or as many as there are
  nDCG@10     discounted gain over ten, right or wrong (Järvelin and Kekäläinen 2002)
  found       of the right ones, the share among the candidates that are compared exactly
The line that ranks is learned from four of five folds (events and topics whole) and judged on the fifth, five times.
Which seven facts it has was chosen on every second event or topic; features and candidates were not changed for it.
The rival is BM25 (Robertson and others 1994; k1 1.5, b 0.75) over title and body in lower case without the same stop
words, asked with the whole article, each word as often as it stands there: the best of six ways that were tried. On
galaxy alone it is ahead: an article there is told by more words than the features keep.

Where $READOUT_VECTORS names a model, a second rival is the cosine of its vectors of title and opening. It is asked
among the articles with events alone: whatever distracts could only come before a right one, so its figures among all
articles are at most these, and 20,000 vectors need not be made for a bar.

Likeness: Pearson's correlation with the degrees that people gave to 161 pairs of English articles (SemEval-2022 Task 8,
training part, "overall"), by a line learned from nine of ten parts and judged on the tenth, mean of five ways to part.
"""

from __future__ import annotations

import os
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from quality.figures import Figure, corpus, shared
from quality.told import SETS
from quality.vectors import vectors
from readout.group.features import of_text, opening, stop_words
from readout.group.library import ALIKE_FACTS, LOOKED_AT, MATTER_FACTS
from readout.group.score import PAIR_FACTS
from workshop.related import FOLDS, Asked, asked, learned, pairs, ridge, texts

FLOORS = {"recall@5": 0.90, "nDCG@10": 0.88, "Pearson": 0.79}
_FIRST, _TEN = 5, 10
_K1, _B = 1.5, 0.75
_PARTS, _WAYS = 10, 5
_WORD = re.compile(r"\b\w\w+\b")
Numbers = NDArray[np.intp]


def measure() -> Iterator[Figure]:
    """All figures. Raises Absent."""
    files = [shared("data", "clusters", f"{name}.jsonl") for name in SETS]
    where = corpus("galaxy, ecbplus in volume", files)
    one = asked([(text, of_text(text.title, text.body, text.day)) for text in texts()])
    ours, rival = judged(one, ranked(one)), judged(one, bm25([f"{text.title}\n{text.body}" for text in texts()], one))
    for name, mine, theirs in zip(("recall@5", "nDCG@10"), ours, rival, strict=True):
        has = ~np.isnan(mine)
        yield Figure(
            name, float(mine[has].mean()), FLOORS[name], where, misses(one, mine) if name == "recall@5" else ()
        )
        yield Figure(f"{name}: BM25", float(theirs[has].mean()), None, where)
        yield Figure(f"{name}: above BM25", float(mine[has].mean() - theirs[has].mean()), 0.0, where)
        for each in SETS:
            of_set = has & (one.sets == each)
            yield Figure(f"{name}: {each}", float(mine[of_set].mean()), None, where)
            yield Figure(f"{name}: {each}, BM25", float(theirs[of_set].mean()), None, where)
    if os.environ.get("READOUT_VECTORS"):
        for name, mine, theirs in zip(("recall@5", "nDCG@10"), ours, judged(one, by_vectors(one)), strict=True):
            has = ~np.isnan(mine)
            yield Figure(f"{name}: vectors alone, at most", float(theirs[has].mean()), None, where)
            yield Figure(f"{name}: above vectors alone, at least", float((mine - theirs)[has].mean()), 0.0, where)
    yield Figure("found", found(one), None, where)
    where = corpus("SemEval-2022 Task 8, English", [shared("data", "similarity", "semeval22_task8_train.jsonl")])
    yield Figure("likeness: Pearson", pearson(), FLOORS["Pearson"], where)


def ranked(one: Asked) -> Numbers:
    """The candidates of each article, the likeliest first, by lines that saw nothing of its event."""
    odds = np.zeros(one.candidates.shape)
    chosen = one.facts[..., [PAIR_FACTS.index(name) for name in MATTER_FACTS]]
    for out in range(FOLDS):
        mask = one.folds == out
        odds[mask] = learned(one, ~mask).odds(chosen[mask])
    return np.take_along_axis(one.candidates, np.argsort(-odds, axis=1, kind="stable"), axis=1)


def judged(one: Asked, ranks: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The recall among five and the gain over ten of each article; NaN where its event has no other."""
    others = np.array([(one.events == event).sum() - 1 for event in one.events.tolist()])
    hits = (ranks >= 0) & (one.events[ranks] == one.events[:, None])
    discount = 1 / np.log2(np.arange(2, _TEN + 2))
    best = np.array([discount[:count].sum() for count in others.tolist()])
    none = others == 0
    recall = np.where(none, np.nan, hits[:, :_FIRST].sum(1) / np.maximum(1, np.minimum(_FIRST, others)))
    gain = np.where(none, np.nan, hits[:, :_TEN] @ discount / np.maximum(best, 1e-9))
    return recall, gain


def found(one: Asked) -> float:
    """Of the pairs of one event, as far as candidates can hold them, the share that are candidates."""
    others = np.array([(one.events == event).sum() - 1 for event in one.events.tolist()])
    return float(one.same.sum() / np.minimum(others, LOOKED_AT).sum())


def misses(one: Asked, recall: NDArray[np.float64]) -> tuple[str, ...]:
    """The articles that find least, a line each."""
    worst = [at for at in np.argsort(recall, kind="stable").tolist() if recall[at] < 1]
    return tuple(f"{one.ids[at]} ({one.events[at]}): {recall[at]:.2f}" for at in worst)


def bm25(documents: Sequence[str], one: Asked) -> Numbers:
    """The ten best of all documents for each of the first ones; -1 for one of no event."""
    column: dict[str, int] = {}
    columns, counts, sizes = array("i"), array("i"), array("i")
    for text in documents:
        words = Counter(word for word in _WORD.findall(text.lower()) if word not in stop_words())
        columns.extend(column.setdefault(word, len(column)) for word in words)
        counts.extend(words.values())
        sizes.append(len(words))
    at, count = np.frombuffer(columns, np.int32), np.frombuffer(counts, np.int32).astype(np.float32)
    document = np.repeat(np.arange(len(sizes)), np.frombuffer(sizes, np.int32))
    worth = _worth(at, count, document, len(sizes))
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(len(column) + 1))
    posted, weights = document[order], worth[order]
    edges = np.concatenate([[0], np.cumsum(np.frombuffer(sizes, np.int32))])
    best = []
    for query in range(len(one.ids)):
        mine = slice(edges[query], edges[query + 1])
        scores = np.zeros(len(sizes))
        for word, often in zip(at[mine].tolist(), count[mine].tolist(), strict=True):
            places = slice(starts[word], starts[word + 1])
            scores[posted[places]] += weights[places] * often
        scores[query] = -1
        best.append(np.argsort(-scores, kind="stable")[:_TEN])
    first = np.array(best)
    return np.where(first < len(one.ids), first, -1)


def by_vectors(one: Asked) -> Numbers:
    """The ten nearest by their vectors, among the articles with events. Raises Absent."""
    first = list(islice(texts(), len(one.ids)))
    openings = [[opening(text.title, text.body) for text in first if text.set == name] for name in SETS]
    table = np.concatenate([vectors(some) for some in openings]).astype(np.float32)
    cosines = table @ table.T
    np.fill_diagonal(cosines, -np.inf)
    return np.argsort(-cosines, axis=1, kind="stable")[:, :_TEN]


def _worth(at: NDArray[np.int32], count: NDArray[np.float32], document: Numbers, documents: int) -> NDArray[np.float64]:
    """What each word of each document is worth to a query that has it once."""
    frequency = np.bincount(at)
    rarity = np.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
    length = np.bincount(document, count, documents)
    scaled = _K1 * (1 - _B + _B * length[document] / length.mean())
    worth: NDArray[np.float64] = rarity[at] * count * (_K1 + 1) / (count + scaled)
    return worth


def pearson() -> float:
    """The correlation of likeness with people's degrees, by lines that did not see the pair."""
    facts, degrees = pairs()
    chosen = [PAIR_FACTS.index(name) for name in ALIKE_FACTS]
    found = []
    for way in range(_WAYS):
        part = np.random.default_rng(way).permutation(len(degrees)) % _PARTS
        told = np.zeros(len(degrees))
        for out in range(_PARTS):
            told[part == out] = ridge(facts[part != out], degrees[part != out]).odds(facts[part == out][:, chosen])
        found.append(np.corrcoef(told, degrees)[0, 1])
    return float(np.mean(found))
