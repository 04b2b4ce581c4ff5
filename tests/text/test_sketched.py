"""Kept sketches as numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readout.group.finder import Sketch
from readout.text import sketched

FINGERPRINTS = st.lists(st.integers(0, 7) | st.integers(0, 2**32 - 1), max_size=5, unique=True).map(sorted)
SKETCHES = st.lists(
    st.builds(lambda one, held: Sketch(one, np.array(held, np.uint32)), st.integers(1, 9), FINGERPRINTS)
)


@given(SKETCHES)
def test_a_kept_sketch_has_the_keys_of_the_sketch(some: list[Sketch]) -> None:
    owners, held = sketched.keys(range(len(some)), [one.encode() for one in some])
    found = sorted(zip(owners.tolist(), held.tolist(), strict=True))
    assert found == sorted((at, key) for at, one in enumerate(some) for key in one.keys.tolist())


@given(SKETCHES, FINGERPRINTS)
def test_what_holds_a_fingerprint_is_found_under_it(some: list[Sketch], wanted: list[int]) -> None:
    pairs = sketched.settled(np.arange(len(some)), [one.encode() for one in some])
    found = sketched.holding(pairs, np.array(wanted, np.uint32)).tolist()
    assert found == [at for at, one in enumerate(some) if {*wanted} & {*one.keys.tolist()}]


def test_of_many_under_one_fingerprint_the_first_are_kept_and_those_of_the_same_words_with_them() -> None:
    words = [1, 2, 3, 1, 4, 2]
    some = [Sketch(digest, np.array([9], np.uint32)).encode() for digest in words]
    pairs = sketched.settled(np.array([10, 11, 12, 13, 14, 15]), some, most=2)
    assert sketched.holding(pairs, np.array([9], np.uint32)).tolist() == [10, 11, 13, 15]
    assert sketched.holding(pairs, np.array([3], np.uint32)).tolist() == [12]
