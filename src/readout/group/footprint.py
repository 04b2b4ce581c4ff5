"""An article's footprint: its features, its sketch and what tells origins, packed to be kept; and unpacked again.

Pure. Whoever compares works on what was unpacked, fresh or kept, so that both compare alike.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from readout.group import copies, hashtags, subject
from readout.group.copies import Text
from readout.group.features import Features, features, opening
from readout.group.finder import Sketch
from readout.group.origins import Member
from readout.models import Annotation, Article, ArticleKind, Footprint

GROUPER = "group/6"
_MEANT = "meaning/3"  # what vectors are weighed by: changes with meaning.toml, which others do not ask
_DAY = 86_400
_HEADER = struct.Struct("<H")


class Meaning(Protocol):
    """What makes vectors of meaning; `name` says which model, and changes with whatever changes a vector."""

    @property
    def name(self) -> str: ...

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector (n,) of a text, of length 1."""
        ...


def grouper(meaning: str = "") -> str:
    """What makes footprints, with what makes their vectors of meaning, where there is such a thing."""
    return f"{GROUPER} {meaning} {_MEANT}" if meaning else GROUPER


def footprint(
    article: Article,
    annotation: Annotation | None = None,
    meaning: Meaning | None = None,
    captured: datetime | None = None,
) -> Footprint:
    """The footprint of an article. One without a text has nothing that it could be grouped by. Of one that says nothing
    of when it was published, the day is that on which it was `captured` first, where that is known.
    """
    annotator = annotation.annotator if annotation else ""
    by = grouper(meaning.name if meaning else "")
    if article.kind is not ArticleKind.ARTICLE:
        return Footprint(article.id, article.edition, by, annotator, article.outlet or "")
    text, seen = copies.text(article), features(article, annotation)
    if article.published is None and captured is not None:
        seen = replace(seen, day=int(captured.timestamp() // _DAY))
    if meaning is not None:
        seen = replace(seen, meaning=meaning.vector(opening(article.title, article.body)).astype(np.float16))
    return Footprint(
        article.id,
        article.edition,
        by,
        annotator,
        text.outlet,
        text.published,
        text.give,
        text.modified,
        text.credits,
        len(text.words),
        seen.day,
        _packed(seen),
        Sketch.of(text).encode(),
        hashtags.packed(hashtags.of_article(article, annotation)),
        subject.packed(subject.subject(article, annotation)),
    )


def seen(kept: Footprint) -> Features:
    """The features of a footprint, without their words."""
    (size,) = _HEADER.unpack_from(kept.features)
    at = _HEADER.size
    ids = np.frombuffer(kept.features, "<u4", size, at)
    weights = np.frombuffer(kept.features, "<f2", size, at + 4 * size)
    kinds = np.frombuffer(kept.features, "u1", size, at + 6 * size)
    rest = kept.features[at + 7 * size :]
    meaning = np.frombuffer(rest, "<f2").astype(np.float16) if rest else None
    found = ids.astype(np.uint32), weights.astype(np.float32), kinds.astype(np.uint8)
    return Features(*found, kept.day, kept.outlet, meaning=meaning)


def sketch(kept: Footprint) -> Sketch:
    """The sketch of a footprint."""
    return Sketch.decode(kept.sketch)


def member(kept: Footprint) -> Member:
    """What is needed to find an origin."""
    return Member(kept.article, kept.outlet, kept.published, kept.credits, kept.words, kept.give, kept.modified)


def text(article: Article) -> Text:
    """What is compared of an article to find copies."""
    return copies.text(article)


def _packed(seen: Features) -> bytes:
    parts = [seen.ids.astype("<u4"), seen.weights.astype("<f2"), seen.kinds.astype("u1")]
    if seen.meaning is not None:
        parts.append(seen.meaning.astype("<f2"))
    return _HEADER.pack(len(seen.ids)) + b"".join(part.tobytes() for part in parts)
