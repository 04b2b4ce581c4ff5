"""Which story an article is in, and why, and whose text it is: for the article's page."""

from __future__ import annotations

from dataclasses import replace

from readout.models import Article
from readout.present import stories
from readout.present.screens import Belonging
from readout.present.web.archive import Archive


def belonging(archive: Archive, article: Article) -> Belonging | None:
    """Where the article belongs; None where it is not grouped, or has no text to be grouped by."""
    for seat in archive.assignments([article.id]):
        found = archive.story(seat.story)
        nearest = next(iter(archive.chosen([seat.nearest])), None) if seat.nearest else None
        reasons = archive.alike(article.id, nearest.id) if nearest and found.articles > 1 else ()
        group = archive.copy_groups([article.id]).get(article.id)
        origin = next(iter(archive.chosen([group.origin])), None) if group else None
        return replace(
            stories.belonging(found, seat, nearest, reasons),
            copy=stories.copied(article, archive.copies([article.id]), group, origin),
            copies=len(group.reprints) if group and group.origin == article.id else 0,
        )
    return None
