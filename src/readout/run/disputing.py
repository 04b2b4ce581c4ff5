"""Looking for what is disputed in the stories that stand foremost, so that no page has to compare them while it waits.

A step of its own after grouping, bounded: a story that is not among the foremost is compared when it comes to be.
"""

from __future__ import annotations

from collections.abc import Callable

from readout.errors import NotFoundError
from readout.models import Compared, Coverage, Dispute, Relation
from readout.store.base import Store

FOREMOST = 60  # stories that are looked at: two screens
_MOST_ARTICLES = 120  # of a story that is compared
_FEWEST = 2  # independent sources, or nobody disputes anything
_DISPUTED = (Relation.CONTRADICT, Relation.DIFFER)


def dispute(store: Store, compare: Callable[[str], Compared]) -> int:
    """Compare those of the foremost stories that changed since they were, and keep what is disputed in each. How many
    were. Raises StoreError.
    """
    foremost = [
        one for one in store.stories(limit=FOREMOST) if one.independent >= _FEWEST and one.articles <= _MOST_ARTICLES
    ]
    known = store.disputes(one.id for one in foremost)
    due = [one for one in foremost if not _is_known(one, known.get(one.id))]
    for one in due:
        try:
            store.disputed([_found(one, compare(one.id))])
        except NotFoundError:  # merged meanwhile
            continue
    return len(due)


def _is_known(story: Coverage, found: Dispute | None) -> bool:
    return found is not None and (found.articles, found.copies, found.last) == (
        story.articles,
        story.copies,
        story.last,
    )


def _found(story: Coverage, compared: Compared) -> Dispute:
    none = Dispute(story.id, story.articles, story.copies, story.last)
    points = [one for one in compared.comparison.points if one.relation in _DISPUTED and one.heading]
    if not points:
        return none
    first = min(points, key=lambda one: _DISPUTED.index(one.relation))
    return Dispute(story.id, story.articles, story.copies, story.last, first.id, first.relation, first.heading)
