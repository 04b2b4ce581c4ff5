"""Every attribution of an article with its spans as statements have them: the labeller's, repaired and completed.

No speaker is resolved here, and nothing is judged core or weak.
"""

from __future__ import annotations

from readout.annotate import conventions, labeller, overlooked, quoting, trimming
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.weak import is_said


def sayings(ground: Ground) -> list[Attribution]:
    """The attributions of an article, in order of their first words."""
    read = ground.read
    fitted = [conventions.to_statement_spans(ground.text, one) for one in labeller.attributions(read.tokens)]
    found = quoting.resettled(ground, [one for one in fitted if one is not None])
    found = [one for one in trimming.trimmed(ground, found) if is_said(ground, one)]
    found = overlooked.completed(ground, found)
    found += conventions.uncued(read.tokens, found)
    return sorted(found, key=lambda one: one.content)
