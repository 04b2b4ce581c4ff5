"""How fast articles and statements are indexed and found, beside SQLite's FTS5 in the same run.

News articles of volume/*.jsonl.gz are put into an index on disk, with every fifth sentence as a stand-in for a
statement (annotating them all would take far longer than indexing). The peer is a contentless FTS5 table with stemming
over titles and bodies alone, ranked by BM25. Queries are words that stand in one article: three of them, any of three,
two side by side, two of an outlet. What is timed of ours is a whole screen (rank, fold copies, count by outlet, kind,
language and month), of the peer ranking alone. Milliseconds of CPU.

    python -m bench.searching [--articles 37000] [--queries 300]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from quality.figures import shared
from readout.models import (
    Act,
    Annotation,
    Article,
    ArticleKind,
    PageId,
    Paragraph,
    Role,
    Shelf,
    Sorting,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    reading,
)
from readout.store import driver
from readout.store.search.index import SearchIndex
from readout.store.search.schema import Entry
from readout.text import query

_EVERY = 5  # sentence is a statement
_BATCH = 256
_SENTENCE = re.compile(r"[^.!?\n]{20,300}[.!?]")
_WORD = re.compile(r"[A-Za-z]{5,}")
_TODAY = datetime(2026, 1, 1, tzinfo=UTC).date()


class Asked(NamedTuple):
    """A query for us and for the peer."""

    ours: str
    peer: str


def main() -> None:
    """Index, ask, index the peer, ask it."""
    parser = argparse.ArgumentParser(description="Milliseconds in which articles and statements are found.")
    parser.add_argument("--articles", type=int, default=37_000)
    parser.add_argument("--queries", type=int, default=300, help="of each kind")
    given = parser.parse_args()
    draw = random.Random(1)  # noqa: S311 - no secret
    kinds = _queries(list(islice(_read(), 0, given.articles, 50)), given.queries, draw)
    with tempfile.TemporaryDirectory() as folder:
        index = _ours(Path(folder), given.articles)
        for name, asked in kinds.items():
            for shelf in Shelf:
                _told(f"{name}, {shelf}", [one.ours for one in asked], _asking(index, shelf))
        _peer(Path(folder) / "peer.db", given.articles, kinds)


def _read() -> Iterator[Entry]:
    with gzip.open(shared("data", "volume", "news_2012_2020.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            paragraphs = tuple(Paragraph(text, ()) for text in row["text"].split("\n") if text.strip())
            article = Article(
                PageId("0" * 64),
                0,
                Role.MAIN,
                ArticleKind.ARTICLE,
                row["title"],
                None,
                paragraphs,
                "bench/1",
                outlet=row["source"],
                language="en",
                address=f"https://{row['domain']}/{row['id']}",
            )
            at = datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC) if row["date"] else None
            yield Entry(article, _stood_in(article), None, at)


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, _BATCH)):
        yield batch


def _stood_in(article: Article) -> Annotation:
    text = reading(article).text
    found = islice(_SENTENCE.finditer(text), 0, None, _EVERY)
    said = tuple(
        Statement(
            StatementId(f"{article.id}{number}"),
            article.id,
            StatementKind.INDIRECT,
            (Span(*one.span()),),
            None,
            None,
            Speaker(article.outlet or "", SpeakerType.OUTLET),
            act=Act.CLAIM,
        )
        for number, one in enumerate(found)
    )
    return Annotation(article.id, article.edition, "bench/1", "en", said)


def _ours(folder: Path, count: int) -> SearchIndex:
    index = SearchIndex(folder / "search")
    spent = [0.0]
    start = time.process_time()
    index.made_anew(_timed(_batches(islice(_read(), count)), spent))
    taken = time.process_time() - start - spent[0]
    articles, statements = index.size()
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    print(
        f"indexed {articles:,} articles and {statements:,} statements: {articles / taken:,.0f} articles a second of "
        f"CPU, {size / articles / 1024:.1f} KB an article"
    )
    return index


def _timed(batches: Iterable[Sequence[Entry]], spent: list[float]) -> Iterator[Sequence[Entry]]:
    """What reading the articles takes is counted apart."""
    rest = iter(batches)
    while True:
        start = time.process_time()
        batch = next(rest, None)
        spent[0] += time.process_time() - start
        if batch is None:
            return
        yield batch


def _queries(some: Sequence[Entry], count: int, draw: random.Random) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {"all of three": [], "any of three": [], "side by side": [], "of an outlet": []}
    while len(found["all of three"]) < count:
        article = draw.choice(some).article
        words = _WORD.findall(article.body)
        if len(words) < _BATCH or not article.outlet:
            continue
        one, two, three = draw.sample(words, 3)
        beside = re.search(r"[A-Za-z]{4,} [A-Za-z]{4,}", article.body[len(article.body) // 2 :])
        pair = beside[0] if beside else words[0]
        found["all of three"].append(Asked(f"{one} {two} {three}", f"{one} {two} {three}"))
        found["any of three"].append(Asked(f"{one} OR {two} OR {three}", f"{one} OR {two} OR {three}"))
        found["side by side"].append(Asked(f'"{pair}"', f'"{pair}"'))
        found["of an outlet"].append(Asked(f'{one} {two} outlet:"{article.outlet}"', f"{one} {two}"))
    return found


def _asking(index: SearchIndex, shelf: Shelf) -> Callable[[str], object]:
    return lambda text: index.find(query.parse(text, _TODAY), shelf, Sorting.BEST)


def _told(name: str, asked: Sequence[str], ask: Callable[[str], object]) -> None:
    times = []
    for one in asked:
        start = time.process_time()
        ask(one)
        times.append((time.process_time() - start) * 1e3)
    ordered = sorted(times)
    print(f"{name:>30}: {statistics.median(ordered):6.2f} ms p50 {ordered[int(len(ordered) * 0.99)]:7.2f} ms p99")


def _peer(path: Path, count: int, kinds: dict[str, list[Asked]]) -> None:
    sqlite = driver.library()
    connection = sqlite.connect(path)
    connection.execute("CREATE VIRTUAL TABLE peer USING fts5(title, body, content='', tokenize='porter unicode61')")
    spent = [0.0]
    start = time.process_time()
    for batch in _timed(_batches(islice(_read(), count)), spent):
        rows = [(one.article.title, one.article.body) for one in batch]
        connection.executemany("INSERT INTO peer (title, body) VALUES (?, ?)", rows)
    connection.commit()
    taken = time.process_time() - start - spent[0]
    print(
        f"FTS5: {count / taken:,.0f} articles a second of CPU, {path.stat().st_size / count / 1024:.1f} KB an article"
    )
    ranked = "SELECT rowid FROM peer WHERE peer MATCH ? ORDER BY rank LIMIT 20"
    for name, asked in kinds.items():
        if name != "of an outlet":
            _told(
                f"FTS5, {name}",
                [one.peer for one in asked],
                lambda text: connection.execute(ranked, (text,)).fetchall(),
            )


if __name__ == "__main__":
    main()
