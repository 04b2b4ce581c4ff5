"""From attributions to statements: who said it, through whom, where, when, and what kind of act it is.

Here the parts are put together; each is worked out in a module of its own. Pure; every span lies in the reading text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readout.annotate import acts, moments, nesting, relays, weak
from readout.annotate.frames import Frame, frame
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.annotate.sayings import sayings, undated
from readout.annotate.speakers import Speakers
from readout.models import UNRESOLVED, Act, Speaker, SpeakerType, Statement, StatementId, StatementKind, Weak, stable_id


def statements(read: Material) -> tuple[Statement, ...]:
    """All statements of an article, in order of their first words.

    An id is hashed from the article's, the words of the content and how many contents of the same words stand before
    it, so that another annotator gives the same id to what it leaves as it was.
    """
    ground = Ground(read)
    told = _attributed(ground)
    found = acts.acts([acts.case(one.how, one.content, one.one.kind, one.speaker.type) for one in told])
    seen: Counter[str] = Counter()
    return tuple([_statement(ground, one, act, seen) for one, act in zip(told, found, strict=True)])


class _Told(NamedTuple):
    """An attribution with its words, whose it is and how it came here."""

    one: Attribution
    nested: bool
    how: Frame
    content: str
    speaker: Speaker
    via: tuple[str, ...]
    channel: str | None


def _attributed(ground: Ground) -> list[_Told]:
    """Every attribution of an article with its speakers, in order, since each leans on those before."""
    speakers = Speakers(ground)
    return [one._replace(speaker=speakers.elsewhere.settled(one.speaker)) for one in list(_read(ground, speakers))]


def _read(ground: Ground, speakers: Speakers) -> Iterator[_Told]:
    for layer in nesting.unwrapped(ground, sayings(ground)):
        one = undated(ground, layer.one)
        how = frame(ground.words_of(one.cue) if one.cue is not None else "")
        way = relays.passage(ground, one, how)
        passed_on = [speakers.relay(span).name for span in (*way.sources, *layer.relays)]
        content = " ".join([ground.words_of(piece) for piece in one.content])
        for speaker in speakers.speakers(one, passed_on):
            if one.cue is not None or speaker.name != UNRESOLVED:
                yield _Told(
                    one, layer.nested, how, content, speaker, _via(speaker, (*passed_on, *way.outlets)), way.channel
                )


def _statement(ground: Ground, told: _Told, act: Act, seen: Counter[str]) -> Statement:
    one = told.one
    article = ground.read.article  # its own id makes the statement's: what it is known as may change
    number = seen[told.content]
    seen[told.content] += 1
    document = "document" if told.speaker.type is SpeakerType.DOCUMENT else None
    return Statement(
        StatementId(stable_id("statement", article.own, told.content, str(number))),
        article.id,
        StatementKind(one.kind),
        one.content,
        one.cue,
        one.source,
        told.speaker,
        told.via,
        told.channel or document,
        act,
        acts.negated(told.how, told.content),
        moments.said(ground, one),
        Weak.NESTED if told.nested else weak.weakness(ground, one, told.how),
        one.confidence,
    )


def _via(speaker: Speaker, names: Sequence[str]) -> tuple[str, ...]:
    """The relays, the nearest to the speaker first, each once."""
    return tuple(dict.fromkeys(name for name in names if name not in {speaker.name, UNRESOLVED}))
