"""Which of several copies is the origin, and which articles are one text: from credits, times and the texts' shares.

Groups form around leaders: an article joins one it is taken from itself, or whose whole text it shares with a member,
and never a chain of half-likenesses. The same articles and copies give the same groups in any order. Knows no
agency's name: an agency is whoever is credited.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from readout.models import WHOLE, ArticleId, Copy, CopyGroup, CopyKind, OutletId, folded, outlet_id

CREDITED = "its outlet is the agency credited"
EARLIEST = "the earliest held; it credits nobody"
EARLIEST_CREDITED = "the earliest held; the agency's own article is not"
UNKNOWN = "no times to tell; the longest held"
_NEVER = datetime.max.replace(tzinfo=UTC)
_SAME_TEXT = frozenset({CopyKind.REPRINT, CopyKind.UPDATE})
_TELLING = 4  # letters of a name that begins like an outlet's
_MOST = 0.85  # of both texts, to follow a member to its leader


@dataclass(frozen=True)
class Member:
    """What is needed of an article to find an origin.

    `outlet` is "" where unknown; `published` is in UTC, known to within `give` after it: a day where only the day is
    known; `modified` is when it was last changed; `words` is how long its body is.
    """

    id: ArticleId
    outlet: str
    published: datetime | None
    credits: tuple[str, ...] = ()
    words: int = 0
    give: timedelta = timedelta(0)
    modified: datetime | None = None


def same_outlet(one: str, other: str) -> bool:
    """Whether two names are one outlet's, as outlets have ids. What is unknown is never the same."""
    return bool(one and other) and (one == other or key(one) == key(other))


@lru_cache(maxsize=4_096)
def key(outlet: str) -> OutletId:
    """The id of the outlet of that name."""
    return outlet_id(outlet)


def credits_outlet(credited: Iterable[str], outlet: str) -> bool:
    """Whether one of the credits names the outlet: by its name, its first word, how it begins, or its initials."""
    names = [credit for credit in map(folded, credited) if credit]
    if not names:
        return False
    name, whole = folded(outlet), {folded(outlet), folded(outlet.partition(" ")[0]), _initials(outlet)}
    return any(credit in whole or (len(credit) >= _TELLING and name.startswith(credit)) for credit in names)


def ordered(one: Member, other: Member) -> tuple[Member, Member, str]:
    """The two as original and copy, and the reason."""
    for original, copy in ((one, other), (other, one)):
        if credits_outlet(copy.credits, original.outlet) and not credits_outlet(original.credits, copy.outlet):
            return original, copy, "the copy credits the original's outlet"
    original, copy = sorted((one, other), key=rank)
    if original.published is None or copy.published is None:
        return original, copy, "which came first is unknown"
    if original.published + original.give < copy.published:
        return original, copy, "the original was published first"
    if original.published == copy.published and copy.modified and original.modified != copy.modified:
        return original, copy, "the copy was changed later"
    original, copy = sorted((one, other), key=lambda member: (-member.words, rank(member)))
    return original, copy, "their times do not tell which came first; the original is no shorter"


def groups(members: Iterable[Member], copies: Iterable[Copy]) -> tuple[CopyGroup, ...]:
    """The groups of two and more among those articles. Copies of articles that are not among them are passed over."""
    by_id = {member.id: member for member in members}
    held = [copy for copy in copies if copy.kind in WHOLE and copy.original in by_id and copy.copy in by_id]
    heads = _heads(by_id, held)
    near = _neighbours(heads, held)
    agencies = tuple(dict.fromkeys(credit for id_ in heads for credit in by_id[id_].credits))
    order = sorted(near, key=lambda id_: _first(by_id[id_], agencies))
    leader: dict[ArticleId, ArticleId] = {}
    for id_ in order:
        leader[id_] = _leader(id_, near, leader)
    found: dict[ArticleId, list[Member]] = defaultdict(list)
    for id_, head in heads.items():
        found[leader.get(head, head)].append(by_id[id_])
    together = (sorted(found[id_], key=lambda one: _first(one, agencies)) for id_ in sorted(found))
    return tuple(_group(everyone) for everyone in together if len(everyone) > 1)


def _heads(by_id: Mapping[ArticleId, Member], copies: Iterable[Copy]) -> dict[ArticleId, ArticleId]:
    """Every article of a copy, with the first published of those that have its very words."""
    heads: dict[ArticleId, ArticleId] = {}

    def head(id_: ArticleId) -> ArticleId:
        while heads.setdefault(id_, id_) != id_:
            heads[id_] = heads[heads[id_]]
            id_ = heads[id_]
        return id_

    for copy in copies:
        first, second = sorted((head(copy.original), head(copy.copy)), key=lambda id_: rank(by_id[id_]))
        if copy.identical:
            heads[second] = first
    return {id_: head(id_) for id_ in heads}


def _neighbours(heads: Mapping[ArticleId, ArticleId], copies: Iterable[Copy]) -> dict[ArticleId, dict[ArticleId, Copy]]:
    """For each head the heads that are whole copies of it, or it of them."""
    near: dict[ArticleId, dict[ArticleId, Copy]] = {head: {} for head in heads.values()}
    for copy in copies:
        one, other = copy.original, copy.copy
        if heads[one] == one and heads[other] == other:
            near[one][other] = near[other][one] = copy
    return near


def _leader(
    id_: ArticleId, near: Mapping[ArticleId, Mapping[ArticleId, Copy]], leader: Mapping[ArticleId, ArticleId]
) -> ArticleId:
    """The leader that this article joins, or itself: the one it shares most with; else that of a member with the same
    text, where that member has the leader's text itself.
    """
    direct = {other: copy for other, copy in near[id_].items() if leader.get(other) == other}
    if direct:
        return max(direct, key=lambda other: (direct[other].share + direct[other].kept, other))
    through = [
        leader[other]
        for other, copy in near[id_].items()
        if other in leader and _same_text(copy) and _same_text(near[other].get(leader[other]))
    ]
    return min(through, default=id_)


def _same_text(copy: Copy | None) -> bool:
    return copy is not None and copy.kind in _SAME_TEXT and min(copy.share, copy.kept) >= _MOST


def _group(everyone: Sequence[Member]) -> CopyGroup:
    """The group of those members, the origin first."""
    origin, *reprints = everyone
    agencies = Counter(credit for member in everyone for credit in dict.fromkeys(member.credits))
    agency = min(agencies, key=lambda name: (-agencies[name], name), default=None)
    if credits_outlet(agencies, origin.outlet):
        basis = CREDITED
    elif all(member.published is None for member in everyone):
        basis = UNKNOWN
    else:
        basis = EARLIEST_CREDITED if agency else EARLIEST
    return CopyGroup(origin.id, tuple(member.id for member in reprints), agency, basis)


def rank(member: Member) -> tuple[datetime, datetime, int, ArticleId]:
    """By the latest time it may have been published, those without one last; by the last change; the longest; by id.

    So what is known to the day alone stands behind what is known to the minute of that day.
    """
    published = member.published + member.give if member.published else _NEVER
    return published, member.modified or published, -member.words, member.id


def _first(member: Member, agencies: Sequence[str]) -> tuple[bool, datetime, datetime, int, ArticleId]:
    """An agency's own article before all others."""
    return not credits_outlet(agencies, member.outlet), *rank(member)


def _initials(outlet: str) -> str:
    words = outlet.replace("-", " ").split()
    return folded("".join(word[0] for word in words)) if len(words) > 1 else ""
