"""The entities of a text: one for all forms of a name, with the roles and pronouns that mean it.

Names are found by `mentions`, joined by `chains`; here their canonical forms are chosen, and roles ("the Ukrainian
president") and pronouns are given to the one last named that fits, in subject position first. Linear.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from readout.annotate import offices, quotes
from readout.annotate.chains import Chain, Linker, key
from readout.annotate.lists import lists
from readout.annotate.mentions import named, read
from readout.annotate.quotes import Quotation
from readout.annotate.tokens import Tokens
from readout.models import Entity, EntityId, EntityKind, Mention, Span, stable_id

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_PRONOUNS = _HE | _SHE | _IT | _THEY
_DETERMINERS = frozenset({"the", "this", "that"})
_MEANING = _PRONOUNS | _DETERMINERS
_REACH = 3  # sentences back that a pronoun may mean
_ROLE_REACH = 40  # names back that a role may mean
_LONGEST_ROLE = 4
_LETTERS = 5  # a place all in capitals and longer is shouted, not abbreviated


class _Met(NamedTuple):
    """A chain as met so far: the sentence it was last named in, and whether as a subject."""

    chain: Chain
    sentence: int
    subject: bool


@dataclass
class _Walk:
    """The state of one pass over names, roles and pronouns in their order."""

    tokens: Tokens
    quoted: Sequence[int]
    numbers: list[int]
    met: deque[_Met] = field(default_factory=lambda: deque(maxlen=_ROLE_REACH))
    extra: dict[int, list[tuple[Span, str]]] = field(default_factory=dict)
    begun: int = -1

    def name(self, chain: Chain, first: int) -> None:
        if self.quoted[first]:
            return
        sentence = self.numbers[first]
        self.met.append(_Met(chain, sentence, self.begun != sentence))
        self.begun = sentence

    def pronoun(self, place: int) -> None:
        word, sentence = self.tokens.lower[place], self.numbers[place]
        if self.quoted[place]:
            return
        gender = "m" if word in _HE else "f" if word in _SHE else ""
        chain = self._meant(gender, sentence, word)
        if chain is not None:
            if gender:
                chain.gender = gender
            self._give(chain, place, place, "pronoun")

    def _meant(self, gender: str, sentence: int, word: str) -> Chain | None:
        person = bool(gender)
        for subject in (True, False):
            for one in reversed(self.met):
                if sentence - one.sentence > _REACH:
                    break
                if one.subject >= subject and _can_be(one.chain, gender, person=person, plural=word in _THEY):
                    return one.chain
        return None

    def role(self, first: int, last: int) -> None:
        head = self.tokens.lower[last]
        before = set(map(offices.whose, self.tokens.lower[first + 1 : last]))
        chain = self._body(head) if head in lists().short_bodies else self._holder(head, before)
        if chain is not None:
            self._give(chain, first, last, "role")
            if not self.quoted[first]:
                self.met.append(_Met(chain, self.numbers[first], self.begun != self.numbers[first]))
                self.begun = self.numbers[first]

    def _body(self, head: str) -> Chain | None:
        bodies = [one.chain for one in reversed(self.met) if one.chain.kind is EntityKind.BODY]
        subjects = [one.chain for one in reversed(self.met) if one.subject and one.chain.kind is EntityKind.BODY]
        return next(iter(subjects or bodies), None) if head in _ANY_BODY else None

    def _holder(self, head: str, before: set[str]) -> Chain | None:
        for one in reversed(self.met):
            if one.chain.kind is EntityKind.PERSON and any(
                offices.fits(role, head, before) for role in one.chain.roles
            ):
                return one.chain
        return None

    def _give(self, chain: Chain, first: int, last: int, form: str) -> None:
        self.extra.setdefault(id(chain), []).append((Span(*self.tokens.span(first, last)), form))


_ANY_BODY = frozenset("company firm carrier airline automaker carmaker manufacturer group bank newspaper".split())


def entities(tokens: Tokens, quoted: tuple[Quotation, ...] | None = None) -> tuple[Entity, ...]:
    """Persons, bodies, places and works of a text, by their first mention, with all mentions that are told.

    `quoted` are the text's quotations, where they are known already.
    """
    found = named(read(tokens))
    if not found:
        return ()
    linker = Linker(tokens, found)
    chains = linker.chains()
    owners: dict[int, Chain] = {place: chain for chain in chains for place in chain.places}
    within = quotes.inside(tokens, quotes.quotations(tokens) if quoted is None else quoted).tolist()
    extra = _extra(tokens, within, [(found[place].first, found[place].last, owners[place]) for place in sorted(owners)])
    spans = [Span(*tokens.span(one.first, one.last)) for one in found]
    shown = [not one.demonym for one in found]
    made = [_entity(tokens, chain, spans, shown, extra.get(id(chain), [])) for chain in chains]
    return _once(made)


def _extra(
    tokens: Tokens, within: Sequence[int], names: Sequence[tuple[int, int, Chain]]
) -> dict[int, list[tuple[Span, str]]]:
    """Roles and pronouns of each chain, by its id()."""
    walk = _Walk(tokens, within, tokens.sentences)
    at = 0
    for place in compress(range(len(tokens)), map(_MEANING.__contains__, tokens.lower)):
        while at < len(names) and names[at][0] < place:
            walk.name(names[at][2], names[at][0])
            at += 1
        if tokens.lower[place] in _PRONOUNS:
            walk.pronoun(place)
        else:
            last = _role_end(tokens, place)
            if last > place and not (
                at < len(names) and place < names[at][0] <= last + 1 and _is_plain(names[at], last)
            ):
                walk.role(place, last)
    return walk.extra


def _is_plain(name: tuple[int, int, Chain], last: int) -> bool:
    """Whether a name after the article makes the role a title before it, or a part of another name."""
    return name[0] == last + 1 or name[1] >= last


def _role_end(tokens: Tokens, place: int) -> int:
    """The noun of office or of a kind of body that ends what the article at `place` begins; `place` where none."""
    known, lower = lists(), tokens.lower
    for at in range(place + 1, min(len(tokens), place + 1 + _LONGEST_ROLE)):
        word = lower[at]
        if word in known.roles or word in known.short_bodies:
            after = lower[at + 1] if at + 1 < len(tokens) else ""
            if after not in known.roles and after not in known.bodies:
                return at
        elif not (word in known.before_roles or word in known.demonyms or word in known.states):
            return place
    return place


def _can_be(chain: Chain, gender: str, *, person: bool, plural: bool) -> bool:
    if person:
        return chain.kind is EntityKind.PERSON and chain.gender in {"", gender}
    if chain.kind is EntityKind.BODY:
        return True
    return not plural and chain.kind is EntityKind.WORK


def _entity(
    tokens: Tokens, chain: Chain, spans: Sequence[Span], shown: Sequence[bool], extra: Sequence[tuple[Span, str]]
) -> Entity:
    told = [place for place in chain.places if shown[place]] or chain.places
    forms: dict[str, int] = {}
    for place in told:
        form = _shown(tokens, spans[place])
        forms[form] = forms.get(form, 0) + 1
    name = _canonical(forms, chain.kind)
    folded = " ".join(key(name)) or name
    mentions = [Mention(spans[place], "name") for place in chain.places] + [Mention(*one) for one in extra]
    return Entity(
        EntityId(stable_id("entity", str(chain.kind), folded)),
        chain.kind,
        name,
        tuple(form for form in forms if form != name),
        tuple(chain.roles),
        tuple(sorted(mentions)),
    )


def _shown(tokens: Tokens, span: Span) -> str:
    return " ".join(tokens.text[span.start : span.end].split())


def _canonical(forms: Mapping[str, int], kind: EntityKind) -> str:
    """The form that says most: of persons the most used full name, else the longest of the frequent ones."""
    if len(forms) == 1 and not (kind is EntityKind.PLACE and next(iter(forms)).isupper()):
        return next(iter(forms))
    if kind is EntityKind.PERSON:
        full = [form for form in forms if " " in form and not any(one.endswith(f" {form}") for one in forms)]
        return max(full or forms, key=lambda form: (forms[form], len(form)))
    best = max(forms, key=lambda form: (not form.isupper(), len(key(form)), len(form), forms[form]))
    return best.title() if kind is EntityKind.PLACE and best.isupper() and len(best) > _LETTERS else best


def _once(made: Sequence[Entity]) -> tuple[Entity, ...]:
    """One entity an id: what two chains share is told once."""
    by_id: dict[EntityId, Entity] = {}
    for one in made:
        other = by_id.get(one.id)
        by_id[one.id] = one if other is None else _merged(other, one)
    return tuple(by_id.values())


def _merged(one: Entity, other: Entity) -> Entity:
    aliases = dict.fromkeys((*one.aliases, other.name, *other.aliases))
    return Entity(
        one.id,
        one.kind,
        one.name,
        tuple(alias for alias in aliases if alias != one.name),
        tuple(dict.fromkeys((*one.roles, *other.roles))),
        tuple(sorted((*one.mentions, *other.mentions))),
    )
