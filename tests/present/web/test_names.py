"""Pages of names and outlets, the front page at a glance and what is hot, over the sample."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import EntityKind, NameCount
from readout.store.memory import MemoryStore
from tests.present import world
from tests.present.web.visiting import visit


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The sample, grouped and compared. To be read only."""
    made = Engine(MemoryStore())
    made.load_sample()
    made.annotate()
    made.group()
    made.compare_changed()
    return made


@pytest.fixture
def site(engine: Engine) -> Iterator[TestClient]:
    with visit(engine) as client:
        yield client


def quoted(engine: Engine) -> NameCount:
    return engine.most_named(EntityKind.PERSON, speaking=True, limit=1)[0]


def test_the_list_of_names_leads_to_who_is_quoted_most(site: TestClient, engine: Engine) -> None:
    text = site.get("/names").text
    assert f'href="/name/{quoted(engine).entity}"' in text
    assert "Most quoted" in text
    assert "Places" in text


def test_a_person_has_statements_that_lead_to_their_articles(site: TestClient, engine: Engine) -> None:
    one = quoted(engine)
    text = site.get(f"/name/{one.entity}").text
    assert f"<bdi>{one.name}</bdi></h1>" in text
    where = re.search(r'href="(/article/\w+\?edition=\w+)#(statement-\d+)"', text)
    assert where
    assert f'id="{where[2]}"' in site.get(where[1], follow_redirects=True).text
    assert '<svg viewBox="0 0 320 48"' in text
    assert "As a table" in text
    older = site.get(f"/name/{one.entity}?screen=2")
    assert older.status_code == 200
    assert "What was said earlier" in older.text


def test_an_article_leads_to_the_names_in_it(site: TestClient, engine: Engine) -> None:
    said = engine.sayings(engine.portrait(quoted(engine).entity).who, limit=1)[0]
    text = site.get(f"/article/{said.article.id}?marks=statements,names", follow_redirects=True).text
    assert re.search(r'href="/name/e[a-z2-7]{16}"', text)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/name/eaaaaaaaaaaaaaaaa", 404),
        ("/name/nonsense", 404),
        ("/name/%00", 404),
        ("/name/{id}?screen=900", 404),
        ("/name/{id}?which=9", 404),
        ("/name/{id}?which=x", 422),
        ("/name/{id}?which=1&which=2", 422),
    ],
)
def test_bad_addresses_are_told(site: TestClient, engine: Engine, address: str, status: int) -> None:
    response = site.get(address.replace("{id}", quoted(engine).entity))
    assert response.status_code in {status, 400 if status == 422 else status}


def test_the_front_page_tells_coverage_and_what_is_disputed(site: TestClient) -> None:
    text = site.get("/").text
    assert '<svg class="spark"' in text
    assert re.search(r'class="disputed (contradict|differ)"><a href="/story/\w+#point-\w+">', text)
    assert 'aria-label="Ways in"' in text


def test_what_is_hot_counts_the_articles_of_the_last_day(site: TestClient) -> None:
    assert re.search(r"\d+ articles? in the last day", site.get("/hot").text)


def test_an_outlet_shows_whom_it_reprints(site: TestClient, engine: Engine) -> None:
    shown = [site.get(f"/outlet/{one.outlet.id}").text for one in engine.outlets()]
    assert any("Who prints whose text" in text for text in shown)
    assert all("Its latest stories" in text for text in shown[:3])


def test_a_story_has_its_pictures(site: TestClient, engine: Engine) -> None:
    largest = max(engine.stories(), key=lambda one: (len(engine.coverage([one.id]).get(one.id, ())), one.id))
    text = site.get(f"/story/{largest.id}").text
    assert "Coverage, by day" in text
    assert 'class="picture line-of-time"' in text
    assert len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]+"', text)) >= 2


def test_an_empty_archive_says_what_to_do_first() -> None:
    with visit(Engine(MemoryStore())) as client:
        assert "readout import" in client.get("/").text
        assert "No article is annotated yet" in client.get("/names").text
        assert "Nothing is hot yet" in client.get("/hot").text


def test_hostile_names_show_as_text() -> None:
    with visit(world.archive(world.hostile_harvest())) as client:
        assert "<script>alert" not in client.get("/names").text + client.get("/hot").text + client.get("/").text


def test_a_name_shows_where_it_changed_its_words(site: TestClient, engine: Engine) -> None:
    changed = {}
    for one in engine.most_named(EntityKind.PERSON, speaking=True, limit=12):
        shown = site.get(f"/name/{one.entity}/positions")
        assert shown.status_code == 200
        changed[one.name] = shown.text.count("<h2>Before</h2>")
    assert sum(changed.values()) >= 1
    assert site.get("/name/eaaaaaaaaaaaaaaaa/positions").status_code == 404
