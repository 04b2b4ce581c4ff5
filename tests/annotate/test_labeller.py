"""The shipped labeller: plain cases, hostile texts, and the laws its spans obey."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate import model
from readout.annotate.labeller import Attribution, _stretches, attributions
from readout.annotate.tokens import tokens
from readout.errors import InputError
from readout.models import digest

PLAIN = (
    "“We will not sell the ferry,” Ilse Okell, the harbour minister, said on Tuesday. “It stays with the town.”\n\n"
    "A spokesman for the company said that it had made no offer. According to the union, forty jobs are at risk.\n\n"
    "“Nobody asked us,” she told reporters."
)


def words(text: str, one: Attribution) -> tuple[str, str | None, str | None]:
    cue, source = (text[slice(*span)] if span else None for span in (one.cue, one.source))
    return " … ".join(text[slice(*piece)] for piece in one.content), cue, source


def test_plain_attributions_are_found() -> None:
    found = [words(PLAIN, one) for one in attributions(tokens(PLAIN))]
    assert len(found) == 4
    content, cue, source = found[0]
    assert content == "“We will not sell the ferry,” … “It stays with the town.”"
    assert cue is not None
    assert "said" in cue
    assert source is not None
    assert "Ilse Okell" in source
    assert "it had made no offer" in found[1][0]
    assert found[2][1] == "According to"
    assert found[3][0] == "“Nobody asked us,”"
    assert found[3][2] == "she"


def test_kinds_follow_the_marks() -> None:
    assert [one.kind for one in attributions(tokens(PLAIN))] == ["direct", "indirect", "indirect", "direct"]


def test_the_same_text_gives_the_same_answer() -> None:
    assert attributions(tokens(PLAIN)) == attributions(tokens(PLAIN))


@pytest.mark.parametrize("text", ["", " \n\n ", ".", "“", "said", "\u202b\u0627\u0644\ud800"])
def test_next_to_nothing_is_no_error(text: str) -> None:
    assert isinstance(attributions(tokens(text)), tuple)


@pytest.mark.parametrize(
    "text",
    [
        '"\n' * 10_000,
        "he said " * 10_000,
        "“a” " * 7_000,
        "‘" * 10_000,
        "He said that it is so. " * 2_000,
        "Он сказал, что всё хорошо. " * 1_000,
    ],
)
def test_long_and_hostile_texts_take_a_bounded_time(text: str) -> None:
    began = time.process_time()
    cut = tokens(text)
    attributions(cut)
    assert time.process_time() - began < 20


@given(st.lists(st.sampled_from([*"ab .,\n\"'“”‘’", " said ", " he ", " that "]), max_size=60).map("".join))
def test_spans_lie_inside_the_text(text: str) -> None:
    cut = tokens(text)
    for one in attributions(cut):
        assert one.content
        assert 0 <= one.confidence <= 1
        spans = [*one.content, *(span for span in (one.cue, one.source) if span is not None)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_stretches_cover_a_text_once_and_are_short() -> None:
    parts = _stretches(tokens("One two three. " * 5000))
    assert parts[0].start == 0
    assert all(one.stop == other.start for one, other in pairwise(parts))
    assert max(part.stop - part.start for part in parts) <= 4096


def test_weights_survive_packing() -> None:
    whole = model.Weights(
        np.array([1, 2], dtype=np.uint32),
        {"words": np.array([[1, -0.5], [0, 0]], dtype=np.float32), "out": np.ones((2, 3), dtype=np.float32)},
    )
    content = model.pack(whole)
    again = model.read(content, digest(content))
    assert again.hashes.tolist() == [1, 2]
    assert np.allclose(again.arrays["words"], whole.arrays["words"], atol=0.01)
    assert (again.arrays["out"] == 1).all()


def test_a_changed_file_is_refused() -> None:
    with pytest.raises(InputError, match="digest"):
        model.read(b"not the model", "0" * 64)
