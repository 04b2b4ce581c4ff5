"""`readout stories`, `readout story ID`, `readout copies ID`: what is told, by how many, and whose text is whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from readout.engine import Engine
from readout.models import Article, Copy, CopyGroup, Coverage, Level, Suggestion
from readout.present import sheaves
from readout.present.cli import place, speak, values
from readout.present.setting import clipped
from readout.present.sheaves import Sheaf

_ID = 9
_OUTLET = 20
_TITLE = 300
_MOST = 1_000  # articles of a story

StoryId = Annotated[str, typer.Argument(metavar="ID", help="The story's id, or how it begins.")]
ArticleId = Annotated[str, typer.Argument(metavar="ID", help="The article's id, or how it begins.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most this many.")]


def list_all(
    context: typer.Context,
    limit: Limit = 30,
    suggested: Annotated[bool, typer.Option("--suggested", help="Only those that may be one, or two.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """List stories, those that most independent sources told last first; or where you are asked about them."""
    with place.archive(context) as engine:
        if suggested:
            _suggest(engine, engine.suggestions(limit=limit), as_json=as_json)
            return
        found = engine.stories(limit=limit)
        articles = 0 if found else engine.totals().articles
    if as_json:
        speak.give([asdict(one) for one in found])
    elif found:
        speak.say(*(line for one in found for line in _listed(one)))
    elif articles:
        speak.note("Nothing is grouped yet: `readout group` does it.")
    else:
        speak.note("There are no articles yet: `readout import PATH...` brings some in, `readout demo` shows a sample.")


def _suggest(engine: Engine, found: Sequence[Suggestion], *, as_json: bool) -> None:
    if as_json:
        speak.give([{**asdict(one), "merges": one.merges} for one in found])
        return
    titles = {one.id: one.title for one in engine.chosen([id_ for one in found for id_ in (one.article, one.nearest)])}
    for one in found:
        these, those = (clipped(titles.get(id_, id_), _TITLE) for id_ in (one.article, one.nearest))
        stories = (
            f"{one.story[:_ID]} and {one.other[:_ID]} may be one" if one.merges else f"{one.story[:_ID]} may be two"
        )
        speak.say(f"{one.article[:_ID]}  {stories}: “{these}” and “{those}”")
    if found:
        speak.note("readout take ARTICLE does it, readout decline ARTICLE says that it is wrong.")
    else:
        speak.note("There is nothing to ask you about.")


def show(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Print a story: who tells it in words of their own, with copies under their origin; or a storyline's episodes."""
    with place.archive(context) as engine:
        story = engine.story(story_id)
        if story.level is Level.STORYLINE:
            episodes = engine.episodes(story.id)
            speak.give({**asdict(story), "episodes": [asdict(one) for one in episodes]}) if as_json else speak.say(
                *_storyline(story, episodes)
            )
            return
        found, line = _sheaves(engine, story), _line(engine, story)
    if as_json:
        others = [one.id for one in line[1]] if line else []
        speak.give({**asdict(story), "sheaves": [_sheaf(one) for one in found], "other_episodes": others})
    else:
        speak.say(*_story(story, found, line))


def copies(context: typer.Context, article_id: ArticleId, as_json: place.AsJson = False) -> None:
    """Print of which texts an article is a copy, and which are copies of it, and how that is known."""
    with place.archive(context) as engine:
        article = engine.article(article_id)
        found = engine.copies([article.id])
        group = engine.copy_groups([article.id]).get(article.id)
        ids = {id_ for one in found for id_ in (one.copy, one.original)} | {group.origin if group else article.id}
        others = {one.id: one for one in engine.chosen(sorted(ids))}
    if as_json:
        speak.give({"group": group and asdict(group), "copies": [asdict(one) for one in found]})
        return
    speak.say(_titled(article), *_grouped(article, group, others))
    for one in found:
        other = others.get(one.original if one.copy == article.id else one.copy)
        if other:
            speak.say("", *_relation(article, one, other))
    if not found:
        speak.note("It shares no text with any other article.")


def _listed(story: Coverage) -> Iterator[str]:
    yield f"{story.id[:_ID]}  {_headline(story)}"
    facts = (sheaves.counts(story), sheaves.days(story), sheaves.outlets(story))
    yield f"{'':{_ID}}  {' · '.join(filter(None, facts))}"


def _headline(story: Coverage) -> str:
    return clipped(" ".join(story.headline.text.split()), _TITLE) if story.headline else "(no title)"


def _sheaves(engine: Engine, story: Coverage) -> Sequence[Sheaf]:
    members = engine.members(story.id, limit=_MOST)
    return sheaves.sheaves(engine.chosen(members), engine.copy_groups(members), engine.copies(members))


def _line(engine: Engine, story: Coverage) -> tuple[Coverage, list[Coverage]] | None:
    if story.storyline is None:
        return None
    return engine.story(story.storyline), [one for one in engine.episodes(story.storyline) if one.id != story.id]


def _story(story: Coverage, found: Sequence[Sheaf], line: tuple[Coverage, Sequence[Coverage]] | None) -> Iterator[str]:
    yield _headline(story)
    facts = (sheaves.counts(story), sheaves.days(story), speak.counted(story.articles, "article"))
    yield " · ".join(filter(None, facts))
    yield f"story {story.id}"
    if story.headline:
        by = next((one.origin for one in found if one.origin.id == story.headline.article), None)
        outlet = f"{by.outlet}’s" if by and by.outlet else "one of theirs"
        yield f"the headline is {outlet}: {sheaves.because(story.headline.reasons) or 'there is no other'}"
    for one in found:
        yield from ("", *_lines(one))
    if line:
        yield from ("", f"Other episodes of storyline {line[0].id[:_ID]}:")
        yield from (f"  {one.id[:_ID]}  {sheaves.days(one) or 'time not known'}: {_headline(one)}" for one in line[1])


def _storyline(story: Coverage, episodes: Sequence[Coverage]) -> Iterator[str]:
    yield _headline(story)
    yield f"storyline {story.id}, {speak.counted(len(episodes), 'episode')}: {sheaves.days(story)}"
    for one in episodes:
        yield from ("", *_listed(one))


def _lines(sheaf: Sheaf) -> Iterator[str]:
    article = sheaf.origin
    yield f"{article.id[:_ID]}  {_day(article)}  {_outlet(article)}  {_titled(article)}"
    for one in sheaf.copies:
        how = ", ".join(filter(None, (one.kind, one.share)))
        yield f"  {one.article.id[:_ID]}  {_day(one.article)}  {_outlet(one.article)}  {how}: {_titled(one.article)}"


def _grouped(article: Article, group: CopyGroup | None, others: dict[Any, Article]) -> Iterator[str]:
    if group is None:
        return
    count = speak.counted(len(group.reprints) + 1, "article")
    agency = f", credited to {group.agency}" if group.agency else ""
    if group.origin == article.id:
        yield f"the origin of one text in {count}{agency}: {group.basis}"
    elif group.origin in others:
        origin = others[group.origin]
        yield f"one text in {count}{agency}; its origin is {_titled(origin)} ({origin.outlet or 'outlet not shown'},"
        yield f"{origin.id[:_ID]}): {group.basis}"


def _relation(article: Article, copy: Copy, other: Article) -> Iterator[str]:
    direction = "taken from" if copy.copy == article.id else "taken over by"
    leaf = sheaves.leaf(article if copy.copy == article.id else other, copy)
    yield f"{leaf.kind}, {direction} {other.outlet or 'outlet not shown'}: {_titled(other)}"
    yield f"  {other.id[:_ID]}  {leaf.share}"
    yield f"  {'; '.join(leaf.why)}"
    original, reprint = (other, article) if copy.copy == article.id else (article, other)
    for what, texts in zip(("left out", "its own"), sheaves.passages(copy, original, reprint), strict=True):
        yield from (f"  {what}: {text}" for text in texts)


def _sheaf(sheaf: Sheaf) -> dict[str, Any]:
    copies = [
        {**values.listed(one.article), "copy": one.kind, "share": one.share, "why": one.why} for one in sheaf.copies
    ]
    return {**values.listed(sheaf.origin), "basis": sheaf.basis, "agency": sheaf.agency, "copies": copies}


def _day(article: Article) -> str:
    return article.published.at.date().isoformat() if article.published else "          "


def _outlet(article: Article) -> str:
    return f"{clipped(article.outlet or '-', _OUTLET - 1):{_OUTLET}}"


def _titled(article: Article) -> str:
    return clipped(" ".join(article.title.split()), _TITLE) or "(no title)"
