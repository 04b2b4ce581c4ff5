"""Who said what: from a token array to attributions, by the shipped model. No speaker is resolved here.

Each paragraph's tokens are labelled as content, cue or source (`network`), then each content is given its cue and each
cue its source (`linker`). Long texts are read a stretch of paragraphs at a time, so that time is linear and memory
bounded. Offsets are characters of the tokens' text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout.annotate import model, quotes
from readout.annotate.features import Features, WordTable, extract
from readout.annotate.linker import CUE_OF, SOURCE_OF, Ground, Ints, Linker
from readout.annotate.network import Floats, Network, best
from readout.annotate.quotes import Quotation
from readout.annotate.tokens import Tokens
from readout.models import Span

LABELS = ("O", *(f"{part}-{kind}" for kind in ("content", "cue", "source") for part in "BIES"))
Kind = Literal["direct", "indirect", "mixed"]
_STRETCH = 4096  # tokens read at a time


class Attribution(NamedTuple):
    """Content given to a source by a cue, in characters of the text.

    `cue` and `source` are None where the text has none. `continues` says that a quotation without a cue goes on with
    what the speaker before it was saying. `confidence` is between 0 and 1.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    kind: Kind
    confidence: float
    continues: bool = False


@dataclass(frozen=True)
class Labelled:
    """Spans of one stretch as (first, last) tokens, in order, with the links between them and how sure each is."""

    contents: Ints
    cues: Ints
    sources: Ints
    cue_of: Ints
    source_of: Ints
    sure: NDArray[np.floating]


class Labeller:
    """A trained model, ready to run; safe to share between threads."""

    def __init__(self, weights: model.Weights) -> None:
        self.table = WordTable(weights.hashes)
        self.vectors = weights.arrays["words"]
        self._network = Network(weights.arrays)
        self._cue_linker = Linker(weights.arrays, CUE_OF)
        self._source_linker = Linker(weights.arrays, SOURCE_OF)

    def attributions(self, tokens: Tokens, quotations: tuple[Quotation, ...] | None = None) -> tuple[Attribution, ...]:
        """All attributions of a text, in order of their first content; `quotations` where they are known already."""
        if not len(tokens):
            return ()
        quotations = quotes.quotations(tokens) if quotations is None else quotations
        features = extract(tokens, self.table, quotations)
        quoted = quotes.inside(tokens, quotations) > 0
        found: list[Attribution] = []
        quoted_before = np.append(0, np.cumsum(quoted))
        stretches = _stretches(tokens)
        for part in stretches:
            own = features.part(part) if len(stretches) > 1 else features
            found += assemble(tokens, self._label(tokens, own, part, quoted), quoted_before)
        return tuple(sorted(found, key=lambda one: one.content[0]))

    def _label(self, tokens: Tokens, features: Features, part: slice, quoted: NDArray[np.bool_]) -> Labelled:
        paragraph = tokens.paragraph[part].astype(np.int64)
        ground = Ground(paragraph, tokens.sentence[part].astype(np.int64), quoted[part])
        hidden = self._network.hidden(features)
        scores = self._network.scores(hidden)
        labels = best(scores, np.diff(paragraph, prepend=-1) != 0)
        contents, cues, sources = (spans(labels, kind) for kind in range(3))
        cue_of, cue_sure = self._cue_linker.choose(hidden, ground, contents, cues)
        source_of, _ = self._source_linker.choose(hidden, ground, cues, sources)
        likely = np.append(0, np.cumsum(_likelihood(scores, labels)))
        sure = (likely[contents[:, 1] + 1] - likely[contents[:, 0]]) / (contents[:, 1] - contents[:, 0] + 1) * cue_sure
        begin = part.start
        return Labelled(contents + begin, cues + begin, sources + begin, cue_of, source_of, sure)


def spans(labels: NDArray[np.int8], kind: int) -> Ints:
    """First and last tokens (n, 2) of the spans of the `kind`-th kind; `labels` are lawful."""
    begin, _, end, single = range(4 * kind + 1, 4 * kind + 5)
    first = np.flatnonzero((labels == begin) | (labels == single))
    last = np.flatnonzero((labels == end) | (labels == single))
    return np.stack([first, last], axis=1)


def assemble(tokens: Tokens, labelled: Labelled, quoted_before: Ints) -> list[Attribution]:
    """One attribution for each cue with its contents, and one for each content without a cue.

    `quoted_before[i]` counts the tokens before token i that stand within quotation marks.
    """
    held: dict[tuple[int, int], list[int]] = {}
    for place, cue in enumerate(labelled.cue_of.tolist()):
        held.setdefault((cue, place if cue < 0 else 0), []).append(place)
    contents, cues, sources, source_of, sure = (
        array.tolist()
        for array in (labelled.contents, labelled.cues, labelled.sources, labelled.source_of, labelled.sure)
    )
    quoted: list[int] = quoted_before.tolist()
    found = []
    for (cue, _), places in held.items():
        pieces = [contents[place] for place in places]
        source = source_of[cue] if cue >= 0 else -1
        head = pieces[0][0]
        found.append(
            Attribution(
                content=tuple([Span(*tokens.span(first, last)) for first, last in pieces]),
                cue=Span(*tokens.span(*cues[cue])) if cue >= 0 else None,
                source=Span(*tokens.span(*sources[source])) if source >= 0 else None,
                kind=_kind(quoted, pieces),
                confidence=sum([sure[place] for place in places]) / len(places),
                continues=cue < 0 and quoted[head + 1] > quoted[head],
            )
        )
    return found


def _kind(quoted_before: Sequence[int], pieces: Sequence[Sequence[int]]) -> Kind:
    """Direct where all tokens of the pieces are within quotation marks, indirect where none is, else mixed."""
    within = sum([quoted_before[last + 1] - quoted_before[first] for first, last in pieces])
    if within == sum([last - first + 1 for first, last in pieces]):
        return "direct"
    return "mixed" if within else "indirect"


def _stretches(tokens: Tokens) -> list[slice]:
    """Parts of at most `_STRETCH` tokens, ended with a paragraph or a sentence where one ends in reach."""
    size, begin = len(tokens), 0
    found = []
    while size - begin > _STRETCH:
        end = begin + _STRETCH
        for numbers in (tokens.paragraph, tokens.sentence):
            edge = int(np.searchsorted(numbers, numbers[end]))
            if edge > begin + _STRETCH // 2:
                end = edge
                break
        found.append(slice(begin, end))
        begin = end
    return [*found, slice(begin, size)]


def _likelihood(scores: Floats, labels: NDArray[np.int8]) -> Floats:
    """How probable each token's label is by its own scores; of those outside, one."""
    likely = np.ones(len(labels), dtype=np.float32)
    told = np.flatnonzero(labels)
    own = scores[told]
    chosen = own[np.arange(len(told)), labels[told]]
    likely[told] = 1 / np.exp((own - chosen[:, None]).T, order="C").sum(axis=0)
    return likely


@cache
def _shipped() -> Labeller:
    return Labeller(model.shipped())


def vocabulary() -> tuple[WordTable, Floats]:
    """The words that the shipped model knows: their table and their vectors, a row a word."""
    return _shipped().table, _shipped().vectors


def attributions(tokens: Tokens, quotations: tuple[Quotation, ...] | None = None) -> tuple[Attribution, ...]:
    """All attributions of a text by the shipped model, in order of their first content.

    Deterministic; linear in the length of the text. Raises `InputError` where the model's file is damaged.
    """
    return _shipped().attributions(tokens, quotations)
