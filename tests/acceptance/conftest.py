"""A browser for a module, a window for a test, and the sample as `make run` shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import readout
from tests.acceptance.browsing import BROWSER, CALM


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
    """The sample corpus, taken in, annotated and grouped."""
    with readout.open(tmp_path_factory.mktemp("sample")) as engine:
        engine.load_sample()
        engine.annotate()
        engine.group()
        yield engine
