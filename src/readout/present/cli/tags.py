"""`readout tags`: the hashtags of the archive, of an article, of a story; and what has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from readout.models import Article, Tag, TagCount
from readout.present.cli import place, speak
from readout.present.setting import clipped

_ID = 9
_OUTLET = 20
_TITLE = 300
_BAR = 40  # signs
_ID_SHAPE = re.compile(r"[as][a-z2-7]{3,16}")

What = Annotated[
    str,
    typer.Argument(metavar="[WHAT]", help="The id of an article or a story, or a hashtag with its sign (quote it)."),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most this many.")]


def run(context: typer.Context, what: What = "", limit: Limit = 30, as_json: place.AsJson = False) -> None:
    """List the hashtags of the archive by how many articles have them, those of an article or a story, or, for a
    hashtag such as "#Name", how often it is met over time and the latest articles with it.
    """
    with place.archive(context) as engine:
        if not what:
            _all(engine.all_tags(limit=limit), as_json)
        elif _ID_SHAPE.fullmatch(what):
            found = engine.tags_of_story(what) if what[0] == "s" else engine.tags(what)
            _of(found, as_json)
        else:
            count = engine.tagged(what)
            _one(count, engine.chosen(count.latest[:limit]), as_json)


def _all(found: Sequence[TagCount], as_json: bool) -> None:
    if as_json:
        speak.give([_value(one) for one in found])
    elif found:
        speak.say(*(f"{one.articles:6,}  #{one.tag.text}" for one in found))
    else:
        speak.note("No article has a hashtag yet: `readout group` finds them.")


def _of(found: Sequence[Tag], as_json: bool) -> None:
    if as_json:
        speak.give([asdict(one) for one in found])
    elif found:
        speak.say(*(f"#{one.text}" for one in found))
    else:
        speak.note("It has no hashtag.")


def _one(count: TagCount, latest: Sequence[Article], as_json: bool) -> None:
    if as_json:
        speak.give(_value(count))
    else:
        speak.say(*_shown(count, latest))


def _shown(count: TagCount, latest: Sequence[Article]) -> Iterator[str]:
    yield f"#{count.tag.text}  {count.tag.name}, {speak.counted(count.articles, 'article')}"
    most = max((number for _, number in count.days), default=1)
    yield from ("" for _ in count.days[:1])
    for on, number in count.days:
        yield f"{on.isoformat()}  {number:5,}  {'▇' * max(1, number * _BAR // most)}"
    yield ""
    for one in latest:
        day = one.published.at.date().isoformat() if one.published else " " * 10
        title = clipped(" ".join(one.title.split()), _TITLE) or "(no title)"
        yield f"{one.id[:_ID]}  {day}  {clipped(one.outlet or '-', _OUTLET - 1):{_OUTLET}}  {title}"


def _value(one: TagCount) -> dict[str, object]:
    """Without a weight, which an article has and a count has not."""
    tag = {name: value for name, value in asdict(one.tag).items() if name != "weight"}
    return {**tag, "articles": one.articles, "days": dict(_dated(one)), "latest": one.latest}


def _dated(one: TagCount) -> Iterator[tuple[str, int]]:
    return ((day.isoformat(), number) for day, number in one.days)
