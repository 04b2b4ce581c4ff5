"""Every kind of page, judged by axe-core in a real browser: no serious or critical fault, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

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
EVERYTHING, COLOURS = "axe.run()", "axe.run({runOnly: ['color-contrast']})"


@pytest.fixture(scope="module")
def site(sample: readout.Engine) -> Iterator[Desk]:
    with desk(sample) as served:
        yield served


def _faults(page: Page, listed: dict[str, str], rules: str) -> list[tuple[str, str, list[str]]]:
    found = []
    for kind, address in listed.items():
        if rules == COLOURS and kind not in COLOURED:
            continue
        page.goto(address)
        page.evaluate(AXE)
        found += [
            (kind, fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
            for fault in page.evaluate(rules)["violations"]
            if fault["impact"] in GRAVE
        ]
    return found


@pytest.mark.parametrize(("scheme", "rules"), [("light", EVERYTHING), ("dark", COLOURS)])
def test_no_page_has_a_serious_fault(
    site: Desk, sample: readout.Engine, browser: Browser, scheme: str, rules: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", service_workers="block")
    shut = {kind: site.base + address for kind, address in doors().items()}
    shut |= {kind: site.bare + address for kind, address in bare().items()}
    faults = _faults(context.new_page(), shut, rules)
    context.add_cookies([{"name": "readout", "value": site.secret, "url": site.base}])
    mine = {kind: site.base + address for kind, address in addresses(sample).items()}
    assert faults + _faults(context.new_page(), mine, rules) == []
    context.close()
