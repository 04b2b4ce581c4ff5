"""`readout who ID`: who and what is named in one article, with every form of the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import typer

from readout.models import Annotation, Entity, EntityKind
from readout.present.cli import place, speak, values
from readout.present.cli.statements import ArticleId

_KINDS = {
    EntityKind.PERSON: "Persons",
    EntityKind.BODY: "Bodies",
    EntityKind.PLACE: "Places",
    EntityKind.WORK: "Works",
    EntityKind.OTHER: "Other names",
}
_ORDER = list(_KINDS)


def run(context: typer.Context, article_id: ArticleId, as_json: place.AsJson = False) -> None:
    """Print who and what is named in an article: forms, roles, mentions and statements."""
    with place.archive(context) as engine:
        article = engine.article(article_id)
        annotation = engine.understood(article)
    if as_json:
        speak.give([values.entity(one, _said(annotation)[one.id]) for one in annotation.entities])
        return
    speak.say(article.title or "(no title)", *_lines(annotation))
    if not annotation.entities:
        speak.note("Nobody and nothing is named in it.")


def _lines(annotation: Annotation) -> list[str]:
    said = _said(annotation)
    ordered = sorted(annotation.entities, key=lambda one: _ORDER.index(one.kind))
    lines = []
    for kind, members in groupby(ordered, key=lambda one: one.kind):
        lines += ["", _KINDS[kind]]
        lines += [_line(one, said[one.id]) for one in sorted(members, key=_most_named)]
    return lines


def _most_named(entity: Entity) -> tuple[int, str]:
    return -len(entity.mentions), entity.name


def _line(entity: Entity, statements: int) -> str:
    facts = [", ".join(entity.roles), _forms(entity.aliases)]
    facts.append(speak.counted(len(entity.mentions), "mention"))
    facts.append(speak.counted(statements, "statement") if statements else "")
    return f"  {entity.name}: {'; '.join(filter(None, facts))}"


def _forms(forms: Sequence[str]) -> str:
    return f"also {', '.join(forms)}" if forms else ""


def _said(annotation: Annotation) -> Counter[str]:
    return Counter(one.speaker.entity for one in annotation.statements if one.speaker.entity)
