"""The quantities that a text reports: how many of what, in which unit, with which modifier, by whom.

Numbers are read by `text.numbers` where a word may begin one; here it is told what they count, by the words around:
a unit, a noun in the plural, or what befell the counted ("12 wounded"). What counts nothing is no figure, nor are
dates, ages, names ("Boeing 747") and numbers that only point back ("the two leaders"). Linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import compress, islice
from typing import NamedTuple

from readout.annotate import leads
from readout.annotate.contents import Contents
from readout.annotate.material import Material
from readout.annotate.measures import measures
from readout.annotate.surroundings import Surroundings
from readout.models import EntityKind, Figure, Span, Statement
from readout.text import numbers
from readout.text.numbers import Number

_WORD = re.compile(r"[^\W_]+(?:[-‐‑’'&][^\W_]+)*|%|°[ ]?[CF]?|[^\s\w]|_")
_AHEAD, _BEHIND = 160, 90  # characters looked at after and before a number
_MOST_WORDS = 12
_AGED_REACH = 24
_OR_MORE = re.compile(r"[ ]or[ ](?:more|fewer|less|so)\b", re.IGNORECASE)
_NO_MODIFIER = frozenset(
    {"between", "the", "its", "his", "her", "their", "our", "my", "both", "all", "other", "these", "those"}
)
_AN = re.compile(r"(half[ -])?(?:an?|one)[ -]([a-z]+)\b([ ]and[ ]a[ ](?:half|quarter))?", re.IGNORECASE)
_AGE = re.compile(r"[ -]years?[ -](?:old|of[ ]age)\b", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged|ages?|age[ ]of|turned|turning)[ ](?:about[ ]|just[ ]|between[ ]|over[ ]|under[ ])?\Z", re.IGNORECASE
)
_TOLL = re.compile(r"\b((?:death |official )*toll)\b[^.;:]{0,60}\Z", re.IGNORECASE)
_LAST = re.compile(r"[\w’'-]+|[^\s\w]")
_TO = re.compile(r"[ ](?:to|and|or)[ ](?=[$€£\d])")
_HELD = frozenset(
    {"held", "fired", "released", "returned", "exchanged", "saved", "cases", "seized", "toll", "deployed"}
)
_OF_WHOM = frozenset({"the", "its", "their", "his", "her", "our", "those", "these", "them", "whom", "us"})
_SHIFTS = frozenset({"after", "before", "later", "earlier", "ago", "since", "hence"})  # "two days after"
_MORE = frozenset({"more", "other", "additional", "further", "new", "separate"})
_ARTICLES = frozenset({"a", "an"})
_SMALL = 12  # a number up to this, told again by "the", points back
_FIRST_YEAR, _LAST_YEAR = 1500, 2100  # digits that may be a year's
_TIME_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_MEASURED = _TIME_UNITS | {"mile", "km", "m", "foot"}
_SHORTEST_PLURAL = 4
_WORDS_KEPT = 1 << 14
_MOST_NOUNS = 5
_NO_PLURAL = ("ss", "us", "is", "'s", "’s")


class _Word(NamedTuple):
    """One of the words after a number, with its characters in the text."""

    text: str
    lower: str
    start: int
    end: int


class _Counted(NamedTuple):
    """What a number counts: the characters of the words that say so, the noun, and what befell it."""

    what: Span
    scope: str = ""
    fate: str = ""


@dataclass(frozen=True)
class _Site:
    """A number in its sentence, with the words before it and after it."""

    text: str
    number: Number
    sentence: tuple[int, int]
    words: tuple[_Word, ...]
    modifier: str
    begins: int

    @cached_property
    def head(self) -> str:
        """What the sentence says before the number and its modifier."""
        return self.text[max(self.sentence[0], self.begins - _BEHIND) : self.begins]

    @cached_property
    def last_word(self) -> str:
        found = _LAST.findall(self.head[-40:])
        return found[-1] if found else ""


def figures(read: Material, statements: tuple[Statement, ...] = ()) -> tuple[Figure, ...]:
    """The quantities of an article in the order of their places, none overlapping another.

    `statements` tell by whom: the speaker in whose content a figure stands, the innermost one, by name.
    """
    around = read.around
    said = Contents(statements)
    taken = -1
    found: list[Figure] = []
    for site, figure in _found(read, around):
        if figure.span.start < taken or site.number.start < taken:
            continue
        taken = figure.span.end
        number = around.sentence(site.number.start)
        found.append(
            replace(
                figure,
                by=said.speaker(site.number.start, site.number.end),
                time=around.date(number, site.number.start),
                place=around.places.get(number),
            )
        )
    return tuple(found)


def _found(read: Material, around: Surroundings) -> Iterator[tuple[_Site, Figure]]:
    tokens = read.tokens
    text = tokens.text
    barred = _barred(read)
    starts = [start for start, _ in barred]
    edges, _ = tokens.edges
    lower = tokens.lower
    begins = {word for word in set(lower) if numbers.begins(word)}
    for place in compress(range(len(lower)), map(begins.__contains__, lower)):
        if lower[place] in _ARTICLES and (place + 1 == len(lower) or not _may_follow(lower[place + 1])):
            continue
        start = edges[place]
        at = bisect_left(starts, start + 1) - 1
        if at >= 0 and barred[at][1] > start:
            continue
        sentence = around.bounds(tokens.sentences[place])
        found = _measured(text, start, sentence) or _read(text, start, sentence)
        if found:
            yield found


@lru_cache(maxsize=_WORDS_KEPT)
def _may_follow(word: str) -> bool:
    """Whether "a" with this word may be a quantity: "a dozen", "an hour", "a third"."""
    return word in numbers.AFTER_ARTICLE or measures().units.get(word) in _MEASURED


def _barred(read: Material) -> list[tuple[int, int]]:
    """Characters that hold no quantity: dates, and the inside of names ("Channel 4 News"); their ends are told apart
    by the words around.
    """
    times = [time.span for time in read.times if time.kind != "DURATION" or time.start is not None]
    text = read.tokens.text
    names = [
        Span(mention.span.start + 1, max(mention.span.start + 1, text.rfind(" ", *mention.span)))
        for entity in read.entities
        if entity.kind is not EntityKind.PLACE
        for mention in entity.mentions
        if mention.form == "name"
    ]
    merged: list[tuple[int, int]] = []
    for start, end in sorted((*times, *names)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _read(text: str, start: int, sentence: tuple[int, int]) -> tuple[_Site, Figure] | None:
    number = numbers.read(text, start)
    if number is None or number.end > sentence[1]:
        return None
    site = _site(text, number, sentence)
    if _AGE.match(text, number.end) or _AGED.search(site.head[-_AGED_REACH:]) or _is_name(site):
        return None
    if number.said == "share":
        return _share(site)
    return _with_unit(site) or _count(site) or _borrowed(site)


def _site(text: str, number: Number, sentence: tuple[int, int]) -> _Site:
    ahead = min(sentence[1], number.end + _AHEAD)
    or_more = _OR_MORE.match(text, number.end)
    after = or_more.end() if or_more else number.end
    words = tuple(
        [_Word(m[0], m[0].lower(), *m.span()) for m in islice(_WORD.finditer(text, after, ahead), _MOST_WORDS)]
    )
    behind = max(sentence[0], number.start - _BEHIND)
    known = measures()
    head = text[behind : number.start]
    last = head.rsplit(None, 1)[-1].lower() if head[-1:].isspace() and not head.isspace() else ""
    found = known.modifier.search(head) if last in known.modifier_ends else None
    modifier = " ".join(found[0].lower().split()) if found else ""
    begins = behind + found.start() + _unsaid(found[0]) if found else number.start
    return _Site(text, number, sentence, words, modifier, begins)


def _unsaid(words: str) -> int:
    """How many characters of a modifier only lead to it: "her nearly"."""
    taken = 0
    for found in re.finditer(r"(\w+)\s+", words):
        if found[1].lower() not in _NO_MODIFIER - {"between"}:
            break
        taken = found.end()
    return taken


def _is_name(site: _Site) -> bool:
    """Whether the number only numbers what stands before it: "Flight 103", "Article 5"."""
    known, number, before = measures().words, site.number, site.last_word
    if site.modifier or number.sign or number.said != "digits" or number.low != number.high:
        return False
    if before.lower() in known["before"] or before.lower().rstrip("s") in known["before"]:
        return True
    is_first = site.head.strip() == before
    is_plain = number.low < numbers.THOUSANDS and number.low == int(number.low)
    follows = site.words[0].lower if site.words else ""
    is_counted = follows in measures().units or follows in known["plurals"]
    return (
        before[:1].isupper() and before.lower() not in known["notnames"] and is_plain and not (is_first or is_counted)
    )


def _measured(text: str, start: int, sentence: tuple[int, int]) -> tuple[_Site, Figure] | None:
    """One unit without a number: "half an hour", "an hour and a half", "almost a week"."""
    found = _AN.match(text, start)
    unit = measures().units.get(found[2].lower()) if found else None
    if found is None or unit not in _MEASURED:
        return None
    part = 0.5 if found[1] else 1.0
    part += {"half": 0.5, "quarter": 0.25}.get((found[3] or "").rpartition(" ")[2].lower(), 0.0)
    site = _site(text, Number(start, found.end(), part, part, "words"), sentence)
    is_told = found[1] or found[3] or (site.modifier and site.modifier not in _NO_MODIFIER | {"some"})
    if not is_told or _AGE.match(text, found.end(3) if found[3] else found.end(2)):
        return None
    return site, _made(site, unit, site.words, found.end())


def _with_unit(site: _Site) -> tuple[_Site, Figure] | None:
    """A number with a currency sign or a unit after it."""
    number = site.number
    unit, taken = _unit(site.words)
    if number.metres:
        if _plural(site.words[:1]) is not None:
            return None
        unit, taken = "m", 0
    if number.sign:
        if unit not in {"USD", "EUR", "GBP"}:
            taken = 0
        unit = measures().signs.get(number.sign.upper(), number.sign)
    if not unit or number.said == "share":
        return None
    if unit == "GBP" and not number.sign and taken < len(site.words) and site.words[taken].lower == "of":
        unit = "pound"
    is_shift = taken < len(site.words) and site.words[taken].lower in _SHIFTS
    if unit in _TIME_UNITS and (_is_definite(site) or is_shift):
        return None
    end = site.words[taken - 1].end if taken else number.end
    if taken and "-" in site.words[taken - 1].text and site.words[taken - 1].lower not in measures().units:
        end = site.words[taken - 1].start + len(site.words[taken - 1].text.split("-")[0])
    return site, _made(site, unit, site.words[taken:], end)


def _unit(words: Sequence[_Word]) -> tuple[str, int]:
    """The unit that the words begin with, and how many of them name it."""
    known = measures().units
    at = 1 if words and words[0].text in {"-", "‐", "‑"} else 0
    for length in (3, 2, 1):
        unit = known.get("-".join(word.lower for word in words[at : at + length]))
        if unit and len(words) >= at + length:
            return unit, at + length
    if len(words) > at and "-" in words[at].text:
        unit = known.get(words[at].lower.split("-")[0])
        return (unit, at + 1) if unit else ("", 0)
    return "", 0


def _share(site: _Site) -> tuple[_Site, Figure] | None:
    """A part of a whole, told in percent."""
    number = site.number
    counted = _after_of(site.words) or _adjoining(site.words)
    if counted is None:
        return None
    value = 100 * number.low
    what = site.text[slice(*counted.what)]
    span = Span(site.begins, counted.what.end)
    return site, Figure(span, value, value, "percent", what, _modifier(site), scope=counted.scope, fate=counted.fate)


def _made(site: _Site, unit: str, words: Sequence[_Word], end: int) -> Figure:
    """The figure of a measured quantity: what it is of is told after it, or else before it."""
    number = site.number
    fate = measures().fates.get(words[0].lower, "") if words and unit == "percent" else ""
    counted = _after_of(words) or _adjoining(words)
    if counted:
        what, until = site.text[slice(*counted.what)], counted.what.end
    else:
        what, until = leads.lead(site.head, site.last_word), end
    scope = counted.scope if counted else ""
    span = Span(site.begins, max(end, until))
    return Figure(span, number.low, number.high, unit, what, _modifier(site), scope=scope, fate=fate)


def _after_of(words: Sequence[_Word]) -> _Counted | None:
    """What stands after "of" or "in": "40 percent of the flow"."""
    if not words or words[0].lower not in {"of", "in", "worth"}:
        return None
    start = 1 + (len(words) > 1 and words[1].lower == "of")
    while start < len(words) and words[start].lower in {
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "all",
        "those",
        "these",
        "a",
        "an",
    }:
        start += 1
    nouns = _nouns(words[start:])
    if not nouns or (words[0].lower == "in" and nouns[0].text[:1].isupper()):
        return None
    return _Counted(Span(nouns[0].start, nouns[-1].end), " ".join(word.lower for word in nouns))


def _adjoining(words: Sequence[_Word]) -> _Counted | None:
    """The noun right after a unit: "a 90-day truce", "$3bn aid package"."""
    nouns = _nouns(words)
    if not nouns or nouns[0].lower in measures().words["notnouns"] or nouns[0].text[:1].isupper():
        return None
    return _Counted(Span(nouns[0].start, nouns[-1].end), " ".join(word.lower for word in nouns))


def _nouns(words: Sequence[_Word]) -> list[_Word]:
    """The words up to the first that belongs to no noun phrase."""
    stops = measures().words["stops"]
    kept: list[_Word] = []
    for word in words[:_MOST_NOUNS]:
        if not word.text[0].isalpha() or word.lower in stops or (kept and word.lower.endswith("ly")):
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1].lower.endswith("ed"):
        kept.pop()
    return kept


def _count(site: _Site) -> tuple[_Site, Figure] | None:
    """A number of people or things, by a noun in the plural or by what befell them."""
    number = site.number
    is_plain = number.said == "digits" and number.low == number.high and not site.modifier
    if is_plain and _FIRST_YEAR <= number.low <= _LAST_YEAR and "," not in site.text[number.start : number.end]:
        return None
    counted = _counted(site)
    if counted is None or (_is_definite(site) and not counted.fate):
        return None
    low, high = (number.low * 1e6, number.high * 1e6) if number.metres else (number.low, number.high)
    what = site.text[slice(*counted.what)]
    span = Span(site.begins, max(number.end, counted.what.end))
    return site, Figure(span, low, high, "", what, _modifier(site), scope=counted.scope, fate=counted.fate)


def _borrowed(site: _Site) -> tuple[_Site, Figure] | None:
    """The first of two numbers with one unit: "from 10 to 15 percent"."""
    link = _TO.match(site.text, site.number.end)
    other = numbers.read(site.text, link.end()) if link else None
    if other is None or other.said not in {"digits", "words"} or other.end > site.sentence[1]:
        return None
    found = _with_unit(_site(site.text, other, site.sentence))
    if found is None or found[1].unit in _TIME_UNITS or not found[1].unit:
        return None
    figure = _made(replace(site, words=()), found[1].unit, (), site.number.end)
    return site, replace(figure, scope=found[1].scope)


def _counted(site: _Site) -> _Counted | None:
    known = measures()
    words = list(site.words)
    while words and (words[0].lower in _MORE or words[0].text in {"-", "‐", "‑"}):
        words.pop(0)
    if words and words[0].lower == "of":
        start = 1
        while start < len(words) and words[start].lower in {
            "the",
            "its",
            "their",
            "his",
            "her",
            "our",
            "those",
            "these",
        }:
            start += 1
        words = words[start:]
    nouns = [] if _unit(words)[1] else _nouns(words)
    head = _plural(nouns, single=site.number.high == 1)
    if head is not None:
        fates = [known.fates[word.lower] for word in nouns[:head] if word.lower in known.fates]
        after = _fate_after(words[head + 1 :])
        own = known.fates.get(nouns[head].lower, "")
        fate = own or (fates[0] if fates else after[0] if after else _fate_before(site))
        scope = " ".join(word.lower for word in nouns[: head + 1] if word.lower not in known.fates)
        return _Counted(Span(nouns[0].start, after[1] if after and not fates else nouns[head].end), scope, fate)
    if site.number.high == 1 and site.number.said == "words":
        return None
    bare = _fate_after(words)
    if bare:
        return _Counted(Span(words[0].start, bare[1]), "", bare[0])
    before = _fate_before(site)
    if before and not nouns:
        end = site.begins + len(site.head.rstrip()) - len(site.head)
        return _Counted(Span(end - len(site.last_word), end), "", before)
    toll = _TOLL.search(site.head)
    if toll and site.number.said != "vague":
        start = site.begins - len(site.head) + toll.start(1)
        return _Counted(Span(start, start + len(toll[1])), "", "killed") if not nouns else None
    return None


def _plural(words: Sequence[_Word], *, single: bool = False) -> int | None:
    """The place of the last word that is a noun in the plural (of the first in the singular where one is counted)."""
    known = measures().words
    if single:
        return next((place for place, word in enumerate(words[:3]) if word.lower in known["single"]), None)
    for place in range(len(words) - 1, -1, -1):
        word = words[place].lower
        if word in known["notcounts"] and word != "others":
            continue
        if word in known["plurals"]:
            return place
        if word.endswith("s") and len(word) >= _SHORTEST_PLURAL and not word.endswith(_NO_PLURAL):
            return place
    return None


def _fate_after(words: Sequence[_Word]) -> tuple[str, int] | None:
    """What befell the counted, past auxiliaries ("were killed"), and where the word that says so ends."""
    known = measures()
    if words and words[0].lower == "of":
        words = _past_of(words)
    for word in words[:6]:
        if word.lower in known.fates:
            return known.fates[word.lower], word.end
        if word.lower not in known.words["auxiliaries"] and not word.lower.endswith("ly"):
            return None
    return None


def _past_of(words: Sequence[_Word]) -> Sequence[_Word]:
    """The words from the auxiliary on that follows "of" and a noun: "were freed" of "of war were freed"."""
    auxiliaries = measures().words["auxiliaries"]
    at = next((place for place, word in enumerate(words[:_MOST_NOUNS]) if word.lower in auxiliaries), 0)
    return words[at:] if at > 1 else ()


def _fate_before(site: _Site) -> str:
    word = site.last_word.lower()
    return "" if word in _HELD else measures().fates.get(word, "")


def _is_definite(site: _Site) -> bool:
    """Whether a small number only points back: "the two leaders"."""
    words = site.modifier.split()
    return bool(words) and words[-1] in measures().words["definite"] and site.number.high <= _SMALL


def _modifier(site: _Site) -> str | None:
    after = _OR_MORE.match(site.text, site.number.end)
    words = [word for word in site.modifier.split(" ") if word]
    while words and words[0] in _NO_MODIFIER:
        words.pop(0)
    while words and words[-1] in _NO_MODIFIER:
        words.pop()
    told = " ".join(words)
    return (after[0].strip().lower() if after else "") or told or None
