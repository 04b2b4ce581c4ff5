"""Accounts side by side on a story's page, over the sample: every cell leads to its captured words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import Relation
from readout.present import accounts
from readout.present.traced import Traced
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
    assert re.search(r'<tr class="contradict">.*?contradict</span>.*?cannot both be true', text, re.DOTALL)
    assert '<th scope="col">Point</th>' in text


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
