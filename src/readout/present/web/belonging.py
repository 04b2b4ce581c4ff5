"""Which story an article is in, and why, and whose text it is: for the article's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from readout.models import Article, ArticleId, Reason
from readout.present import stories
from readout.present.screens import Belonging
from readout.present.web.archive import Archive


@runtime_checkable
class Weighing(Protocol):
    """The verb of the Engine that is needed here; a store alone does not have it."""

    def alike(self, article_id: str, other: ArticleId, /) -> Sequence[Reason]:
        """Why that article does or does not belong with the other."""


def belonging(archive: Archive, article: Article) -> Belonging | None:
    """Where the article belongs; None where it is not grouped, or has no text to be grouped by."""
    for seat in archive.assignments([article.id]):
        found = archive.story(seat.story)
        nearest = next(iter(archive.chosen([seat.nearest])), None) if seat.nearest else None
        reasons: Sequence[Reason] = ()
        if nearest and found.articles > 1 and isinstance(archive, Weighing):
            reasons = archive.alike(article.id, nearest.id)
        group = archive.copy_groups([article.id]).get(article.id)
        origin = next(iter(archive.chosen([group.origin])), None) if group else None
        return replace(
            stories.belonging(found, seat, nearest, reasons),
            copy=stories.copied(article, archive.copies([article.id]), group, origin),
            copies=len(group.reprints) if group and group.origin == article.id else 0,
        )
    return None
