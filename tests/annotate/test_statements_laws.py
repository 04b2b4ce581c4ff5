"""What must hold of the statements of any text: spans in place, nothing raised, the same again."""

from __future__ import annotations

import json
import random
import time
from importlib import resources

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readout.annotate.material import Material, material
from readout.annotate.statements import statements
from readout.extract import transcript
from readout.models import UNRESOLVED, Article, Media, Page, Statement, places
from tests.builders import article

PIECES = [
    *"ab .,\n\"'“”‘’:–(",
    " said ",
    " he ",
    " that ",
    "Tom Lund",
    " told Anna Berg ",
    " according to ",
    " citing ",
    "“The ferry stays,”",
    " no comment from ",
    " and asked: ",
    " each other of ",
    "Beijing",
    " the two sides ",
    " reported, ",
    " would not ",
    "\u202b\u0627\u0644",
]


def sample() -> list[tuple[Page, Article]]:
    root = resources.files("readout.sample")
    rows = [json.loads(line) for line in (root / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [
        Page((root / row["file"]).read_bytes(), Media.TEXT, row["file"]) for row in rows if row["media"] == "text/plain"
    ]
    return [(page, one) for page in pages for one in transcript.articles(page)[0]]


def check(read: Material, found: tuple[Statement, ...]) -> None:
    text = read.reading.text
    for one in found:
        spans = [*one.content, *(span for span in (one.cue, one.source) if span is not None)]
        assert one.content
        assert list(one.content) == sorted(one.content)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert not any(text[start].isspace() or text[end - 1].isspace() for start, end in spans)
        assert one.speaker.name
        assert 0 <= one.speaker.confidence <= 1
        assert one.speaker.name != UNRESOLVED or one.speaker.confidence == 0
        assert one.speaker.name not in one.via
    assert len({one.id for one in found}) == len(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50).map("".join))
@example("Anna Berg said Tom Lund promised Beijing")
@example(" no comment from  citing  said .")
@example("Tom Lund told Anna Berg  that the ferry stays according to   , “The ferry stays,”")
def test_any_text(text: str) -> None:
    read = material(article("Talks", *(line for line in text.split("\n") if line.strip())))
    found = statements(read)
    check(read, found)
    assert found == statements(read)


def test_spans_are_what_the_page_holds() -> None:
    for page, one in sample()[:30]:
        read = material(one)
        found = statements(read)
        check(read, found)
        for statement in found:
            for span in statement.content:
                words = " ".join(page.text[start:end] for start, end in places(read.reading, [span]))
                assert words.split() == read.reading.text[span.start : span.end].split()


def test_mutated_articles_raise_nothing() -> None:
    chance = random.Random(7)  # noqa: S311 - a fixed sequence
    articles = [one for _, one in sample()]
    for _ in range(60):
        one = chance.choice(articles)
        lines = [_mutated(paragraph.text, chance) for paragraph in one.paragraphs]
        read = material(article(one.title, *filter(str.strip, lines)))
        check(read, statements(read))


def _mutated(text: str, chance: random.Random) -> str:
    at, to = sorted(chance.sample(range(len(text) + 1), 2)) if text else (0, 0)
    changed: str = chance.choice(
        [
            text[:at] + text[to:],
            text[:at] + chance.choice(PIECES) + text[at:],
            text.upper(),
            text[:at] + text[at:to] * 3,
        ]
    )
    return changed


@pytest.mark.parametrize(
    "line",
    [
        "“ said he ” " * 3_000,
        "He said that it is so and asked: " * 2_000,
        "according to X, citing Y, " * 2_000,
        "Beijing and Washington accused each other of " * 1_000,
        "no comment from " * 4_000,
        "would not say, declined to comment, " * 1_500,
        "a" * 50_000,
    ],
)
def test_hostile_lines_take_a_bounded_time(line: str) -> None:
    began = time.process_time()
    read = material(article("Talks", line))
    check(read, statements(read))
    assert time.process_time() - began < 20
