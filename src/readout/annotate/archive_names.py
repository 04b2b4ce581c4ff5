"""One entity of the archive for all that its articles know of it. Pure: what is known and what people ruled come in.

An article has already joined the forms of a name (`entities`). Here what several articles know is joined, and nothing
without a reason: the same full name, two spellings of one name, or a short form that one full name alone can stand
behind. Namesakes stay apart where their offices are of different states, and where it is uncertain. What a person
ruled comes first and is never overruled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from readout.annotate.lists import lists
from readout.annotate.names import fold, match
from readout.models import Annotation, Entity, EntityKind, Known, Ruling, Statement, Who
from readout.text import sounds

_ALIKE = 0.8  # as sure as `names.match` has to be of two spellings that sound the same
_TIMES = 10  # as often as one is named more than all others, it is the one that is meant
_MOST = 600  # entities that are compared with each other
_LOOSE = frozenset({EntityKind.PERSON, EntityKind.OTHER})
_LEAST = 0.75
_SOUNDING = 0.9
_EXACT = 1.0


@dataclass
class _Node:
    """What is known of one full or short name, namesakes apart."""

    known: list[Known]
    states: frozenset[str]
    names: frozenset[str] = frozenset()
    reasons: list[str] = field(default_factory=list)
    chosen: str = ""
    called: tuple[int, str, list[str]] = field(default=(0, "", []), repr=False, compare=False)

    @property
    def kind(self) -> EntityKind:
        return self.known[0].kind

    @property
    def articles(self) -> int:
        return sum(one.articles for one in self.known)

    @property
    def name(self) -> str:
        return self._called()[1]

    @property
    def words(self) -> list[str]:
        return self._called()[2]

    def _called(self) -> tuple[int, str, list[str]]:
        """Its name and the words of that, found anew when more is known: they are compared with those of many."""
        if self.called[0] != len(self.known):
            counts: Counter[str] = Counter()
            for one in self.known:
                counts[one.name] += one.articles
            name = min(counts, key=lambda name: (-(" " in name), -counts[name], name))
            self.called = len(self.known), name, fold(name).split()
        return self.called


def whos(known: Iterable[Known], rulings: Iterable[Ruling] = ()) -> tuple[Who, ...]:
    """The entities of the archive that what is known makes, the most named first."""
    ruled = _Ruled(rulings)
    nodes = [node for group in _by_entity(known) for node in _namesakes(group)]
    nodes = sorted(nodes, key=_most_named)[:_MOST]
    for join in (_by_ruling, _by_spelling, _by_short_form):
        nodes = join(nodes, ruled)
    return tuple(_who(node) for node in sorted(nodes, key=_most_named))


def other_names(name: str, rulings: Iterable[Ruling]) -> tuple[str, ...]:
    """The names that people said a name is the same as."""
    asked, pairs = fold(name), [(one.one, one.other) for one in rulings if one.same]
    return tuple(other for pair in pairs for one, other in (pair, pair[::-1]) if fold(one) == asked)


def ruled(annotation: Annotation, rulings: Sequence[Ruling]) -> Annotation:
    """The annotation with the names that people ruled its entities, speakers and relays to have."""
    chosen = _Ruled(rulings).chosen()
    if not chosen:
        return annotation
    return replace(
        annotation,
        entities=tuple(_renamed(one, chosen) for one in annotation.entities),
        statements=tuple(_told_by(one, chosen) for one in annotation.statements),
    )


def _renamed(entity: Entity, chosen: Mapping[str, str]) -> Entity:
    name = chosen.get(fold(entity.name))
    if name is None or name == entity.name:
        return entity
    forms = (entity.name, *(form for form in entity.aliases if form != name))
    return replace(entity, name=name, aliases=forms)


def _told_by(statement: Statement, chosen: Mapping[str, str]) -> Statement:
    speaker = chosen.get(fold(statement.speaker.name), statement.speaker.name)
    via = tuple(chosen.get(fold(name), name) for name in statement.via)
    if (speaker, via) == (statement.speaker.name, statement.via):
        return statement
    return replace(statement, speaker=replace(statement.speaker, name=speaker), via=via)


def meant(name: str, among: Iterable[Who]) -> tuple[Who, ...]:
    """Those that the name can mean, the surest first, then the most named."""
    rated = ((_fit(name, one), one) for one in among)
    fitting = [(fit, one) for fit, one in rated if fit >= _LEAST]
    best = max((fit for fit, _ in fitting), default=0.0)
    level = min(best, _EXACT)
    found = [one for fit, one in fitting if fit >= level or best < _EXACT]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.name, one.known)))


def clear(found: Sequence[Who]) -> bool:
    """Whether the first of those that a name can mean is the one: the only one, or named ten times as often as all
    others together.
    """
    return len(found) == 1 or (bool(found) and found[0].articles >= _TIMES * sum(one.articles for one in found[1:]))


def _fit(name: str, who: Who) -> float:
    asked = _plain(name)
    fits = [_fit_form(asked, _plain(form)) for form in (who.name, *who.forms)]
    return max(fits, default=0.0)


def _plain(name: str) -> str:
    """Folded; a name with a hyphen is one word ("Marr-Vance" is no Vance)."""
    return " ".join(fold(word).replace(" ", "-") for word in name.split()).removeprefix("the ")


def _fit_form(asked: str, form: str) -> float:
    last = form.split()[-1:]
    if asked == form or last == [asked]:
        return _EXACT
    if " " not in asked:
        return _SOUNDING if last and tuple(sounds.keys(asked)) == tuple(sounds.keys(last[0])) else 0.0
    return min(match(asked, form), _SOUNDING) if " " in form else 0.0


class _Ruled:
    """The last ruling on each two names, by their folded forms."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        last: dict[frozenset[str], Ruling] = {}
        for one in rulings:
            pair = frozenset({fold(one.one), fold(one.other)})
            last.pop(pair, None)
            last[pair] = one
        self.same = [one for one in last.values() if one.same]
        self._apart: list[tuple[str, str]] = [(fold(one.one), fold(one.other)) for one in last.values() if not one.same]

    def chosen(self) -> dict[str, str]:
        """The name that each folded name is to have: the end of what it was said to be."""
        straight = {fold(one.one): one.other for one in self.same}
        return {name: _end(straight, other) for name, other in straight.items()}

    def forbids(self, one: _Node, other: _Node) -> bool:
        """Whether somebody said that they are two."""
        return any(
            (a in one.names and b in other.names) or (b in one.names and a in other.names) for a, b in self._apart
        )


def _end(straight: Mapping[str, str], name: str) -> str:
    """Where a chain of names leads; round in a circle, to its last link."""
    seen = {fold(name)}
    while (following := straight.get(fold(name))) is not None and fold(following) not in seen:
        name = following
        seen.add(fold(name))
    return name


def _by_entity(known: Iterable[Known]) -> list[list[Known]]:
    grouped: dict[str, list[Known]] = defaultdict(list)
    for one in sorted(known):
        grouped[one.entity].append(one)
    return list(grouped.values())


def _namesakes(group: Sequence[Known]) -> list[_Node]:
    """One node a person: those whose offices are of one state. One without a state is the only one there is, or the
    one that is named ten times as often as the others.
    """
    if group[0].kind is not EntityKind.PERSON:
        return [_node(group, frozenset())]
    held: list[tuple[list[Known], frozenset[str]]] = []
    loose: list[Known] = []
    for one in group:
        states = _states(one.roles)
        if not states:
            loose.append(one)
            continue
        alike = [member for member in held if member[1] & states]
        held = [member for member in held if not member[1] & states]
        joined = [known for member in alike for known in member[0]]
        held.append(([*joined, one], states.union(*(member[1] for member in alike))))
    nodes = sorted((_node(members, states) for members, states in held), key=_most_named)
    if not loose:
        return nodes
    if nodes and (len(nodes) == 1 or nodes[0].articles >= _TIMES * sum(one.articles for one in nodes[1:])):
        nodes[0].known.extend(loose)
        return nodes
    return [*nodes, _node(loose, frozenset())]


def _states(roles: Iterable[str]) -> frozenset[str]:
    known = lists()
    words = [fold(role).split() for role in roles]
    told = {known.demonyms.get(word) or known.states.get(word) for role in words for word in role}
    return frozenset(state for state in told if state)


def _node(known: Sequence[Known], states: frozenset[str]) -> _Node:
    return _Node(list(known), states, frozenset(fold(one.name) for one in known))


def _joined(nodes: Sequence[_Node], reason: str, chosen: str = "") -> _Node:
    reasons = list(dict.fromkeys([*(told for node in nodes for told in node.reasons), reason]))
    return _Node(
        [one for node in nodes for one in node.known],
        frozenset().union(*(node.states for node in nodes)),
        frozenset().union(*(node.names for node in nodes)),
        reasons,
        chosen or next((node.chosen for node in nodes if node.chosen), ""),
    )


def _by_ruling(nodes: Sequence[_Node], ruled: _Ruled) -> list[_Node]:
    held = list(nodes)
    for one in ruled.same:
        wanted = {fold(one.one), fold(one.other)}
        ours = [node for node in held if node.names & wanted]
        if ours:
            held = [node for node in held if not node.names & wanted]
            held.append(_joined(ours, f"ruled: {one.one} is {one.other}", one.other))
            held[-1].names |= wanted
    return held


def _by_spelling(nodes: Sequence[_Node], ruled: _Ruled) -> list[_Node]:
    """Two spellings of one full name."""
    full = [node for node in nodes if len(node.words) > 1 and node.kind in _LOOSE]
    by_sound: dict[tuple[str, str], list[_Node]] = defaultdict(list)  # and how their words begin, as `_one_name` asks
    for node in full:
        initials = " ".join(word[0] for word in node.words)
        by_sound[_sounds(node.words[-1])[-1], initials].append(node)
    merged: list[_Node] = []
    for group in by_sound.values():
        merged += _clustered(group, lambda one, other: _one_name(one, other) and not ruled.forbids(one, other))
    done = {id(node) for node in full}
    return [*(node for node in nodes if id(node) not in done), *merged]


def _clustered(group: Sequence[_Node], alike: Callable[[_Node, _Node], bool]) -> list[_Node]:
    """Those joined that are alike, the most named first; none with two that are not alike themselves."""
    clusters: list[list[_Node]] = []
    for node in sorted(group, key=_most_named):
        fitting = [cluster for cluster in clusters if all(alike(node, other) for other in cluster)]
        if len(fitting) == 1:
            fitting[0].append(node)
        else:
            clusters.append([node])
    return [_joined(one, _spelt(one)) if len(one) > 1 else one[0] for one in clusters]


def _spelt(nodes: Sequence[_Node]) -> str:
    return f"spellings of one name: {', '.join(node.name for node in nodes)}"


def _one_name(one: _Node, other: _Node) -> bool:
    if one.states and other.states and not one.states & other.states:
        return False
    first, second = one.words, other.words
    if len(first) != len(second) or one.known[0].entity == other.known[0].entity:
        return False
    if abs(len(first[-1]) - len(second[-1])) == 1 and first[-1].rstrip("a") == second[-1].rstrip("a"):
        return False  # a man and a woman of one family
    return all(map(_sound_alike, first, second)) and match(one.name, other.name) >= _ALIKE


def _sound_alike(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and _sounds(one) == _sounds(other))


@lru_cache(maxsize=20_000)
def _sounds(word: str) -> tuple[str, ...]:
    return tuple(sounds.keys(word))


def _by_short_form(nodes: Sequence[_Node], ruled: _Ruled) -> list[_Node]:
    """A last name alone is the one full name that ends so, or the one that is named ten times as often as others."""
    full = [node for node in nodes if len(node.words) > 1 and node.kind is EntityKind.PERSON]
    held = {id(node): node for node in nodes}
    ending: dict[str, list[int]] = defaultdict(list)
    for node in full:
        for last in {words[-1] for name in node.names if (words := name.split())}:
            ending[last].append(id(node))
    for short in nodes:
        if len(short.words) != 1 or short.kind is EntityKind.PLACE or short.chosen:
            continue
        ends = ending.get(short.words[0], [])
        fitting = sorted((held[key] for key in ends), key=_most_named)
        if fitting and _stands_out(fitting, short) and not ruled.forbids(short, fitting[0]):
            key = next(key for key in ends if held[key] is fitting[0])
            held[key] = _joined([fitting[0], short], f"{short.name} alone is {fitting[0].chosen or fitting[0].name}")
            del held[id(short)]
    return list(held.values())


def _stands_out(fitting: Sequence[_Node], short: _Node) -> bool:
    """A short form that was taken for a body is one, unless the person is named ten times as often."""
    if short.kind not in _LOOSE and fitting[0].articles < _TIMES * short.articles:
        return False
    return len(fitting) == 1 or fitting[0].articles >= _TIMES * sum(one.articles for one in fitting[1:])


def _most_named(node: _Node) -> tuple[int, str, Sequence[Known]]:
    return -node.articles, node.name, node.known


def _who(node: _Node) -> Who:
    return Who(node.kind, node.chosen or node.name, tuple(sorted(node.known)), tuple(node.reasons))
