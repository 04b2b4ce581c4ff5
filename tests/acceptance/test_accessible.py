"""Every kind of page, judged by axe-core in a real browser: no serious or critical fault, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

import readout
from tests.acceptance.browsing import needs_browser
from workshop.screens import Desk, addresses, bare, desk, doors

pytestmark = needs_browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
GRAVE = {"serious", "critical"}
# The colours are the same few everywhere; these kinds have all of them.
COLOURED = set("front story article article-marked page name search-statements comments users sign-in".split())
# What these hold stands on another kind of page, too, with more beside it.
HELD = {"story", "article"}
EVERYTHING = "axe.run({resultTypes: ['violations'], preload: false})"
COLOURS = "axe.run({resultTypes: ['violations'], runOnly: ['color-contrast']})"
HALVES = 2  # of the longest of all tests, so that workers share it


@pytest.fixture(scope="module")
def site(sample: readout.Engine) -> Iterator[Desk]:
    with desk(sample) as served:
        yield served


@pytest.mark.parametrize("half", range(HALVES))
def test_no_page_has_a_serious_fault(site: Desk, sample: readout.Engine, browser: Browser, half: int) -> None:
    shut, mine = _addresses(site, sample)
    kinds = [one for one in (*shut, *mine) if one not in HELD][half::HALVES]
    with _window(browser, "light") as page:
        faults = _faults(page, [shut[kind] for kind in kinds if kind in shut], EVERYTHING)
        _sign_in(page, site)
        assert faults + _faults(page, [mine[kind] for kind in kinds if kind in mine], EVERYTHING) == []


def test_the_dark_has_contrast_enough(site: Desk, sample: readout.Engine, browser: Browser) -> None:
    shut, mine = _addresses(site, sample)
    with _window(browser, "dark") as page:
        faults = _faults(page, [shut[kind] for kind in shut if kind in COLOURED], COLOURS)
        _sign_in(page, site)
        assert faults + _faults(page, [mine[kind] for kind in mine if kind in COLOURED], COLOURS) == []


def _addresses(site: Desk, sample: readout.Engine) -> tuple[dict[str, str], dict[str, str]]:
    """An address of each kind of page: for whoever has not signed in, and for the admin."""
    shut = {kind: site.base + address for kind, address in doors().items()}
    shut |= {kind: site.bare + address for kind, address in bare().items()}
    return shut, {kind: site.base + address for kind, address in addresses(sample).items()}


@contextmanager
def _window(browser: Browser, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    context = browser.new_context(color_scheme=scheme, service_workers="block")
    yield context.new_page()
    context.close()


def _sign_in(page: Page, site: Desk) -> None:
    page.context.add_cookies([{"name": "readout", "value": site.secret, "url": site.base}])


def _faults(page: Page, addresses: Iterable[str], rules: str) -> list[tuple[str, str, list[str]]]:
    found = []
    for address in addresses:
        page.goto(address)
        page.evaluate(AXE)
        found += [
            (address, fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
            for fault in page.evaluate(rules)["violations"]
            if fault["impact"] in GRAVE
        ]
    return found
