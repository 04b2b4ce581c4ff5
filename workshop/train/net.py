"""The network in torch, as `readout.annotate.network` runs it in NumPy, with what only training needs: the losses."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """Sizes of the network's parts."""

    words: int
    facts: int
    labels: int
    pair_facts: int
    word_width: int = 64
    suffixes: int = 2048
    suffix_width: int = 12
    hidden: int = 96
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16)
    pointer: int = 32
    drop: float = 0.3


@dataclass(frozen=True)
class Batch:
    """Texts one after another, (n,) tokens, and the questions asked of their spans.

    For each relation: `ask` (q, 2) and `candidates` (q, c, 2) are first and last tokens, `facts` (q, c, 4) places in
    the table of pair weights, `real` (q, c) the candidates that count, `target` (q,) the right one, c for none.
    """

    rows: Tensor
    suffixes: Tensor
    facts: Tensor
    labels: Tensor
    weight: Tensor
    questions: tuple[tuple[Tensor, ...], ...]


class Tagger(nn.Module):
    """Labels and pointers over shared hidden states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.word_width, sparse=True)
        self.suffixes = nn.Embedding(shape.suffixes, shape.suffix_width)
        nn.init.normal_(self.suffixes.weight, std=0.3)
        size = shape.hidden
        self.enter = nn.Linear(shape.word_width + shape.suffix_width + shape.facts, size)
        self.layers = nn.ModuleList(
            nn.Conv1d(size, size, 3, padding=reach, dilation=reach) for reach in shape.dilations
        )
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=(1.0 / (3 * size * len(self.layers))) ** 0.5)
        self.out = nn.Linear(size, shape.labels)
        self.ask = nn.ModuleList(nn.Linear(2 * size, shape.pointer) for _ in range(2))
        self.answer = nn.ModuleList(nn.Linear(2 * size, shape.pointer) for _ in range(2))
        self.pair = nn.ModuleList(nn.Embedding(shape.pair_facts, 1) for _ in range(2))
        for pair in self.pair:
            nn.init.zeros_(pair.weight)
        self.none = nn.ModuleList(nn.Linear(shape.pointer, 1) for _ in range(2))

    def hidden(self, batch: Batch) -> Tensor:
        """Hidden states (n, h)."""
        rows = batch.rows
        if self.training:
            rows = torch.where(torch.rand(rows.shape) < 0.03, torch.randint_like(rows, 512), rows)
        state = torch.cat([self.words(rows), self.suffixes(batch.suffixes)], dim=1)
        state = torch.cat([functional.dropout(state, self.shape.drop, self.training), batch.facts], dim=1)
        state = functional.relu(self.enter(state)).T[None]
        for layer in self.layers:
            dropped = functional.dropout1d(state, self.shape.drop / 3, self.training)
            state = state + functional.relu(layer(dropped))
        return functional.dropout(state[0].T, self.shape.drop, self.training)

    def loss(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The labels' and the links' mean negative log likelihoods."""
        hidden = self.hidden(batch)
        each = functional.cross_entropy(self.out(hidden), batch.labels, reduction="none")
        links = hidden.new_zeros(())
        for relation, question in enumerate(batch.questions):
            if len(question[0]):
                links = links + self.link(hidden, relation, question)
        return (each * batch.weight).sum() / batch.weight.sum(), links

    def link(self, hidden: Tensor, relation: int, question: tuple[Tensor, ...]) -> Tensor:
        """Mean negative log likelihood of the right answers among the candidates and none."""
        ask, candidates, facts, real, target = question
        asked = self._projected(self.ask[relation], hidden, ask)
        answers = self._projected(self.answer[relation], hidden, candidates)
        scores = torch.einsum("qd,qcd->qc", asked, answers) + self.pair[relation](facts).sum(dim=(2, 3))
        scores = scores.masked_fill(~real, -1e4)
        scores = torch.cat([scores, self.none[relation](asked)], dim=1)
        return functional.cross_entropy(scores, target)

    def _projected(self, linear: nn.Linear, hidden: Tensor, spans: Tensor) -> Tensor:
        """`linear` of the spans' first and last states side by side; all tokens are projected before any is drawn."""
        size = hidden.shape[1]
        first, last = (hidden @ linear.weight[:, part].T for part in (slice(size), slice(size, None)))
        drawn = functional.embedding(spans[..., 0], first) + functional.embedding(spans[..., 1], last)
        return drawn + linear.bias
