"""What a quantity is of, by the words that lead up to it: "the call lasted | 35 minutes". No number is read here.

The words are cut to a clause that can stand as a name: what only reports it, or belongs to another clause, is left out,
and no preposition begins or ends it.
"""

from __future__ import annotations

import re

from readout.annotate.frames import is_finite
from readout.annotate.happenings import is_past
from readout.annotate.measures import measures

_NOUN_OF = re.compile(r"((?:[^\W\d_][\w'’-]*[ ]){0,3}[^\W\d_][\w'’-]*)[ ]of[ ]+\Z")
_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d)|[;:“”\"()–—\n]|\s[-‐‑]\s")
_DIGIT_WORD = re.compile(r"\s\S*\d")
_SHORTEST, _LONGEST = 3, 8  # characters and words of a clause
_OPENS = frozenset(
    """and but or that which who whom whose where when while whilst as because if whether though although after before
    since until plus provided""".split()
)
_LINKS = frozenset(
    """of for in on at by to with from into over under about than per between among against a an the its their his her
    our my your this these those some is are was were be been being had has have would will could may might there known
    only just still also said says""".split()
)
_PRONOUNS = frozenset("it he she they we i you".split())
_STAND = frozenset("the its their his her our my your this these those".split())  # a name may begin with them


def lead(head: str, last_word: str) -> str:
    """What a number is of, by what its sentence says before it: the noun of "a bid of", or else its clause so far."""
    noun = _NOUN_OF.search(head) if last_word == "of" else None
    if noun:
        return _noun(noun[1].split())
    ends = [found.end() for found in _CLAUSE_END.finditer(head)]
    clause = head[ends[-1] if ends else 0 :]
    if len(clause) < _SHORTEST:
        return ""
    words = _DIGIT_WORD.split(clause, maxsplit=1)[0].split()
    return " ".join(_bare(_told(words[-_LONGEST:])))


def _noun(words: list[str]) -> str:
    stops = measures().words["stops"]
    first = next((at + 1 for at in range(len(words) - 1, -1, -1) if words[at].lower() in stops), 0)
    return " ".join(words[first:])


def _told(words: list[str]) -> list[str]:
    """The words after the last that opens a clause or reports one, where any of them say something."""
    for at in range(len(words) - 1, -1, -1):
        low = words[at].lower()
        if (low in _OPENS or is_finite(low)) and len(_bare(words[at + 1 :])) > 1:
            return words[at + 1 :]
    return words


def _bare(words: list[str]) -> list[str]:
    """The words without what only links at their ends; nothing where a verb or a pronoun is left alone."""
    first, last = 0, len(words)
    while last > first and _links(words[last - 1], _LINKS | _OPENS):
        last -= 1
    while first < last and _links(words[first], (_LINKS | _OPENS) - _STAND):
        first += 1
    if last - first == 1 and _is_empty(words[first].lower()):
        return []
    return words[first:last]


def _links(word: str, known: frozenset[str]) -> bool:
    return word.lower() in known or not any(map(str.isalnum, word))


def _is_empty(word: str) -> bool:
    return word in _PRONOUNS or word.endswith("ing") or is_past(word) or is_finite(word)
