"""From attributions to statements: who said it, through whom, where, when, and what kind of act it is.

Here the parts are put together; each is worked out in a module of its own. Pure; every span lies in the reading text.
"""

from __future__ import annotations

from collections import Counter

from readout.annotate import conventions, labeller
from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.annotate.speakers import Speakers
from readout.models import Statement, StatementId, StatementKind, stable_id


def statements(read: Material) -> tuple[Statement, ...]:
    """All statements of an article, in order of their first words."""
    found = attributed(read)
    speakers = Speakers(read)
    seen: Counter[str] = Counter()
    made = []
    before = None
    for one in found:
        before = speakers.speaker(one, before)
        words = " ".join(read.reading.text[start:end] for start, end in one.content)
        made.append(
            Statement(
                StatementId(stable_id("statement", read.article.id, words, str(seen[words]))),
                read.article.id,
                StatementKind(one.kind),
                one.content,
                one.cue,
                one.source,
                before,
                confidence=one.confidence,
            )
        )
        seen[words] += 1
    return tuple(made)


def attributed(read: Material) -> tuple[Attribution, ...]:
    """The attributions of an article with spans as statements have them, in order of their first words."""
    labelled = labeller.attributions(read.tokens)
    fitted = [conventions.to_statement_spans(read.reading.text, one) for one in labelled]
    found = [one for one in fitted if one is not None]
    found += conventions.uncued(read.tokens, found)
    return tuple(sorted(found, key=lambda one: one.content))
