"""The editions of an article as its page shows them: where each was met, and what it changed. Pure and bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from readout.models import Article, Edition, EditionId
from readout.present.revision import Fate, Line, Revision, Run, count, revision
from readout.present.when import When, captured

_EDITIONS = 12  # the latest
_PASSAGES = 60  # of what one edition changed
_CHARACTERS = 20_000  # of one passage


@dataclass(frozen=True)
class Passage:
    """A paragraph that changed, or how many in a row did not (`kept`; then there are no runs)."""

    runs: tuple[Run, ...]
    kept: int = 0


@dataclass(frozen=True)
class Version:
    """An edition: its number from 1, when it was first met, whether it is the one on the page, and what it changed of
    the one before: words gone, words new, and where. `left_out` passages were too many.
    """

    number: int
    id: EditionId
    captured: When | None
    here: bool
    gone: int = 0
    new: int = 0
    passages: tuple[Passage, ...] = ()
    left_out: int = 0


def versions(shown: Article, editions: Sequence[Edition]) -> tuple[Version, ...]:
    """The latest editions, in their order."""
    latest = editions[-_EDITIONS:]
    first = [_version(shown, latest[0], None)] if latest else []
    pairs = pairwise(latest)
    return (*first, *(_version(shown, one, revision(before.article, one.article)) for before, one in pairs))


def _version(shown: Article, edition: Edition, change: Revision | None) -> Version:
    lines = (change.title, *change.paragraphs) if change else ()
    passages = list(_passages(lines))
    return Version(
        number=edition.number,
        id=edition.id,
        captured=captured(edition.captured),
        here=shown.edition in edition.ids,
        gone=count(lines, Fate.GONE),
        new=count(lines, Fate.NEW),
        passages=tuple(islice(passages, _PASSAGES)),
        left_out=max(0, len(passages) - _PASSAGES),
    )


def _passages(lines: Iterable[Line]) -> Iterator[Passage]:
    for changed, together in groupby(lines, key=lambda line: any(run.fate is not Fate.KEPT for run in line)):
        held = list(together)
        if changed:
            yield from (Passage(tuple(_cut(line))) for line in held)
        else:
            yield Passage((), len(held))


def _cut(line: Line) -> Iterator[Run]:
    left = _CHARACTERS
    for run in line:
        if left > 0:
            yield Run(run.fate, run.text[:left])
        left -= len(run.text)
