"""A comparison as plain values for programs: every cell with its words, who said them, and where they stand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from readout.models import (
    Article,
    ArticleId,
    Backing,
    Change,
    Compared,
    Detail,
    Encounter,
    Life,
    Series,
    StatementId,
    Step,
    Turn,
)
from readout.present import accounts, sheets
from readout.present.accounts import Row, Words

Values = dict[str, Any]


def of_story(story: str, compared: Compared) -> Values:
    """The whole comparison of that story."""
    told = accounts.told(compared)
    return {
        "story": story,
        "parties": [asdict(one) for one in compared.comparison.parties],
        "points": points(compared),
        "encounters": [encounter(one, told) for one in compared.encounters],
        "figures": [series(one) for one in compared.series],
        "positions": [turn(one, told) for one in compared.turns],
        "changes": [change(one) for one in compared.changes],
    }


def points(compared: Compared) -> list[Values]:
    """Every point: its accounts, who carries it, what became of its claim, how its relation came to be."""
    backings = {one.point: one for one in compared.backings}
    lives = {one.point: one for one in compared.lives}
    articles = {one.article.id: one.article for one in compared.articles}
    return [
        {
            **point(row),
            "corroboration": _backing(backings[row.point.id], articles) if row.point.id in backings else None,
            "life": _life(lives[row.point.id]) if row.point.id in lives else [],
            "phases": [
                {"at": _time(one.at), "relation": one.relation, "parties": one.parties, "statements": one.statements}
                for one in row.point.phases
            ],
        }
        for row in accounts.rows(compared)
    ]


def point(row: Row) -> Values:
    """A point with the words of every statement."""
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
                "statements": [words(one) for one in cell.told],
            }
            for cell in row.cells
        ],
    }


def words(one: Words) -> Values:
    """One statement: its words, how they are told, their places in the reading text, who said it, and when."""
    said = one.statement
    return {
        "id": said.id,
        "article": one.article.id,
        "outlet": one.article.outlet,
        "published": _time(one.article.published.at) if one.article.published else None,
        "speaker": said.speaker.name,
        "via": said.via,
        "channel": said.channel,
        "act": said.act,
        "content": said.content,
        "lead": one.lead,
        "words": one.words,
    }


def encounter(one: Encounter, told: Mapping[StatementId, Words]) -> Values:
    """A readout sheet."""
    return {
        "id": one.id,
        "title": sheets.title(one),
        "kind": one.kind,
        "when": one.when or None,
        "status": one.status,
        "parties": one.parties,
        "people": one.people,
        "told": [_detail(each) for each in one.mentions],
        "answers": {each.text: [_detail(a.detail) for a in each.answers] for each in sheets.questions(one)},
        "topics": [
            {
                "heading": topic.heading,
                "relation": topic.relation,
                "point": topic.point,
                "accounts": [
                    {"party": voice.party, "statements": [words(told[id_]) for id_ in voice.statements if id_ in told]}
                    for voice in topic.voices
                ],
            }
            for topic in one.topics
        ],
    }


def series(one: Series) -> Values:
    """A quantity with every value, the latest, and the range."""
    return {**asdict(one), "latest": asdict(one.latest), "range": one.range}


def turn(one: Turn, told: Mapping[StatementId, Words]) -> Values:
    """A position that changed, with both statements."""
    return {
        "speaker": one.speaker,
        "kind": one.kind,
        "at": _time(one.at),
        "before": words(told[one.before]) if one.before in told else one.before,
        "after": words(told[one.after]) if one.after in told else one.after,
    }


def change(one: Change) -> Values:
    """One thing that is new."""
    return {**asdict(one), "at": _time(one.at)}


def _detail(one: Detail) -> Values:
    return {key: value for key, value in asdict(one).items() if key != "kind"}


def _backing(one: Backing, articles: Mapping[ArticleId, Article]) -> Values:
    return {
        "independent": len(one.origins),
        "copies": len(one.copies),
        "origins": [
            {
                "name": origin.name or None,
                "kinds": origin.kinds,
                "articles": _named(origin.articles, articles),
                "copies": _named(origin.copies, articles),
                "statements": origin.statements,
            }
            for origin in one.origins
        ],
        "outlets": one.carry,
        "left_out_by": one.leave_out,
        "countries": one.countries,
        "countries_without": one.absent,
        "languages": one.languages,
    }


def _named(ids: Iterable[ArticleId], articles: Mapping[ArticleId, Article]) -> list[Values]:
    return [{"id": id_, "outlet": articles[id_].outlet if id_ in articles else None} for id_ in ids]


def _life(one: Life) -> list[Values]:
    return [_step(step) for step in one.steps]


def _step(one: Step) -> Values:
    return {**asdict(one), "at": _time(one.at)}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
