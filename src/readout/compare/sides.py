"""Who speaks for whom: a story's speakers gathered into parties, each membership with the words that say so.

Only what the texts themselves say counts: "Veldanian President", "Okell's spokesman", "minister of the interior of
Norholt", and those who pass another's words on. There is no list of office-holders, and of places only the adjectives
that cannot be told from the name (`places.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from readout.compare import described as descriptions
from readout.compare.described import CAPITAL, NAME, PAIRED, TITLE
from readout.compare.told import Report, listed, reading_of
from readout.models import UNRESOLVED, Entity, EntityKind, Party, SpeakerType, StatementId, Weak

_SHARED = 4  # letters that a place and its adjective share at least: "Caldria", "Caldrian"
_OF = re.compile(rf"\b(?:of|for|to) (?:the |its |their )?(?P<whom>{NAME})")
_SERVES = re.compile(
    rf"(?P<whom>{NAME}) (?:executive|official|officer|spokes(?:man|woman|person)|diplomat|negotiator|aide|advis[eo]r|"
    r"lawyer|director|manager|representative|administration|government|campaign)s?\b"
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.K."
_OWNER = re.compile(rf"(?P<whom>{NAME})['’]s? ")
_NAMED = re.compile(CAPITAL)
_TOGETHER = re.compile(
    r"\A(?:(?:both|the two) (?:offices|ministries|ministers|presidents|teams|camps|companies|capitals)|"
    r"(?:both|(?:the )?two) (?:sides|parties|governments|countries|nations|leaders|states|delegations))\Z",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\A(?:it|there) (?:is|was)\b|\A[a-z]+ed (?:an?|the)\b", re.IGNORECASE)  # no name
_MOST_SIDES = 2
_GOVERNS = re.compile(
    r"(?:president|minister|chancellor|government|cabinet|parliament|king|queen|premier|ministry|embassy|army)s?\b"
)
_RULES = r"(?:president|prime minister|(?:\w+ )?minister|chancellor|government|cabinet|parliament|king|queen|premier)"
_SERVICES = r"(?:(?:\w+ ){1,2}ministry|embassy|army)"  # that only a state has
_GOVERNMENT = re.compile(
    rf"(?P<owner>{NAME})['’]s? (?:{_RULES}|{_SERVICES})\b|\b(?:{_RULES}|embassy|army) of (?P<of>{NAME})"
)
_TITLED_OF = re.compile(
    rf"\b(?:President|Minister|Chancellor|King|Queen|Premier) (?:{CAPITAL} ){{1,3}}of (?P<of>{CAPITAL})"
)
_JOINED = re.compile(r" (?:and|of|from|in|for|to|with|at|on) ")  # more than a name
# Who is only described may pass on the words of many, and speaks for none of them.
_NOBODYS = re.compile(
    r"\b(?:sources?|people|persons?|insiders?|participants?|witness(?:es)?|observers?|experts?|analysts?|reports?|media|"
    r"press|news\w*|agency|television|tv|radio|those|one|some|others)\b",
    re.IGNORECASE,
)
# Of a land, and not its voice.
_CIVIL = re.compile(
    r"\b(?:analysts?|experts?|observers?|scholars?|academics?|researchers?|economists?|historians?|journalists?|reporters?|"
    r"newspapers?|(?<!state )(?:media|press|news agency|television)|residents?|voters?|citizens?|families|relatives|"
    r"protesters?|demonstrators?|activists?|dissidents?|exiles?|refugees?|students?|farmers?|fishermen|traders?|"
    r"investors?|companies|businesses|opposition|rebels?|separatists?|former|ex)\b",
    re.IGNORECASE,
)
_APART = re.compile(  # those beside somebody, who are not he
    r"['’]s? (?:\w+ )?(?:allies|ally|rivals?|enem(?:y|ies)|neighbou?rs?|"
    r"opponents?|critics|victims?|adversar(?:y|ies)|foes?|famil(?:y|ies)|relatives?|father|mother|parents|wife|husband|"
    r"widow|sons?|daughters?|brothers?|sisters?|predecessor|successor|supporters)\b",
    re.IGNORECASE,
)
_SAME_OFFICE = {"head of state": "president", "head of government": "prime minister"}
_HIGHEST = {"president": "presidential", "prime minister": "prime ministerial", "king": "royal", "queen": "royal"}
_HOLDS = re.compile(rf"\b(?P<title>{'|'.join(_HIGHEST)})\Z", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:president|minister|chancellor|premier|king|queen|prince|leader)\b", re.IGNORECASE)
_OFFICE = re.compile(
    rf"\b(?:(?P<owner>{'|'.join(_HIGHEST)})['’]s|(?P<kind>{'|'.join(_HIGHEST.values())})) (?:own )?"
    r"(?:office|spokes\w+|press secretary|advis[eo]r|aide|chief of staff)\b|\A(?:the )?(?P<seat>presidency)\Z",
    re.IGNORECASE,
)


@dataclass
class _Sides:
    """What was said of each speaker: to whom he belongs, how often, in which words."""

    votes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    words: dict[tuple[str, str], str] = field(default_factory=dict)

    def vote(self, name: str, whom: str, words: str) -> None:
        if name != whom:
            self.votes[name][whom] += 1
            self.words.setdefault((name, whom), words)

    def above(self, name: str) -> str | None:
        """To whom a speaker belongs, by most of what is said of him."""
        return min(self.votes[name].items(), key=lambda item: (-item[1], item[0]))[0] if self.votes.get(name) else None

    def head(self, name: str) -> str:
        """The last to whom a speaker belongs, through those he belongs to."""
        seen = [name]
        while (above := self.above(seen[-1])) and above not in seen:
            seen.append(above)
        return seen[-1]


def parties(reports: Sequence[Report], background: Sequence[Report] = ()) -> tuple[Party, ...]:
    """The parties of a story, those who say most first; a speaker who belongs to nobody is a party alone.

    `background` are articles of other stories, which may say who somebody is.
    """
    said = _speakers(reports)
    texts = (*reports, *background)
    known = _Known.of(texts, _speakers(texts))
    sides = _Sides()
    _told(sides, reports, texts, said, known)
    for name in said:
        fuller = known.fuller(name)
        if fuller and name not in known.states and not sides.votes.get(name):
            sides.vote(name, fuller, f"short for {fuller}")
    for relay, name in _relayed(texts, known).items():
        if relay in said and relay not in known.states and not sides.votes.get(relay) and not _NOBODYS.search(relay):
            sides.vote(relay, known.fuller(name) or name, f"passes on the words of {name}")
    members: dict[str, list[str]] = defaultdict(list)
    for name in said:
        if not is_together(name):
            members[sides.head(name)].append(name)
    ranked = sorted(members.items(), key=lambda item: (-sum(said[name] for name in item[1]), item[0]))
    return tuple(Party(head, tuple(names), tuple(_reasons(sides, names))) for head, names in ranked)


def _told(sides: _Sides, reports: Sequence[Report], texts: Sequence[Report], said: Counter[str], known: _Known) -> None:
    """What the texts tell of each who is described in them, or whose own name says whose he is."""
    described = (
        *descriptions.described(texts, known.names),
        *descriptions.seated(texts, said),
        *((name, name) for name in said),
    )
    for name, words in described:
        whom = known.meant(words, name)
        if whom and name not in known.states:
            sides.vote(name, whom if whom in known.states else known.fuller(whom) or whom, words)
    for name, whom, words in (*descriptions.its(texts, known.names), *descriptions.of_bodies(reports, said)):
        if name not in known.states:
            sides.vote(name, whom, words)


def _speakers(reports: Sequence[Report]) -> Counter[str]:
    nobody = {UNRESOLVED, *(report.article.outlet for report in reports)}
    return Counter(
        statement.speaker.name
        for report in reports
        for statement in report.annotation.statements
        if statement.speaker.name not in nobody and _can_speak(statement.speaker.name)
    )


def _can_speak(name: str) -> bool:
    """Whether words can name a source: no broken quotation, and no bare thing such as "call" or "reports"."""
    if name[:1] in "\"'“”‘’" or _CLAUSE.search(name):
        return False
    bare = name[:1].lower() + name[1:]
    return not (bare.isalpha() and bare.islower() and bare in listed("things"))


def _reasons(sides: _Sides, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        above = sides.above(name)
        if above:
            yield f"{name} → {above}: “{sides.words[name, above].strip(' ,')}”"


def of_speakers(found: Sequence[Party], reports: Sequence[Report]) -> dict[str, tuple[str, ...]]:
    """For every speaker the parties that he speaks for: one, or more where several speak together. Whom "both
    sides" are is another matter each time (`together`).
    """
    belongs: dict[str, tuple[str, ...]] = {member: (party.name,) for party in found for member in party.members}
    for report in reports:
        for statement in report.annotation.statements:
            name = statement.speaker.name
            if " and " in name and not is_together(name):
                parts = {belongs[part][0] for part in name.split(" and ") if part in belongs}
                belongs[name] = tuple(sorted(parts)) if len(parts) > 1 else belongs.get(name, (name,))
    papers = _papers(reports)
    return {name: of for name, of in belongs.items() if name not in papers or of != (name,)}


def together(found: Sequence[Party], reports: Sequence[Report]) -> dict[StatementId, tuple[str, ...]]:
    """For every statement of "both sides" the two parties that these are: those of whom its article spoke most before
    it, or where a third is spoken of as much, of whom the article does, or else the story; nobody where none decides.
    """
    side = by_name(found)
    named = {report.article.id: sorted(_named_in(report, side)) for report in reports}
    story = Counter(party for places in named.values() for _, party in places)
    meant: dict[StatementId, tuple[str, ...]] = {}
    for report in reports:
        places = named[report.article.id]
        for one in report.annotation.statements:
            if is_together(one.speaker.name):
                before = Counter(party for at, party in places if at < one.content[0].start)
                article = Counter(party for _, party in places)
                meant[one.id] = _two_foremost(before) or _two_foremost(article) or _two_foremost(story)
    return meant


def _named_in(report: Report, side: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Where an article speaks of each party, by the names of its members."""
    for one in report.annotation.entities:
        if one.name in side:
            yield from ((mention.span.start, side[one.name]) for mention in one.mentions)


def _two_foremost(counted: Counter[str]) -> tuple[str, ...]:
    ranked = [*counted.most_common(_MOST_SIDES + 1), ("", 0)]
    if len(ranked) <= _MOST_SIDES or ranked[_MOST_SIDES - 1][1] == ranked[_MOST_SIDES][1]:
        return ()
    return tuple(name for name, _ in ranked[:_MOST_SIDES])


def _papers(reports: Sequence[Report]) -> set[str]:
    """Documents: what they say is no party's account unless somebody is named whose they are."""
    return {
        statement.speaker.name
        for report in reports
        for statement in report.annotation.statements
        if statement.speaker.type is SpeakerType.DOCUMENT
    }


def is_together(name: str) -> bool:
    """Whether a name means the sides of a story together."""
    return _TOGETHER.search(name) is not None


@dataclass(frozen=True)
class _Known:
    """Whom words may mean: places by name and adjective, and the speakers."""

    adjectives: dict[str, str]
    names: dict[str, str]  # as the texts have them, and whom they name
    states: frozenset[str]
    holders: dict[str, str]  # of an office that one speaker alone holds in these texts
    long: dict[str, str]  # the full name of which a name is the first or the last part

    def fuller(self, name: str) -> str | None:
        """The full name of which a name is a part, or of the one who holds the office that it names."""
        plain = name.replace("’", "'")
        held = self.holders.get(_SAME_OFFICE.get(name.lower(), name.lower()))
        return next((each for each in (self.long.get(plain), held) if each and each != name), None)

    @classmethod
    def of(cls, reports: Sequence[Report], said: Counter[str]) -> _Known:
        places = _places(reports)
        texts = [reading_of(report).text for report in reports]
        capitals = {word for text in texts for word in _NAMED.findall(text)}
        capitals |= {word.replace(".", "") for text in texts for word in _DOTTED.findall(text)}
        begun: dict[str, list[str]] = defaultdict(list)  # by the letters that a place and its adjective share at least
        for word in capitals:
            begun["" if word in _irregular() else word[:_SHARED]].append(word)
        adjectives: dict[str, str] = {}
        for place, _ in places.most_common():
            for word in (*begun.get(place[:_SHARED], ()), *begun[""]):
                if _is_adjective(word, place):
                    adjectives.setdefault(word, place)
        states = dict.fromkeys((*adjectives.values(), *_governed(reports, places)))
        names = {name: name for name in states}
        for report in reports:
            for one in report.annotation.entities:
                if one.name in said or one.name in states or _leads(one):
                    names.update(dict.fromkeys((one.name, *one.aliases), one.name))
        for name in said:
            names.setdefault(name.removeprefix("the "), name)
        meant = {name: whom for name, whom in names.items() if name not in adjectives}
        return cls(adjectives, meant, frozenset(states), _holders(reports), _fuller(said, reports))

    def meant(self, words: str, name: str) -> str | None:
        """To whom somebody described in those words belongs."""
        if _APART.search(words):
            return None
        words = _DOTTED.sub(_undotted, words)
        itself = _SERVES.finditer(words) if words == name else ()  # beside a name it may be of another
        for found in (*_OWNER.finditer(words), *_OF.finditer(words), *itself):
            whom = self._named(found["whom"])
            if whom and whom != name:
                return None if whom in self.states and _CIVIL.search(words) else whom
        office = _OFFICE.search(words)
        if office and not _NAMED.search(words[: office.start()].removeprefix("The ")):
            holder = self.holders.get((office["owner"] or office["kind"] or "president").lower())
            if holder:
                return holder if holder != name else None
        for word in _NAMED.finditer(words):
            place = self.adjectives.get(word[0])
            if place:
                return None if place == name or _CIVIL.search(words) else place
            if word.start() > 1:  # a longer name, of which the rest is a part
                return None
        return None

    def _named(self, whom: str) -> str | None:
        """Whom a name means; "Caldria's prime minister" is Caldria."""
        for length in range(len(whom.split()), 0, -1):
            found = self.names.get(" ".join(whom.split()[:length]))
            if found:
                return found
        return None


def _undotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "")


def _places(reports: Sequence[Report]) -> Counter[str]:
    """Names of places and bodies, by how often they stand in the texts; none that is somebody's last name."""
    entities = [one for report in reports for one in report.annotation.entities]
    last = {one.name.rpartition(" ")[2] for one in entities if one.kind is EntityKind.PERSON and " " in one.name}
    return Counter(
        one.name
        for one in entities
        if one.kind is not EntityKind.PERSON and one.name.replace(" ", "").isalpha() and one.name[0].isupper()
        if one.name not in last
        for _ in one.mentions
    )


def _leads(one: Entity) -> bool:
    """Whether somebody leads, so that others may speak for him though he says nothing himself."""
    return one.kind is EntityKind.PERSON and any(_LEADS.search(role) for role in one.roles)


def _holders(reports: Sequence[Report]) -> dict[str, str]:
    """Offices of which these texts know one holder, with it; by the title and by its adjective."""
    held: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for one in report.annotation.entities:
            for role in one.roles if one.kind is EntityKind.PERSON else ():
                title = _HOLDS.search(role)
                if title:
                    held[title["title"].lower()].add(one.name)
    longest = {
        title: {one for one in names if not any(each.endswith(f" {one}") for each in names)}
        for title, names in held.items()
    }
    single = {title: min(names) for title, names in longest.items() if len(names) == 1}
    return single | {_HIGHEST[title]: name for title, name in single.items()}


def _governed(reports: Sequence[Report], places: Counter[str]) -> Iterator[str]:
    """The places of whose ministers and presidents the texts speak."""
    for report in reports:
        for line in reading_of(report).text.split("\n"):
            if not _GOVERNS.search(line.lower()):
                continue
            for pattern in (_GOVERNMENT, _TITLED_OF, PAIRED):
                for found in pattern.finditer(line):
                    yield from (
                        whom.removeprefix("the ")
                        for whom in found.groupdict().values()
                        if whom and whom.removeprefix("the ") in places
                    )


def _fuller(said: Counter[str], reports: Sequence[Report]) -> dict[str, str]:
    """Names that are the beginning of one body's name alone, or the end of one person's, each with that name."""
    people = {one.name for report in reports for one in report.annotation.entities if one.kind is EntityKind.PERSON}
    single = [name for name in said if not _JOINED.search(name)]
    by_edge: dict[str, set[str]] = defaultdict(set)
    for name in single:
        words = name.replace("’", "'").split()
        for cut in range(1, len(words)):
            by_edge[" ".join(words[cut:])].add(name)
            if name not in people and words[0][0].isupper():
                by_edge[" ".join(words[:cut])].add(name)
    found = {name.replace("’", "'"): name for name in single if "’" not in name}
    for name in single:
        long = by_edge.get(name, set()) - {name}
        long = {one for one in long if one in people} or long
        if len(long) == 1 and not name.islower() | (name in people and " " in name):
            found[name] = min(long)
    titled = {
        name: one for name in single for one in people if " " in one and name.endswith(f" {one}") and TITLE.search(name)
    }
    return found | titled


@cache
def _irregular() -> dict[str, str]:
    listed = tomllib.loads(files("readout.compare").joinpath("places.toml").read_text(encoding="utf-8"))["adjectives"]
    return {adjective: place for place, adjectives in listed.items() for adjective in adjectives}


def _is_adjective(word: str, place: str) -> bool:
    """Whether a word can be a place's adjective: "Veldanian" of "Veldania"."""
    if word == place:
        return False
    if word in _irregular():
        return _irregular()[word] == place
    shared = 0
    for one, other in zip(word, place, strict=False):
        if one != other:
            break
        shared += 1
    ending = word[shared:]
    return shared >= max(_SHARED, len(place) - 3) and ending in _ENDINGS


_ENDINGS = frozenset("n an ian ean ese ish i ic er ite nian lese ois ans ians eans is ers".split())


def _relayed(reports: Sequence[Report], known: _Known) -> Mapping[str, str]:
    """Whose words each relay other than an outlet passes on most, where that is one alone. What somebody asked or said
    within a relay's own words was not passed on for him, and "the president" of another story's text is anybody.
    """
    outlets = {report.article.outlet for report in reports}
    passed: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for statement in report.annotation.statements:
            name = statement.speaker.name
            if statement.weak is Weak.NESTED or name == UNRESOLVED or (known.fuller(name) or name).islower():
                continue
            for relay in statement.via:
                if relay not in outlets:
                    passed[relay][name] += 1
    most = {relay: names.most_common(2) for relay, names in passed.items()}
    return {relay: top[0][0] for relay, top in most.items() if len(top) == 1 or top[0][1] > top[1][1]}


def of_land(name: str, parties: Iterable[str]) -> str:
    """The one party whose land a name or adjective is of ("Caldrian", "Caldrian Ministry"); "" where none is."""
    lands = {party for party in parties if name.startswith(party[: max(_SHARED, len(party) - 3)])}
    return lands.pop() if len(lands) == 1 else ""


def by_name(parties: Sequence[Party]) -> Mapping[str, str]:
    """Names with their party; a surname that one member alone has stands for that member."""
    of = {member: party.name for party in reversed(parties) for member in (party.name, *party.members)}
    last = Counter(name.split()[-1] for name in of if " " in name)
    return {name.split()[-1]: side for name, side in of.items() if last[name.split()[-1]] == 1} | of
