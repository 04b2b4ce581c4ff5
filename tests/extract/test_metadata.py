"""What a page tells of its article beside the text, and that each source is believed only as far as it can be."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.extract import addresses
from readout.extract.bylines import people
from readout.extract.declared import clean, declared
from readout.extract.metadata import Metadata, metadata
from readout.models import Precision
from readout.text.blocks import outline
from readout.text.html import cut, visible
from tests.extract.articles import BODY, HEAD, TITLE, page, source


def read(text: str, *, address: str | None = None) -> Metadata:
    shown = visible(text)
    return metadata(page(text, address=address), shown, outline(shown).blocks)


def linked(value: object) -> str:
    """A script with that value as JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


NODE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2025-06-19T18:05:00+02:00",
    "dateModified": "2025-06-19T20:00:00+02:00",
    "author": [{"@type": "Person", "name": "Ann Reed"}, {"@type": "Person", "name": "Bo Nilsson"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Harbour Post"},
    "articleSection": "Sea",
    "keywords": ["ferry", "council", "Ferry"],
    "inLanguage": "en-GB",
}
SHOWN = '<p class="byline">By Ann Reed and Bo Nilsson, Harbour Post staff</p>'


@pytest.mark.parametrize(
    "head",
    [
        linked(NODE),
        linked([{"@type": "BreadcrumbList"}, NODE]),
        linked({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, NODE]}),
        linked(NODE | {"@type": ["Article", "NewsArticle"]}),
        linked(NODE).replace('"keywords"', '\n"x": "a\tb", "keywords"').replace("}</script>", ",}</script>"),
        linked(NODE).replace(">{", "><!-- {").replace("}</script>", "} --></script>"),
        "<script type=application/ld+json>{nonsense</script>" + linked(NODE),
    ],
)
def test_json_ld_is_read_in_every_form(head: str) -> None:
    about = read(source(head=head, before=SHOWN))
    assert (about.title, about.outlet, about.section) == (TITLE, "The Harbour Post", "Sea")
    assert about.authors == ("Ann Reed", "Bo Nilsson")
    assert about.tags == ("ferry", "council")
    assert about.published is not None
    assert about.modified is not None
    assert (about.modified.at - about.published.at).total_seconds() == 115 * 60


def test_a_node_that_is_named_elsewhere_is_looked_up() -> None:
    node = NODE | {"author": {"@id": "#ann"}, "publisher": {"@id": "#post"}}
    named = [{"@id": "#ann", "@type": "Person", "name": "Ann Reed"}, {"@id": "#post", "name": "The Harbour Post"}]
    about = read(source(head=linked({"@graph": [node, *named]}), before=SHOWN))
    assert (about.authors, about.outlet) == (("Ann Reed",), "The Harbour Post")


def test_microdata_is_read() -> None:
    before = """<span itemprop="author" itemscope>By <span itemprop="name">Runa Ekdahl</span></span>
    <time itemprop="datePublished" datetime="2025-06-19T21:10:00+01:00">19 June</time>
    <time itemprop="dateModified" datetime="2025-06-19T22:02:00+01:00">Updated</time>"""
    about = read(source(head="", before=before))
    assert about.authors == ("Runa Ekdahl",)
    assert about.published is not None
    assert about.modified is not None
    assert (about.published.at.hour, about.modified.at.hour) == (20, 21)


def test_the_shown_heading_is_the_title_where_another_source_agrees() -> None:
    about = read(source(head='<meta property="og:title" content="Ferry line agreed: what we know">'))
    assert (about.title, about.reasons[0]) == (TITLE, "title: h1, agrees with <title>")


def test_a_label_in_the_heading_is_left_out() -> None:
    text = source(head=linked(NODE), title=TITLE).replace("<h1>", "<h1><span>Opinion | </span>")
    about = read(text)
    assert about.title == TITLE
    assert about.title_span is not None
    assert text[slice(*about.title_span)] == TITLE


def test_the_outlets_name_in_a_heading_is_no_title() -> None:
    text = source(head=linked(NODE)).replace("<h1>", "<h1>The Harbour Post</h1><h1>")
    assert read(text).title == TITLE


def test_a_page_without_headings_has_its_title_in_bold() -> None:
    text = (
        f"<title>Gazette</title><center><b>THE GAZETTE</b></center><b>{TITLE}</b><br><i>By Ann Reed</i><br><br>"
        + BODY[1]
    )
    about = read(text.replace("<title>Gazette</title>", ""))
    assert (about.title, about.authors) == (TITLE, ("Ann Reed",))


@pytest.mark.parametrize(
    ("head", "outlet", "reason"),
    [
        (linked(NODE), "The Harbour Post", "shown on the page"),
        (
            linked(NODE) + '<meta property="og:site_name" content="The Harbour Post">',
            "The Harbour Post",
            "og:site_name",
        ),
        ('<meta property="og:site_name" content="Sea News | Boats and more">', "Sea News", "nothing agrees"),
        ('<meta property="og:site_name" content="https://x.example">', "post.example", "host"),
    ],
)
def test_the_outlet(head: str, outlet: str, reason: str) -> None:
    about = read(source(head=head), address="https://www.post.example/news/ferry-line")
    assert about.outlet == outlet
    assert any(one.startswith("outlet: ") and reason in one for one in about.reasons)


def test_an_author_that_the_page_does_not_show_needs_a_second_source() -> None:
    node = NODE | {"author": {"@type": "Person", "name": "Vera Hidden"}}
    assert read(source(head=linked(node))).authors == ()
    assert read(source(head=linked(node) + '<meta name="author" content="Vera Hidden">')).authors == ("Vera Hidden",)


def test_an_organisation_is_no_author() -> None:
    node = NODE | {"author": {"@type": "Organization", "name": "Nordwire"}}
    about = read(source(head=linked(node), before="<p>Nordwire</p>"))
    assert (about.authors, about.organisations) == ((), ("Nordwire",))


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee and Bo Ek, Staff Writers", ["Ann Lee", "Bo Ek"]),
        ("Von Änne Große und Jean-Luc d'Arc", ["Änne Große", "Jean-Luc d'Arc"]),
        ("Ludwig van der Berg | Reporter", ["Ludwig van der Berg"]),
        ("Ann Lee, Ph.D.", ["Ann Lee"]),
        ("Ann Lee, ann.lee@post.example", ["Ann Lee"]),
        ("Ann Lee, post.com", ["Ann Lee"]),
        ("Posted on 19 June by Ann Lee", ["Ann Lee"]),
        ("By Ann Lee, Tuesday, 11 March 2031", ["Ann Lee"]),
        ("By our correspondent", []),
        ("News Desk", []),
        ("https://post.example/ann", []),
        ("", []),
    ],
)
def test_names_in_bylines(byline: str, names: list[str]) -> None:
    assert list(people(byline)) == names


def test_two_sources_outvote_a_first_that_is_alone() -> None:
    head = linked(NODE | {"datePublished": "2019-01-01"}) + HEAD
    about = read(source(head=head, before='<time datetime="2025-06-19T16:05:00Z">19 June</time>'))
    assert about.published is not None
    assert about.published.at.date().isoformat() == "2025-06-19"


def test_the_finest_of_those_that_agree_gives_the_moment() -> None:
    fine = '<meta property="article:published_time" content="2025-06-19T18:05+02:00">'
    about = read(source(head=f'<meta name="date" content="2025-06-19">{fine}'))
    assert about.published is not None
    assert (about.published.precision, about.published.zone) == (Precision.MINUTE, 120)


def test_nothing_is_published_after_its_capture() -> None:
    assert read(source(head='<meta name="date" content="2031-06-19">')).published is None


def test_a_line_beside_the_title_or_the_address_may_say_the_day() -> None:
    shown = read(source(head="", before="<p>19 June 2025, 18:05 BST</p>")).published
    assert shown is not None
    assert (shown.at.hour, shown.zone) == (17, 60)
    spelt = read(source(head=""), address="https://post.example/2025/jun/19/ferry").published
    assert spelt is not None
    assert (spelt.at.date().isoformat(), spelt.precision) == ("2025-06-19", Precision.DAY)


def day(about: Metadata) -> str:
    """The day of publication where the page is at home."""
    assert about.published is not None
    return (about.published.at + timedelta(minutes=about.published.zone or 0)).date().isoformat()


@pytest.mark.parametrize(
    ("declared_time", "shown", "expected"),
    [
        ("2025-06-19T22:05:00Z", "20 June 2025, 9:05 a.m.", ("2025-06-20", 660)),
        ("2025-06-19T02:05:10Z", "June 18, 2025 7:05 pm PT", ("2025-06-18", -420)),
        ("2025-06-18T22:57-05:00", "June 19, 2025 3:57 AM", ("2025-06-19", 0)),
        ("2025-06-19T20:20:00Z", "20 June 2025, 02:05", ("2025-06-20", 345)),
        ("2025-06-19T22:05:00Z", "20 June 2025, 09:11", ("2025-06-19", 0)),
        ("2025-06-19T22:05:00Z", "20 June 2025", ("2025-06-19", 0)),
    ],
)
def test_a_clock_beside_the_title_tells_the_zone_of_the_day(
    declared_time: str, shown: str, expected: tuple[str, int]
) -> None:
    head = f'<meta property="article:published_time" content="{declared_time}">'
    about = read(source(head=head, before=f"<p>{shown}</p>"))
    assert about.published is not None
    assert (day(about), about.published.zone) == expected


def test_a_time_element_without_a_zone_tells_it_too() -> None:
    head = '<meta property="article:published_time" content="2025-06-19T01:48:19Z">'
    before = '<p>Published: <time datetime="2025-06-18 20:48:19">yesterday evening</time></p>'
    assert day(read(source(head=head, before=before))) == "2025-06-18"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("19 June 2025", "2025-06-19"),
        ("Updated 19 June 2025", "2019-03-30"),
        ("By Ann Reed. Last updated on: 19 June 2025", "2019-03-30"),
        ("Published 30 March 2019 | Updated 19 June 2025", "2019-03-30"),
        ("Updated 19 June 2025 | Published 30 March 2019", "2019-03-30"),
        ("18 June 2025", "2019-03-30"),
    ],
)
def test_a_page_reissued_under_the_day_of_its_last_change(shown: str, expected: str) -> None:
    node = NODE | {"datePublished": "2019-03-30T08:00Z", "dateModified": "2025-06-19T09:00Z"}
    about = read(source(head=linked(node), before=f"<p>{shown}</p>"))
    assert day(about) == expected
    assert any("JSON-LD says 2019-03-30" in reason for reason in about.reasons) == (expected == "2025-06-19")


def test_a_day_in_the_masthead_does_not_reissue_a_page() -> None:
    node = NODE | {"datePublished": "2025-06-17T08:00Z", "dateModified": "2025-06-19T09:00Z"}
    text = source(head=linked(node)).replace("<nav>", "<p>Thursday, 19 June 2025</p><nav>")
    assert day(read(text)) == "2025-06-17"


def test_a_page_that_tells_only_its_last_change() -> None:
    about = read(source(head='<meta property="article:modified_time" content="2025-06-19T09:00Z">'))
    assert (day(about), about.modified) == ("2025-06-19", None)
    assert "published: the page tells only when it was changed" in about.reasons


def test_a_date_between_words_that_only_tags_set_apart() -> None:
    before = "<p><span>Ann Reed</span><span>Jun 18, 2025</span><span>2 Shares</span></p>"
    assert day(read(source(head="", before=before))) == "2025-06-18"
    assert day(read(source(head="", before="<p>On <b>June 18</b>, 2025</p>"))) == "2025-06-18"


@pytest.mark.parametrize(
    ("candidates", "own", "address"),
    [
        (["https://post.example/a#x"], None, "https://post.example/a"),
        (["https://post.example/a?b=1"], "https://m.post.example/z", "https://post.example/a?b=1"),
        (["https://news.post.co.uk/a"], "https://www.post.co.uk/z", "https://news.post.co.uk/a"),
        (["https://other.co.uk/a"], "https://post.co.uk/z", "https://post.co.uk/z"),
        (["https://post.example/"], "https://post.example/z?utm_source=x&id=3#top", "https://post.example/z?id=3"),
        (["javascript:alert(1)", "//post.example/a", "/a", ""], None, None),
        (["https://user@post.example/a", "https://post.example/a b", "https://[", "https://localhost/a"], None, None),
        (["ftp://post.example/a", "https://post.example/" + "a" * 3000, "https://post.example:x/a"], None, None),
        ([], "https://post.example/a", "https://post.example/a"),
        (["HTTPS://Post.Example/a"], None, "https://post.example/a"),
    ],
)
def test_the_canonical_address(candidates: list[str], own: str | None, address: str | None) -> None:
    assert addresses.canonical(candidates, own) == address


def test_a_relative_canonical_link_counts_from_the_page() -> None:
    about = read(source(head='<link rel="canonical" href="/news/ferry">'), address="https://post.example/x?y=1")
    assert about.address == "https://post.example/news/ferry"


def test_values_are_cut_to_a_length() -> None:
    assert len(clean("word " * 10_000)) <= 2_000
    assert clean(5) == ""
    assert clean("&amp;amp; \n x") == "& x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*NODE, "@id", "@graph", "name", "url", "articleBody"]), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*NODE, "articleBody", "url", "mainEntityOfPage"]), JSON))
def test_no_json_ld_is_too_strange(values: dict[str, object]) -> None:
    text = source(head=linked(values | {"@type": "NewsArticle"}))
    about = read(text, address="https://post.example/z")
    assert about.title
    assert about.address == "https://post.example/z" or str(about.address).startswith("http")


@given(st.text(max_size=200))
def test_no_address_is_too_strange(address: str) -> None:
    addresses.canonical([address, f"https://{address}", f"https://post.example/{address}"], address)
    addresses.day_in(f"https://post.example/{address}")


def test_a_page_that_declares_without_end_is_cut_short() -> None:
    said = declared(cut('<meta name="a" content="b">' * 50_000 + linked([NODE] * 3_000)))
    assert len(said.repeated["a"]) <= 2_000
