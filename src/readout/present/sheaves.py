"""A story in words: how many sources tell it, when, and its articles with copies laid under their origin. Pure.

Shared by the web site and the command line; no markup, no addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from readout.models import Article, ArticleId, Copy, CopyGroup, Coverage, Judged, Judgement, JudgementKind, Reason
from readout.present.harmless import harmless
from readout.present.setting import clipped

_MONTHS = "January February March April May June July August September October November December".split()
_FACTS = {
    "same_words": "the same words",
    "different_words": "other words",
    "same_names": "the same names",
    "different_names": "other names",
    "same_title": "alike in their titles",
    "different_title": "unlike in their titles",
    "same_opening": "they open alike",
    "different_opening": "they open otherwise",
    "same_numbers": "the same numbers",
    "different_numbers": "no number in common",
    "same_days": "close in time",
    "different_days": "apart in time",
    "says_what_all_say": "it says what most of them say",
    "is_early": "it is early",
    "has_a_text": "it has a text",
    "from_an_agency": "it credits an agency",
    "shouts": "it shouts",
    "asks": "it asks",
    "comments_or_teases": "it comments or teases",
    "quotes": "it quotes",
    "too_short_or_long": "it is too short or long",
}
# Of these each says what the next says, and more.
_SHARED = (
    "nearly all of both shared",
    "most of both shared",
    "more than half of both shared",
    "half of one shared",
    "a third of both shared",
)
_HEADLINE = 120  # characters
_OF_ARTICLES = {JudgementKind.SAME, JudgementKind.APART}
_PASSAGES, _PASSAGE = 12, 600  # how many are shown, and characters of one
_DONE = {
    JudgementKind.MERGE: "merged",
    JudgementKind.SPLIT: "split off",
    JudgementKind.MOVE: "moved",
    JudgementKind.SAME: "said to be one story",
    JudgementKind.APART: "said to be apart",
}


@dataclass(frozen=True)
class Leaf:
    """A copy under its origin: what kind it is, how much of it is the origin's, and what else tells of it."""

    article: Article
    kind: str
    share: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Sheaf:
    """An article with the copies of its text. `basis` says why it stands for them, `agency` whom they credit."""

    origin: Article
    copies: tuple[Leaf, ...] = ()
    agency: str = ""
    basis: str = ""


def counts(story: Coverage) -> str:
    """How many sources tell it: "3 independent · 41 copies"."""
    copies = f"{story.copies:,} {'copy' if story.copies == 1 else 'copies'}"
    sources = f"{story.independent:,} independent" if story.independent > 1 else "one source"
    return sources + (f" · {copies}" if story.copies else "")


def outlets(story: Coverage, most: int = 4) -> str:
    """Who tells it, the first few by name."""
    names = [*story.outlets, *story.reprinting]
    if not names:
        return "outlet not shown"
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} more" if left > 0 else "")


def days(story: Coverage) -> str:
    """When its articles were published: "27 March to 10 April 2031"; nothing where nobody knows."""
    if story.first is None or story.last is None:
        return ""
    if story.first.date() == story.last.date():
        return day(story.last)
    if (story.first.year, story.first.month) == (story.last.year, story.last.month):
        return f"{story.first.day} to {day(story.last)}"
    year = f" {story.first.year}" if story.first.year != story.last.year else ""
    return f"{story.first.day} {_MONTHS[story.first.month - 1]}{year} to {day(story.last)}"


def day(at: datetime) -> str:
    """A day: "5 June 2025"."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def fact(reason: Reason) -> str:
    """A reason's fact in words."""
    return _FACTS.get(reason.fact, reason.fact.replace("_", " "))


def because(reasons: Iterable[Reason]) -> str:
    """What speaks for something, in a line; what speaks against it is left out."""
    return ", ".join(fact(one) for one in reasons if one.weight > 0)


def sheaves(
    articles: Sequence[Article], groups: Mapping[ArticleId, CopyGroup], copies: Iterable[Copy]
) -> tuple[Sheaf, ...]:
    """The articles in their order, each copy under the first of its group that is among them."""
    known = {frozenset((one.copy, one.original)): one for one in copies}
    by_id = {one.id: one for one in articles}
    heads: dict[ArticleId, ArticleId] = {}
    for one in articles:
        group = groups.get(one.id)
        ranked = (group.origin, *group.reprints) if group else ()
        heads[one.id] = next((other for other in ranked if other in by_id), one.id)
    found = []
    for one in articles:
        if heads[one.id] == one.id:
            under = [by_id[id_] for id_, head in heads.items() if head == one.id and id_ != one.id]
            group = groups.get(one.id)
            leaves = tuple(leaf(copy, known.get(frozenset((copy.id, one.id)))) for copy in under)
            found.append(Sheaf(one, leaves, (group.agency or "") if group else "", group.basis if group else ""))
    return tuple(found)


def leaf(article: Article, copy: Copy | None) -> Leaf:
    """A copy, and what is known of how its text was taken."""
    if copy is None:
        return Leaf(article, "copy", "", ())
    if copy.identical:
        return Leaf(article, copy.kind.value, "word for word", copy.reasons)
    share = copy.share if copy.copy == article.id else copy.kept
    cut = [f"{len(copy.left_out)} {_parts(copy.left_out)} left out"] if copy.left_out else []
    added = [f"{len(copy.added)} {_parts(copy.added)} of its own"] if copy.added else []
    return Leaf(article, copy.kind.value, f"{share:.0%} of its words", (*cut, *added, *_telling(copy.reasons)))


def passages(copy: Copy, original: Article, reprint: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a reprint left out of the original's text, and what it added, the first of each, in their own words."""
    cut = [original.body[span.start : span.end] for span in copy.left_out[:_PASSAGES]]
    added = [reprint.body[span.start : span.end] for span in copy.added[:_PASSAGES]]
    left_out, own = (tuple(clipped(" ".join(one.split()), _PASSAGE) for one in some) for some in (cut, added))
    return left_out, own


def judged(one: Judged, titles: Mapping[ArticleId, str]) -> str:
    """A judgement in a line: stories by the headlines that they had then, articles by their `titles`, which are those
    of the first ones that it names.
    """
    word: Judgement = one.judgement
    these = titles.get(word.articles[0], word.articles[0][:9])
    those = titles.get(word.others[0], word.others[0][:9])
    headed = [clipped(" ".join(harmless(text).split()), _HEADLINE) for text in word.headlines]
    if word.kind is JudgementKind.MERGE:
        these = headed[0] or these
    if word.kind not in _OF_ARTICLES:
        those = headed[1] if headed[1] and headed[1] != these else those
    count = len(word.articles)
    articles = f"“{these}”" + (f" and {count - 1:,} more" if count > 1 else "")
    if word.kind is JudgementKind.MERGE:
        return f"“{these}” and “{those}” merged into one story"
    if word.kind is JudgementKind.SPLIT:
        return f"{articles} split off from “{those}”"
    if word.kind is JudgementKind.MOVE:
        return f"{articles} moved to “{those}”"
    return f"“{these}” and “{those}” {_DONE[word.kind]}"


def _telling(reasons: Sequence[str]) -> list[str]:
    """The reasons without those that a stronger one among them says already."""
    strongest = next((fact for fact in _SHARED if fact in reasons), None)
    return [one for one in reasons if one not in _SHARED or one == strongest]


def _parts(spans: Sequence[object]) -> str:
    return "passage" if len(spans) == 1 else "passages"
