"""`readout add`, `feeds`, `correct` and `remove`: what is followed, and how it is doing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

import typer

from readout.engine import Engine
from readout.errors import InputError
from readout.models import Addition
from readout.present.cli import place, speak, values
from readout.present.cli.outcome import Outcome
from readout.present.health import Health, health
from readout.present.setting import clipped

_ID = 9
_NAME = 26
_LISTED = 20

FeedId = Annotated[str, typer.Argument(metavar="ID", help="The feed's id, or how it begins.")]


def add(
    context: typer.Context,
    places: Annotated[
        list[str], typer.Argument(metavar="ADDRESS|FILE...", help="A site, a feed, an OPML file or a mailbox.")
    ],
    as_json: place.AsJson = False,
) -> None:
    """Follow feeds: of a site, at an address, in an OPML file; or a mailbox of newsletters."""
    additions: list[Addition] = []
    faults: list[InputError] = []
    with place.archive(context) as engine:
        for one in places:
            try:
                additions.append(engine.add(one, tell=_told))
            except InputError as error:
                faults.append(error)
    faults += [fault for addition in additions for fault in addition.unusable]
    speak.note(*(f"readout: {fault}" for fault in faults))
    if as_json:
        speak.give([values.addition(one) for one in additions])
    else:
        speak.say(*(line for one in additions for line in _added(one)))
    if faults:
        raise typer.Exit(Outcome.PARTLY)


def list_all(
    context: typer.Context,
    opml: Annotated[bool, typer.Option("--opml", help="Print an OPML file, for other readers.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """List the feeds that are followed, and how they are doing."""
    with place.archive(context) as engine:
        if opml:
            speak.out(engine.opml())
            return
        found = list(_healths(engine))
    if as_json:
        speak.give([values.health(one) for one in found])
    elif found:
        speak.say(_HEADING, *map(_line, found), *_summary(found))
    else:
        speak.note("No feed is followed yet: `readout add ADDRESS` follows one.")


def correct(
    context: typer.Context,
    feed_id: FeedId,
    *,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet's name.")] = None,
    domain: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Its domain.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Its country (ISO 3166), such as FR.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Its language (ISO 639), such as fr.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="WORD", help="newspaper, broadcaster, agency …")] = None,
    as_json: place.AsJson = False,
) -> None:
    """Set what was guessed of a feed's outlet; an empty value clears it."""
    given = {"name": name, "domain": domain, "country": country, "language": language, "kind": kind}
    said = {field: value for field, value in given.items() if value is not None}
    if not said:
        raise typer.BadParameter("say what to set: --name, --domain, --country, --language or --kind")
    with place.archive(context) as engine:
        found = engine.correct(feed_id, **said)
    if as_json:
        speak.give(values.feed(found.feed))
    else:
        speak.say(*_about(values.feed(found.feed)))


def remove(context: typer.Context, feed_id: FeedId) -> None:
    """Follow a feed no more; what was captured stays."""
    with place.archive(context) as engine:
        feed = engine.remove(feed_id)
    speak.say(f"No longer followed: {feed.outlet.name}, {feed.address}")


def _told(what: str) -> None:
    if sys.stderr.isatty():
        speak.note(what)


def _added(addition: Addition) -> Iterator[str]:
    for found in addition.found:
        outlet = found.feed.outlet
        known = [outlet.name, outlet.domain, outlet.country, outlet.language, outlet.kind]
        word = "Followed from now on" if found.new else "Followed already"
        yield f"{word}: {found.feed.address}"
        yield f"  {found.because}; {', '.join(filter(None, known))}; feed {found.feed.id[:_ID]}"
        if len(addition.found) <= _LISTED:
            yield from (f"    {reason}" for reason in found.feed.reasons)
    if addition.also:
        yield "Found beside it, and not followed:"
        yield from (f"  {address}" for address in addition.also)
    if addition.found:
        yield "`readout update` fetches what is new; `readout run` does so from now on."


def _healths(engine: Engine) -> Iterator[Health]:
    return (health(one, engine.looks(one.feed.id)) for one in engine.feeds())


_HEADING = (
    f"{'feed':{_ID}}  {'how it is':17}  {'last seen':11}  {'last new':11}  {'new':>4} {'err':>4} {'und':>4}  outlet"
)


def _line(one: Health) -> str:
    feed = one.followed.feed
    counts = f"{one.new:4} {one.errors:4} {one.undated:4}"
    line = (
        f"{feed.id[:_ID]:{_ID}}  {one.status:17}  {_day(one.last_seen)}  {_day(one.last_new)}  {counts}"
        f"  {clipped(feed.outlet.name, _NAME - 1):{_NAME}} {feed.address}"
    )
    line += f" (moved from {one.followed.state.moved_from[-1]})" if one.followed.state.moved_from else ""
    line += f": {one.why}" if one.why else ""
    return clipped(line, shutil.get_terminal_size().columns) if sys.stdout.isatty() else line


def _day(at: datetime | None) -> str:
    return f"{at:%m-%d %H:%M}" if at else "never      "


def _summary(found: Iterable[Health]) -> Iterator[str]:
    troubled = sum(one.troubled for one in found)
    if troubled:
        yield f"{speak.counted(troubled, 'feed')} in trouble. Times are in UTC; counts are over the last looks."


def _about(fields: dict[str, object]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in fields.items() if value not in (None, [], ()))
