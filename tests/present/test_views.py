"""What screens are given: worded, bounded, and pointing at the right characters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from readout.models import (
    Article,
    ArticleKind,
    Harvest,
    LossCount,
    Outlet,
    OutletCount,
    Page,
    Paragraph,
    ParagraphKind,
    Sighting,
    Span,
    Totals,
)
from readout.present import screens, views
from readout.present.marks import Gap
from tests import builders
from tests.present import world

TOTALS = Totals(pages=1, articles=61, outlets=1, rejections=0)
MEGABYTE = 1_000_000


def _screen(harvest: Harvest, position: int = 0) -> screens.ArticleScreen:
    assert harvest.page
    shown = harvest.articles[position]
    met = [Sighting(shown, harvest.page.captured)]
    return views.article(shown, page=harvest.page, on_page=harvest.articles, sightings=met)


def test_an_item_is_an_article_in_a_few_words() -> None:
    item = views.item(world.capture_harvest().articles[0])
    assert item.title == "Envoy speaks"
    assert item.outlet == "The Harbour Post"
    assert item.lead.endswith("…")
    assert len(item.lead) <= 201
    assert item.when
    assert item.when.basis == "2 hours before the capture"


def test_a_standfirst_is_the_lead_where_there_is_one() -> None:
    assert views.item(world.html_harvest().articles[0]).lead == "After eleven hours of debate, a majority of two."


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (ArticleKind.ARTICLE, ""),
        (ArticleKind.HEADLINE, "Only the headline was captured."),
        (ArticleKind.TEASER_LIST, "A list of other titles, not a text."),
    ],
)
def test_an_item_says_what_is_missing(kind: ArticleKind, note: str) -> None:
    assert views.item(builders.article(kind=kind)).note == note


@pytest.mark.parametrize("title", ["", "  ", "\u200b\u202e"])
def test_an_article_without_a_title_says_so(title: str) -> None:
    assert views.title(builders.article(title)) == "No title"


def test_a_title_is_one_line_and_bounded() -> None:
    assert views.title(builders.article("a\n b")) == "a b"
    assert len(views.title(builders.article("word " * 20_000))) <= 401


def test_the_first_screen_leads_with_the_first_article() -> None:
    articles = [builders.article("First"), builders.article("Second")]
    front = views.front(articles, TOTALS, [], 1)
    assert front.lead
    assert front.lead.title == "First"
    assert [one.title for day in front.days for one in day.entries] == ["Second"]
    assert views.front(articles, TOTALS, [], 2).lead is None
    assert front.paging == screens.Paging(1, 3)


def test_articles_are_gathered_by_day_and_the_undated_stay_in_their_place() -> None:
    noon = builders.published()
    earlier = builders.published(builders.NOON - timedelta(days=1))
    articles = [
        builders.article("a", published=noon),
        builders.article("b"),
        builders.article("c", published=earlier),
    ]
    days = views.outlet(OutletCount(Outlet("x"), 3), articles, 1).days
    assert [(day.heading, [one.title for one in day.entries]) for day in days] == [
        ("19 July 2025", ["a", "b"]),
        ("18 July 2025", ["c"]),
    ]


def test_undated_articles_after_the_leading_one_stand_under_its_date() -> None:
    front = views.front([builders.article("a", published=builders.published()), builders.article("b")], TOTALS, [], 1)
    assert [day.heading for day in front.days] == ["19 July 2025"]


def test_undated_articles_stand_after_the_others_of_their_day() -> None:
    noon, before = builders.published(), builders.published(builders.NOON - timedelta(days=1))
    listed = [("a", None), ("b", noon), ("c", None), ("d", noon), ("e", before), ("f", None), ("g", before)]
    shown = views.in_days([builders.article(title, published=at) for title, at in listed])
    assert "".join(one.title for one in shown) == "bdacegf"


def test_undated_articles_alone_have_a_day_without_a_name() -> None:
    assert views.front([builders.article()] * 2, TOTALS, [], 1).days[0].heading == ""


def test_an_article_is_set_in_blocks() -> None:
    screen = _screen(world.html_harvest())
    assert [block.kind for block in screen.standfirst] == ["standfirst"]
    kinds = ["aside", "body", "subhead", "list item", "table row", "quote", "body"]
    assert [block.kind for block in screen.body] == kinds
    assert screen.body[0].labels == ("caption", "photo credit")
    assert [stretch.text for stretch in screen.body[4].pieces[1].stretches] == ["Ministry", "1,200"]


def test_every_stretch_points_at_its_own_characters() -> None:
    harvest = world.capture_harvest()
    assert harvest.page
    stretches = [stretch for block in _screen(harvest).body for piece in block.pieces for stretch in piece.stretches]
    assert len(stretches) > 3
    for stretch in stretches:
        assert stretch.at is not None
        assert harvest.page.text[stretch.at :].startswith(stretch.text)


def test_a_stretch_behind_furniture_points_behind_it() -> None:
    first, second = "The envoy spoke for an hour to a full room. " * 9, "He named no date, and he gave no names. " * 12
    page = builders.page(f"Title\n{first}\nSUBSCRIBE\n{second}")
    spans = (world.span(page, first), world.span(page, second))
    paragraph = Paragraph(f"{first} {second}", spans)
    article = replace(builders.article("Title"), page=page.id, paragraphs=(paragraph,))
    stretches = _screen(Harvest(page, (article,))).body[0].pieces[0].stretches
    behind = [stretch for stretch in stretches if stretch.text.startswith("He named")]
    assert behind
    assert all(stretch.at and page.text[stretch.at :].startswith("He named") for stretch in behind)


def test_a_paragraph_of_html_points_at_its_beginning() -> None:
    page = Page(b"<p>The <b>envoy</b> spoke.</p>", world.html_harvest().page.media, "a.html")  # type: ignore[union-attr]
    article = replace(builders.article("T"), page=page.id, paragraphs=(Paragraph("The envoy spoke.", (Span(3, 26),)),))
    assert _screen(Harvest(page, (article,))).body[0].pieces[0].stretches[0].at == 3


def test_a_row_with_a_span_for_each_cell_is_set_in_those_cells() -> None:
    page = builders.page("<tr><td>Joint gauge</td><td>May 31</td></tr>")
    spans = (world.span(page, "Joint gauge"), world.span(page, "May 31"))
    row = Paragraph("Joint gauge May 31", spans, ParagraphKind.TABLE_ROW)
    screen = _screen(Harvest(page, (replace(builders.article(), page=page.id, paragraphs=(row,)),)))
    stretches = screen.body[0].pieces[0].stretches
    assert [(one.text, one.at) for one in stretches] == [("Joint gauge", 8), ("May 31", 28)]


def test_a_paragraph_without_a_place_points_nowhere() -> None:
    page = builders.page("nothing of it")
    screen = _screen(Harvest(page, (replace(builders.article(), page=page.id),)))
    assert screen.body[0].pieces[0].stretches[0].at is None
    assert screen.origin.start is None


def test_the_text_of_an_article_is_bounded_and_the_rest_counted() -> None:
    screen = _screen(builders.harvest(builders.article("Long", *["word " * 200] * 1_500)))
    shown = sum(len(stretch.text) for block in screen.body for piece in block.pieces for stretch in piece.stretches)
    assert shown <= 240_000
    assert screen.left_out == 1_500 * 1_000 - shown


def test_one_endless_paragraph_is_cut() -> None:
    screen = _screen(builders.harvest(builders.article("Long", "x" * MEGABYTE)))
    assert screen.left_out == MEGABYTE - 240_000


def test_related_articles_are_the_others_of_the_page() -> None:
    screen = _screen(world.capture_harvest())
    assert [(one.title, one.outlet, one.age, one.role) for one in screen.others] == [
        ("Ferry delayed", "Coast Radio", "yesterday", "related article"),
        ("In pictures", "", "", "related article"),
    ]


def test_editions_are_counted_in_the_order_they_were_captured() -> None:
    newer, older = world.capture_harvest(), world.capture_harvest(hours=5, ending="He stayed.")
    assert newer.page
    met = [Sighting(one.articles[0], one.page.captured) for one in (older, newer) if one.page]
    screen = views.article(newer.articles[0], page=newer.page, on_page=newer.articles, sightings=met)
    assert [(place.edition, place.here) for place in screen.places] == [(1, False), (2, True)]
    assert (screen.editions, screen.sightings) == (2, 2)


def test_sightings_are_bounded_and_counted() -> None:
    harvest = world.capture_harvest()
    assert harvest.page
    met = [Sighting(harvest.articles[0], None)] * 100
    screen = views.article(harvest.articles[0], page=harvest.page, on_page=(), sightings=met)
    assert (len(screen.places), screen.sightings) == (40, 100)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa-IR", "rtl"), ("en", "ltr"), (None, "ltr")])
def test_the_direction_follows_the_language(language: str | None, direction: str) -> None:
    page = builders.page()
    article = replace(builders.article(), page=page.id, language=language)
    assert _screen(Harvest(page, (article,))).direction == direction


@pytest.mark.parametrize("language", ['en" onload="x', "e", "toolonglanguage", "en\n"])
def test_a_language_that_is_none_is_not_told(language: str) -> None:
    assert views.item(replace(builders.article(), language=language)).language == ""


@pytest.mark.parametrize(
    "address", ["https://harbour-post.example/bill?a=b#c", "http://a.example", "HTTPS://münchen.example/ä"]
)
def test_addresses_of_the_web_may_be_links(address: str) -> None:
    assert views.outside(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//elsewhere.example",
        "https://bank.example@elsewhere.example/",
        "https://a.example/\nb",
        "https://a.example/\u202egpj",
        "https://a.example\\@b.example",
        " https://a.example",
        "https://" + "a" * 3_000,
    ],
)
def test_other_addresses_are_not(address: str | None) -> None:
    assert views.outside(address) == ""


def test_a_page_is_shown_with_its_articles_marked() -> None:
    harvest = world.html_harvest()
    assert harvest.page
    screen = views.page(harvest.page, harvest.articles, harvest.rejections)
    marked = [
        (piece.mark.label, piece.text) for piece in screen.excerpt.pieces if not isinstance(piece, Gap) and piece.mark
    ]
    assert marked[0] == ("title", "Parliament votes on the harbour bill")
    assert marked[-2:] == [("furniture", "<aside>Subscribe</aside>"), ("credit", "(AFP)")]
    assert {label for label, _ in marked} >= {kind.value for kind in ParagraphKind}
    assert (screen.media, screen.size) == ("HTML", f"{len(harvest.page.content)} bytes")


def test_every_paragraph_of_an_article_can_be_pointed_at_on_its_page() -> None:
    harvest = world.html_harvest()
    assert harvest.page
    screen = views.page(harvest.page, harvest.articles, ())
    starts = {piece.start for piece in screen.excerpt.pieces} & screen.anchors
    assert starts >= {span.start for paragraph in harvest.articles[0].paragraphs for span in paragraph.spans}


def test_a_page_lists_a_bounded_number_of_articles() -> None:
    page = builders.page("x")
    articles: list[Article] = [replace(builders.article(), page=page.id, position=number) for number in range(300)]
    screen = views.page(page, articles, ())
    assert (len(screen.jumps), screen.jumps_left_out) == (200, 100)


def test_what_was_dropped_is_clipped_and_never_nameless() -> None:
    rejections = [builders.rejection("x" * 100_000), builders.rejection("")]
    screen = views.losses([LossCount("extract", "too short", 2)], rejections, 1)
    assert [len(one.subject) for one in screen.rejections] == [401, 7]
    assert screen.total == 2


@pytest.mark.parametrize(("total", "last"), [(0, 1), (1, 1), (30, 1), (31, 2), (61, 3)])
def test_a_list_takes_as_many_screens_as_it_needs(total: int, last: int) -> None:
    assert views.paging(1, total, 30).last == last


@pytest.mark.parametrize(("count", "size"), [(12, "12 bytes"), (1_500, "1.5 kB"), (16_000_000, "16.0 MB")])
def test_sizes_are_told_in_words(count: int, size: str) -> None:
    assert views.page(builders.page(b"x" * count), (), ()).size == size
