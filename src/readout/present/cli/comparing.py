"""`readout compare`, `points`, `figures` and `changes`: what each party of a story says, point by point, what follows
from it, and what is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import typer

from readout.engine import Engine
from readout.models import (
    Backing,
    Change,
    Compared,
    Encounter,
    Life,
    Party,
    Reported,
    Series,
    SourceKind,
    StatementId,
    Turn,
)
from readout.present import accounts, compared, sheets, when
from readout.present.accounts import Words
from readout.present.cli import place, speak
from readout.present.setting import clipped

_WORDS = 300
_MEMBERS = 6
_STORIES = 100  # asked for at once

StoryId = Annotated[str, typer.Argument(metavar="ID", help="The story's id, or how it begins.")]
SomeStory = Annotated[str, typer.Argument(metavar="ID", help="The story's id, or how it begins; none with --all.")]
All = Annotated[bool, typer.Option("--all", help="Every story of the archive, one after another.")]


def compare(
    context: typer.Context, story_id: SomeStory = "", every: All = False, as_json: place.AsJson = False
) -> None:
    """Set the accounts of a story side by side: calls and meetings with what each side tells of them, points on which
    parties agree, differ or contradict each other, figures, positions that changed. With --all and --json, one line a
    story.
    """
    if every == bool(story_id):
        raise typer.BadParameter("say one story, or --all", param_hint="ID")
    with place.archive(context) as engine:
        if every:
            for id_, found in _stories(engine):
                _whole(id_, found, as_line=as_json)
            return
        story, one = engine.story(story_id), engine.compare(story_id)
    if as_json:
        speak.give(compared.of_story(story.id, one))
    elif _has_any(one):
        speak.say(*_told(one))
    else:
        speak.note("No point on which two parties of this story can be set side by side.")


def points(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Print the points of a story: what each party says, how many independent origins carry it and who leaves it out,
    and what became of the claim.
    """
    with place.archive(context) as engine:
        found = engine.compare(story_id)
    if as_json:
        speak.give(compared.points(found))
    elif found.comparison.points:
        speak.say(*_points(found))
    else:
        speak.note("No point on which two parties of this story can be set side by side.")


def figures(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Print what the texts of a story report of each quantity: by whom and when, the range, what was revised."""
    with place.archive(context) as engine:
        found = engine.compare(story_id).series
    if as_json:
        speak.give([compared.series(one) for one in found])
    elif found:
        speak.say(*(line for one in found for line in _series(one)))
    else:
        speak.note("No quantity that two texts of this story report.")


def changes(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Print what is new in a story, the latest first: points, sides that speak, relations, denials, figures, positions,
    days that near or have passed.
    """
    with place.archive(context) as engine:
        found = engine.compare(story_id).changes
    if as_json:
        speak.give([compared.change(one) for one in found])
    elif found:
        speak.say(*map(_change, found))
    else:
        speak.note("Nothing of which a change is known in this story.")


def _stories(engine: Engine) -> Iterator[tuple[str, Compared]]:
    for at in range(0, engine.count_stories(), _STORIES):
        for story in engine.stories(limit=_STORIES, offset=at):
            yield story.id, engine.compare(story.id)


def _whole(id_: str, found: Compared, *, as_line: bool) -> None:
    if as_line:
        speak.out(f"{speak.as_json(compared.of_story(id_, found))}\n".encode())
    elif _has_any(found):
        speak.say(f"Story {id_}", "", *_told(found))


def _has_any(found: Compared) -> bool:
    return bool(found.comparison.points or found.encounters or found.turns)


def _told(found: Compared) -> Iterator[str]:
    said = accounts.told(found)
    for one in found.encounters:
        yield from _sheet(one, said)
    yield from _points(found)
    for turn in found.turns:
        yield from position(turn, said)
    yield from _parties(found.comparison.parties)


def _points(found: Compared) -> Iterator[str]:
    backings = {one.point: one for one in found.backings}
    lives = {one.point: one for one in found.lives}
    for row in accounts.rows(found):
        yield f"{row.sign} {row.point.relation}: {row.point.heading}"
        if row.why:
            yield f"  {'; '.join(row.why)}"
        for cell in row.cells:
            yield f"  {cell.account.party}"
            yield from _words(cell.told)
        if row.point.id in backings:
            yield from _backing(backings[row.point.id])
        if row.point.id in lives:
            yield f"  {_life(lives[row.point.id])}"
        yield ""


def _words(told: Iterable[Words]) -> Iterator[str]:
    for one in told:
        yield f"    {_content(one)}"
        yield f"      {one.source}"


def _content(one: Words) -> str:
    lead = f"[{one.lead}] " if one.lead else ""
    return f"{lead}{clipped(' '.join(one.words.split()), _WORDS)}"


def _backing(one: Backing) -> Iterator[str]:
    copies = f" · {len(one.copies):,} {'copy' if len(one.copies) == 1 else 'copies'}" if one.copies else ""
    named = ", ".join(f"{each.name or 'outlet not shown'} ({_kinds(each.kinds)})" for each in one.origins)
    yield f"  {len(one.origins):,} independent{copies}: {named}"
    if one.leave_out:
        more = one.without - len(one.leave_out)
        yield f"  left out by {', '.join(one.leave_out)}{f' and {more:,} more' if more else ''}"


def _kinds(kinds: Iterable[SourceKind]) -> str:
    return ", ".join(map(str, kinds))


def _life(one: Life) -> str:
    return " → ".join(
        f"{step.fate} by {step.by}{f', {when.known(step.at).words}' if step.at else ''}" for step in one.steps
    )


def _sheet(one: Encounter, said: Mapping[StatementId, Words]) -> Iterator[str]:
    yield sheets.title(one)
    if one.people:
        yield f"  Took part: {', '.join(one.people)}"
    for question in sheets.questions(one):
        yield f"  {question.text}{' (accounts differ)' if question.open else ''}"
        for answer in question.answers:
            yield f"    {' '.join(answer.detail.words.split())}  [{answer.teller}]"
    for topic in one.topics:
        relation = f"{accounts.SIGNS[topic.relation]} {topic.relation}: " if topic.relation else ""
        yield f"  {relation}{topic.heading}"
        for voice in topic.voices:
            if voice.statements:
                for line in _words(said[id_] for id_ in voice.statements if id_ in said):
                    yield f"    {voice.party}: {line.strip()}" if line.startswith("    ") and line[4] != " " else line
            else:
                yield f"    {voice.party} does not mention it"
    yield ""


def position(turn: Turn, said: Mapping[StatementId, Words]) -> Iterator[str]:
    """A position that changed, in lines."""
    yield f"{turn.speaker}, {turn.kind}"
    for name, id_ in (("before", turn.before), ("now", turn.after)):
        if id_ in said:
            one = said[id_]
            published = one.article.published
            day = f", {when.known(published.at).day}" if published else ""
            yield f"  {name}{day}: {_content(one)}"
            yield f"    {one.source}"
    yield ""


def _series(one: Series) -> Iterator[str]:
    low, high = (f"{value:,g}" for value in one.range)
    what = " ".join(filter(None, (one.unit, one.what, one.fate)))
    revised = f", {speak.counted(one.revisions, 'change')}" if one.revisions else ""
    yield f"{what}: {low}{f' to {high}' if high != low else ''}{revised}; latest {' '.join(one.latest.of.split())}"
    for at, value in enumerate(one.values):
        yield f"  {_value(value)}{'  far from the others' if at in one.outliers else ''}"
    yield ""


def _value(one: Reported) -> str:
    moment = when.known(one.at).words if one.at else "day not known"
    by = f"{one.by}; " if one.by else ""
    return f"{moment}  {' '.join(one.of.split())}  {by}{one.outlet or 'outlet not shown'}"


def _change(one: Change) -> str:
    detail = f" ({one.detail})" if one.detail and one.detail != one.kind else ""
    return f"{when.known(one.at).words}  {one.kind}{detail}: {one.heading}"


def _parties(parties: tuple[Party, ...]) -> Iterator[str]:
    several = [party for party in parties if party.members != (party.name,)]
    if several:
        yield "Who speaks for whom:"
    for party in several:
        more = f" and {len(party.members) - _MEMBERS} more" if len(party.members) > _MEMBERS else ""
        yield f"  {party.name}: {', '.join(party.members[:_MEMBERS])}{more}"
