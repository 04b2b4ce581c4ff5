"""How alike two articles are, and two groups of articles: tables of facts, a linear score each, and reasons in words.

Pure arithmetic on features: no story, no index, no clock. The facts of a pair are cosines in several subspaces (all
words, names, title, lead), what share of the one's title and names the other has, shared numbers, and days between;
the facts of two groups are how their pairs score and which words all of one side have and none of the other (such
words tell two alike matters apart: another patient, another storm). Where articles have vectors of meaning, their
cosine is a fact of a pair more, and so is the cosine of those that are known to be of the same days; there are weights
of their own for that. Weights are learned by logistic regression (see stories.toml and meaning.toml); a score is a
log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from readout.group.features import KEPT, LEAD, NAME, NUMBER, TITLE, Features
from readout.models import Reason

Floats = NDArray[np.float32]
FAR = 60.0  # days: what lies further apart counts as this far
FLOOR = 6.0  # no single pair may say more than this
_NEAR, _SPELL = 3.0, 10.0  # days: within the one the same, within the other still talked of
TINY = 1e-6
_FEWEST_SHARED = 4  # features that two of one story share at least,
_NEARLY_ALL = 0.7  # or else this cosine, where both say little

PAIR_FACTS = (
    "words",
    "words_root",
    "names",
    "title_least",
    "title_most",
    "titles",
    "lead",
    "numbers",
    "names_least",
    "names_most",
    "matter",
    "matter_root",
    "shared",
    "dated",
    "days",
    "near",
    "length",
    "words_by_days",
)
MEANING_FACTS = ("meaning", "meaning_square", "meaning_near")  # of two that both have vectors, after the others
_MEANING, _DATED, _DAYS = len(PAIR_FACTS), PAIR_FACTS.index("dated"), PAIR_FACTS.index("days")
MERGE_FACTS = (
    "mean",
    "best",
    "worst",
    "within",
    "apart",
    "centres",
    "names",
    "own_names_most",
    "own_names_least",
    "own_words_least",
    "own_numbers_least",
    "smaller",
    "larger",
    "days",
    "spread",
)


@dataclass(frozen=True)
class Line:
    """A linear score over facts: log-odds = (facts - means) / spreads · weights + offset."""

    means: NDArray[np.float64]
    spreads: NDArray[np.float64]
    weights: NDArray[np.float64]
    offset: float

    def odds(self, facts: NDArray[np.floating]) -> NDArray[np.float64]:
        """Log-odds for facts in the last dimension."""
        scaled = self.weights / self.spreads
        odds: NDArray[np.float64] = facts @ scaled + (self.offset - float(self.means @ scaled))
        return odds


@dataclass(frozen=True)
class Scale:
    """What a Placer judges by: the pair's line and the groups' line."""

    pair: Line
    merge: Line

    def pairs(self, facts: NDArray[np.floating]) -> NDArray[np.float64]:
        """The log-odds of pairs, within ± FLOOR; of two that share next to nothing, a place or an agency, -FLOOR."""
        odds = np.clip(self.pair.odds(self.fitting(facts)), -FLOOR, FLOOR)
        shared, words = facts[..., PAIR_FACTS.index("shared")], facts[..., PAIR_FACTS.index("words")]
        odds[(shared < np.log1p(_FEWEST_SHARED) - TINY) & (words < _NEARLY_ALL)] = -FLOOR
        return odds

    def fitting(self, facts: NDArray[np.floating]) -> NDArray[np.floating]:
        """The facts that these weights are for; a meaning that one of two articles lacks is taken to be as usual."""
        size, given = len(self.pair.weights), facts.shape[-1]
        if size == len(PAIR_FACTS):
            return facts[..., :size]
        if given < size:
            lacking = np.full((*facts.shape[:-1], size - given), np.nan, facts.dtype)
            facts = np.concatenate([facts, lacking], axis=-1)
        lacks = np.isnan(facts[..., _MEANING])
        if lacks.any():
            facts = facts.astype(np.float64)
            dated, days = facts[lacks, _DATED], facts[lacks, _DAYS]
            facts[lacks, _MEANING:] = of_meaning(np.full_like(days, self.pair.means[_MEANING]), dated, days).T
        return facts


@dataclass(frozen=True)
class Rows:
    """Features of n articles, stacked: ids (n, KEPT), weights, kinds; days (n,), NaN where unknown; `meanings`
    (n, width) where any has a vector, 0 in those that have none.
    """

    ids: NDArray[np.uint32]
    weights: Floats
    kinds: NDArray[np.uint8]
    days: Floats
    meanings: Floats | None = None

    def __len__(self) -> int:
        return len(self.days)


def stacked(some: Sequence[Features]) -> Rows:
    """The features of some articles as rows."""
    ids = np.zeros((len(some), KEPT), dtype=np.uint32)
    weights = np.zeros((len(some), KEPT), dtype=np.float32)
    kinds = np.zeros((len(some), KEPT), dtype=np.uint8)
    for row, one in enumerate(some):
        size = len(one.ids)
        ids[row, :size], weights[row, :size], kinds[row, :size] = one.ids, one.weights, one.kinds
    days = np.array([np.nan if one.day is None else one.day for one in some], dtype=np.float32)
    return Rows(ids, weights, kinds, days, _meanings([one.meaning for one in some]))


def _meanings(some: Sequence[NDArray[np.floating] | None]) -> Floats | None:
    width = max((len(one) for one in some if one is not None), default=0)
    if not width:
        return None
    empty = np.zeros(width, dtype=np.float32)
    return np.stack([empty if one is None else one.astype(np.float32) for one in some])


def joined(some: Sequence[Rows]) -> Rows:
    """Rows below one another."""
    tables = zip(*((one.ids, one.weights, one.kinds, one.days) for one in some), strict=True)
    ids, weights, kinds, days = (np.concatenate(table) for table in tables)
    return Rows(ids, weights, kinds, days)


@dataclass(frozen=True)
class Aligned:
    """Rows over common columns: `weights` (n, v) with 0 where absent, `kinds` (n, v); `whole` are the rows."""

    weights: Floats
    kinds: NDArray[np.uint8]
    whole: Rows


def aligned(rows: Rows, columns: NDArray[np.uint32]) -> Aligned:
    """Those of the rows' features that are among `columns`, which ascend."""
    weights = np.zeros((len(rows), len(columns)), dtype=np.float32)
    kinds = np.zeros((len(rows), len(columns)), dtype=np.uint8)
    if len(columns):
        at = np.minimum(np.searchsorted(columns, rows.ids), len(columns) - 1)
        row, place = np.nonzero((columns[at] == rows.ids) & (rows.weights > 0))
        weights[row, at[row, place]] = rows.weights[row, place]
        kinds[row, at[row, place]] = rows.kinds[row, place]
    return Aligned(weights, kinds, rows)


def common(rows: Rows) -> NDArray[np.uint32]:
    """The ids that at least two of the rows have, ascending."""
    ids, counts = np.unique(rows.ids[rows.weights > 0], return_counts=True)
    return ids[counts > 1]


def pairs(left: Aligned, right: Aligned) -> NDArray[np.float32]:
    """The facts of every pair, (n, m, facts), for rows over the same columns, which hold all that pairs share. Those of
    meaning are the last, where both sides have vectors, and NaN for who has none.
    """
    a = _Side.of(left)
    b = a if right is left else _Side.of(right)
    meant = _cosines(left.whole.meanings, right.whole.meanings)
    size = len(PAIR_FACTS) + (0 if meant is None else len(MEANING_FACTS))
    facts = np.empty((size, len(left.weights), len(right.weights)), dtype=np.float32)
    put = dict(zip(PAIR_FACTS, facts, strict=False))
    np.matmul(a.weights, b.weights.T, out=put["words"])
    np.sqrt(put["words"], out=put["words_root"])
    cosines = np.matmul(a.of_kind, b.of_kind.transpose(0, 2, 1))
    for name, kind, cosine in zip(("names", "titles", "lead"), range(3), cosines, strict=True):
        np.divide(cosine, a.norms[kind][:, None] * b.norms[kind] + np.float32(TINY), out=put[name])
    least, most = _shares(a, b)
    put["names_least"][:], put["title_least"][:] = least
    put["names_most"][:], put["title_most"][:] = most
    np.log1p(a.numbers @ b.numbers.T, out=put["numbers"])
    np.matmul(a.matter, b.matter.T, out=put["matter"])
    np.sqrt(put["matter"], out=put["matter_root"])
    np.log1p(a.present @ b.present.T, out=put["shared"])
    put["dated"][:], put["days"][:], put["near"][:] = times(left.whole.days[:, None], right.whole.days)
    np.log1p(np.minimum(a.sizes[:, None], b.sizes), out=put["length"])
    np.multiply(put["words"], put["days"], out=put["words_by_days"])
    if meant is not None:
        facts[_MEANING:] = of_meaning(meant, put["dated"], put["days"])
    return facts.transpose(1, 2, 0)


def _cosines(left: Floats | None, right: Floats | None) -> Floats | None:
    """How alike each two mean (n, m), NaN where one has no vector; None where a whole side has none."""
    if left is None or right is None:
        return None
    cosines = left @ right.T
    cosines[~left.any(axis=1)] = np.nan
    cosines[:, ~right.any(axis=1)] = np.nan
    return cosines


def of_meaning(
    cosines: NDArray[np.floating], dated: NDArray[np.floating], days: NDArray[np.floating]
) -> NDArray[np.floating]:
    """MEANING_FACTS, in front of the dimensions of the others, which `times` gives; NaN where the cosine is."""
    near = dated * np.exp(-((np.expm1(days) / np.float32(_SPELL)) ** 2))
    return np.stack([cosines, cosines * cosines, cosines * near])


_KINDS = np.array([NAME, TITLE, LEAD], dtype=np.uint8)[:, None, None]


@dataclass(frozen=True)
class _Side:
    """What of some rows goes into facts: over the columns (n, v), and of each row as a whole (n,)."""

    weights: Floats
    present: Floats
    matter: Floats  # weights of what is no name
    numbers: Floats
    of_kind: Floats  # (3, n, v), weights of names, titles and leads
    masses: Floats  # (3, n), squared weights of these, all features counted
    norms: Floats
    sizes: Floats

    @classmethod
    def of(cls, rows: Aligned) -> Self:
        weights, kinds, whole = rows.weights, rows.kinds, rows.whole
        squares = whole.weights * whole.weights
        of_kind = weights * ((kinds & _KINDS) > 0)
        masses = np.einsum("ij,kij->ki", squares, ((whole.kinds & _KINDS) > 0).astype(np.float32))
        return cls(
            weights,
            (weights > 0).astype(np.float32),
            weights - of_kind[0],
            ((kinds & NUMBER) > 0).astype(np.float32),
            of_kind,
            masses,
            np.sqrt(masses),
            np.count_nonzero(squares, axis=1).astype(np.float32),
        )


def _shares(a: _Side, b: _Side) -> tuple[Floats, Floats]:
    """Of names and titles (2, n, m): the least and the most of the shares of one's weight that the other has."""
    mine, yours = a.masses[:2, :, None], b.masses[:2, None, :]
    of_mine = ((a.of_kind[:2] ** 2) @ b.present.T) / (mine + np.float32(TINY))
    if b is a:
        of_yours = of_mine.transpose(0, 2, 1)
    else:
        of_yours = (a.present @ (b.of_kind[:2] ** 2).transpose(0, 2, 1)) / (yours + np.float32(TINY))
    both = (mine > 0) & (yours > 0)
    return np.minimum(of_mine, of_yours) * both, np.maximum(of_mine, of_yours)


def times(left: Floats, right: Floats) -> tuple[Floats, Floats, Floats]:
    """Of days that stand side by side: whether both are known, how many lie between, and how near they are."""
    apart = np.abs(left - right)
    unknown = np.isnan(apart)
    near = np.exp(-((apart / np.float32(_NEAR)) ** 2))
    days = np.log1p(np.minimum(apart, np.float32(FAR)))
    if unknown.any():
        near[unknown] = days[unknown] = 0
    return (~unknown).astype(np.float32), days, near


_GROUPS = {
    "words": ("words", "words_root", "matter", "matter_root", "shared", "length", "words_by_days"),
    "names": ("names", "names_least", "names_most"),
    "title": ("title_least", "title_most", "titles"),
    "opening": ("lead",),
    "numbers": ("numbers",),
    "days": ("dated", "days", "near"),
    "meaning": MEANING_FACTS,
}
_ALL_FACTS = PAIR_FACTS + MEANING_FACTS
_WORDS_SHOWN = 6


def reasons(one: Features, others: Rows, scale: Scale) -> tuple[Reason, ...]:
    """Why an article does or does not belong with one other (`others` has one row): what each group of facts adds to
    the log-odds, measured against two articles picked at random, most first, with the shared words as evidence.
    """
    mine = stacked([one])
    facts = scale.fitting(pairs(aligned(mine, one.ids), aligned(others, one.ids)))[0, 0]
    adds = (facts - scale.pair.means) / scale.pair.spreads * scale.pair.weights
    found = []
    for group, names in _GROUPS.items():
        if group == "meaning" and (len(adds) == len(PAIR_FACTS) or one.meaning is None):
            continue
        weight = sum(float(adds[_ALL_FACTS.index(name)]) for name in names)
        fact = f"{'same' if weight > 0 else 'different'}_{group}"
        found.append(Reason(fact, round(weight, 2), _evidence(group, one, others)))
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


def _evidence(group: str, one: Features, other: Rows) -> str:
    if group == "days":
        day = float(other.days[0])
        known = one.day is not None and day == day  # noqa: PLR0124 - not a number
        return f"{abs((one.day or 0) - day):.0f} days apart" if known else "a day is unknown"
    if group == "meaning":
        found = _cosines(stacked([one]).meanings, other.meanings)
        return "" if found is None or np.isnan(found[0, 0]) else f"cosine {float(found[0, 0]):.2f}"
    kind = {"names": NAME, "title": TITLE, "opening": LEAD, "numbers": NUMBER}.get(group, 0)
    _, here, there = np.intersect1d(one.ids, other.ids[0], return_indices=True)
    kinds = one.kinds[here] & other.kinds[0, there] if group in {"title", "opening"} else one.kinds[here]
    told = (kinds & kind) > 0 if kind else np.ones(len(here), dtype=bool)
    best = np.argsort(-one.weights[here] * other.weights[0, there] * told, kind="stable")[:_WORDS_SHOWN]
    return ", ".join(one.words[here[at]] for at in best if told[at] and one.words)


@cache
def scale(*, meaning: bool = False) -> Scale:
    """The weights that ship with the package, for articles without or with vectors of meaning."""
    import tomllib

    name, facts = ("meaning.toml", _ALL_FACTS) if meaning else ("stories.toml", PAIR_FACTS)
    table = tomllib.loads(files("readout.group").joinpath(name).read_text(encoding="utf-8"))
    return Scale(_line(table["pair"], facts), _line(table["merge"], MERGE_FACTS))


def scale_for(rows: Rows) -> Scale:
    """The weights for those rows."""
    return scale(meaning=rows.meanings is not None)


def _line(table: Mapping[str, Mapping[str, Sequence[float]] | float], names: Sequence[str]) -> Line:
    facts = table["facts"]
    offset = table["offset"]
    if isinstance(facts, float | int) or not isinstance(offset, float | int):
        raise TypeError("a line has a table of facts and an offset")
    values = np.array([facts[name] for name in names], dtype=np.float64)
    return Line(values[:, 0], values[:, 1], values[:, 2], float(offset))
