"""From attributions to statements: who said it, through whom, where, when, and what kind of act it is.

Here the parts are put together; each is worked out in a module of its own. Pure; every span lies in the reading text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout.annotate import acts, moments, nesting, relays, weak
from readout.annotate.frames import Frame, frame
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.annotate.nesting import Layer
from readout.annotate.sayings import sayings, undated
from readout.annotate.speakers import Speakers
from readout.models import UNRESOLVED, Speaker, SpeakerType, Statement, StatementId, StatementKind, Weak, stable_id


def statements(read: Material) -> tuple[Statement, ...]:
    """All statements of an article, in order of their first words.

    An id is hashed from the article's, the words of the content and how many contents of the same words stand before
    it, so that another annotator gives the same id to what it leaves as it was.
    """
    ground = Ground(read)
    speakers = Speakers(ground)
    seen: Counter[str] = Counter()
    made: list[Statement] = []
    for found in nesting.unwrapped(ground, sayings(ground)):
        layer = replace(found, one=undated(ground, found.one))
        way = relays.passage(ground, layer.one, _frame(ground, layer.one))
        passed_on = [speakers.relay(span).name for span in (*way.sources, *layer.relays)]
        for speaker in speakers.speakers(layer.one, passed_on):
            if layer.one.cue is not None or speaker.name != UNRESOLVED:
                told = _Told(layer, speaker, _via(speaker, (*passed_on, *way.outlets)), way.channel)
                made.append(_statement(ground, told, seen))
    return tuple(made)


@dataclass(frozen=True)
class _Told:
    """An attribution with whose it is and how it came here."""

    layer: Layer
    speaker: Speaker
    via: tuple[str, ...]
    channel: str | None


def _statement(ground: Ground, told: _Told, seen: Counter[str]) -> Statement:
    one = told.layer.one
    how = _frame(ground, one)
    content = " ".join(ground.words_of(piece) for piece in one.content)
    article = ground.read.article  # its own id makes the statement's: what it is known as may change
    number = seen[content]
    seen[content] += 1
    document = "document" if told.speaker.type is SpeakerType.DOCUMENT else None
    return Statement(
        StatementId(stable_id("statement", article.own, content, str(number))),
        article.id,
        StatementKind(one.kind),
        one.content,
        one.cue,
        one.source,
        told.speaker,
        told.via,
        told.channel or document,
        acts.act(how, content, one.kind, told.speaker.type),
        acts.negated(how, content),
        moments.said(ground, one),
        Weak.NESTED if told.layer.nested else weak.weakness(ground, one, how),
        one.confidence,
    )


def _via(speaker: Speaker, names: Sequence[str]) -> tuple[str, ...]:
    """The relays, the nearest to the speaker first, each once."""
    return tuple(dict.fromkeys(name for name in names if name not in {speaker.name, UNRESOLVED}))


def _frame(ground: Ground, one: Attribution) -> Frame:
    return frame(ground.words_of(one.cue) if one.cue is not None else "")
