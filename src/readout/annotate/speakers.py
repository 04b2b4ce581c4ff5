"""Whose words they are: from the words that name a source to a speaker. No content is read here.

Sure cases first (Muzny et al. 2017): a name, a name beside a description, a role or pronoun that the article's chains
know, a capital for its state, a document; then what is only described keeps its description for a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from readout.annotate import described, offices, relays, subjects
from readout.annotate.genders import HE as _HE
from readout.annotate.genders import SHE as _SHE
from readout.annotate.genders import genders
from readout.annotate.ground import Ground
from readout.annotate.kinds import Kinds, kinds
from readout.annotate.labeller import Attribution
from readout.annotate.lists import lists
from readout.models import UNRESOLVED, Entity, EntityKind, Mention, Span, Speaker, SpeakerType

NOBODY = Speaker(UNRESOLVED, SpeakerType.ANONYMOUS, None, 0.0, ("the text names no source",))
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_FIRST = frozenset({"i", "we", "my", "our", "me", "us"})
_POSSESSIVE = re.compile(r"['’]s?\s*\Z")
_OWNER = re.compile(r"(?P<owner>.+?)['’]s?\s+(?P<thing>[\w\s-]+)", re.DOTALL)
_PRONOUN_OWNER = re.compile(r"(?P<owner>his|her|its|their)\s+(?P<thing>.+)", re.IGNORECASE | re.DOTALL)
_GOES_ON = re.compile(r"['’]s?\s+\w|\s+\w+")
_ENDS_NAME = re.compile(
    r"\s+(?:of|in|at|from|for|who|with|on|as|while|when|after|himself|herself|itself|and)\b|['’]s?\s*\Z"
)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_TITLED = re.compile(r"(?:mr|mrs|ms|dr|sir|lord)\.?\s+", re.IGNORECASE)
_MUTUAL = re.compile(r"\b(?:each\s+other|one\s+another|trad\w+\s+\w+|exchang\w+\s+accusations)\b")
_BOTH = re.compile(
    r"(?:both|the\s+two)\s+(?:sides|countries|nations|governments|delegations|parties|states|capitals)", re.IGNORECASE
)
_TWO = 2
_SHORT = 3
_SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_LONGEST_ROLE = 5
_LAST_NAMED = ("one of the two sides last named",)
_SUBJECT = ("the subject of what is told",)
_INTRODUCED = 40  # characters before a name in which it is introduced
_CLAUSE = re.compile(r"[.,;:“”\"'‘’\n]")
_LONGEST = 90  # characters of a description
_BACK = 24  # mentions looked back at
_SENTENCES = 5
_HEADED = 6  # tokens at the head of a sentence in which its subject mostly stands
_SPOKE_LAST = 1.5
_UNLIKELY = 2.5  # what a given name or an office of the other gender weighs


class _Spoken(NamedTuple):
    """A speaker with the place of the words that named it."""

    speaker: Speaker
    at: int


class Speakers:
    """Finds the speakers of one article, statement by statement in order."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._kinds: Kinds = kinds()
        self._genders, self._likely_genders = genders(ground)
        self._quoted = ground.quoted
        self._described: dict[str, Speaker] = {}
        self.elsewhere = described.Described(ground)
        self._before: list[_Spoken] = []
        self._passed_on: _Spoken | None = None
        self._apart: frozenset[str] = frozenset()

    def speakers(self, one: Attribution, apart: Collection[str] = ()) -> tuple[Speaker, ...]:
        """The speakers of the next attribution: one, but for what two say of each other.

        `apart` are those who pass it on: a pronoun does not mean them.
        """
        self._apart = frozenset(apart)
        if one.source is None:
            found = self._without_source(one)
        else:
            sides = self._sides(one.source)
            if sides and _MUTUAL.search(self._ground.text[one.cue.start if one.cue else 0 : one.content[0].start]):
                return sides
            found = _joint(sides) if sides else self.of(one.source)
        self._before.append(_Spoken(found, one.content[0].start))
        return (found,)

    def relay(self, source: Span) -> Speaker:
        """Who passes it on."""
        found = self.of(source)
        if found.type is not SpeakerType.PERSON and found.name != UNRESOLVED:
            self._passed_on = _Spoken(found, source.start)
        return found

    def of(self, source: Span) -> Speaker:
        """The speaker that the words of `source` mean."""
        words = " ".join(self._ground.words_of(source).split())
        low = words.lower().strip(" ,")
        if low in _HE | _SHE | _IT | _THEY:
            return self._pronoun(source, low)
        if low in _RELATIVE:
            return self._antecedent(source)
        if low in _FIRST:
            return Speaker(UNRESOLVED, SpeakerType.PERSON, None, 0.0, (f"“{words}” in the text's own voice",))
        sieves = (self._likely, self._named, self._role, self._holder, self._owned, self._spoken_for, self._aged)
        return next((found for sieve in sieves if (found := sieve(source, words)) is not None), None) or self._told(
            words
        )

    def _sides(self, source: Span) -> tuple[Speaker, ...]:
        """Two speakers named together, or the two states last named for "both sides"."""
        ground = self._ground
        words = ground.words_of(source)
        if words.lower().startswith(("both", "the two")) and _BOTH.fullmatch(words.strip()):
            return self._last_states(source.start)
        named = [(mention, entity) for mention, entity in ground.named_in(source) if mention.form == "name"]
        for (one, first), (other, second) in pairwise(named):
            between = ground.text[one.span.end : other.span.start]
            lead = ground.text[source.start : one.span.start]
            rest = ground.text[other.span.end : source.end].strip(" ,")
            alike = first.id != second.id and EntityKind.WORK not in {first.kind, second.kind}
            if (
                alike
                and re.fullmatch(r"\s+(?:and|und|et|y)\s+(?:the\s+)?", between)
                and rest in {"", "both", "each"}
                and not described.belongs(lead)
            ):
                return self._entity(first, one, one.span, ""), self._entity(second, other, other.span, "")
        return ()

    def _last_states(self, offset: int) -> tuple[Speaker, ...]:
        """The two states last named; where fewer are known as states, the two places named most."""
        found: dict[str, Speaker] = {}
        places: Counter[str] = Counter()
        for _, entity in self._ground.named_before(offset, 4 * _BACK):
            if entity.kind is not EntityKind.PLACE:
                continue
            state = offices.state_of_place(entity)
            places[entity.name] += 1
            if state:
                found.setdefault(state, Speaker(state, SpeakerType.BODY, entity.id, 0.5, _LAST_NAMED))
        if len(found) < _TWO:
            most = places.most_common(_TWO)
            found = {name: Speaker(name, SpeakerType.BODY, None, 0.3, _LAST_NAMED) for name, _ in most}
        return tuple(found.values())[:_TWO][::-1] if len(found) >= _TWO else ()

    def _without_source(self, one: Attribution) -> Speaker:
        if not one.continues or not self._before:
            return NOBODY
        last = self._before[-1].speaker
        return replace(last, confidence=last.confidence * 0.8, reasons=("goes on from the statement before it",))

    def _named(self, source: Span, words: str) -> Speaker | None:
        """A name that is the head of the source, or stands beside it in apposition."""
        for mention, entity in self._heads(source):
            if entity.kind is EntityKind.WORK or (entity.kind is EntityKind.OTHER and mention.span.end < source.end):
                continue
            return self._entity(entity, mention, source, words)
        return None

    def _heads(self, source: Span) -> list[tuple[Mention, Entity]]:
        ground = self._ground
        found: list[tuple[int, Mention, Entity]] = []
        for mention, entity in ground.named_in(source):
            if mention.form != "name" or mention.span.end > source.end:
                continue
            before = ground.text[source.start : mention.span.start]
            after = ground.text[mention.span.end : source.end]
            rank = self._rank(before, after, entity)
            if rank is not None:
                found.append((rank, mention, entity))
        return [(mention, entity) for _, mention, entity in sorted(found, key=lambda one: (one[0], one[1]))]

    def _rank(self, before: str, after: str, entity: Entity) -> int | None:
        """0 for the head itself, 1 for an apposition, None for a name that only belongs to the description."""
        if _GOES_ON.match(after) and not _ENDS_NAME.match(after):
            return None
        head, comma, last = before.rpartition(",")
        if not comma:
            return None if described.belongs(before) else 0
        if entity.kind is EntityKind.PERSON or not last.strip(" "):
            if not after.strip(" ,.") and not last.strip(" ") and head and not self._leads(head.split(",")[0]):
                return 1
            lead = head.split(",")[0]
            return 1 if not described.belongs(last) and not self._leads(lead) else None
        return None

    def _leads(self, lead: str) -> bool:
        """Whether what stands before a comma is a name itself, so that what follows only describes it."""
        words = lead.split()
        return (
            bool(words)
            and words[-1][:1].isupper()
            and words[-1].lower() not in lists().roles
            and len(words) > 1
            and not described.belongs(lead)
        )

    def _entity(self, entity: Entity, mention: Mention, source: Span, words: str) -> Speaker:
        name = entity.name
        reason = f"named {self._ground.words_of(mention.span)}"
        if entity.kind is EntityKind.PERSON:
            self._keep_role(words, entity)
            return Speaker(name, SpeakerType.PERSON, entity.id, 0.95, (reason,))
        state = offices.state_of_place(entity)
        if state is not None:
            return Speaker(state, SpeakerType.BODY, entity.id, 0.85, (reason, "a state speaks through its capital"))
        lead = self._ground.text[source.start : mention.span.start]
        if _POSSESSIVE.search(lead) and "," not in lead:
            name = _ARTICLE.sub("", words, count=1) if words.lower().startswith("the ") else words
            name = name.split(",")[0]
        kind = SpeakerType.OUTLET if relays.is_outlet(self._ground, name) else SpeakerType.BODY
        return self._remember(Speaker(name, kind, entity.id, 0.9, (reason,)))

    def _role(self, source: Span, words: str) -> Speaker | None:
        """A role that the chains know, or that somebody was introduced with: "the Ukrainian president"."""
        if words.partition(" ")[0].lower() in _FIRST:
            return None
        for mention, entity in self._ground.named_in(source):
            if mention.form == "role" and mention.span.end >= source.end - 1 and mention.span.start - source.start <= 1:
                kind = SpeakerType.PERSON if entity.kind is EntityKind.PERSON else SpeakerType.BODY
                return Speaker(
                    entity.name, kind, entity.id, 0.8, (f"the role “{self._ground.words_of(mention.span)}”",)
                )
        return None

    def _holder(self, source: Span, words: str) -> Speaker | None:
        """Whoever was last named of those whose office fits "the … minister"."""
        low = words.lower().split()
        if (
            low[0] not in {"the", "its", "his", "her", "their", "our", "my"}
            or described.belongs(words)
            or len(low) > _LONGEST_ROLE
        ):
            return None
        head, before = low[-1], set(map(offices.whose, low[1:-1]))
        if head not in lists().roles:
            return None
        heads = [head]
        if low[0] in _FIRST:
            before |= self._own_state()
            heads.append("leader")
        named = [one for one in self._ground.named_before(source.start, 8 * _BACK) if one[0].form == "name"]
        for office in heads:
            for _, entity in named:
                if (
                    entity.kind is EntityKind.PERSON
                    and not (low[0] in _FIRST and entity.name in self._apart)
                    and any(offices.fits(role, office, before) for role in entity.roles)
                ):
                    return Speaker(entity.name, SpeakerType.PERSON, entity.id, 0.7, (f"“{words}” fits {entity.name}",))
        return None

    def _own_state(self) -> set[str]:
        """The state that those who pass it on serve: theirs is "our president"."""
        for mention, entity in self._ground.mentions:
            if entity.name in self._apart and mention.form == "name":
                before = self._ground.text[max(0, mention.span.start - _INTRODUCED) : mention.span.start]
                state = offices.state_of(_CLAUSE.split(before)[-1])
                if state:
                    return {state}
        return set()

    def _owned(self, source: Span, words: str) -> Speaker | None:
        """What belongs to somebody ("his office"); the owner itself where it is what that says ("its statement")."""
        met = _PRONOUN_OWNER.fullmatch(words)
        if met:
            owner = self._owner(Span(source.start, source.start + len(met["owner"])), met["owner"].lower())
            thing = met["thing"]
        else:
            met = _OWNER.fullmatch(words)
            if met is None:
                return None
            named = self._ground.named_in(Span(source.start, source.start + len(met["owner"])))
            entity = named[0][1] if named else None
            if entity is None or met["thing"][:1].isupper():
                return None
            owner = Speaker(offices.state_of_place(entity) or entity.name, SpeakerType.BODY, entity.id, 0.8)
            thing = met["thing"]
        if owner.name == UNRESOLVED:
            return None
        noun = thing.split()[-1].lower()
        if noun in self._kinds.words_of_somebody:
            return replace(owner, confidence=owner.confidence * 0.9, reasons=(f"what it says is in its {noun}",))
        kind = SpeakerType.BODY if noun in self._kinds.bodies or noun in lists().bodies else SpeakerType.ANONYMOUS
        return self._remember(Speaker(f"{owner.name}'s {thing}", kind, None, 0.7, (f"belongs to {owner.name}",)))

    def _owner(self, source: Span, low: str) -> Speaker:
        """Whose "his office" is: of the subject of what it tells, though an addressee or an object is nearer."""
        subject = subjects.pronoun(self._ground, source)
        if subject is not None:
            return self._pronoun(subject, self._ground.words_of(subject).lower())
        gender = "m" if low in _HE else "f" if low in _SHE else ""
        for mention, entity in subjects.subjects(self._ground, source.start):
            if self._owns(entity, low, gender):
                return replace(self._entity(entity, mention, mention.span, ""), confidence=0.8, reasons=_SUBJECT)
        return self._pronoun(source, low)

    def _owns(self, entity: Entity, low: str, gender: str) -> bool:
        if not gender:
            return low == "its" and entity.kind in {EntityKind.BODY, EntityKind.PLACE, EntityKind.OTHER}
        told = {self._genders.get(entity.id, gender), self._likely_genders.get(entity.id, gender)}
        return entity.kind is EntityKind.PERSON and told == {gender}

    def _told(self, words: str) -> Speaker:
        """A source that is only described keeps its description."""
        known = self._described.get(described.head(words))
        if known is not None and words.lower().startswith("the ") and len(words.split()) <= _SHORT:
            return replace(known, confidence=known.confidence * 0.9, reasons=(f"described as “{words}”",))
        name = _ARTICLE.sub("", words, count=1) if words.lower().startswith("the ") else words
        name = (
            name[:1].lower() + name[1:]
            if name[:1].isupper() and name[1:2].islower() and name.split()[0].lower() in self._kinds.small
            else name
        )
        name = name.split(",")[0][:_LONGEST].strip()
        made = Speaker(name, self._kind(words), None, 0.6, ("only described",))
        return self._remember(made) if name else NOBODY

    def _aged(self, _: Span, words: str) -> Speaker | None:
        return self.elsewhere.aged(words, self._likely_genders | self._genders)

    def _spoken_for(self, source: Span, words: str) -> Speaker | None:
        """The body that a spokesperson without a name speaks for."""
        if not _SPOKESPERSON.search(words):
            return None
        for mention, entity in self._ground.named_in(source):
            if entity.kind is EntityKind.BODY:
                name = self._ground.words_of(mention.span) if mention.form != "name" else entity.name
                return Speaker(name, SpeakerType.BODY, entity.id, 0.6, (f"“{words}” speaks for it",))
        return None

    def _likely(self, source: Span, words: str) -> Speaker | None:
        """Who "the former head of …" is: the person named in the sentence before, since nobody else is introduced."""
        if not words.startswith("the former ") and not (
            words.startswith("the ") and described.head(words) in self._kinds.second_names
        ):
            return None
        if any(entity.kind is EntityKind.PERSON for _, entity in self._ground.named_in(source)):
            return None
        number = self._ground.sentence[self._ground.first(source.start)]
        for mention, entity in self._ground.named_before(source.start, _BACK):
            at = self._ground.first(mention.span.start)
            if number - self._ground.sentence[at] > _TWO:
                return None
            if entity.kind is EntityKind.PERSON and mention.form == "name" and not self._quoted[at]:
                return Speaker(entity.name, SpeakerType.PERSON, entity.id, 0.4, (f"“{words}” after {entity.name}",))
        return None

    def _kind(self, words: str) -> SpeakerType:
        head = described.head(words)
        if head in self._kinds.documents:
            return SpeakerType.DOCUMENT
        if head in self._kinds.outlets or words.lower().endswith("state media"):
            return SpeakerType.OUTLET
        if head in self._kinds.bodies or head in lists().bodies:
            return SpeakerType.BODY
        return SpeakerType.ANONYMOUS

    def _remember(self, speaker: Speaker) -> Speaker:
        self._described[described.head(speaker.name)] = speaker
        return speaker

    def _keep_role(self, words: str, entity: Entity) -> None:
        role, comma, _ = words.partition(",")
        told = [lists().genders.get(word, "") for word in role.lower().split()]
        if comma and not self._likely_genders.get(entity.id) and any(told):
            self._likely_genders[entity.id] = next(filter(None, told))
        if comma and role.lower().startswith(("the ", "a ", "its ", "his ", "her ")):
            speaker = Speaker(entity.name, SpeakerType.PERSON, entity.id, 0.8, (f"introduced as “{role}”",))
            self._described[described.head(role)] = speaker
            self.elsewhere.introduced(role, speaker)

    def _pronoun(self, source: Span, low: str) -> Speaker:
        gender = "m" if low in _HE else "f" if low in _SHE else ""
        if gender:
            return self._person(source, gender)
        return self._thing(source, low)

    def _person(self, source: Span, gender: str) -> Speaker:
        """The most salient person before the pronoun: who spoke last, who opened a sentence, who was named last."""
        ground = self._ground
        number = ground.sentence[min(ground.first(source.start), len(ground.sentence) - 1)]
        last = self._last_person()
        weights: dict[str, float] = {}
        persons: dict[str, Entity] = {}
        for mention, entity in ground.named_before(source.start, _BACK):
            at = ground.first(mention.span.start)
            apart = number - ground.sentence[at]
            if apart > _SENTENCES:
                break
            if entity.name in self._apart:
                continue
            if entity.kind is EntityKind.PERSON and self._genders.get(entity.id, gender) == gender:
                weight = self._weight(mention, at, apart)
                weight -= _UNLIKELY * (self._likely_genders.get(entity.id, gender) != gender)
                persons[entity.id] = entity
                weights[entity.id] = max(weights.get(entity.id, -9.0), weight)
        for entity_id in weights:
            weights[entity_id] += _SPOKE_LAST if last is not None and last.entity == entity_id else 0.0
        if not weights:
            return self._gone_on(last, gender)
        best = max(weights, key=weights.__getitem__)
        others = sorted(weights.values())[-_TWO:]
        sure = 0.8 if len(others) < _TWO or others[1] - others[0] > 1 else 0.6
        return Speaker(
            persons[best].name, SpeakerType.PERSON, persons[best].id, sure, ("the pronoun's likeliest person",)
        )

    def _weight(self, mention: Mention, at: int, apart: int) -> float:
        """How present a person is after being named there."""
        ground = self._ground
        opens = at < 1 or ground.sentence[max(0, at - _HEADED)] != ground.sentence[at] or at < _HEADED
        weight = 1.5 * opens - apart
        weight -= 1.0 * ground.text.startswith(("'s", "’s"), mention.span.end)
        weight -= 2.0 * self._quoted[at]
        return weight

    def _gone_on(self, last: Speaker | None, gender: str) -> Speaker:
        if last is not None and (last.entity is None or self._genders.get(last.entity, gender) == gender):
            return replace(last, confidence=0.6, reasons=("the pronoun goes on with who spoke before",))
        for spoken in reversed(self._before[-_TWO:]):
            one = spoken.speaker
            if (
                one.entity is not None
                and " " not in one.name
                and one.type is SpeakerType.BODY
                and not self._is_body(one)
            ):
                return replace(
                    one, type=SpeakerType.PERSON, confidence=0.5, reasons=("the only name that spoke before",)
                )
        return Speaker(UNRESOLVED, SpeakerType.PERSON, None, 0.0, ("no person before the pronoun",))

    def _is_body(self, one: Speaker) -> bool:
        low = one.name.lower()
        return low in lists().bodies or low in lists().states or one.name.isupper()

    def _chained(self, source: Span) -> Entity | None:
        for mention, entity in self._ground.named_in(source):
            if mention.form == "pronoun":
                return entity
        return None

    def _last_person(self) -> Speaker | None:
        for spoken in reversed(self._before[-_TWO:]):
            if spoken.speaker.type is SpeakerType.PERSON and spoken.speaker.name != UNRESOLVED:
                return spoken.speaker
        return None

    def _thing(self, source: Span, low: str) -> Speaker:
        """For "it" and "they": the body or the people that spoke last, else the chain's answer."""
        recent = [*self._before[-_TWO:], *([self._passed_on] if self._passed_on else [])]
        for spoken in sorted(recent, key=lambda one: -one.at):
            if spoken.speaker.type is not SpeakerType.PERSON and spoken.speaker.name != UNRESOLVED:
                return replace(spoken.speaker, confidence=0.7, reasons=("the pronoun goes on with who spoke before",))
        chained = self._chained(source)
        if chained is not None:
            kind = SpeakerType.PERSON if chained.kind is EntityKind.PERSON else SpeakerType.BODY
            return Speaker(
                offices.state_of_place(chained) or chained.name, kind, chained.id, 0.6, ("the pronoun's chain",)
            )
        for mention, entity in self._ground.named_before(source.start, _BACK if low in _IT else 0):
            if entity.kind in {EntityKind.BODY, EntityKind.PLACE} and mention.form == "name":
                return Speaker(
                    offices.state_of_place(entity) or entity.name,
                    SpeakerType.BODY,
                    entity.id,
                    0.4,
                    ("the body last named",),
                )
        return Speaker(UNRESOLVED, SpeakerType.ANONYMOUS, None, 0.0, (f"nobody before “{low}”",))

    def _antecedent(self, source: Span) -> Speaker:
        """Whoever a relative pronoun goes on from."""
        sentence = self._ground.sentence_at(source.start)
        for mention, entity in self._ground.named_before(source.start, _BACK):
            if mention.span.start < sentence.start:
                break
            if entity.kind is not EntityKind.WORK and mention.form != "pronoun":
                kind = SpeakerType.PERSON if entity.kind is EntityKind.PERSON else SpeakerType.BODY
                return Speaker(entity.name, kind, entity.id, 0.7, ("what the relative clause goes on from",))
        return Speaker(UNRESOLVED, SpeakerType.ANONYMOUS, None, 0.0, ("nobody before the relative clause",))


def _joint(sides: tuple[Speaker, ...]) -> Speaker:
    """Two speakers as the one that they are together."""
    kind = sides[0].type if sides[0].type is sides[1].type else SpeakerType.BODY
    sure = min(one.confidence for one in sides)
    return Speaker(" and ".join(one.name for one in sides), kind, None, sure, ("named together",))
