"""`readout statements ID`: every statement of one article, in the order of its text."""

from __future__ import annotations

from typing import Annotated

import typer

from readout.present.cli import place, said, speak, values
from readout.present.told import told
from readout.present.traced import Traced

ArticleId = Annotated[str, typer.Argument(metavar="ID", help="The article's id, or how it begins.")]


def run(context: typer.Context, article_id: ArticleId, as_json: place.AsJson = False) -> None:
    """Print who said what in an article, in the order of its text."""
    with place.archive(context) as engine:
        article = engine.article(article_id)
        annotation = engine.understood(article)
        traced = Traced(article, engine.page(article.page))
    if as_json:
        speak.give(list(values.statements(traced, annotation)))
        return
    speak.say(article.title or "(no title)")
    for one in annotation.statements:
        speak.say("", *said.report(told(one, traced), with_article=False))
    if not annotation.statements:
        speak.note("Nobody is quoted or reported in it.")
