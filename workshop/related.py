"""The weights by which articles are told to be about one matter: `python -m workshop.related` writes related.toml.

Two lines over facts of pairs (see readout.group.library). `matter`, a logistic regression: of an article's candidates
among all articles of the two sets of quality/told.py and 20,000 others, which are of its event; sets weigh alike, an
article the less the larger its event. No fact of time, since what stands around an event's articles comes from other
years. `alike`, a ridge regression: the degree from 1 to 4 (4 is the same story here) that people gave to pairs of
English articles (SemEval-2022 Task 8, training part; their least is best, so degrees are counted from the other end).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality.figures import shared
from quality.told import SETS, told
from readout.group import score
from readout.group.features import Features, of_text
from readout.group.library import ALIKE_FACTS, MATTER_FACTS, Library, compared
from readout.group.score import PAIR_FACTS, Line
from readout.models import ArticleId

TABLE = Path("src/readout/group/related.toml")
DISTRACTORS = 20_000
FOLDS = 5
_DEPTH = 32  # candidates of each article that are learned from
_SMOOTHING = 10.0
_MASS = 5000.0
_RIDGE = 30.0
_TITLE_WORDS = 12
_EPOCH = date(1970, 1, 1)
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """The articles with events, and of each its candidates: their numbers, -1 for an article of no event, and facts."""

    ids: tuple[str, ...]
    sets: NDArray[np.str_]
    events: NDArray[np.str_]
    folds: NDArray[np.intp]
    candidates: NDArray[np.intp]  # (n, LOOKED_AT)
    facts: NDArray[np.float32]  # (n, LOOKED_AT, len(PAIR_FACTS))

    @property
    def same(self) -> NDArray[np.bool_]:
        """Which candidates are of the article's event (n, LOOKED_AT)."""
        known: NDArray[np.bool_] = self.candidates >= 0
        same: NDArray[np.bool_] = known & (self.events[self.candidates] == self.events[:, None])
        return same


@dataclass(frozen=True)
class Text:
    """An article as it is ranked by both sides; `event` and `kept_whole` are empty for one that only distracts."""

    set: str
    id: str
    title: str
    body: str
    day: int | None
    event: str = ""
    kept_whole: str = ""


def texts() -> Iterator[Text]:
    """The articles with events, then those that distract. Raises Absent."""
    for name in SETS:
        for one in told(name):
            yield Text(name, f"{name} {one.id}", one.title, one.body, one.day, f"{name} {one.event}", one.kept_whole)
    file = shared("data", "volume", "news_2012_2020.jsonl.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in islice(lines, DISTRACTORS):
            row = json.loads(line)
            day = (date.fromisoformat(row["date"][:10]) - _EPOCH).days if row["date"] else None
            yield Text("", row["id"], row["title"], row["text"], day)


def asked(some: Sequence[tuple[Text, Features]]) -> Asked:
    """Ask for the candidates of each article with an event among all."""
    library = Library()
    for text, features in some:
        library.add(ArticleId(text.id), features)
    queries = [(text, features) for text, features in some if text.event]
    number = {text.id: at for at, (text, _) in enumerate(queries)}
    found = [library.near(features, without={ArticleId(text.id)}) for text, features in queries]
    facts = np.stack([compared(features, one.rows) for (_, features), one in zip(queries, found, strict=True)])
    candidates = np.array([[number.get(article, -1) for article in one.articles] for one in found])
    order = np.argsort(-facts[:, :, 0], axis=1, kind="stable")  # by cosine: not by the weights that ship
    return Asked(
        tuple(text.id for text, _ in queries),
        np.array([text.set for text, _ in queries]),
        np.array([text.event for text, _ in queries]),
        np.array([_fold(text.kept_whole) for text, _ in queries]),
        np.take_along_axis(candidates, order, axis=1),
        np.take_along_axis(facts, order[:, :, None], axis=1).astype(np.float32),
    )


def learned(one: Asked, used: NDArray[np.bool_]) -> Line:
    """The line of the same matter from those queries, whose candidates of other queries' events are left out too."""
    sizes = Counter(one.events.tolist())
    weight = np.array([sizes[event] ** -0.5 for event in one.events.tolist()])
    for name in SETS:
        weight[one.sets == name] /= weight[used & (one.sets == name)].sum()
    allowed = (one.candidates[:, :_DEPTH] < 0) | used[one.candidates[:, :_DEPTH]]
    where = allowed & used[:, None]
    facts = one.facts[:, :_DEPTH][..., [PAIR_FACTS.index(name) for name in MATTER_FACTS]].astype(np.float64)
    spread = np.repeat(weight[:, None], _DEPTH, 1) * _MASS
    return _logistic(facts[where], one.same[:, :_DEPTH][where], spread[where])


def pairs() -> tuple[Array, Array]:
    """The facts of pairs (n, len(PAIR_FACTS)), and the degree 1..4, 4 for the same story, people gave them."""
    facts, degrees = [], []
    with shared("data", "similarity", "semeval22_task8_train.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["lang"] == "en":
                one, other = (of_text(*_title_and_body(row[name])) for name in ("text1", "text2"))
                facts.append(compared(one, score.stacked([other]))[0])
                degrees.append(5.0 - row["overall"])
    return np.array(facts), np.array(degrees)


def ridge(facts: Array, degrees: Array) -> Line:
    """The line of how alike two articles are."""
    chosen = facts[:, [PAIR_FACTS.index(name) for name in ALIKE_FACTS]]
    means, spreads = chosen.mean(0), chosen.std(0) + 1e-6
    table = (chosen - means) / spreads
    weights = np.linalg.solve(table.T @ table + _RIDGE * np.eye(len(means)), table.T @ (degrees - degrees.mean()))
    return Line(means, spreads, weights, float(degrees.mean()))


def _title_and_body(text: str) -> tuple[str, str]:
    """Titles are run together with texts there: the first line is one, or else the first words are."""
    first, _, rest = text.strip().partition("\n")
    if rest and len(first) < 250:
        return first, rest
    return " ".join(text.split()[:_TITLE_WORDS]), text


def _fold(kept_whole: str) -> int:
    return hashlib.blake2b(kept_whole.encode(), digest_size=4).digest()[1] % FOLDS


def _logistic(facts: Array, same: NDArray[np.bool_], weights: Array) -> Line:
    """Logistic regression with an L2 penalty by Newton's method; the offset is free."""
    means, spreads = facts.mean(0), facts.std(0) + 1e-6
    table = np.c_[(facts - means) / spreads, np.ones(len(facts))]
    penalty = np.r_[np.full(facts.shape[1], _SMOOTHING), 1e-6]
    line = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ line, -30, 30)))
        slope = table.T @ (weights * (chance - same)) + penalty * line
        curve = (table * (weights * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        line -= step
        if np.abs(step).max() < 1e-5:
            break
    return Line(means, spreads, line[:-1], float(line[-1]))


def main() -> None:
    """Learn from everything and write the table."""
    one = asked([(text, of_text(text.title, text.body, text.day)) for text in texts()])
    TABLE.write_text(table(learned(one, np.ones(len(one.ids), dtype=bool)), ridge(*pairs())), encoding="utf-8")


def table(matter: Line, alike: Line) -> str:
    """The lines as the package reads them."""
    lines = [
        "# What articles about one matter are told by, and how alike people find two: the mean and spread of each",
        "# fact, and its weight. See library.py. Written by `python -m workshop.related`, never by hand; its docstring",
        "# says what was learned from what.",
    ]
    for name, line, facts in (("matter", matter, MATTER_FACTS), ("alike", alike, ALIKE_FACTS)):
        lines += ["", f"[{name}]", f"offset = {line.offset:.4f}", "", f"[{name}.facts]"]
        for fact, mean, spread, weight in zip(facts, line.means, line.spreads, line.weights, strict=True):
            lines.append(f"{fact} = [{mean:.5f}, {spread:.5f}, {weight:.4f}]")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
