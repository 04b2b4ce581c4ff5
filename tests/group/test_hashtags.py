"""Hashtags: one for one thing, few and telling, and counted by day."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.group.hashtags import (
    OF_ARTICLE,
    OF_STORY,
    canonical,
    counted,
    key,
    of_article,
    of_story,
    packed,
    renamed,
    text,
    unpacked,
)
from readout.models import Annotation, Article, ArticleId, Entity, EntityId, EntityKind, Mention, Span, Tag, TagKind
from tests.builders import article

PERRIN = article(
    "Ada Perrin sells the oven of Mossgate Bakery",
    "Ada Perrin told customers that the oven goes to a museum. The oven has stood in Mossgate for a century.",
    "Perrin said the museum of bread would light the oven once a year.",
)


def entity(kind: EntityKind, name: str, mentions: int = 2, *aliases: str) -> Entity:
    places = tuple(Mention(Span(at, at + 1), "name") for at in range(mentions))
    return Entity(EntityId(f"n{name}"), kind, name, aliases, (), places)


def annotation(of: Article, *entities: Entity) -> Annotation:
    return Annotation(of.id, of.edition, "test", "en", entities=entities)


def shown(of: Article, *entities: Entity, **more: dict[str, str]) -> list[str]:
    return [tag.text for tag in of_article(of, annotation(of, *entities), **more)]


def test_names_and_phrases_become_tags() -> None:
    found = shown(
        PERRIN, entity(EntityKind.PERSON, "Ada Perrin", 3, "Perrin"), entity(EntityKind.BODY, "Mossgate Bakery")
    )
    assert {"AdaPerrin", "MossgateBakery", "Oven"} <= set(found)
    assert len(found) <= OF_ARTICLE


def test_a_surname_alone_goes_by_the_full_name() -> None:
    perrin = entity(EntityKind.PERSON, "Perrin")
    assert shown(PERRIN, perrin, canon={"perrin": "Ada Perrin"})[0] == "AdaPerrin"
    assert shown(PERRIN, perrin, entity(EntityKind.PERSON, "Ada Perrin")).count("AdaPerrin") == 1
    assert "Perrin" not in shown(PERRIN, perrin, entity(EntityKind.PERSON, "Ada Perrin"))


def test_a_town_does_not_go_by_the_name_of_a_person() -> None:
    assert "Perrin" in shown(PERRIN, entity(EntityKind.PLACE, "Perrin"), entity(EntityKind.PERSON, "Ada Perrin"))


def test_what_a_text_comes_from_is_no_tag() -> None:
    assert shown(PERRIN, entity(EntityKind.BODY, "The Harbour Post")) == shown(PERRIN)


def test_adjectives_of_lands_are_no_tags() -> None:
    assert "Veldanian" not in shown(PERRIN, entity(EntityKind.OTHER, "Veldanian", 9))


def test_short_forms_lead_to_the_one_name_they_can_mean() -> None:
    assert canonical(["Ada Perrin", "Perrin"]) == {"perrin": "Ada Perrin"}
    assert canonical(["Ada Perrin", "Bo Perrin", "Perrin"]) == {}
    assert canonical(["Ada Perrin", "Perrin"], 2) == {}
    assert canonical(["Minister Ada Perrin", "Ada Perrin"], 2) == {"ministeradaperrin": "Ada Perrin"}
    assert canonical(["Minister Ada Perrin", *["Ada Perrin"] * 2], 2)["perrin"] == "Ada Perrin"


def test_spellings_of_a_full_name_lead_to_the_one_most_met() -> None:
    found = canonical(["Ada Perrinskyy", "Ada Perrinsky", "Ada Perrinsky", "Ida Perrinsky", "Ada Porrinsky"])
    assert found["adaperrinskyy"] == "Ada Perrinsky"
    assert not {"idaperrinsky", "adaporrinsky", "adaperrinsky"} & found.keys()
    assert canonical(["Ada Perrinskyy", "Ada Perrinsky", "Ada Perrinsky"])["perrinskyy"] == "Ada Perrinsky"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Perrin", "ADA PERRIN"), ("Perrin", "Perrin's"), ("The Hague", "Hague"), ("São Tomé", "Sao Tome")],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_tag_runs_words_together() -> None:
    assert text("Ada Perrin") == "AdaPerrin"
    assert text("export controls") == "ExportControls"
    assert text("O’Neill's") == "ONeill"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_key_of_letters_and_digits(name: str) -> None:
    assert all(sign.isalnum() or sign.isnumeric() or not sign.isspace() for sign in key(name))
    assert key(text(name)) == key(text(text(name)))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_any_article_has_few_tags_each_once(title: str, body: str) -> None:
    found = of_article(article(title, body))
    assert len({tag.key for tag in found}) == len(found) <= OF_ARTICLE


def tag(name: str, weight: float = 6.0, kind: TagKind = TagKind.PERSON) -> Tag:
    return Tag(key(name), text(name), name, kind, weight)


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=60), st.sampled_from(TagKind), st.floats(0, 99))
def test_what_is_packed_is_unpacked(name: str, kind: TagKind, weight: float) -> None:
    packed_once = packed([Tag("k", "t", name, kind, weight), tag("Ada Perrin")])
    found = unpacked(packed_once)
    assert packed(found) == packed_once
    assert found[-1] == tag("Ada Perrin")


def test_tags_go_by_the_names_of_the_archive() -> None:
    found = renamed([tag("Perrin", 4), tag("Ada Perrin", 9), tag("Perrin", 3, TagKind.PLACE)], {"perrin": "Ada Perrin"})
    assert [(one.text, one.kind) for one in found] == [("AdaPerrin", TagKind.PERSON), ("Perrin", TagKind.PLACE)]


def test_a_story_has_the_tags_that_several_texts_have() -> None:
    found = of_story([[tag("Ada Perrin"), tag("Tove Lind")], [tag("Ada Perrin", 9)], [tag("Bo Roe")]])
    assert [one.text for one in found] == ["AdaPerrin"]
    assert of_story([[tag("Ada Perrin")]])[0].text == "AdaPerrin"
    assert of_story([]) == ()
    assert len(of_story([[tag(f"Person {letter * 3}") for letter in "abcdefghijklmnop"]] * 2)) <= OF_STORY


def test_counts_are_by_day_and_the_latest_come_first() -> None:
    days = [date(2031, 3, 2), date(2031, 3, 1), date(2031, 3, 2), None]
    rows = [(ArticleId(f"a{at}"), day, [tag("Ada Perrin", at)]) for at, day in enumerate(days)]
    (count,) = counted([*rows, (ArticleId("b"), days[0], [])])
    assert count.articles == 4
    assert count.days == ((date(2031, 3, 1), 1), (date(2031, 3, 2), 2))
    assert count.latest == ("a0", "a2", "a1", "a3")


def test_a_long_text_is_read_in_bounded_time() -> None:
    long = article("Everything", " ".join(f"word{number % 997} thing" for number in range(200_000)))
    names = [entity(EntityKind.PERSON, f"Given{number} Family{number}") for number in range(300)]
    start = process_time()
    of_article(long, annotation(long, *names))
    assert process_time() - start < 5


@pytest.mark.parametrize(
    "body",
    ["", "…", "フェリーが岬の沖で転覆した。", "انقلبت العبارة قبالة الرأس", "Паром у мыса", "12 34"],
)
def test_little_or_foreign_text_is_no_trouble(body: str) -> None:
    assert len(of_article(article("", body))) <= OF_ARTICLE
