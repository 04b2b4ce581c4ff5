"""Articles out of HTML pages: what is kept, what is set apart, what is turned away, and that nothing is ever raised."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.extract import html
from readout.extract.passages import Unit
from readout.models import Article, Basis, Page, ParagraphKind, Precision, Rejection
from readout.text.html import plain
from tests.extract.articles import BODY, HEAD, TITLE, lawful, page, source

PUT = ("", "<", ">", "<p>", "</div>", "<b", '"', "&", "&amp;", "<!--", "<script>", "\x00", "é", " ")
LINKED = '<script type="application/ld+json">%s</script>'


def only(text: str, *, address: str | None = None) -> Article:
    captured = page(text, address=address)
    found = html.articles(captured)
    assert lawful(captured, found)
    (article,), _ = found
    return article


def refused(text: str) -> Rejection:
    captured = page(text)
    found = html.articles(captured)
    assert lawful(captured, found)
    articles, rejections = found
    assert articles == ()
    return rejections[-1]


def texts(article: Article, kind: ParagraphKind) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.kind is kind]


def test_an_article_is_rebuilt_whole() -> None:
    article = only(source())
    assert article.title == TITLE
    assert article.body == "\n".join(BODY)
    assert article.outlet == "The Harbour Post"
    assert article.address == "https://post.example/news/ferry-line"
    assert article.language == "en"
    assert (article.dateline, [credit.name for credit in article.credits]) == ("HALMAR", ["Meridian"])
    assert article.published is not None
    assert article.published.at.isoformat() == "2025-06-19T16:05:00+00:00"
    assert (article.published.zone, article.published.basis) == (120, Basis.STATED)
    assert article.extractor == html.EXTRACTOR
    assert [reason.partition(":")[0] for reason in article.reasons] == [
        "title",
        "outlet",
        "authors",
        "published",
        "address",
    ]


def test_kinds_come_from_the_markup() -> None:
    body = f"""<p>{BODY[0]}</p><h2>What it costs</h2><p>{BODY[1]}</p>
    <ul><li>A boat for 4.2 million crowns</li>
    <li>Engines that nobody has priced</li></ul><blockquote><p>{BODY[2]}</p></blockquote>
    <p>{BODY[3]}</p><table><tr><td>Votes for</td><td>seven</td></tr><tr><td>Votes against</td><td>two</td></tr></table>
    <p>{BODY[4]}</p>"""
    article = only(source(body=body.replace("&", "&amp;")))
    assert texts(article, ParagraphKind.SUBHEAD) == ["What it costs"]
    assert texts(article, ParagraphKind.LIST_ITEM) == [
        "A boat for 4.2 million crowns",
        "Engines that nobody has priced",
    ]
    assert texts(article, ParagraphKind.QUOTE) == [BODY[2]]
    assert texts(article, ParagraphKind.TABLE_ROW) == ["Votes for\tseven", "Votes against\ttwo"]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><th>Votes <b>for</b></th><td> seven </td><td>58&nbsp;%</td></tr>",
        "<tr><th>Votes for<td>seven<td>58 %</tr>",
        "<tr><th><p>Votes</p><p>for</p></th><td></td><td>seven</td><td>58 %</td></tr>",
    ],
)
def test_each_cell_of_a_row_has_its_span_and_a_tab_stands_between(row: str) -> None:
    text = source(body="".join(f"<p>{one}</p>" for one in BODY[:4]) + f"<table>{row}</table><p>{BODY[4]}</p>")
    article = only(text)
    held = next(one for one in article.paragraphs if one.kind is ParagraphKind.TABLE_ROW)
    assert held.text == "Votes for\tseven\t58 %"
    assert [plain(text, *span)[0] for span in held.spans] == ["Votes for", "seven", "58 %"]


def test_a_table_that_only_places_things_has_no_rows() -> None:
    paragraphs = "".join(f"<p>{one.replace('&', '&amp;')}</p>" for one in BODY)
    article = only(source(body=f"<table><tr><td>{paragraphs}</td></tr></table>"))
    assert [one.text for one in article.paragraphs if one.kind is ParagraphKind.BODY] == list(BODY)


def test_captions_and_credits_are_set_apart() -> None:
    figure = """<figure><img src="x.jpg" alt="A boat"><figcaption>The boat in Port Ansel last week.
    <span class="credit">Photo: Ivar Moss / Courier</span></figcaption></figure>"""
    article = only(source(before=figure))
    assert texts(article, ParagraphKind.CAPTION) == ["The boat in Port Ansel last week."]
    assert texts(article, ParagraphKind.PHOTO_CREDIT) == ["Photo: Ivar Moss / Courier"]
    assert article.body == "\n".join(BODY)


def test_a_credit_without_markup_is_known_by_its_wording() -> None:
    figure = "<figure><figcaption>The boat in Port Ansel last week. (Photo: Reuters)</figcaption></figure>"
    article = only(source(before=figure))
    assert texts(article, ParagraphKind.CAPTION) == ["The boat in Port Ansel last week."]
    assert texts(article, ParagraphKind.PHOTO_CREDIT) == ["(Photo: Reuters)"]


@pytest.mark.parametrize("name", ["standfirst", "article__dek", "subTitle", "c-strapline"])
def test_a_standfirst_is_set_apart_where_it_is_marked(name: str) -> None:
    article = only(
        source(before=f'<p class="{name}">Two boats a day, from April, says the council of the harbour.</p>')
    )
    assert texts(article, ParagraphKind.STANDFIRST) == ["Two boats a day, from April, says the council of the harbour."]
    assert article.body == "\n".join(BODY)


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="related-stories"><p>Council to vote on the ferry line, nine years after its promise.</p></div>',
        '<p class="NewsletterPromo">All of the harbour in your inbox, every morning before the first boat leaves.</p>',
        '<p><b>READ MORE:</b> <a href="/x">Nine years of waiting for the northern ferry, year by year</a></p>',
        '<p><a href="/x">Nine years of waiting for the northern ferry, year by year</a></p>',
        "<p>Advertisement</p>",
        "<p>Sign up for our newsletter and get the harbour in your inbox every morning.</p>",
        "<aside><p>The harbour council has nine members and meets on the first Thursday of a month.</p></aside>",
        "<p hidden>You cannot see this paragraph unless you look into the source of the page.</p>",
        '<p style="display: none">You cannot see this paragraph unless you look into the source of the page.</p>',
        "<button>Share this story</button>",
    ],
)
def test_furniture_inside_a_body_is_cut_out_and_kept_with_its_place(furniture: str) -> None:
    paragraphs = [f"<p>{text.replace('&', '&amp;')}</p>" for text in BODY]
    article = only(source(body="\n".join([*paragraphs[:3], furniture, *paragraphs[3:]])))
    assert article.body == "\n".join(BODY)
    assert len(article.furniture) == 1


def test_furniture_around_a_body_is_left_out() -> None:
    before = f"<p>{TITLE}</p><p>By Ann Reed</p><p>Thursday 19 June 2025, 18:05</p><p>3 min read</p>"
    after = "<h3>Related stories</h3><p>The eel men of Millgate put their boats away</p><p>More from the sea</p>"
    article = only(source(before=before, after=after))
    assert article.body == "\n".join(BODY)
    assert article.authors == ("Ann Reed",)


def test_what_is_credited_below_the_text_is_read_and_taken_off() -> None:
    body = "".join(f"<p>{text}</p>" for text in (*BODY[1:3], f"{BODY[4]} (Nordwire)"))
    article = only(source(body=body, after='<p class="source">This article is republished from The Long View.</p>'))
    assert article.body == "\n".join((*BODY[1:3], BODY[4]))
    assert [credit.name for credit in article.credits] == ["Nordwire", "The Long View"]


def test_two_breaks_end_a_paragraph_and_one_does_not() -> None:
    article = only(source(body=f"<div>{BODY[1]}<br><br>{BODY[2]}<br>{BODY[4]}</div>"))
    assert article.body == f"{BODY[1]}\n{BODY[2]} {BODY[4]}"


def test_a_repeated_line_is_found_beside_its_neighbours() -> None:
    body = f"<p>{BODY[1]}</p><h2>News</h2><p>{BODY[2]}</p><p>{BODY[4]}</p>"
    article = only(source(body=body))
    spans = [paragraph.spans[0] for paragraph in article.paragraphs]
    assert texts(article, ParagraphKind.SUBHEAD) == ["News"]
    assert spans == sorted(spans)
    assert source(body=body)[spans[1].start - 4 : spans[1].start] == "<h2>"


def test_where_the_page_says_no_date_the_text_may() -> None:
    body = "".join(f"<p>{text}</p>" for text in (*BODY[1:3], "The council met on Thursday, June 19, in Halmar."))
    article = only(source(head="", body=body))
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2025-06-19"
    assert (article.published.basis, article.published.precision) == (Basis.INFERRED, Precision.DAY)
    assert any("inferred" in reason for reason in article.reasons)


def test_the_same_page_gives_the_same_article() -> None:
    assert only(source()) == only(source())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not an article"),
        ("<html></html>", "not an article"),
        (source(body="<p>Too little.</p>"), "too short"),
        (source(title="404", body="<p>The page you are looking for does not exist.</p>"), "error page"),
        (source(body="<div>" * 10_000 + "deep" + "</div>" * 10_000), html.TOO_DEEP),
        (source(body="<p>wide</p>" * 40_000), html.TOO_LARGE),
        (source(body="<p>" + "<a href=x>word</a> " * 8_000), html.TOO_LARGE),
        (source(body="<p>" + "word " * 2_000_000), html.TOO_LARGE),
    ],
)
def test_what_holds_no_article_is_rejected_with_its_reason(text: str, reason: str) -> None:
    start = time.process_time()
    rejection = refused(text)
    assert (rejection.reason, rejection.detail != "") == (reason, True)
    assert time.process_time() - start < 5


def test_a_list_of_links_is_no_article() -> None:
    items = "".join(
        f'<li><a href="/{i}">What happened at the crossing on day {i}, hour by hour</a></li>' for i in range(12)
    )
    assert refused(source(body=f"<ul>{items}</ul>")).reason == "list of titles"


def test_where_a_list_was_taken_for_the_article_the_densest_part_is_read() -> None:
    item = '<li><h3><a href="/x">What happened at the crossing on the %sth day</a></h3></li>'
    listed = f"<ul>{''.join(item % day for day in range(4, 30))}</ul>"
    apart = "".join(f"<div><p>{text}</p></div>" for text in (*BODY, *BODY[1:]))
    article = only(source(body=listed).replace("</main>", f"</main><section id='comments'>{apart}</section>"))
    assert article.body.startswith(BODY[0])
    assert article.reasons[-1] == "text: the densest part of the page; by trafilatura list of titles"


def test_a_wall_around_the_first_lines_is_a_paywall() -> None:
    wall = (
        '<div class="wall"><p>Subscribe now to read the full story. Already a subscriber? Log in to continue.</p></div>'
    )
    body = "<p>Every morning at six, Oskar Lint rows out from the foot of the northern dam with a lead and a line…</p>"
    assert refused(source(body=body, after=wall)).reason == "paywall stub"


def test_a_paragraph_that_is_not_on_the_page_is_dropped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    invented = Unit(["This sentence stands nowhere on the page that it is said to come from."])
    units = html._units  # noqa: SLF001 - the extractor below us
    monkeypatch.setattr(html, "_units", lambda markup: [*units(markup), invented])  # what no page can make happen
    captured = page(source())
    (article,), (rejection,) = html.articles(captured)
    assert article.body == "\n".join(BODY)
    assert (rejection.reason, rejection.detail) == (html.NOT_ON_PAGE, invented.pieces[0])


@pytest.mark.parametrize(
    "text",
    [
        source(title="\x00" + TITLE, body="<p>\x00\x01 control \x7f characters</p>" + f"<p>{BODY[1]}</p>" * 3),
        source(title="long " * 20_000),
        source(body="".join(f"<p>{text}" for text in BODY)),
        source(body="<p>&bogus; &#xD800; &#99999999; &amp &lt;p&gt; " + BODY[1]),
        source(body="<p>" + "\ud800 lone surrogate " + BODY[1]),
        source(head=HEAD + LINKED % ("[" * 100_000)),
        source(
            head=HEAD
            + '<script type="application/ld+json">{"@type": "NewsArticle", "headline": 5, "author": [[[]]]}</script>'
        ),
        source(head='<link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="http://[">'),
        source()[:700],
        source()[:-300],
        "<p>" + "word " * 200_000,
        "\ufeff" + source(),
        source().replace("<", "&lt;"),
        "<!--" + source(),
        source().upper(),
    ],
)
def test_broken_pages_raise_nothing(text: str) -> None:
    captured = page(text)
    start = time.process_time()
    assert lawful(captured, html.articles(captured))
    assert time.process_time() - start < 10


def test_bytes_that_are_no_text_raise_nothing() -> None:
    for content in (b"", b"\x00\xff\xfe" * 1000, b"<p>\xc3\x28 bad</p>" * 50, bytes(range(256)) * 40):
        captured = Page(content, page("").media, "binary.html")
        assert lawful(captured, html.articles(captured))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_spans_point_at_their_text_whatever_is_done_to_the_source(data: st.DataObject) -> None:
    text = source(
        before='<p class="dek">Two boats a day, from April.</p><figure><figcaption>A boat</figcaption></figure>'
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        until = at + data.draw(st.integers(0, 30))
        put = data.draw(
            st.sampled_from(
                ["", "<", ">", "<p>", "</div>", "<b", '"', "&", "&amp;", "<!--", "<script>", "\x00", "é", " "]
            )
        )
        text = text[:at] + put + text[until:]
    captured = page(text)
    assert lawful(captured, html.articles(captured))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("<>/p!-=\"'& abdivscript\n;#x0"), max_size=300))
def test_markup_soup_raises_nothing(soup: str) -> None:
    captured = page(source(body=f"<p>{BODY[1]}</p>{soup}<p>{BODY[2]}</p>"))
    assert lawful(captured, html.articles(captured))
