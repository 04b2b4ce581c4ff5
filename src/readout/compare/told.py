"""A statement as comparison reads it: its words, names, figures and place in its article. Nothing is judged here."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache, wraps
from importlib.resources import files
from itertools import pairwise
from typing import Any, Generic, TypeVar

from readout.models import (
    UNRESOLVED,
    Act,
    Annotation,
    Article,
    EntityKind,
    Figure,
    Reading,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    TimeExpression,
    reading,
    stable_id,
)
from readout.text.sentences import ends
from readout.text.stems import stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
_ABSENT = re.compile(
    r"\b(?:no|without(?: an?y?)?|not (?:an?|any|one)|never (?:an?|any)|neither)\s+((?:\w+ )?\w+)", re.IGNORECASE
)
_INNER = re.compile(r"(?<=[\w,’'] )[A-Z][\w-]+|\A\W*[A-Z][\w-]+(?=['’]s| [A-Z])")
_KNOWN = 1 << 16  # words whose stem is remembered
_SHORT = re.compile(r"n't\Z|'(?:s|re|ve|ll|d|m)\Z")  # what is written short behind a word
_UNSAID = re.compile(
    r"\b(?:did|do|does|has|have|had)(?: not|n[’']t)(?: \w+ly)? (?:say|said|mention\w*|specif\w+|disclos\w+|elaborat\w*|"
    r"detail\w*|reveal\w*|explain\w*|address\w*)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\A\W*(?:whether|if|when|where|who|whom|how|why|what|which)\b", re.IGNORECASE)
JOINT = " … "  # between pieces of a content
_LIKELY = re.compile(r"\bgood (?:chance|odds|deal|part|reason)\b")  # how likely, how much: no tone
_STOP = re.compile(r"[.?!][\"”’]?(?= )")
_CLOSING = 2  # characters of a stop with the mark behind it
_NEAR = 300  # characters of the sentence around a statement that are read with it
SMALL = frozenset(
    "a an the and or but nor so yet if then than that this these those there here it its he him his she her hers "
    "they them their theirs we us our ours you your i me my who whom whose which what when where why how not no "
    "n't never ever be is are was were been being am do does did done have has had having will would shall should "
    "can could may might must to of in on at by for from with without into onto over under about after before "
    "between during through against as up down out off again very too also just only even still more most less "
    "least much many few some any all both each every other another such same own said say says saying told tell "
    "tells telling add added adds according because while until since whether one once now ca wo".split()
)


A = TypeVar("A")
T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - reads as the decorator that it is
    """A property of a frozen value that is worked out once, as `functools.cached_property` from Python 3.12 on does:
    without the lock that takes most of the time of short ones.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Under what name the value is kept."""
        self._name = name

    def __get__(self, one: object, owner: type) -> T:
        """The value; from the second time on it is found before this is asked."""
        found = one.__dict__[self._name] = self._work(one)
        return found


@dataclass(frozen=True)
class Report:
    """An article of a story with what was understood of it; `origin` names the text that it is or is copied from."""

    article: Article
    annotation: Annotation
    origin: str = ""


@dataclass(frozen=True)
class Told:
    """One statement: `text` are the words of its content, `around` its sentence; `order` counts the article's."""

    statement: Statement
    origin: str
    outlet: str
    at: datetime | None
    order: int
    paragraph: int
    text: str
    around: str
    cue: str
    figures: tuple[Figure, ...]
    names: frozenset[str]
    times: tuple[TimeExpression, ...] = ()
    foremost: frozenset[str] = frozenset()  # the two whom its article names most
    spoken: frozenset[str] = frozenset()  # days that its sentence names outside its content
    trail: str = ""  # the words between its content and whom it is ascribed to behind it
    title: str = ""  # of its article, where it is the first that is told there
    sentence: str = ""  # in which it stands alone, to the stop or to the mark that closes its quotation
    lead: str = ""  # the words of its paragraph between what is told before it and itself

    def spelled(self, span: Span) -> str:
        """The words of a span that lies in its content."""
        at = 0
        for start, end in self.statement.content:
            if start <= span.start and span.end <= end:
                return self.text[at + span.start - start : at + span.end - start]
            at += end - start + len(JOINT)
        return ""

    @kept
    def stems(self) -> frozenset[str]:
        """The telling stems of its content."""
        return frozenset(self.in_order)

    @kept
    def in_order(self) -> tuple[str, ...]:
        """The telling stems of its content in order."""
        return tuple(filter(None, self._each))

    @kept
    def _each(self) -> tuple[str, ...]:
        """The stem of every word of its content, "" for small ones."""
        return tuple(map(_telling, _words(self.text)))

    @kept
    def spelling(self) -> Mapping[str, str]:
        """Its words by their stem, the first of each as it stands there."""
        words = _WORD.findall(self.text.replace("’", "'"))
        return {stem: word for word in reversed(words) if (stem := _telling(word.lower()))}

    @kept
    def matter(self) -> frozenset[str]:
        """The telling stems of its content, and of what follows it before "…, she said"."""
        return self.stems | frozenset(telling(self.trail)) if self.trail else self.stems

    @kept
    def terms(self) -> frozenset[tuple[str, str]]:
        """Pairs of telling stems that stand side by side, names and figures left out: "rare earth"."""
        stems = (*self._each, *map(_telling, _words(self.trail))) if self.trail else self._each
        apart = self.named | listed("numbers")
        return frozenset(
            (one, other)
            for one, other in pairwise(stems)
            if one and other and not {one, other} & apart and not (one + other)[0].isdigit()
        )

    @kept
    def context(self) -> frozenset[str]:
        """The telling stems of its sentence that its content has not."""
        return frozenset(telling(self.sentence or self.around)) - self.stems

    @kept
    def coming(self) -> tuple[TimeExpression, ...]:
        """The days that it names which were to come when it was told."""
        return tuple(
            each
            for each in self.times
            if each.kind in {"DATE", "TIME"} and each.start and each.end and self.at is not None and each.end > self.at
        )

    @kept
    def absent(self) -> frozenset[str]:
        """The stems of what it says there is none of: no more of "no call recently" than the call."""
        return frozenset(stem for words in _ABSENT.findall(self.text) for stem in telling(words)) - _lately()

    @kept
    def named(self) -> frozenset[str]:
        """The stems of the names in its words: what has a capital inside a sentence."""
        return frozenset(stem for word in _INNER.findall(self.text) for stem in telling(word))

    @kept
    def contrasts(self) -> bool:
        """Whether its sentence sets it against what stands before."""
        before = self.around.partition(self.text.partition(" … ")[0])[0]
        return not _contrast().isdisjoint(_WORD.findall(f"{before} {self.cue}".lower()))

    @kept
    def tones(self) -> bool:
        """Whether it says how a conversation was."""
        if listed("tone").isdisjoint(_WORD.findall(_LIKELY.sub("", self.text.lower()))):
            return False
        return not listed("conversation").isdisjoint(_WORD.findall(self.around.lower()))

    @kept
    def silent(self) -> bool:
        """Whether its speaker leaves open what he is asked."""
        left_open = _UNSAID.search(self.cue) and _ASKED.search(self.text)
        return self.act is Act.NO_COMMENT or left_open is not None

    @kept
    def asked(self) -> bool:
        """Whether it says no more than that somebody was asked for a comment and gave none."""
        return self.silent and self.stems - self.named <= frozenset(telling(" ".join(listed("asked"))))

    @kept
    def act(self) -> Act:
        """What it does."""
        return self.statement.act


def telling(text: str) -> Iterable[str]:
    """The stems of the words of a text that are not small words, in order; one for words that say one thing."""
    return filter(None, map(_telling, _words(text)))


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(_KNOWN)
def _telling(word: str) -> str:
    """The stem of a word; "" for a small one."""
    bare = _SHORT.sub("", word) if "'" in word else word
    return "" if bare in SMALL or len(bare) < 2 else _same().get(bare) or stem(bare)  # noqa: PLR2004 - a letter alone


def once(work: Callable[[A], T]) -> Callable[[A], T]:
    """Does the work on a frozen value once, and remembers with the value what came of it."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def ask(one: A) -> T:
        known: dict[str, T] = one.__dict__
        try:
            return known[name]
        except KeyError:
            found = known[name] = work(one)
        return found

    return ask


@cache
def _same() -> dict[str, str]:
    """Words of which several say one thing, each with the first of these."""
    return {word: group.split()[0] for group in _listed()["same"] for word in group.split()}


@cache
def _lately() -> frozenset[str]:
    return frozenset(telling("recently lately"))


@cache
def _contrast() -> frozenset[str]:
    return listed("contrast")


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(files("readout.compare").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one of the plain lists."""
    return frozenset(_listed()[name].split())


@cache
def light() -> frozenset[str]:
    """The stems of words too plain to say what two accounts are both about."""
    return frozenset(each for word in listed("light") for each in telling(word))


def opposites() -> Sequence[str]:
    """Lines of words that exclude those behind the stroke."""
    return lines("opposite")


def lines(name: str) -> Sequence[str]:
    """The lines of one of the lists of lines."""
    return tuple(_listed()[name])


@once
def reading_of(report: Report) -> Reading:
    """The reading text of a report's article."""
    return reading(report.article)


@once
def told(report: Report) -> tuple[Told, ...]:
    """The statements of an article in order, captions and titles left out."""
    read = reading_of(report)
    annotation = report.annotation
    ends = _Ends(one for one in annotation.statements if one.core)
    names = _Places((mention.span, one.name) for one in annotation.entities for mention in one.mentions)
    figures = _Places((one.span, one) for one in annotation.figures)
    times = _Places((one.span, one) for one in annotation.times)
    foremost = _foremost(report.annotation)
    found: list[Told] = []
    first = min((one.content[0] for one in annotation.statements if one.core), default=None)
    for order, one in enumerate(sorted(report.annotation.statements, key=lambda each: each.content[0])):
        start, end, edge = one.content[0].start, one.content[-1].end, _edge(one)
        paragraph = read.place(start)
        part = read.parts[paragraph]
        near = Span(max(part.start, edge - _NEAR), min(part.end, end + _NEAR))
        found.append(
            Told(
                statement=one,
                origin=report.origin or report.article.id,
                outlet=report.article.outlet or "",
                at=report.article.published.at if report.article.published else None,
                order=order,
                paragraph=paragraph,
                text=JOINT.join(read.text[a:b] for a, b in one.content),
                around=_around(read, near, start, end),
                sentence=_sentence(read, near, start, _last(one)),
                cue=read.text[one.cue.start : one.cue.end] if one.cue else "",
                figures=tuple(figures.within(one.content)),
                names=frozenset(names.within(one.content)),
                times=tuple(times.within(one.content)),
                foremost=foremost,
                spoken=frozenset(_days(times, near, one.content)),
                trail=_trail(read, one),
                title=report.article.title if one.content[0] == first else "",
                lead=read.text[max(part.start, ends.before(edge), edge - _NEAR) : edge],
            )
        )
    return tuple(found)


def _days(times: _Places[TimeExpression], near: Span, content: Sequence[Span]) -> Iterable[str]:
    begun = times.beginning(near)
    return (each.value for each in begun if each.kind == "DATE" and not _within(each.span, content))


class _Ends:
    """Where statements end, with their cues and sources, in order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._ends = sorted(
            max(span.end for span in (one.cue, one.source, one.content[-1]) if span) for one in statements
        )

    def before(self, place: int) -> int:
        """The last end at or before a place."""
        at = bisect_right(self._ends, place)
        return self._ends[at - 1] if at else 0


class _Places(Generic[T]):
    """Values with the places where they stand, to be looked up by place; what is found comes in their order."""

    def __init__(self, placed: Iterable[tuple[Span, T]]) -> None:
        self._values = list(placed)
        self._order = sorted(range(len(self._values)), key=lambda at: self._values[at][0].start)
        self._starts = [self._values[at][0].start for at in self._order]

    def beginning(self, stretch: Span) -> list[T]:
        """Those that begin in a stretch."""
        return [self._values[at][1] for at in sorted(self._from(stretch.start, stretch.end))]

    def within(self, content: Sequence[Span]) -> list[T]:
        """Those that lie in one of the pieces."""
        values = self._values
        found = {at for start, end in content for at in self._from(start, end + 1) if values[at][0].end <= end}
        return [values[at][1] for at in sorted(found)] if found else []

    def _from(self, start: int, end: int) -> Sequence[int]:
        return self._order[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def originals(reports: Sequence[Report]) -> list[Report]:
    """Of reports with one origin the first, which speaks for all."""
    first: dict[str, Report] = {}
    for report in reports:
        first.setdefault(report.origin or report.article.id, report)
    return list(first.values())


def everything(report: Report) -> tuple[Told, ...]:
    """The statements of an article, and its sentences that hold none: those its outlet tells itself."""
    read = reading_of(report)
    held = sorted(span.start for one in report.annotation.statements for span in one.content)
    alone = []
    start = 0
    for end in sorted({*ends(read.text), *(part.end for part in read.parts)}):
        span = Span(start + len(read.text[start:end]) - len(read.text[start:end].lstrip()), end)
        if span.start < span.end and bisect_left(held, span.start) == bisect_left(held, span.end):
            alone.append(_of_outlet(report, span))
        start = end
    both = replace(report.annotation, statements=(*report.annotation.statements, *alone))
    return told(replace(report, annotation=both))


def _of_outlet(report: Report, span: Span) -> Statement:
    article = report.article
    name = article.outlet or UNRESOLVED
    return Statement(
        id=StatementId(stable_id("told", article.id, str(span.start))),
        article=article.id,
        kind=StatementKind.INDIRECT,
        content=(span,),
        cue=None,
        source=None,
        speaker=Speaker(name, SpeakerType.OUTLET),
    )


def _trail(read: Reading, one: Statement) -> str:
    """The words behind a content in its sentence, before whom it is ascribed to."""
    end = one.content[-1].end
    begins = min((span.start for span in (one.cue, one.source) if span), default=0)
    words = read.text[end:begins] if end < begins <= end + _NEAR else ""
    return "" if any(mark in words for mark in (". ", "? ", "! ", "\n")) else words


def _edge(one: Statement) -> int:
    return min(span.start for span in (one.cue, one.source, one.content[0]) if span)


def _last(one: Statement) -> int:
    return max(span.end for span in (one.cue, one.source, one.content[-1]) if span)


def _around(read: Reading, near: Span, start: int, end: int) -> str:
    """The words from the stop before a statement to the next plain stop, which may close what is told right behind."""
    after = min(
        (at for mark in (". ", "? ", "! ") if (at := read.text.find(mark, end, near.end)) >= 0), default=near.end
    )
    return read.text[_begun(read, near, start) : after]


def _begun(read: Reading, near: Span, start: int) -> int:
    before = max((read.text.rfind(mark, near.start, start) for mark in (". ", "? ", "! ", ".” ", '." ')), default=-1)
    return max(near.start, before + 1)


def _sentence(read: Reading, near: Span, start: int, end: int) -> str:
    """The words from the stop before a statement to the stop after it, which a mark that closes a quotation may follow:
    what the next sentence says is not of this one.
    """
    stop = _STOP.search(read.text, max(start, end - _CLOSING), near.end)
    return read.text[_begun(read, near, start) : max(end, stop.start()) if stop else near.end]


def _within(span: Span, content: Sequence[Span]) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in content)


def _foremost(annotation: Annotation) -> frozenset[str]:
    people = [one for one in annotation.entities if one.kind is EntityKind.PERSON]
    return frozenset(one.name for one in sorted(people, key=lambda one: -len(one.mentions))[:2])
