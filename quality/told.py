"""The two public sets of articles by event that stories are measured on, read into one form. No scoring here.

  galaxy   280 news articles of 85 events (hand-picked ones and those that Wikinews cites), most of 2014. The day is
           that of the address; of hand-picked ones without, the day of the crawl.
  ecbplus  982 articles of 86 events (Cybulska and Vossen 2014). The level that is scored is the *sub-topic*: topic 1 is
           people who check into rehab, "1" is one of them and "1plus" another; twins share nearly all their words. An
           address in the first line gives the day and is then taken off, since only one twin of each pair has them; a
           first line of up to 20 words that ends no sentence is the title.

Folds keep together what belongs together: events of galaxy, topics (both twins) of ecbplus.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from quality.figures import shared
from readout.models import Article, ArticleKind, Basis, Moment, PageId, Paragraph, Precision, Role

SETS = ("galaxy", "ecbplus")
_EPOCH = date(1970, 1, 1)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(r"((?:19|20)\d\d)\s*[/-]\s*([a-z]{3}|\d{2})\s*[/-]?\s*(\d{2})(?!\d)")
_ADDRESS = re.compile(r"\s*(?:https?|www)\s*[:.]")
_TITLE_WORDS = 20


@dataclass(frozen=True)
class Told:
    """One article of a set; `day` counts from 1970-01-01, None where unknown, and `kept_whole` is what folds keep."""

    id: str
    title: str
    body: str
    day: int | None
    event: str
    kept_whole: str


def told(name: str) -> list[Told]:
    """The articles of a set in order of day, undated ones last, in the order of the file. Raises Absent."""
    with shared("data", "clusters", f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [_galaxy(row) if name == "galaxy" else _ecbplus(row) for row in rows]
    return sorted(found, key=lambda one: (one.day is None, one.day or 0))


def article(one: Told) -> Article:
    """The article as it would lie in an archive, of no page and no outlet."""
    published = None
    if one.day is not None:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=one.day)
        published = Moment(at, Precision.DAY, Basis.STATED, at.date().isoformat())
    return Article(
        page=PageId("0" * 64),
        position=0,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title=one.title,
        title_span=None,
        paragraphs=tuple(Paragraph(line, ()) for line in one.body.split("\n") if line.strip()),
        extractor="quality/1",
        published=published,
    )


def fold(one: Told, folds: int, cut: int = 0) -> int:
    """Which of the folds an article belongs to; each `cut` parts the events in another way."""
    key = f"{cut}/{one.kept_whole}" if cut else one.kept_whole
    return hashlib.blake2b(key.encode(), digest_size=4).digest()[0] % folds


def _galaxy(row: dict[str, str]) -> Told:
    day = _day(row["url_date"] or "")
    if day is None and row["set"] == "handpicked":
        day = _day(row["crawled"])
    return Told(row["id"], row["title"], row["text"], day, row["cluster"], row["cluster"])


def _ecbplus(row: dict[str, str]) -> Told:
    lines = row["text"].split("\n")
    day = None
    if _ADDRESS.match(lines[0]):
        day = _day(lines.pop(0))
    title = lines.pop(0) if _is_title(lines) else ""
    return Told(row["id"], title, "\n".join(lines), day, row["subtopic"], row["topic"])


def _is_title(lines: Sequence[str]) -> bool:
    return bool(lines) and len(lines[0].split()) <= _TITLE_WORDS and not re.search(r"[.!?]\s*$", lines[0])


def _day(text: str) -> int | None:
    match = _DATE.search(text.lower())
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2], 0)
    try:
        return (date(int(match[1]), month, int(match[3])) - _EPOCH).days
    except ValueError:
        return None
