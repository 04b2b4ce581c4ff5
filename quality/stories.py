"""How well articles become stories, beside the best that online TF-IDF clustering can do. Measures only.

Protocol. The two sets of `told.py` are streamed through a Placer, in order of day, undated articles last. Five folds,
events whole (and both twins of a topic of ECB+): for each fold both lines of `readout.group.score` are learned from the
other four folds of both sets together (`workshop.stories`), so that one setting serves both; the whole set is streamed
by them, and only the articles of the fold left out are scored. Nothing else is tuned here: two articles or groups
belong together where the log-odds are 0 or more. What was chosen with both sets in view: the factors for titles,
openings and names in `features.py`, the facts of `score.py`, from which log-odds articles are settled together, and the
penalty of the groups' line. Figures move by a hundredth with the cut of the folds, so what is judged is the mean of
seventeen cuts; the first of them was looked at whenever something was measured. Names are those of the annotation, as
in an archive.

  B-cubed      means over articles of precision and recall (Bagga and Baldwin 1998), and F1 of the two
  pairs        F1 of "one story" over pairs of articles ("standard F1")
  ARI          adjusted Rand index (Hubert and Arabie 1985)
  orders       B-cubed F1 between the stories of one order and those of nine shuffled ones, the least, with the weights
               that ship
The rival is online clustering over TF-IDF in the same run: words of two letters and more without the same stop words,
smoothed inverse document frequency of the whole set beforehand, articles in the same order, each joining the nearest
centroid from a cosine on; that threshold is the best of 42 for each set by itself, chosen by looking at the answers.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import comb
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from quality.figures import Figure, corpus, shared
from quality.told import SETS, Told
from readout.group.features import Features, stop_words
from readout.group.place import Placer
from readout.group.score import Scale
from readout.models import ArticleId
from workshop.stories import Lesson, learned, lesson, seen

FOLDS = 5
CUTS = range(17)  # ways to cut the folds
ORDERS = 10
MARGIN, _VECTOR_MARGIN = 0.03, 0.05
_FLOORS = {"galaxy": 0.84, "ecbplus": 0.91}
_VECTOR_FLOORS = {"galaxy": 0.865, "ecbplus": 0.915}
_STABLE = 0.97
_THRESHOLDS = np.arange(0.08, 0.5, 0.01)
_WORD = re.compile(r"\b\w\w+\b")
Labels = Sequence[str]
Scored = tuple[Labels, Sequence[int] | NDArray[np.intp]]


def measure() -> Iterator[Figure]:
    """The figures of both sets, and those with sentence vectors where $READOUT_VECTORS names a model. Raises Absent."""
    lessons = [lesson(name) for name in SETS]
    cuts = _cuts(lessons)
    for name, one in zip(SETS, lessons, strict=True):
        yield from _of_set(name, one, cuts)
    if os.environ.get("READOUT_VECTORS"):
        yield from _with_vectors()


def _cuts(lessons: Sequence[Lesson]) -> list[list[Scale]]:
    """For each fold of each cut the lines that saw nothing of it."""
    return [
        [learned(lessons, [one.folds(FOLDS, cut) != out for one in lessons]) for out in range(FOLDS)] for cut in CUTS
    ]


def _found(one: Lesson, told: Sequence[Features], cut: int, scales: Sequence[Scale]) -> list[Scored]:
    """The stories by the lines of each fold, with the articles of that fold."""
    folds = one.folds(FOLDS, cut)
    return [(streamed(told, scale), np.flatnonzero(folds == out)) for out, scale in enumerate(scales)]


def _mean(one: Lesson, told: Sequence[Features], cuts: Sequence[Sequence[Scale]]) -> float:
    """The mean F1 of all cuts."""
    events = one.events.tolist()
    return fmean(b_cubed(_found(one, told, cut, scales), events)[2] for cut, scales in enumerate(cuts))


def _rival(one: Lesson) -> float:
    events = one.events.tolist()
    return max(b_cubed([(labels, range(len(events)))], events)[2] for labels in online(one.articles))


def _with_vectors() -> Iterator[Figure]:
    lessons = [lesson(name, vectors=True) for name in SETS]
    cuts = _cuts(lessons)
    for name, one in zip(SETS, lessons, strict=True):
        data = corpus(name, [shared("data", "clusters", f"{name}.jsonl")])
        told = seen(one.articles, vectors=True)
        f1 = b_cubed(_found(one, told, 0, cuts[0]), one.events.tolist())[2]
        rival = _rival(one)
        yield Figure(f"{name}: B-cubed F1, with vectors", f1, _VECTOR_FLOORS[name], data)
        yield Figure(f"{name}: above online TF-IDF, with vectors", f1 - rival, None, data)
        mean = _mean(one, told, cuts) - rival
        yield Figure(f"{name}: the same, mean of {len(CUTS)} cuts", mean, _VECTOR_MARGIN, data)


def _of_set(name: str, one: Lesson, cuts: Sequence[Sequence[Scale]]) -> Iterator[Figure]:
    data = corpus(name, [shared("data", "clusters", f"{name}.jsonl")])
    events = [each.event for each in one.articles]
    told = seen(one.articles)
    ours = _found(one, told, 0, cuts[0])
    found = [labels for labels, _ in ours]
    precision, recall, f1 = b_cubed(ours, events)
    rival = _rival(one)
    yield Figure(f"{name}: B-cubed F1", f1, _FLOORS[name], data, misses(found[0], one.articles))
    yield Figure(f"{name}: B-cubed precision", precision, None, data)
    yield Figure(f"{name}: B-cubed recall", recall, None, data)
    yield Figure(f"{name}: online TF-IDF at its best", rival, None, data)
    yield Figure(f"{name}: above it", f1 - rival, None, data)
    yield Figure(f"{name}: the same, mean of {len(CUTS)} cuts", _mean(one, told, cuts) - rival, MARGIN, data)
    yield Figure(f"{name}: pairs F1", _pairs_f1(ours, events), None, data)
    yield Figure(f"{name}: ARI, mean of folds", sum(ari(labels, events) for labels in found) / FOLDS, None, data)
    yield Figure(f"{name}: orders agree", _stability(told), _STABLE, data)


def streamed(seen: Sequence[Features], scale: Scale | None = None, order: Sequence[int] | None = None) -> list[str]:
    """The story of each article, taken in in that order."""
    placer = Placer(scale)
    placer.add((ArticleId(str(number)), seen[number]) for number in order or range(len(seen)))
    story = {article: one.id for one in placer.stories() for article in one.articles}
    return [story[ArticleId(str(number))] for number in range(len(seen))]


def _stability(seen: Sequence[Features]) -> float:
    first = streamed(seen)
    agreements = []
    for seed in range(1, ORDERS):
        order = list(range(len(seen)))
        random.Random(seed).shuffle(order)  # noqa: S311 - no secret
        agreements.append(b_cubed([(streamed(seen, None, order), range(len(seen)))], first)[2])
    return min(agreements)


def b_cubed(found: Sequence[Scored], events: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 over the articles named beside each labelling of all articles."""
    rights: list[tuple[float, float]] = []
    theirs = Counter(events)
    for labels, scored in found:
        both, mine = Counter(zip(labels, events, strict=True)), Counter(labels)
        rights += [
            (both[labels[at], events[at]] / mine[labels[at]], both[labels[at], events[at]] / theirs[events[at]])
            for at in scored
        ]
    precision, recall = (sum(one[side] for one in rights) / len(rights) for side in (0, 1))
    return precision, recall, 2 * precision * recall / (precision + recall)


def _pairs_f1(found: Sequence[Scored], events: Labels) -> float:
    """Over pairs of which one article is scored."""
    hits = told_same = same = 0
    theirs = Counter(events)
    for labels, scored in found:
        both, mine = Counter(zip(labels, events, strict=True)), Counter(labels)
        for at in scored:
            hits += both[labels[at], events[at]] - 1
            told_same += mine[labels[at]] - 1
            same += theirs[events[at]] - 1
    return 2 * hits / (told_same + same)


def ari(labels: Labels, events: Labels) -> float:
    """The adjusted Rand index of two labellings."""
    together, mine, theirs = (
        sum(comb(count, 2) for count in Counter(some).values())
        for some in (list(zip(labels, events, strict=True)), labels, events)
    )
    expected = mine * theirs / comb(len(labels), 2)
    return (together - expected) / ((mine + theirs) / 2 - expected)


def misses(labels: Labels, articles: Sequence[Told]) -> tuple[str, ...]:
    """Stories that hold more than one event, the largest first."""
    held: dict[str, Counter[str]] = {}
    for label, one in zip(labels, articles, strict=True):
        held.setdefault(label, Counter())[one.event] += 1
    mixed = sorted((one for one in held.values() if len(one) > 1), key=lambda one: -one.total())
    return tuple(
        "in one story: " + ", ".join(f"{count} of {event}" for event, count in one.most_common()) for one in mixed
    )


def online(articles: Sequence[Told]) -> Iterator[list[str]]:
    """What online TF-IDF clustering makes of them, at each threshold."""
    like = _cosines([f"{one.title}\n{one.body}" for one in articles])
    for threshold in _THRESHOLDS:
        yield _online(like, float(threshold))


def _cosines(texts: Sequence[str]) -> NDArray[np.float64]:
    counts = [Counter(word for word in _WORD.findall(text.lower()) if word not in stop_words()) for text in texts]
    frequency = Counter(word for one in counts for word in one)
    column = {word: at for at, word in enumerate(frequency)}
    table = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, one in enumerate(counts):
        for word, count in one.items():
            table[row, column[word]] = count * (np.log((1 + len(texts)) / (1 + frequency[word])) + 1)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return (table @ table.T).astype(np.float64)


def _online(like: NDArray[np.float64], threshold: float) -> list[str]:
    sums = np.zeros_like(like)  # of the cosines between each cluster's members and every article
    norms = np.zeros(len(like))
    labels: list[str] = []
    clusters = 0
    for number in range(len(like)):
        scores = sums[:clusters, number] / np.sqrt(norms[:clusters])
        best = int(scores.argmax()) if clusters else 0
        if not clusters or scores[best] < threshold:
            best = clusters
            clusters += 1
        norms[best] += 2 * sums[best, number] + like[number, number]
        sums[best] += like[number]
        labels.append(str(best))
    return labels
