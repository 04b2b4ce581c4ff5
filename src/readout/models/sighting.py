"""A sighting: one article met once, on one page. The same article is often met on many pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from readout.models.article import Article, ArticleKind, Basis, Role

_NEVER = datetime.min.replace(tzinfo=UTC)
_BY_BASIS = {None: 0, Basis.INFERRED: 1, Basis.RELATIVE: 2, Basis.STATED: 3}


@dataclass(frozen=True)
class Sighting:
    """An article as one page holds it, and when that page was captured (UTC, None where unknown)."""

    article: Article
    captured: datetime | None


def shown(sightings: Iterable[Sighting]) -> Article:
    """The sighting that stands for the article: a whole text before a bare headline, then one that names its outlet,
    then the newest capture, then the page that says most surely when it was published. Ties go to the page with the
    largest id, so that the order of arrival does not matter. Raises ValueError when there is none.
    """
    return max(sightings, key=_weight).article


def _weight(sighting: Sighting) -> tuple[bool, bool, datetime, int, bool, str, int]:
    article = sighting.article
    basis = article.published.basis if article.published else None
    return (
        article.kind is ArticleKind.ARTICLE,
        bool(article.outlet),
        sighting.captured or _NEVER,
        _BY_BASIS[basis],
        article.role is Role.MAIN,
        article.page,
        -article.position,
    )
