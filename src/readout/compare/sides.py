"""Who speaks for whom: a story's speakers gathered into parties, each membership with its reason in the texts' words.

Only what the texts themselves say counts: "Veldanian President" and "Veldania's Water Ministry" by the state's name,
"spokesman for the union", "his office", and those who pass another's words on. No list of office-holders.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readout.compare.told import Report
from readout.models import UNRESOLVED, EntityKind, Party, SpeakerType

_COMMON = 4  # letters that a state and its adjective share at least: "Caldria", "Caldrian"
_ADJECTIVE = re.compile(r"[A-ZÀ-Þ][\w’'-]+?(?:ian|ean|an|ese|ish|i|ic|er|ch)\b")
_FOR = re.compile(
    r"(?:spokes(?:man|woman|person)|(?:press |foreign )?(?:secretary|minister)|ambassador|envoy|negotiator|aide"
    r"|adviser|lawyer|head|chair(?:man|woman)?|director|president|leader|member|official)s? (?:of|for|to) (?:the )?"
    r"(?P<whom>[A-ZÀ-Þ][\w’'-]*(?: (?:of |and )?[A-ZÀ-Þ][\w’'-]*){0,4})"
)
_POSSESSIVE = re.compile(r"(?P<whom>[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*){0,3})['’]s? ")


@dataclass
class _Sides:
    """Speakers joined so far; each points to another of its side, the side's head to itself."""

    above: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def head(self, name: str) -> str:
        while self.above.setdefault(name, name) != name:
            self.above[name] = name = self.above[self.above[name]]
        return name

    def join(self, name: str, side: str, reason: str) -> None:
        one, other = self.head(name), self.head(side)
        if one != other:
            self.above[one] = other
            self.reasons.setdefault(name, reason)


def parties(reports: Sequence[Report]) -> tuple[Party, ...]:
    """The parties of a story, those who say most first; a speaker who belongs to nobody is a party alone."""
    said = Counter(
        statement.speaker.name
        for report in reports
        for statement in report.annotation.statements
        if statement.speaker.name != UNRESOLVED and statement.speaker.type is not SpeakerType.OUTLET
    )
    states = _states(reports)
    sides = _Sides()
    for name, role in _roles(reports, said):
        _place(sides, name, role, states, said)
    for name in said:
        _place(sides, name, name, states, said)
    for name, relay in _relayed(reports):
        if relay in said and sides.head(relay) == relay:
            sides.join(relay, sides.head(name), f"passes on the words of {name}")
    members: dict[str, list[str]] = defaultdict(list)
    for name in said:
        members[sides.head(name)].append(name)
    ranked = sorted(members.items(), key=lambda item: (-sum(said[name] for name in item[1]), item[0]))
    return tuple(
        Party(head, tuple(names), tuple(f"{name}: {sides.reasons[name]}" for name in names if name in sides.reasons))
        for head, names in ranked
    )


def _states(reports: Sequence[Report]) -> tuple[str, ...]:
    """The places that the texts name, the most named first."""
    places = Counter(
        one.name
        for report in reports
        for one in report.annotation.entities
        if one.kind is EntityKind.PLACE
        for _ in one.mentions
    )
    return tuple(name for name, _ in places.most_common())


def _roles(reports: Sequence[Report], said: Counter[str]) -> Iterable[tuple[str, str]]:
    """Speakers with every role that the texts give them."""
    for report in reports:
        for one in report.annotation.entities:
            if one.name in said:
                for role in (*one.roles, *one.aliases):
                    yield one.name, role


def _place(sides: _Sides, name: str, role: str, states: Sequence[str], said: Counter[str]) -> None:
    """Join a speaker to whom a role of his belongs."""
    named = _FOR.search(role) or _POSSESSIVE.match(role)
    if named:
        whom = _known(named["whom"], states, said)
        if whom and whom != name:
            sides.join(name, whom, f"“{role}”")
            return
    for word in _ADJECTIVE.findall(role):
        state = next((state for state in states if _is_adjective(word, state)), None)
        if state and state != name:
            sides.join(name, state, f"“{role}”")
            return


def _known(whom: str, states: Sequence[str], said: Counter[str]) -> str | None:
    """The state or the speaker that a name in a role means."""
    for known in (*states, *said):
        if known == whom or known.removeprefix("the ") == whom or known.endswith(f" {whom}"):
            return known
    return None


def _is_adjective(word: str, state: str) -> bool:
    """Whether a word can be a state's adjective: "Veldanian" of "Veldania"."""
    shared = 0
    for one, other in zip(word, state, strict=False):
        if one != other:
            break
        shared += 1
    return " " not in state and shared >= max(_COMMON, len(state) - 3) and word != state


def _relayed(reports: Sequence[Report]) -> Iterable[tuple[str, str]]:
    """Speakers with those who passed their words on, other than outlets."""
    outlets = {report.article.outlet for report in reports}
    for report in reports:
        for statement in report.annotation.statements:
            for relay in statement.via:
                if relay not in outlets and statement.speaker.name != UNRESOLVED:
                    yield statement.speaker.name, relay


def party_of(found: Sequence[Party]) -> dict[str, str]:
    """For every speaker the party it belongs to."""
    return {member: party.name for party in found for member in party.members}
