"""PolNeAR's annotated articles as numbers: tokens, labels and links. Text leaves this module only through features."""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.attributions import Said
from readout.annotate.labeller import LABELS
from readout.annotate.tokens import Tokens, tokens

HELD_OUT = 15  # of a hundred training articles, by hash of their ids
Chars = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """An attribution as annotated: spans in characters of the article's text."""

    content: tuple[Chars, ...]
    cue: tuple[Chars, ...]
    source: tuple[Chars, ...]


@dataclass(frozen=True)
class Gold:
    """An annotated article; `attributions` are those of the first annotator."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True)
class Labelled:
    """An article's tokens, a label for each, and its spans as (first token, last token).

    `answers[k]` is (asking span, answering span or None): a content asks for its cue, a cue for its source.
    """

    tokens: Tokens
    labels: NDArray[np.int64]
    cues_of: tuple[tuple[Chars, Chars | None], ...]
    sources_of: tuple[tuple[Chars, Chars | None], ...]


def read(path: Path) -> Iterator[Gold]:
    """The annotated articles of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            found = row["annotations"][0]["attributions"] if row["annotations"] else []
            yield Gold(row["id"], row["text"], tuple(_attribution(one) for one in found))


def _attribution(row: dict[str, list[list[int]]]) -> Attribution:
    content, cue, source = (tuple((start, end) for start, end in row[name]) for name in ("content", "cue", "source"))
    return Attribution(content, cue, source)


def is_held_out(id: str) -> bool:  # noqa: A002 - the vocabulary's word
    """Whether an article of the training file is kept for choosing between models, never trained on."""
    return crc32(id.encode()) % 100 < HELD_OUT


def gold_said(gold: Gold) -> list[Said]:
    """The annotation as `quality.attributions` scores it."""
    return [
        Said(one.content, *(spans[0] if spans else None for spans in (one.cue, one.source)))
        for one in gold.attributions
        if one.content
    ]


def labelled(gold: Gold) -> Labelled:
    """The article cut into tokens, with the annotation laid over them."""
    cut = tokens(gold.text)
    labels = np.zeros(len(cut), dtype=np.int64)
    ends, starts = cut.ends, cut.starts

    def snap(span: Chars) -> Chars | None:
        first = int(np.searchsorted(ends, span[0], side="right"))
        last = int(np.searchsorted(starts, span[1], side="left")) - 1
        return (first, last) if first <= last else None

    pieces: dict[str, set[Chars]] = {"content": set(), "source": set(), "cue": set()}
    cues_of: list[tuple[Chars, Chars | None]] = []
    sources_of: list[tuple[Chars, Chars | None]] = []
    for one in gold.attributions:
        content = [span for span in map(snap, one.content) if span]
        source = [span for span in map(snap, one.source) if span]
        cue = [span for span in map(snap, one.cue) if span]
        pieces["content"].update(content)
        pieces["source"].update(source)
        pieces["cue"].update(cue)
        cues_of += [(span, cue[0] if cue else None) for span in content]
        if cue:
            sources_of.append((cue[0], source[0] if source else None))
    for name in ("content", "source", "cue"):
        begin = LABELS.index(f"B-{name}")
        for first, last in sorted(pieces[name]):
            labels[first : last + 1] = begin + 1
            labels[last] = begin + 2
            labels[first] = begin if first < last else begin + 3
    return Labelled(cut, labels, tuple(cues_of), tuple(sources_of))
