"""What is no article, told by how it is built; and what is one, although it looks odd."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import gate
from readout.models import Article, ArticleKind, Paragraph, ParagraphKind, Role, Span
from tests import builders
from tests.extract.articles import BODY, TITLE


def article(
    *body: str, title: str = TITLE, role: Role = Role.MAIN, kind: ParagraphKind = ParagraphKind.BODY
) -> Article:
    """An article of those paragraphs."""
    made = builders.article(title, role=role)
    paragraphs = tuple(Paragraph(text, (Span(0, 1),), kind) for text in body)
    return replace(made, paragraphs=paragraphs, kind=ArticleKind.ARTICLE, language="en")


def test_an_article_passes() -> None:
    assert gate.fault(article(*BODY)) is None


@pytest.mark.parametrize(
    ("body", "title", "reason"),
    [
        ((), TITLE, gate.NO_ARTICLE),
        (("Two words.",), TITLE, gate.TOO_SHORT),
        (("Sorry, the page you are looking for could not be found.",), "Page not found", gate.ERROR),
        (("Please verify you are a human. We noticed unusual traffic from your network.",), "One moment", gate.ERROR),
        (
            (
                "We and our 212 partners store information on a device, such as cookies, to measure advertisements.",
                "You may accept all or reject all personalised content. Your consent can be withdrawn at any time.",
                "See our privacy policy and manage options below.",
            ),
            "Before you continue",
            gate.CONSENT,
        ),
        (
            (
                "The council met late on Thursday and nobody who was there would say what had been agreed.",
                "To continue reading, subscribe now. Already a subscriber? Log in to continue.",
            ),
            TITLE,
            gate.PAYWALL,
        ),
        (tuple(f"What happened at the crossing on day {i}" for i in range(12)), TITLE, gate.LIST),
    ],
)
def test_what_is_no_article_is_told_with_its_reason(body: tuple[str, ...], title: str, reason: str) -> None:
    assert gate.fault(article(*body, title=title)) == reason


def test_a_text_that_breaks_off_before_a_till_is_a_stub() -> None:
    cut = article("Every morning at six, Oskar Lint rows out with a lead and a line and a flask of…")
    assert gate.fault(cut) is None
    assert (
        gate.fault(cut, around="Subscribe to read everything. You have read your three free reports.") == gate.PAYWALL
    )


def test_a_title_must_meet_a_long_body_somewhere() -> None:
    body = [f"{text} {text}" for text in BODY] * 2
    assert gate.fault(article(*body, title="Zebras wander through museum corridors tonight")) == gate.OTHER_TITLE
    assert gate.fault(article(*body, title="Zebras wander through the council tonight")) is None
    assert gate.fault(article(*body, title="Zebras")) is None


def test_only_the_languages_that_are_wanted_pass() -> None:
    assert gate.fault(article(*BODY), ["de", "fr"]) == gate.LANGUAGE
    assert gate.fault(article(*BODY), ["en"]) is None
    assert gate.fault(replace(article(*BODY), language=None), ["de"]) is None


def test_headlines_and_lists_told_as_such_pass() -> None:
    listed = replace(article(*(f"Title {i}" for i in range(12))), kind=ArticleKind.TEASER_LIST)
    assert gate.fault(listed) is None
    assert gate.fault(replace(article(), kind=ArticleKind.HEADLINE)) is None
    assert gate.fault(replace(article(title=""), kind=ArticleKind.HEADLINE)) == gate.NO_ARTICLE


def test_a_flash_among_related_articles_is_short_and_passes() -> None:
    assert gate.fault(article("The council has agreed.", role=Role.RELATED)) is None


def test_a_report_about_cookies_or_pages_that_are_gone_is_no_wall() -> None:
    about = [
        "The court ruled that a site must ask for consent before it stores cookies: a privacy policy is not enough.",
        "Publishers said that the page where readers accept all or reject all would have to be redrawn by the spring.",
        *BODY,
        "A reader who wants the full story must subscribe to continue, an editor said; nobody is one for ever.",
        *BODY,
    ]
    assert gate.fault(article(*about, title="Court tells sites to ask before they store cookies")) is None


@given(st.lists(st.text(max_size=200), max_size=30), st.text(max_size=200))
def test_nothing_is_raised(body: list[str], title: str) -> None:
    gate.fault(article(*body, title=title), ["en"], around=title)


@pytest.mark.parametrize("kind", ["consent", "paywall", "error"])
@given(data=st.data())
def test_whatever_a_pattern_finds_holds_one_of_its_marks(kind: str, data: st.DataObject) -> None:
    words = tomllib.loads(files("readout.extract").joinpath("gate.toml").read_text("utf-8"))
    pattern = data.draw(st.sampled_from(words[kind]))
    found = data.draw(st.from_regex(pattern.replace(r"\b", ""), fullmatch=True))
    assert any(mark in found for mark in words["marks"][kind]), (pattern, found)
