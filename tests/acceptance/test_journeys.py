"""What people come to do, end to end, in a real browser over a real server: with a mouse, by keyboard alone, and, where
a script is not the point, without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import readout
from readout.capture.fetch import Fetcher
from readout.capture.guard import Policy
from readout.models import UserRole
from readout.present.web.access import Access
from readout.present.web.app import create
from readout.run.outside import Outside
from readout.run.users import Users
from readout.store.memory import MemoryStore
from tests.acceptance.browsing import needs_browser, served
from tests.acceptance.test_intake import publish
from tests.origin import Site, origin
from tests.present.web.signed import PASSWORD, desk

pytestmark = needs_browser

STORY, OTHER = "Veldania rules out slowing dam as leaders hold first call", "Moth probe sends home a picture of its own"
MOST_STEPS = 400  # from one end of a page to the other


@dataclass(frozen=True)
class Newsroom:
    """The sample, served to users; two editors who share nothing, so that two readers of one test do not meet."""

    base: str
    users: Users
    engine: readout.Engine

    @contextmanager
    def reader(self, browser: Browser, name: str, *, script: bool = True, offline: bool = False) -> Iterator[Page]:
        """A window of that user, signed in."""
        context = _context(browser, script=script, workers=offline)
        secret = self.users.sign_in(name, PASSWORD, "127.0.0.1").secret
        context.add_cookies([{"name": "readout", "value": secret, "url": self.base}])
        yield context.new_page()
        context.close()

    def address(self, title: str) -> str:
        """The address of the story with that headline."""
        found = [one for one in self.engine.stories() if one.headline and one.headline.text.startswith(title)]
        return f"{self.base}/story/{found[0].id}"


def _context(browser: Browser, *, script: bool = True, workers: bool = False) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        java_script_enabled=script,
        service_workers="allow" if workers else "block",
    )
    context.set_default_timeout(20_000)
    return context


@pytest.fixture(scope="module")
def newsroom(sample: readout.Engine) -> Iterator[Newsroom]:
    users = desk(sample.store)
    users.first("Ada", PASSWORD)
    for name, role in (("Eda", UserRole.EDITOR), ("Edo", UserRole.EDITOR), ("Rey", UserRole.READER)):
        users.enrol(name, PASSWORD, role)
    with served(create(sample, intake=sample, access=Access(users, shared=True))) as base:
        yield Newsroom(base, users, sample)


@pytest.fixture
def newsstand() -> Iterator[tuple[str, Users, Site]]:
    """An empty site that nobody has set up, and the server of a newspaper."""
    with origin() as paper, Fetcher(Policy(allow=frozenset({paper.endpoint}))) as fetch:
        publish(paper, [1, 2], path="/rss")
        engine = readout.Engine(MemoryStore(), (), Outside(pause=0.0, fetch=fetch))
        users = desk(engine.store)
        with served(create(engine, intake=engine, access=Access(users, shared=True))) as base:
            yield base, users, paper


def _fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)


scripts = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@scripts
def test_from_an_empty_site_to_an_article(
    newsstand: tuple[str, Users, Site], browser: Browser, *, script: bool
) -> None:
    base, users, paper = newsstand
    page = _context(browser, script=script).new_page()
    page.goto(base)
    page.get_by_role("link", name="Set up").click()
    _fill(page, code="not the code", name="Mira", password=PASSWORD, again=PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_contain_text("not the code that was printed")
    expect(page.locator("#name")).to_have_value("Mira")
    _fill(page, code=users.code, password=PASSWORD, again=PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name="Mira")).to_be_visible()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Feeds").click()
    page.get_by_label("Follow a newspaper").fill(paper.address("/rss"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("is followed from now on")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="To the latest articles").click()
    title = page.locator("main .headline").first.inner_text()
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name="Mira").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    _fill(page, name="Mira", password="some other words")  # noqa: S106 - of an invented user
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    _fill(page, name="mira", password=PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name="Mira")).to_be_visible()
    page.context.close()


@scripts
def test_follow_save_and_mute(newsroom: Newsroom, browser: Browser, *, script: bool) -> None:
    with newsroom.reader(browser, "Eda" if script else "Edo", script=script) as page:
        page.goto(newsroom.address(STORY))
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.get_by_role("button", name="Follow no more")).to_be_visible()
        page.goto(f"{newsroom.base}/followed")
        expect(page.get_by_role("main")).to_contain_text(STORY)
        page.goto(newsroom.address(STORY))
        page.locator(".told-by .headline a").first.click()
        title = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Save", exact=True).click()
        page.goto(f"{newsroom.base}/saved")
        expect(page.get_by_role("link", name=title)).to_be_visible()
        page.goto(f"{newsroom.base}/mine")
        page.get_by_label("Mute a word").fill("bakery")
        page.get_by_role("button", name="Mute").click()
        expect(page.get_by_role("button", name="Remove bakery")).to_be_visible()
        page.goto(newsroom.base)
        expect(page.get_by_role("link", name="bakery closes")).to_have_count(0)
        page.goto(f"{newsroom.base}/mine")
        page.get_by_role("button", name="Remove bakery").click()
        page.goto(newsroom.base)
        expect(page.get_by_role("link", name="bakery closes")).to_have_count(1)


@scripts
def test_search_down_to_a_statement(newsroom: Newsroom, browser: Browser, *, script: bool) -> None:
    with newsroom.reader(browser, "Rey", script=script) as page:
        page.goto(newsroom.base)
        page.get_by_role("searchbox").fill('speaker:"Orrin Valtec"')
        page.get_by_role("searchbox").press("Enter")
        page.get_by_role("navigation", name="What is looked for").get_by_role("link", name="Statements").click()
        found = page.locator(".saying").first
        words = found.locator(".words").inner_text()
        found.locator(".headline a").click()
        target = page.locator("li:target")
        expect(target).to_contain_text("Orrin Valtec")
        expect(target.locator(".words")).to_contain_text(words.split(" … ")[0].strip("“”")[:30])


@scripts
def test_a_point_down_to_the_characters(newsroom: Newsroom, browser: Browser, *, script: bool) -> None:
    with newsroom.reader(browser, "Rey", script=script) as page:
        page.goto(newsroom.base)
        told = page.locator(".entry").filter(has_text=STORY)
        told.locator(".disputed a").click()
        row = page.locator("tbody:target")
        expect(row).to_contain_text("contradict")
        expect(row).to_be_in_viewport()
        words = row.locator("details.words").first
        opening = words.locator("summary").inner_text()
        words.locator("summary").click()
        words.get_by_role("link", name="captured page").click()
        marked = page.locator("mark:target")
        expect(marked).to_be_in_viewport()
        expect(marked).to_contain_text(opening.split("…")[0].strip(" “”\"'")[:20])


@scripts
def test_merge_and_undo(newsroom: Newsroom, browser: Browser, *, script: bool) -> None:
    with newsroom.reader(browser, "Eda", script=script) as page:
        page.goto(newsroom.address(OTHER))
        page.get_by_text("Correct this story").click()
        choice = page.locator("#other option").filter(has_text="bakery").first.get_attribute("value")
        page.locator("#other").select_option(choice)
        page.get_by_label("Why, for the log").fill("one paper")
        page.get_by_role("button", name="Merge with that story").click()
        expect(page.get_by_role("status")).to_contain_text("Kept.")
        expect(page.get_by_text("2 articles").first).to_be_visible()
        page.get_by_role("link", name="The log").click()
        page.get_by_role("listitem").filter(has_text="one paper").get_by_role("button", name="Undo").first.click()
        expect(page.get_by_role("status")).to_contain_text("Undone.")
        page.goto(newsroom.address(OTHER))
        expect(page.get_by_text("1 article").first).to_be_visible()


@scripts
def test_comment_report_and_moderate(newsroom: Newsroom, browser: Browser, *, script: bool) -> None:
    said = f"Two mills cannot *both* be right{'!' if script else '.'}"
    with newsroom.reader(browser, "Rey", script=script) as page:
        page.goto(newsroom.address(STORY))
        page.get_by_label("Your comment").fill(said)
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.locator(".comment:target")).to_contain_text(said.replace("*", ""))
        where = page.url
    comment = page.url.rpartition("#")[2]
    with newsroom.reader(browser, "Ada", script=script) as page:
        page.goto(where)
        page.locator(f"#{comment}").get_by_role("link", name="Report").click()
        page.get_by_label("What is wrong with it").fill("beside the point")
        page.get_by_role("button", name="Report").click()
        page.goto(f"{newsroom.base}/you")
        page.get_by_role("link", name="wait for an editor").click()
        page.locator(f"#{comment}").get_by_role("link", name="Keep or hide").click()
        page.get_by_label("Hide it, because").fill("beside the point")
        page.get_by_role("button", name="Hide").click()
    visitor = _context(browser, script=script).new_page()
    visitor.goto(where)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(STORY)
    expect(visitor.get_by_text(said.replace("*", ""))).to_have_count(0)
    visitor.context.close()


def _focused(page: Page) -> str:
    """What has the focus, as its markup; nothing where the page itself has it. Raises where it cannot be seen."""
    found = page.evaluate(
        """() => {
          const one = document.activeElement;
          if (!one || one === document.body) return ["", true];
          const style = getComputedStyle(one);
          return [one.outerHTML.slice(0, 120), one.matches(":focus-visible") && style.outlineStyle !== "none"];
        }"""
    )
    assert found[1], f"focus cannot be seen on {found[0]}"
    return str(found[0])


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until that has the focus."""
    handle = wanted.element_handle()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("one => one === document.activeElement", handle):
            _focused(page)
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def _type(page: Page, text: str) -> None:
    page.keyboard.type(text)


def test_reading_by_keyboard(newsroom: Newsroom, browser: Browser) -> None:
    with newsroom.reader(browser, "Ada") as page:
        page.goto(newsroom.base)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.keyboard.press("j")
        first = page.locator("main .headline a").first
        expect(first).to_be_focused()
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(first).to_be_focused()
        _focused(page)
        page.keyboard.press("Enter")
        expect(page.locator("main .kicker").first).to_be_visible()
        page.wait_for_load_state()  # keys are heard from then on
        page.keyboard.press("f")
        expect(page.get_by_role("button", name="Follow no more")).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("/")
        _type(page, "Okell")
        page.keyboard.press("Enter")
        expect(page.locator(".answers mark").first).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        title = page.get_by_role("heading", level=1).inner_text()
        page.wait_for_load_state()
        page.keyboard.press("s")
        expect(page.get_by_role("button", name="Saved: take it back")).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("g")
        page.keyboard.press("f")
        expect(page).to_have_url(f"{newsroom.base}/")
        _tab_to(page, page.get_by_role("link", name="Saved", exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=title).first).to_be_visible()
        page.keyboard.press("u")
        expect(page).to_have_url(f"{newsroom.base}/")


def test_a_point_a_merge_and_a_comment_by_keyboard(newsroom: Newsroom, browser: Browser) -> None:
    with newsroom.reader(browser, "Edo") as page:
        page.goto(newsroom.address(STORY))
        words = page.locator("details.words").first
        _tab_to(page, words.locator("summary"))
        page.keyboard.press("Enter")
        _tab_to(page, words.get_by_role("link", name="captured page"))
        page.keyboard.press("Enter")
        expect(page.locator("mark:target")).to_be_in_viewport()
        page.goto(newsroom.address(OTHER))
        _tab_to(page, page.locator("#text"))
        _type(page, "By keyboard alone.")
        _tab_to(page, page.get_by_role("button", name="Comment", exact=True))
        page.keyboard.press("Enter")
        expect(page.locator(".comment:target")).to_contain_text("By keyboard alone.")
        _tab_to(page, page.get_by_text("Correct this story"))
        page.keyboard.press("Enter")
        _tab_to(page, page.locator("#other"))
        _type(page, "Eskby’s oldest")
        _tab_to(page, page.get_by_role("button", name="Merge with that story"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Kept.")
        _tab_to(page, page.get_by_role("link", name="The log"))
        page.keyboard.press("Enter")
        _tab_to(page, page.get_by_role("button", name="Undo").first)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Undone.")


def test_signing_in_and_adding_a_feed_by_keyboard(newsstand: tuple[str, Users, Site], browser: Browser) -> None:
    base, users, paper = newsstand
    page = _context(browser).new_page()
    page.goto(base)
    _tab_to(page, page.get_by_role("link", name="Set up"))
    page.keyboard.press("Enter")
    for field, text in (("code", users.code), ("name", "Mira"), ("password", PASSWORD), ("again", PASSWORD)):
        _tab_to(page, page.locator(f"#{field}"))
        _type(page, text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Mira")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page).to_have_url(f"{base}/feeds")
    _tab_to(page, page.locator("#address"))
    _type(page, paper.address("/rss"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("is followed from now on")).to_be_visible(timeout=30_000)
    _tab_to(page, page.get_by_role("link", name="Mira"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("button", name="Sign out", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    expect(page.locator("#name")).to_be_focused()
    _type(page, "Mira")
    page.keyboard.press("Tab")
    _type(page, PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Mira")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("path", ["/search?q=Okell", "/mine", "/look"])
def test_tab_goes_through_a_page_and_out_again(newsroom: Newsroom, browser: Browser, path: str) -> None:
    with newsroom.reader(browser, "Ada") as page:
        page.goto(newsroom.base + path)
        page.locator("body").evaluate("one => { one.tabIndex = -1; one.focus(); one.removeAttribute('tabindex'); }")
        met: list[str] = []
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            here = page.evaluate("document.activeElement.className")
            if here == "skip" and met:
                break
            met.append(_focused(page))
        else:
            raise AssertionError(f"Tab does not leave {path}: {met[-3:]}")
        assert len(met) > 10


def test_install_and_read_without_a_network(newsroom: Newsroom, browser: Browser) -> None:
    access = Access(newsroom.users, shared=True)
    context = _context(browser, workers=True)
    with served(create(newsroom.engine, intake=newsroom.engine, access=access)) as base:
        secret = newsroom.users.sign_in("Rey", PASSWORD, "127.0.0.1").secret
        context.add_cookies([{"name": "readout", "value": secret, "url": base}])
        page = context.new_page()
        page.goto(base)
        asked = context.new_cdp_session(page).send("Page.getAppManifest")
        assert asked["errors"] == []
        told = page.evaluate("async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()")
        assert (told["name"], told["start_url"], told["display"]) == ("Readout", "/", "standalone")
        assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
        for icon in told["icons"]:
            assert page.request.get(base + icon["src"]).ok
        assert page.evaluate("navigator.serviceWorker.ready.then(one => one.active.state)") in {
            "activating",
            "activated",
        }
        page.wait_for_function("async one => Boolean(await (await caches.open('read')).match(one))", arg=f"{base}/")
        page.goto(f"{base}/latest")
        saved, recent = (page.locator("main .headline a").nth(one).get_attribute("href") for one in (3, 0))
        page.goto(f"{base}{saved}")
        title = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Save", exact=True).click()
        page.evaluate("caches.delete('read')")  # so that what was saved is not there merely as it was open
        page.goto(f"{base}/saved")
        page.wait_for_function("async one => Boolean(await (await caches.open('kept')).match(one))", arg=saved)
        page.goto(f"{base}{recent}")
        fresh = page.get_by_role("heading", level=1).inner_text()
    context.set_offline(offline=True)
    page.goto(f"{base}{saved}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto(f"{base}{recent}")
    expect(page.get_by_role("heading", level=1)).to_have_text(fresh)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No network: it was not sent")
    page.goto(f"{base}/names")
    expect(page.get_by_role("main")).to_contain_text("network")
    context.close()
