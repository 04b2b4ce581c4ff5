"""What is said of stories: `readout merge`, `split`, `move`, `undo`, `judgements`; and `why` an article is in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from readout.engine import Engine
from readout.models import Coverage, Judged, Placement
from readout.present import sheaves, when
from readout.present.cli import place, speak
from readout.present.cli.outcome import Outcome

_ID = 9
_WIDEST = 24

Story = Annotated[str, typer.Argument(metavar="STORY", help="A story's id, or how it begins.")]
Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, or how it begins.")]
Reason = Annotated[str, typer.Option("--because", metavar="WORDS", help="Why, for the log.")]


def merge(context: typer.Context, one: Story, other: Story, why: Reason = "", as_json: place.AsJson = False) -> None:
    """Say that two stories are one. No guess overrules it, and `undo` takes it back."""
    with place.archive(context) as engine:
        engine.merge(one, other, why=why)
        _tell(engine.story(one), "They are one story", as_json=as_json)


def split(
    context: typer.Context,
    story: Story,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="The articles that leave it.")],
    why: Reason = "",
    as_json: place.AsJson = False,
) -> None:
    """Say that articles of a story are one of their own. No guess overrules it, and `undo` takes it back."""
    with place.archive(context) as engine:
        engine.split(story, articles, why=why)
        _tell(_of(engine, articles[0]), "They are a story of their own", as_json=as_json)


def move(
    context: typer.Context, article: Article, story: Story, why: Reason = "", as_json: place.AsJson = False
) -> None:
    """Say that an article belongs in another story. No guess overrules it, and `undo` takes it back."""
    with place.archive(context) as engine:
        engine.move(article, story, why=why)
        _tell(engine.story(story), "It is in that story", as_json=as_json)


def take(context: typer.Context, article: Article, why: Reason = "", as_json: place.AsJson = False) -> None:
    """Do what `stories --suggested` says about an article: merge the two stories, or part the one. `undo` takes it
    back.
    """
    with place.archive(context) as engine:
        engine.take(article, why=why)
        _tell(_of(engine, article), "It is done", as_json=as_json)


def decline(context: typer.Context, article: Article, why: Reason = "", as_json: place.AsJson = False) -> None:
    """Say that what `stories --suggested` says about an article is wrong. It does not come again."""
    with place.archive(context) as engine:
        engine.decline(article, why=why)
        _tell(_of(engine, article), "It stays as it is", as_json=as_json)


def undo(
    context: typer.Context,
    judgement: Annotated[
        str, typer.Argument(metavar="[JUDGEMENT]", help="Which; the last one without it.", show_default=False)
    ] = "",
    as_json: place.AsJson = False,
) -> None:
    """Take back what was said of stories: everything is as it would be without it."""
    with place.archive(context) as engine:
        undone = engine.undo(judgement)
        if as_json:
            speak.give({"id": undone.judgement.id, **asdict(undone)})
        else:
            speak.say(f"Undone: {_line(engine, undone)}.")


def judgements(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most this many.")] = 50,
    as_json: place.AsJson = False,
) -> None:
    """List what was said of stories, the latest first, and what of it was undone."""
    with place.archive(context) as engine:
        found = engine.judgements(limit=limit)
        if as_json:
            speak.give([{"id": one.judgement.id, **asdict(one)} for one in found])
            return
        for one in found:
            speak.say(*_logged(engine, one))
    if not found:
        speak.note("Nothing was said of any story yet.")


def why(context: typer.Context, article: Article, story: Story, as_json: place.AsJson = False) -> None:
    """Print why an article belongs in a story, or does not: each fact, what it adds, and the words that prove it."""
    with place.archive(context) as engine:
        placed = engine.why(article, story)
        if placed is None:
            speak.note("readout: there is nothing to compare: it has no text, or the story has no other article")
            raise typer.Exit(Outcome.NOT_FOUND)
        if as_json:
            speak.give(asdict(placed))
        else:
            speak.say(*_reasons(engine, placed))


def _tell(story: Coverage, what: str, *, as_json: bool) -> None:
    if as_json:
        speak.give(asdict(story))
        return
    headline = story.headline.text if story.headline else "(no title)"
    speak.say(f"{what}: {headline}", f"story {story.id}, {sheaves.counts(story)}; `readout undo` takes it back")


def _of(engine: Engine, article: str) -> Coverage:
    (seat,) = engine.assignments([engine.article(article).id])
    return engine.story(seat.story)


def _line(engine: Engine, one: Judged) -> str:
    word = one.judgement
    titles = {article.id: article.title for article in engine.chosen([word.articles[0], word.others[0]])}
    return sheaves.judged(one, titles)


def _logged(engine: Engine, one: Judged) -> Iterator[str]:
    made = when.captured(one.judgement.at)
    undone = when.captured(one.undone)
    yield f"{one.judgement.id[:_ID]}  {made.words if made else ''}  {_line(engine, one)}, by {one.judgement.by}"
    if one.judgement.why:
        yield f"{'':{_ID}}  because {one.judgement.why}"
    if undone:
        yield f"{'':{_ID}}  undone {undone.words} by {one.undone_by}"


def _reasons(engine: Engine, placed: Placement) -> Iterator[str]:
    article, story = engine.article(placed.article), engine.story(placed.story)
    here = placed.article in engine.members(story.id)
    yield f"{article.title} ({article.outlet or 'outlet not shown'})"
    yield f"is {'' if here else 'not '}in: {story.headline.text if story.headline else '(no title)'}"
    if placed.nearest:
        nearest = engine.article(placed.nearest)
        yield f"most like it there: {nearest.title} ({nearest.outlet or 'outlet not shown'})"
    yield ""
    for one in placed.reasons:
        evidence = f"  {one.evidence}" if one.evidence else ""
        yield f"{one.weight:+6.2f}  {sheaves.fact(one):{_WIDEST}}{evidence}".rstrip()
    yield ""
    yield f"by likeness alone {placed.score:.0%} sure that the two are of one story"
    for said in engine.judgements():
        word = said.judgement
        if said.undone is None and placed.article in {*word.articles, *word.others}:
            yield f"{word.by} said so: {_line(engine, said)}"
