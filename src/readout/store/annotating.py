"""The part of the contract that is about annotations; `tests/store/annotating.py` is its one suite.

An edition has one annotation at a time, the last that was kept. What a person ruled about names is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from readout.models import Annotation, Article, EditionId, Happening, Known, Ruling, Said


class Annotating(Protocol):
    """What is kept of annotations. Every verb is one transaction: all of it or nothing."""

    def annotated(self, annotations: Iterable[Annotation]) -> None:
        """Keep these annotations, durably, in place of what was kept of the same editions."""

    def annotation(self, edition: EditionId) -> Annotation | None:
        """The annotation of that edition, if there is one."""

    def unannotated(self, annotator: str | None = None) -> Iterator[Article]:
        """An article for each edition that has no annotation; with an `annotator` those too that another one made.

        Of the sightings of an edition `models.shown` chooses. In the order the editions were first kept. What is kept
        meanwhile may be among them or not.
        """

    def count_unannotated(self, annotator: str | None = None) -> int:
        """How many editions those are."""

    def known(self, words: Iterable[str]) -> Sequence[Known]:
        """What articles know of entities with a word in their name, or in another form of it, that sounds (see
        `text.sounds`) like one of the words. In order of entity, name, forms and roles.
        """

    def said(
        self,
        who: Iterable[Known],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[Said]:
        """What those entities said, the latest first, by the time of saying or else of the article; those without
        either come last, and not at all where a time is asked for. `until` is not included. Ties: by edition.
        """

    def events(
        self, *, since: datetime | None = None, until: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[Happening]:
        """What is dated, the earliest start first; `until` is not included. Ties are in order of edition."""

    def rule(self, ruling: Ruling) -> None:
        """Keep what a person said about two names."""

    def rulings(self) -> Sequence[Ruling]:
        """What was said about names, in the order it was."""
