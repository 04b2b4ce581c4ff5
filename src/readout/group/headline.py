"""The title that stands for a story: one of its articles' own, plain rather than shrill, never one that is made up.

Pure: titles and what the articles share come in as values. What counts: how many of the story's most shared words a
title holds, an agency's or an early report before a late one, and nothing that shouts, asks, teases or comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from readout.group.features import stems_of
from readout.models import Article, ArticleKind, Headline, Reason

_SHOUT = re.compile(r"!|\b[A-Z]{4,}\b.*\b[A-Z]{4,}\b")
_LABEL = re.compile(
    r"^(?:[A-Z][A-Za-z ]{2,18}|[A-Z ]{3,}):\s|^\W*(?:opinion|analysis|comment|live|watch|video|exclusive)\b",
    re.IGNORECASE,
)
_TEASE = re.compile(
    r"\b(?:here's|this is|what we know|you need|everything|things to|why|how|the truth|shocking)\b", re.IGNORECASE
)
_FEWEST, _MOST = 5, 16  # words of a headline that says what happened
_SHARED = 12  # words of the story that a headline is held against


def headline(articles: Sequence[Article]) -> Headline | None:
    """The headline of a story's articles, given the earliest first; None where none has a title."""
    titled = [article for article in articles if article.title.strip()]
    if not titled:
        return None
    shared = _shared(articles)
    rated = [(_reasons(article, shared, place), article) for place, article in enumerate(titled)]
    reasons, best = max(rated, key=lambda one: (round(sum(why.weight for why in one[0]), 6), one[1].id))
    return Headline(best.title, best.id, reasons)


def _shared(articles: Sequence[Article]) -> frozenset[int]:
    """What most of the articles say in their titles and first paragraphs."""
    counts = Counter(id_ for article in articles for id_ in stems_of(f"{article.title}\n{article.body[:600]}"))
    return frozenset(id_ for id_, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_SHARED])


def _reasons(article: Article, shared: frozenset[int], place: int) -> tuple[Reason, ...]:
    title = article.title
    words = title.split()
    held = len(shared & stems_of(title)) / max(1, len(shared))
    facts = (
        ("says_what_all_say", 4 * held),
        ("is_early", 0.5 / (1 + place)),
        ("has_a_text", 0.5 * (article.kind is ArticleKind.ARTICLE)),
        ("from_an_agency", 0.3 * bool(article.credits)),
        ("shouts", -1.5 * bool(_SHOUT.search(title))),
        ("asks", -1.0 * title.rstrip("”\"’' ").endswith("?")),
        ("comments_or_teases", -0.7 * bool(_LABEL.search(title) or _TEASE.search(title))),
        ("quotes", -0.4 * any(mark in title for mark in '“”"‘')),
        ("too_short_or_long", -0.8 * (not _FEWEST <= len(words) <= _MOST)),
    )
    return tuple(
        Reason(fact, round(weight, 3), title if fact == "says_what_all_say" else "") for fact, weight in facts if weight
    )
