"""What a place to look says, whatever kind of place it is. Pure: bytes in, a Listing out; fetches nothing."""

from __future__ import annotations

from readout.capture import discover, feeds, sitemaps
from readout.capture.answers import Response
from readout.models import FeedKind, Listing


def listing(kind: FeedKind, answer: Response) -> Listing | None:
    """What that answer of a place of that kind lists; None where it is none. A feed may have become a sitemap, and a
    page a feed; a feed that has become a page is a feed no longer.
    """
    said = answer.header("content-type")
    given = (answer.content, answer.answered, said)
    found = feeds.listing(*given) or sitemaps.listing(*given)
    if found is None and kind is FeedKind.PAGE:
        return discover.listing(answer.content, answer.answered)
    return found
