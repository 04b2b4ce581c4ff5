"""Which forms of names in one text name the same: full names vote for their short forms. No pronouns, no roles here.

A form is one folded name. Forms are linked through indexes (first words, last words, initials), never each with each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from readout.annotate.cues import lexicon
from readout.annotate.lists import lists
from readout.annotate.mentions import Named
from readout.annotate.names import fold
from readout.annotate.tokens import Tokens
from readout.models import EntityKind

_AFTER = frozenset("is was has had have will would could can may might are were 's ’s".split())
_WITHIN = frozenset("in at from near into across outside to".split())
_APART = frozenset("corps records store stores studios force forces times post".split())
_MOST_VARIANTS = 300  # full names that are compared letter by letter
_MOST_FULL = 40  # full names that one short form is held against
_VARIANT = 0.8
_LONG = 5
_SHORT = 2
_SAMPLED = 8  # mentions of a form that are looked at
_PERSONAL = 3  # words that a name of a person mostly has at the most
_ABSTRACT = re.compile(r"(?:tion|ity|ment|ance|ness|ship|iers|ants|ists|ians|ings)$")
_NAMES_KEPT = 1 << 14
_DOTTED = {"u s": "us", "u k": "uk", "u n": "un", "e u": "eu"}


@dataclass(slots=True)
class Form:
    """One folded name and its mentions, as indexes of the list of names."""

    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    kinds: dict[EntityKind, int] = field(default_factory=dict)
    gender: str = ""
    titled: bool = False
    kind: EntityKind | None = None
    heads: list[int] | None = None


@dataclass(slots=True)
class Chain:
    """Names of one thing: indexes of the list of names, in order."""

    kind: EntityKind
    places: list[int]
    gender: str = ""
    roles: list[str] = field(default_factory=list)


@lru_cache(maxsize=_NAMES_KEPT)
def key(name: str) -> tuple[str, ...]:
    """The words by which two mentions are the same form: folded, without article and legal form."""
    words = lists()
    folded = fold(name)
    folded = folded.removeprefix("the ")
    for end in (" led", " based", " owned", " backed"):
        folded = folded.removesuffix(end)
    folded = _DOTTED.get(folded, folded)
    folded = words.states.get(folded, words.demonyms.get(folded, folded))
    parts = folded.split()
    while len(parts) > 1 and (parts[-1] in words.legal or parts[-1] in {"jr", "sr"}):
        parts.pop()
    return tuple(parts)


class Linker:
    """Forms of one text and what they are linked to."""

    def __init__(self, tokens: Tokens, found: Sequence[Named]) -> None:
        self.tokens = tokens
        self.found = found
        self.forms: dict[tuple[str, ...], Form] = {}
        self.keys: list[tuple[str, ...]] = []
        self.parent: dict[tuple[str, ...], tuple[str, ...]] = {}
        known: dict[str, tuple[str, ...]] = {}
        for place, one in enumerate(found):
            start, end = tokens.span(one.first, one.last)
            shown = tokens.text[start:end]
            if shown not in known:
                known[shown] = key(shown) or (shown,)
            self._add(place, one, known[shown])
        self.firsts = self._index(0)
        self.lasts = self._index(-1)

    def _add(self, place: int, one: Named, words: tuple[str, ...]) -> None:
        form = self.forms.get(words)
        if form is None:
            form = self.forms[words] = Form(words)
        form.places.append(place)
        self.keys.append(words)
        if one.kind is not None:
            form.kinds[one.kind] = form.kinds.get(one.kind, 0) + (2 if one.titled or one.role else 1)
        form.gender = form.gender or one.gender
        form.titled = form.titled or one.titled

    def _index(self, at: int) -> dict[str, list[Form]]:
        index: dict[str, list[Form]] = {}
        for form in self.forms.values():
            if len(form.words) > 1:
                index.setdefault(form.words[at], []).append(form)
        return index

    def chains(self) -> list[Chain]:
        """The chains of the text, by their first mention."""
        self._settle_kinds()
        self._link_initials()
        shared = self._link_short()
        self._link_variants()
        grouped: dict[tuple[str, ...], list[int]] = {}
        for place, words in enumerate(self.keys):
            owner = shared.get(place, words)
            grouped.setdefault(self._root(owner), []).append(place)
        return [self._chain(places) for places in grouped.values()]

    def _root(self, words: tuple[str, ...]) -> tuple[str, ...]:
        root = words
        while root in self.parent:
            root = self.parent[root]
        while words != root:
            self.parent[words], words = root, self.parent[words]
        return root

    def _join(self, one: Form, to: Form) -> None:
        a, b = self._root(one.words), self._root(to.words)
        if a != b:
            self.parent[a] = b

    def _settle_kinds(self) -> None:
        for form in self.forms.values():
            if form.kinds and not self._shouted(form):
                form.kind = max(form.kinds, key=form.kinds.__getitem__)
        for form in self.forms.values():
            if form.kind is None and len(form.words) > 1:
                form.kind = self._kind_by_use(form)

    def _shouted(self, form: Form) -> bool:
        """Whether what looks like letters for a body is only a word all in capitals: "PENCE" beside "Pence"."""
        if len(form.words) > 1 or EntityKind.BODY not in form.kinds or form.words[0] in lists().bodies:
            return False
        shown = [self.tokens.words[self.found[place].first] for place in form.places[:_SAMPLED]]
        if any(map(str.isupper, shown)) and not all(map(str.isupper, shown)):
            del form.kinds[EntityKind.BODY]
        return not form.kinds

    def _kind_by_use(self, form: Form) -> EntityKind:
        """A full name of unknown words is a person's where its last word stands for it, a body's where its first."""
        by_first = self.forms.get(form.words[:1])
        by_last = self.forms.get(form.words[-1:])
        if by_last and by_last.kind in {None, EntityKind.PERSON} and not by_first:
            return EntityKind.PERSON
        known = lists()
        if form.words[0] in known.places or form.words[0] in known.states or form.words[0] in known.capitals:
            return EntityKind.BODY
        if by_first or self._after_article(form) or len(form.words) > _PERSONAL or _ABSTRACT.search(form.words[-1]):
            return EntityKind.BODY
        return EntityKind.PERSON if self._speaks(form) or len(form.places) == 1 else EntityKind.BODY

    def _after_article(self, form: Form) -> bool:
        first = self.found[form.places[0]].first
        return first > 0 and self.tokens.lower[first - 1] == "the"

    def _speaks(self, form: Form) -> bool:
        """Whether a verb of saying stands beside one of the mentions."""
        lower, verbs = self.tokens.lower, lexicon()
        for place in form.places[:_SAMPLED]:
            one = self.found[place]
            beside = lower[max(0, one.first - 1) : one.first] + lower[one.last + 1 : one.last + 2]
            if any(verbs.bits.get(word) for word in beside):
                return True
        return False

    def _link_initials(self) -> None:
        """Letters such as "WHO" to the name whose words begin with them."""
        index: dict[str, Form] = {}
        for form in self.forms.values():
            if len(form.words) > 1 and form.kind is not EntityKind.PERSON:
                for letters in _initials(form.words, self.tokens, self.found[form.places[0]]):
                    index.setdefault(letters, form)
        for form in self.forms.values():
            if len(form.words) == 1 and form.kind in {EntityKind.BODY, None, EntityKind.PLACE}:
                shown = self.tokens.words[self.found[form.places[0]].first]
                full = index.get(form.words[0])
                if full is not None and sum(map(str.isupper, shown)) >= _SHORT and full is not form:
                    self._join(form, full)

    def _link_short(self) -> dict[int, tuple[str, ...]]:
        """Short forms to full ones; where several fit, each mention by itself, to the one named last before it."""
        shared: dict[int, tuple[str, ...]] = {}
        for form in self.forms.values():
            if form.words in self.parent:
                continue
            fulls = self._fulls(form)
            roots = {self._root(full.words) for full in fulls}
            if len(roots) == 1:
                self._join(form, fulls[0])
                form.kind = fulls[0].kind
            elif roots:
                form.kind = fulls[0].kind
                shared.update((place, self._nearest(place, fulls[:_MOST_FULL]).words) for place in form.places)
        return shared

    def _fulls(self, form: Form) -> list[Form]:
        words = form.words
        if form.kind is EntityKind.WORK:
            return self._same_model(form)
        if form.kind is EntityKind.PLACE and not form.titled:
            return []
        if len(words) == 1:
            people = [one for one in self.lasts.get(words[0], ()) if one.kind is EntityKind.PERSON and _fits(form, one)]
            if people:
                return people
            given = [one for one in self.firsts.get(words[0], ()) if one.kind is EntityKind.PERSON and _fits(form, one)]
            if given and form.kind in {EntityKind.PERSON, None}:
                return given
        elif form.kind is EntityKind.PERSON:
            return self._same_person(form)
        return [one for one in self.firsts.get(words[0], ())[:_MOST_FULL] if self._extends(one, form)]

    def _same_person(self, form: Form) -> list[Form]:
        """Longer forms of a full name: middle names and initials more ("John Smith", "John F Smith")."""
        return [
            one
            for one in self.lasts.get(form.words[-1], ())[:_MOST_FULL]
            if one.kind is EntityKind.PERSON and len(one.words) > len(form.words) and _begins(form.words, one.words)
        ]

    def _same_model(self, form: Form) -> list[Form]:
        if len(form.words) > 1 or not any(map(str.isdigit, form.words[0])):
            return []
        return [one for one in self.lasts.get(form.words[0], ()) if one.kind is EntityKind.WORK]

    def _extends(self, full: Form, form: Form) -> bool:
        """Whether a body's name goes on from the shorter one with no more than a word of its kind."""
        size = len(form.words)
        rest = full.words[size:]
        if not rest or full.words[:size] != form.words or full.kind not in {EntityKind.BODY, None}:
            return False
        if len(form.words) == 1 and form.words[0] in lists().demonyms:
            return False
        known = lists()
        if any(one in _APART or one in known.places or one in known.states for one in rest):
            return False
        if all(one in known.bodies or one in known.legal for one in rest):
            return len(rest) <= _SHORT
        return len(rest) == 1 and full.places[0] < form.places[0]

    def _nearest(self, place: int, fulls: Sequence[Form]) -> Form:
        gender = self.found[place].gender
        fitting = [one for one in fulls if not gender or not one.gender or one.gender == gender] or list(fulls)
        return max(fitting, key=lambda one: self._recency(one, place))

    def _recency(self, full: Form, place: int) -> tuple[int, int]:
        """The last mention before one that opened its sentence, as subjects mostly do, then the last of any."""
        if full.heads is None:
            full.heads = [one for one in full.places if self._heads_sentence(one)]
        before = bisect_left(full.heads, place)
        return full.heads[before - 1] if before else -1, _last_before(full.places, place)

    def _heads_sentence(self, place: int) -> bool:
        numbers, one = self.tokens.sentences, self.found[place]
        return place == 0 or numbers[self.found[place - 1].first] != numbers[one.first]

    def _link_variants(self) -> None:
        """Names of persons spelt in two ways."""
        people = [
            form for form in self.forms.values() if form.kind is EntityKind.PERSON and len(form.words[-1]) >= _LONG
        ][:_MOST_VARIANTS]
        ends: dict[str, list[Form]] = {}
        for form in people:
            ends.setdefault(form.words[-1][:2], []).append(form)
        for group in ends.values():
            for at, form in enumerate(group):
                for other in group[:at]:
                    if _variants(form, other) and self._root(form.words) != self._root(other.words):
                        self._join(form, other)

    def _chain(self, places: list[int]) -> Chain:
        kinds: dict[EntityKind, int] = {}
        counts: dict[tuple[str, ...], int] = {}
        for place in places:
            words = self.keys[place]
            counts[words] = counts.get(words, 0) + 1
        for words, count in counts.items():
            kind = self.forms[words].kind or self._kind_alone(words)
            kinds[kind] = kinds.get(kind, 0) + count
        named = [self.found[place] for place in places]
        genders = [one.gender for one in named if one.gender]
        roles = list(dict.fromkeys([one.role for one in named if one.role]))
        kinds.pop(EntityKind.OTHER, None)
        kind = max(kinds, key=kinds.__getitem__) if kinds else EntityKind.OTHER
        return Chain(kind, places, genders[0] if genders else "", roles)

    def _kind_alone(self, words: tuple[str, ...]) -> EntityKind:
        """What one word of no known meaning names, by what stands around it."""
        form = self.forms[words]
        lower, within, acts = self.tokens.lower, 0, 0
        for place in form.places[:_SAMPLED]:
            one = self.found[place]
            within += one.first > 0 and lower[one.first - 1] in _WITHIN
            after = lower[one.last + 1] if one.last + 1 < len(lower) else ""
            acts += after in _AFTER or lexicon().has(after, "past")
        if within > acts:
            return EntityKind.PLACE
        return EntityKind.BODY if acts else EntityKind.OTHER


def _fits(short: Form, full: Form) -> bool:
    return short.kind in {None, EntityKind.PERSON} or (
        short.kind is EntityKind.BODY and full.words[0] == short.words[0]
    )


def _begins(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the given names of the short form are those of the full one, in order, initials counting."""
    rest = iter(full[:-1])
    return all(any(one[: len(name)] == name if len(name) == 1 else one == name for one in rest) for name in short[:-1])


def _variants(one: Form, other: Form) -> bool:
    a, b = one.words, other.words
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if Levenshtein.normalized_similarity(a[-1], b[-1]) < _VARIANT:
        return False
    if a[-1] == b[-1] and len(a) == len(b):
        return a[:-1] == b[:-1] or (
            len(a[0]) > _SHORT and Levenshtein.distance(a[0], b[0]) == 1 and a[0][:1] == b[0][:1]
        )
    if len(a) > 1 and len(b) > 1:
        known = lists().families
        same = a[0] == b[0] or bool(known.get(a[0], frozenset()) & known.get(b[0], frozenset()))
        return same and len(a) == len(b)
    return a[-1] != b[-1]


def _initials(words: tuple[str, ...], tokens: Tokens, one: Named) -> set[str]:
    shown = [word for word in tokens.words[one.first : one.last + 1] if word[0].isalpha()]
    capitals = "".join(word[0].lower() for word in shown if word[0].isupper())
    every = "".join(word[0].lower() for word in shown)
    return {capitals, every, "".join(word[0] for word in words)}


def _last_before(places: Sequence[int], place: int) -> int:
    """The last of the ordered places before one; where all are after it, the nearer the better."""
    before = bisect_left(places, place)
    return places[before - 1] if before else -places[0] - 1
