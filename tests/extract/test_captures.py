"""The laws of rebuilt articles, over every capture at hand: the sample's, and those of the shared test data."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality import captures as scorer
from quality.figures import Absent, shared
from readout.extract import transcript
from readout.models import IN_BODY, Article, ArticleKind, Media, Page, ParagraphKind

SAMPLE = sorted((Path(__file__).parents[2] / "src/readout/sample/captures").glob("*.txt"))
FEWEST_CAPTURES = 30


def page(text: str, name: str = "capture.txt") -> Page:
    return Page(text.encode("utf-8", "replace"), Media.TEXT, name)


def check(held: Page) -> tuple[Article, ...]:
    """Every law at once; what came out, for those who want to know more."""
    articles, rejections = transcript.articles(held)
    assert [article.position for article in articles] == list(range(len(articles)))
    assert all(rejection.page == held.id for rejection in rejections)
    for article in articles:
        _spans_point_at_their_text(held, article)
        _nothing_stands_twice(article)
    return articles


def _spans_point_at_their_text(held: Page, article: Article) -> None:
    for paragraph in article.paragraphs:
        assert paragraph.spans
        assert paragraph.text == " ".join(held.text[span.start : span.end] for span in paragraph.spans)
    if article.title_span:
        assert held.text[article.title_span.start : article.title_span.end] == article.title
    for credit in article.credits:
        if credit.span:
            assert credit.name in held.text[credit.span.start : credit.span.end]


def _nothing_stands_twice(article: Article) -> None:
    taken = sorted(span for paragraph in article.paragraphs for span in paragraph.spans)
    assert all(before.end <= after.start for before, after in pairwise(taken))


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_the_laws_hold_on_the_sample(path: Path) -> None:
    assert check(Page(path.read_bytes(), Media.TEXT, path.name))


def test_there_is_a_sample_to_hold_them_on() -> None:
    assert len(SAMPLE) >= FEWEST_CAPTURES


def test_the_laws_hold_on_captures_of_real_pages() -> None:
    try:
        folder = shared("captures")
    except Absent as why:
        pytest.skip(str(why))
    for path in sorted(folder.glob("*.txt")):
        assert check(Page(path.read_bytes(), Media.TEXT, path.name))
    for line in (folder / "aggregator_pages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        check(page(row["text"]))
        check(page(row["truncated_text"]))


def test_the_five_captured_pages_hold_sixteen_articles_one_of_them_a_list() -> None:
    try:
        folder = shared("captures")
    except Absent as why:
        pytest.skip(str(why))
    found = [a for path in folder.glob("*.txt") for a in check(Page(path.read_bytes(), Media.TEXT, path.name))]
    assert len(found) == 16
    assert [article.title for article in found if article.kind is ArticleKind.TEASER_LIST] == [
        "German Chancellor Friedrich Merz braves Oval Office MAGA test"
    ]


def test_the_figures_hold() -> None:
    try:
        figures = list(scorer.measure())
    except Absent as why:
        pytest.skip(str(why))
    assert {figure.name: figure.value for figure in figures if not figure.holds} == {}


MANGLES = st.lists(
    st.tuples(st.sampled_from(["drop", "double", "swap", "cut", "glue", "blank", "nul", "crlf"]), st.integers(0, 400)),
    max_size=12,
)


def _mangled(text: str, mangles: list[tuple[str, int]]) -> str:
    lines = text.split("\n")
    for what, where in mangles:
        at = where % len(lines)
        if what == "drop" and len(lines) > 1:
            del lines[at]
        elif what == "double":
            lines.insert(at, lines[at])
        elif what == "swap":
            lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
        elif what == "cut":
            lines[at] = lines[at][: where // 4]
        elif what == "glue" and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        elif what == "blank":
            lines.insert(at, " \t ")
        elif what == "nul":
            lines[at] = lines[at] + "\x00\u202e"
        elif what == "crlf":
            lines[at] = lines[at] + "\r"
    return "\n".join(lines)


@settings(max_examples=150)
@given(st.sampled_from(SAMPLE), MANGLES)
def test_the_laws_hold_on_captures_that_were_mangled(path: Path, mangles: list[tuple[str, int]]) -> None:
    check(page(_mangled(path.read_text(encoding="utf-8"), mangles)))


@given(st.lists(st.text(max_size=80), max_size=30))
def test_the_laws_hold_on_any_lines(lines: list[str]) -> None:
    check(page("\n".join(lines)))


@pytest.mark.parametrize("run", [" ", "(", "—", "- ", "A ", '"', "1:", "Photo: ", "READ MORE: ", ". ", "a", "\t|"])
def test_long_runs_of_one_thing_cost_no_more_than_their_length(run: str) -> None:
    """Finishes at once, or, where a pattern is quadratic, not in a minute: the runner's own time limit ends it."""
    check(page("A title of five words\n" + run * (20_000 // len(run)) + "\nThe end of it."))


def test_a_twenty_thousand_lines_are_read() -> None:
    found = check(page("A title of five words\n" + "The minister said nothing on the matter on Monday.\n" * 20_000))
    assert [article.title for article in found] == ["A title of five words"]


def test_a_capture_of_a_main_article_and_two_others() -> None:
    found = check(
        page(
            "logo\nOkell rings Valtec\n\nOkell rings Valtec\n\nKanal 73 hours ago\n"
            "The line was bad and the tempers were worse, two officials said on Monday.\n"
            "No date was set for another call, and nobody asked for one. (Meridian)\n"
            "Orange background\n\nComments\n\nNo comments yet...\n\nRelated Articles\n\n"
            "River rises\nRiver rises\n\nTidende\n\ntime2 hours ago\n\n  • World\n  • Tidende\n\nRiver rises\n\n"
            "ESKBY — The river rose by a metre on Sunday. Boats were moved. Photo: Ivar Moss The rain went on.\n\n"
            "Nothing to add\nNothing to add\n\nThe Ledger\n\ntime04-03-2031\n\n  • The Ledger\n\nNothing to add\n\n"
            "The ministry declined to comment. READ MORE: River rises It will speak on Friday.\n"
        )
    )
    assert [(a.title, a.outlet, a.age) for a in found] == [
        ("Okell rings Valtec", "Kanal 7", "3 hours ago"),
        ("River rises", "Tidende", "2 hours ago"),
        ("Nothing to add", "The Ledger", "04-03-2031"),
    ]
    assert [credit.name for credit in found[0].credits] == ["Meridian"]
    assert found[1].dateline == "ESKBY"
    assert [p.text for p in found[1].paragraphs if p.kind is ParagraphKind.CAPTION] == ["Boats were moved."]
    assert [p.text for p in found[2].paragraphs if p.kind in IN_BODY] == [
        "The ministry declined to comment. It will speak on Friday."
    ]
