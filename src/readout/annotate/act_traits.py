"""What the model of acts sees of a statement: traits without names and numbers, and its words. Nothing is decided here.

Traits are strings; the model knows them by hash only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readout.annotate.frames import Frame
from readout.models import Act, SpeakerType

NAME, NUMBER = "<name>", "<number>"
_MOST = 300  # characters of a content that are read
_HEAD = 30  # words that are traits of their own
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[?!…:,;]|[.](?=\s|\Z|[”\"])")
_ENDS = frozenset(".?!:…")
_MODALS = frozenset("will would shall 'll can could may might must should".split())
_AUXILIARIES = frozenset("is are was were has had have did does do isn't doesn't don't wasn't".split())
_PRONOUNS = frozenset("i we he she it they you this that there who what these those".split())
_SMALL = _PRONOUNS | frozenset("the a an if no nobody".split())


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
    for met in _WORD.finditer(content, 0, _MOST):
        word = met[0].replace("’", "'")
        low = word.lower()
        if word[0].isdigit():
            found.append(NUMBER)
        elif word in (low, "I") or word.isupper() or low in _SMALL:
            if word != "." or found[-1:] != [NAME]:  # "Mrs. Quill" is one name
                found.append(low)
        elif (found and found[-1] in _ENDS) or (not found and kind != "indirect"):
            found.append(low)
        elif found[-1:] != [NAME]:
            found.append(NAME)
    return found


def traits(case: Case, told: Sequence[str]) -> set[str]:
    """The traits of a case whose words are `told`."""
    how, kind = case.how, case.kind
    decided = "verb" if case.by_verb else "words"
    found = {
        f"kind {kind}",
        f"speaker {case.speaker}",
        f"rule {case.ruled}",
        f"rule {case.ruled} {kind}",
        f"rule {case.ruled} {decided}",
        f"verb {how.verb}",
        f"verb {how.verb} {kind}",
        f"noun {how.noun}",
        f"begins {' '.join(told[:1])}",
        f"begins {' '.join(told[:2])}",
    }
    if how.negated:
        found.add("negated")
    if how.passive:
        found.add("passive")
    found.update(f"group {group}" for group in how.groups)
    found.update(f"cue {word}" for word in how.words if word not in {"said", "the"})
    found.update(f"word {word}" for word in told[:_HEAD])
    found.update(_modality(told, kind))
    return found


def _modality(told: Sequence[str], kind: str) -> Iterator[str]:
    """The first modal or auxiliary verb with what stands about it."""
    for at, word in enumerate(told):
        if word in _MODALS or word in _AUXILIARIES or word.endswith("'ll"):
            before = told[at - 1] if at else ""
            subject = before if before in _PRONOUNS or before == NAME else "other"
            after = told[at + 1] if at + 1 < len(told) else ""
            yield from (f"modal {word}", f"modal {word} {kind}", f"modal {subject} {word}", f"modal {word} {after}")
            yield f"modal {subject} {word} {kind}"
            return
    yield "modal none"
