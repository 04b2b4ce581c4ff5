"""A copy: an article whose text is taken from another; and a group of articles that are one text and count once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readout.models.ids import ArticleId
from readout.models.page import Span


class CopyKind(StrEnum):
    """How one text is taken from another."""

    REPRINT = "reprint"  # another outlet runs the whole text
    EDITED = "edited reprint"  # nearly the whole text, with words changed, left out or added
    PARTIAL = "partial reprint"  # a good part of the text, cut or with paragraphs of the outlet's own
    EXCERPT = "excerpt"  # some words of it in an article of its own; or both quote the same words
    BOILERPLATE = "boilerplate"  # words that an outlet repeats in unrelated articles
    UPDATE = "update"  # the same outlet's article again, revised or not


WHOLE = frozenset({CopyKind.REPRINT, CopyKind.EDITED, CopyKind.PARTIAL, CopyKind.UPDATE})
# kinds that make two articles one account; an excerpt or boilerplate does not


@dataclass(frozen=True)
class Copy:
    """`copy` is taken from `original`, and why we say so.

    `share` is how much of the copy's words stand in the original, `kept` how much of the original's in the copy, both
    in 0..1; `block` is the longest run of words that both have. `left_out` are the passages of the original's body
    that the copy lacks, `added` those of the copy's body that the original lacks, as characters of those bodies.
    `reasons` are facts; `identical` tells that the two have the very same words.
    """

    original: ArticleId
    copy: ArticleId
    kind: CopyKind
    share: float
    kept: float
    block: int
    reasons: tuple[str, ...]
    left_out: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    identical: bool = False


@dataclass(frozen=True)
class CopyGroup:
    """Articles that are one text and count once: the origin, and its reprints, earliest first.

    `agency` is whom they credit, whether or not its own article is held; `basis` says why this one is the origin.
    """

    origin: ArticleId
    reprints: tuple[ArticleId, ...]
    agency: str | None
    basis: str
