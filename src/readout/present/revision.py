"""What changed from one edition to the next, word by word. Pure; knows no markup.

Paragraphs that are the same are set aside first, then the words between them are compared (Ratcliff and Obershelp).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from readout.models import Article, ParagraphKind

_MOST = 3_000  # words of a passage that are compared one by one; a longer one is shown as gone and new
_BREAK = "\n"
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"(?:[{_IDEOGRAPH}]|[^\W{_IDEOGRAPH}]+|[^\w\s])\s*")
_AROUND = frozenset({ParagraphKind.CAPTION, ParagraphKind.PHOTO_CREDIT})


class Fate(StrEnum):
    """What became of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Run:
    """Words that share a fate."""

    fate: Fate
    text: str


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Revision:
    """The title and then each paragraph, as runs of words that were kept, are gone or are new."""

    title: Line
    paragraphs: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        """Whether a word changed."""
        return any(run.fate is not Fate.KEPT for line in (self.title, *self.paragraphs) for run in line)


def revision(before: Article, after: Article) -> Revision:
    """What makes the later edition of the earlier one; captions and photo credits left out."""
    title = next(_lines(_compared(before.title, after.title)), ())
    return Revision(title, tuple(_lines(_passages(_paragraphs(before), _paragraphs(after)))))


def count(lines: Iterable[Line], fate: Fate) -> int:
    """How many words have that fate."""
    return sum(len(run.text.split()) for line in lines for run in line if run.fate is fate)


def _paragraphs(article: Article) -> list[str]:
    return [" ".join(one.text.split()) for one in article.paragraphs if one.kind not in _AROUND]


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for same, were, are in _steps(before, after):
        if same:
            yield Run(Fate.KEPT, _BREAK.join(after[are]) + _BREAK)
        else:
            yield from _compared(_BREAK.join(before[were]), _BREAK.join(after[are]))
            yield Run(Fate.KEPT, _BREAK)


def _compared(before: str, after: str) -> Iterator[Run]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not (old and new) or max(len(old), len(new)) > _MOST:
        yield from (Run(fate, text) for fate, text in ((Fate.GONE, before), (Fate.NEW, after)) if text)
        return
    gap = ""  # that the last of the words that were kept has lost
    for same, were, are in _steps([word.rstrip() for word in old], [word.rstrip() for word in new]):
        if same:
            yield Run(Fate.KEPT, "".join(new[are]))
            gap = " " if old[were][-1][-1].isspace() and not new[are][-1][-1].isspace() else ""
        else:
            yield from _both(gap + "".join(old[were]), "".join(new[are]))


def _both(gone: str, come: str) -> Iterator[Run]:
    """What is gone and what has come, and after both the space in which both end."""
    rest = come[len(come.rstrip()) :]
    if gone.rstrip() + rest != gone:
        rest = ""
    for fate, text in ((Fate.GONE, gone), (Fate.NEW, come), (Fate.KEPT, rest * 2)):
        if text:
            yield Run(fate, text.removesuffix(rest))


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Which stretches of both are the same, and which stand for each other, in order."""
    for name, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield name == "equal", slice(a, b), slice(c, d)


def _lines(runs: Iterable[Run]) -> Iterator[Line]:
    """The runs by paragraphs, those of one fate together; a paragraph without words is none."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split(_BREAK)
        line.append(Run(run.fate, first))
        for part in rest:
            yield from filter(None, [_joined(line)])
            line = [Run(run.fate, part)]
    yield from filter(None, [_joined(line)])


def _joined(line: Iterable[Run]) -> Line:
    held = ((fate, "".join(run.text for run in runs)) for fate, runs in groupby(line, key=lambda run: run.fate))
    return tuple(Run(fate, text) for fate, text in held if text)
