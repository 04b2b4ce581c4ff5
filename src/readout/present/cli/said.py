"""`readout said NAME`: what somebody said over the whole archive. `readout same`, `readout apart`: who is who."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

import typer

from readout.capture.instant import instant
from readout.models import Position, Said, StatementId, Who
from readout.present import accounts, compared
from readout.present.accounts import Words
from readout.present.cli import comparing, place, speak, values
from readout.present.cli.outcome import Outcome
from readout.present.told import Told, told
from readout.present.traced import Traced

_WIDEST = 100
_LISTED = 12  # names that a name can mean
_FORMS = 6


def _moment(text: str) -> datetime:
    found = instant(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is no time; write it as 2025-06-05 or 2025-06-05T14:00+02:00")
    return found


Name = Annotated[str, typer.Argument(metavar="NAME", help="A full name, or as much of it as is clear.")]
Since = Annotated[datetime | None, typer.Option(parser=_moment, metavar="TIME", help="From then on.")]
Until = Annotated[datetime | None, typer.Option(parser=_moment, metavar="TIME", help="Before then.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most this many.")]


def run(  # noqa: PLR0917 - typer's way
    context: typer.Context,
    name: Name,
    about: Annotated[str, typer.Option(metavar="WORDS", help="Only with all of these words.")] = "",
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    as_json: place.AsJson = False,
) -> None:
    """Print what somebody said, the latest first, with relay, act, time and outlet; then what they said otherwise
    before, side by side.
    """
    with place.archive(context) as engine:
        found = engine.meant(name)
        who = _clear(name, found)
        wanted = filter(lambda one: _is_about(one, about), engine.said(who, since=since, until=until))
        turned = [one for one in engine.positions(who) if _is_about(one.before, about) or _is_about(one.after, about)]
        said = [(one, Traced(one.article, engine.page(one.article.page))) for one in islice(wanted, limit)]
    if as_json:
        rows = [values.statement(one.statement, traced) for one, traced in said]
        speak.give({"who": values.who(who), "said": rows, "positions": [_values(one) for one in turned]})
        return
    speak.say(_headed(who), *_reports(told(one.statement, traced) for one, traced in said))
    if turned:
        speak.say("", "Positions that changed:", *(line for one in turned for line in _position(one)))
    if not said:
        speak.note("Nothing that they said is kept, or nothing of that.")
    others = [one.name for one in found[1:] if one is not who][:_FORMS]
    if others:
        speak.note(f"The name can mean {', '.join(others)} too: give more of it to hear them.")


def _position(one: Position) -> Iterator[str]:
    return comparing.position(one.turn, _worded(one))


def _values(one: Position) -> dict[str, Any]:
    return compared.turn(one.turn, _worded(one))


def _worded(one: Position) -> dict[StatementId, Words]:
    return {each.statement.id: accounts.words(each.article, each.statement) for each in (one.before, one.after)}


def same(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="NAME", help="A name,")],
    other: Annotated[str, typer.Argument(metavar="NAME", help="and the name it is another form of.")],
) -> None:
    """Say that a name is another form of a second, which is its name from now on. No guess overrules it."""
    _rule(context, one, other, same=True)


def apart(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="NAME", help="A name,")],
    other: Annotated[str, typer.Argument(metavar="NAME", help="and another that is somebody else.")],
) -> None:
    """Say that two names are not of the same person, body, place or work. No guess overrules it."""
    _rule(context, one, other, same=False)


def _rule(context: typer.Context, one: str, other: str, *, same: bool) -> None:
    with place.archive(context) as engine:
        engine.rule(one, other, same=same)
    speak.say(f"{one} is {'' if same else 'not '}{other}, from now on.")


def _clear(name: str, found: Sequence[Who]) -> Who:
    """The one that the name means. Ends the program where it is none or nobody can tell."""
    if not found:
        speak.note(f"readout: nobody of the name {name} is in what is annotated; see `readout annotate`")
        raise typer.Exit(Outcome.NOT_FOUND)
    from readout.annotate import archive_names

    if not archive_names.clear(found):
        speak.note(f"readout: {name} can mean several; give more of the name:", *map(_candidate, found[:_LISTED]))
        raise typer.Exit(Outcome.NOT_FOUND)
    return found[0]


def _candidate(who: Who) -> str:
    roles = f" ({', '.join(who.roles[:2])})" if who.roles else ""
    return f"  {who.name}{roles}, {who.kind}, {speak.counted(who.articles, 'article')}"


def _is_about(said: Said, words: str) -> bool:
    if not words:
        return True
    from readout.models import reading

    text = reading(said.article).text
    content = " ".join(text[span.start : span.end] for span in said.statement.content).casefold()
    return all(word in content for word in words.casefold().split())


def _headed(who: Who) -> str:
    facts = [", ".join(who.roles[:3]), f"also {', '.join(who.forms[:_FORMS])}" if who.forms else ""]
    facts.append(f"named in {speak.counted(who.articles, 'article')}")
    return f"{who.name}: {'; '.join(filter(None, facts))}"


def _reports(found: Iterable[Told]) -> Iterator[str]:
    for one in found:
        yield from ("", *report(one))


def report(one: Told, *, with_article: bool = True) -> Iterator[str]:
    """A statement in lines: who through whom and where; the words; how it is told and where that is written."""
    how = ", ".join(filter(None, (f"through {one.through}" if one.through else "", one.channel)))
    yield f"{one.speaker}{f', {how}' if how else ''} ({one.act}{f'; {one.weak}' if one.weak else ''}):"
    yield from _wrapped(" … ".join(one.words))
    told = f"“{one.cue}”" if one.cue else "no word of saying"
    said = f"said {one.said.words}" if one.said else ""
    where = f"{one.outlet or 'outlet not shown'}, {one.published.words if one.published else 'time not known'}"
    facts = (told, said, one.doubt, where if with_article else "", f"article {one.article[:9]}" if with_article else "")
    yield f"  [{' · '.join(filter(None, facts))}]"


def _wrapped(text: str) -> list[str]:
    width = min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
