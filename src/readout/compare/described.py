"""Who is described, and in which words: beside a name, and where two, an office or "its" spokesman are told.

Whom the words mean is decided elsewhere (`sides`): nothing here knows who is of which side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from readout.compare.told import Report, reading_of
from readout.models import Entity, EntityKind

_LEFT, _RIGHT = 80, 90  # characters beside a name in which its holder is described
_WORD = r"[^\W\d_][\w’'-]*"
NAME = r"[A-ZÀ-Þ][\w-]+(?: (?:of |& )?[A-ZÀ-Þ][\w-]+){0,3}"
_LOWER_NAME = NAME.replace("A-ZÀ-Þ", "a-zà-þ")
CAPITAL = r"[A-ZÀ-Þ][\w-]+"
_LAND = rf"(?:the )?{CAPITAL}(?: {CAPITAL})?"
_PERSON = rf"{CAPITAL}(?: {CAPITAL}){{0,3}}"
_OWNED = re.compile(rf"(?P<whom>{NAME})['’]s? (?:{_WORD} ){{0,4}}?{_WORD},? \Z")
_OF_LAND = re.compile(rf"\A of {_LAND}")
_TITLES = re.compile(  # in lower case, in which they are found several times as fast
    r"\b(?:president|minister|chancellor|premier|leader|king|queen|prince|spokes\w+|negotiator|envoy|ambassador|diplomat|"
    r"official|adviser|advisor|aide|secretary|governor|mayor|general|chief|head|chair\w*|director|officer|commander|deputy|"
    r"lawmaker|senator|council\w*|executive|lawyer|attorney|manager|representative|delegate|delegation|government|army|"
    r"military|ministry|parliament|engineer|union|board|company|owner|office|counterpart)s?\b"
)
TITLE = re.compile(_TITLES.pattern, re.IGNORECASE)
_ITS = re.compile(rf"\b[Ii]ts (?P<words>(?:[a-z]+ ){{0,2}}?{_TITLES.pattern}),? (?=[A-ZÀ-Þ])")
_BODYS = re.compile(
    rf"\b[Tt]he (?P<body>union|ministry|company|army|government|agency|commission|court|council|board|party|fund|group|"
    rf"federation|institute|bank)['’]s (?:(?P<words>(?:[a-z-]+ ){{0,2}}?{_TITLES.pattern}),? )?(?=[A-ZÀ-Þ])"
)
PAIRED = re.compile(  # "the presidents of Veldania and Caldria, Orrin Valtec and Tamsin Okell"
    rf"s of (?P<one>{_LAND}) and (?P<other>{_LAND}), (?P<first>{_PERSON}) and (?P<second>{_PERSON})"
)
_BEFORE_PLURAL = re.compile(rf"(?:{_WORD} )?(?:president|minister|chancellor|premier|leader|king|queen|head|chief)\Z")
_SEAT = re.compile(rf"\b(?P<office>office|ministry|government|palace) in (?P<seat>{NAME})")
_BEFORE_SEAT, _SEAT_REACH = re.compile(rf"(?:{_WORD} ){{0,3}}\Z"), 100  # words before it, within so many characters
_LAST = rf"{TITLE.pattern}(?: (?:of|for|to) (?:the )?{_LOWER_NAME})?,? "
_TITLE_LAST = re.compile(rf"{_LAST}\Z")  # of words in lower case
_BEFORE = re.compile(rf"(?<![^\W\d_])(?P<words>(?:{_WORD} ){{0,6}}{_LAST})\Z", re.IGNORECASE)
_JOINS = re.compile(r"\W*(?:and|but|or|nor|as|while)\b", re.IGNORECASE)  # what follows is of another
_TELLS = r"(?:said|says|say|told|according|\w+ed (?:an?|the|that|by|in|on|at|it|to))\b"  # in Gaza, said the army
_TURNS = r"(?:after|before|since|because|against|by|from|at|on|in|when|where|with|if|had|has|said|says|told|that)\b"
_AFTER = re.compile(  # "Gaza, hours after the army …" is no army
    rf"\A, (?!{_JOINS.pattern}|{_TELLS})(?P<words>(?:(?!{_TURNS}){_WORD} ){{0,6}}?{TITLE.pattern}[^,.;:“”\"]{{0,60}})",
    re.IGNORECASE,
)


def seated(reports: Sequence[Report], said: Collection[str]) -> Iterator[tuple[str, str]]:
    """Speakers that are the town of somebody's office, with the words for that office."""
    for report in reports:
        text = reading_of(report).text
        for found in _SEAT.finditer(text):
            if found["seat"] in said:
                words = _BEFORE_SEAT.search(text, max(0, found.start() - _SEAT_REACH), found.start())
                yield found["seat"], f"{words[0] if words else ''}{found['office']}"


def described(reports: Sequence[Report], names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Speakers with the words that describe them beside their name, and with their roles."""
    for report in reports:
        text = reading_of(report).text
        for one in report.annotation.entities:
            if one.name in names:
                yield from ((one.name, role) for role in one.roles if not _JOINS.match(role))
                yield from ((one.name, words) for words in _beside(text, one))
        yield from _paired(text)


def _paired(text: str) -> Iterator[tuple[str, str]]:
    """Two who are told in one breath with the lands of which they are, in the same order."""
    for found in PAIRED.finditer(text):
        office = _BEFORE_PLURAL.search(text, max(0, found.start() - _LEFT), found.start())
        if office:
            yield found["first"], f"{office[0]} of {found['one']}"
            yield found["second"], f"{office[0]} of {found['other']}"


def its(reports: Sequence[Report], names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Who is "its spokesman", of the only body or land that the paragraph names before him; with the words for it."""
    for report in reports:
        text = reading_of(report).text
        found = {each.end(): each for each in _ITS.finditer(text)}
        if not found:
            continue
        named = [(mention.span.start, one) for one in report.annotation.entities for mention in one.mentions]
        for at, one in named:
            if at in found and one.kind is EntityKind.PERSON:
                start = text.rfind("\n", 0, at)
                bodies = {
                    names.get(each.name, "")
                    for place, each in named
                    if start < place < found[at].start() and each.kind is not EntityKind.PERSON
                }
                if len(bodies) == 1 and (whom := bodies.pop()):
                    yield one.name, whom, f"{found[at]['words']} of {whom}"


def of_bodies(reports: Sequence[Report], said: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Who is "the union's leader" or just "the union's": of the speaker whose name ends in that word, where he is the
    only one that speaks in these texts or is named in that one; with the words for it.
    """
    for report in reports:
        text = reading_of(report).text
        found = {each.end(): each for each in _BODYS.finditer(text)}
        for one in report.annotation.entities if found else ():
            for mention in one.mentions if one.kind is EntityKind.PERSON else ():
                words = found.get(mention.span.start)
                if words and (whom := _only(words["body"], text, said)):
                    yield one.name, whom, words[0].strip(" ,")


def _only(body: str, text: str, said: Collection[str]) -> str:
    """The only speaker whose name ends in that word, if the text names no other that does; else ""."""
    named = re.findall(rf"(?:[A-ZÀ-Þ][\w’'-]* )+{body.title()}\b", text)
    speak = sorted(name for name in said if name.rpartition(" ")[2].lower() == body)
    plain = {name.replace("’", "'").removeprefix("The ").removeprefix("A ") for name in (*named, *speak)}
    return speak[0] if speak and len(plain) == 1 else ""


def _beside(text: str, one: Entity) -> Iterator[str]:
    for mention in one.mentions:
        if mention.form != "name":
            continue
        left = text[max(0, mention.span.start - _LEFT) : mention.span.start].rpartition("\n")[2]
        right = text[mention.span.end : mention.span.end + _RIGHT].partition("\n")[0]
        before = left if left.endswith(" ") and _TITLES.search(left.lower()) else ""
        after = right if right.startswith(", ") and _TITLES.search(right.lower()) else ""
        titled = before if before and _TITLE_LAST.search(before.lower()) else ""
        land = _OF_LAND.match(right) if titled else None
        if land:
            yield f"{_last_phrase(titled).strip()}{land[0]}"
        for pattern, side in ((_OWNED, before), (_BEFORE, titled), (_AFTER, after)):
            found = pattern.search(side) if side else None
            if found and TITLE.search(found[0]):
                yield found["words"] if pattern is _AFTER else _last_phrase(found[0])


def _last_phrase(words: str) -> str:
    """What stands after the last "and", "but", "said" or "told": a description does not reach over a verb."""
    return re.split(r"\b(?:and|but|said|told|says|that|while|when|who|with|in|at|on|met)\b", words)[-1]
