"""Models → plain values for JSON: every field under its own name, and what follows from the fields. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from readout.models import (
    Addition,
    Annotation,
    Article,
    Edition,
    Entity,
    Event,
    Feed,
    ImportReport,
    LossCount,
    OutletCount,
    Page,
    Rejection,
    Statement,
    UpdateReport,
    Who,
)
from readout.present.health import Health
from readout.present.revision import Fate, Revision, count
from readout.present.traced import Traced


def article(article: Article) -> dict[str, Any]:
    """All of an article, with its ids and its body in one string."""
    return {"id": article.id, "edition": article.edition, **asdict(article), "body": article.body}


def edition(edition: Edition) -> dict[str, Any]:
    """An edition: which text stands for it, and where it was met."""
    return {
        "number": edition.number,
        "id": edition.id,
        "captured": edition.captured,
        "title": edition.article.title,
        "pages": [met.article.page for met in edition.sightings],
    }


def revision(revision: Revision) -> dict[str, Any]:
    """What changed, in runs of words."""
    return {
        "gone": count((revision.title, *revision.paragraphs), Fate.GONE),
        "new": count((revision.title, *revision.paragraphs), Fate.NEW),
        **asdict(revision),
    }


def listed(article: Article) -> dict[str, Any]:
    """An article in a list."""
    names = ("title", "outlet", "age", "kind", "role", "authors", "language", "address", "page", "position")
    return {
        "id": article.id,
        **{name: getattr(article, name) for name in names},
        "credits": [credit.name for credit in article.credits],
        "published": article.published and asdict(article.published),
    }


def statements(traced: Traced, annotation: Annotation) -> Iterator[dict[str, Any]]:
    """The statements of an article."""
    return (statement(one, traced) for one in annotation.statements)


def statement(statement: Statement, traced: Traced) -> dict[str, Any]:
    """All of a statement: its spans in the reading text, their words, and where those are on the page."""
    return {
        **asdict(statement),
        "core": statement.core,
        "words": [traced.words(span) for span in statement.content],
        "cue_words": statement.cue and traced.words(statement.cue),
        "source_words": statement.source and traced.words(statement.source),
        **_where(traced),
        "article": traced.article.id,
        "on_page": traced.spans(statement.content),
    }


def events(traced: Traced, annotation: Annotation) -> Iterator[dict[str, Any]]:
    """The events of an article."""
    return (event(one, traced) for one in annotation.events)


def event(event: Event, traced: Traced) -> dict[str, Any]:
    """All of an event, and where its words are on the page."""
    return {
        **asdict(event),
        "words": [traced.words(span) for span in event.spans],
        "time_words": event.time and traced.words(event.time.span),
        **_where(traced),
        "article": traced.article.id,
        "on_page": traced.spans(event.spans),
    }


def entity(entity: Entity, statements: int) -> dict[str, Any]:
    """An entity of an article, with how many statements it makes there."""
    return {**asdict(entity), "statements": statements}


def who(who: Who) -> dict[str, Any]:
    """An entity of the archive."""
    return {**asdict(who), "forms": who.forms, "roles": who.roles, "articles": who.articles}


def _where(traced: Traced) -> dict[str, Any]:
    article = traced.article
    return {
        "edition": article.edition,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published and article.published.at,
        "page": article.page,
        "position": article.position,
    }


def page(page: Page) -> dict[str, Any]:
    """What is known about a page, without its content."""
    return {
        "id": page.id,
        "name": page.name,
        "media": page.media,
        "encoding": page.encoding,
        "bytes": len(page.content),
        "characters": len(page.text),
        "address": page.address,
        "captured": page.captured,
        "captured_basis": page.captured_basis,
    }


def rejection(rejection: Rejection) -> dict[str, Any]:
    """What was dropped, and why."""
    return {"id": rejection.id, **asdict(rejection)}


def loss(loss: LossCount) -> dict[str, Any]:
    """A reason with its count."""
    return asdict(loss)


def outlet(count: OutletCount) -> dict[str, Any]:
    """An outlet with its count of articles."""
    return {"id": count.outlet.id, **asdict(count.outlet), "articles": count.articles}


def report(report: ImportReport) -> dict[str, Any]:
    """What an import did."""
    counts = ("pages", "articles", "headlines", "teaser_lists", "dropped", "lost", "passed")
    return {
        **{name: getattr(report, name) for name in counts},
        "kept": asdict(report.kept),
        "rejected": [rejection(one) for one in report.rejected],
        "unusable": [{"name": one.name, "reason": one.reason} for one in report.unusable],
    }


def feed(feed: Feed) -> dict[str, Any]:
    """A feed, with its outlet."""
    return {"id": feed.id, **asdict(feed)}


def addition(addition: Addition) -> dict[str, Any]:
    """What came of adding something."""
    return {
        "asked": addition.asked,
        "found": [{"feed": feed(one.feed), "new": one.new, "because": one.because} for one in addition.found],
        "also": list(addition.also),
        "unusable": [{"name": one.name, "reason": one.reason} for one in addition.unusable],
    }


def health(health: Health) -> dict[str, Any]:
    """A feed and how it is doing."""
    names = ("status", "why", "last_seen", "last_new", "next_at", "errors", "new", "undated")
    return {
        **feed(health.followed.feed),
        **{name: getattr(health, name) for name in names},
        "state": asdict(health.followed.state),
    }


def update(report: UpdateReport) -> dict[str, Any]:
    """What an update did."""
    counts = ("feeds", "pages", "articles", "editions", "dropped", "left")
    return {
        **{name: getattr(report, name) for name in counts},
        "failed": [
            {"feed": one.feed.id, "address": one.feed.address, "why": one.state.last and one.state.last.outcome}
            for one in report.failed
        ],
    }
