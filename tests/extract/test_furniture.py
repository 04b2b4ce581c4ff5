"""Words of the page told from words of the news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import furniture


@pytest.mark.parametrize(
    "line",
    [
        "logo",
        "Share",
        "SHARE",
        "Related Articles",
        "Comments (3)",
        "No comments yet...",
        "4 min read",
        "Advertisement",
        "DOWNLOAD THE APP",
        "Orange background",
        "1 of 5 |",
        "© 2025 Harbour Post. All rights reserved.",
        "Link Copied!",
        "Verwandte Artikel",
        "Articles liés",
        "Noticias relacionadas",
        "相关文章",
        "Story continues below",
        "12.3K views",
        "Published",
        "https://gazette.example/a",
        "___",
        "Updated: 2:56 p.m. ET",
        "skip past newsletter promotion",
    ],
)
def test_words_of_an_interface_are_known(line: str) -> None:
    assert furniture.interface(line)


@pytest.mark.parametrize(
    "line",
    [
        "Meet the man who rang the bell",
        "Latest talks collapse",
        "Watch out for ice",
        "Follow the money",
        "More in sorrow",
        "Cookie makers fear for their jobs",
        "The share of women rose",
        "Comment is free, facts are sacred, said the editor",
        "Senate questions the firm's privacy policy in a long hearing",
        "Landslide",
        "He did not reply",
        "",
    ],
)
def test_titles_that_begin_like_an_interface_are_left_alone(line: str) -> None:
    assert not furniture.interface(line)


def test_headings_for_other_articles_are_told_from_headings_for_comments() -> None:
    assert furniture.heads_related("More from Inland Gazette")
    assert not furniture.heads_related("Comments")
    assert furniture.heads_comments("3 Comments")
    assert not furniture.heads_comments("Related")


@pytest.mark.parametrize(
    "text",
    [
        "Learn Norholtish with Fjordly Thanks to a daily lesson, in 15 minutes per day.",
        "Download the Kanal 7 app for news as it happens.",
        "Sign up for our newsletter and never miss a tide.",
        "By signing up you agree to our terms of use and privacy policy.",
    ],
)
def test_promotions_speak_to_a_customer(text: str) -> None:
    assert furniture.promotion(text)


@pytest.mark.parametrize(
    "text",
    ["She learned to sail with her uncle.", "The ministry signed up to the deal.", "They sell cookies on the quay."],
)
def test_news_that_uses_the_same_words_is_no_promotion(text: str) -> None:
    assert not furniture.promotion(text)


def test_a_promotion_inside_a_body_is_cut_to_the_sentence() -> None:
    text = "The boat sailed. Download the Kanal 7 app now. It was late."
    assert [text[a:b] for a, b in furniture.promotions(text, range(len(text)))] == ["Download the Kanal 7 app now."]


@pytest.mark.parametrize(
    ("text", "titles", "cut"),
    [
        ("It sank. READ MORE: Ferry sails “Good,” he said.", ("Ferry sails",), "READ MORE: Ferry sails"),
        ("It sank. Read more: Ferry sails again in May The master said.", (), "Read more: Ferry sails again in May"),
        ("It sank. READ ALSO: The whole story", (), "READ ALSO: The whole story"),
    ],
)
def test_a_pointer_ends_where_its_title_does(text: str, titles: tuple[str, ...], cut: str) -> None:
    assert [text[a:b] for a, b in furniture.pointers(text, titles)] == [cut]


@given(st.text())
def test_ranges_of_promotions_lie_in_the_text_and_in_order(text: str) -> None:
    ranges = furniture.promotions(text, range(len(text)))
    assert all(0 <= a < b <= len(text) for a, b in ranges)
    assert ranges == sorted(ranges)


def test_words_left_over_from_a_link_are_found_at_the_very_end_only() -> None:
    text = "It sank. Read more"
    assert text[: furniture.leftover(text)] == "It sank."
    assert furniture.leftover("It sank. Read more of it.") is None
