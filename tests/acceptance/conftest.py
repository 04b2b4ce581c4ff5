"""A browser for a module, a window for a test, and the sample as `make run` shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import readout
from tests.acceptance.browsing import BROWSER, CALM
from workshop.screens import prepare

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


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


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[readout.Engine]:
    """The sample corpus as `make run` shows it."""
    with readout.open(tmp_path_factory.mktemp("sample")) as engine:
        prepare(engine)
        yield engine
