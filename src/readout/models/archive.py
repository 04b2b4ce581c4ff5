"""What an archive knows over all its articles: who is named in them, what was said and what happened where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from readout.models.annotation import EntityKind, Event
from readout.models.article import Article
from readout.models.ids import EntityId
from readout.models.statement import Statement


class Known(NamedTuple):
    """An entity as `articles` editions have it, with the same name, other forms and roles in each."""

    entity: EntityId
    kind: EntityKind
    name: str
    forms: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    articles: int = 1


@dataclass(frozen=True)
class Who:
    """One entity of the archive: everything that is `known` of the same person, body, place or work.

    `name` is the form most used, or the one a person chose; `reasons` say why what is known belongs together.
    """

    kind: EntityKind
    name: str
    known: tuple[Known, ...]
    reasons: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """In how many editions it is named."""
        return sum(one.articles for one in self.known)

    @property
    def forms(self) -> tuple[str, ...]:
        """The other forms of the name."""
        forms = dict.fromkeys(form for one in self.known for form in (one.name, *one.forms))
        return tuple(form for form in forms if form != self.name)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that texts give, the most told first."""
        counts: dict[str, int] = {}
        for one in self.known:
            for role in one.roles:
                counts[role] = counts.get(role, 0) + one.articles
        return tuple(sorted(counts, key=lambda role: (-counts[role], role)))


@dataclass(frozen=True)
class Ruling:
    """A person's word on two names: that they name the same (and `other` is its name), or that they do not.

    It is kept for good and no guess overrules it; a later ruling on the same two does. `at` is in UTC.
    """

    one: str
    other: str
    same: bool
    at: datetime


class Said(NamedTuple):
    """A statement with the article, as one page holds it, that attributes it."""

    article: Article
    statement: Statement


class Happening(NamedTuple):
    """An event with the article, as one page holds it, that tells of it."""

    article: Article
    event: Event


@dataclass(frozen=True)
class AnnotationReport:
    """What annotating did: how many editions, with how many statements and events, and how many failed."""

    articles: int = 0
    statements: int = 0
    events: int = 0
    failed: int = 0
