"""`readout compare STORY`: what each party of a story says, point by point, and how their accounts relate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from readout.models import Party, Series
from readout.present import accounts
from readout.present.cli import place, speak
from readout.present.setting import clipped

_WORDS = 300
_MEMBERS = 6

StoryId = Annotated[str, typer.Argument(metavar="ID", help="The story's id, or how it begins.")]


def compare(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Set the accounts of a story side by side: on which points its parties agree, differ or contradict each other."""
    with place.archive(context) as engine:
        story, found = engine.story(story_id), engine.compare(story_id)
    rows = accounts.rows(found)
    if as_json:
        parties = [asdict(one) for one in found.comparison.parties]
        speak.give({"story": story.id, "parties": parties, "points": [as_values(row) for row in rows]})
    elif rows:
        speak.say(*(line for row in rows for line in _lines(row)), *_parties(found.comparison.parties))
    else:
        speak.note("No point on which two parties of this story can be set side by side.")


def figures(context: typer.Context, story_id: StoryId, as_json: place.AsJson = False) -> None:
    """Print what the texts of a story report of each quantity: by whom and when, the range, what was revised."""
    with place.archive(context) as engine:
        found = engine.compare(story_id).series
    if as_json:
        speak.give([{**asdict(one), "latest": asdict(one.latest), "range": one.range} for one in found])
    elif found:
        speak.say(*(line for one in found for line in _series(one)))
    else:
        speak.note("No quantity that two texts of this story report.")


def _series(one: Series) -> Iterator[str]:
    low, high = (f"{value:,g}" for value in one.range)
    what = " ".join(filter(None, (one.unit, one.what, one.fate)))
    revised = f", {speak.counted(one.revisions, 'change')}" if one.revisions else ""
    yield f"{what}: {low}{f' to {high}' if high != low else ''}{revised}"
    for at, value in enumerate(one.values):
        when = value.at.date().isoformat() if value.at else "day not known"
        by = f"{value.by}; " if value.by else ""
        far = "  far from the others" if at in one.outliers else ""
        yield f"  {when}  {value.of}  {by}{value.outlet or 'outlet not shown'}{far}"
    yield ""


def as_values(row: accounts.Row) -> dict[str, Any]:
    """A point as a program gets it, with the words of every statement."""
    return {
        "id": row.point.id,
        "heading": row.point.heading,
        "relation": row.point.relation,
        "confidence": round(row.point.confidence, 2),
        "why": row.why,
        "accounts": [
            {
                "party": cell.account.party,
                "origins": cell.account.origins,
                "copies": cell.account.copies,
                "statements": [
                    {
                        "id": one.statement.id,
                        "article": one.article.id,
                        "outlet": one.article.outlet,
                        "speaker": one.statement.speaker.name,
                        "via": one.statement.via,
                        "act": one.statement.act,
                        "words": one.words,
                    }
                    for one in cell.told
                ],
            }
            for cell in row.cells
        ],
    }


def _lines(row: accounts.Row) -> Iterator[str]:
    yield f"{row.sign} {row.point.relation}: {row.point.heading}"
    if row.why:
        yield f"  {'; '.join(row.why)}"
    for cell in row.cells:
        yield f"  {cell.account.party} ({cell.count})"
        for one in cell.told:
            yield f"    {clipped(' '.join(one.words.split()), _WORDS)}"
            yield f"      {one.source}"
    yield ""


def _parties(parties: tuple[Party, ...]) -> Iterator[str]:
    yield "Who speaks for whom:"
    for party in parties:
        if party.members != (party.name,):
            more = f" and {len(party.members) - _MEMBERS} more" if len(party.members) > _MEMBERS else ""
            yield f"  {party.name}: {', '.join(party.members[:_MEMBERS])}{more}"
