"""Whatever a server sends, taken for everything it could be: what runs in a worker of `run.apart`, under its limits.

`python -m tests.capture.taken` goes through all the feeds and words that others made to be trouble.
"""

from __future__ import annotations

import json
import tarfile
import time
from html import escape

import zstandard

from readout.capture import decide, discover, entries, opml, outlets, places, robots
from readout.capture.answers import Response
from readout.capture.homepage import homepage
from readout.extract.told import told
from readout.models import Feed, FeedKind
from readout.run import local
from readout.run.apart import Apart, Lost
from tests.builders import NOON
from tests.shared import data

ADDRESS = "https://news.example/feed"
PACKS = ("feedparser", "miniflux", "w3c_feedvalidator")


def sent(content: bytes) -> float:
    """Read as everything that a server's answer is ever taken for, page of an entry included; seconds of CPU."""
    before = time.process_time()
    answer = Response(ADDRESS, ADDRESS, 200, content)
    places.listing(FeedKind.PAGE, answer)  # which tries all the others first
    opml.read(content)
    page = homepage(content, ADDRESS)
    if page:
        discover.places(page)
        outlets.guess(ADDRESS, page, discover.listed(page))
    for path in ("/", "/private?a=%7e"):
        robots.rules(answer).verdict(f"https://news.example{path}")
    local.attempt(entries.fetched(answer, NOON))
    return time.process_time() - before


def said(words: str) -> int:
    """How many articles come of an entry that says this everywhere."""
    fields = dict.fromkeys(("title", "link", "guid", "pubDate", "author", "category"), words)
    entry = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    body = escape(f"<p>{escape(words)} They met for an hour on Friday, a spokesman said.</p>" * 12)
    head = f'<rss version="2.0"><channel><title>{escape(words)}</title><language>{escape(words)}</language>'
    content = f"{head}<item>{entry}<description>{body}</description></item></channel></rss>"
    answer = Response(ADDRESS, ADDRESS, 200, content.encode("utf-8", "replace"))
    listing = places.listing(FeedKind.FEED, answer)
    assert listing
    feed = Feed(ADDRESS, FeedKind.FEED, outlets.guess(ADDRESS, None, listing).outlet)
    (wanted,) = decide.visit(decide.begun(feed, NOON), answer, listing, {}, NOON).wanted
    listed = opml.read(opml.write([opml.Subscription(ADDRESS, words, folders=(words,))]))
    assert listed
    assert [one.address for one in listed.feeds] == [ADDRESS]
    page = entries.carried(wanted.entry, ADDRESS, NOON)
    return len(told(local.attempt(page), wanted.entry, feed).articles)


def lost_feeds(name: str, step: int = 1) -> list[tuple[str, Lost]]:
    """Which of the feeds of a pack could not be read within the limits, or raised."""
    found = []
    with (
        zstandard.open(data("feeds", f"{name}.tar.zst"), "rb") as stream,
        tarfile.open(fileobj=stream, mode="r|") as pack,
        Apart(1) as apart,
    ):
        for number, member in enumerate(pack):
            opened = pack.extractfile(member) if number % step == 0 else None
            came = apart(sent, opened.read()) if opened else None
            if isinstance(came, Lost):
                found.append((member.name, came))
    return found


def lost_words(step: int = 1) -> tuple[list[tuple[str, Lost]], int]:
    """Which of the naughty strings could not be read where a feed says them, and how many articles the others gave."""
    strings = json.loads(data("robustness", "blns", "blns.json").read_text("utf-8"))[::step]
    with Apart(1) as apart:
        came = apart.each(said, [(one,) for one in strings])
    lost = [(words, one) for words, one in zip(strings, came, strict=True) if isinstance(one, Lost)]
    return lost, sum(one for one in came if isinstance(one, int))


def _all() -> None:
    from tests.capture import taken  # under the name that a worker can load

    print("naughty strings", taken.lost_words())  # noqa: T201 - what whoever starts it wants to know
    for name in PACKS:
        print(name, taken.lost_feeds(name))  # noqa: T201


if __name__ == "__main__":
    _all()
