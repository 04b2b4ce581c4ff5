"""Every article of the archive by its features, whenever it was published: what may be about the same matter as a text.

Numbers only, about a kilobyte an article; rebuilt by adding every article again. Time parts nothing here: what happened
a year ago may be the very beginning of the matter. It finds and scores; it gives no reasons and chooses nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from readout.group import score
from readout.group.cosines import Cosines
from readout.group.features import BUCKETS, Features, rarity
from readout.group.kept import Kept
from readout.group.score import PAIR_FACTS, Line, Rows
from readout.models import ArticleId

LOOKED_AT = 40  # candidates that are compared exactly
MATTER_FACTS = ("words_root", "names_most", "title_most", "lead", "numbers", "shared", "length")
ALIKE_FACTS = ("words_root", "title_most")
_ASKED, _FEWEST_ASKED = 3.0, 12  # rarity, and how many such features there must be
_FEWEST_SHARED = 3  # features that two on one matter share at least,
_NEARLY_ALL = 0.7  # or else this cosine, where both say little
_NEVER, _TINY = 20.0, 1e-6
_LEAST_ALIKE, _MOST_ALIKE = 1.0, 4.0  # the degrees that people gave


@dataclass(frozen=True)
class Neighbours:
    """Articles that may be about the same matter, the likeliest first: `odds` (n,) are log-odds that they are, and
    `likeness` (n,) 0..1 how alike people would find them. `rows` are their features.
    """

    articles: tuple[ArticleId, ...]
    outlets: tuple[str, ...]
    odds: NDArray[np.float64]
    likeness: NDArray[np.float64]
    rows: Rows


class Library:
    """The index. `len` counts articles; adding one again replaces what was known of it. Safe for threads."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._cosines = Cosines(self._kept.rows)
        self._outlets: list[str] = []
        self._live = bytearray()  # of each row, whether it counts
        self._row: dict[ArticleId, int] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._row)

    @property
    def dead(self) -> int:
        """How many rows are held in vain, of articles that were forgotten or replaced."""
        return len(self._live) - len(self._row)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._row

    def add(self, article: ArticleId, features: Features) -> None:
        """Take an article in."""
        with self._lock:
            self._add(article, features)

    def _add(self, article: ArticleId, features: Features) -> None:
        held = self._row.get(article)
        if held is not None and self._kept.holds(held, features):
            return
        self.forget((article,))
        row = len(self._live)
        self._kept.add(article, features)
        self._outlets.append(features.outlet)
        self._live.append(1)
        self._row[article] = row
        self._cosines.grow(len(self._live))

    def forget(self, articles: Collection[ArticleId]) -> None:
        """Leave those articles out from now on."""
        with self._lock:
            for article in articles:
                row = self._row.pop(article, None)
                if row is not None:
                    self._live[row] = 0

    def keep(self, articles: Collection[ArticleId]) -> None:
        """Leave out all but those."""
        with self._lock:
            self.forget([one for one in self._row if one not in articles])

    def near(self, features: Features, *, without: Collection[ArticleId] = (), count: int = LOOKED_AT) -> Neighbours:
        """The articles that share most with these features, but for those in `without`."""
        with self._lock:
            return self._near(features, without, count)

    def _near(self, features: Features, without: Collection[ArticleId], count: int) -> Neighbours:
        live = np.frombuffer(bytes(self._live), dtype=np.bool_)
        found = self._cosines.near(_asking(features), live, count + len(without))
        rows = [row for row in found.tolist() if self._kept.articles[row] not in without][:count]
        table = self._kept.rows(rows)
        facts = compared(features, table)
        odds = of_one_matter(facts)
        order = np.array(sorted(range(len(rows)), key=lambda at: (-odds[at], self._kept.articles[rows[at]])), np.intp)
        chosen = [rows[at] for at in order.tolist()]
        return Neighbours(
            tuple(self._kept.articles[row] for row in chosen),
            tuple(self._outlets[row] for row in chosen),
            odds[order],
            degree(facts[order]),
            self._kept.rows(chosen),
        )


_MATTER = [PAIR_FACTS.index(name) for name in MATTER_FACTS]


def _asking(features: Features) -> Features:
    """What an article asks the index by: words that many have would bring many, and tell little."""
    idf = rarity()
    rare = np.array([idf[id_ % BUCKETS] >= _ASKED for id_ in features.ids.tolist()], dtype=np.bool_)
    if rare.sum() < _FEWEST_ASKED:
        return features
    return replace(features, ids=features.ids[rare], weights=features.weights[rare], kinds=features.kinds[rare])


_SHARED, _WORDS = PAIR_FACTS.index("shared"), PAIR_FACTS.index("words")
_ALIKE = [PAIR_FACTS.index(name) for name in ALIKE_FACTS]


def compared(features: Features, others: Rows) -> NDArray[np.float64]:
    """The facts (n, len(PAIR_FACTS)) of one article and each of n others."""
    one = score.aligned(score.stacked([features]), features.ids)
    facts: NDArray[np.float64] = score.pairs(one, score.aligned(others, features.ids))[0].astype(np.float64)
    return facts


def of_one_matter(facts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log-odds (n,) that facts (n, len(PAIR_FACTS)) tell; of two that share next to nothing, a place or an agency,
    far below any.
    """
    odds = matter().odds(facts[:, _MATTER])
    odds[(facts[:, _SHARED] < np.log1p(_FEWEST_SHARED) - _TINY) & (facts[:, _WORDS] < _NEARLY_ALL)] = -_NEVER
    return odds


def likeness(one: Features, other: Features) -> float:
    """How alike people would find two articles, 0..1, whatever their days."""
    return float(degree(compared(one, score.stacked([other])))[0])


def degree(facts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The likeness (n,) that facts (n, len(PAIR_FACTS)) tell."""
    given = alike().odds(facts[:, _ALIKE])
    scaled: NDArray[np.float64] = np.clip((given - _LEAST_ALIKE) / (_MOST_ALIKE - _LEAST_ALIKE), 0.0, 1.0)
    return scaled


@cache
def matter() -> Line:
    """The line that tells the same matter, as it ships; see the card in related.toml."""
    return _line("matter", MATTER_FACTS)


@cache
def alike() -> Line:
    """The line that tells how alike two articles are, as it ships; see the card in related.toml."""
    return _line("alike", ALIKE_FACTS)


def _line(name: str, facts: tuple[str, ...]) -> Line:
    import tomllib

    table = tomllib.loads(files("readout.group").joinpath("related.toml").read_text(encoding="utf-8"))[name]
    values = np.array([table["facts"][fact] for fact in facts], dtype=np.float64)
    return Line(values[:, 0], values[:, 1], values[:, 2], float(table["offset"]))
