"""Screenshots of the web site over the sample, taken with a real browser. Looks at pages; judges nothing.

    python -m workshop.screens            those that the documentation shows, into docs/images
    python -m workshop.screens FOLDER     every page, light and dark, wide and phone width, into that folder
    python -m workshop.screens FOLDER ARCHIVE    the same over the archive in that folder, which is used, not only read

Needs Chromium (or the path of a browser like it in READOUT_BROWSER). Without an archive of yours the site is served
from a throw-away one. Its pages are looked at as an admin sees them, who follows, saved and commented on a little.
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
from starlette.types import ASGIApp

import readout
from readout.models import Draft, EntityKind, On, User, UserRole
from readout.present.cli.serving import FICTION
from readout.present.web.access import Access
from readout.present.web.app import create
from readout.present.web.links import Links
from readout.store.memory import MemoryStore

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDE, PHONE = (1280, 900, 1), (390, 844, 2)  # width, height, pixels a CSS pixel
SHOWN = ("front-light", "story-light", "article-light")
NAME, PASSWORD = "Mira", "a quay of many boats"  # of an invented user
SAID = (
    "The two mills cannot both be right: one of them counted before the tide.",
    "The *second* text is a reprint, see where it is folded.\n\n> before the tide\n\n- who counted\n- and when",
)


@dataclass(frozen=True)
class Shot:
    """One picture to take: of the page at `address`, as `who` sees it."""

    name: str
    address: str
    who: str
    scheme: str
    window: tuple[int, int, int]


@dataclass(frozen=True)
class Desk:
    """A served archive: its address, the session of its admin, and a site next door that nobody has set up yet."""

    base: str
    secret: str
    bare: str


def main(arguments: Sequence[str]) -> None:
    """Take the pictures and say where they are."""
    folder = Path(arguments[0]) if arguments else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, readout.open(arguments[1] if arguments[1:] else home) as engine:
        if not arguments[1:]:
            prepare(engine)
        with desk(engine, notice="" if arguments[1:] else FICTION) as served, _browser() as browser:
            for shot in _shots(engine):
                if arguments or shot.name in SHOWN:
                    _take(browser, served, shot, folder / f"{shot.name}.png")
                    print(folder / f"{shot.name}.png")


def prepare(engine: readout.Engine) -> None:
    """The sample as `make run` shows it."""
    engine.load_sample()
    engine.annotate()
    engine.group()
    engine.index()
    engine.compare_changed()


@contextmanager
def desk(engine: readout.Engine, notice: str = FICTION) -> Iterator[Desk]:
    """The archive, served to users, with an admin whose own pages show something."""
    access = Access(engine.users(), shared=True)
    secret = _settle(engine, access)
    bare = readout.Engine(MemoryStore())
    with (
        _served(create(engine, notice=notice, intake=engine, access=access)) as base,
        _served(create(bare, intake=bare, access=Access(bare.users(), shared=True))) as empty,
    ):
        yield Desk(base, secret, empty)


def _settle(engine: readout.Engine, access: Access) -> str:
    """The secret of a session of the admin, who is made where there is none, with what is theirs."""
    users = access.users
    assert users is not None
    if users.any():
        return users.sign_in(NAME, PASSWORD, "127.0.0.1").secret
    ticket = users.first(NAME, PASSWORD)
    reader = users.enrol("Ewa", PASSWORD, UserRole.READER)
    users.invite(ticket.user, UserRole.EDITOR)
    _keep(engine, ticket.user)
    story, article = _story(engine), _article(engine)
    first = engine.say(reader, On.ARTICLE, article.id, Draft(SAID[0]))
    engine.say(ticket.user, On.ARTICLE, article.id, Draft(SAID[1], parent=first.id))
    for said in SAID:
        engine.say(reader, On.STORY, story, Draft(said))
    engine.report_comment(ticket.user, first.id, "It is about another story.")
    engine.say(None, On.STORY, story, Draft("Was anybody there?", name="A reader"))
    return ticket.secret


def _keep(engine: readout.Engine, admin: User) -> None:
    """A little of everything that can be followed, saved and muted."""
    story, article, outlet = _story(engine), _article(engine), engine.outlets()[-1].outlet
    name = engine.most_named(EntityKind.PERSON, limit=1)[0]
    for how, what, value, called in (
        ("followed", "story", story, _headline(engine, story)),
        ("followed", "name", name.entity, name.name),
        ("saved", "article", article.id, article.title),
        ("saved", "search", "act:denial", "act:denial"),
        ("muted", "outlet", outlet.id, outlet.name),
        ("muted", "word", "horoscope", "horoscope"),
    ):
        engine.regard(admin.id, how, what, value, called)


def _shots(engine: readout.Engine) -> Iterator[Shot]:
    for who, listed in (("admin", addresses(engine)), ("visitor", doors()), ("nobody", bare())):
        for name, address in listed.items():
            for scheme in ("light", "dark"):
                yield Shot(f"{name}-{scheme}", address, who, scheme, WIDE)
                yield Shot(f"{name}-{scheme}-phone", address, who, scheme, PHONE)


def doors() -> dict[str, str]:
    """An address of each kind of page that whoever has not signed in is shown instead."""
    link = Links()
    return {"sign-in": link.sign_in(), "invited-no-more": link.invited("a" * 43)}


def bare() -> dict[str, str]:
    """An address of each kind of page of a site that nobody has set up."""
    link = Links()
    return {"first-run": link.first_run(), "front-empty": link.front(), "search-missing": link.search("quay")}


def addresses(engine: readout.Engine) -> dict[str, str]:
    """An address of each kind of page that there is to look at, for the admin whom `desk` makes."""
    return _reading(engine) | _finding(engine) | _own(engine)


def _reading(engine: readout.Engine) -> dict[str, str]:
    link, chosen, articles = Links(), _article(engine), engine.articles(limit=500)
    html = next((one for one in articles if engine.page(one.page).media is readout.Media.HTML), chosen)
    edited = next((one for one in articles if len(engine.editions(one.id)) > 1), chosen)
    held = next((one for one in engine.stories() if one.storyline), None)
    return {
        "front": link.front(),
        "hot": link.hot(),
        "latest": link.latest(),
        "story": link.story(_story(engine)),
        "story-saved": link.story(_story(engine), saved=True),
        "storyline": link.story((held and held.storyline) or _story(engine)),
        "judgements": link.judgements(),
        "article": link.article(chosen.id),
        "article-marked": f"{link.article(chosen.id)}?marks=statements,names,times",
        "article-html": link.article(html.id),
        "article-edited": link.article(edited.id),
        "page": link.page(chosen.page),
        "page-html": link.page(html.page),
    }


def _finding(engine: readout.Engine) -> dict[str, str]:
    link = Links()
    person = engine.most_named(EntityKind.PERSON, speaking=True, limit=1)[0]
    place = engine.most_named(EntityKind.PLACE, limit=1)[0]
    asked = f'speaker:"{person.name}"'
    return {
        "search": link.search(),
        "search-found": link.search(person.name.split()[-1]),
        "search-statements": link.search(asked, "statements"),
        "search-nothing": link.search("nothing whatever answers zzxxqq"),
        "search-wrong": link.search("before:yonder quay"),
        "names": link.names(),
        "name": link.name(person.entity),
        "positions": link.positions(person.entity),
        "name-place": link.name(place.entity),
        "tags": link.tags(),
        "tag": link.tag(engine.all_tags(limit=1)[0].tag.text),
        "outlets": link.outlets(),
        "outlet": link.outlet(engine.outlets()[0].outlet.id),
    }


def _own(engine: readout.Engine) -> dict[str, str]:
    link, article = Links(), _article(engine)
    said = engine.threads(On.ARTICLE, article.id)[0].comment
    statements = engine.understood(article).statements
    listed = {
        "feeds": link.feeds(),
        "losses": link.losses(),
        "about": link.about(),
        "mine": link.mine(),
        "followed": link.followed(),
        "saved": link.saved(),
        "comments": link.comments("article", article.id),
        "comments-answer": f"{link.comments('article', article.id)}?answers={said.id}",
        "comment": link.comment(said.id),
        "moderation": link.moderation(),
        "you": link.you(),
        "users": link.users(),
        "look": link.look(),
        "offline": link.offline(),
        "not-found": "/nowhere",
    }
    if statements:
        listed["comments-statement"] = link.comments("statement", f"{article.id}:{statements[0].id}")
    return listed


def _story(engine: readout.Engine) -> str:
    return max(engine.stories(), key=lambda one: (one.copies, one.id)).id


def _headline(engine: readout.Engine, story: str) -> str:
    headline = engine.story(story).headline
    return headline.text if headline else story


def _article(engine: readout.Engine) -> readout.Article:
    return max(engine.articles(limit=500), key=_worth_showing)


def _worth_showing(article: readout.Article) -> tuple[int, bool, bool, int, str]:
    kinds = {paragraph.kind for paragraph in article.paragraphs}
    main = article.role is readout.Role.MAIN
    return (len(kinds), bool(article.credits), main, len(article.paragraphs), article.id)


@contextmanager
def _served(site: ASGIApp) -> Iterator[str]:
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


def _take(browser: Browser, served: Desk, shot: Shot, path: Path) -> None:
    width, height, scale = shot.window
    base = served.bare if shot.who == "nobody" else served.base
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    if shot.who == "admin":
        context.add_cookies([{"name": "readout", "value": served.secret, "url": base}])
    page = context.new_page()
    page.goto(base + shot.address)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        print(f"{shot.name}: {over} pixels wider than its window", file=sys.stderr)
    page.screenshot(path=path, full_page=path.parent != IMAGES)
    context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
