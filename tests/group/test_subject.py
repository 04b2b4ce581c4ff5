"""What ties an article to others is kept with its footprint and comes back as it was, its names apart."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readout.group.footprint import footprint
from readout.group.subject import Happened, Subject, packed, subject, unpacked
from tests.builders import article
from tests.store.annotating import MARR, annotation, statement

_STEMS = st.frozensets(st.integers(0, 2**32 - 1), max_size=4)
_HAPPENED = st.builds(Happened, st.just("2031-03-01"), st.frozensets(st.text(max_size=8), max_size=3), _STEMS, _STEMS)
ONE = article()


@given(st.lists(st.text(max_size=12), max_size=4), st.lists(_HAPPENED, max_size=3))
def test_what_was_packed_comes_back(speakers: list[str], happened: list[Happened]) -> None:
    kept = footprint(ONE)
    one = Subject(ONE.id, (), tuple(speakers), tuple(happened), kept.day, kept.outlet)
    assert unpacked(replace(kept, ties=packed(one))) == one


def test_a_footprint_tells_what_its_article_does() -> None:
    understood = annotation(ONE, statement(1, MARR, None))
    told = subject(ONE, understood)
    assert unpacked(footprint(ONE, understood)) == replace(told, names=())


def test_an_older_footprint_tells_nothing() -> None:
    assert unpacked(replace(footprint(ONE), ties="")) is None
