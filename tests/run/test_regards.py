"""What a user keeps goes out as a file and comes back the same; a file of anything else is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.engine import Engine
from readout.errors import InputError
from readout.models import WAYS, Matter, UserId, regard
from readout.store.memory import MemoryStore
from tests.builders import NOON

ANNA, BERT = UserId("uanna"), UserId("ubert")
_ONES = [(how, what) for how, whats in WAYS.items() for what in whats]


@given(st.lists(st.tuples(st.sampled_from(_ONES), st.text(min_size=1, max_size=30)), max_size=20))
def test_what_goes_out_comes_back(kept: list[tuple[tuple[str, str], str]]) -> None:
    engine = Engine(MemoryStore())
    for (how, what), value in kept:
        try:
            engine.regard(ANNA, how, what, value)
        except InputError:
            assert not value.strip() or not value.isprintable()
    taken = engine.regards_from_file(BERT, engine.regards_as_file(ANNA))
    assert list(engine.regards(BERT)) == list(engine.regards(ANNA))
    assert (taken.new, taken.refused) == (len(engine.regards(ANNA)), ())


def test_what_cannot_be_kept_costs_only_itself() -> None:
    engine = Engine(MemoryStore())
    held = json.loads(engine.regards_as_file(ANNA))
    held["regards"] = [
        {"how": "followed", "what": "story", "value": "a", "name": 3, "at": "2026-01-01"},
        {"how": "followed", "what": "article", "value": "a"},
        {"how": "muted", "what": "word", "value": "  "},
        {"how": "muted", "what": "word", "value": "x", "at": "soon"},
        "rain",
    ]
    taken = engine.regards_from_file(ANNA, json.dumps(held).encode())
    assert (taken.new, [one.partition(":")[0] for one in taken.refused]) == (1, [f"entry {n}" for n in (2, 3, 4, 5)])


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b"[" * 100_000, b'{"format": "other"}'])
def test_another_file_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="file"):
        Engine(MemoryStore()).regards_from_file(ANNA, content)


def test_a_word_is_muted_however_it_is_written() -> None:
    assert regard("muted", "word", "  Élan\n Vital ", "", NOON).value == "élan vital"
    with pytest.raises(InputError, match="neither"):
        regard("loved", "story", "a", "", NOON)
    with pytest.raises(InputError, match="cannot be saved"):
        regard("saved", Matter.STORY, "a", "", NOON)
