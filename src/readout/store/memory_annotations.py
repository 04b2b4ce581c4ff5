"""Annotations in memory: the part of `memory.py` that is about them. Every answer is worked out from the values."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from readout.models import (
    Annotation,
    Article,
    EditionId,
    Entity,
    EntityId,
    EntityKind,
    Happening,
    Known,
    Ruling,
    Said,
    Sighting,
    shown,
)
from readout.store import lookup
from readout.text import sounds

_NEVER = datetime.min.replace(tzinfo=UTC)
_Telling = tuple[EntityId, EntityKind, str, tuple[str, ...], tuple[str, ...]]


class MemoryAnnotations(ABC):
    """Keeps `Annotating`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._annotating = threading.RLock()
        self._annotations: dict[EditionId, Annotation] = {}
        self._rulings: list[Ruling] = []

    @abstractmethod
    def _met(self) -> Iterable[Sighting]:
        """All sightings, in the order they were kept."""

    def annotated(self, annotations: Iterable[Annotation]) -> None:
        """See `Annotating.annotated`."""
        with self._annotating:
            self._annotations |= {one.edition: one for one in annotations}

    def annotation(self, edition: EditionId) -> Annotation | None:
        """See `Annotating.annotation`."""
        with self._annotating:
            return self._annotations.get(edition)

    def unannotated(self, annotator: str | None = None) -> Iterator[Article]:
        """See `Annotating.unannotated`."""
        return iter([text for edition, text in self._texts().items() if self._is_due(edition, annotator)])

    def count_unannotated(self, annotator: str | None = None) -> int:
        """See `Annotating.count_unannotated`."""
        return len(list(self.unannotated(annotator)))

    def known(self, words: Iterable[str]) -> Sequence[Known]:
        """See `Annotating.known`."""
        asked = {key for word in words for key in sounds.keys(word)}
        with self._annotating:
            everything = [entity for one in self._annotations.values() for entity in one.entities]
        sounding = {one.id for one in everything if asked & set(_sounds(one))}
        counts = Counter(_telling(one) for one in everything if one.id in sounding)
        return sorted(Known(*telling, count) for telling, count in counts.items())

    def said(
        self,
        who: Iterable[Known],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[Said]:
        """See `Annotating.said`."""
        wanted = {(one.entity, one.kind, one.name, one.forms, one.roles) for one in who}
        texts, listed = self._texts(), self._listed()
        found = []
        for edition, one in sorted(self._annotations.items()):
            meant = {entity.id for entity in one.entities if _telling(entity) in wanted}
            for statement in one.statements:
                at = statement.said.at if statement.said else listed.get(one.article)
                if statement.speaker.entity in meant and edition in texts and _within(at, since, until):
                    found.append((at, Said(texts[edition], statement)))
        found.sort(key=lambda held: _NEVER - held[0] if held[0] else timedelta.max)
        most, first = lookup.window(limit, offset)
        return [one for _, one in found[first : first + most]]

    def events(
        self, *, since: datetime | None = None, until: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[Happening]:
        """See `Annotating.events`."""
        texts = self._texts()
        found = [
            (event.time.start, Happening(texts[edition], event))
            for edition, one in sorted(self._annotations.items())
            for event in one.events
            if event.time and event.time.start and edition in texts and _within(event.time.start, since, until)
        ]
        found.sort(key=lambda held: held[0])
        most, first = lookup.window(limit, offset)
        return [one for _, one in found[first : first + most]]

    def rule(self, ruling: Ruling) -> None:
        """See `Annotating.rule`."""
        with self._annotating:
            self._rulings.append(ruling)

    def rulings(self) -> Sequence[Ruling]:
        """See `Annotating.rulings`."""
        with self._annotating:
            return list(self._rulings)

    def _is_due(self, edition: EditionId, annotator: str | None) -> bool:
        kept = self.annotation(edition)
        return kept is None or (annotator is not None and kept.annotator != annotator)

    def _texts(self) -> dict[EditionId, Article]:
        """The sighting that stands for each edition, in the order the editions were first kept."""
        grouped: dict[EditionId, list[Sighting]] = {}
        for one in self._met():
            grouped.setdefault(one.article.edition, []).append(one)
        return {edition: shown(group) for edition, group in grouped.items()}

    def _listed(self) -> dict[str, datetime | None]:
        grouped: dict[str, list[Sighting]] = {}
        for one in self._met():
            grouped.setdefault(one.article.id, []).append(one)
        return {article: _listed_at(group) for article, group in grouped.items()}


def _listed_at(group: Sequence[Sighting]) -> datetime | None:
    article = shown(group)
    captured = next(one.captured for one in group if one.article is article)
    return lookup.listed_at(article, captured)


def _telling(entity: Entity) -> _Telling:
    return entity.id, entity.kind, entity.name, tuple(sorted(entity.aliases)), tuple(sorted(entity.roles))


def _sounds(entity: Entity) -> Iterator[str]:
    return (key for form in (entity.name, *entity.aliases) for key in sounds.keys(form))


def _within(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    if at is None:
        return since is None and until is None
    return (since is None or at >= since) and (until is None or at < until)
