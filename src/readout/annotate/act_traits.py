"""What the model of acts sees of a statement: traits without names and numbers, and its words. Nothing is decided here.

Traits are strings; the model knows them by hash only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from readout.annotate.frames import Frame
from readout.models import Act, SpeakerType

NAME, NUMBER = "<name>", "<number>"
_MOST = 300  # characters of a content that are read
_HEAD = 30  # words that are traits of their own
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[?!…:,;]|[.](?=\s|\Z|[”\"])")
_ENDS = frozenset(".?!:…")
_VERBS = frozenset(
    """will would shall 'll can could may might must should
    is are was were has had have did does do isn't doesn't don't wasn't""".split()
)
_PRONOUNS = frozenset("i we he she it they you this that there who what these those".split())
_SMALL = _PRONOUNS | frozenset("the a an if no nobody".split())
_KEPT = 1 << 12


class Case(NamedTuple):
    """A statement to be judged: its cue's frame, content, kind, what kind of source speaks, and the act that rules
    tell, with whether the cue's verb decided it.
    """

    how: Frame
    content: str
    kind: str
    speaker: SpeakerType
    ruled: Act
    by_verb: bool


def words(content: str, kind: str) -> list[str]:
    """The words and marks of the head of a content in lower case, with each name and number made alike."""
    found: list[str] = []
    last = "" if kind == "indirect" else "."  # a quotation begins a sentence
    for written in _WORD.findall(content[:_MOST].replace("’", "'")):
        word, is_capital = _form(written)
        if is_capital and last not in _ENDS:
            word = NAME
        if last == NAME and word in {NAME, "."}:  # "Mrs. Quill" is one name
            continue
        found.append(word)
        last = word
    return found


@lru_cache(maxsize=_KEPT)
def _form(word: str) -> tuple[str, bool]:
    """A word in lower case, and whether its capital tells a name within a sentence; each number made alike."""
    low = word.lower()
    if word[0].isdigit():
        return NUMBER, False
    return low, not (word in (low, "I") or word.isupper() or low in _SMALL)


def traits(case: Case, told: Sequence[str]) -> set[str]:
    """The traits of a case whose words are `told`."""
    return {
        *_framed(case._replace(content="")),
        f"begins {' '.join(told[:1])}",
        f"begins {' '.join(told[:2])}",
        *[f"word {word}" for word in told[:_HEAD]],
        *_modality(told, case.kind),
    }


@lru_cache(maxsize=_KEPT)
def _framed(case: Case) -> tuple[str, ...]:
    """The traits that everything but the content tells."""
    how, kind, ruled = case.how, case.kind, case.ruled
    return (
        f"kind {kind}",
        f"speaker {case.speaker}",
        f"rule {ruled}",
        f"rule {ruled} {kind}",
        f"rule {ruled} {'verb' if case.by_verb else 'words'}",
        f"verb {how.verb}",
        f"verb {how.verb} {kind}",
        f"noun {how.noun}",
        *(["negated"] if how.negated else []),
        *(["passive"] if how.passive else []),
        *[f"group {group}" for group in how.groups],
        *[f"cue {word}" for word in how.words if word not in {"said", "the"}],
    )


def _modality(told: Sequence[str], kind: str) -> Sequence[str]:
    """The first modal or auxiliary verb with what stands about it."""
    at = next((at for at, word in enumerate(told) if word in _VERBS or word.endswith("'ll")), -1)
    if at < 0:
        return ("modal none",)
    word, before, after = told[at], told[at - 1] if at else "", told[at + 1] if at + 1 < len(told) else ""
    subject = before if before in _PRONOUNS or before == NAME else "other"
    return (
        f"modal {word}",
        f"modal {word} {kind}",
        f"modal {subject} {word}",
        f"modal {word} {after}",
        f"modal {subject} {word} {kind}",
    )
