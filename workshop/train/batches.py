"""Labelled articles as batches for `net`: several texts one after another, with a gap between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from readout.annotate import quotes
from readout.annotate.features import Features, WordTable, extract
from readout.annotate.linker import NEAREST, Ground, pairs
from workshop.train.articles import Chars, Labelled
from workshop.train.net import Batch

GAP = 16  # tokens of nothing between texts


@dataclass(frozen=True)
class Questions:
    """Spans that ask and those that might answer, as in `net.Batch`."""

    ask: NDArray[np.int64]
    candidates: NDArray[np.int64]
    facts: NDArray[np.int64]
    real: NDArray[np.bool_]
    target: NDArray[np.int64]


@dataclass(frozen=True)
class Text:
    """One article's arrays."""

    features: Features
    labels: NDArray[np.int64]
    questions: tuple[Questions | None, ...]


def prepared(labelled: Labelled, table: WordTable) -> Text:
    """The arrays of an article."""
    tokens = labelled.tokens
    quoted = quotes.inside(tokens, quotes.quotations(tokens)) > 0
    ground = Ground(tokens.paragraph.astype(np.int64), tokens.sentence.astype(np.int64), quoted)
    cues = {cue for _, cue in labelled.cues_of if cue} | {cue for cue, _ in labelled.sources_of}
    sources = {source for _, source in labelled.sources_of if source}
    questions = (
        _questions(ground, labelled.cues_of, sorted(cues)),
        _questions(ground, labelled.sources_of, sorted(sources)),
    )
    return Text(extract(tokens, table), labelled.labels, questions)


def _questions(ground: Ground, links: tuple[tuple[Chars, Chars | None], ...], answers: list[Chars]) -> Questions | None:
    if not links or not answers:
        return None
    asking, spans = np.array([ask for ask, _ in links]), np.array(answers)
    paired = pairs(ground, asking, spans)
    target = np.full(len(links), 2 * NEAREST)
    for place, (_, answer) in enumerate(links):
        if answer is not None:
            right = (paired.candidates[place] == answers.index(answer)) & paired.real[place]
            target[place] = int(right.argmax()) if right.any() else 2 * NEAREST
    return Questions(asking, spans[paired.candidates], paired.facts, paired.real, target)


def batches(found: list[Text], size: int, order: np.random.Generator) -> Iterator[Batch]:
    """All texts once, about `size` tokens at a time, in an order drawn from `order`."""
    held: list[Text] = []
    for place in order.permutation(len(found)).tolist():
        held.append(found[place])
        if sum(len(one.labels) for one in held) >= size:
            yield batch(held)
            held = []
    if held:
        yield batch(held)


def batch(found: list[Text]) -> Batch:
    """The texts one after another."""
    starts = np.cumsum([0, *(len(one.labels) + GAP for one in found)])
    size = int(starts[-1])
    rows, suffixes, labels = (np.zeros(size, dtype=np.int64) for _ in range(3))
    weight = np.zeros(size, dtype=np.float32)
    first = found[0].features
    facts = np.zeros((size, first.traits.shape[1] + first.facts.shape[1]), dtype=np.float32)
    for start, one in zip(starts.tolist(), found, strict=False):
        part = slice(start, start + len(one.labels))
        seen = one.features
        rows[part], suffixes[part] = seen.rows[seen.places], seen.suffixes[seen.places]
        facts[part] = np.concatenate([seen.traits[seen.places], seen.facts], axis=1)
        labels[part], weight[part] = one.labels, 1
    return Batch(
        rows=torch.from_numpy(rows),
        suffixes=torch.from_numpy(suffixes),
        facts=torch.from_numpy(facts),
        labels=torch.from_numpy(labels),
        weight=torch.from_numpy(weight),
        questions=tuple(_joined(found, starts, relation) for relation in range(2)),
    )


def _joined(found: list[Text], starts: NDArray[np.int64], relation: int) -> tuple[torch.Tensor, ...]:
    held = [
        (start, questions)
        for start, one in zip(starts.tolist(), found, strict=False)
        if (questions := one.questions[relation]) is not None
    ]
    if not held:
        return (torch.zeros(0),)
    parts = (
        [one.ask + start for start, one in held],
        [one.candidates + start for start, one in held],
        [one.facts for _, one in held],
        [one.real for _, one in held],
        [one.target for _, one in held],
    )
    return tuple(torch.from_numpy(np.concatenate(part)) for part in parts)
