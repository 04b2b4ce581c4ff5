"""What the feed says of an article → into the article, where its page leaves it open. Pure.

The page goes before the feed, except for an outlet's name that a person set.
"""

from __future__ import annotations

from dataclasses import replace

from readout.models import Article, Entry, Feed, Harvest, Role

BY_FEED = "outlet: that of the feed"
BY_PERSON = "outlet: set by a person for the feed"
DATED = "published: by the feed"
WRITTEN = "authors: by the feed"

_HOST = "outlet: the address's host"  # what the extractor falls back on


def told(harvest: Harvest, entry: Entry, feed: Feed) -> Harvest:
    """The harvest of an entry's page with what only the feed knew: the outlet, the time, the authors."""
    return replace(harvest, articles=tuple(_dated(_attributed(one, feed), entry) for one in harvest.articles))


def _attributed(article: Article, feed: Feed) -> Article:
    if "name" in feed.corrected and article.outlet != feed.outlet.name:
        return replace(article, outlet=feed.outlet.name, reasons=(*article.reasons, BY_PERSON))
    if article.outlet is None or _HOST in article.reasons:
        return replace(article, outlet=feed.outlet.name, reasons=(*article.reasons, BY_FEED))
    return article


def _dated(article: Article, entry: Entry) -> Article:
    if article.role is not Role.MAIN:
        return article
    if article.published is None and entry.published:
        article = replace(article, published=entry.published, reasons=(*article.reasons, DATED))
    if not article.authors and entry.authors:
        article = replace(article, authors=entry.authors, reasons=(*article.reasons, WRITTEN))
    return article
