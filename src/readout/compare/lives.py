"""How a claim fares: claimed, repeated, confirmed, denied, corrected or withdrawn, with who did so and where. Pure.

The claim of a point is the earliest statement in it that is no denial. What its evidence sets against it denies or
confirms it; what the same side says again in another text repeats it; a word of withdrawal or correction, by its side
or told of it, that shares its telling words takes it back. Copies are no steps.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from readout.compare import scope
from readout.compare.told import JOINT, Report, Told, everything, originals, reading_of, telling, told
from readout.models import Act, Comparison, Evidence, Fate, Life, Point, Relation, SpeakerType, Step

_LATE = datetime.max.replace(tzinfo=UTC)
_SAME, _TELLING, _MOST = 0.6, 3, 12  # of two claims how much is the same; stems they share; repetitions of one claim
_COMMON = 200  # statements of one side with one stem; a commoner stem brings nothing together
_NO_CLAIMS = frozenset({Act.DENIAL, Act.NO_COMMENT, Act.REFUSAL})
_DENIES = 30  # characters before a word of withdrawal in which a "not" stands
_SHARED = 2  # telling stems besides names that a withdrawal has of what it takes back
WITHDRAWN = re.compile(
    r"\b(?:retract(?:ed|s|ing)?|recant(?:ed|s|ing)?|backtrack(?:ed|s|ing)?|walk(?:ed|s|ing) back|"
    r"t(?:ook|akes?|aken|aking) (?:it |that |this |the \w+ |his \w+ |her \w+ |its \w+ |their \w+ )?back|"
    r"(?:withdrew|withdraws?|withdrawn|withdrawing|rescinded|rescinds) (?:the|that|this|his|her|its|their|an?|earlier) "
    r"(?:\w+ ){0,2}?(?:claims?|statements?|remarks?|accusations?|allegations?|offers?|reports?|words|demands?|threats?|"
    r"comments?|charges?|figures?))\b",
    re.IGNORECASE,
)
CORRECTED = re.compile(
    r"\b(?:correct(?:ed|s|ing) (?:the|that|his|her|its|their|an?|earlier)\b|correction\b|an earlier version\b|"
    r"revised (?:the|its|his|her|their|up|down|from)\b|put the \w+ right|was mistaken\b|had been wrong\b|misstated)",
    re.IGNORECASE,
)
_IN_LOWER_CASE = (re.compile(WITHDRAWN.pattern), re.compile(CORRECTED.pattern))  # found several times as fast
# One of these stands, in lower case, in whatever the two find.
HINTS = (
    *("back", "retract", "recant", "withdr", "rescind", "correct", "an earlier version", "revised", "put the "),
    *("was mistaken", "had been wrong", "misstated"),
)


@dataclass(frozen=True)
class _Word:
    """A sentence or statement in which something is taken back or put right."""

    fate: Fate
    told: Told
    stems: frozenset[str]


def lives(reports: Sequence[Report], compared: Comparison, said: Sequence[Told] | None = None) -> tuple[Life, ...]:
    """The life of each point's claim that anything became of, in the order of the points. `said` are the core
    statements of the reports, where they are at hand.
    """
    texts = originals(reports)
    if said is None:
        said = [one for report in texts for one in told(report) if one.statement.core]
    story = _Story(said, texts, compared)
    words = [word for report in texts for word in _words(report)]
    found = (_life(point, story, words) for point in compared.points)
    return tuple(life for life in found if life and len(life.steps) > 1)


class _Story:
    """The statements of a story, by id, by side and stem."""

    def __init__(self, statements: Sequence[Told], texts: Sequence[Report], compared: Comparison) -> None:
        self.homes = {one.id: report.article.id for report in texts for one in report.annotation.statements}
        self.by_id: Mapping[str, Told] = {one.statement.id: one for one in statements}
        self._side = {name: each.name for each in reversed(compared.parties) for name in (each.name, *each.members)}
        self._by_stem: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for one in statements:
            side = self.side(one)
            for stem in one.stems:
                self._by_stem[side, stem].append(one)

    def side(self, one: Told) -> str:
        """The party that says it, or its speaker."""
        return self._side.get(one.statement.speaker.name, one.statement.speaker.name)

    def again(self, claim: Told) -> list[Told]:
        """What the claim's side says that is the same, the earliest first."""
        shared: Counter[str] = Counter()
        side = self.side(claim)
        for stem in claim.stems:
            held = self._by_stem[side, stem]
            if len(held) <= _COMMON:
                shared.update([one.statement.id for one in held])
        near = [self.by_id[id_] for id_, count in shared.items() if count >= min(_TELLING, len(claim.stems))]
        same = (
            one
            for one in near
            if one.origin != claim.origin and one.act is not Act.DENIAL and scope.alike(one, claim) >= _SAME
        )
        return sorted(same, key=_when)


def _life(point: Point, story: _Story, words: Sequence[_Word]) -> Life | None:
    """The claim with what became of it, in order of time."""
    held = [story.by_id[id_] for account in point.accounts for id_ in account.statements if id_ in story.by_id]
    surest = [story.by_id[id_] for id_ in point.evidence[0].statements if id_ in story.by_id] if point.evidence else []
    claims = sorted((one for one in surest or held if one.act not in _NO_CLAIMS), key=_when)
    if not claims or point.relation in {Relation.ONE_SIDED, Relation.DIFFER}:
        return None
    answers = {
        one.statement.id: (one, fate) for each in point.evidence for one, fate in _fates(each, claims[0], point, story)
    }
    same = [one for one in story.again(claims[0]) if one.statement.id not in answers][:_MOST]
    claim, *again = sorted((claims[0], *same), key=_when)
    later = {claim.statement.id: _step(Fate.CLAIMED, claim, claim, story)}
    later |= {id_: _step(fate, one, claim, story) for id_, (one, fate) in answers.items()}
    later |= {one.statement.id: _step(Fate.REPEATED, one, claim, story) for one in again}
    taken = [_step(word.fate, word.told, claim, story) for word in words if _takes_back(word, claim, story)]
    first, *rest = later.values()
    return Life(
        point.id, (first, *sorted((*rest, *taken), key=lambda step: (step.at or _LATE, step.article, step.span)))
    )


def _fates(evidence: Evidence, claim: Told, point: Point, story: _Story) -> Iterator[tuple[Told, Fate]]:
    """What another side's statement does to the claim, by the evidence that holds both sides."""
    both = [story.by_id[id_] for id_ in evidence.statements if id_ in story.by_id]
    mine = [one for one in both if story.side(one) == story.side(claim) and _is_same(one, claim)]
    for one in both:
        if not mine or story.side(one) == story.side(claim) or one.statement.content == claim.statement.content:
            continue
        if point.relation is Relation.AGREE:
            yield one, Fate.CONFIRMED
        else:
            yield one, Fate.DENIED if evidence.kind == "denial" or one.act is Act.DENIAL else Fate.CONTRADICTED


def _is_same(one: Told, claim: Told) -> bool:
    return one.statement.id == claim.statement.id or scope.alike(one, claim) >= _SAME


def _step(fate: Fate, one: Told, claim: Told, story: _Story) -> Step:
    own = one.statement.speaker.type is SpeakerType.OUTLET and one.statement.cue is None
    content = one.statement.content
    return Step(
        fate,
        one.outlet if own else story.side(one),
        one.at,
        story.homes.get(one.statement.id, one.statement.article),
        content[0],
        one.text.partition(JOINT)[0],
        None if own else one.statement.id,
        one.origin != claim.origin,
    )


def _when(one: Told) -> tuple[datetime, str, int]:
    return one.at or _LATE, one.statement.article, one.order


def _words(report: Report) -> Iterator[_Word]:
    """Where a text tells of a withdrawal or a correction. Only texts that have a word for one are looked at closely."""
    lower = reading_of(report).text.lower()
    if not any(map(lower.__contains__, HINTS)) or not any(pattern.search(lower) for pattern in _IN_LOWER_CASE):
        return
    for one in everything(report):
        around = one.around if one.statement.core else one.text
        for fate, pattern in ((Fate.WITHDRAWN, WITHDRAWN), (Fate.CORRECTED, CORRECTED)):
            found = pattern.search(around)
            if found and not scope.NOT.search(around[max(0, found.start() - _DENIES) : found.start()]):
                yield _Word(fate, one, frozenset(telling(around)))


def _takes_back(word: _Word, claim: Told, story: _Story) -> bool:
    """Whether it takes back the claim: its side does or is named, later, in the claim's own telling words."""
    one = word.told
    if one.statement.id == claim.statement.id or _when(one) <= _when(claim):
        return False
    if len((word.stems & claim.stems) - claim.named) < _SHARED:
        return False
    named = {*telling(claim.statement.speaker.name), *telling(story.side(claim))}
    return story.side(one) == story.side(claim) or not named.isdisjoint(word.stems)
