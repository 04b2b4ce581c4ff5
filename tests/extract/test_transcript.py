"""Articles out of text captures: roles, kinds, and what is said of an item beside its text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.extract import transcript
from readout.models import Article, ArticleKind, ParagraphKind, Role, Span
from tests import builders

GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "extract").glob("*/input.txt"))

TEXT = (
    "The ferry between Lenn and Eskby will sail again on Monday, the harbour company said, after a month in the dock."
)
MORE = "Nobody had asked the islanders, who would have liked to know before they ordered their flour from the north."


def articles(*lines: str, end: str = "\n") -> list[Article]:
    return list(transcript.articles(builders.page(end.join(lines)))[0])


def test_a_page_with_a_main_article_has_related_ones() -> None:
    main, related = articles(
        "Ferry sails again", TEXT, MORE, "Related", "Kanal 7", "2 hours ago", "Herring are back", TEXT
    )
    assert (main.role, related.role) == (Role.MAIN, Role.RELATED)
    assert (related.outlet, related.age, related.title) == ("Kanal 7", "2 hours ago", "Herring are back")


def test_a_page_without_one_is_a_list() -> None:
    item = ("Kanal 7", "2 hours ago", "Herring are back in the bay", TEXT)
    other = ("Harbour Post", "3 hours ago", "Ferry sails again after a month", MORE)
    assert [one.role for one in articles("#", "Latest news with #ferry", *item, *other)] == [Role.LISTED, Role.LISTED]


def test_an_item_without_text_is_a_headline() -> None:
    page = ("Ferry sails again", TEXT, MORE, "Related", "Kanal 7", "2 hours ago", "Herring are back in the bay")
    assert articles(*page)[1].kind is ArticleKind.HEADLINE


def test_a_topic_is_the_section_and_the_outlet_is_not() -> None:
    item = (
        "Herring are back",
        "Herring are back",
        "Kanal 7",
        "time2 hours ago",
        "• World",
        "• Kanal 7",
        "Herring are back",
    )
    assert articles("Ferry sails again", TEXT, MORE, "Related Articles", *item, TEXT)[1].section == "World"


def test_a_standfirst_is_set_apart_from_the_body() -> None:
    (found,) = articles("Ferry sails again", "The islands get their bread back", "By Ana Poe", TEXT, MORE)
    assert [one.kind for one in found.paragraphs] == [ParagraphKind.STANDFIRST, ParagraphKind.BODY, ParagraphKind.BODY]
    assert found.authors == ("Ana Poe",)


def test_the_authors_few_lines_about_himself_are_furniture() -> None:
    (found,) = articles(
        "A gauge is no peace", "By Kaia Strand", TEXT, MORE, "Kaia Strand leads the opposition in Eskby."
    )
    assert "opposition" not in found.body
    assert found.furniture


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n \t\n"])
def test_the_ends_of_lines_change_nothing(end: str) -> None:
    (found,) = articles("Ferry sails again", "Kanal 7", "2 hours ago", TEXT, MORE, end=end)
    assert (found.title, found.outlet, found.age, found.body) == (
        "Ferry sails again",
        "Kanal 7",
        "2 hours ago",
        f"{TEXT}\n{MORE}",
    )


def test_a_page_with_nothing_on_it_gives_nothing() -> None:
    assert transcript.articles(builders.page(" \n\t\n")) == ((), ())


def test_an_item_that_cannot_be_an_article_is_rejected_with_its_reason() -> None:
    found, rejections = transcript.articles(builders.page("Ferry sails again\nYes."))
    assert not found
    assert [one.reason for one in rejections] == ["too short"]


def test_a_title_of_other_words_than_the_body_is_kept_and_said_so() -> None:
    title = "Clockmaker's pigeon cheerfully baffles magistrates"
    (found,) = articles(title, "Kanal 7", "2 hours ago", *[f"In week {n}, {TEXT.lower()}" for n in range(12)])
    assert found.title == title
    assert found.reasons == ("kept: title does not belong to the body",)


def test_a_line_of_ten_million_characters_is_read_in_seconds() -> None:
    (found,) = articles("Ferry sails again after a month", f"{TEXT} " * (10_000_000 // len(TEXT)))
    assert len(found.body) > 9_000_000


@settings(max_examples=60)
@given(st.data())
def test_articles_of_a_shuffled_page_do_not_overlap_and_every_span_is_true(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(GOLDEN)).read_text(encoding="utf-8").splitlines()
    page = builders.page(data.draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(data.draw(st.permutations(lines))))
    found, _ = transcript.articles(page)
    for article in found:
        for paragraph in article.paragraphs:
            assert paragraph.text == " ".join(page.text[a:b] for a, b in paragraph.spans)
        assert all(0 <= a < b <= len(page.text) for a, b in article.furniture)
    taken = sorted(_taken(found))
    assert all(before.end <= after.start for before, after in pairwise(taken))


def _taken(found: tuple[Article, ...]) -> list[Span]:
    return [span for article in found for paragraph in article.paragraphs for span in paragraph.spans]
