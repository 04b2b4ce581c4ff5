"""`readout events [ID]`: what is dated, in one article or in the whole archive."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import typer

from readout.engine import Engine
from readout.models import Article, Event, Happening, Precision
from readout.present.cli import place, speak, values
from readout.present.cli.said import Limit, Since, Until
from readout.present.traced import Traced

Which = Annotated[str | None, typer.Argument(metavar="ID", help="Only of this article; its id, or how it begins.")]
_SHAPES = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}
_CLOCK = "%Y-%m-%d %H:%M"


def run(  # noqa: PLR0917 - typer's way
    context: typer.Context,
    article_id: Which = None,
    since: Since = None,
    until: Until = None,
    where: Annotated[str, typer.Option("--place", metavar="NAME", help="Only there.")] = "",
    limit: Limit = 50,
    as_json: place.AsJson = False,
) -> None:
    """Print what happened, is planned or is due, the earliest first."""
    with place.archive(context) as engine:
        found = _of_article(engine, article_id) if article_id else engine.events(since=since, until=until)
        wanted = (one for one in found if _is_within(one.event, since, until) and _is_there(one.event, where))
        events = [(one.event, Traced(one.article, engine.page(one.article.page))) for one in islice(wanted, limit)]
    if as_json:
        speak.give([values.event(event, traced) for event, traced in events])
    elif events:
        for event, traced in events:
            speak.say(*_lines(event, traced.article, traced))
    else:
        speak.note("Nothing dated is known, or nothing of that.")


def _of_article(engine: Engine, article_id: str) -> Iterator[Happening]:
    article = engine.article(article_id)
    return (Happening(article, event) for event in engine.understood(article).events)


def _is_within(event: Event, since: object, until: object) -> bool:
    start = event.time.start if event.time else None
    if start is None:
        return since is None and until is None
    return (since is None or start >= since) and (until is None or start < until)  # type: ignore[operator]


def _is_there(event: Event, where: str) -> bool:
    return not where or where.casefold() in (event.place or "").casefold()


def _lines(event: Event, article: Article, traced: Traced) -> Iterator[str]:
    yield f"{_day(event):16}  {event.what} ({event.status})"
    words = f"“{traced.words(event.time.span)}”" if event.time else ""
    where = f"in {event.place}" if event.place else ""
    told = f"{article.outlet or 'outlet not shown'}, article {article.id[:9]}"
    yield f"{'':16}  [{' · '.join(filter(None, (', '.join(event.participants), where, words, told)))}]"


def _day(event: Event) -> str:
    start = event.time.start if event.time else None
    if start is None or event.time is None:
        return "no day known"
    return start.strftime(_SHAPES.get(event.time.precision or Precision.DAY, _CLOCK))
