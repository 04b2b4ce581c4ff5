"""From attributions to statements: who said it, through whom, where, when, and what kind of act it is.

Here the parts are put together; each is worked out in a module of its own. Pure; every span lies in the reading text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from readout.annotate import acts, moments, nesting, relays, weak
from readout.annotate.frames import Frame, frame
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.annotate.nesting import Layer
from readout.annotate.sayings import sayings
from readout.annotate.speakers import Speakers
from readout.models import UNRESOLVED, Speaker, Statement, StatementId, StatementKind, Weak, stable_id


def statements(read: Material) -> tuple[Statement, ...]:
    """All statements of an article, in order of their first words.

    An id is hashed from the article's, the words of the content and how many contents of the same words stand before
    it, so that another annotator gives the same id to what it leaves as it was.
    """
    ground = Ground(read)
    speakers = Speakers(ground)
    seen: Counter[str] = Counter()
    made: list[Statement] = []
    for layer in nesting.unwrapped(ground, sayings(ground)):
        told = speakers.speakers(layer.one)
        if layer.one.cue is not None or told[0].name != UNRESOLVED:
            made += [_statement(ground, speakers, layer, speaker, seen) for speaker in told]
    return tuple(made)


def _statement(ground: Ground, speakers: Speakers, layer: Layer, speaker: Speaker, seen: Counter[str]) -> Statement:
    one = layer.one
    how = _frame(ground, one)
    content = " ".join(ground.words_of(piece) for piece in one.content)
    way = relays.passage(ground, one, how, speaker.type)
    article = ground.read.article  # its own id makes the statement's: what it is known as may change
    number = seen[content]
    seen[content] += 1
    return Statement(
        StatementId(stable_id("statement", article.own, content, str(number))),
        article.id,
        StatementKind(one.kind),
        one.content,
        one.cue,
        one.source,
        speaker,
        tuple(_via(speakers, layer, way, speaker)),
        way.channel,
        acts.act(how, content, one.kind, speaker.type),
        acts.negated(how, content),
        moments.said(ground, one),
        Weak.NESTED if layer.nested else weak.weakness(ground, one, how),
        one.confidence,
    )


def _via(speakers: Speakers, layer: Layer, way: relays.Passage, speaker: Speaker) -> Iterator[str]:
    """The relays by name, the nearest to the speaker first, each once."""
    given = {speaker.name, UNRESOLVED}
    named = [*(speakers.relay(span).name for span in (*way.sources, *layer.relays)), *way.outlets]
    for name in named:
        if name not in given:
            given.add(name)
            yield name


def _frame(ground: Ground, one: Attribution) -> Frame:
    return frame(ground.words_of(one.cue) if one.cue is not None else "")
