"""The weights by which articles are told to be of one story: `python -m workshop.stories` writes stories.toml, and
`python -m workshop.stories --vectors` meaning.toml: the same with a vector of what each article means, made by the
model in $READOUT_VECTORS.

Two logistic regressions (see readout.group.score): one over pairs of articles, one over pairs of groups as average
linkage meets them. Learned from the two sets of quality/told.py, each weighing alike, an event's pairs weighing as
much as its articles are many. Names are those of the annotation, as in an archive. The groups' line learns from pairs
scored by lines that did not see their events, and is held back: some thousand meetings are few for fifteen facts that
are much alike.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality import vectors as known
from quality.told import SETS, Told, article, fold, told
from readout.annotate.annotator import annotation
from readout.group import cluster, score
from readout.group.features import Features, features, opening
from readout.group.score import FLOOR, MEANING_FACTS, MERGE_FACTS, PAIR_FACTS, Line, Rows, Scale

TABLE = Path("src/readout/group/stories.toml")
WITH_VECTORS = Path("src/readout/group/meaning.toml")
INNER = 4  # folds within what is learned from
_LEAST = 0.02  # cosine: pairs below say nothing
_PAIR_PENALTY, _GROUP_PENALTY = 10.0, 320.0
_PAIR_MASS = 5000.0  # what all pairs of one set weigh together
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Lesson:
    """One set, ready to learn from: its articles, their rows, and the facts of all pairs (n, n, facts)."""

    articles: tuple[Told, ...]
    rows: Rows
    facts: NDArray[np.float32]
    events: NDArray[np.str_]

    def folds(self, count: int, cut: int = 0) -> NDArray[np.intp]:
        """The fold of each article, in one of the ways to cut them."""
        return np.array([fold(one, count, cut) for one in self.articles])


def seen(articles: Sequence[Told], *, vectors: bool = False) -> list[Features]:
    """The features of some articles. Raises Absent."""
    found = [_annotated(one) for one in articles]
    if not vectors:
        return found
    meanings = known.vectors([opening(one.title, one.body) for one in articles])
    return [replace(one, meaning=meaning) for one, meaning in zip(found, meanings, strict=True)]


@cache
def _annotated(one: Told) -> Features:
    held = article(one)
    return features(held, annotation(held))


def lesson(name: str, *, vectors: bool = False) -> Lesson:
    """A set by its name. Raises Absent."""
    articles = tuple(told(name))
    rows = score.stacked(seen(articles, vectors=vectors))
    side = score.aligned(rows, score.common(rows))
    events = np.array([one.event for one in articles])
    return Lesson(articles, rows, score.pairs(side, side), events)


def learned(lessons: Sequence[Lesson], used: Sequence[Mask]) -> Scale:
    """Both lines, from those articles of each set alone."""
    held = [one.folds(INNER) for one in lessons]
    lines: dict[frozenset[int], Line] = {}
    meetings = []
    for one, mask, folds in zip(lessons, used, held, strict=True):
        matrix = np.full(one.facts.shape[:2], -FLOOR)
        for a in range(INNER):
            for b in range(INNER):
                without = frozenset({a, b})
                if without not in lines:
                    lines[without] = _pair_line(
                        lessons, [m & ~np.isin(f, list(without)) for m, f in zip(used, held, strict=True)]
                    )
                where = np.outer(folds == a, folds == b)
                matrix[where] = lines[without].odds(one.facts[where])
        matrix = np.triu(matrix, 1)
        meetings.append(_meetings(one, mask, np.clip(matrix + matrix.T, -FLOOR, FLOOR)))
    return Scale(_pair_line(lessons, used), _merge_line(meetings))


def _pair_line(lessons: Sequence[Lesson], used: Sequence[Mask]) -> Line:
    facts, same, weights = [], [], []
    for one, mask in zip(lessons, used, strict=True):
        where = np.triu(np.outer(mask, mask), 1) & (one.facts[:, :, 0] > _LEAST)
        left, right = np.nonzero(where)
        alike = one.events[left] == one.events[right]
        sizes = Counter(one.events[mask].tolist())
        weight = np.ones(len(alike))
        weight[alike] = [1 / sizes[event] for event in one.events[left[alike]].tolist()]
        facts.append(one.facts[left, right].astype(np.float64))
        same.append(alike)
        weights.append(weight * (_PAIR_MASS / weight.sum()))
    return _fitted(np.concatenate(facts), np.concatenate(same), np.concatenate(weights), _PAIR_PENALTY)


def _meetings(one: Lesson, mask: Mask, matrix: Array) -> tuple[Array, Mask, Array]:
    """The facts of groups that meet among those articles, whether most of both are one event's, and their weights."""
    chosen = np.flatnonzero(mask)
    rows = Rows(one.rows.ids[chosen], one.rows.weights[chosen], one.rows.kinds[chosen], one.rows.days[chosen])
    matrix = matrix[np.ix_(chosen, chosen)].copy()
    np.fill_diagonal(matrix, 0)
    met = cluster.meetings(rows, matrix)
    events = one.events[chosen]
    same = [_most(events, each.left) == _most(events, each.right) for each in met]
    weights = np.array([min(len(each.left), len(each.right)) ** 0.5 for each in met])
    return np.array([each.facts for each in met]), np.array(same), weights


def _most(events: NDArray[np.str_], members: Sequence[int]) -> str:
    counts: Counter[str] = Counter(events[list(members)].tolist())
    return counts.most_common(1)[0][0]


def _merge_line(met: Sequence[tuple[Array, Mask, Array]]) -> Line:
    """Sets weigh alike here too, in proportion to the number of meetings they have together."""
    total = sum(float(weights.sum()) for _, _, weights in met)
    even = [weights * (total / len(met) / float(weights.sum())) for _, _, weights in met]
    facts, same = ([one[part] for one in met] for part in (0, 1))
    return _fitted(np.concatenate(facts), np.concatenate(same), np.concatenate(even), _GROUP_PENALTY)


def _fitted(facts: Array, same: Mask, weights: Array, penalty: float) -> Line:
    """Logistic regression with an L2 penalty by Newton's method; the offset is free."""
    means, spreads = facts.mean(0), facts.std(0) + 1e-6
    table = np.c_[(facts - means) / spreads, np.ones(len(facts))]
    penalties = np.r_[np.full(facts.shape[1], penalty), 1e-6]
    line = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ line, -30, 30)))
        slope = table.T @ (weights * (chance - same)) + penalties * line
        curve = (table * (weights * chance * (1 - chance))[:, None]).T @ table + np.diag(penalties)
        step = np.linalg.solve(curve, slope)
        line -= step
        if np.abs(step).max() < 1e-5:
            break
    return Line(means, spreads, line[:-1], float(line[-1]))


def main() -> None:
    """Learn from everything and write the table."""
    vectors = sys.argv[1:] == ["--vectors"]
    lessons = [lesson(name, vectors=vectors) for name in SETS]
    scale = learned(lessons, [np.ones(len(one.articles), dtype=bool) for one in lessons])
    (WITH_VECTORS if vectors else TABLE).write_text(_table(scale), encoding="utf-8")


def _table(scale: Scale) -> str:
    lines = [
        "# By which facts articles are told to be of one story: mean and spread of each, and its weight. See score.py.",
        "# Written by `python -m workshop.stories`, never by hand.",
    ]
    of_pairs = PAIR_FACTS + MEANING_FACTS[: len(scale.pair.weights) - len(PAIR_FACTS)]
    for name, line, facts in (("pair", scale.pair, of_pairs), ("merge", scale.merge, MERGE_FACTS)):
        lines += ["", f"[{name}]", f"offset = {line.offset:.4f}", "", f"[{name}.facts]"]
        for fact, mean, spread, weight in zip(facts, line.means, line.spreads, line.weights, strict=True):
            lines.append(f"{fact} = [{mean:.5f}, {spread:.5f}, {weight:.4f}]")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
