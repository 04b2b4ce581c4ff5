"""The markup of every page that can be reached: nothing from outside becomes markup, and everyone can read it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from readout.present.harmless import harmless
from readout.present.web import render
from tests.present import world
from tests.present.web.visiting import Visit, crawl, visit
from tests.sources import PACKAGE

TEMPLATES = sorted((PACKAGE / "present" / "web" / "templates").glob("*.html"))
OURS = '<script src="{{ link.static(script) }}" defer></script>'


@cache
def _pages() -> tuple[Visit, ...]:
    with visit(world.archive(*world.many(40))) as client:
        return tuple(one for one in crawl(client) if one.response.headers["content-type"].startswith("text/html"))


def _trees() -> list[tuple[str, html.HtmlElement]]:
    return [(one.address, html.document_fromstring(one.response.text)) for one in _pages()]


def test_every_link_of_the_site_leads_somewhere() -> None:
    assert {one.response.status_code for one in _pages()} == {200}
    kinds = Counter(one.address.split("/")[1].partition("?")[0] for one in _pages())
    assert set(kinds) == {
        "",
        "article",
        "outlet",
        "outlets",
        "page",
        "feeds",
        "losses",
        "about",
        "look",
        "latest",
        "story",
        "tags",
        "names",
        "hot",
    }


def test_nothing_runs_and_nothing_comes_from_elsewhere() -> None:
    for address, tree in _trees():
        assert tree.xpath("//script[text() or not(starts-with(@src, '/static/'))]") == [], address
        assert tree.xpath("//iframe|//object|//embed|//img|//style|//base") == [], address
        assert all(one.startswith("/") for one in tree.xpath("//form[not(@method='dialog')]/@action")), address
        assert [a for e in tree.iter() for a in e.attrib if a == "style" or a.startswith("on")] == [], address
        assert all(one.startswith(("/static/", "/manifest")) for one in tree.xpath("//link/@href")), address
        outside = [one for one in tree.xpath("//a/@href") if not one.startswith(("/", "#"))]
        assert all(one.startswith("https://harbour-post.example/") for one in outside), address


def test_no_character_deceives_on_any_page() -> None:
    for one in _pages():
        assert harmless(one.response.text) == one.response.text, one.address


def test_hostile_words_are_shown_as_words() -> None:
    shown = [one for one in _pages() if "alert(1)" in one.response.text]
    assert len(shown) >= 4
    assert all("&lt;script&gt;alert(1)" in one.response.text for one in shown)


def test_every_page_can_be_found_one_s_way_in() -> None:
    for address, tree in _trees():
        assert tree.get("lang") == "en"
        assert [len(tree.xpath(f"//{name}")) for name in ("h1", "main", "title")] == [1, 1, 1], address
        assert all(tree.xpath(one) for one in ("//body/header", "//body/footer", "//nav[@aria-label]")), address
        assert tree.xpath("//a[@class='skip']/@href") == ["#content"]
        assert tree.xpath("//title")[0].text.strip().endswith("Readout")
        assert tree.xpath("//meta[@name='description']/@content")[0].strip(), address


def test_headings_do_not_jump() -> None:
    for address, tree in _trees():
        levels = [int(e.tag[1]) for e in tree.xpath("//h1|//h2|//h3|//h4")]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), address


def test_ids_are_there_once_and_links_have_names() -> None:
    for address, tree in _trees():
        ids: Counter[str] = Counter(tree.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1] == [], address
        unnamed = [e.get("href") for e in tree.xpath("//a") if not (e.get("aria-label") or e.text_content().strip())]
        assert unnamed == [], address


def test_times_are_machine_readable() -> None:
    shapes = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\dZ)?)?)?")
    times = [one for _, tree in _trees() for one in tree.xpath("//time/@datetime")]
    assert times
    assert all(shapes.fullmatch(one) for one in times)


def test_texts_from_outside_have_their_language_and_direction(client: TestClient) -> None:
    address = f"/article/{world.arabic_harvest().articles[0].id}"
    tree = html.document_fromstring(client.get(address).text)
    assert tree.xpath("//article/@dir") == ["rtl"]
    assert tree.xpath("//h1/@lang") == ["ar"]
    assert tree.xpath("//div[@class='body']/@lang") == ["ar"]
    assert set(tree.xpath("//div[@class='body']/p/@dir")) == {"auto"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_hold_no_script_no_style_and_trust_nothing(path: Path) -> None:
    source = path.read_text("utf-8").replace(OURS, "")
    forbidden = r"\|\s*safe\b|\bautoescape\b|<script|<style|\sstyle=|\son[a-z]+=|https?://"
    assert re.findall(forbidden, source) == []


def test_every_expression_is_escaped_and_made_harmless() -> None:
    made = render.environment()
    shown = made.from_string("{{ word }} {{ word|upper }} <a title='{{ word }}'>").render(word="<b>\u202e'\u200b")
    assert shown == "&lt;b&gt;&#39; &lt;B&gt;&#39; <a title='&lt;b&gt;&#39;'>"


def test_a_misspelt_value_is_a_bug_not_a_blank() -> None:
    made = render.environment()
    with pytest.raises(Exception, match="undefined"):
        made.from_string("{{ nothing }}").render()
