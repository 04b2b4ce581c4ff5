"""Stories from articles: the same in any order, put right by judgements, and sensible whatever comes in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import NotFoundError
from readout.group.features import Features, features
from readout.group.place import Placer
from readout.models import Article, ArticleId, Judgement, JudgementKind, Linkage, Verdict, story_id
from tests.builders import NOON, article, published
from tests.group.world import MATTERS, START, told, world

WORLD = world()
NUMBERS = list(range(len(WORLD)))
Stories = list[tuple[str, tuple[ArticleId, ...]]]


def placed(articles: Iterable[Article]) -> Placer:
    placer = Placer()
    placer.add((one.id, features(one)) for one in articles)
    return placer


def stories(placer: Placer) -> Stories:
    return [(one.id, one.articles) for one in placer.stories()]


def judgement(kind: JudgementKind, these: Iterable[Article], those: Iterable[Article], hour: int = 0) -> Judgement:
    ids = tuple(one.id for one in these), tuple(one.id for one in those)
    return Judgement(kind, *ids, by="Merryn", at=NOON + timedelta(hours=hour))


def test_each_matter_is_a_story() -> None:
    found = placed(WORLD).stories()
    assert sorted(sorted(one.articles) for one in found) == sorted(
        sorted(each.id for each in WORLD[at : at + 3]) for at in (0, 3, 6)
    )
    assert all(one.founder == one.articles[0] and one.id == story_id(one.founder) for one in found)


@settings(max_examples=15, deadline=None)
@given(st.permutations(NUMBERS), st.lists(st.integers(1, 4), min_size=1, max_size=9))
def test_the_order_of_arrival_does_not_show(order: list[int], batches: list[int]) -> None:
    placer = Placer()
    left = [WORLD[number] for number in order]
    for size in (*batches, len(WORLD)):
        placer.add((one.id, features(one)) for one in left[:size])
        left = left[size:]
    assert stories(placer) == stories(placed(WORLD))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(NUMBERS)))
def test_adding_again_changes_nothing(again: list[int]) -> None:
    placer = placed(WORLD)
    for number in again:
        placer.place(WORLD[number])
    assert stories(placer) == stories(placed(WORLD))


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.sampled_from(list(JudgementKind)))
def test_what_is_judged_can_be_undone_to_the_letter(one: int, other: int, kind: JudgementKind) -> None:
    placer = placed(WORLD)
    before = stories(placer)
    made = judgement(kind, [WORLD[one]], [WORLD[other]])
    placer.judge(made)
    after = stories(placer)
    assert sorted(article for _, members in after for article in members) == sorted(each.id for each in WORLD)
    assert stories(placer) == after
    placer.undo(made.id)
    assert stories(placer) == before


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(4)))
def test_judgements_count_in_the_order_of_their_time(order: list[int]) -> None:
    made = [
        judgement(JudgementKind.MERGE, [WORLD[0]], [WORLD[3]], 1),
        judgement(JudgementKind.SPLIT, WORLD[1:3], [WORLD[0]], 2),
        judgement(JudgementKind.MOVE, [WORLD[8]], [WORLD[1]], 3),
        judgement(JudgementKind.APART, [WORLD[4]], [WORLD[5]], 4),
    ]
    placer = placed(WORLD)
    for number in order:
        placer.judge(made[number])
    members = {one.articles for one in placer.stories()}
    assert any({WORLD[1].id, WORLD[2].id, WORLD[8].id} == set(one) for one in members)
    assert placer.story_of(WORLD[4].id) != placer.story_of(WORLD[5].id)


def test_a_merged_story_is_reached_by_the_ids_of_both() -> None:
    placer = placed(WORLD)
    first, second = placer.story_of(WORLD[0].id), placer.story_of(WORLD[3].id)
    placer.judge(judgement(JudgementKind.MERGE, [WORLD[0]], [WORLD[3]]))
    whole = placer.story_of(first.founder)
    assert whole == placer.story_of(second.founder)
    assert set(whole.articles) == {*first.articles, *second.articles}


def test_a_correction_outlives_what_comes_later() -> None:
    placer = placed(WORLD[:2])
    placer.judge(judgement(JudgementKind.APART, [WORLD[0]], [WORLD[1]]))
    placer.place(WORLD[2])
    assert placer.story_of(WORLD[0].id) != placer.story_of(WORLD[1].id)


def test_a_split_takes_along_what_is_more_like_it() -> None:
    placer = placed(WORLD[:3])
    placer.judge(judgement(JudgementKind.SPLIT, [WORLD[1]], [WORLD[0]]))
    assert placer.story_of(WORLD[1].id) != placer.story_of(WORLD[0].id)
    assert sum(len(one.articles) for one in placer.stories()) == 3


def test_an_earlier_article_that_comes_late_founds_the_story_and_the_old_id_still_leads_there() -> None:
    placer = placed(WORLD[1:3])
    old = placer.story_of(WORLD[1].id)
    placer.place(WORLD[0])
    now = placer.story_of(old.founder)
    assert now.founder == WORLD[0].id
    assert set(old.articles) < set(now.articles)


def test_a_placement_says_why() -> None:
    placer = placed(WORLD[:2])
    placement = placer.place(WORLD[2])
    assert placement.verdict in {Verdict.JOINS, Verdict.UNSURE}
    assert placement.story == placer.story_of(WORLD[0].id).id
    assert placement.nearest in {WORLD[0].id, WORLD[1].id}
    names = next(reason for reason in placement.reasons if reason.fact == "same_names")
    assert "sula" in names.evidence
    assert any("days apart" in reason.evidence for reason in placement.reasons)


def test_the_first_of_its_matter_starts_a_story() -> None:
    placement = placed(WORLD[:3]).place(WORLD[4])
    assert placement.verdict is Verdict.STARTS
    assert placement.story == story_id(WORLD[4].id)


def test_an_edited_article_is_placed_anew() -> None:
    placer = placed(WORLD)
    moved = told("steel", 1, days=1)
    placer.add([(WORLD[0].id, features(moved))])
    assert WORLD[0].id in placer.story_of(WORLD[7].id).articles
    placer.add([(WORLD[0].id, features(WORLD[0]))])
    assert stories(placer) == stories(placed(WORLD))


def test_what_stands_for_its_twins_can_be_edited_away() -> None:
    twin = [(ArticleId(f"a{number}"), features(WORLD[0])) for number in range(3)]
    placer = Placer()
    placer.add([*twin, (WORLD[1].id, features(WORLD[1]))])
    placer.add([(twin[0][0], features(WORLD[4]))])
    found = placer.story_of(WORLD[1].id)
    assert {twin[1][0], twin[2][0]} < set(found.articles)
    assert twin[0][0] not in found.articles


def test_what_is_not_kept_is_not_found() -> None:
    placer = placed(WORLD)
    with pytest.raises(NotFoundError):
        placer.story_of(ArticleId("anothing"))
    with pytest.raises(NotFoundError):
        placer.undo(judgement(JudgementKind.SAME, [WORLD[0]], [WORLD[1]]).id)


def test_a_shared_place_or_agency_alone_joins_nothing() -> None:
    sentences = (
        "A school in Eskby opened its new library to pupils on Monday, Meridian reported.",
        "Rain flooded two cellars near the harbour of Eskby, Meridian reported.",
        "The Eskby orchestra hired a conductor from abroad for the winter, Meridian reported.",
        "Prices of flats in Eskby fell by a tenth within one quarter, Meridian reported.",
    )
    some = [article(" ".join(one.split()[:6]), one, outlet="Meridian", published=published(START)) for one in sentences]
    assert all(len(one.articles) == 1 for one in placed(some).stories())


# What nobody would wish for


def test_undated_articles_join_what_they_are_like() -> None:
    some = [told(matter, number, days=number, dated=number != 1) for matter in MATTERS for number in range(3)]
    assert [len(one.articles) for one in placed(some).stories()] == [3, 3, 3]


def test_wrong_dates_do_no_more_than_part_an_article_from_its_story() -> None:
    wrong = [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)]
    some = [article(f"Ferry {at.year}", MATTERS["ferry"][0], published=published(at)) for at in wrong]
    placer = placed([*WORLD, *some])
    assert set(placer.story_of(WORLD[0].id).articles) == {one.id for one in WORLD[:3]}
    assert len(placer) == len(WORLD) + 3


def test_two_hundred_thousand_words_are_read_in_bounded_time() -> None:
    words = " ".join(f"word{number} Name{number}" for number in range(100_000))
    seen = features(article("Everything", words))
    assert len(seen.ids) == len(seen.weights) <= 96


def test_ten_thousand_identical_articles_are_one_story() -> None:
    seen = features(WORLD[0])
    placer = Placer()
    for at in range(0, 10_000, 500):
        placer.add((ArticleId(f"a{number:05}"), seen) for number in range(at, at + 500))
    found = placer.stories()
    assert len(found) == 1
    assert len(found[0].articles) == 10_000
    assert placer.placement(ArticleId("a09999")).verdict is Verdict.JOINS


@pytest.mark.parametrize(("title", "body"), [("", ""), ("Ferry", "Lost."), ("", "!!! ??? …"), ("12", "3 4 5")])
def test_articles_of_hardly_a_word_stand_alone(title: str, body: str) -> None:
    placement = placed(WORLD).place(article(title, body))
    assert placement.verdict is Verdict.STARTS
    assert 0 <= placement.score <= 1


def test_languages_do_not_mix_and_each_joins_its_own() -> None:
    texts = {
        "de": "Die Fähre Sula Maid kenterte vor Gannet Head, 83 Menschen waren an Bord, Taucher suchen die Vermissten.",
        "fr": "Le traversier a chaviré au large du cap, quatre-vingts passagers se trouvaient à bord du navire perdu.",
        "ja": "フェリーが岬の沖で転覆し、潜水士が行方不明者を捜索していると海上保安庁が発表した。",
        "ru": "Паром перевернулся у мыса, водолазы ищут пропавших пассажиров, сообщила береговая охрана.",
        "ar": "انقلبت العبارة قبالة الرأس ويبحث الغواصون عن المفقودين بحسب خفر السواحل.",
        "zh": "渡轮在海角附近倾覆，潜水员正在搜寻失踪者，海岸警卫队表示。",
        "el": "Το πλοίο ανατράπηκε ανοιχτά του ακρωτηρίου και δύτες αναζητούν τους αγνοούμενους επιβάτες.",
        "hi": "नौका अंतरीप के पास पलट गई और गोताखोर लापता यात्रियों की तलाश कर रहे हैं।",
        "ko": "여객선이 곶 앞바다에서 전복되어 잠수부들이 실종자를 찾고 있다고 해안경비대가 밝혔다.",
    }
    twice = [article(f"{code} {number}", text, outlet=str(number)) for code, text in texts.items() for number in (1, 2)]
    placer = placed([*WORLD, *twice])
    for first, second in zip(twice[::2], twice[1::2], strict=True):
        assert placer.story_of(first.id) == placer.story_of(second.id)
    assert len({placer.story_of(one.id).id for one in twice}) >= len(texts) - 1


def test_a_flood_of_one_outlet_is_settled_in_bounded_parts() -> None:
    draw = random.Random(7)  # noqa: S311 - no secret
    words = " ".join(" ".join(MATTERS["steel"]).split() * 3).split()
    placer = Placer()
    flood = []
    for number in range(600):
        draw.shuffle(words)
        flood.append(
            article(f"Ironvale {number}", " ".join(words[:60]), outlet="The Flood", published=published(START))
        )
    placer.add((one.id, features(one)) for one in flood)
    assert sum(len(one.articles) for one in placer.stories()) == 600
    placement = placer.place(WORLD[0])
    assert placement.verdict is Verdict.STARTS


class Shelf:
    """An archive in memory, of what a placer had to keep."""

    def __init__(self, articles: Iterable[tuple[ArticleId, Features]]) -> None:
        placer = Placer()
        self._features = dict(articles)
        placer.add(self._features.items())
        self._linkages = {one.article: one for one in placer.linkages()}

    def features(self, articles: Sequence[ArticleId]) -> Iterable[tuple[ArticleId, Features]]:
        return [(one, self._features[one]) for one in articles]

    def linkages(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        asked = set(articles)
        return [one for one in self._linkages.values() if one.article in asked or one.first in asked]

    def filed(self, days: tuple[int, int] | None) -> Sequence[tuple[ArticleId, int | None, bytes]]:
        kept = [one for one in self._linkages.values() if one.filed]
        if days is None:
            return [(one.article, None, one.filed) for one in kept if one.day is None]
        return [
            (one.article, one.day, one.filed) for one in kept if one.day is not None and days[0] <= one.day <= days[1]
        ]

    def latest_filed(self, before: int | None = None) -> int | None:
        days = [one.day for one in self._linkages.values() if one.filed and one.day is not None]
        return max((day for day in days if before is None or day < before), default=None)


def test_another_of_the_very_same_words_joins_those_of_an_archive() -> None:
    same = features(WORLD[0])
    placer = Placer(archive=Shelf([(ArticleId(f"a{number}"), same) for number in range(4)]))
    placer.add([(ArticleId("late"), same)])
    assert {placer.placement(one).story for one in placer.stirred()} == {story_id(ArticleId("a0"))}
    assert len(placer.story_of(ArticleId("late")).articles) == 5
