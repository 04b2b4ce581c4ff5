"""What says that two statements are of different matters, though they stand together or share words. Pairs are refused
here and nothing else is judged: to set two matters side by side misleads more than to miss a point.

A reason is a word: `behind` where one only stands behind the other and takes up nothing of it, `common` where all that
they share is what the whole story is about, `encounter` where each tells of a meeting of its own, `aspect` where one
tells how long a call was and the other how it went, `of another` where
what they share is of one thing here and of another there, `stretch` where they only measure alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from math import exp, inf, log

from readout.compare import scope
from readout.compare.contacts import Contacts
from readout.compare.guards import words
from readout.compare.told import JOINT, Told, light, listed, once, telling
from readout.models import Act, Figure, StatementKind

_WISHES = frozenset({Act.DEMAND, Act.CONDITION, Act.COMMITMENT, Act.REFUSAL})
_REPLIES = frozenset({Act.DENIAL, Act.REFUSAL, Act.NO_COMMENT})
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
_SIZES = frozenset({"mm", "cm", "m", "km", "mile", "kg", "t", "ton", "tonne", "%", "percent"})
_LASTED = re.compile(
    r"\b(?:last(?:ed|s|ing)|took|takes?|spoke|talked|met|(?:minutes|hours) (?:of|long)|went on|spent)\b|-long\b",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:past|last|next|within|previous|coming|recent|every|each|another|over|in|after|until|by|before)"
    r"(?: (?:the|at least|about))?(?: (?:past|last|next|coming|previous))?\W*\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:from|on|in|at|near|inside|off|under|behind) (?:the|an?|its|their|his|her) (\w+ \w+)")
_OPENING = re.compile(r"[.?!…]\W*\Z")  # before what opens a sentence: "He rang us. Ten minutes, and that was it."
_BACK = re.compile(
    r"\A\W*(?:them|him|her|it as|it an?|this|that|these|those|such|all \d+)\b|"
    r"\A\W*(?:the|those|these) (?:\w+ )?(?:figures?|claims?|accusations?|allegations?|charges?|suggestions?|proposals?|"
    r"demands?|remarks?|ideas?|reports?|ultimatum)\b|"
    r"\b(?:as|so) (?:much|many|well|often|long)\W*\Z|"
    r"\A\W*(?:[\w’'-]+ ){0,3}?(?:none|both|two|three|four|some|many|most|half|each|all) of them\b",
    re.IGNORECASE,
)
_CALLS = frozenset("call calls called phone phoned telephone telephoned rang ring".split())
_TALKING = frozenset("talk conversation discussion discussions discuss discussed discussing exchanged".split())
_MEETINGS = frozenset(
    "meeting meetings summit dinner lunch breakfast walk reception visit ceremony banquet conference".split()
)
_SPOKE = re.compile(
    r"\b(?:spoken?|speak|talked) (?:(?:by|on|over) (?:the )?(?:tele)?phone|with|for|again)\b", re.IGNORECASE
)
# One that is to come, or besides the one that was.
_FURTHER = re.compile(
    r"\b(?:another|further|next|new|future|coming|planned|possible) (?:\w+ )?"
    r"(?:calls?|conversations?|talks|meetings?|summit|round|phone)\b|\b(?:speak|talk|meet|call|phone) (?:\w+ )?again\b",
    re.IGNORECASE,
)
# What is told of a call or meeting: who wanted it, how it went and what it brought, of what it was, whether it was.
_ASPECTS = {
    "asked": re.compile(
        r"\b(?:(?:at|on) (?:the )?(?:[\w’'-]+ ){0,2}?(?:request|initiative|behest|suggestion)|initiat\w+|"
        r"(?:asked for|requested|sought|proposed|initiated|wanted|suggested) (?:the|a|this|that|for) (?:\w+ )?"
        r"(?:call|conversation|meeting|talks?)|(?:request|initiative) (?:of|from|by)|"
        r"(?:who|that) (?:had )?(?:asked|called|rang|phoned|requested|sought|proposed|initiated)|"
        r"asked for (?:it|him|her) (?:him|her)self)\b",
        re.IGNORECASE,
    ),
    "course": re.compile(
        r"\b(?:agree[ds]?|agreement|results?|progress|brought|came of|steps?|outcome|conclu\w+|end(?:ed)?|success\w*|"
        r"fail\w*|breakthrough|farce|useless)\b",
        re.IGNORECASE,
    ),
    "of": re.compile(
        r"\b(?:discuss\w*|mention\w*|raised|came up|(?:spoke|talked|was|were) (?:only )?(?:about|of|on)|touch\w*|"
        r"devoted|focus\w*|dealt)\b",
        re.IGNORECASE,
    ),
    "whether": re.compile(
        r"\b(?:took place|held|happen\w*|there (?:was|had been|is)|planned|agreed to)\b", re.IGNORECASE
    ),
}
_ACCOUNT = frozenset({"course", "of"})  # which an account of a call tells of, and the next account of it
_ORDER = frozenset({"first", "second", "third", "fourth", "fifth", "last", "next", "previous", "earlier", "later"})
_COMPLEMENT = re.compile(
    r"\b(?P<head>[^\W\d_]+) (?:of|with|for|about|between|on|against) "
    r"(?:(?:the|a|an|his|her|its|their|our|my) )?(?P<of>(?:[\w’'-]+ )?[\w’'-]+)"
)
_BOTH = 2  # who are foremost in an article that tells of a meeting
_OWN = 3  # words of a denial that tells its own matter
_NEXT = 2  # statements from one account of a call to the next
_SEVERAL = 2  # words that bring together what stands apart
# In how many passages, or in what share of them all, a word or term stands at most that tells of one matter.
_BESIDE, _AFAR, _TERM = (3, 0.28), (3, 0.08), (7, 0.08)
_ROUNDED = 0.01
_DAYS = timedelta(days=3)  # between two texts that tell of one matter without a day
_SURE = 0.6  # the score from which one word in common is enough for neighbours


class Rare:
    """How many passages of a story have a stem, from the weights that `align.weights` gives them."""

    def __init__(self, weighed: Mapping[str, float]) -> None:
        self._weighed = weighed
        self.total = exp(max(weighed.values(), default=log(2))) - 1

    def least(self, stems: Iterable[str]) -> float:
        """The passages that have the rarest of some stems."""
        heaviest = max((self._weighed.get(stem, 0.0) for stem in stems), default=0.0)
        return self.total / (exp(heaviest) - 1) if heaviest else inf

    def tells(self, stems: Iterable[str], few: float, share: float) -> bool:
        """Whether one of the stems stands in no more than so few passages, or in no more than that share of all."""
        return self.least(stems) <= max(few, share * self.total) + _ROUNDED


def why(a: Told, b: Told, rare: Rare, term: str = "", score: float = 1.0) -> str:
    """The reason why two statements are of different matters, the first told first; "" where there is none. `term` is
    what alone brings them together, if only a term does; `score` is how surely they were brought together.
    """
    if term and not (rare.tells(term.split(), *_TERM) and is_near(a, b) and manners().isdisjoint(term.split())):
        return "common"
    if term and (_is_place(a, term) or _is_place(b, term)):
        return "common"
    if _is_one(a, b):
        return ""
    if other_encounter(a, b):
        return "encounter"
    return _of_another_matter(a, b, rare, score, is_term=bool(term))


def _is_place(one: Told, term: str) -> bool:
    """Whether a term says where something was, and not what: "a bang from the car deck"."""
    return any(" ".join(telling(words)) == term for words in _PLACE.findall(one.text))


def of_two_calls(a: Told, b: Told, contacts: Contacts | None) -> bool:
    """Whether two statements tell of calls or meetings that had not the same days or people, as `contacts` has it."""
    return contacts is not None and not _is_one(a, b) and other_encounter(a, b, contacts)


def _is_one(a: Told, b: Told) -> bool:
    """Whether nothing can part them: one says nothing, or both are ascribed the same words."""
    return b.silent or a.silent or a.statement.content == b.statement.content


def _of_another_matter(a: Told, b: Told, rare: Rare, score: float, *, is_term: bool) -> str:
    """What they tell another thing of, though of one call, where they do; a term that both have says what it is."""
    shared = told_alike(a, b)
    if _of_one_word(a, b, shared):
        return "aspect"
    if not is_term and not _answers(b) and of_another(a, b):
        return "of another"
    return "" if is_term else _too_little(a, b, rare, shared, score)


def _too_little(a: Told, b: Told, rare: Rare, shared: frozenset[str], score: float) -> str:
    """What they share too little for, where they do."""
    if _count_apart(a, b, shared):
        return "stretch"
    if _stands_behind(a, b):
        tells = rare.tells(shared, *_BESIDE) and (len(shared) >= _SEVERAL or score >= _SURE)
        measured = "stretch" if a.figures and b.figures else "behind"
        return "" if tells or _is_tied(a, b, rare) else measured
    within = a.statement.article == b.statement.article and score >= _SURE
    tells = rare.tells(shared, *(_BESIDE if within else _AFAR)) and len(shared) >= _SEVERAL
    return "" if tells or _is_linked(a, b) else "common"


def _count_apart(a: Told, b: Told, shared: frozenset[str]) -> bool:
    """Whether each gives a number, of another kind than the other's, and they share no word: a sum here, jobs there."""
    if shared or not (scope.numbers(a) and scope.numbers(b)) or _answers(b):
        return False
    return not (same_kind(a, b) or _is_bare(a) or _is_bare(b))


def _stands_behind(a: Told, b: Told) -> bool:
    return a.statement.article == b.statement.article and b.order - a.order == 1


def is_near(a: Told, b: Told) -> bool:
    """Whether they are of one text, or of two whose days are known to be near."""
    if a.statement.article == b.statement.article:
        return True
    return a.at is not None and b.at is not None and not is_far(a, b)


def is_far(a: Told, b: Told) -> bool:
    """Whether days lie between the two that are known."""
    return a.at is not None and b.at is not None and abs(a.at - b.at) > _DAYS


def told_alike(a: Told, b: Told) -> frozenset[str]:
    """The stems of both that say what they are about: no plain words, measures, times, figures and names."""
    return frozenset(stem for stem in (a.matter & b.matter) - names(a, b) if not _is_plain(stem))


def names(a: Told, b: Told) -> frozenset[str]:
    """The stems that are a name in one of them."""
    return _named(a) | _named(b)


@once
def _named(one: Told) -> frozenset[str]:
    return one.named | frozenset(telling(" ".join(one.names)))


def missing(a: Told, b: Told) -> bool:
    """Whether only one says that there is none of what the other speaks of."""
    if not (a.absent or b.absent) or a.act is Act.DEMAND or b.act is Act.DEMAND:
        return False
    return bool((a.absent & b.stems) - light()) != bool((b.absent & a.stems) - light())


def _is_plain(stem: str) -> bool:
    return stem[0].isdigit() or stem in light() or stem in manners() or stem in listed("numbers")


@cache
def manners() -> frozenset[str]:
    """The stems of words that say how somebody feels, or how much there is, and not of what."""
    return frozenset(each for word in listed("manner") for each in telling(word))


def _is_linked(a: Told, b: Told) -> bool:
    """Whether they measure one kind of thing, both say how a conversation was or who asked for it, or one says there is
    none of it; of what stands apart where more words than that are the same, as there are many calls and ferries.
    """
    if (a.tones and b.tones) or asked_for(a, b) or same_kind(a, b):
        return True
    if not missing(a, b):
        return False
    both = (a.stems | a.context) & (b.stems | b.context)
    return _stands_behind(a, b) or len([stem for stem in both if not _is_plain(stem)]) >= _SEVERAL


def _is_tied(a: Told, b: Told, rare: Rare) -> bool:
    """Whether anything but its place ties one to the other that stands right before it."""
    if _answers_it(a, b) or (a.act in _WISHES and b.act in _WISHES):
        return True
    if b.contrasts and (b.act is not Act.DENIAL or _is_turned(b)):
        return True
    if _is_linked(a, b) or (_is_bare(b) and a.figures):
        return True
    around = [stem for stem in _around(a, b) - names(a, b) if not _is_plain(stem)]
    return len(around) >= _SEVERAL and rare.tells(around, *_AFAR)


@once
def _answers(b: Told) -> bool:
    return b.act in _REPLIES or _BACK.search(b.text) is not None


def _answers_it(a: Told, b: Told) -> bool:
    """Whether it answers what stands before it: "denied she had offered money" answers nobody who spoke of trees."""
    if not _answers(b) or b.statement.kind is StatementKind.DIRECT or _BACK.search(b.text):
        return _answers(b)
    own = [stem for stem in b.stems if not _is_plain(stem)]
    speaker = frozenset(telling(a.statement.speaker.name)) - _named(b)
    return len(own) < _OWN or not (a.stems | beside(a, b) - speaker).isdisjoint(own)


@once
def _is_turned(one: Told) -> bool:
    """Whether anything but its cue sets it against what stands before: "but the ministry denied"."""
    before = one.around.partition(one.text.partition(JOINT)[0])[0].replace(one.cue, " ").lower()
    return not listed("contrast").isdisjoint(before.split())


def _around(a: Told, b: Told) -> frozenset[str]:
    """What one says and the other's sentence has besides both contents."""
    return frozenset((a.stems & beside(b, a)) | (b.stems & beside(a, b)))


def beside(one: Told, other: Told) -> frozenset[str]:
    """The stems of the sentence of one, without its own content and the other's."""
    rest = one.sentence or one.around
    for each in (one, other):
        for piece in each.text.split(" … "):
            rest = rest.replace(piece, " ")
    return frozenset(telling(rest))


# Encounters


def other_encounter(a: Told, b: Told, contacts: Contacts | None = None) -> bool:
    """Whether each tells of an encounter of its own: one of a call and one of a dinner, on different days, or with
    others.
    """
    one, other = _encounters(a), _encounters(b)
    if not one or not other:
        return False
    if contacts is not None and contacts.apart(a, b):
        return True
    if one.isdisjoint(other) and not (_is_open(one) or _is_open(other)):
        return True
    if scope.exclusive(scope.days(a), scope.days(b)) or bool(_FURTHER.search(a.text)) != bool(_FURTHER.search(b.text)):
        return True
    if a.tones and b.tones and scope.which(a) & _ORDER != scope.which(b) & _ORDER:
        return True
    return a.statement.article != b.statement.article and _is_of_others(a, b)


def _of_one_word(a: Told, b: Told, shared: frozenset[str]) -> bool:
    """Whether all that they share is that each tells of a call or meeting: one of its length, the other of its tone."""
    if not (_encounters(a) and _encounters(b)) or not shared <= _conversations() | offices() or _answers(b):
        return False
    one, other = _aspects(a), _aspects(b)
    if (
        a.statement.article == b.statement.article
        and b.order - a.order <= _NEXT
        and one & _ACCOUNT
        and other & _ACCOUNT
    ):
        return False
    return one.isdisjoint(other) and not missing(a, b)


def asked_for(a: Told, b: Told) -> bool:
    """Whether both say who wanted a call or meeting."""
    return asks_for(a) and asks_for(b)


def asks_for(one: Told) -> bool:
    """Whether it says who wanted a call or meeting."""
    return bool(_encounters(one)) and "asked" in _aspects(one)


@cache
def offices() -> frozenset[str]:
    """The stems of words for who takes part in calls and meetings."""
    return frozenset(each for word in listed("office") for each in telling(word))


@cache
def _conversations() -> frozenset[str]:
    return frozenset(telling(" ".join((*_CALLS, *_MEETINGS, "conversation talk talks spoke spoken talked discussion"))))


@once
def _aspects(one: Told) -> frozenset[str]:
    """What of a call or meeting it tells."""
    found = {name for name, pattern in _ASPECTS.items() if pattern.search(one.text)}
    if one.tones:
        found.add("course")
    if any(measures(one, each) for each in one.figures if each.unit in _TIMES):
        found.add("length")
    return frozenset(found)


def _is_of_others(a: Told, b: Told) -> bool:
    """Whether two articles tell of encounters of different kinds, or are about other people."""
    kinds = _encounters(a) | _encounters(b)
    if _encounters(a).isdisjoint(_encounters(b)) and "conversation" not in kinds:
        return True
    return len(a.foremost) == len(b.foremost) == _BOTH and a.foremost.isdisjoint(b.foremost)


def _is_open(kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint({"conversation", "talks"})


@once
def _encounters(one: Told) -> frozenset[str]:
    """The kinds of encounter of which its words tell."""
    said = words(one)
    found = {"call"} if said & _CALLS else set()
    found |= {word.rstrip("s") for word in said & _MEETINGS}
    if said & _TALKING or _SPOKE.search(one.text):
        found.add("conversation")
    if said & {"talks", "negotiations"}:
        found.add("talks")
    return frozenset(found)


# Things


def of_another(a: Told, b: Told) -> bool:
    """Whether all that they share is of one thing in one, and of another in the other: "price of oil", "of onions"."""
    one, other, shared = _complements(a), _complements(b), told_alike(a, b)
    return bool(shared) and all(stem in one and stem in other and one[stem].isdisjoint(other[stem]) for stem in shared)


@once
def _complements(one: Told) -> Mapping[str, frozenset[str]]:
    """The stems of heads, with the stems of what they are of."""
    found: dict[str, frozenset[str]] = {}
    for each in _COMPLEMENT.finditer(one.text):
        of = frozenset(telling(each["of"]))
        for head in telling(each["head"]):
            found[head] = found.get(head, frozenset()) | of
    return {head: of for head, of in found.items() if of}


# Figures


def same_kind(a: Told, b: Told) -> bool:
    """Whether both give a figure of the same kind, of what may be one thing."""
    if not (a.figures and b.figures):
        return False
    return any(meets(a, b, one, other) for one in a.figures for other in b.figures)


def meets(a: Told, b: Told, one: Figure, other: Figure) -> bool:
    """Whether two figures are of one kind and may be of one thing."""
    if one.unit in _TIMES or other.unit in _TIMES:
        return {one.unit, other.unit} <= _TIMES and measures(a, one) and measures(b, other)
    if one.unit != other.unit or one.fate != other.fate:
        return False
    if a.statement.article == b.statement.article and (_is_bare(a) or _is_bare(b)):
        return True
    if one.unit:
        return one.unit not in _SIZES or bool(told_alike(a, b))
    return one.scope == other.scope and (bool(one.fate) or bool(told_alike(a, b)))


@once
def _is_bare(one: Told) -> bool:
    """Whether its words are a figure and nothing else: "45 percent"."""
    return all(map(_is_plain, one.stems))


def measures(one: Told, figure: Figure) -> bool:
    """Whether a length of time says how long something took, not when it was."""
    before = one.around.partition(one.spelled(figure.span))[0]
    lasted = _LASTED.search(one.around) or (_encounters(one) and _OPENING.search(before))
    return bool(lasted) and _WINDOW.search(before) is None
