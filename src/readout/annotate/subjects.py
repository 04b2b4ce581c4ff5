"""Whom a sentence is about: the first whom it names, unless he is only spoken to, or stands in a phrase.

By the words before a name alone; whose words they are is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from readout.annotate.frames import is_finite
from readout.annotate.ground import Ground
from readout.annotate.lists import lists
from readout.models import Entity, Mention, Span

_BEFORE_OBJECT = frozenset(
    """to with by of for from on at in about against between after before over under near behind via than
    met phoned called visited hosted saw beat""".split()
)
_OF_A_NAME = frozenset("the a an former late then and his her its their".split())
_SUBJECTS = {"his": "he", "her": "she", "its": "it", "their": "they"}


def subjects(ground: Ground, offset: int) -> Iterator[tuple[Mention, Entity]]:
    """Those named before a character of a sentence, the subjects first to last; of the sentence before, where the
    character opens its own.
    """
    sentence = ground.sentence_at(offset)
    named = ground.named_in(Span(sentence.start, offset))
    if not ground.text[sentence.start : offset].strip("“”\"'‘’ ") and sentence.start:
        sentence = ground.sentence_at(sentence.start - 1)
        named = ground.named_in(sentence)
    quoted = ground.quoted
    for mention, entity in named:
        at = ground.first(mention.span.start)
        if mention.form != "pronoun" and not quoted[at] and not _is_object(ground, at, ground.first(sentence.start)):
            yield mention, entity


def pronoun(ground: Ground, owner: Span) -> Span | None:
    """The pronoun that is a sentence's subject, for "his" and its like further on in it: "He told them that …"."""
    sentence = ground.sentence_at(owner.start)
    at = ground.first(sentence.start)
    if at >= len(ground.words) or ground.lower[at] != _SUBJECTS.get(ground.words_of(owner).lower()):
        return None
    return ground.span(at, at)


def _is_object(ground: Ground, at: int, first: int) -> bool:
    """Whether what stands before a name, its titles left out, makes it no subject."""
    roles = lists().roles
    before = at - 1
    while before >= first and (
        ground.words[before][:1].isupper() or ground.lower[before] in roles or ground.lower[before] in _OF_A_NAME
    ):
        before -= 1
    if before < first:
        return ground.lower[first] in _BEFORE_OBJECT
    word = ground.lower[before]
    return word in _BEFORE_OBJECT or is_finite(word)
