"""A hashtag: one short name for one thing, whatever forms of its name the texts use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from readout.models.ids import ArticleId


class TagKind(StrEnum):
    """What a tag names."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    WORK = "work"
    NAME = "name"  # of something else
    PHRASE = "phrase"  # words of the text: "ceasefire", "export controls"


@dataclass(frozen=True)
class Tag:
    """`key` is what makes two tags one, in lower case; `text` is how it is shown, without its sign ("PortAnsel"),
    `name` how the texts say it. `weight` (0 and more) is how telling it is of what it stands on.
    """

    key: str
    text: str
    name: str
    kind: TagKind
    weight: float = 0.0


@dataclass(frozen=True)
class TagCount:
    """How many articles have a tag, on which days, the earliest first, and which came last. Articles of an unknown day
    count in `articles` alone.
    """

    tag: Tag
    articles: int
    days: tuple[tuple[date, int], ...]
    latest: tuple[ArticleId, ...] = ()
