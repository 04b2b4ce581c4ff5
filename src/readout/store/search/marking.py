"""Where the words that were looked for stand in a text: the same cutting and folding as in the index, so that whatever
made an article an answer is marked in it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from readout.models import Field, Query, Shelf, Span
from readout.store.search import schema
from readout.store.search.asking import tokens

_WORD = re.compile(rf"[{schema.UNSPACED}]|[^\W_{schema.UNSPACED}]+")
_PLAIN = frozenset(string.ascii_letters + string.digits)
_LONGEST = 20_000  # characters that are looked through


class _Folded(NamedTuple):
    """A word as it stands, as it is kept, and as English is kept."""

    plain: str
    english: str


class _Wanted(dict[str, bool]):
    """Whether a word as it stands is kept in one of these forms; each is looked into once."""

    def __init__(self, forms: Iterable[str]) -> None:
        super().__init__()
        self._forms = frozenset(forms)

    def __missing__(self, word: str) -> bool:
        found = self[word] = not self._forms.isdisjoint(_folded(word))
        return found


class Marks:
    """The words of a query that are to be marked in what answers it."""

    def __init__(self, query: Query, shelf: Shelf) -> None:
        fields = {Field.WORDS, Field.ABOUT} | ({Field.SPEAKER} if shelf is Shelf.STATEMENTS else set())
        wanted = [one.value for one in query.terms if one.field in fields and not one.negated]
        self._runs = [run for run in map(_run, dict.fromkeys(wanted)) if run]
        forms = {form for run in self._runs for word in run for form in word}
        self._wanted = _Wanted(forms)
        begin = {case for form in forms for case in (form[:1], form[:1].upper())}
        self._others = _PLAIN - begin  # no word that begins so is wanted: folding leaves the first letter as it is

    def __bool__(self) -> bool:
        return bool(self._runs)

    def of(self, text: str) -> tuple[Span, ...]:
        """The spans of the text that were looked for, in order and apart from each other."""
        hits = self._hits(text)
        if not hits:
            return ()
        held = [match.span() for match in _WORD.finditer(text[:_LONGEST])]
        return _merged(Span(held[at][0], held[at + len(self._runs[number]) - 1][1]) for at, number in hits)

    def count(self, text: str) -> int:
        """How many of the different things looked for stand in the text."""
        return len({number for _, number in self._hits(text)})

    def _hits(self, text: str) -> list[tuple[int, int]]:
        """Each place, among the words of the text, where a run of words stands, with the number of the run."""
        if not self._runs:
            return []
        words = _WORD.findall(text[:_LONGEST])
        others, wanted = self._others, self._wanted
        return [
            (at, number)
            for at, word in enumerate(words)
            if word[0] not in others and wanted[word]
            for number, run in enumerate(self._runs)
            if _stands(run, [_folded(one) for one in words[at : at + len(run)]])
        ]


def _run(words: str) -> tuple[_Folded, ...]:
    plain, english = tokens(words, schema.PLAIN), tokens(words, schema.ENGLISH)
    return tuple(map(_Folded, plain, english)) if len(plain) == len(english) else ()


def _stands(run: Sequence[_Folded], words: Sequence[_Folded]) -> bool:
    return len(run) == len(words) and all(
        one.plain == word.plain or one.english == word.english for one, word in zip(run, words, strict=True)
    )


@lru_cache(maxsize=200_000)
def _folded(word: str) -> _Folded:
    plain, english = tokens(word, schema.PLAIN), tokens(word, schema.ENGLISH)
    return _Folded("".join(plain), "".join(english))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
