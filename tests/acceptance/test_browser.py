"""The web site in a real browser: it fits every window, breaks no rule of its own policy, and leads where it should."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from readout.present.web.app import create
from tests.present import world

BROWSER = os.environ.get("READOUT_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
CALM = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]

pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium here; name a browser in READOUT_BROWSER")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    application = create(world.archive(*world.many(40)))
    server = uvicorn.Server(uvicorn.Config(application, "127.0.0.1", 0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=CALM)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _addresses() -> list[str]:
    html, text, hostile = world.html_harvest(), world.capture_harvest(), world.hostile_harvest()
    articles = [one.articles[0].id for one in (html, text, hostile, world.arabic_harvest())]
    pages = [one.page.id for one in (html, text, hostile) if one.page]
    return [
        "/",
        *(f"/article/{one}" for one in articles),
        *(f"/page/{one}" for one in pages),
        "/outlets",
        "/losses",
        "/about",
        "/nowhere",
    ]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_every_page_fits_its_window_and_keeps_its_policy(site: str, page: Page, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    for address in _addresses():
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert [one for one in complaints if "404" not in one] == []


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
