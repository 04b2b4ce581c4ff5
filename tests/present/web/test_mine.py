"""What a reader follows, saves and mutes on the pages, and all of it as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import OWNER
from readout.present.web.app import create
from tests.group.world import world as matters
from tests.run.test_grouping import grouped

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def engine() -> Engine:
    return Engine(grouped(matters()))


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    yield from _visit(engine, "127.0.0.1")


@pytest.fixture
def stranger(engine: Engine) -> Iterator[TestClient]:
    yield from _visit(engine, "203.0.113.9")


def _visit(engine: Engine, host: str) -> Iterator[TestClient]:
    site = create(engine, intake=engine)
    with TestClient(site, "http://localhost", follow_redirects=False, client=(host, 5000)) as made:
        yield made


def _press(client: TestClient, page: str, words: str) -> str:
    """Send the form on that page whose button says so; where it leads."""
    forms = re.findall(r"<form.*?</form>", client.get(page).text, re.DOTALL)
    (form,) = [one for one in forms if f">{words}</button>" in one]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = client.post("/mine", data=fields, headers=_SAME)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_article_is_saved_and_taken_back(engine: Engine, client: TestClient) -> None:
    article = engine.articles()[0]
    page = f"/article/{article.id}"
    assert _press(client, page, "Save") == page
    assert f'href="{page}" data-kept' in client.get("/saved").text
    assert _press(client, page, "Saved: take it back") == page
    assert "No article yet" in client.get("/saved").text


def test_a_story_is_followed_and_found_again(engine: Engine, client: TestClient) -> None:
    story = engine.stories()[0]
    _press(client, f"/story/{story.id}", "Follow")
    assert f'href="/story/{story.id}"' in client.get("/followed").text
    assert [one.value for one in engine.regards(OWNER.id)] == [story.id]


def test_a_hashtag_and_an_outlet_are_followed(engine: Engine, client: TestClient) -> None:
    outlet, tag = engine.outlets()[0].outlet, engine.all_tags()[0].tag.text
    assert _press(client, f"/outlet/{outlet.id}", "Follow") == f"/outlet/{outlet.id}"
    assert _press(client, f"/tag/{tag}", "Follow") == f"/tag/{tag}"
    shown = client.get("/followed").text
    assert f'href="/outlet/{outlet.id}"' in shown
    assert "New from outlets you follow" in shown


def test_a_word_is_muted_with_a_message_beside_the_field_where_it_cannot_be(client: TestClient) -> None:
    token = _TOKEN.search(client.get("/mine").text)
    assert token
    fields = {"token": token[1], "how": "muted", "what": "word", "value": "   ", "back": "mine"}
    answer = client.post("/mine", data=fields, headers=_SAME)
    assert (answer.status_code, "It was not muted: it is empty." in answer.text) == (422, True)
    long = "rain" * 100
    answer = client.post("/mine", data={**fields, "value": long}, headers=_SAME)
    assert (answer.status_code, long in answer.text) == (422, True)
    assert client.post("/mine", data={**fields, "value": "Rain"}, headers=_SAME).status_code == 303
    assert "<bdi>Rain</bdi>" in client.get("/mine").text


@pytest.mark.parametrize(
    "fields", [{}, {"how": "loved", "what": "story", "value": "x"}, {"how": "saved", "what": "story", "value": "x"}]
)
def test_what_cannot_be_kept_is_refused(client: TestClient, fields: dict[str, str]) -> None:
    token = _TOKEN.search(client.get("/mine").text)
    assert token
    assert client.post("/mine", data={"token": token[1], **fields}, headers=_SAME).status_code == 422


def test_all_of_it_goes_out_and_in(engine: Engine, client: TestClient) -> None:
    engine.regard(OWNER.id, "muted", "word", "rain")
    taken = client.get("/mine/file")
    assert taken.headers["content-disposition"].startswith("attachment")
    engine.disregard(OWNER.id, "muted", "word", "rain")
    token = _TOKEN.search(client.get("/mine").text)
    assert token
    files = {"file": ("mine.json", taken.content, "application/json")}
    answer = client.post("/mine/file", data={"token": token[1]}, files=files, headers=_SAME)
    assert "1 entry of that file is new" in answer.text
    assert [one.value for one in engine.regards(OWNER.id)] == ["rain"]
    files = {"file": ("mine.json", json.dumps({"a": 1}).encode(), "application/json")}
    answer = client.post("/mine/file", data={"token": token[1]}, files=files, headers=_SAME)
    assert (answer.status_code, "Nothing was taken from it" in answer.text) == (422, True)


def test_a_stranger_is_offered_nothing(engine: Engine, stranger: TestClient) -> None:
    article = engine.articles()[0]
    assert 'class="offers"' not in stranger.get(f"/article/{article.id}").text
    assert stranger.get("/saved").status_code in {303, 403}


def test_a_story_that_was_merged_is_still_followed(engine: Engine, client: TestClient) -> None:
    one, other = engine.stories()[:2]
    engine.regard(OWNER.id, "followed", "story", one.id, "one")
    engine.regard(OWNER.id, "followed", "story", other.id, "other")
    engine.merge(one.id, other.id)
    (left,) = {engine.story(one.id).id, engine.story(other.id).id}
    assert client.get("/followed").text.count(f'href="/story/{left}"') >= 1


def test_what_is_gone_is_named(engine: Engine, client: TestClient) -> None:
    engine.regard(OWNER.id, "saved", "article", "aaaaaaaaaaaaaaaa", "An old report")
    engine.regard(OWNER.id, "followed", "story", "saaaaaaaaaaaaaaaa", "An old story")
    assert "“An old report” is not in this archive." in client.get("/saved").text
    assert "“An old story” is not in this archive." in client.get("/followed").text


@pytest.mark.parametrize(("of", "status"), [("", 200), ("mine", 200), ("yours", 400)])
def test_what_is_hot_is_of_all_outlets_or_of_mine(client: TestClient, of: str, status: int) -> None:
    assert client.get("/hot", params={"of": of}).status_code == status


def test_what_is_muted_is_left_out_and_counted(engine: Engine, client: TestClient) -> None:
    story = engine.stories()[0]
    title = story.headline.text if story.headline else ""
    assert title in client.get("/").text
    engine.regard(OWNER.id, "muted", "story", story.id, title)
    front = client.get("/").text
    assert f'href="/story/{story.id}"' not in front.partition("<aside")[0]
    assert "1 story is left out" in front
    engine.regard(OWNER.id, "muted", "word", engine.articles()[0].title.split()[0])
    assert "left out" in client.get("/latest").text


def test_what_is_followed_stands_further_up(engine: Engine, client: TestClient) -> None:
    last = engine.stories()[-1]
    engine.regard(OWNER.id, "followed", "story", last.id)
    listed = re.findall(r'href="/(?:story|article)/(\w+)"', client.get("/").text)
    assert listed[0] in {last.id, last.founder}


def test_what_was_read_is_set_apart(engine: Engine, client: TestClient) -> None:
    article = engine.articles()[-1]
    assert 'class="entry read"' not in client.get("/latest").text
    _press(client, f"/article/{article.id}", "Mark as read")
    assert 'class="entry read"' in client.get("/latest").text


def test_hot_in_my_sources(engine: Engine, client: TestClient) -> None:
    every = client.get("/hot").text
    assert "You follow no outlet yet" in client.get("/hot?of=mine").text
    for one in engine.outlets():
        engine.regard(OWNER.id, "followed", "outlet", one.outlet.id, one.outlet.name)
    assert re.findall(r'class="headline"', client.get("/hot?of=mine").text) == re.findall(r'class="headline"', every)
