"""Counts: what is kept, and what an import did."""

from __future__ import annotations

from dataclasses import dataclass, field

from readout.errors import InputError
from readout.models.outlet import Outlet
from readout.models.rejection import Rejection


@dataclass(frozen=True)
class Kept:
    """What one transaction added, and what of it was already there.

    `editions_new` are versions beyond the first of their articles. `articles_joined` were kept as articles of their own
    until something showed that they are one with another.
    """

    pages_new: int = 0
    pages_known: int = 0
    articles_new: int = 0
    articles_known: int = 0
    editions_new: int = 0
    rejections_new: int = 0
    articles_joined: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.pages_new + other.pages_new,
            self.pages_known + other.pages_known,
            self.articles_new + other.articles_new,
            self.articles_known + other.articles_known,
            self.editions_new + other.editions_new,
            self.rejections_new + other.rejections_new,
            self.articles_joined + other.articles_joined,
        )


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in counts, so that an import of any size has a report of one size.

    `kept` is what was new. `pages` were read, and `articles` found on them, new or known, `headlines` and
    `teaser_lists` included. `dropped` counts the rejections, of which `rejected` are the first; `lost` counts the
    files, rows and pages that gave nothing at all. `unusable` says what was asked for and does not exist;
    `passed` counts the files of many pages that were not read, because all of them was imported before.
    """

    kept: Kept = field(default_factory=Kept)
    pages: int = 0
    articles: int = 0
    headlines: int = 0
    teaser_lists: int = 0
    dropped: int = 0
    lost: int = 0
    rejected: tuple[Rejection, ...] = ()
    unusable: tuple[InputError, ...] = ()
    passed: int = 0


@dataclass(frozen=True)
class OutletCount:
    """An outlet with how many articles of it are kept."""

    outlet: Outlet
    articles: int


@dataclass(frozen=True)
class LossCount:
    """How often one stage dropped something for one reason."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True)
class Totals:
    """How much is kept."""

    pages: int
    articles: int
    outlets: int
    rejections: int
