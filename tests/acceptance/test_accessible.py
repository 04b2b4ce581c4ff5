"""Every kind of page, judged by axe-core in a real browser: no serious or critical fault, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

import readout
from readout.present.web.app import create
from tests.acceptance.browsing import needs_browser, served
from workshop.screens import addresses

pytestmark = needs_browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def site(sample: readout.Engine) -> Iterator[str]:
    with served(create(sample, intake=sample)) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(site: str, sample: readout.Engine, page: Page, scheme: Any) -> None:  # noqa: ANN401
    page.emulate_media(color_scheme=scheme)
    faults = []
    for kind, address in addresses(sample).items():
        page.goto(site + address)
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")
        faults += [
            (kind, fault["id"], [node["target"] for node in fault["nodes"]][:3])
            for fault in found["violations"]
            if fault["impact"] in GRAVE
        ]
    assert faults == []
