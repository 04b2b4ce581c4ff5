"""Screenshots of the web site over the sample, taken with a real browser. Looks at pages; judges nothing.

    python -m workshop.screens            those that the documentation shows, into docs/images
    python -m workshop.screens FOLDER     every page, light and dark, wide and phone width, into that folder

Needs Chromium (or the path of a browser like it in READOUT_BROWSER). The site is served from a throw-away archive.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

import readout
from readout.present.cli.serving import FICTION
from readout.present.web.app import create
from readout.present.web.links import Links

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDE, PHONE = (1280, 900, 1), (390, 844, 2)  # width, height, pixels a CSS pixel
SHOWN = ("front-light", "story-light", "article-light", "page-light")


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    name: str
    address: str
    scheme: str
    window: tuple[int, int, int]


def main(arguments: Sequence[str]) -> None:
    """Take the pictures and say where they are."""
    folder = Path(arguments[0]) if arguments else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, readout.open(home) as engine:
        engine.load_sample()
        engine.annotate()
        engine.group()
        with _served(engine) as base, _browser() as browser:
            for shot in _shots(engine):
                if arguments or shot.name in SHOWN:
                    _take(browser, base, shot, folder / f"{shot.name}.png")
                    print(folder / f"{shot.name}.png")


def _shots(engine: readout.Engine) -> Iterator[Shot]:
    for name, address in addresses(engine).items():
        for scheme in ("light", "dark"):
            yield Shot(f"{name}-{scheme}", address, scheme, WIDE)
            yield Shot(f"{name}-{scheme}-phone", address, scheme, PHONE)


def addresses(engine: readout.Engine) -> dict[str, str]:
    """An address of each kind of page that there is to look at."""
    link = Links()
    chosen = max(engine.articles(limit=500), key=_worth_showing)
    listed = {
        "front": link.front(),
        "latest": link.latest(),
        "story": link.story(max(engine.stories(), key=lambda one: one.copies).id),
        "judgements": link.judgements(),
        "article": link.article(chosen.id),
        "article-marked": f"{link.article(chosen.id)}?marks=statements,names,times",
        "page": link.page(chosen.page),
        "outlets": link.outlets(),
        "tags": link.tags(),
        "feeds": link.feeds(),
        "losses": link.losses(),
        "about": link.about(),
        "look": link.look(),
        "offline": link.offline(),
        "not-found": "/nowhere",
    }
    html = next(
        (one for one in engine.articles(limit=500) if engine.page(one.page).media is readout.Media.HTML), chosen
    )
    return listed | {
        "article-html": link.article(html.id),
        "page-html": link.page(html.page),
        "outlet": link.outlet(engine.outlets()[0].outlet.id),
    }


def _worth_showing(article: readout.Article) -> tuple[int, bool, bool, int, str]:
    kinds = {paragraph.kind for paragraph in article.paragraphs}
    main = article.role is readout.Role.MAIN
    return (len(kinds), bool(article.credits), main, len(article.paragraphs), article.id)


@contextmanager
def _served(engine: readout.Engine) -> Iterator[str]:
    site = create(engine, notice=FICTION)
    server = uvicorn.Server(uvicorn.Config(site, "127.0.0.1", 0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def _browser() -> Iterator[Browser]:
    path = os.environ.get("READOUT_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        sys.exit("no Chromium found; name a browser in READOUT_BROWSER")
    calm = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=calm)
        yield browser
        browser.close()


def _take(browser: Browser, base: str, shot: Shot, path: Path) -> None:
    width, height, scale = shot.window
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(base + shot.address)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        print(f"{shot.name}: {over} pixels wider than its window", file=sys.stderr)
    page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
