"""The search page over the sample and over hostile texts: what is asked, what is answered, what is told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.store.memory import MemoryStore
from tests.present import world
from tests.present.web.visiting import links, visit


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The sample, grouped and indexed. To be read only."""
    made = Engine(MemoryStore())
    made.load_sample()
    made.annotate()
    made.group()
    made.index()
    return made


@pytest.fixture
def site(engine: Engine) -> Iterator[TestClient]:
    with visit(engine) as client:
        yield client


@pytest.fixture
def small() -> Iterator[TestClient]:
    """Hostile and right-to-left texts."""
    with visit(Engine(world.archive())) as client:
        yield client


def typed(text: str) -> str:
    """What stands in the search field."""
    found = re.search(r'<input id="q"[^>]* value="([^"]*)"', text)
    assert found
    return html.unescape(found[1])


def test_without_a_query_it_says_what_can_be_asked(site: TestClient) -> None:
    said = site.get("/search")
    assert said.status_code == 200
    examples = [one for one in links(said.text) if "/search?q=" in one]
    assert len(examples) >= 12
    assert {site.get(one).status_code for one in examples} == {200}
    assert 'role="alert"' not in "".join(site.get(one).text for one in examples)


def test_articles_are_found_and_marked(site: TestClient) -> None:
    text = site.get("/search?q=ferry+accident").text
    assert "<mark>ferry</mark>" in text.lower()
    assert re.search(r"\d+ articles, those of one text folded together", text)
    assert re.search(r"\+ \d+ cop(y|ies)", text)
    assert "Story: <a href=" in text


def test_statements_are_found_and_lead_to_their_place(site: TestClient) -> None:
    text = site.get("/search?q=speaker:minister&in=statements").text
    targets = [one for one in links(text) if "#statement-" in one]
    assert targets
    article, _, anchor = targets[0].partition("#")
    assert f'id="{anchor}"' in site.get(article).text


def test_counts_narrow_and_can_be_left_out_again(site: TestClient) -> None:
    text = site.get("/search?q=ferry").text
    narrowed = next(one for one in links(text) if "outlet%3A" in one)
    again = site.get(narrowed).text
    assert typed(again).startswith("ferry outlet:")
    assert "/search?q=ferry" in [one for one in links(again) if one.startswith("/search?q=ferry")]


def test_what_is_wrong_is_told_beside_the_field_and_the_rest_is_answered(site: TestClient) -> None:
    said = site.get("/search?q=ferry+said:2026-99")
    assert said.status_code == 200
    assert typed(said.text) == "ferry said:2026-99"
    assert 'aria-describedby="wrong"' in said.text
    assert "2026-99 is no date" in said.text
    assert "<mark>" in said.text


@pytest.mark.parametrize(
    "asked", ["in=places", "sort=loudest", "screen=0", "screen=x", "q=a&q=b", "in=articles&in=articles"]
)
def test_it_can_only_be_asked_as_a_query(site: TestClient, asked: str) -> None:
    said = site.get(f"/search?q=ferry&{asked}")
    assert said.status_code == 400


def test_behind_the_last_screen_is_a_way_back(site: TestClient) -> None:
    said = site.get("/search?q=ferry&screen=40")
    assert said.status_code == 200
    assert "There is nothing on this screen" in said.text


def test_order_and_shelf_stay_as_one_goes_on(site: TestClient) -> None:
    text = site.get("/search?q=lang:en&in=statements&sort=oldest").text
    assert "/search?q=lang%3Aen&in=statements&sort=oldest&screen=2" in links(text)
    assert '<input type="hidden" name="in" value="statements">' in text
    assert '<input type="hidden" name="sort" value="oldest">' in text


def test_hostile_text_shows_as_text(small: TestClient) -> None:
    text = small.get("/search?q=script+title").text
    assert "<mark>script</mark>" in text
    assert "<script>alert" not in text
    assert "\u202e" not in text
    arabic = small.get(f"/search?q={quote_plus('المحادثات')}").text
    assert "<mark>المحادثات</mark>" in arabic


def test_a_box_stands_on_every_page(site: TestClient) -> None:
    for address in ("/", "/latest", "/about", "/outlets"):
        assert '<form class="find" action="/search" method="get"' in site.get(address).text


def test_without_an_index_it_says_how_to_make_one(tmp_path: Path) -> None:
    for archive in (MemoryStore(), Engine(MemoryStore(), index_at=tmp_path)):
        with visit(archive) as client:
            said = client.get("/search?q=ferry")
        assert said.status_code == 503
        assert "readout index" in said.text
        assert typed(said.text) == "ferry"


def test_ten_thousand_characters_are_answered(site: TestClient) -> None:
    for query in ("a" * 10_000, '"' * 10_000, "ferry " * 1_600, "-" * 10_000, "said:" * 2_000):
        said = site.get("/search", params={"q": query})
        assert said.status_code == 200
        assert len(said.text) < 100_000


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_nothing_typed_is_an_error_or_is_lost(site: TestClient, text: str) -> None:
    said = site.get("/search", params={"q": text.encode("utf-8", "replace").decode()})
    assert said.status_code == 200
