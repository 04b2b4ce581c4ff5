"""The lexicon's forms and classes."""

from __future__ import annotations

import pytest

from readout.annotate.cues import lexicon


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("says", "say"),
        ("saying", "say"),
        ("told", "tell"),
        ("denied", "deny"),
        ("denies", "deny"),
        ("denying", "deny"),
        ("quipped", "quip"),
        ("stressing", "stress"),
        ("stresses", "stress"),
        ("announcing", "announce"),
        ("swore", "swear"),
        ("admitted", "admit"),
        ("wrote", "write"),
        ("thought", "think"),
    ],
)
def test_forms_know_their_verb(form: str, lemma: str) -> None:
    assert lexicon().lemmas[form] == lemma


def test_a_word_has_all_its_classes() -> None:
    words = lexicon()
    assert words.has("claims", "claim")
    assert words.has("claims", "speech")
    assert words.has("spokeswomen", "speaker")
    assert not words.has("table", "say")
    assert not words.has("no-such-word", "say")


def test_every_verb_group_has_frames() -> None:
    assert all(lexicon().frames.values())
