"""The words of one article that tell of an encounter: who met whom in which way, and when. Pure; nothing is gathered.

Names in a sentence are put as marks of the same length, so that patterns (`encounters.toml`) speak of "a name, a call,
with, a name" and every place found is one of the text. An encounter is told where two sides are named with it; "the
call" alone is told apart, and belongs to what was told before it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files

from readout.compare.told import Report, once, reading_of
from readout.models import EncounterKind, Entity, EntityKind, EventStatus, Reading, Span, TimeExpression
from readout.text.sentences import ends

_FIRST, _REST = "\ue000", "\ue001"
_E = f"{_FIRST}{_REST}*"
_GAP = rf"[^{_FIRST}.;:!?“”\"\n]"
_BARE = rf"(?:(?!\b(?:said|says|told|that|who|which|had)\b)[^{_FIRST}.,;:!?“”\"\n])"
_NAMED = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE})
_SINGULAR = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_NEAR = 240
_SINCE = re.compile(r"\b(?:since|after|before|until)\b")
_WHOLE_DAY = len("2031-03-04")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)")
_LONG = timedelta(days=60)
_TITLE, _DENIES, _JUST = 40, 60, 12  # characters from a land to the name it describes; of a "not" or "will" before
_LINK = re.compile(r"\b(?:and|on|in|at|to|that|said|told|as|after|before|with)\b")
_PEOPLE = 2  # who stand in a sentence, where they are the ones that met
_FAMILY = {
    EncounterKind.SUMMIT: EncounterKind.MEETING,
    EncounterKind.TALKS: EncounterKind.MEETING,
}


@dataclass(frozen=True)
class Met:
    """One place that tells of an encounter. `names` are the entities that take part, none for "the call" alone;
    `when` is a day or a month (ISO) or "".
    """

    kind: EncounterKind
    span: Span
    sentence: Span
    names: tuple[str, ...] = ()
    when: str = ""
    status: EventStatus = EventStatus.HAPPENED

    @property
    def family(self) -> EncounterKind:
        """A call, a meeting of any kind, or a letter."""
        return family(self.kind)


@dataclass(frozen=True)
class Sides:
    """To which party a name belongs."""

    of: Mapping[str, str]

    def __call__(self, name: str) -> str:
        """The party, or the name itself."""
        return self.of.get(name, name)


@dataclass(frozen=True)
class Masked:
    """An article's words with a mark for every name; `entities` by where they are named."""

    report: Report
    read: Reading
    text: str
    entities: Mapping[int, Entity]
    sentences: tuple[Span, ...]
    told: tuple[Met, ...] = ()

    def within(self, span: Span) -> list[Entity]:
        """Who is named there, in order."""
        marks = (at for at in range(span.start, span.end) if self.text[at] == _FIRST)
        return [self.entities[at] for at in marks]


def family(kind: EncounterKind) -> EncounterKind:
    """A call, a meeting of any kind, or a letter."""
    return _FAMILY.get(kind, kind)


def masked(report: Report, known: Collection[str] = ()) -> Masked:
    """An article with what it tells of encounters; nothing is told where it has no word for one. What is in `known`
    is a name, whatever it names.
    """
    also = frozenset(one.name for one in report.annotation.entities if one.kind not in _NAMED and one.name in known)
    held = _known(report)
    if also not in held:
        held[also] = _masked(report, also)
    return held[also]


@once
def _known(_: Report) -> dict[frozenset[str], Masked]:
    """A report with its masks, by what is a name besides people, bodies and places."""
    return {}


def _masked(report: Report, also: Collection[str]) -> Masked:
    read = reading_of(report)
    sentences = tuple(_sentences(read))
    if not sentences:
        return Masked(report, read, read.text, {}, ())
    entities: dict[int, Entity] = {}
    text = list(read.text)
    places = sorted(
        (
            (mention.span, one)
            for one in report.annotation.entities
            if one.kind in _NAMED or one.name in also
            for mention in one.mentions
        ),
        key=lambda each: (each[0].start, -each[0].end),
    )
    last = 0
    for span, one in places:
        if span.start < last or span.start >= span.end or not _is_name(read.text[span.start : span.end], one):
            continue
        text[span.start : span.end] = _FIRST + _REST * (span.end - span.start - 1)
        entities[span.start] = one
        last = span.end
    bare = Masked(report, read, "".join(text), entities, sentences)
    found = tuple(one for sentence in sentences for one in _told(bare, sentence))
    return Masked(report, read, bare.text, entities, sentences, found)


def _is_name(words: str, one: Entity) -> bool:
    """Whether it names; a pronoun does only where it must be of one person."""
    return words[:1].isupper() or " " in words or (one.kind is EntityKind.PERSON and words.lower() in _SINGULAR)


def _sentences(read: Reading) -> Iterator[Span]:
    """The sentences that hold a word for an encounter."""
    for part in read.parts:
        text = read.text[part.start : part.end]
        if not _is_near(text.lower()):
            continue
        start = 0
        for end in ends(text):
            words = text[start:end].lower()
            if _is_near(words) and _any().search(words):
                yield Span(part.start + start, part.start + end)
            start = end


def _told(bare: Masked, sentence: Span) -> Iterator[Met]:
    """What a sentence tells: encounters with both sides, else "the call" alone."""
    lower = bare.text[sentence.start : sentence.end].lower()
    near = _near(lower)
    full = list(_full(bare, sentence, near))
    yield from full
    for kind, pattern in _patterns("definite").items():
        is_near = kind in near and _definite()[kind].search(lower)
        found = pattern.search(bare.text, *sentence) if is_near else None
        if found and kind not in {family(one.kind) for one in full}:
            yield Met(kind, Span(*found.span()), sentence)


def _full(bare: Masked, sentence: Span, near: Collection[EncounterKind]) -> Iterator[Met]:
    seen: set[EncounterKind] = set()
    if bare.text.count(_FIRST, *sentence) < _PEOPLE:
        return
    for kind, word, forms in _between():
        for form in forms if kind in near and word.search(bare.text, *sentence) else ():
            for found in form.finditer(bare.text, *sentence):
                made = _made(bare, sentence, kind, Span(*found.span()), Span(*found.span("word")))
                if made and made.family not in seen:
                    seen.add(made.family)
                    yield made
                    break
    if not seen:
        yield from _by_people(bare, sentence, near)


def _by_people(bare: Masked, sentence: Span, near: Collection[EncounterKind]) -> Iterator[Met]:
    """As in “X told Y on Tuesday that … in their first telephone call”: a noun, and two people before it."""
    for kind, pattern in _patterns("nouns").items():
        found = pattern.search(bare.text, *sentence) if kind in near and kind is not EncounterKind.TALKS else None
        if not found:
            continue
        before = Span(sentence.start, found.end())
        people = dict.fromkeys(one.name for one in bare.within(before) if one.kind is EntityKind.PERSON)
        if len(people) == _PEOPLE and wording("within").search(bare.text, sentence.start, found.start()):
            first = min(at for at, one in bare.entities.items() if one.name in people and at >= sentence.start)
            whole = Span(first, found.end())
            made = _made(bare, sentence, kind, whole, Span(*found.span()))
            if made:
                yield replace(made, names=tuple(people))
                return


def _made(bare: Masked, sentence: Span, kind: EncounterKind, whole: Span, word: Span) -> Met | None:
    names = tuple(dict.fromkeys(one.name for one in _who(bare, whole)))
    if len(names) < _PEOPLE or wording("not").search(bare.text, max(whole.start, word.start - _DENIES), word.end):
        return None
    near = max(sentence.start, whole.start - _JUST, word.start - _DENIES)
    ahead = wording("ahead").search(bare.text, near, word.end) is not None
    aside = wording("after").search(bare.read.text, sentence.start, word.start) is not None
    when, late = ("", False) if aside and not ahead else _when(bare, sentence, word)
    if late:
        return None
    if kind is EncounterKind.TALKS and "phone" in bare.text[sentence.start : sentence.end]:
        kind = EncounterKind.CALL
    return Met(kind, whole, sentence, names, when, EventStatus.PLANNED if ahead else EventStatus.HAPPENED)


def _who(bare: Masked, whole: Span) -> list[Entity]:
    """Who is named; of "Caldrian Prime Minister Tamsin Reed" the person."""
    reach = bare.text.find(_FIRST, whole.end, whole.end + _TITLE)
    found = bare.within(Span(whole.start, reach + 1 if reach >= 0 else whole.end))
    if reach >= 0 and not (
        found[-1].kind is EntityKind.PERSON
        and found[-2:-1]
        and found[-2].kind is not EntityKind.PERSON
        and re.fullmatch(r"[\w -]*", bare.text[whole.end : reach])
        and not _LINK.search(bare.text[whole.end : reach])
    ):
        found.pop()
    return [one for at, one in enumerate(found) if not _describes(found, at)]


def _describes(found: Sequence[Entity], at: int) -> bool:
    """Whether it is the land of the person who stands next."""
    follows = found[at + 1 : at + 2]
    return (
        found[at].kind is EntityKind.PLACE
        and bool(follows)
        and follows[0].kind is EntityKind.PERSON
        and len(found) > _PEOPLE
    )


def _when(bare: Masked, sentence: Span, word: Span) -> tuple[str, bool]:
    """The day or month nearest to the word, and whether it is long past."""
    near = [
        one
        for one in bare.report.annotation.times
        if _is_day(one)
        and sentence.start <= one.span.start < sentence.end
        and abs(one.span.start - word.start) <= _NEAR
        and not _SINCE.search(bare.text, word.end, max(word.end, one.span.start))
    ]
    if not near:
        return "", False
    one = min(near, key=lambda each: (len(_iso(each)) < _WHOLE_DAY, abs(each.span.start - word.start), each.span.start))
    published = bare.report.article.published
    if published and one.start and published.at - one.start > _LONG:
        return "", True
    return _iso(one), False


def _is_day(one: TimeExpression) -> bool:
    return one.kind in {"DATE", "TIME"} and one.start is not None and one.end is not None and one.value[:4].isdigit()


def _iso(one: TimeExpression) -> str:
    """The day or month of a time, "" where it is vaguer or a week."""
    found = _DAY.match(one.value)
    return found[0] if found else ""


def _is_near(lower: str) -> bool:
    """Whether a word for an encounter of any kind may stand there."""
    return any(map(lower.__contains__, _all_hints()))


@cache
def _all_hints() -> Sequence[str]:
    return tuple(dict.fromkeys(hint for _, hints in _hints() for hint in hints))


def _near(lower: str) -> Sequence[EncounterKind]:
    """The kinds of encounter for which a word may stand in words that are in lower case."""
    return [kind for kind, hints in _hints() if any(map(lower.__contains__, hints))]


@cache
def _hints() -> Sequence[tuple[EncounterKind, Sequence[str]]]:
    return tuple((EncounterKind(kind), tuple(hints)) for kind, hints in _listed()["hints"].items())


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("readout.compare").joinpath("encounters.toml").read_text(encoding="utf-8"))


@cache
def _patterns(table: str) -> Mapping[EncounterKind, re.Pattern[str]]:
    flags = re.IGNORECASE if table == "definite" else 0
    return {
        EncounterKind(kind): re.compile(rf"(?<!\w)(?:{words})(?!\w)", flags) for kind, words in _listed()[table].items()
    }


@cache
def _definite() -> Mapping[EncounterKind, re.Pattern[str]]:
    """The patterns of that table for words in lower case, in which they are found several times as fast."""
    return {kind: re.compile(pattern.pattern) for kind, pattern in _patterns("definite").items()}


@cache
def _any() -> re.Pattern[str]:
    """Any word that may tell of an encounter, in words that are in lower case."""
    words = [words for table in ("nouns", "verbs", "definite") for words in _listed()[table].values()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


@cache
def wording(name: str) -> re.Pattern[str]:
    """A pattern of `encounters.toml` by its name."""
    return re.compile(_listed()["words"][name], re.IGNORECASE)


@cache
def _between() -> Sequence[tuple[EncounterKind, re.Pattern[str], Sequence[re.Pattern[str]]]]:
    """For each kind, the surest first, its words and the patterns of two names and one of these."""
    joined = {"call": "(?:with|to|from)", "letter": "(?:to|from)"}
    found = []
    for name in ("call", "letter", "summit", "meeting", "talks"):
        nouns, verbs = _listed()["nouns"][name], _listed()["verbs"].get(name, "")
        word = f"(?<!\\w)(?:{nouns}{'|' if verbs else ''}{verbs})(?!\\w)"
        both = f"(?P<word>{word})"
        by = joined.get(name, "with")
        forms = [
            rf"{both}{_GAP}{{0,30}}? between {_GAP}{{0,60}}?{_E}{_GAP}{{0,60}}? and {_GAP}{{0,60}}?{_E}",
            rf"{_E}{_GAP}{{0,70}}?{both}{_GAP}{{0,40}}?\b{by}\b{_GAP}{{0,60}}?{_E}",
            rf"{_E}(?:, |,? and {_GAP}{{0,40}}?)(?:{_E}['’]s {_GAP}{{0,40}}?)?{_E}{_BARE}{{0,70}}?{both}",
        ]
        if verbs and name != "talks":
            forms.append(rf"{_E}{_GAP}{{0,20}}?(?P<word>(?<!\w)(?:{verbs})(?!\w)){_GAP}{{0,30}}?{_E}")
        found.append((EncounterKind(name), re.compile(word), [re.compile(form) for form in forms]))
    return found
