"""Reports to compare: articles of a few sentences, annotated as any other."""

from __future__ import annotations

from datetime import datetime, timedelta

from readout.annotate.annotator import annotation
from readout.compare.told import Report, Told, everything
from tests import builders


def report(
    *paragraphs: str, outlet: str = "The Harbour Post", origin: str = "", at: datetime = builders.NOON
) -> Report:
    """An article of those paragraphs, with what is understood of it."""
    article = builders.article("", *paragraphs, outlet=outlet, published=builders.published(at))
    return Report(article, annotation(article), origin)


def only(text: str, outlet: str = "The Harbour Post", later: timedelta = timedelta()) -> Told:
    """What an article of that one sentence tells."""
    return everything(report(text, outlet=outlet, at=builders.NOON + later))[0]
