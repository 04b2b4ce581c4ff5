"""From attributions to statements: who said it, through whom, where, when, and what kind of act it is.

Here the parts are put together; each is worked out in a module of its own. Pure; every span lies in the reading text.
"""

from __future__ import annotations

from collections import Counter

from readout.annotate import weak
from readout.annotate.frames import Frame, frame
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.annotate.sayings import sayings
from readout.annotate.speakers import Speakers
from readout.models import Statement, StatementId, StatementKind, stable_id


def statements(read: Material) -> tuple[Statement, ...]:
    """All statements of an article, in order of their first words."""
    ground = Ground(read)
    speakers = Speakers(ground)
    seen: Counter[str] = Counter()
    made = []
    for one in sayings(ground):
        how = _frame(ground, one)
        if not weak.is_said(ground, one, how):
            continue
        speaker = speakers.speaker(one)
        words = " ".join(read.reading.text[start:end] for start, end in one.content)
        made.append(
            Statement(
                StatementId(stable_id("statement", read.article.id, words, str(seen[words]))),
                read.article.id,
                StatementKind(one.kind),
                one.content,
                one.cue,
                one.source,
                speaker,
                weak=weak.weakness(ground, one, how),
                confidence=one.confidence,
            )
        )
        seen[words] += 1
    return tuple(made)


def _frame(ground: Ground, one: Attribution) -> Frame:
    return frame(ground.words_of(one.cue) if one.cue is not None else "")
