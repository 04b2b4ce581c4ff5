"""Which copy is the origin, and what makes a group: credits, times, leaders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.group import origins
from readout.group.copies import Text, relation
from readout.models import ArticleId, Copy, CopyGroup
from tests.group.copying import paragraphs, text

REPORT = paragraphs(0, 10)


def _groups(*texts: Text) -> tuple[CopyGroup, ...]:
    found = (relation(one, other) for n, one in enumerate(texts) for other in texts[:n])
    copies: list[Copy] = [one for one in found if one]
    return origins.groups([one.member for one in texts], copies)


def _group(origin: str, reprints: tuple[str, ...], agency: str | None, basis: str) -> CopyGroup:
    return CopyGroup(ArticleId(origin), tuple(map(ArticleId, reprints)), agency, basis)


@pytest.mark.parametrize(
    ("credit", "outlet", "names"),
    [
        ("Meridian", "Meridian Wire", True),
        ("MERIDIAN WIRE", "Meridian Wire", True),
        ("MW", "Meridian Wire", True),
        ("ANP", "ANP News", True),
        ("ANP", "Agence Nord-Presse", True),
        ("M", "Meridian Wire", False),
        ("Mer", "Meridian Wire", False),
        ("Kanal 7", "Meridian Wire", False),
        ("", "", False),
        ("—", "Meridian Wire", False),
    ],
)
def test_a_credit_names_an_outlet(credit: str, outlet: str, *, names: bool) -> None:
    assert origins.credits_outlet([credit], outlet) is names


def test_the_agency_that_is_credited_is_the_origin_even_if_it_came_later() -> None:
    (found,) = _groups(
        text("kanal", REPORT, outlet="Kanal 7", credited=["Meridian"], hours=0),
        text("wire", REPORT, outlet="Meridian Wire", credited=["Meridian"], hours=3),
        text("isle", REPORT[:5], outlet="Isle Gazette", credited=["Meridian"], hours=1),
    )
    assert found == _group("wire", ("kanal", "isle"), "Meridian", origins.CREDITED)


def test_without_the_agency_itself_the_earliest_held_stands_for_it() -> None:
    (found,) = _groups(
        text("b", REPORT, outlet="Isle Gazette", hours=2),
        text("a", REPORT, outlet="Kanal 7", credited=["Meridian"], hours=5),
    )
    assert found == _group("b", ("a",), "Meridian", origins.EARLIEST_CREDITED)


def test_without_credits_the_earliest_is_the_origin_and_without_times_nobody_knows() -> None:
    first, second = text("a", REPORT, outlet="Kanal 7", hours=4), text("b", REPORT, outlet="Isle Gazette", hours=2)
    assert _groups(first, second) == (_group("b", ("a",), None, origins.EARLIEST),)
    short, long = text("a", REPORT[:8], hours=None), text("b", REPORT, outlet="Isle Gazette", hours=None)
    assert _groups(short, long) == (_group("b", ("a",), None, origins.UNKNOWN),)


def test_a_day_alone_never_makes_an_article_the_earliest_of_its_day() -> None:
    minute = text("a", REPORT, outlet="Kanal 7", hours=4)
    day = text("b", REPORT, outlet="Isle Gazette", hours=-12, give=timedelta(days=1))
    assert _groups(minute, day)[0].origin == "a"


def test_half_likenesses_make_no_chain() -> None:
    parts = paragraphs(0, 30)
    chain = [
        text(str(n), parts[5 * n : 5 * n + 10], outlet=f"Outlet number {n}", hours=n, credited=()) for n in range(5)
    ]
    for group in _groups(*chain):
        assert len(group.reprints) <= 1


def test_the_same_text_twice_removed_is_one_group() -> None:
    """The third lacks what it takes to be compared with the first directly, and has the second's whole text."""
    one, two, three = (text(str(n), REPORT, outlet=f"Outlet number {n}", hours=n) for n in range(3))
    copies = [found for found in (relation(one, two), relation(two, three)) if found]
    assert origins.groups([one.member, two.member, three.member], copies) == (
        _group("0", ("1", "2"), None, origins.EARLIEST),
    )


def test_an_excerpt_is_an_account_of_its_own() -> None:
    own = paragraphs(700, 10)
    assert _groups(text("a", REPORT), text("b", [*own, REPORT[4]], outlet="Kanal 7", hours=1)) == ()


def test_copies_of_articles_that_are_not_there_are_passed_over() -> None:
    one, two = text("a", REPORT), text("b", REPORT, outlet="Kanal 7")
    copy = relation(one, two)
    assert copy
    assert origins.groups([one.member], [copy]) == ()


@given(st.permutations(range(5)))
def test_the_order_of_articles_and_copies_does_not_matter(order: list[int]) -> None:
    bodies = [REPORT, REPORT, REPORT[:6], [*REPORT[:9], *paragraphs(400, 1)], paragraphs(800, 5)]
    texts = [text(str(n), body, outlet=f"Outlet number {n}", hours=n % 3) for n, body in enumerate(bodies)]
    assert _groups(*(texts[n] for n in order)) == _groups(*texts)
