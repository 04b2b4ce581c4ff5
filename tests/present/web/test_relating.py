"""Related articles and stories with reasons, hashtags and timelines on the pages, over the sample."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import Coverage, StoryId
from readout.store.memory import MemoryStore
from tests.present import world
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


def largest(engine: Engine) -> Coverage:
    return max(engine.stories(), key=lambda one: (one.articles, one.id))


def related(text: str) -> str:
    """Of a page what stands under related stories."""
    return "".join(re.findall(r"<h2>Related stories</h2>.*?</section>", text, re.DOTALL))


def test_an_article_has_related_ones_with_reasons_and_hashtags(site: TestClient, engine: Engine) -> None:
    count = engine.all_tags(limit=1)[0]
    text = site.get(f"/article/{count.latest[0]}").text
    assert "<h2>Related</h2>" in text
    assert "both on " in text
    assert f'href="/tag/{count.tag.text}"' in text


def test_a_story_has_a_timeline_and_hashtags(site: TestClient, engine: Engine) -> None:
    story = largest(engine)
    text = site.get(f"/story/{story.id}").text
    assert "What happened when" in text
    assert "independent sources" in text
    assert re.search(r'href="/tag/\w+"', text)
    assert "Expected, as of" in text


def test_related_stories_have_reasons_and_do_not_repeat_the_episodes_of_a_storyline(
    site: TestClient, engine: Engine
) -> None:
    line = {one.id: one.storyline or one.id for one in engine.stories()}
    shown = {one: related(site.get(f"/story/{one}").text) for one in line}
    assert any("both on " in text for text in shown.values())
    for story, text in shown.items():
        assert line[story] not in {line.get(StoryId(link.removeprefix("/story/"))) for link in links(text)}


def test_the_page_of_a_hashtag_shows_how_often_and_the_latest(site: TestClient, engine: Engine) -> None:
    count = engine.all_tags(limit=1)[0]
    text = site.get(f"/tag/{count.tag.text}").text
    assert f"{count.articles} articles" in text
    assert text.count("<rect ") == len(count.days)
    assert f"/article/{count.latest[0]}" in links(text)
    assert f"/tag/{count.tag.text}" in links(site.get("/tags").text)


def test_another_spelling_leads_to_the_hashtag(site: TestClient, engine: Engine) -> None:
    tag = engine.all_tags(limit=1)[0].tag
    answer = site.get(f"/tag/{tag.key}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/tag/{tag.text}")


@pytest.mark.parametrize("name", ["nobody", "x" * 200, "%F0%9F%90%9F", "%2e%2e", "<b>"])
def test_what_is_no_hashtag_is_not_found(site: TestClient, name: str) -> None:
    answer = site.get(f"/tag/{name}")
    assert answer.status_code == 404
    assert "<b>" not in answer.text


def test_an_archive_that_cannot_tell_shows_nothing_of_it() -> None:
    with visit(world.archive()) as client:
        assert "No article has a hashtag yet" in client.get("/tags").text
        assert client.get("/tag/any").status_code == 404


def test_every_link_beside_a_story_leads_somewhere(site: TestClient, engine: Engine) -> None:
    story = largest(engine)
    for found in dict.fromkeys(links(site.get(f"/story/{story.id}").text)):
        if found.startswith(("/tag/", "/article/", "/story/")):
            assert site.get(found.partition("#")[0]).status_code == 200, found
