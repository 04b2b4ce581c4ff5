"""Accounts side by side on a story's page, over the sample: every cell leads to its captured words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import Media, Relation
from readout.present import accounts
from readout.present.traced import Traced
from readout.present.web import comparing
from readout.present.web.cells import Cell
from readout.store.memory import MemoryStore
from tests.present.web.visiting import links, visit


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The sample, grouped. To be read only."""
    made = Engine(MemoryStore())
    made.load_sample()
    made.annotate()
    made.group()
    return made


@pytest.fixture
def site(engine: Engine) -> Iterator[TestClient]:
    with visit(engine) as client:
        yield client


def disputed(engine: Engine) -> str:
    """The id of a story in which accounts contradict each other."""
    return next(
        one.id
        for one in engine.stories()
        if any(each.relation is Relation.CONTRADICT for each in engine.compare(one.id).comparison.points)
    )


def test_a_disputed_story_has_a_table_with_the_relation_in_words(site: TestClient, engine: Engine) -> None:
    text = site.get(f"/story/{disputed(engine)}").text
    assert "Accounts side by side" in text
    assert re.search(r'<tbody class="contradict"[^>]*>.*?contradict</span>.*?cannot both be true', text, re.DOTALL)
    assert '<th scope="rowgroup"' in text
    assert re.search(r"<summary>\d+ independent</summary>", text)
    assert re.search(r"<summary>in \d+ of \d+ outlets</summary>", text)


def test_a_call_has_its_sheet_and_the_story_what_changed(site: TestClient, engine: Engine) -> None:
    met = next(one.id for one in engine.stories() if engine.compare(one.id).encounters)
    text = site.get(f"/story/{met}").text
    assert re.search(r"Readout sheets?</h2>", text)
    assert "Who asked for it" in text or "Length" in text or "Date" in text
    assert "does not mention it" in text
    assert "What changed" in text


def test_everything_shown_leads_to_characters_that_spell_it(engine: Engine) -> None:
    for story in engine.stories(limit=100):
        found = engine.compare(story.id)
        articles = {one.article.id: one.article for one in (*found.articles, *found.earlier)}
        statements = {said.id: said for one in (*found.articles, *found.earlier) for said in one.annotation.statements}
        traced = {id_: Traced(one, engine.page(one.page)) for id_, one in articles.items()}
        stretches = [
            *(
                (one.article, one.span, one.words)
                for each in found.encounters
                for one in (*each.details, *each.mentions)
            ),
            *((one.article, one.span, one.words) for life in found.lives for one in life.steps),
            *((one.article, one.span, one.of) for series in found.series for one in series.values),
        ]
        for article, span, words in stretches:
            assert traced[article].words(span) == words
            assert traced[article].spans([span])
        for one in found.changes:
            assert (
                one.article is None
                or one.span is None
                or traced[one.article].words(one.span) in one.heading + one.detail
            )
        cited = [
            *(
                id_
                for each in found.encounters
                for topic in each.topics
                for voice in topic.voices
                for id_ in voice.statements
            ),
            *(id_ for turn in found.turns for id_ in (turn.before, turn.after)),
            *(id_ for backing in found.backings for origin in backing.origins for id_ in origin.statements),
            *(id_ for one in found.changes for id_ in one.statements),
        ]
        assert all(id_ in statements for id_ in cited)


def test_cells_on_the_page_are_the_words_of_their_places(engine: Engine) -> None:
    for story in engine.stories(limit=100):
        found = engine.beside(story.id)
        for cell in _cells(comparing.screen(story.id, found, engine) if found else None):
            assert cell.at is not None
            assert cell.to is not None
            page = engine.page(engine.article(cell.article).page)
            if page.media is Media.TEXT:
                held = _bare(page.text[cell.at : cell.to])
                assert _bare(cell.words.split(" … ")[0]).strip("…") in held


def _cells(value: object) -> Iterator[Cell]:
    """Every cell in a value of the page."""
    if isinstance(value, Cell):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _cells(one)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _cells(getattr(value, each.name))


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def test_cells_lead_to_articles_and_captured_pages(site: TestClient, engine: Engine) -> None:
    text = site.get(f"/story/{disputed(engine)}").text
    table = text[text.index('class="accounts"') : text.index("</table>")]
    found = [one for one in links(table) if one.startswith(("/article/", "/page/"))]
    assert found
    assert all(site.get(one.replace("&amp;", "&")).status_code == 200 for one in found[:8])


def test_every_cell_of_every_story_has_spans_that_spell_its_words(engine: Engine) -> None:
    for story in engine.stories(limit=100):
        for row in accounts.rows(engine.compare(story.id)):
            assert row.cells
            for one in (one for cell in row.cells for one in cell.told):
                traced = Traced(one.article, engine.page(one.article.page))
                assert one.words == " … ".join(traced.words(span) for span in one.statement.content)
                assert traced.spans(one.statement.content)
