"""What a list shows of a story: its headline, who tells it, how many sources that makes. Pure arithmetic on footprints.

Articles that are one text count once, however many outlets print it, and so do several texts of one source: an agency
that is credited is the source of its text, whether its own article is held or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from readout.group.headline import headline
from readout.group.origins import credits_outlet
from readout.models import Article, ArticleId, CopyGroup, Coverage, Footprint, Level, StoryId, folded

_A_DAY = timedelta(days=1)
READ = 40  # articles of a story from which its headline is chosen


def coverage(
    story: StoryId,
    members: Sequence[Footprint],
    groups: Mapping[ArticleId, CopyGroup],
    articles: Sequence[Article],
) -> Coverage:
    """An episode as a list shows it. `members` are its articles, the earliest first, `groups` those of copies that they
    are in, `articles` some of them to choose the headline from.
    """
    heads = origins(members, groups)
    own = {one.article for one in members if heads[one.article] == one.article}
    outlets = _names(one.outlet for one in members if one.article in own)
    times = [one.published for one in members if one.published and one.give <= _A_DAY]
    return Coverage(
        id=story,
        level=Level.EPISODE,
        founder=members[0].article,
        articles=len(members),
        headline=headline(articles),
        outlets=outlets,
        reprinting=tuple(name for name in _names(one.outlet for one in members) if name not in outlets),
        independent=len({_source(one, groups) for one in members if one.article in own} - {""}) or 1,
        copies=len(members) - len(own),
        first=min(times, default=None),
        last=max(times, default=None),
    )


def storyline(line: StoryId, founder: ArticleId, episodes: Sequence[Coverage]) -> Coverage:
    """A storyline as a list shows it, from its episodes. The episode that most sources tell lends its headline."""
    widest = max(episodes, key=lambda one: (one.independent, one.articles, one.id))
    outlets = _names(name for one in episodes for name in one.outlets)
    return replace(
        widest,
        id=line,
        level=Level.STORYLINE,
        founder=founder,
        articles=sum(one.articles for one in episodes),
        outlets=outlets,
        reprinting=tuple(
            name for name in _names(name for one in episodes for name in one.reprinting) if name not in outlets
        ),
        copies=sum(one.copies for one in episodes),
        independent=len(outlets),
        first=min((one.first for one in episodes if one.first), default=None),
        last=max((one.last for one in episodes if one.last), default=None),
        storyline=None,
    )


def own(members: Sequence[Footprint], groups: Mapping[ArticleId, CopyGroup]) -> list[ArticleId]:
    """Those of the articles that have a text of their own, in their order."""
    heads = origins(members, groups)
    return [one.article for one in members if heads[one.article] == one.article]


def origins(members: Sequence[Footprint], groups: Mapping[ArticleId, CopyGroup]) -> dict[ArticleId, ArticleId]:
    """For each article the one whose text it is: itself, or the first of its group that is among the members."""
    here = {one.article for one in members}
    heads = {}
    for one in members:
        group = groups.get(one.article)
        ranked = (group.origin, *group.reprints) if group else ()
        heads[one.article] = next((other for other in ranked if other in here), one.article)
    return heads


def _source(one: Footprint, groups: Mapping[ArticleId, CopyGroup]) -> str:
    group = groups.get(one.article)
    agency = group.agency if group else None
    if agency and not credits_outlet([agency], one.outlet):
        return folded(agency)
    return folded(one.outlet)  # nobody can tell whether an unknown outlet is independent


def _names(outlets: Iterable[str]) -> tuple[str, ...]:
    """Each outlet once, by the first spelling met; without the unknown."""
    found: dict[str, str] = {}
    for name in outlets:
        if name:
            found.setdefault(folded(name), name)
    return tuple(found.values())
