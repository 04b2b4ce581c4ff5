"""Features: one row a token, words by hash, bounded memory of words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate.features import UNKNOWN, WordTable, extract, since_last, word_hash
from readout.annotate.tokens import tokens

TABLE = WordTable(np.array(sorted(map(word_hash, ("said", "he", "“"))), dtype=np.uint32))


def test_known_words_have_their_own_rows_whatever_their_case() -> None:
    found = extract(tokens("He said HE Said"), TABLE)
    rows = found.rows[found.places]
    assert rows.min() >= UNKNOWN
    assert rows[0] == rows[2] != rows[1] == rows[3]


def test_unknown_words_share_rows_by_ending() -> None:
    rows = extract(tokens("walking talking"), TABLE).rows
    assert rows[0] == rows[1] < UNKNOWN


def test_digits_and_apostrophes_are_alike() -> None:
    assert word_hash("2024") == word_hash("1999")
    assert word_hash("don’t") == word_hash("don't")


def test_how_long_ago() -> None:
    assert since_last(np.array([True, False, False, True])).tolist() == [0, 1, 2, 0]
    assert since_last(np.array([False, True]))[0] > 1000


@given(st.text(max_size=60))
def test_every_token_has_its_features(text: str) -> None:
    cut = tokens(text)
    found = extract(cut, TABLE)
    assert len(found.places) == len(found.facts) == len(cut)
    assert len(found.rows) == len(found.suffixes) == len(found.traits) == len(set(cut.words))
    assert set(np.unique(found.facts)) | set(np.unique(found.traits)) <= {0.0, 1.0}


def test_a_part_has_its_own_words() -> None:
    whole = extract(tokens("He said he said nothing"), TABLE)
    part = whole.part(slice(2, 5))
    assert len(part.rows) == 3
    assert (part.rows[part.places] == whole.rows[whole.places][2:5]).all()
