"""Editions: the versions of one article's text, in the order in which they were met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from readout.models.article import Article
from readout.models.ids import EditionId
from readout.models.sighting import Sighting, shown

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """One version of an article. `number` counts from 1; `sightings` are the places where it was met, oldest first."""

    number: int
    sightings: tuple[Sighting, ...]

    @property
    def article(self) -> Article:
        """The sighting that stands for this edition: of those that tell most paragraphs apart, the one to be shown."""
        most = max(len(met.article.paragraphs) for met in self.sightings)
        return shown(met for met in self.sightings if len(met.article.paragraphs) == most)

    @property
    def id(self) -> EditionId:
        """The id of the text that stands for it."""
        return self.article.edition

    @property
    def ids(self) -> frozenset[EditionId]:
        """The ids of all texts that are this edition: they differ only in how their lines are broken, or in what
        stands around the body.
        """
        return frozenset(met.article.edition for met in self.sightings)

    @property
    def captured(self) -> datetime | None:
        """When it was first met (UTC), as far as anybody knows."""
        return min((met.captured for met in self.sightings if met.captured), default=None)


def editions(sightings: Iterable[Sighting]) -> tuple[Edition, ...]:
    """The editions of one article, the one first met first: sightings whose title and body have the same words are
    one. A sighting without a body, where others have one, belongs to none.
    """
    met = sorted(sightings, key=_first)
    whole = [one for one in met if one.article.body] or met
    by_wording: dict[str, list[Sighting]] = {}
    for one in whole:
        by_wording.setdefault(one.article.wording, []).append(one)
    return tuple(Edition(number, tuple(group)) for number, group in enumerate(by_wording.values(), 1))


def _first(sighting: Sighting) -> tuple[datetime, str, int]:
    return sighting.captured or _NEVER, sighting.article.page, sighting.article.position
