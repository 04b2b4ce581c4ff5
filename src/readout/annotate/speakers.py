"""Whose words they are: from the words that name a source to a speaker. No content is read here."""

from __future__ import annotations

from bisect import bisect_left

from readout.annotate.labeller import Attribution
from readout.annotate.material import Material
from readout.models import UNRESOLVED, Entity, EntityKind, Mention, Speaker, SpeakerType

_NOBODY = Speaker(UNRESOLVED, SpeakerType.ANONYMOUS, confidence=0.0, reasons=("no source in the text",))


class Speakers:
    """Finds speakers in one article."""

    def __init__(self, read: Material) -> None:
        self._text = read.reading.text
        pairs = sorted((mention, number) for number, one in enumerate(read.entities) for mention in one.mentions)
        self._mentions: list[tuple[Mention, Entity]] = [(mention, read.entities[number]) for mention, number in pairs]
        self._starts = [mention.span.start for mention, _ in self._mentions]

    def speaker(self, one: Attribution, before: Speaker | None) -> Speaker:
        """The speaker of an attribution; `before` is the one of the attribution before it."""
        if one.source is None:
            return before if one.continues and before is not None else _NOBODY
        first = bisect_left(self._starts, one.source.start)
        for mention, entity in self._mentions[first:]:
            if mention.span.start >= one.source.end:
                break
            kind = SpeakerType.PERSON if entity.kind is EntityKind.PERSON else SpeakerType.BODY
            return Speaker(entity.name, kind, entity.id, 0.7, (f"named as {mention.form}",))
        return Speaker(self._text[one.source.start : one.source.end], SpeakerType.ANONYMOUS, None, 0.4)
