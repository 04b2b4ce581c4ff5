"""What a point is headed with: a short stretch of words that one of its statements has. Nothing is said by it.

Of all stretches of a few words between two marks, the one in which the words weigh most that the accounts share; where
they share none, the words of the statement that the other answers. A stretch that tears a phrase ("New Delhi's
continued | purchase") weighs less, and so does one of names alone; none tears a name, and one word alone heads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import fsum

from readout.compare.parted import offices
from readout.compare.told import SMALL, Told, telling

_LEAST, _MOST = 2, 7  # words
_SHORT = 10  # words of a statement that may head its point whole
_SHREDS = 2  # torn edges of what is no heading
_KNOWN = 1 << 14  # words whose stems are remembered
_SUREST = 3  # statements that are looked at
_COST = 0.3  # of a word, against what it weighs
_PLAIN, _NAMES = 0.4, 0.36  # what a pale word counts, and what is left of a stretch of names alone
_WHOLE = 4  # characters, at most, of a statement of one stretch besides it
_PALE = frozenset("new recent recently either interesting good great nice soon lately again".split())  # how or when
_TORN, _LATER = 0.6, 0.6  # what is left of a stretch for each torn edge, and for each surer statement before its own
_MARK = re.compile(r"(?:[;!?()\"“”…\n]|[.,:](?!\d)|(?<!\d)[.,:])+|--|—|–")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,:][^\W_]+)*")
_INITIALS = 5  # letters of "NATO"; longer ones are shouted
_OBJECTS = frozenset("him her it them us me".split())
_TAKING = ("ed", "ing")  # the ends of words that take what follows them
_BREAKS = frozenset("of a an the".split())  # after them a phrase goes on, or its verb has what it is about
_OPEN = frozenset("his her its their our my your this that these those no any some each him them it us".split())
_CLAUSES = frozenset("that which who because if unless whether when while as".split())
_HELPS = frozenset("would will had has have was were is are could can may might must should did does".split())
_BEING = frozenset({"being", "been"})
_DOES = ("ing", "ed", "en")
_IF = frozenset({"if", "unless"})
_PARTICLES = frozenset("up out off down away back".split())  # that a verb goes on with
_LINKS = frozenset(
    "that which who whom whose to including beyond via despite amid among within toward towards per".split()
)


def heading(statements: Sequence[Told], shared: frozenset[str], weighed: Mapping[str, float]) -> str:
    """The heading of a point with those statements, the surest first; empty where they hold no word that tells."""
    best, found = 0.0, ""
    for rank, one in enumerate(statements[:_SUREST]):
        wanted = shared & one.stems or (one.stems if not found else frozenset())
        for words, stems, torn in _stretches(one.text, wanted):
            if torn >= _SHREDS:
                continue
            weight = fsum([weighed.get(stem, 0.0) * _tells(stem) for stem in stems]) - _COST * len(words)
            weight *= _LATER**rank * _TORN**torn * (1.0 if stems - one.named - offices() else _NAMES)
            if weight > best + 1e-9:
                best, found = weight, " ".join(words)
    return found or _opening(statements)


def _opening(statements: Sequence[Told]) -> str:
    """The first account's own words: all of a short one, else a stretch from its first word that tells."""
    text = next((one.text for one in statements if _WORD.search(one.text)), "")
    words = _WORD.findall(text)
    if len(words) <= _SHORT:
        return " ".join(words)
    words = _WORD.findall(next(piece for piece in _MARK.split(text) if _WORD.search(piece)))
    first = next((at for at, word in enumerate(words) if not _is_small(word)), 0)
    ends = ((_ends(words, last), -last) for last in range(first + 1, min(first + _MOST, len(words))))
    last = min(((torn, last) for torn, last in ends if torn is not None), default=(0, 1 - len(words)))[1]
    return " ".join(words[first : 1 - last])


def _stretches(text: str, wanted: frozenset[str]) -> Iterator[tuple[list[str], frozenset[str], int]]:
    """Stretches that begin and end with a word that tells, with the wanted stems that they hold, one at least, and how
    many of their edges tear a phrase.
    """
    for piece in _MARK.split(text):
        words = _WORD.findall(piece)
        held = [wanted.intersection(_stems(word)) for word in words]
        places = [at for at, stems in enumerate(held) if stems]
        if len(places) > 1 and len(piece) > len(text) - _WHOLE and len(words) <= _MOST:
            yield _bare(words), frozenset().union(*held), 0
        ends: dict[int, int | None] = {}
        for start in range(max(0, places[0] - _MOST + 1), places[-1] + 1) if places else ():
            if (torn := _begins(words, start)) is None:
                continue
            for last in range(start + _LEAST - 1, min(start + _MOST, len(words))):
                end = ends[last] if last in ends else ends.setdefault(last, _ends(words, last))
                if end is not None and (stems := frozenset().union(*held[start : last + 1])):
                    yield words[start : last + 1], stems, torn + end + _is_cut(words[start : last + 1])


@lru_cache(_KNOWN)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(telling(word))


def _begins(words: Sequence[str], at: int) -> int | None:
    """Whether a stretch that begins there tears a phrase; None where it may not begin there."""
    word, before = words[at], words[at - 1] if at else ""
    if _is_small(word) or word.lower() in _LINKS or (_is_named(before) and _is_named(word)):
        return None
    another = before in _BEING and not _HELPS.isdisjoint(words[at + 1 : at + 2])  # "being mended | is"
    return int(another or (bool(before) and not _is_small(before) and not before.endswith(_TAKING)))


def _ends(words: Sequence[str], at: int) -> int | None:
    """Whether a stretch that ends there tears a phrase; None where it may not end there."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in _OBJECTS and at and not _is_small(words[at - 1]):
        return 0
    if _is_small(word) or word.lower() in _LINKS or (_is_named(word) and _is_named(after)):
        return None
    if after and word.lower() in _PALE:
        return None
    if after and word.endswith(("'s", "’s")):
        return None
    torn = bool(after) and (
        after in _PARTICLES or not _is_small(after) or after in _BREAKS or (word.endswith(_TAKING) and after in _OPEN)
    )
    begun = at > 0 and (words[at - 1].lower() in _LINKS or words[max(at - 2, 0)].lower() in _CLAUSES)
    return torn + begun


def _is_cut(words: Sequence[str]) -> bool:
    """Whether its sense is cut: it goes on with what somebody does besides, or on a condition ("… and taken it back",
    "… if it is"), or is a word with what became of it and no more ("page missing").
    """
    if len(words) == _LEAST and words[1].endswith(_TAKING) and words[1].islower():
        return True
    return any(
        word.lower() in _IF or (word.lower() == "and" and (after.lower() in _HELPS or after.endswith(_DOES)))
        for word, after in pairwise(words)
    )


def _bare(words: list[str]) -> list[str]:
    """The words without the small ones that they begin with."""
    first = next((at for at, word in enumerate(words) if not _is_small(word)), 0)
    return words[first:]


@lru_cache(_KNOWN)
def _tells(stem: str) -> float:
    """What a word counts: little where it only says how or when."""
    return _PLAIN if stem in _pale() else 1.0


@cache
def _pale() -> frozenset[str]:
    return frozenset(telling(" ".join(_PALE)))


def _is_named(word: str) -> bool:
    return word[:1].isupper() and not _is_small(word) and (not word.isupper() or len(word) <= _INITIALS)


def _is_small(word: str) -> bool:
    return word.lower().replace("’", "'") in SMALL
