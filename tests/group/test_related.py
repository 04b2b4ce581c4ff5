"""What is related: the same matter and why, copies folded, outlets spread; sensible and quick whatever comes in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.group.cosines import LOOSE
from readout.group.features import Features, features, of_text
from readout.group.library import Library, likeness
from readout.group.related import of_story, related, related_stories
from readout.group.subject import Happened, Subject, subject, together
from readout.models import Article, ArticleId, CopyGroup, Related, StoryId
from tests.builders import article
from tests.group.world import told, world

WORLD = world()
NUMBERS = list(range(len(WORLD)))
STORY, OTHER, LINE = StoryId("sferry"), StoryId("slater"), StoryId("sline")


class Shelf:
    """Articles with their subjects, as a store would give them."""

    def __init__(self, *articles: Article) -> None:
        self.library = Library()
        self.subjects: dict[ArticleId, Subject] = {}
        for one in articles:
            self.put(one)

    def put(self, one: Article, known: Subject | None = None) -> None:
        self.library.add(one.id, features(one))
        self.subjects[one.id] = known or subject(one)

    def __call__(self, ids: Sequence[ArticleId]) -> Mapping[ArticleId, Subject]:
        return {id_: self.subjects[id_] for id_ in ids if id_ in self.subjects}

    def of(self, one: Article, count: int = 8) -> tuple[Related, ...]:
        seen = features(one)
        return related(seen, self.subjects.get(one.id, subject(one)), among=self.library, subjects=self, count=count)


def facts(one: Related) -> dict[str, str]:
    return {reason.fact: reason.evidence for reason in one.reasons}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_rest_of_the_matter_is_related_and_nothing_else(number: int) -> None:
    start = number - number % 3
    found = Shelf(*WORLD).of(WORLD[number])
    assert {one.article for one in found} == {one.id for one in WORLD[start : start + 3]} - {WORLD[number].id}
    for one in found:
        assert 0 < one.score < 1
        assert 0 <= one.likeness <= 1
        assert one.reasons


def test_a_reason_names_what_both_are_on() -> None:
    found = Shelf(*WORLD).of(WORLD[0])
    assert "Sula" in facts(found[0])["both_on"]


def test_days_do_not_part_what_is_related() -> None:
    late = told("ferry", 1, days=4000)
    assert late.id in {one.article for one in Shelf(*WORLD[2:], late).of(WORLD[0])}


def test_what_is_of_the_same_day_and_outlet_alone_is_not_related() -> None:
    shelf = Shelf(*(replace(one, outlet="The Same", published=WORLD[0].published) for one in WORLD[3:]))
    assert shelf.of(replace(WORLD[0], outlet="The Same")) == ()


def test_ties_come_first_and_say_why() -> None:
    shelf = Shelf()
    happened = Happened("2031-03-01", frozenset({"adaperrin"}), frozenset({1, 2}), frozenset({2}))
    for number, (one, story) in enumerate(zip(WORLD[:3], (STORY, STORY, OTHER), strict=True)):
        known = subject(one, story=story, storyline=LINE)
        shelf.put(one, replace(known, speakers=("Ada Perrin",) if number < 2 else (), happened=(happened,)))
    found = shelf.of(WORLD[0])
    assert [one.article for one in found] == [WORLD[1].id, WORLD[2].id]
    assert list(facts(found[0])) == ["same_story", "same_event", "same_speakers", *list(facts(found[0]))[3:]]
    assert facts(found[0])["same_speakers"] == "Ada Perrin"
    assert facts(found[0])["same_event"] == "2031-03-01"
    assert facts(found[1])["later_in_storyline"] == "2 days"
    assert facts(shelf.of(WORLD[2])[0])["earlier_in_storyline"] in {"1 day", "2 days"}


def test_copies_of_it_are_one_and_last_and_copies_of_another_are_folded_under_their_origin() -> None:
    shelf = Shelf()
    mine = CopyGroup(WORLD[0].id, (ArticleId("r1"),), "Meridian", "earliest")
    theirs = CopyGroup(WORLD[1].id, (), None, "earliest")
    reprints = [replace(one, outlet=f"Reprint {one.title}", title=f"{one.title} again") for one in WORLD[:2]]
    for one, group in zip([*WORLD[:2], *reprints], (mine, theirs, mine, theirs), strict=True):
        shelf.put(one, subject(one, copies=group))
    found = shelf.of(WORLD[0])
    assert [one.article for one in found] == [WORLD[1].id, reprints[0].id]
    assert found[0].copies == (reprints[1].id,)
    assert found[1].is_copy
    assert facts(found[1])["same_text"] == "Meridian"


def test_outlets_take_turns() -> None:
    shelf = Shelf(*WORLD)
    for number in range(6):
        shelf.put(replace(told("ferry", number, days=number), outlet="The Flood", title=f"Sula Maid, part {number}"))
    found = shelf.of(WORLD[0], count=3)
    assert len({one.outlet for one in found}) > 1


def test_stories_are_related_through_their_most_alike_article() -> None:
    shelf = Shelf()
    for one, story in zip(
        WORLD, (STORY, STORY, OTHER, *[StoryId("sbread")] * 3, *[StoryId("ssteel")] * 3), strict=True
    ):
        shelf.put(one, subject(one, story=story))
    mine = [shelf.subjects[one.id] for one in WORLD[:2]]
    seen = of_story(map(features, WORLD[:2]))
    found = related_stories(seen, together(mine), among=shelf.library, subjects=shelf)
    assert [one.story for one in found] == [OTHER]
    assert found[0].article == WORLD[2].id
    assert found[0].reasons


@settings(max_examples=15, deadline=None)
@given(st.permutations(NUMBERS), st.sampled_from(NUMBERS))
def test_the_order_of_arrival_does_not_show(order: list[int], asked: int) -> None:
    shuffled = Shelf(*(WORLD[number] for number in order))
    assert shuffled.of(WORLD[asked]) == Shelf(*WORLD).of(WORLD[asked])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(NUMBERS)), st.sampled_from(NUMBERS))
def test_adding_again_changes_nothing_and_what_is_forgotten_is_gone(again: list[int], gone: int) -> None:
    shelf = Shelf(*WORLD, *(WORLD[number] for number in again))
    assert len(shelf.library) == len(WORLD)
    assert shelf.of(WORLD[0]) == Shelf(*WORLD).of(WORLD[0])
    shelf.library.forget([WORLD[gone].id])
    assert WORLD[gone].id not in shelf.library
    assert WORLD[gone].id not in {one.article for one in shelf.of(WORLD[0])}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 8), st.integers(0, 8))
def test_likeness_is_between_0_and_1_the_same_both_ways_and_most_with_oneself(one: int, other: int) -> None:
    a, b = features(WORLD[one]), features(WORLD[other])
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == pytest.approx(likeness(b, a), abs=1e-5)
    assert likeness(a, a) >= likeness(a, b)


def test_the_index_finds_the_same_however_many_segments_it_has() -> None:
    draw = random.Random(3)  # noqa: S311 - no secret
    words = [f"{syllable}{number}" for syllable in ("kar", "tol", "vem") for number in "abcdefghijklmnop"]
    made = [of_text("", " ".join(draw.choices(words, k=30))) for _ in range(5 * LOOSE + 7)]
    library = Library()
    for number, one in enumerate(made):
        library.add(ArticleId(f"a{number:04}"), one)
    for asked in (0, LOOSE, 5 * LOOSE + 3):
        one = made[asked]
        near = library.near(one, count=10)
        assert near.articles[0] == f"a{asked:04}"
        cosines = [_cosine(one, made[int(name[1:])]) for name in near.articles]
        every = sorted((_cosine(one, other) for other in made), reverse=True)[:10]
        assert sorted(cosines, reverse=True) == pytest.approx(every, abs=0.03)


def _cosine(one: Features, other: Features) -> float:
    _, here, there = np.intersect1d(one.ids, other.ids, return_indices=True)
    return float(one.weights[here] @ other.weights[there])


def test_ten_thousand_identical_articles_are_answered_in_bounded_time() -> None:
    seen = features(WORLD[0])
    library = Library()
    for number in range(10_000):
        library.add(ArticleId(f"a{number:05}"), seen)

    def subjects(ids: Sequence[ArticleId]) -> dict[ArticleId, Subject]:
        assert len(ids) <= 24
        return {id_: Subject(id_, text=ArticleId("a00000")) for id_ in ids}

    start = process_time()
    found = related(seen, Subject(ArticleId("mine")), among=library, subjects=subjects)
    assert process_time() - start < 2
    assert len(found) == 1
    assert len(found[0].copies) == 23


@pytest.mark.parametrize(("title", "body"), [("", ""), ("Ferry", "Lost."), ("", "!!! ??? …"), ("12", "3 4 5")])
def test_articles_of_hardly_a_word_have_nothing_related(title: str, body: str) -> None:
    asked = article(title, body)
    assert Shelf(*WORLD, asked).of(asked) == ()
    assert Shelf(asked).of(asked) == ()
    assert Shelf().of(WORLD[0]) == ()


def test_undated_articles_are_related_all_the_same() -> None:
    undated = [told("ferry", number, dated=False) for number in range(3)]
    assert len(Shelf(*undated).of(undated[0])) == 2


def test_each_language_finds_its_own() -> None:
    texts = {
        "de": "Die Fähre Sula Maid kenterte vor Gannet Head, 83 Menschen waren an Bord, Taucher suchen die Vermissten.",
        "fr": "Le traversier a chaviré au large du cap, quatre-vingts passagers se trouvaient à bord du navire perdu.",
        "es": "El transbordador volcó frente al cabo y los buzos buscan a los pasajeros desaparecidos del naufragio.",
        "ja": "フェリーが岬の沖で転覆し、潜水士が行方不明者を捜索していると海上保安庁が発表した。",
        "ru": "Паром перевернулся у мыса, водолазы ищут пропавших пассажиров, сообщила береговая охрана.",
        "ar": "انقلبت العبارة قبالة الرأس ويبحث الغواصون عن المفقودين بحسب خفر السواحل.",
        "zh": "渡轮在海角附近倾覆，潜水员正在搜寻失踪者，海岸警卫队表示。",
        "el": "Το πλοίο ανατράπηκε ανοιχτά του ακρωτηρίου και δύτες αναζητούν τους αγνοούμενους επιβάτες.",
        "hi": "नौका अंतरीप के पास पलट गई और गोताखोर लापता यात्रियों की तलाश कर रहे हैं।",
        "ko": "여객선이 곶 앞바다에서 전복되어 잠수부들이 실종자를 찾고 있다고 해안경비대가 밝혔다.",
    }
    twice = [article(f"{code} {number}", text, outlet=str(number)) for code, text in texts.items() for number in (1, 2)]
    shelf = Shelf(*WORLD, *twice)
    for first, second in zip(twice[::2], twice[1::2], strict=True):
        assert shelf.of(first)[0].article == second.id
