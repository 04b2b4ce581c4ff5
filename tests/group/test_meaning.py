"""Vectors of meaning: a fact more where both articles have one, nothing at all where none has."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from readout.group import score
from readout.group.features import Features, of_text
from readout.group.footprint import GROUPER, Meaning, footprint, grouper, seen
from readout.group.kept import Kept
from readout.group.place import Placer
from readout.models import ArticleId
from tests import builders


class ByLetter:
    """An encoder by shape: a text means its letters."""

    name = "letters/1"

    def vector(self, text: str) -> NDArray[np.float32]:
        counts = np.array([text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"], dtype=np.float32)
        found: NDArray[np.float32] = counts / np.float32(max(float(np.linalg.norm(counts)), 1e-6))
        return found


FAKE: Meaning = ByLetter()
ONE = of_text(
    "Bridge over the Tarn closed", "The old bridge at Millau was closed on Friday after cracks were found.", 9
)
OTHER = of_text("Cracks close Millau bridge", "Engineers found cracks in the bridge over the Tarn and closed it.", 9)


def meant(features: Features, *numbers: float) -> Features:
    vector = np.array(numbers, dtype=np.float32)
    return replace(features, meaning=(vector / np.linalg.norm(vector)).astype(np.float16))


def odds(one: Features, other: Features) -> float:
    rows = score.stacked([other])
    facts = score.pairs(score.aligned(score.stacked([one]), one.ids), score.aligned(rows, one.ids))
    return float(score.scale_for(rows).pairs(facts)[0, 0])


def test_without_vectors_nothing_is_as_it_would_be_with_them() -> None:
    article = builders.article()
    plain, more = footprint(article), footprint(article, None, FAKE)
    assert plain.grouper == GROUPER == grouper()
    assert more.grouper == grouper("letters/1") != GROUPER
    assert more.features.startswith(plain.features)
    assert seen(plain).meaning is None
    assert score.stacked([seen(plain)]).meanings is None


def test_a_footprint_keeps_the_vector_as_it_was_made() -> None:
    article = builders.article()
    kept = seen(footprint(article, None, FAKE)).meaning
    made = FAKE.vector(f"{article.title}. {article.body}").astype(np.float16)
    assert kept is not None
    assert kept.tolist() == made.tolist()


def test_who_means_the_same_is_likelier_of_one_story() -> None:
    near, far = odds(meant(ONE, 1, 0), meant(OTHER, 1, 0.1)), odds(meant(ONE, 1, 0), meant(OTHER, 0, 1))
    assert near > far


def test_a_meaning_that_one_lacks_speaks_neither_for_nor_against() -> None:
    near, far = odds(meant(ONE, 1, 0), meant(OTHER, 1, 0.1)), odds(meant(ONE, 1, 0), meant(OTHER, 0, 1))
    assert far < odds(ONE, meant(OTHER, 1, 0)) < near


@pytest.mark.parametrize("day", [None, 29])
def test_meaning_tells_more_of_the_same_days(day: int | None) -> None:
    near, other = (
        odds(meant(ONE, 1, 0), meant(one, 1, 0.1)) - odds(meant(ONE, 1, 0), meant(one, 0, 1))
        for one in (OTHER, replace(OTHER, day=day))
    )
    assert near > other


@given(st.none() | st.integers(0, 60), st.integers(0, 60), st.floats(-1, 1))
def test_meaning_is_told_by_the_time_between(here: int | None, there: int, cosine: float) -> None:
    one = meant(replace(ONE, day=here), 1, 0)
    rows = score.stacked([meant(replace(OTHER, day=there), cosine, (1 - cosine**2) ** 0.5)])
    facts = score.pairs(score.aligned(score.stacked([one]), one.ids), score.aligned(rows, one.ids))[0, 0]
    named = dict(zip(score.PAIR_FACTS + score.MEANING_FACTS, facts.tolist(), strict=True))
    assert named["meaning"] == pytest.approx(cosine, abs=2e-3)
    assert named["meaning_square"] == pytest.approx(named["meaning"] ** 2, abs=1e-6)
    near = 0.0 if here is None else exp(-(((here - there) / 10) ** 2))
    assert named["meaning_near"] == pytest.approx(named["meaning"] * near, abs=1e-5)


def test_a_meaning_that_one_lacks_is_as_usual_at_any_time_between() -> None:
    rows = score.stacked([replace(OTHER, day=29)])
    facts = score.pairs(score.aligned(score.stacked([ONE]), ONE.ids), score.aligned(rows, ONE.ids))
    scale = score.scale(meaning=True)
    usual = scale.pair.means[len(score.PAIR_FACTS)]
    fitting = scale.fitting(facts)[0, 0]
    assert fitting[len(score.PAIR_FACTS) :] == pytest.approx([usual, usual**2, usual * exp(-4)])


def test_the_reason_tells_the_cosine() -> None:
    rows = score.stacked([meant(OTHER, 1, 0.1)])
    found = {one.fact: one for one in score.reasons(meant(ONE, 1, 0), rows, score.scale_for(rows))}
    assert "cosine 1.00" in found["same_meaning"].evidence
    assert found["same_meaning"].weight > 0


def test_no_reason_speaks_of_a_meaning_that_is_not_known() -> None:
    for one, other in ((ONE, OTHER), (ONE, meant(OTHER, 1, 0))):
        rows = score.stacked([other])
        assert not any("meaning" in each.fact for each in score.reasons(one, rows, score.scale_for(rows)))


def test_vectors_that_come_later_are_kept_beside_articles_without() -> None:
    kept = Kept()
    kept.add(ArticleId("a"), ONE)
    assert kept.rows([0]).meanings is None
    for number in range(300):
        kept.add(ArticleId(f"b{number}"), meant(OTHER, 1, number))
    assert kept.holds(0, ONE)
    assert not kept.holds(0, meant(ONE, 1, 0))
    assert kept.holds(299, meant(OTHER, 1, 298))
    assert not kept.holds(299, OTHER)
    meanings = kept.rows([0, 1]).meanings
    assert meanings is not None
    assert meanings.tolist() == [[0, 0], [1, 0]]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2)])
def test_stories_do_not_depend_on_the_order_in_which_meanings_come(order: tuple[int, ...]) -> None:
    some = [
        meant(ONE, 1, 0),
        meant(OTHER, 1, 0.2),
        of_text("Rain", "It rained in Oslo.", 9),
        meant(of_text("Snow", "It snowed in Bergen.", 9), 0, 1),
    ]
    placer = Placer(score.scale(meaning=True))
    placer.add((ArticleId(str(number)), some[number]) for number in order)
    assert sorted(tuple(sorted(one.articles)) for one in placer.stories()) == [("0", "1"), ("2",), ("3",)]
