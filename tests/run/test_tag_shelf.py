"""Hashtags counted as articles come and go: the same as counted all at once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readout.group import hashtags
from readout.models import ArticleId, Tag, TagKind
from readout.run.tag_shelf import TagShelf

DAY = date(2031, 3, 4)
NAMES = (
    ("Ada Maren", TagKind.PERSON),
    ("Maren", TagKind.PERSON),
    ("Maren", TagKind.PLACE),
    ("Caldria", TagKind.PLACE),
    ("ferry inquiry", TagKind.PHRASE),
)
TAGS = st.lists(
    st.sampled_from([hashtags.tag(*name, 0.5) for name in NAMES]), max_size=4, unique_by=lambda one: one.key
)
STEPS = st.lists(st.tuples(st.integers(0, 7), st.none() | TAGS), max_size=30)


def named(number: int) -> ArticleId:
    return ArticleId(f"a{number}")


@given(STEPS)
def test_what_came_and_went_leaves_what_there_is(steps: list[tuple[int, list[Tag] | None]]) -> None:
    shelf, kept = TagShelf(), dict[ArticleId, str]()
    days = {named(number): DAY + timedelta(number // 2) for number in range(8)}
    for number, tags in steps:
        article = named(number)
        if tags is None:
            shelf.forget([article])
            kept.pop(article, None)
        else:
            kept[article] = hashtags.packed(tags)
            shelf.put(article, days[article], kept[article])
        shelf.settle()
    people = (tag.name for one in kept.values() for tag in hashtags.unpacked(one) if tag.kind is TagKind.PERSON)
    canon = hashtags.canonical(people, 2)
    whole = {one: hashtags.renamed(hashtags.unpacked(tags), canon) for one, tags in kept.items()}
    assert len(shelf) == len(kept)
    assert {one: shelf.tags(one) for one in kept} == whole
    counted = hashtags.counted((one, days[one], tags) for one, tags in whole.items())
    assert {one.tag.key: (one.articles, one.days, one.latest) for one in shelf.most(50)} == {
        one.tag.key: (one.articles, one.days, one.latest) for one in counted
    }


def test_a_last_name_finds_the_whole_one_and_a_spelling_finds_its_tag() -> None:
    shelf = TagShelf()
    for number, names in enumerate((NAMES[:1], NAMES[:1], NAMES[1:2], NAMES[4:])):
        shelf.put(named(number), DAY, hashtags.packed(hashtags.tag(*name, 1.0) for name in names))
    shelf.settle()
    maren, ferry = shelf.found("maren"), shelf.found("FerryInquiry")
    assert maren is not None
    assert maren.tag.name == "Ada Maren"
    assert maren.articles == 3
    assert ferry is not None
    assert ferry.tag.text == "FerryInquiry"
    assert shelf.found("nobody") is None
