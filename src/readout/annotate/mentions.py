"""Where a text names persons, bodies, places and works: runs of capitals, cut at titles and offices. No coreference.

Capitals at the head of a sentence, in headlines and in text all in capitals count where the same word is met with a
capital inside an ordinary sentence. One pass over the capitals, linear; scripts without capitals have no names here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress, islice
from operator import ne
from typing import NamedTuple

from readout.annotate.cues import lexicon
from readout.annotate.lists import Lists, lists
from readout.annotate.named_kinds import kind_of
from readout.annotate.tokens import Tokens
from readout.models import EntityKind

_ABBREVIATED = frozenset(
    "mr mrs ms dr st sen gen gov rep prof rev hon lt col capt sgt maj adm jr sr inc corp co ltd".split()
)
_AUXILIARY = frozenset("is was are were has had have will would can could may might does did do shall should".split())
_JOINING = frozenset({"&", "of", "and", "for", ".", "the", "on"})
_OPENING = frozenset({"“", '"', "``", "‘", "'", "(", "[", ":", "•", "-", "–", "—", "«", "„", "*", "''"})
_GLUE = frozenset("@#/_=\\")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|['’].*")
_PARTY = re.compile(r"[DRI]-[A-Z][A-Za-z]{0,4}")
_NUMBER = re.compile(r"\d{1,3}s?")
_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w-]+")
_LONGEST = 12  # words of one name: longer runs of capitals are no name but a heading or noise
_SHORT = 2
_OPENS = frozenset({"“", '"', "``", "‘", "«", "„"})
_CLOSES = frozenset({"”", '"', "''", "’", "»", "“"})
_BETWEEN = 3  # small words inside a name, at the most
# What stands behind a hyphen in a word made of a name; a second part of a given name is none of these ("Ki-moon").
_SAYS_BY_NAME = re.compile(
    r"\w{2,}ed|\w{3,}ing|led|born|built|made|run|held|drawn|driven|language|style|like|wide|era|worthy|heavy|friendly|themed"
)
_WORDS_KEPT = 1 << 14
_CAPITALS = 10  # words with capitals for each without, from which a sentence is a headline
_FEW = 4


class Named(NamedTuple):
    """Tokens `first` to `last` (both included) that name something; `kind` is None where they do not tell.

    `role` are the words of office or description beside it, `titled` that a title or office stands before it;
    `gender` is "m", "f" or "".
    """

    first: int
    last: int
    kind: EntityKind | None
    role: str = ""
    titled: bool = False
    gender: str = ""
    demonym: bool = False


@dataclass
class Reading:
    """What the finder knows of a text: its words, which of them open sentences, where capitals mean something."""

    tokens: Tokens
    sentences: list[int]
    capitals: list[int]
    plain_heads: list[bool] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)

    def opens(self, place: int) -> bool:
        """Whether a sentence, or a quotation in it, begins with this token."""
        if place == 0 or self.sentences[place - 1] != self.sentences[place]:
            return True
        return self.tokens.words[place - 1] in _OPENING


def read(tokens: Tokens) -> Reading:
    """The capitals of a text and what they are worth."""
    words, lower = tokens.words, tokens.lower
    capitals = [
        place
        for place in compress(range(len(words)), map(ne, words, lower))
        if words[place][0] != lower[place][0] or _begins_small(words[place])
    ]
    numbers = tokens.sentences
    reading = Reading(tokens, numbers, capitals)
    reading.plain_heads = _headlines(words, lower, reading)
    reading.small = set(words).intersection(lower)
    for place in capitals:
        if not reading.plain_heads[numbers[place]] and not reading.opens(place):
            reading.inside.add(lower[place])
    return reading


def _begins_small(word: str) -> bool:
    """Whether a name begins with a small letter: "iPhone", "al-Assad", but not "pro-Russian"."""
    head, hyphen, _ = word.partition("-")
    return head in lists().particles if hyphen else any(map(str.isupper, word[1:_FEW]))


def _headlines(words: tuple[str, ...], lower: tuple[str, ...], reading: Reading) -> list[bool]:
    """For each sentence whether all but a few of the words that carry meaning have capitals."""
    numbers = reading.sentences
    capital: dict[int, int] = {}
    for place in reading.capitals:
        if len(words[place]) >= _FEW:
            capital[numbers[place]] = capital.get(numbers[place], 0) + 1
    told = [False] * (numbers[-1] + 1 if numbers else 0)
    plain = lists().plain
    for number, has in capital.items():
        if has >= _FEW:
            begin, end = bisect_left(numbers, number), bisect_right(numbers, number)
            small = (
                place
                for place in range(begin, end)
                if words[place] == lower[place]
                and len(lower[place]) > _SHORT
                and lower[place] not in plain
                and lower[place][0].isalpha()
            )
            told[number] = next(islice(small, has // _CAPITALS, None), None) is None
    return told


def named(reading: Reading) -> list[Named]:
    """All names of a text, in order, none overlapping."""
    words = lists()
    found: list[Named] = []
    for first, last in _met_by_chance(reading, list(_runs(reading, words))):
        found += _parted(reading, words, first, last)
    return found


def _met_by_chance(reading: Reading, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs, with those of the head line cut where two names only meet: "Minister tells Okell Norholt will pay"."""
    lower, numbers = reading.tokens.lower, reading.tokens.paragraphs
    below = {lower[first : last + 1] for first, last in runs if numbers[first]}
    ends = {run[-1] for run in below}
    for first, last in runs:
        if not numbers[first] and last > first and lower[first : last + 1] not in below:
            cuts = [at for at in range(first, last) if lower[at] in ends and lower[at + 1 : last + 1] in below]
            if cuts:
                yield first, cuts[0]
                first = cuts[0] + 1  # noqa: PLW2901 - the rest of it
        yield first, last


def _is_name(reading: Reading, words: Lists, place: int) -> bool:
    low = reading.tokens.lower[place]
    if not _may_be_name(reading, place, low):
        return False
    if reading.plain_heads[reading.sentences[place]]:
        return low in reading.inside or low in words.states or low in words.places or low in words.demonyms
    if not reading.opens(place) or low in reading.inside:
        return True
    return _opens_with_name(reading, words, place, low)


def _may_be_name(reading: Reading, place: int, low: str) -> bool:
    """Whether a word with a capital is one that can be a part of a name at all."""
    return _is_word_of_names(reading.tokens.words[place], low) and not _is_glued(reading, place)


@lru_cache(maxsize=_WORDS_KEPT)
def _is_made_of_name(word: str) -> bool:
    """Whether a word only says something by a name: "US-led", "Halmar-based"."""
    head, hyphen, tail = word.rpartition("-")
    return bool(hyphen) and head[:1].isupper() and tail.islower() and _SAYS_BY_NAME.fullmatch(tail) is not None


@lru_cache(maxsize=_WORDS_KEPT)
def _is_word_of_names(word: str, low: str) -> bool:
    if _is_made_of_name(word):
        return False
    if not low[0].isalpha() and (not low[0].isdigit() or low.isdigit() or _ORDINAL.fullmatch(low)):
        return False
    if word[1:2] == "-" and (_PARTY.fullmatch(word) or word[2:].islower()):
        return False
    return low not in lists().plain or word == "US"


def _is_glued(reading: Reading, place: int) -> bool:
    """Whether the word is a part of an address, a tag or a state's letters after a party's ("R-IN")."""
    start = reading.tokens.edges[0][place]
    before = reading.tokens.text[start - 1 : start]
    alone = before == "." and len(reading.tokens.words[place]) <= _SHORT
    return alone or (bool(before) and before in _GLUE)


def _opens_with_name(reading: Reading, words: Lists, place: int, low: str) -> bool:
    """Whether the first word of a sentence is a name though no other place tells."""
    word = reading.tokens.words[place]
    if (len(word) >= _SHORT and word.isupper()) or any(one.isupper() for one in word[1:]):
        return True
    if any(low in known for known in (words.states, words.demonyms, words.titles, words.families, words.capitals)):
        return True
    after = reading.tokens.lower[place + 1] if place + 1 < len(reading.tokens) else ""
    follows = reading.tokens.words[place + 1] if after else ""
    if low in words.roles or low in words.before_roles:
        return follows != after
    if low in words.heads or low in reading.small or low.endswith(("ly", "ing")):
        return False
    if follows != after and after not in words.plain:
        return True
    return after in _AUXILIARY or after in {"'s", "’s"} or lexicon().has(after, "past")


def _runs(reading: Reading, words: Lists) -> Iterator[tuple[int, int]]:
    """First and last tokens of each run of capitals that hang together."""
    done = -1
    for place in reading.capitals:
        if place <= done or not _is_name(reading, words, place):
            continue
        last = place
        while last - place < _LONGEST:
            after = _joined(reading, words, place, last)
            if after == last:
                break
            last = after
        done = last
        if not _goes_on_as_made(reading, last):
            yield place, last


def _goes_on_as_made(reading: Reading, last: int) -> bool:
    """Whether a run is the head of a word made of it: "New York-based"."""
    words, after = reading.tokens.words, last + 1
    return after < len(words) and reading.sentences[after] == reading.sentences[last] and _is_made_of_name(words[after])


def _joined(reading: Reading, words: Lists, first: int, last: int) -> int:
    """The next token of the run that ends with `last`, or `last` where none is."""
    lower, size = reading.tokens.lower, len(reading.tokens)
    sentence = reading.sentences[last]
    place = last + 1
    if place >= size or reading.sentences[place] != sentence:
        return last
    word = reading.tokens.words[place]
    if word != lower[place]:
        return place if _is_name(reading, words, place) else last
    if _is_number(word):
        return place if lower[last] not in words.plain and not reading.plain_heads[sentence] else last
    stop = place
    while stop < size and stop - place < _BETWEEN and (lower[stop] in _JOINING or lower[stop] in words.particles):
        stop += 1
    if stop >= size or stop == place or reading.sentences[stop] != sentence:
        return last
    between = lower[place:stop]
    if reading.tokens.words[stop] == lower[stop] or not _is_name(reading, words, stop):
        return last
    return stop if _joins(reading, words, (first, last, stop), between) else last


@lru_cache(maxsize=_WORDS_KEPT)
def _is_number(word: str) -> bool:
    """Whether a word is a number or holds one, as a model's name does."""
    return bool(_NUMBER.fullmatch(word) or _MODEL.fullmatch(word))


def _joins(reading: Reading, words: Lists, run: tuple[int, int, int], between: tuple[str, ...]) -> bool:
    first, last, after = run
    lower = reading.tokens.lower
    if all(one in words.particles for one in between):
        return True
    if between == (".",):
        return lower[last] in _ABBREVIATED or (len(lower[last]) == 1 and lower[last].isalpha())
    if between == ("&",):
        return True
    held = lower[first : last + 1]
    if between[0] in {"of", "for", "on"} and len(between) <= _SHORT and between[-1] in {"of", "for", "on", "the"}:
        wide = any(one in words.bodies_of for one in held) and not any(one in words.roles for one in held)
        return wide and (between[0] == "of" or "of" not in held)
    if between == ("and",):
        return ("of" in held and held[0] in words.bodies_of) or _ends_body(reading, words, first, last, after)
    return False


def _ends_body(reading: Reading, words: Lists, first: int, last: int, after: int) -> bool:
    """Whether "A B and C Company" is one name: more than one word before, and a body's noun right after."""
    lower = reading.tokens.lower
    if last - first < 1 or lower[after] in words.bodies or any(one in words.bodies for one in lower[first : last + 1]):
        return False
    return any(
        low in words.bodies and low != reading.tokens.words[at]
        for at, low in enumerate(lower[after + 1 : after + 3], after + 1)
    )


def _parted(reading: Reading, words: Lists, first: int, last: int) -> Iterator[Named]:
    """The names of one run, which titles and offices separate."""
    lower = reading.tokens.lower
    office = _department(reading, words, first)
    first += office is not None and first < last
    begin, place = first, first
    while place <= last:
        stop = _office(reading, words, place, last)
        if stop == place:
            place += 1
            continue
        if begin < place:
            yield from _single(reading, words, begin, place - 1, office)
        office = (place, stop - 1)
        begin = place = stop
        if begin <= last and lower[begin] == ".":
            begin = place = begin + 1
    if begin <= last:
        yield from _single(reading, words, begin, last, office)


def _department(reading: Reading, words: Lists, first: int) -> tuple[int, int] | None:
    """The office that a run of capitals goes on with: "Secretary of | State John Kerry"."""
    lower = reading.tokens.lower
    at = first - 1
    while at > 0 and lower[at] in {"of", "the"}:
        at -= 1
    if at == first - 1 or at < 0 or lower[first] not in words.departments or lower[at] not in words.roles:
        return None
    return (at, first) if reading.sentences[at] == reading.sentences[first] else None


def _office(reading: Reading, words: Lists, place: int, last: int) -> int:
    """Where a title or office that begins at `place` ends; `place` where none begins."""
    lower = reading.tokens.lower
    if lower[place] in words.titles:
        return place + 1
    stop = place
    while stop <= last and lower[stop] in words.before_roles:
        stop += 1
    begun = stop
    while stop <= last and (lower[stop] in words.roles or lower[stop] in {"-elect", "officer"}):
        stop += 1
    if stop == begun and not (stop > place and lower[stop - 1] in words.roles):
        return place
    if stop <= last and lower[stop] in words.bodies and lower[place] not in {"president", "chairman"}:
        return place
    return stop


def _single(reading: Reading, words: Lists, first: int, last: int, office: tuple[int, int] | None) -> Iterator[Named]:
    """One name; a people's name before another word of office stands for itself."""
    lower = reading.tokens.lower
    while last > first and lower[last] in {"of", "and", ".", "the", "&"}:
        last -= 1
    if office is not None:
        yield _person(reading, words, first, last, office)
        return
    if first == last and lower[first] in words.demonyms:
        yield Named(first, last, EntityKind.PLACE, demonym=True)
        return
    if first == last and lower[first] in {"jr", "sr"}:
        return
    if (
        lower[first] in words.parties
        and last - first >= _SHORT - 1
        and lower[last] not in words.bodies
        and lower[last] not in words.others
    ):
        yield Named(first, first, EntityKind.BODY, demonym=True)
        yield from _single(reading, words, first + 1, last, None)
        return
    kind = _titled_work(reading, first, last) or _dateline(reading, first, last)
    kind = kind or kind_of(lower[first : last + 1], reading.tokens.words[first : last + 1])
    before = _office_before(reading, words, first)
    if before is not None and kind in {None, EntityKind.PERSON}:
        yield _person(reading, words, first, last, before)
        return
    role = _apposition(reading, words, last) if kind in {None, EntityKind.PERSON} else ""
    if role:
        kind = EntityKind.PERSON
    gender = words.genders.get(lower[first], "") if kind is EntityKind.PERSON else ""
    yield Named(first, last, kind, role, gender=gender or _told(role, words))


def _person(reading: Reading, words: Lists, first: int, last: int, office: tuple[int, int]) -> Named:
    lower = reading.tokens.lower
    start, end = office
    title = lower[start : end + 1]
    gender = next((words.genders[one] for one in reversed(title) if words.genders.get(one)), "")
    begin = start
    while begin > 0 and start - begin < _LONGEST and _describes(reading, words, begin - 1, start):
        begin -= 1
    role = (
        ""
        if len(title) == 1 and title[0] in words.titles and title[0] not in words.roles
        else " ".join(reading.tokens.words[begin : end + 1])
    )
    role = _apposition(reading, words, last) or role
    given = words.genders.get(lower[first], "") if last > first else ""
    return Named(first, last, EntityKind.PERSON, role, titled=True, gender=gender or given)


def _describes(reading: Reading, words: Lists, place: int, start: int) -> bool:
    """Whether a word before an office is the people or body it is held in: "Green Party candidate"."""
    word, low = reading.tokens.words[place], reading.tokens.lower[place]
    if reading.sentences[place] != reading.sentences[start] or low in words.plain:
        return False
    return (
        word != low
        and low[0].isalpha()
        and not (reading.opens(place) and low not in reading.inside and low not in words.demonyms)
    )


def _office_before(reading: Reading, words: Lists, first: int) -> tuple[int, int] | None:
    """Words of office in small letters right before a name: "finance minister X"."""
    lower = reading.tokens.lower
    end = first - 1
    if end < 0 or reading.sentences[end] != reading.sentences[first] or lower[end] not in words.roles:
        return None
    start = end
    while (
        start > 0
        and reading.sentences[start - 1] == reading.sentences[first]
        and (lower[start - 1] in words.before_roles or lower[start - 1] in words.roles)
    ):
        start -= 1
    return start, end


def _apposition(reading: Reading, words: Lists, last: int) -> str:
    """The description after a name and a comma: "X, the finance minister of Y,"; "" where there is none."""
    lower, size = reading.tokens.lower, len(reading.tokens)
    if last + 2 >= size or lower[last + 1] not in {",", "("}:
        return ""
    begin = last + 2
    if lower[begin] in {"a", "an", "the", "who", "its", "their", "his", "her"}:
        begin += 1
    met = False
    for place in range(begin, min(size, begin + _LONGEST)):
        if reading.sentences[place] != reading.sentences[last]:
            return ""
        if lower[place] in {",", ")", ".", ";", "–", "—"}:
            return " ".join(reading.tokens.words[begin:place]) if met and place > begin else ""
        if not met and (lower[place] in _AUXILIARY or lexicon().has(lower[place], "past")):
            return ""
        shown = reading.tokens.words[place]
        if lower[place - 1] in words.roles and shown != lower[place] and lower[place] not in words.roles:
            return ""  # the office is that of the next name
        met = met or lower[place] in words.roles
    return ""


def _told(role: str, words: Lists) -> str:
    return next((sex for one in reversed(role.lower().split()) if (sex := words.genders.get(one, ""))), "")


def _titled_work(reading: Reading, first: int, last: int) -> EntityKind | None:
    """A work where the name fills a quotation: “American Skin”."""
    words = reading.tokens.words
    if first in {0, last} or last + 1 >= len(words):
        return None
    end = last + 1 if words[last + 1] not in {",", "."} else min(last + 2, len(words) - 1)
    return EntityKind.WORK if words[first - 1] in _OPENS and words[end] in _CLOSES else None


def _dateline(reading: Reading, first: int, last: int) -> EntityKind | None:
    """A place where the name, all in capitals, opens a paragraph: "PARIS, May 5 —"."""
    words, paragraph = reading.tokens.words, reading.tokens.paragraphs
    if last + 1 >= len(words) or words[last + 1] not in {",", "(", "—", "–", "-", "--"} or not words[first].isupper():
        return None
    if first and paragraph[first - 1] == paragraph[first]:
        return None
    return EntityKind.PLACE if all(word.isupper() for word in words[first : last + 1]) else None
