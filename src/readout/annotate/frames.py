"""The frame of a cue: its verb or noun of saying, what that means, whether negated, passive or hedged. No judgement.

A cue's words are few and recur, so frames are kept by their words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from readout.annotate.cues import lexicon

REPORTING = ("say", "tell", "announce", "claim", "deny", "demand", "promise", "predict", "evaluate", "speak")
_VERBS = (*REPORTING, "believe")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|:")
_HEDGES = frozenset("reportedly allegedly supposedly purportedly apparently may might could".split())
_NEGATIONS = frozenset("not never no n't nobody neither nor cannot".split())
_BE = frozenset("is was are were be been being".split())
_KEPT = 1 << 12


@dataclass(frozen=True, eq=False)
class Frame:
    """What a cue's words tell. `verb` is the base form of the first verb of saying or thinking that is no auxiliary's
    complement ("declined to comment" is "decline"), "" where there is none; `verbs` are all of them in order.
    """

    words: tuple[str, ...]
    verb: str
    verbs: tuple[str, ...]
    groups: frozenset[str]
    noun: str
    negated: bool
    hedged: bool
    passive: bool

    def is_any(self, *groups: str) -> bool:
        """Whether the verb belongs to one of those groups of the lexicon."""
        return not self.groups.isdisjoint(groups)

    @cached_property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)

    @property
    def reports(self) -> bool:
        """Whether any word of it can introduce speech or thought."""
        return bool(self.verb or self.noun)


@lru_cache(maxsize=_KEPT)
def frame(cue: str) -> Frame:
    """The frame of a cue, by its words."""
    words = tuple(word.replace("’", "'") for word in _WORD.findall(cue.lower()))
    known = lexicon()
    verbs = [(at, word) for at, word in enumerate(words) if any(known.has(word, name) for name in _VERBS)]
    at, first = verbs[0] if verbs else (-1, "")
    groups = frozenset(name for name in _VERBS if first and known.has(first, name))
    nouns = [word for word in words if known.has(word, "speech") or known.has(word, "thought")]
    before = words[:at] if verbs else words
    return Frame(
        words,
        known.lemmas.get(first, first),
        tuple(known.lemmas.get(word, word) for _, word in verbs),
        groups,
        nouns[0] if nouns and (not verbs or nouns[0] != first or len(words) == 1) else "",
        any(word in _NEGATIONS or word.endswith("n't") for word in words),
        any(word in _HEDGES for word in words),
        bool(before) and before[-1] in _BE and known.has(first, "past") and first not in {"said"} | set(before),
    )


@lru_cache(maxsize=_KEPT)
def is_reporting(word: str) -> bool:
    """Whether a lower-case word is a verb form that introduces what someone says."""
    known = lexicon()
    return any(known.has(word, name) for name in REPORTING)


@lru_cache(maxsize=_KEPT)
def is_finite(word: str) -> bool:
    """Whether a lower-case word is a verb of saying in the past or third person, as beside a quotation."""
    known = lexicon()
    if not is_reporting(word) or word.endswith("ing"):
        return False
    return known.has(word, "past") or (word.endswith("s") and known.lemmas.get(word, word) != word)
