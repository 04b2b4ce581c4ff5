"""The web site in a real browser: it fits every window, breaks no rule of its own policy, and leads where it should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from readout.capture.fetch import Fetcher
from readout.capture.guard import Policy
from readout.engine import Engine
from readout.present.web.app import create
from readout.run.outside import Outside
from readout.store.memory import MemoryStore
from tests.acceptance.browsing import needs_browser, served
from tests.acceptance.test_intake import publish
from tests.group.world import world as matters
from tests.origin import Site, origin
from tests.present import world
from tests.run.test_grouping import LONG, copied, grouped

pytestmark = needs_browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(create(world.archive(*world.many(40)))) as address:
        yield address


def _addresses() -> list[str]:
    html, text, hostile = world.html_harvest(), world.capture_harvest(), world.hostile_harvest()
    articles = [one.articles[0].id for one in (html, text, hostile, world.arabic_harvest())]
    pages = [one.page.id for one in (html, text, hostile) if one.page]
    return [
        "/",
        *(f"/article/{one}" for one in articles),
        *(f"/page/{one}" for one in pages),
        "/latest",
        "/judgements",
        "/outlets",
        "/losses",
        "/about",
        "/nowhere",
    ]


def faults(complaints: Iterable[str], *asked_for: str) -> list[str]:
    """What the browser complained of, but for what the test asked for, and for a reader who is quicker in a field than
    the page that would lead there.
    """
    return [one for one in complaints if not any(each in one for each in (*asked_for, "Autofocus processing"))]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_every_page_fits_its_window_and_keeps_its_policy(site: str, page: Page, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    for address in _addresses():
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert faults(complaints, "404") == []


def test_from_the_front_page_to_the_very_characters(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("link", name="Older").click()
    page.get_by_role("link", name="Envoy speaks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Envoy speaks")
    page.get_by_role("link", name="Paragraph 2 on the captured page").click()
    assert page.locator(":target").inner_text().endswith("He left.")
    page.get_by_role("complementary").get_by_role("link", name="Ferry delayed").click()
    expect(page.get_by_text("Only the headline was captured.")).to_be_visible()


def test_the_keyboard_finds_the_text_first(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_dark_is_dark_and_light_is_light(site: str, page: Page) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(site)
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in shade.removeprefix("rgb(").removesuffix(")").split(","))
    assert shades["dark"] < 150
    assert shades["light"] > 600


@pytest.fixture
def newsstand() -> Iterator[tuple[str, Site]]:
    """A site on which feeds can be added, and the server of a newspaper."""
    with origin() as paper:
        policy = Policy(allow=frozenset({paper.endpoint}))
        with Fetcher(policy) as fetch:
            engine = Engine(MemoryStore(), (), Outside(pause=0.0, fetch=fetch))
            with served(create(engine, intake=engine)) as address:
                yield address, paper


def test_a_reader_adds_corrects_and_removes_a_newspaper(
    newsstand: tuple[str, Site], page: Page, tmp_path: Path
) -> None:
    site, paper = newsstand
    publish(paper, [1, 2], path="/rss")
    paper.page("/", '<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><body>Hello</body>')
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/feeds")
    page.get_by_label("Follow a newspaper").fill(paper.address("/nothing"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Declined by the server: 404 Not Found.", timeout=30_000)
    page.get_by_label("Follow a newspaper").fill(paper.address("/"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("is followed from now on")).to_be_visible(timeout=30_000)
    page.get_by_role("rowheader").get_by_role("link", name="The Harbour Post").click()
    page.get_by_label("Country").fill("France")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert")).to_contain_text("two letters")
    page.get_by_label("Country").fill("fr")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")
    page.goto(f"{site}/outlets")
    expect(page.get_by_role("listitem").filter(has_text="The Harbour Post")).to_contain_text("France")
    page.goto(f"{site}/feeds")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the list").click()
    taken.value.save_as(tmp_path / "readout.opml")
    page.get_by_role("rowheader").get_by_role("link", name="The Harbour Post").click()
    page.get_by_role("link", name="Follow this feed no more").click()
    page.get_by_role("button", name="Follow it no more").click()
    expect(page.get_by_text("No feed is followed yet.")).to_be_visible()
    page.get_by_label("Follow a list from another reader").set_input_files(tmp_path / "readout.opml")
    page.get_by_role("button", name="Add the list").click()
    expect(page.get_by_text("is followed from now on: a feed of that list")).to_be_visible(timeout=30_000)
    assert faults(complaints, "404", "422") == []
    for width in (320, 768):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/feeds", page.get_by_role("rowheader").get_by_role("link").first.get_attribute("href")):
            page.goto(f"{site}{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            page.goto(f"{site}/feeds")


@pytest.fixture
def press() -> Iterator[str]:
    """A site over three stories that whoever sits at it may correct."""
    engine = Engine(grouped([*matters(), LONG, copied(LONG, "Kanal")]))
    with served(create(engine, intake=engine)) as address:
        yield address


def test_a_reader_merges_two_stories_and_undoes_it(press: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(press)
    before = page.get_by_role("main").inner_text()
    page.locator(".stories").get_by_role("link", name="ferry", exact=False).first.click()
    page.get_by_text("Correct this story").click()
    choice = page.locator("#other option").filter(has_text="Bakery").first.get_attribute("value")
    page.locator("#other").select_option(choice)
    page.get_by_label("Why, for the log").fill("one quay")
    page.get_by_role("button", name="Merge with that story").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")
    expect(page.get_by_text("6 articles").first).to_be_visible()
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_text("Correct this story").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="The log").click()
    expect(page.get_by_text("one quay")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone.")
    page.goto(press)
    assert page.get_by_role("main").inner_text() == before
    assert faults(complaints) == []


def test_a_reader_unfolds_copies_without_a_script(press: str, page: Page) -> None:
    page.goto(press)
    page.get_by_role("link", name=LONG.title).first.click()
    copy = page.get_by_role("link", name="Kanal reports")
    expect(copy).to_be_hidden()
    page.get_by_text("1 copy: Kanal").click()
    copy.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kanal reports")
    expect(page.get_by_text("Reprint of")).to_be_visible()
    page.get_by_text("Its story").wait_for()
