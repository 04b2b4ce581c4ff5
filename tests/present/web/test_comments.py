"""Comments: said, answered, edited, deleted, reported and moderated, by whom it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import OWNER, Draft, On, Standing
from readout.present.web.access import Access
from readout.present.web.app import create
from readout.run import comments
from readout.store.base import Store
from tests.group.world import world as matters
from tests.present.web.signed import EDITOR, READER, browsing, desk, peopled, site
from tests.run.test_grouping import grouped

_SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def store() -> Store:
    return peopled(grouped(matters()))


@pytest.fixture
def article(store: Store) -> str:
    return store.articles()[0].id


@pytest.fixture
def reader(store: Store) -> Iterator[TestClient]:
    with browsing(site(store, Access(desk(store), shared=True)), store, READER) as client:
        yield client


@pytest.fixture
def editor(store: Store) -> Iterator[TestClient]:
    with browsing(site(store, Access(desk(store), shared=True)), store, EDITOR) as client:
        yield client


def _form(client: TestClient, page: str, action: str) -> dict[str, str]:
    forms = re.findall(r"<form.*?</form>", client.get(page).text, re.DOTALL)
    (form,) = [one for one in forms if f'action="{action}"' in one]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def _send(client: TestClient, page: str, action: str, **fields: str) -> tuple[int, str, str]:
    answer = client.post(action, data=_form(client, page, action) | fields, headers=_SAME)
    return answer.status_code, answer.headers.get("location", ""), answer.text


def _say(client: TestClient, article: str, text: str) -> str:
    """The id of a comment that is said on the article's page."""
    status, where, _ = _send(client, f"/article/{article}", f"/comments/article/{article}", text=text)
    assert (status, where.partition("#")[0]) == (303, f"/article/{article}")
    return where.partition("#")[2]


def test_what_is_said_stands_under_the_article_as_plain_words(reader: TestClient, article: str) -> None:
    one = _say(reader, article, "*Two* maps <b>differ</b>, see https://maps.example/x.\n\n> so it was")
    shown = reader.get(f"/article/{article}").text
    assert f'id="{one}"' in shown
    assert "<em>Two</em> maps &lt;b&gt;differ&lt;/b&gt;" in shown
    assert 'href="https://maps.example/x"' in shown
    assert "<blockquote><p" in shown
    assert "1 comment</h2>" in shown


def test_an_answer_stands_below(reader: TestClient, article: str) -> None:
    one = _say(reader, article, "first")
    page = f"/comments/article/{article}"
    assert _send(reader, f"{page}?answers={one}", page, text="second")[0] == 303
    shown = reader.get(page).text
    assert shown.index("first") < shown.index("second")
    assert 'class="comment deep1"' in shown


def test_one_s_own_is_edited_and_deleted_with_a_trace(
    reader: TestClient, editor: TestClient, article: str, store: Store
) -> None:
    one = _say(reader, article, "It rained.")
    assert _send(reader, f"/comment/{one}", f"/comment/{one}/edit", text="It snowed.")[0] == 303
    assert "edited" in reader.get(f"/article/{article}").text
    assert "It rained." in editor.get(f"/comment/{one}").text
    assert "It rained." not in reader.get(f"/comment/{one}").text
    assert _send(reader, f"/comment/{one}", f"/comment/{one}/delete")[0] == 303
    assert "It snowed." not in reader.get(f"/article/{article}").text
    assert store.comment(one).standing is Standing.DELETED
    assert [trace.text for trace in store.traces(one)] == ["It rained.", "It snowed."]


def test_somebody_else_s_cannot_be_changed(reader: TestClient, editor: TestClient, article: str, store: Store) -> None:
    one = _say(editor, article, "mine")
    fields = _form(reader, f"/comment/{one}", f"/comment/{one}/report")
    for deed in ("edit", "delete"):
        answer = reader.post(f"/comment/{one}/{deed}", data=fields | {"text": "yours"}, headers=_SAME)
        assert answer.status_code == 403
    for deed in ("hide", "show"):
        assert reader.post(f"/comment/{one}/{deed}", data=fields, headers=_SAME).status_code == 403
    assert store.comment(one).text == "mine"


def test_what_is_reported_is_moderated(reader: TestClient, editor: TestClient, article: str) -> None:
    one = _say(editor, article, "rude words")
    status, _, text = _send(reader, f"/comment/{one}", f"/comment/{one}/report", why=" ")
    assert (status, "It was not kept: reason: it is empty." in text) == (422, True)
    assert _send(reader, f"/comment/{one}", f"/comment/{one}/report", why="it is rude")[0] == 303
    assert "rude words" in editor.get("/moderation").text
    assert reader.get("/moderation").status_code == 403
    assert "it is rude" in editor.get(f"/comment/{one}").text
    assert _send(editor, f"/comment/{one}", f"/comment/{one}/hide", why="insult")[0] == 303
    assert "rude words" not in reader.get(f"/article/{article}").text
    assert "Nothing waits." in editor.get("/moderation").text
    assert _send(editor, f"/comment/{one}", f"/comment/{one}/show")[0] == 303
    assert "rude words" in reader.get(f"/article/{article}").text


def test_bad_words_keep_what_was_typed(reader: TestClient, article: str) -> None:
    action = f"/comments/article/{article}"
    assert _send(reader, action, action, text=" \u200b ")[0] == 422
    long = "word " * 1200
    status, _, text = _send(reader, action, action, text=long)
    assert (status, long.strip() in text) == (422, True)
    assert reader.get("/comments/article/aaaaaaaaaaaaaaaa").status_code == 200
    assert (
        _send(reader, "/comments/article/azzzzzzzzzzzzzzzz", "/comments/article/azzzzzzzzzzzzzzzz", text="x")[0] == 404
    )
    assert reader.get("/comments/weather/a").status_code == 404
    assert reader.get("/comment/nothing").status_code == 404


def test_too_many_are_too_many(reader: TestClient, article: str) -> None:
    for number in range(comments.MOST):
        _say(reader, article, f"number {number}")
    action = f"/comments/article/{article}"
    status, _, text = _send(reader, action, action, text="one more")
    assert (status, "one more" in text) == (429, True)


def test_a_visitor_says_nothing_unless_the_operator_lets_them(store: Store, article: str, editor: TestClient) -> None:
    action = f"/comments/article/{article}"
    with browsing(site(store, Access(desk(store), shared=True))) as visitor:
        assert "Who is signed in can comment." in visitor.get(action).text
    with browsing(site(store, Access(desk(store), shared=True, visitors_comment=True))) as visitor:
        assert _send(visitor, action, action, text="hello")[0] == 422
        status, where, _ = _send(visitor, action, action, text="hello", name="Passer-by")
        assert (status, where) == (303, f"{action}?waiting=yes")
        assert "waits until an editor" in visitor.get(where).text
        assert "hello" not in visitor.get(action).text
    assert "hello" in editor.get("/moderation").text
    (waiting,) = store.moderated()
    assert _send(editor, f"/comment/{waiting.id}", f"/comment/{waiting.id}/show")[0] == 303
    assert "Passer-by</bdi></strong> (visitor)" in editor.get(action).text


def test_comments_go_where_their_story_goes(store: Store) -> None:
    engine = Engine(store)
    one, other = engine.stories()[:2]
    for story in (one, other):
        engine.say(OWNER, On.STORY, story.id, Draft(f"about {story.id}"))
    engine.merge(one.id, other.id)
    left = engine.story(one.id).id
    assert engine.count_comments(On.STORY, left) == 2
    engine.undo(engine.judgements()[0].judgement.id)
    assert [engine.count_comments(On.STORY, story.id) for story in (one, other)] == [1, 1]


def test_a_single_statement_is_discussed(sample_like: tuple[Engine, str]) -> None:
    engine, subject = sample_like
    made = engine.say(OWNER, On.STATEMENT, subject, Draft("Did he?"))
    assert engine.threads(On.STATEMENT, subject)[0].comment == made
    with TestClient(create(engine, intake=engine), "http://localhost", client=("127.0.0.1", 1)) as client:
        assert "Did he?" in client.get(f"/comments/statement/{subject}").text


@pytest.fixture
def sample_like() -> tuple[Engine, str]:
    """An annotated archive and a statement in it."""
    engine = Engine(grouped(matters()))
    engine.annotate()
    for article in engine.articles():
        understood = engine.annotation(article.edition)
        if understood and understood.statements:
            return engine, f"{article.id}:{understood.statements[0].id}"
    pytest.fail("nobody says anything here")
