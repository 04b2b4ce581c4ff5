"""What an article is compared by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.group.features import KEPT, NAME, NUMBER, TITLE, Features, day, features, of_text
from readout.models import Annotation, Entity, EntityId, EntityKind, Precision
from tests.builders import article, published


def kinds(seen: Features, word: str) -> int:
    return int(seen.kinds[seen.words.index(word)])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=600))
def test_features_are_few_sorted_and_of_length_one(title: str, body: str) -> None:
    seen = of_text(title, body)
    assert len(seen.ids) == len(seen.weights) == len(seen.kinds) == len(seen.words) <= KEPT
    assert (np.diff(seen.ids.astype(np.int64)) > 0).all()
    assert len(seen.ids) == 0 or abs(float(np.linalg.norm(seen.weights)) - 1) < 1e-3


def test_names_are_words_with_a_capital_where_no_sentence_begins() -> None:
    seen = of_text("Divers Search for Ferry", "Divers searched. The coast guard of Sulehaven found 14 bodies.")
    assert kinds(seen, "sulehaven") & NAME
    assert not kinds(seen, "divers") & NAME
    assert kinds(seen, "divers") & TITLE
    assert kinds(seen, "14") & NUMBER


def test_an_annotation_says_which_words_are_names() -> None:
    one = article("Ferry lost", "Castellan bid. The board of Ironvale met in Tarn.")
    entities = (Entity(EntityId("e1"), EntityKind.BODY, "Castellan"),)
    told = Annotation(one.id, one.edition, "tests/1", "en", entities=entities)
    seen = features(one, told)
    assert kinds(seen, "castellan") & NAME
    assert not kinds(seen, "ironvale") & NAME


def test_words_of_one_family_meet() -> None:
    first, second = of_text("", "threatened flooding cities"), of_text("", "threatening flood city")
    assert set(first.ids.tolist()) == set(second.ids.tolist())


def test_a_day_is_known_only_when_it_is_known_to_the_day() -> None:
    moment = published()
    assert day(article(published=moment)) == int(moment.at.timestamp() // 86_400)
    assert day(article(published=replace(moment, precision=Precision.MONTH))) is None
    assert day(article()) is None
