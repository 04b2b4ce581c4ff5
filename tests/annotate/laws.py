"""The laws of every annotation, checked on any article; and a command that checks them on all texts at hand.

    python -m tests.annotate.laws

takes the sample, the captures, and the articles of the shared data (of the largest set every fiftieth), and says for
each how many articles and spans were checked. The unit tests take a part of the same.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from quality.figures import Absent, shared
from readout import pipeline
from readout.annotate import annotator
from readout.annotate.material import material
from readout.models import Annotation, Article, Media, Page, Paragraph, Reading, Span, places
from tests.builders import NOON, page, published
from tests.builders import article as built

SAMPLE = sorted((Path(__file__).parents[2] / "src/readout/sample/captures").glob("*.txt"))
EVERY = 50
SETS = (
    ("quotes/quotes_polnear_dev.jsonl", 1),
    ("quotes/quotes_polnear_train.jsonl", 1),
    ("times/meantime.jsonl", 1),
    ("clusters/galaxy.jsonl", 1),
    ("clusters/ecbplus.jsonl", 1),
    ("volume/news_2012_2020.jsonl.gz", EVERY),
)


def spans(annotation: Annotation) -> Iterator[Span]:
    """Every span of an annotation."""
    for one in annotation.statements:
        yield from one.content
        yield from filter(None, (one.cue, one.source))
    for entity in annotation.entities:
        yield from (mention.span for mention in entity.mentions)
    yield from (time.span for time in annotation.times)
    for event in annotation.events:
        yield from event.spans
        yield from (event.time.span,) if event.time else ()
    yield from (figure.span for figure in annotation.figures)


def check(article: Article, held: Page | None = None) -> int:
    """How many spans were checked: each holds characters of the reading text, and of the page where one is given."""
    read = material(article)
    annotation = annotator.understood(read)
    text = read.reading.text
    count = 0
    for span in spans(annotation):
        count += 1
        assert 0 <= span.start < span.end <= len(text), (span, len(text))
        assert text[span.start : span.end].strip(), span
        if held is not None:
            assert found(held, read.reading, span) == text[span.start : span.end].split()
    _ids_are_single(annotation)
    return count


def found(held: Page, read: Reading, span: Span) -> list[str]:
    """The words that the page holds where a span of the reading text leads."""
    return " ".join(held.text[place.start : place.end] for place in places(read, [span])).split()


def _ids_are_single(annotation: Annotation) -> None:
    for kind in (annotation.entities, annotation.events):
        ids = [one.id for one in kind]
        assert len(ids) == len(set(ids))


def captured(path: Path) -> tuple[Page, tuple[Article, ...]]:
    """A text capture and its articles."""
    held = Page(path.read_bytes(), Media.TEXT, path.name)
    return held, pipeline.harvest(held).articles


def lines(text: str, title: str = "") -> tuple[Page, Article]:
    """A page that holds a text, and the article whose paragraphs are its lines."""
    held = page(text)
    at, paragraphs = 0, []
    for line in held.text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(line, (Span(at, at + len(line)),)))
        at += len(line) + 1
    article = built(title, published=published(NOON))
    return held, Article(**{**vars(article), "paragraphs": tuple(paragraphs)})


def texts() -> Iterator[tuple[str, Iterable[tuple[Page, Article]]]]:
    """Every set of texts at hand, by its name."""
    yield "sample", _pages(SAMPLE)
    yield "captures", _pages(sorted(shared("captures").glob("*.txt")))
    rows = shared("captures", "aggregator_pages.jsonl").read_text("utf-8").splitlines()
    pages = [Page(json.loads(row)["text"].encode(), Media.TEXT, "capture.txt") for row in rows]
    yield "aggregator", ((held, one) for held in pages for one in pipeline.harvest(held).articles)
    for name, every in SETS:
        yield name, (lines(text) for text in islice(_rows(shared("data", *name.split("/"))), 0, None, every))


def _pages(paths: Iterable[Path]) -> Iterator[tuple[Page, Article]]:
    for path in paths:
        held, articles = captured(path)
        yield from ((held, one) for one in articles)


def _rows(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    for row in text.split("\n"):
        told = json.loads(row) if row else {}
        yield next((told[key] for key in ("text", "body", "content") if isinstance(told.get(key), str)), "")


def main() -> None:
    """Check the laws on everything."""
    try:
        for name, articles in texts():
            counts = [check(article, held) for held, article in articles]
            sys.stdout.write(f"{name:34} {len(counts):6,} articles {sum(counts):9,} spans\n")
            sys.stdout.flush()
    except Absent as why:
        sys.stdout.write(f"the rest is skipped: {why}\n")


if __name__ == "__main__":
    main()
