"""Stories on the web: the front page, a story's page, where an article belongs, and what a reader may say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import Article, ArticleId, Credit, Regrouping, Verdict
from readout.present.web.app import create
from tests.builders import article, published
from tests.group.copying import paragraphs, sentence
from tests.group.world import START, told, world
from tests.present.web.test_feeds import HERE
from tests.run.test_grouping import LONG, copied, grouped

NAMES = ("Kanal", "Ledger")


@pytest.fixture
def engine() -> Engine:
    """Three stories, and one that two outlets reprint."""
    return Engine(grouped([*world(), LONG, *(copied(LONG, name) for name in NAMES)]))


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A browser on this machine."""
    with visitor(engine) as client:
        yield client


def visitor(engine: Engine, host: str = "127.0.0.1", *, judges: bool = True) -> TestClient:
    site = create(engine, intake=engine if judges else None)
    where = (host, 50_000)
    return TestClient(site, "http://localhost", raise_server_exceptions=False, follow_redirects=False, client=where)


def story_of(engine: Engine, one: Article) -> str:
    (seat,) = engine.assignments([one.id])
    return seat.story


def token(client: TestClient, story: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(f"/story/{story}").text)
    assert found
    return found[1]


def sent(client: TestClient, story: str, what: str, **fields: str) -> Response:
    data = {"token": token(client, story), **fields}
    return client.post(f"/story/{story}/{what}", data=data, headers=HERE)


def test_the_front_page_shows_stories_and_the_latest_articles(client: TestClient, engine: Engine) -> None:
    text = " ".join(client.get("/").text.split())
    assert text.count('class="entry') == 4
    assert f'href="/story/{story_of(engine, LONG)}"' in text
    assert "one source · 2 copies" in text
    assert '<a href="/latest">All 12 articles</a>' in text
    assert text.index("Latest articles") < text.index("In this archive")


def test_stories_go_on_where_one_screen_ends() -> None:
    many = [
        article(f"Matter {n} of town {n}", f"The {n}th mayor spoke in town {n}.", published=published(START))
        for n in range(40)
    ]
    engine = Engine(grouped(many))
    with visitor(engine) as client:
        counts = [client.get(f"/?screen={n}").text.count('class="entry') for n in (1, 2)]
        assert sum(counts) == engine.count_stories()
        assert client.get("/?screen=9").status_code == 404


def test_a_story_folds_copies_under_their_origin(client: TestClient, engine: Engine) -> None:
    text = " ".join(client.get(f"/story/{story_of(engine, LONG)}").text.split())
    assert re.search("<summary>2 copies: (Kanal, Ledger|Ledger, Kanal)</summary>", text)
    assert "reprint, word for word" in text
    assert "its outlet is the agency credited" in text
    assert "The headline is Meridian’s:" in text
    assert text.count('<article class="entry') == 1
    assert "Who only reprints" in text


def test_an_article_says_which_story_it_is_in_and_whose_text_it_is(client: TestClient, engine: Engine) -> None:
    text = " ".join(client.get(f"/article/{copied(LONG, 'Kanal').id}").text.split())
    assert f'href="/story/{story_of(engine, LONG)}"' in text
    assert f'Reprint of <a href="/article/{LONG.id}"' in text
    assert "word for word" in text
    assert "2 copies of this text are kept" in " ".join(client.get(f"/article/{LONG.id}").text.split())
    why = " ".join(client.get(f"/article/{told('ferry', 1).id}").text.split())
    assert "Why it is there" in why
    assert "the same names" in why


def test_a_reprint_shows_what_it_left_out_and_what_it_added() -> None:
    texts, own = paragraphs(0, 5), sentence(99)
    whole = article("Envoys agree on a draft", *texts, outlet="Meridian", published=LONG.published)
    cut = replace(article("What envoys said", *texts[:4], own, outlet="Kanal"), credits=(Credit("Meridian"),))
    text = " ".join(visitor(Engine(grouped([whole, cut]))).get(f"/article/{cut.id}").text.split())
    assert f'<summary>What it left out: 1 passage</summary> <p class="basis" dir="auto">{texts[4]}</p>' in text
    assert f'<summary>What it added: 1 passage</summary> <p class="basis" dir="auto">{own}</p>' in text


def test_the_address_of_a_story_whose_first_article_was_split_off_says_where_it_goes_on(
    client: TestClient, engine: Engine
) -> None:
    first, second, _ = (told("ferry", number, days=number) for number in range(3))
    before = story_of(engine, first)
    done = sent(client, before, "split", **{f"article-{first.id}": "on"})
    rest = story_of(engine, second)
    assert done.headers["location"] == f"/story/{rest}?saved=yes"
    text = " ".join(client.get(f"/story/{before}").text.split())
    assert f'The story that had this address before goes on as <a href="/story/{rest}"' in text
    assert "had this address before" not in client.get(f"/story/{rest}").text
    engine.undo()
    assert "had this address before" not in client.get(f"/story/{before}").text


def test_an_old_or_short_id_leads_to_the_story(client: TestClient, engine: Engine) -> None:
    ferry, steel = (story_of(engine, told(name, 0)) for name in ("ferry", "steel"))
    assert client.get(f"/story/{ferry[:8]}").headers["location"] == f"/story/{ferry}"
    engine.merge(ferry, steel)
    now = story_of(engine, told("ferry", 0))
    old = ferry if now == steel else steel
    assert client.get(f"/story/{old}").headers["location"] == f"/story/{now}"
    for asked in ("snonesuchnonesuch", "a'%", "sx"):
        assert client.get(f"/story/{asked}").status_code == 404


def test_two_stories_are_merged_and_it_is_undone(client: TestClient, engine: Engine) -> None:
    ferry, steel = (story_of(engine, told(name, 0)) for name in ("ferry", "steel"))
    response = sent(client, ferry, "merge", other=steel, why="one <b>owner</b>")
    assert response.status_code == 303
    assert story_of(engine, told("ferry", 0)) == story_of(engine, told("steel", 0))
    page = client.get(response.headers["location"], follow_redirects=True).text
    assert "Kept." in page
    assert "one &lt;b&gt;owner" in page
    log = client.get("/judgements").text
    found = re.search(r'action="(/judgements/\w+/undo)"', log)
    assert found
    undone = client.post(found[1], data={"token": token(client, ferry)}, headers=HERE)
    assert undone.headers["location"] == "/judgements?saved=yes"
    assert story_of(engine, told("ferry", 0)) != story_of(engine, told("steel", 0))
    after = client.get("/judgements?saved=yes").text
    assert "Undone." in after
    assert "/undo" not in after
    assert client.post(found[1], data={"token": token(client, ferry)}, headers=HERE).status_code == 400


def test_marked_articles_are_split_off_and_moved(client: TestClient, engine: Engine) -> None:
    ferry, steel = (story_of(engine, told(name, 0)) for name in ("ferry", "steel"))
    one = told("ferry", 2)
    assert sent(client, ferry, "split", **{f"article-{one.id}": "on"}).status_code == 303
    assert story_of(engine, one) not in {ferry, steel}
    address = f"http://localhost/story/{steel}?saved=yes"
    here = story_of(engine, told("ferry", 0))
    assert sent(client, here, "move", address=address, **{f"article-{told('ferry', 1).id}": "on"}).status_code == 303
    assert story_of(engine, told("ferry", 1)) == steel


@pytest.mark.parametrize(
    ("what", "fields", "fault"),
    [
        ("merge", {}, "Choose a story"),
        ("merge", {"address": "https://elsewhere.example/<b>"}, "That is no address of a story here."),
        ("merge", {"address": "sabcabcabcabcabca"}, "There is no story sabcabcabcabcabca."),
        ("split", {}, "Mark the articles first"),
        ("split", {"article-'%": "on"}, "Mark the articles first"),
        ("move", {"article-aaaaaaaaaaaaaaaaa": "on"}, "Choose a story"),
        ("split", {"article-aaaaaaaaaaaaaaaaa": "on"}, "There is no article aaaaaaaaaaaaaaaaa."),
    ],
)
def test_what_cannot_be_done_is_said_beside_the_form(
    client: TestClient, engine: Engine, what: str, fields: dict[str, str], fault: str
) -> None:
    response = sent(client, story_of(engine, told("ferry", 0)), what, **fields)
    assert response.status_code == 422
    assert fault in response.text
    assert "<b>" not in response.text
    assert list(engine.judgements()) == []


def test_what_is_wrong_with_the_marks_is_said_beside_them(client: TestClient, engine: Engine) -> None:
    for what in ("split", "move"):
        answer = sent(client, story_of(engine, told("ferry", 0)), what).text
        assert (
            answer.index("Articles that do not belong here")
            < answer.index("Mark the articles")
            < answer.index("Another story")
        )
        assert 'aria-invalid="true"' not in answer


def doubted(engine: Engine) -> tuple[str, str]:
    """A story of which nobody can tell whether its last article belongs there; and that article."""
    story = story_of(engine, told("ferry", 0))
    first, *_, last = engine.members(story)
    (seat,) = engine.assignments([last])
    doubt = replace(seat, verdict=Verdict.UNSURE, nearest=first)
    assert engine.store.regroup(Regrouping(since=engine.store.state(), assignments=(doubt,)))
    return story, last


def test_a_story_that_may_be_two_asks_and_is_parted(client: TestClient, engine: Engine) -> None:
    story, last = doubted(engine)
    text = client.get(f"/story/{story}").text
    assert "Is it one story?" in text
    assert "Two stories: split" in text
    response = sent(client, story, "suggestion", article=last, answer="take")
    assert response.status_code == 303
    assert engine.assignments([ArticleId(last)])[0].story != story
    assert "Is it one story?" not in client.get(f"/story/{story}").text


def test_what_is_declined_is_not_asked_again(client: TestClient, engine: Engine) -> None:
    story, last = doubted(engine)
    assert sent(client, story, "suggestion", article=last, answer="decline").status_code == 303
    assert engine.assignments([ArticleId(last)])[0].story == story
    assert "Is it one story?" not in client.get(f"/story/{story}").text


@pytest.mark.parametrize(
    ("article", "answer"), [("", "take"), ("<b>", "take"), ("aabcabcabcabcabca", "take"), ("", "")]
)
def test_an_answer_to_nothing_is_told(client: TestClient, engine: Engine, article: str, answer: str) -> None:
    story, _ = doubted(engine)
    response = sent(client, story, "suggestion", article=article, answer=answer)
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_only_this_site_s_own_forms_change_a_story(client: TestClient, engine: Engine) -> None:
    ferry, steel = (story_of(engine, told(name, 0)) for name in ("ferry", "steel"))
    where, data = f"/story/{ferry}/merge", {"token": token(client, ferry), "other": steel}
    assert client.post(where, data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(where, data=data).status_code == 403
    assert client.post(where, data={**data, "token": "1.0"}, headers=HERE).status_code == 403
    assert list(engine.judgements()) == []


def test_from_elsewhere_and_without_a_judge_there_is_no_form(engine: Engine) -> None:
    ferry = story_of(engine, told("ferry", 0))
    with visitor(engine, "192.0.2.7") as far, visitor(engine, judges=False) as reading:
        assert "readout merge" in far.get(f"/story/{ferry}").text
        assert far.post(f"/story/{ferry}/merge", data={"other": "x"}, headers=HERE).status_code == 403
        assert 'method="post"' not in far.get(f"/story/{ferry}").text + reading.get(f"/story/{ferry}").text
        assert reading.post(f"/story/{ferry}/merge", data={"other": "x"}, headers=HERE).status_code == 403


def test_a_storyline_shows_its_episodes() -> None:
    names = "Orrin Valtec and Tamsin Okell spoke about the Korvath dam, the Millgate bridge and the river Vessa"
    texts = (f"{names}. It was their first call.", f"{names}. It was their second call; no date was set.")
    early, late = (
        replace(article(f"Call {n}", text), published=told("ferry", 0, days=25 * n).published)
        for n, text in enumerate(texts)
    )
    engine = Engine(grouped([early, late]))
    lines = [one.storyline for one in engine.stories() if one.storyline]
    if lines:
        with visitor(engine) as client:
            text = client.get(f"/story/{lines[0]}").text
            assert "Storyline" in text
            assert text.count('<article class="entry') == 2


def test_what_cannot_be_done_keeps_what_was_typed(client: TestClient, engine: Engine) -> None:
    story = story_of(engine, told("ferry", 0))
    article = engine.members(engine.story(story).id)[0]
    typed = {"address": "http://elsewhere.example/<b>", "why": 'they are "one"', f"article-{article}": "on"}
    answer = sent(client, story, "merge", **typed)
    assert answer.status_code == 422
    assert 'value="http://elsewhere.example/&lt;b&gt;"' in answer.text
    assert 'value="they are &#34;one&#34;"' in answer.text
    assert f'name="article-{article}" checked' in answer.text
    assert answer.text.index("Choose a story, or paste") > answer.text.index('id="address"')
