"""`readout related ID`: what else is about the same matter and why; `readout timeline ID`: what happened when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from readout.engine import Engine
from readout.models import Article, ArticleId, Coverage, Milestone, Related, RelatedStory, Timeline
from readout.present import ties
from readout.present.cli import place, speak
from readout.present.setting import clipped

_ID = 9
_OUTLET = 20
_TITLE, _WHAT = 300, 400
_DAY = 17
_STORY = "s"  # what ids of stories begin with

Anything = Annotated[str, typer.Argument(metavar="ID", help="The id of an article or a story, or how it begins.")]
StoryId = Annotated[str, typer.Argument(metavar="ID", help="The story's id, or how it begins.")]
Limit = Annotated[int, typer.Option(min=1, max=40, metavar="N", help="At most this many.")]


def related(context: typer.Context, asked: Anything, limit: Limit = 8, as_json: place.AsJson = False) -> None:
    """Print articles about the same matter as an article, or stories about the same as a story, each with the reasons;
    copies of one text are one.
    """
    with place.archive(context) as engine:
        if asked.startswith(_STORY):
            _stories(engine, asked, limit, as_json)
        else:
            _articles(engine, asked, limit, as_json)


def timeline(context: typer.Context, story: StoryId, as_json: place.AsJson = False) -> None:
    """Print what happened in a story or storyline, and what is expected, by day: who reports it first, in whose words,
    and how many independent sources do.
    """
    with place.archive(context) as engine:
        found = engine.timeline(story)
    if as_json:
        speak.give(asdict(found))
    elif found.past or found.ahead:
        speak.say(*_timeline(found))
    else:
        speak.note("Nothing in it is dated.")


def _articles(engine: Engine, asked: str, limit: int, as_json: bool) -> None:
    found = engine.related(asked, count=limit)
    if as_json:
        speak.give([asdict(one) for one in found])
        return
    articles = {one.id: one for one in engine.chosen([one.article for one in found])}
    speak.say(*(line for one in found for line in _article(one, articles)))
    if not found:
        speak.note(_nothing(engine, "article"))


def _stories(engine: Engine, asked: str, limit: int, as_json: bool) -> None:
    found = engine.related_stories(asked, count=limit)
    if as_json:
        speak.give([asdict(one) for one in found])
        return
    speak.say(*(line for one in found for line in _story(one, engine.story(one.story))))
    if not found:
        speak.note(_nothing(engine, "story"))


def _nothing(engine: Engine, kind: str) -> str:
    if engine.count_stories():
        return f"No other {kind} is about the same matter."
    return "Nothing is grouped yet: `readout group` does it."


def _article(one: Related, articles: Mapping[ArticleId, Article]) -> Iterator[str]:
    article = articles.get(one.article)
    if article is None:
        return
    day = article.published.at.date().isoformat() if article.published else " " * 10
    title = clipped(" ".join(article.title.split()), _TITLE) or "(no title)"
    yield f"{article.id[:_ID]}  {day}  {clipped(article.outlet or '-', _OUTLET - 1):{_OUTLET}}  {title}"
    copies = f" · {speak.counted(len(one.copies), 'more article')} of this text" if one.copies else ""
    yield f"{'':{_ID}}  {' · '.join(ties.in_words(one.reasons))}{copies}"


def _story(one: RelatedStory, story: Coverage) -> Iterator[str]:
    title = clipped(" ".join(story.headline.text.split()), _TITLE) if story.headline else "(no title)"
    yield f"{story.id[:_ID]}  {title}"
    yield f"{'':{_ID}}  {' · '.join(ties.in_words(one.reasons))}"


def _timeline(found: Timeline) -> Iterator[str]:
    yield from _entries(found.past)
    if found.ahead:
        yield from ("", f"Ahead, as of {ties.day(found.as_of.isoformat())}:" if found.as_of else "Ahead:")
        yield from _entries(found.ahead)
    if found.left_out:
        yield from ("", f"{speak.counted(found.left_out, 'event')} that fewer report {_is(found.left_out)} left out.")


def _entries(entries: Sequence[Milestone]) -> Iterator[str]:
    for one in entries:
        status = ties.standing(one)
        what = clipped(" ".join(one.first.what.split()), _WHAT)
        yield f"{ties.day(one.when):{_DAY}}  {f'({status}) ' if status else ''}{what}"
        yield f"{'':{_DAY}}  {one.first.article[:_ID]}  {ties.reported(one)}"
        yield from (f"{'':{_DAY}}  but {other}" for other in ties.conflicting(one))


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
