"""What belongs to the page and not to the article: interface words, promotions, pointers to other articles.

Knows words, never sites; the words are in `furniture.toml`. Where a line stands is `layout`'s business.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from readout.text import occurrences, sentences
from readout.text.occurrences import Occurrences

_LONGEST_INTERFACE_LINE = 140
_LONGEST_REPLY = 40
_LONGEST_LEFTOVER = 40
_LONGEST_HEADLINE = 24  # words
_BEFORE = 120  # characters before a word of promotions within which one begins
_AFTER = 200
_STARTERS = frozenset(
    "a an the it its this that these those he she they we i you his her their our in on at by for from to of with as if"
    " when while after before since until but and so yet or not no there here what who how why some many most all both"
    " one two according meanwhile however under over during despite also last".split()
)
_EDGES = " .:;,!?…>»›→+|-–—*•·()[]▼▲✕×"
_WORD = re.compile(r"\S+")
_STOPS = re.compile(r"(?<![A-Z])(?<!\.[a-z])[.,!?;][\"'”’]?\Z")


def interface(line: str) -> bool:
    """Whether a whole line is words of an interface ("No comments yet...", "Related Articles")."""
    if len(line) > _LONGEST_INTERFACE_LINE:
        return False
    return (
        line.casefold().strip(_EDGES) in _plain()
        or _patterns("lines", "related", "comments").fullmatch(line) is not None
    )


def is_section(line: str) -> bool:
    """Whether a line is the name of a section that most news pages have: "World", "Business"."""
    return len(line) <= _LONGEST_REPLY and line.casefold() in _sections()


def heads_related(line: str) -> bool:
    """Whether a line is a heading above other articles: "Related Articles"."""
    return len(line) <= _LONGEST_INTERFACE_LINE and _patterns("related").fullmatch(line) is not None


def heads_comments(line: str) -> bool:
    """Whether a line is a heading above what readers wrote: "Comments (3)"."""
    return len(line) <= _LONGEST_INTERFACE_LINE and _patterns("comments").fullmatch(line) is not None


def is_reply(line: str) -> bool:
    """Whether a line is a word that stands around what readers wrote: "Reply", "Like 14"."""
    return len(line) <= _LONGEST_REPLY and _patterns("replies").fullmatch(line) is not None


def promotion(text: str) -> bool:
    """Whether a line or sentence speaks to the reader as a customer."""
    return bool(promoting(text, _finder().places(text)).offsets)


def promoting(text: str, found: Iterable[tuple[int, int, int]]) -> Occurrences:
    """Where a text speaks to the reader as a customer; `found` are the places of `promoting_words` in it."""
    starts = set()
    for number, start, end in found:
        begin = max(0, start - _BEFORE)
        near = occurrences.lowered(text[begin : end + _AFTER])
        starts |= {begin + match.start() for pattern in _promotions()[number] for match in pattern.finditer(near)}
    return Occurrences(tuple(sorted(starts)))


@cache
def promoting_words() -> tuple[str, ...]:
    """Every word near which a promotion may stand, as it may be written."""
    return tuple(form for word in _words()["promotions"] for form in _forms(word))


def pointers_to() -> tuple[str, ...]:
    """The words that may point to another article."""
    return tuple(_words()["pointers"])


def promotions(text: str, hints: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges of the promotional sentences inside a body, in order; `hints` are where it seemed to promote."""
    around = sorted({sentences.around(text, hint) for hint in hints})
    told = [(start, end) for start, end in around if promotion(text[start:end])]
    return [(end - len(text[start:end].lstrip()), end) for start, end in told]


def pointers(text: str, titles: Iterable[str]) -> list[tuple[int, int]]:
    """The ranges of "READ MORE: title" inside a body. The title ends where a title known from the page ends, or else
    where the next sentence most probably begins.
    """
    found: list[tuple[int, int]] = []
    known = sorted((title for title in titles if title), key=len, reverse=True)
    for start, title in sorted(_pointed(text)):
        if found and start < found[-1][1]:
            continue
        end = next((title + len(t) for t in known if text.startswith(t, title)), None)
        found.append((start, end or _headline_end(text, title)))
    return found


def _pointed(text: str) -> Iterator[tuple[int, int]]:
    """Where each pointer starts, and where the title after it does."""
    for pointer in _words()["pointers"]:
        at = text.find(pointer)
        while at >= 0:
            if at == 0 or not text[at - 1].isalnum():
                title = at + len(pointer)
                yield at, title + len(text[title : title + 3]) - len(text[title : title + 3].lstrip())
            at = text.find(pointer, at + len(pointer))


def leftover(text: str) -> int | None:
    """Where the words left over from a link begin at the end of a body, or None."""
    match = _leftovers().search(text, max(0, len(text) - _LONGEST_LEFTOVER))
    return match.start() if match else None


def _headline_end(text: str, start: int) -> int:
    """Where a headline that runs into the next sentence without a stop ends: before the best opening of a sentence,
    the last of several equals, up to the first stop or comma.
    """
    words = list(_WORD.finditer(text, start, start + 400))[: _LONGEST_HEADLINE + 1]
    best, end = 0.0, 0
    for before, after in itertools.pairwise(words[2:]):
        if _STOPS.search(before[0]):
            return end or before.end()
        score = _opening(before[0], after[0])
        if score and score >= best:
            best, end = score, before.end()
    if end:
        return end
    return words[-1].end() if 0 < len(words) <= _LONGEST_HEADLINE else words[2].end() if words else start


def _opening(before: str, after: str) -> float:
    """How surely a sentence opens between two words: capitals after lower case, quotation marks, function words."""
    bare = after.lstrip("\"'“‘«(")
    if not bare or not (bare[0].isupper() or after[0] in "\"'“‘«"):
        return 0.0
    score = 1.0 if before[0].islower() or before[-1].isdigit() or before[-1] == "%" else 0.2
    if bare.rstrip(",").casefold() in _STARTERS:
        score += 2.0
    return score + (1.5 if after[0] in "\"'“‘«" else 0.0)


@cache
def _words() -> dict[str, Any]:
    with files("readout.extract").joinpath("furniture.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def _plain() -> frozenset[str]:
    return frozenset(word for line in _words()["words"] for word in line.casefold().split("|"))


@cache
def _sections() -> frozenset[str]:
    return frozenset(word for line in _words()["sections"] for word in line.casefold().split("|"))


@cache
def _patterns(*lists: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for name in lists for pattern in _words()[name]), re.IGNORECASE)


@cache
def _promotions() -> tuple[list[re.Pattern[str]], ...]:
    """The patterns to try at each of `promoting_words`."""
    found = _words()["promotions"].items()
    return tuple([*map(re.compile, patterns)] for word, patterns in found for _ in _forms(word))


def _forms(word: str) -> list[str]:
    """A word in small letters, with capitals as titles and sentences have them, and in capitals."""
    return list(dict.fromkeys((word, word.capitalize(), word.title(), word.upper())))


@cache
def _finder() -> occurrences.Finder:
    return occurrences.Finder(promoting_words())


@cache
def _leftovers() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.!?\"'”’)]) ?\b(?:{'|'.join(_words()['leftovers'])})[\s.:]*+\Z", re.IGNORECASE)
