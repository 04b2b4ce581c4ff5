"""What else is about the same matter: related articles and stories, ranked, each with its reasons.

    Features, Subject → Library: neighbours → ties → fold copies → spread over outlets → Related

Nothing is related because it is recent, of the same outlet or place: an article comes in through words that both turn
on, and is ranked by them and by what ties it to the one asked about. Articles of one text are one. The first of an
outlet comes before its second that is a little better (maximal marginal relevance, Carbonell and Goldstein 1998, with
outlets for novelty).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from readout.group.features import Features
from readout.group.library import Library, Neighbours
from readout.group.score import stacked
from readout.group.storyline import episode
from readout.group.subject import Subject
from readout.group.ties import ADDING, matter, ties
from readout.models import ArticleId, Reason, Related, RelatedStory, StoryId, folded

Subjects = Callable[[Sequence[ArticleId]], Mapping[ArticleId, Subject]]

LEAST = -2.5  # log-odds of one matter below which nothing is shown
_LOOKED_INTO = 24  # neighbours whose ties are looked for
_SAME_OUTLET = 0.8  # log-odds that each earlier one of the same outlet takes away
_OF_STORY = 12  # articles that stand for a long story


@dataclass(frozen=True)
class _Candidate:
    """A neighbour with all that speaks for it."""

    subject: Subject
    at: int  # among the neighbours
    odds: float
    likeness: float
    reasons: tuple[Reason, ...]

    @property
    def tied(self) -> float:
        """The log-odds with what the ties add."""
        return self.odds + sum(reason.weight for reason in self.reasons if reason.fact in ADDING)


def related(
    features: Features, subject: Subject, *, among: Library, subjects: Subjects, count: int = 8
) -> tuple[Related, ...]:
    """Up to `count` articles about the matter of an article, the best first; other articles of its own text are one of
    them, the last. `subjects` gives what is known of articles, as far as it is; an unknown one is left out.
    """
    near = among.near(features, without={subject.article})
    folded_in = _by_text(_candidates(subject, near, subjects))
    own = folded_in.pop(subject.one_text, [])
    chosen = _spread(list(folded_in.values()), subject.outlet, count - bool(own))
    told = [(_told(first, features, subject, near), others) for first, others in chosen]
    found = [_related(first, others) for first, others in told if first.reasons]
    if own:
        found.append(_related(own[0], own[1:], is_copy=True))
    return tuple(found)


def related_stories(
    features: Features, subject: Subject, *, among: Library, subjects: Subjects, count: int = 6
) -> tuple[RelatedStory, ...]:
    """Up to `count` other stories about the matter of a story, whose features and subject are those of its articles
    together, the best first.
    """
    near = among.near(features)
    best: dict[StoryId, _Candidate] = {}
    for one in sorted(_candidates(subject, near, subjects), key=lambda each: -each.tied):
        story = one.subject.story
        if story is not None and story != subject.story:
            best.setdefault(story, one)
    told = [_told(one, features, subject, near) for one in list(best.values())[:count]]
    return tuple(
        RelatedStory(story, one.subject.article, _chance(one.tied), one.reasons)
        for story, one in zip(best, told, strict=False)
        if one.reasons
    )


def of_story(some: Iterable[Features]) -> Features:
    """The features of a story from those of its articles: their mean. Raises ValueError for none."""
    chosen = list(some)[:_OF_STORY]
    if not chosen:
        raise ValueError("a story has an article")
    words = {int(id_): word for one in chosen for id_, word in zip(one.ids, one.words, strict=bool(one.words))}
    rows = episode(stacked(chosen))
    size = int((rows.weights[0] > 0).sum())
    days = [one.day for one in chosen if one.day is not None]
    ids = rows.ids[0, :size]
    named = tuple(words.get(int(id_), "") for id_ in ids) if words else ()
    return Features(ids, rows.weights[0, :size], rows.kinds[0, :size], max(days) if days else None, "", named)


def _candidates(subject: Subject, near: Neighbours, subjects: Subjects) -> list[_Candidate]:
    wanted = near.articles[:_LOOKED_INTO]
    known = subjects(wanted)
    found = []
    for at, article in enumerate(wanted):
        other = known.get(article)
        if other is not None and other.article != subject.article:
            tied = tuple(ties(subject, other))
            found.append(_Candidate(other, at, float(near.odds[at]), float(near.likeness[at]), tied))
    return [one for one in found if one.tied >= LEAST]


def _told(one: _Candidate, features: Features, subject: Subject, near: Neighbours) -> _Candidate:
    """With the words that both are on."""
    held = near.rows.weights[one.at] > 0
    words = matter(features, near.rows.ids[one.at][held], near.rows.weights[one.at][held], subject.names)
    return replace(one, reasons=(*one.reasons, *words))


def _by_text(candidates: Collection[_Candidate]) -> dict[ArticleId, list[_Candidate]]:
    """Candidates of one text together: the origin first if it is one of them, then the best."""
    found: dict[ArticleId, list[_Candidate]] = {}
    for one in sorted(candidates, key=lambda each: -each.tied):
        found.setdefault(one.subject.one_text, []).append(one)
    return {text: sorted(some, key=lambda each: each.subject.article != text) for text, some in found.items()}


def _spread(texts: list[list[_Candidate]], outlet: str, count: int) -> list[tuple[_Candidate, list[_Candidate]]]:
    """The best texts, where each further one of an outlet stands back."""
    taken: Counter[str] = Counter([folded(outlet)])
    left = list(texts)
    chosen: list[tuple[_Candidate, list[_Candidate]]] = []
    while left and len(chosen) < count:
        best = max(range(len(left)), key=lambda at: (_worth(left[at], taken), -at))
        first, *others = left.pop(best)
        taken[folded(first.subject.outlet)] += 1
        chosen.append((first, others))
    return chosen


def _worth(some: Sequence[_Candidate], taken: Counter[str]) -> float:
    outlet = folded(some[0].subject.outlet)
    return max(one.tied for one in some) - _SAME_OUTLET * (taken[outlet] if outlet else 0)


def _related(one: _Candidate, others: Sequence[_Candidate], *, is_copy: bool = False) -> Related:
    return Related(
        one.subject.article,
        _chance(one.tied),
        one.likeness,
        one.reasons,
        one.subject.outlet,
        one.subject.story,
        tuple(other.subject.article for other in others),
        is_copy,
    )


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))
