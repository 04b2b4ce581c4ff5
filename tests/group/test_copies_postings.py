"""The index of fingerprints, against a dictionary that does the same plainly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readout.group.postings import Postings

FINGERPRINTS = st.sets(st.sampled_from([0, 1, 2, 7, 2**31, 2**32 - 2, 2**32 - 1]))


def _array(fingerprints: set[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(sorted(fingerprints), np.uint32)


def _found(index: Postings, asked: set[int]) -> list[tuple[int, int]]:
    places, numbers = index.probe(_array(asked))
    return sorted(zip((sorted(asked)[place] for place in places.tolist()), numbers.tolist(), strict=True))


@given(st.lists(FINGERPRINTS, max_size=20), st.sets(st.integers(0, 19)), FINGERPRINTS)
def test_what_was_added_is_found_until_it_is_forgotten(held: list[set[int]], gone: set[int], asked: set[int]) -> None:
    index = Postings()
    for number, fingerprints in enumerate(held):
        index.add([number], [_array(fingerprints)])
    wanted = sorted((one, number) for number, fingerprints in enumerate(held) for one in fingerprints & asked)
    assert _found(index, asked) == wanted
    assert len(index) == sum(map(len, held))
    index.forget(gone)
    assert _found(index, asked) == [(one, number) for one, number in wanted if number not in gone]


def test_many_postings_are_kept_sorted_in_few_runs_of_8_bytes() -> None:
    chance = np.random.default_rng(1)
    index = Postings()
    held = [np.unique(chance.integers(0, 2**32, 60, np.uint32)) for _ in range(3_000)]
    for number, fingerprints in enumerate(held):
        index.add([number], [fingerprints])
    for number in (0, 1_234, 2_999):
        _, numbers = index.probe(held[number])
        assert (numbers == number).sum() == len(held[number])
    assert index.size <= 8 * len(index)


@given(st.lists(FINGERPRINTS, max_size=20), FINGERPRINTS, st.integers(1, 4))
def test_filling_at_once_keeps_the_first_of_each(held: list[set[int]], asked: set[int], most: int) -> None:
    index = Postings()
    index.add(range(len(held)), [_array(one) for one in held], most)
    wanted = [(one, number) for one in asked for number in [n for n, have in enumerate(held) if one in have][:most]]
    assert _found(index, asked) == sorted(wanted)
