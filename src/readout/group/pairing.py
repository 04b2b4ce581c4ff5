"""The facts of many pairs at once, of articles that arrive and of those that each may belong with: what `score.pairs`
gives, but for the last digits, at a price that goes by the features that two have in common.

Pure arithmetic; nothing is judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from readout.group.features import KEPT, LEAD, NAME, NUMBER, TITLE
from readout.group.score import MEANING_FACTS, PAIR_FACTS, TINY, Rows, of_meaning, times

Places = NDArray[np.intp]
_KINDS = (NAME, TITLE, LEAD)
_NOWHERE = -1


def facts(left: Rows, right: Rows, one: Places, other: Places) -> NDArray[np.float64]:
    """The facts of p pairs, (p, facts), of which `one` (p,) and `other` (p,) are rows on the left and on the right.
    Those of meaning are the last, where both sides have vectors, and NaN for who has none.
    """
    found = _Shared.of(left, right, one, other)
    a, b = _Whole.of(left), _Whole.of(right)
    size = len(PAIR_FACTS) + (len(MEANING_FACTS) if left.meanings is not None and right.meanings is not None else 0)
    facts = np.empty((len(one), size))
    put = {name: facts[:, at] for at, name in enumerate(PAIR_FACTS)}
    worth = found.here * found.there
    both = found.kinds & found.kinds_there
    put["words"][:] = found.summed(worth)
    for at, (name, kind) in enumerate(zip(("names", "titles", "lead"), _KINDS, strict=True)):
        norms = a.norms[at, one] * b.norms[at, other] + TINY
        put[name][:] = found.summed(worth * ((both & kind) > 0)) / norms
    for at, (name, kind) in enumerate((("names", NAME), ("title", TITLE))):
        mine, yours = a.masses[at, one], b.masses[at, other]
        of_mine = found.summed(found.here**2 * ((found.kinds & kind) > 0)) / (mine + TINY)
        of_yours = found.summed(found.there**2 * ((found.kinds_there & kind) > 0)) / (yours + TINY)
        put[f"{name}_least"][:] = np.minimum(of_mine, of_yours) * ((mine > 0) & (yours > 0))
        put[f"{name}_most"][:] = np.maximum(of_mine, of_yours)
    put["numbers"][:] = np.log1p(found.summed((both & NUMBER) > 0))
    put["matter"][:] = found.summed(worth * (((found.kinds | found.kinds_there) & NAME) == 0))
    put["words_root"][:], put["matter_root"][:] = np.sqrt(put["words"]), np.sqrt(put["matter"])
    put["shared"][:] = np.log1p(found.summed(np.ones(len(found.pair))))
    put["dated"][:], put["days"][:], put["near"][:] = times(left.days[one], right.days[other])
    put["length"][:] = np.log1p(np.minimum(a.sizes[one], b.sizes[other]))
    put["words_by_days"][:] = put["words"] * put["days"]
    if left.meanings is not None and right.meanings is not None:
        cosines = _cosines(left.meanings[one], right.meanings[other])
        facts[:, len(PAIR_FACTS) :] = of_meaning(cosines, put["dated"], put["days"]).T
    return facts


def _cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float64]:
    cosines: NDArray[np.float64] = np.einsum("pw,pw->p", left, right).astype(np.float64)
    cosines[~(left.any(axis=1) & right.any(axis=1))] = np.nan
    return cosines


@dataclass(frozen=True)
class _Whole:
    """What of each row as a whole goes into facts: squared weights of names, titles and leads (3, n), their roots, and
    how many features there are.
    """

    masses: NDArray[np.float64]
    norms: NDArray[np.float64]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Rows) -> Self:
        squares = rows.weights.astype(np.float64) ** 2
        masses = np.stack([np.where((rows.kinds & kind) > 0, squares, 0).sum(axis=1) for kind in _KINDS])
        return cls(masses, np.sqrt(masses), np.count_nonzero(rows.weights, axis=1))


@dataclass(frozen=True)
class _Shared:
    """The features that pairs have in common, one after the other: of which pair, and the weights and kinds on
    both sides.
    """

    count: int
    pair: Places
    here: NDArray[np.float64]
    there: NDArray[np.float64]
    kinds: NDArray[np.uint8]
    kinds_there: NDArray[np.uint8]

    @classmethod
    def of(cls, left: Rows, right: Rows, one: Places, other: Places) -> Self:
        columns = np.unique(left.ids[left.weights > 0])
        row, place = np.nonzero(left.weights > 0)
        table = np.full((len(left), len(columns) + 1), _NOWHERE, dtype=np.int8)  # where each column stands in a row
        table[row, np.searchsorted(columns, left.ids[row, place])] = place
        at = np.searchsorted(columns, right.ids)
        known = (np.append(columns, 0)[at] == right.ids) & (right.weights > 0) & (at < len(columns))
        at[~known] = len(columns)
        met = table.take(one[:, None] * np.intp(len(columns) + 1) + at[other])
        pair, there = np.nonzero(met >= 0)
        here = met[pair, there].astype(np.intp) + one[pair] * KEPT
        there += other[pair] * KEPT
        weights = left.weights.take(here).astype(np.float64), right.weights.take(there).astype(np.float64)
        return cls(len(one), pair, *weights, left.kinds.take(here), right.kinds.take(there))

    def summed(self, values: NDArray[np.floating] | NDArray[np.bool_]) -> NDArray[np.float64]:
        """The sum of the values over each pair."""
        return np.asarray(np.bincount(self.pair, values, self.count), dtype=np.float64)
