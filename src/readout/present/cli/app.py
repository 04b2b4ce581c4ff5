"""The command line put together: which commands there are, what all of them share, and how each one ends.

Commands load what they need when they run, so that `readout --help` stays quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from readout.errors import ReadoutError
from readout.present.cli import (
    annotating,
    articles,
    check,
    comparing,
    events,
    export,
    feeds,
    grouping,
    importing,
    indexing,
    judging,
    losses,
    outlets,
    page,
    place,
    quality,
    related,
    said,
    searching,
    serving,
    speak,
    statements,
    stories,
    tags,
    updating,
    users,
    who,
    working,
)
from readout.present.cli.outcome import Outcome, outcome


class _Commands(TyperGroup):
    """Runs a command, and turns the ways in which it can fail into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own signature
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except ReadoutError as error:
            _end(f"readout: {error}", outcome(error))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its own end
            raise typer.Exit(Outcome.CUT_OFF) from None
        except KeyboardInterrupt:
            _end("readout: interrupted; what was kept so far stays", Outcome.INTERRUPTED)


def _end(message: str, code: Outcome) -> NoReturn:
    speak.note(message)
    raise typer.Exit(code)


app = typer.Typer(
    name="readout",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        speak.say(f"readout {version('readout-news')}")
        raise typer.Exit


@app.callback()
def _shared(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="The folder of the archive, for any command; else READOUT_HOME."),
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Every account of a story, side by side."""
    context.obj = data.expanduser() if data else None


app.command("import")(importing.run)
app.command("add")(feeds.add)
app.command("feeds")(feeds.list_all)
app.command("correct")(feeds.correct)
app.command("remove")(feeds.remove)
app.command("update")(updating.run)
app.command("run")(serving.run)
app.command("work")(working.run)
app.command("stories")(stories.list_all)
app.command("story")(stories.show)
app.command("compare")(comparing.compare)
app.command("points")(comparing.points)
app.command("figures")(comparing.figures)
app.command("changes")(comparing.changes)
app.command("copies")(stories.copies)
app.command("search", context_settings={"ignore_unknown_options": True})(searching.run)  # -word is no option
app.command("related")(related.related)
app.command("timeline")(related.timeline)
app.command("tags")(tags.run)
app.command("why")(judging.why)
app.command("take")(judging.take)
app.command("decline")(judging.decline)
app.command("merge")(judging.merge)
app.command("split")(judging.split)
app.command("move")(judging.move)
app.command("undo")(judging.undo)
app.command("judgements")(judging.judgements)
app.command("articles")(articles.list_all)
app.command("article")(articles.show)
app.command("page")(page.show)
app.command("statements")(statements.run)
app.command("who")(who.run)
app.command("said")(said.run)
app.command("same")(said.same)
app.command("apart")(said.apart)
app.command("events")(events.run)
app.command("annotate")(annotating.run)
app.command("group")(grouping.run)
app.command("index")(indexing.run)
app.command("outlets")(outlets.list_all)
app.command("losses")(losses.show)
app.add_typer(export.app, name="export")
app.add_typer(users.app, name="users")
app.command("serve")(serving.serve)
app.command("demo")(serving.demo)
app.command("check")(check.run)
app.command("quality")(quality.run)


def main(arguments: list[str] | None = None) -> None:
    """The command `readout`: does what the arguments say and ends the program with the exit code."""
    speak.prepare()
    app(place.hoisted(sys.argv[1:] if arguments is None else arguments), prog_name="readout")
