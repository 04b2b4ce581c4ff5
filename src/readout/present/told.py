"""A statement in words for people: who said what, through whom, where and when, and where that is written. Pure.

Quotation marks are put only around words that stand on the captured page inside quotation marks, character by
character; other content is shown in the words of the text, without marks of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from readout.models import UNRESOLVED, Span, Statement, StatementKind, Weak
from readout.present import cues
from readout.present.traced import Traced
from readout.present.when import When, published

_MARKS = "\"“”„‟«»‹›'‘’‚‛「」『』＂"
_DOUBLE = frozenset('"“”„‟＂')
_CHANNELS = {
    "phone call": "in a phone call",
    "press": "to the press",
    "press conference": "at a press conference",
    "interview": "in an interview",
    "statement": "in a statement",
    "address": "in an address",
    "speech": "in a speech",
    "document": "in a document",
    "letter": "in a letter",
    "report": "in a report",
}
_WEAK = {
    Weak.BELIEF: "a belief",
    Weak.STANCE: "a stance",
    Weak.HEDGED: "hedged",
    Weak.LABEL: "a label",
    Weak.ACT: "an act",
    Weak.NESTED: "inside another statement",
    Weak.CAPTION: "in a caption",
    Weak.HEADLINE: "in a headline",
    Weak.TEASER: "in a teaser",
}
_NOT_NAMED = "somebody the text does not name"
_DOUBTFUL = 0.5


@dataclass(frozen=True)
class Told:
    """A statement as a screen or a terminal shows it.

    `words` are its content, one part a stretch of the text, quoted where `quoted`; `at` and `to` are where the
    first of them stand on the captured page, None where nobody can tell. `lead` is how
    the text tells them, where that says more than "said"; `doubt` says what is uncertain, if anything.
    """

    id: str
    number: int
    speaker: str
    entity: str
    kind: str
    act: str
    words: tuple[str, ...]
    quoted: bool
    lead: str
    cue: str
    through: str
    channel: str
    said: When | None
    weak: str
    doubt: str
    reasons: tuple[str, ...]
    article: str
    title: str
    outlet: str
    published: When | None
    page: str
    at: int | None
    to: int | None


def told(statement: Statement, traced: Traced, number: int = 0) -> Told:
    """The statement in words."""
    article, speaker = traced.article, statement.speaker
    places = traced.spans(statement.content)
    quoted = statement.kind is StatementKind.DIRECT and all(map(traced.quoted, statement.content))
    return Told(
        id=statement.id,
        number=number,
        speaker=called(speaker.name),
        entity=speaker.entity or "",
        kind=str(statement.kind),
        act=str(statement.act),
        words=tuple(_set(traced.words(span), quoted=quoted) for span in statement.content),
        quoted=quoted,
        lead=cues.before(statement, traced.reading.text),
        cue=_line(traced, statement.cue),
        through=_and(statement.via),
        channel=channel(statement.channel),
        said=published(statement.said),
        weak=_WEAK[statement.weak] if statement.weak else "",
        doubt=_doubt(statement),
        reasons=speaker.reasons,
        article=article.id,
        title=" ".join(article.title.split()),
        outlet=article.outlet or "",
        published=published(article.published),
        page=traced.page.id,
        at=places[0].start if places else None,
        to=places[0].end if places else None,
    )


def called(speaker: str) -> str:
    """A speaker's name, or words that say that there is none."""
    return _NOT_NAMED if speaker == UNRESOLVED else speaker


def channel(name: str | None) -> str:
    """Where something was said, as a phrase: "on Telegram", "in an interview"."""
    if not name:
        return ""
    return _CHANNELS.get(name) or (f"on {name}" if name[0].isupper() else f"in a {name}")


def _doubt(statement: Statement) -> str:
    if statement.speaker.name == UNRESOLVED:
        return "who said it is unresolved"
    if statement.speaker.confidence < _DOUBTFUL:
        return "who said it is uncertain"
    return "whether it is a statement is uncertain" if statement.confidence < _DOUBTFUL else ""


def _set(words: str, *, quoted: bool) -> str:
    text = " ".join(words.split())
    inner = text.strip(_MARKS).strip().removesuffix(",")
    return f"“{inner}”" if quoted and not _DOUBLE & set(inner) else text


def tidy(words: str) -> str:
    """Words that bring quotation marks of their own around all of them, with these set as ours and no comma before the
    last; other words as they are.
    """
    inner = words[1:-1].strip()
    own = len(words) > 1 and words[0] in _DOUBLE and words[-1] in _DOUBLE and not _DOUBLE & set(inner)
    return f"“{inner.removesuffix(',')}”" if own else words


def _line(traced: Traced, span: Span | None) -> str:
    return " ".join(traced.words(span).split()) if span else ""


def _and(names: tuple[str, ...]) -> str:
    """Of three names "A, B and C": the one nearest the speaker first."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
