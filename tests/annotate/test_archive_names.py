"""One entity of the archive for all forms of its name; namesakes and the uncertain stay apart; rulings hold."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate.archive_names import clear, meant, other_names, ruled, whos
from readout.models import (
    Annotation,
    ArticleId,
    EditionId,
    Entity,
    EntityId,
    EntityKind,
    Known,
    Ruling,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    Who,
    stable_id,
)
from tests.builders import NOON


def known(name: str, *roles: str, articles: int = 1, kind: EntityKind = EntityKind.PERSON, form: str = "") -> Known:
    """What articles know of somebody of that name."""
    entity = EntityId(stable_id("entity", str(kind), name.casefold()))
    return Known(entity, kind, name, (form,) if form else (), roles, articles)


def ruling(one: str, other: str, *, same: bool, minutes: int = 0) -> Ruling:
    """What somebody said so many minutes after noon."""
    return Ruling(one, other, same, NOON + timedelta(minutes=minutes))


def names(found: tuple[Who, ...]) -> list[tuple[str, int]]:
    return [(one.name, one.articles) for one in found]


def test_what_articles_know_of_one_full_name_is_one() -> None:
    found = whos([known("Ilse Marr", articles=3), known("Ilse Marr", "minister", articles=2, form="Marr")])
    assert names(found) == [("Ilse Marr", 5)]
    assert (found[0].forms, found[0].roles) == (("Marr",), ("minister",))


def test_two_spellings_are_one_by_the_form_most_used() -> None:
    found = whos([known("Sergei Ostrovsky", articles=2), known("Sergey Ostrovskiy", articles=5)])
    assert names(found) == [("Sergey Ostrovskiy", 7)]
    assert found[0].reasons == ("spellings of one name: Sergey Ostrovskiy, Sergei Ostrovsky",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anton Marr", "Ilse Marr"),
        ("Sergei Ivanov", "Sergei Ivanova"),
        ("Ilse Marr", "Ilse Lind"),
        ("Anton Marr", "Anton Vance Marr"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert len(whos([known(one), known(other)])) == 2


def test_namesakes_with_offices_of_different_states_stay_apart() -> None:
    told = [known("John Marr", "British minister"), known("John Marr", "Australian police chief"), known("John Marr")]
    assert names(whos(told)) == [("John Marr", 1)] * 3


def test_one_without_an_office_is_the_one_that_is_named_much_more() -> None:
    told = [
        known("John Marr", "British minister", articles=30),
        known("John Marr", "Australian coach"),
        known("John Marr", articles=5),
    ]
    assert names(whos(told)) == [("John Marr", 35), ("John Marr", 1)]


def test_spellings_of_different_states_stay_apart() -> None:
    told = [known("Sergei Ostrovsky", "Russian minister"), known("Sergey Ostrovskiy", "Ukrainian minister")]
    assert len(whos(told)) == 2


def test_a_last_name_alone_is_the_one_full_name_that_ends_so() -> None:
    assert names(whos([known("Ilse Marr", articles=2), known("Marr")])) == [("Ilse Marr", 3)]
    assert names(whos([known("Marr", kind=EntityKind.OTHER), known("Ilse Marr")])) == [("Ilse Marr", 2)]


def test_a_last_name_that_two_can_stand_behind_stays_alone() -> None:
    found = whos([known("Ilse Marr", articles=2), known("Anton Marr", articles=2), known("Marr")])
    assert names(found) == [("Anton Marr", 2), ("Ilse Marr", 2), ("Marr", 1)]


def test_what_was_taken_for_a_body_is_a_person_only_where_that_is_named_far_more() -> None:
    body = known("Marr", kind=EntityKind.BODY)
    assert len(whos([known("Ilse Marr", articles=9), body])) == 2
    assert names(whos([known("Ilse Marr", articles=10), body])) == [("Ilse Marr", 11)]
    assert len(whos([known("Ilse Marr", articles=10), known("Marr", kind=EntityKind.PLACE)])) == 2


def test_a_ruling_joins_what_no_rule_would_and_names_it() -> None:
    told = [known("Ilse Marr", articles=9), known("The Iron Minister")]
    found = whos(told, [ruling("Ilse Marr", "The Iron Minister", same=True)])
    assert names(found) == [("The Iron Minister", 10)]
    assert found[0].reasons == ("ruled: Ilse Marr is The Iron Minister",)


def test_a_ruling_gives_a_name_that_no_text_has() -> None:
    found = whos([known("Ilse Marr"), known("Marr")], [ruling("Ilse Marr", "Ilse J. Marr", same=True)])
    assert names(found) == [("Ilse J. Marr", 2)]
    assert names(meant("Ilse J. Marr", found)) == [("Ilse J. Marr", 2)]


def test_a_ruling_keeps_apart_what_a_rule_would_join() -> None:
    apart = ruling("marr", "ILSE MARR", same=False)
    assert len(whos([known("Ilse Marr"), known("Marr")], [apart])) == 2
    spelt = [known("Sergei Ostrovsky"), known("Sergey Ostrovskiy")]
    assert len(whos(spelt, [ruling("Sergei Ostrovsky", "Sergey Ostrovskiy", same=False)])) == 2


def test_a_later_ruling_on_the_same_two_holds() -> None:
    told = [known("Ilse Marr"), known("Marr")]
    apart, joined = ruling("Marr", "Ilse Marr", same=False), ruling("Ilse Marr", "Marr", same=True, minutes=1)
    assert names(whos(told, [apart, joined])) == [("Marr", 2)]
    assert len(whos(told, [joined, apart])) == 2


def test_the_order_does_not_matter() -> None:
    told = [
        known("Ilse Marr", "British minister"),
        known("Marr"),
        known("Anton Vance", articles=2),
        known("Ilse Marr"),
        known("Vance", kind=EntityKind.OTHER),
    ]
    assert len({whos(order) for order in permutations(told)}) == 1


def test_a_name_means_those_it_can_mean() -> None:
    found = whos([known("Ilse Marr", articles=3), known("Anton Marr"), known("Marr-Vance", kind=EntityKind.BODY)])
    assert names(meant("Marr", found)) == [("Ilse Marr", 3), ("Anton Marr", 1)]
    assert names(meant("ilse marr", found)) == [("Ilse Marr", 3)]
    assert names(meant("Mar", found)) == [("Ilse Marr", 3), ("Anton Marr", 1)]
    assert meant("Ostrova", found) == meant("", found) == ()


def test_a_name_is_clear_where_one_is_meant_or_one_stands_out() -> None:
    marr, vance = whos([known("Ilse Marr", articles=10), known("Anton Vance")])
    assert clear([marr])
    assert clear([marr, vance])
    assert not clear([vance, marr])
    assert not clear([])


def test_names_that_were_ruled_the_same_are_looked_for_too() -> None:
    rulings = [ruling("Ilse Marr", "The Minister", same=True), ruling("Ilse Marr", "Vance", same=False)]
    assert other_names("ilse marr", rulings) == ("The Minister",)
    assert other_names("the minister", rulings) == ("Ilse Marr",)


def test_an_annotation_has_the_names_that_were_ruled() -> None:
    marr = Entity(EntityId("e"), EntityKind.PERSON, "Ilse Mar", ("Mar", "Ilse Marr"))
    speaker = Speaker("Ilse Mar", SpeakerType.PERSON, marr.id)
    said = Statement(
        StatementId("s"), ArticleId("a"), StatementKind.DIRECT, (Span(0, 1),), None, None, speaker, ("Coast radio",)
    )
    before = Annotation(ArticleId("a"), EditionId("e"), "x/1", "en", (said,), (marr,))
    rulings = [
        ruling("ilse mar", "Ilse Marr", same=True),
        ruling("Coast Radio", "Radio Coast", same=True),
        ruling("Radio Coast", "Coast Radio", same=False),
    ]
    after = ruled(before, rulings)
    assert (after.entities[0].name, after.entities[0].aliases) == ("Ilse Marr", ("Ilse Mar", "Mar"))
    assert (after.statements[0].speaker.name, after.statements[0].via) == ("Ilse Marr", ("Coast radio",))
    assert after.statements[0].id == said.id
    assert ruled(before, []) is before


def test_a_chain_of_rulings_leads_to_its_end_and_a_circle_ends() -> None:
    chain = [ruling("A", "B", same=True), ruling("B", "C", same=True)]
    entity = Entity(EntityId("e"), EntityKind.PERSON, "A")
    before = Annotation(ArticleId("a"), EditionId("e"), "x/1", "en", (), (entity,))
    assert ruled(before, chain).entities[0].name == "C"
    assert ruled(before, [*chain, ruling("C", "A", same=True)]).entities[0].name in {"A", "B", "C"}


WORDS = st.lists(st.sampled_from("Ilse Anton Marr Vance Ostrovsky Ostrovskiy Lind".split()), min_size=1, max_size=3)


@given(st.lists(st.tuples(WORDS.map(" ".join), st.sampled_from(EntityKind), st.integers(1, 30)), max_size=12))
def test_nothing_known_is_lost_or_told_twice(told: list[tuple[str, EntityKind, int]]) -> None:
    given_ = {known(name, kind=kind) for name, kind, _ in told}
    found = whos(given_)
    assert sorted(one for who in found for one in who.known) == sorted(given_)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_a_name(one: str, other: str) -> None:
    found = whos([known(one), known(other)], [ruling(one, other, same=True)])
    assert sum(who.articles for who in found) in {1, 2}
    meant(other, found)
