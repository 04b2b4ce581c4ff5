"""Each page of the site, asked for as a browser asks: what it shows, where it leads, what it refuses."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from readout.models import Article, Harvest, Page, Totals
from readout.present.web.app import ROUTES
from readout.present.web.assets import assets
from readout.present.web.links import Links
from readout.store.memory import MemoryStore
from tests import builders
from tests.present import world
from tests.present.web.visiting import crawl, links, visit


def _main(harvest: Harvest) -> tuple[Article, Page]:
    assert harvest.page
    return harvest.articles[0], harvest.page


def test_the_latest_come_first(client: TestClient) -> None:
    text = client.get("/latest").text
    assert text.index("Parliament votes") < text.index("Envoy speaks")
    for words in ("5 March 2031, 18:01 UTC", "2 hours before the capture", "text: <bdi>AFP</bdi>", "Only the headline"):
        assert words in text
    assert "6 articles of 4 outlets, rebuilt from 5 captured pages" in " ".join(text.split())


def test_the_latest_go_on_where_one_screen_ends() -> None:
    with visit(world.archive(*world.many(70))) as client:
        found = [re.findall(r'href="(/article/\w+)"', client.get(f"/latest?screen={n}").text) for n in (1, 2, 3)]
        assert [len(one) for one in found] == [30, 30, 16]
        assert len({address for one in found for address in one}) == 76
        assert "Screen 2 of 3" in client.get("/latest?screen=2").text
        assert client.get("/latest?screen=4").status_code == 404


def test_an_empty_archive_says_how_to_begin() -> None:
    with visit(MemoryStore()) as client:
        text = client.get("/").text
        assert "readout import FILE" in text
        assert "readout demo" in text
        assert "Nothing was dropped" in client.get("/losses").text
        assert "nothing has been imported" in client.get("/outlets").text


def test_an_archive_of_pages_without_articles_says_where_to_look() -> None:
    store = MemoryStore()
    store.keep([builders.harvest(rejections=[builders.rejection()])])
    with visit(store) as client:
        assert "1 page is kept, but no article was found" in client.get("/").text


def test_an_article_says_where_it_comes_from(client: TestClient) -> None:
    article, page = _main(world.html_harvest())
    text = " ".join(client.get(f"/article/{article.id}").text.split())
    span = article.body_span
    assert span
    for words in (
        'By <bdi class="author">Ilse Marr</bdi>',
        "20:01 at UTC+2",
        "Changed",
        "VELD",
        "Politics",
        "AFP",
        f"characters {span.start}–{span.end} hold the text",
        "fetched at that moment",
        'href="https://harbour-post.example/bill"',
        "JSON-LD gives the title",
        f'href="/page/{page.id}?at={article.paragraphs[3].spans[0].start}#s',
    ):
        assert words in text
    assert "Subscribe" not in text


def test_an_article_leads_to_others_of_its_page(client: TestClient) -> None:
    article, _ = _main(world.capture_harvest())
    text = client.get(f"/article/{article.id}").text
    assert "Related on the same page" in text
    assert "Ferry delayed" in text
    assert "yesterday" in text


def test_an_article_met_twice_shows_its_editions(client: TestClient) -> None:
    newer, older = _main(world.capture_harvest())[0], _main(world.capture_harvest(hours=5, ending="He stayed."))[0]
    assert newer.id == older.id
    address = f"/article/{newer.id}"
    assert "2 editions, 2 sightings" in client.get(address).text
    assert "He left." in client.get(address).text
    assert "He stayed." in client.get(f"{address}?edition={older.edition}").text
    assert client.get(f"{address}?edition={'e' + 'a' * 16}").status_code == 404


def test_an_edited_article_says_what_changed_and_leads_to_each_edition(client: TestClient) -> None:
    newer, older = _main(world.capture_harvest())[0], _main(world.capture_harvest(hours=5, ending="He stayed."))[0]
    text = client.get(f"/article/{newer.id}").text
    gone = '<del><span class="visually-hidden" lang="en">gone: </span>stayed</del>'
    new = '<ins><span class="visually-hidden" lang="en">new: </span>left</ins>'
    assert f"He {gone}{new}." in text
    assert "1 word gone, 1 new" in text
    for one in (newer, older):
        address = f"/article/{newer.id}?edition={one.edition}"
        assert f'href="{address}"' in text
        assert one.paragraphs[-1].text in client.get(address).text


def test_an_old_id_leads_to_the_article() -> None:
    known = builders.article("Talks resume on the river", *("They met again." for _ in range(3)))
    moved = replace(known, address="https://harbour.example/talks")
    met = [builders.harvest(known), builders.harvest(moved, builders.article("Beside it"), captured=None)]
    with visit(world.archive(*met)) as client:
        assert client.get(f"/article/{known.own}").status_code == 200
        led = client.get(f"/article/{moved.own}")
        assert (led.status_code, led.headers["location"]) == (303, f"/article/{known.own}")


def test_every_link_into_a_page_finds_its_characters(client: TestClient) -> None:
    article, page = _main(world.capture_harvest())
    into = [one for one in links(client.get(f"/article/{article.id}").text) if "#s" in one]
    assert len(into) > 4
    for address in into:
        target, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in client.get(target).text, address
    assert any(page.id in address for address in into)


def test_a_page_marks_what_was_found(client: TestClient) -> None:
    article, page = _main(world.html_harvest())
    text = client.get(f"/page/{page.id}").text
    assert article.title_span
    assert f'<mark class="is-title" id="s{article.title_span.start}"><span class="label">title</span>' in text
    assert '<mark class="is-furniture"' in text
    assert "&lt;aside&gt;Subscribe" in text
    assert f"/article/{article.id}" in text


def test_a_page_of_megabytes_makes_a_screen_that_a_browser_can_hold() -> None:
    hay = "<b>&amp;" * 1_000_000
    page = builders.page(f"{hay}Talks resume\nThe two sides met on Friday.{hay}")
    harvest = Harvest(page, (builders.on(page, builders.article()),))
    with visit(world.archive(harvest)) as client:
        for query in ("", "?whole=yes", "?at=9000000&whole=yes"):
            assert len(client.get(f"/page/{page.id}{query}").content) < 700_000
        text = client.get(f"/page/{page.id}").text
        assert "7,999,760 characters not shown" in text
        assert "The two sides met" in text


def test_an_article_of_megabytes_makes_one_too() -> None:
    harvest = builders.harvest(builders.article("A title. " * 20_000, *["A sentence & more. " * 100] * 4_000))
    with visit(world.archive(harvest)) as client:
        article = client.get(f"/article/{harvest.articles[0].id}")
        assert len(article.content) < 1_500_000
        assert "more characters are on the" in article.text
        assert len(client.get("/").content) < 100_000


def test_losses_are_counted_and_lead_to_their_page(client: TestClient) -> None:
    text = client.get("/losses").text
    assert "Watch: five things" in text
    assert "too short" in text
    assert any(one.startswith("/page/") for one in links(text))


def test_outlets_are_listed_and_lead_to_their_articles(client: TestClient) -> None:
    text = client.get("/outlets").text
    address = next(one for one in links(text) if one.startswith("/outlet/"))
    assert "The Harbour Post" in text
    assert "2 articles" in client.get(address).text


@pytest.mark.parametrize("kind", ["article", "outlet", "page"])
def test_a_shortened_id_leads_to_the_whole_one(client: TestClient, kind: str) -> None:
    whole = next(v.address for v in crawl(client) if v.address.startswith(f"/{kind}/")).partition("?")[0]
    response = client.get(whole[: len(f"/{kind}/") + 7])
    assert response.status_code == 303
    assert response.headers["location"].startswith(whole)


def test_a_shortened_id_of_several_things_says_so() -> None:
    store = MemoryStore()
    ids: dict[str, int] = {}
    for number in range(3_000):
        article = builders.article(f"Report {number}", address=f"https://a.example/{number}")
        store.keep([builders.harvest(article)])
        ids[article.id[:4]] = ids.get(article.id[:4], 0) + 1
        if ids[article.id[:4]] == 2:
            break
    with visit(store) as client:
        assert client.get(f"/article/{article.id[:4]}").status_code == 409


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?screen=0", 400),
        ("/?screen=-1", 400),
        ("/?screen=1.5", 400),
        ("/?screen=%31%0a", 400),
        ("/?screen=1&screen=2", 400),
        ("/?screen=99999999999999999999", 400),
        ("/?screen=999999", 404),
        ("/?screen=١", 400),
        ("/losses?screen=7", 404),
        ("/article/zzzz", 404),
        ("/article/abc", 404),
        ("/article/a%27%20or%201=1", 404),
        ("/article/aaaaaaaaaaaaaaaaa%0a", 404),
        ("/page/..%2f..%2fetc%2fpasswd", 404),
        ("/page/" + "f" * 65, 404),
        ("/page/" + "0" * 64, 404),
        ("/outlet/%00%00%00%00", 404),
        ("/static/style.css", 404),
    ],
)
def test_what_cannot_be_asked_is_refused_plainly(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "Traceback" not in response.text
    assert "To the front page" in response.text


@pytest.mark.parametrize(("query", "status"), [("at=-1", 400), ("at=99999999", 404), ("whole=no", 400), ("at=0", 200)])
def test_a_page_refuses_characters_it_has_not(client: TestClient, query: str, status: int) -> None:
    page = _main(world.html_harvest())[1]
    assert client.get(f"/page/{page.id}?{query}").status_code == status


class _Broken(MemoryStore):
    def totals(self) -> Totals:
        raise ZeroDivisionError("secret detail")


def test_a_bug_tells_nothing_of_the_program() -> None:
    with visit(_Broken()) as client:
        response = client.get("/")
        assert response.status_code == 500
        assert "Something went wrong" in response.text
        assert "secret" not in response.text


def test_static_files_are_kept_for_ever_under_their_digest(client: TestClient) -> None:
    front = client.get("/").text
    for name in ("style.css", "readout.js", "icon.svg"):
        assert f'/static/{assets()[name].name}"' in front
    for asset in assets().values():
        response = client.get(f"/static/{asset.name}")
        assert response.content == asset.content
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-type"] == asset.kind


def test_robots_are_asked_to_stay_away(client: TestClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_a_watcher_is_told_that_all_is_well(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok\n"


def test_addresses_and_routes_are_the_same() -> None:
    paths = {route.name: route.path for route in ROUTES}
    made = Links()
    assert made.front() == paths["front"]
    assert made.latest() == paths["latest"]
    assert made.story("x") == paths["story"].format(id="x")
    assert made.merge("x") == paths["merge"].format(id="x")
    assert made.split("x") == paths["split"].format(id="x")
    assert made.move("x") == paths["move"].format(id="x")
    assert made.settle("x") == paths["settle"].format(id="x")
    assert made.judgements() == paths["judgements"]
    assert made.undo("x") == paths["undo"].format(id="x")
    assert made.article("x") == paths["article"].format(id="x")
    assert made.tags() == paths["tags"]
    assert made.tag("x") == paths["tag"].format(name="x")
    assert made.outlets() == paths["outlets"]
    assert made.outlet("x") == paths["outlet"].format(id="x")
    assert made.page("x") == paths["page"].format(id="x")
    assert made.losses() == paths["losses"]
    assert made.feeds() == paths["feeds"] == paths["add"]
    assert made.adding("x") == paths["adding"].format(id="x")
    assert made.about() == paths["about"]
    assert made.static("x") == paths["static"].format(name="x")


def test_the_site_may_live_below_a_path() -> None:
    with visit(world.archive()) as client:
        client.app.root_path = "/news"  # type: ignore[attr-defined]
        front = TestClient(client.app, base_url="http://localhost", root_path="/news").get("/news/").text
    assert all(one.startswith(("/news/", "#")) for one in links(front))


def test_a_notice_stands_on_every_page() -> None:
    with visit(world.archive(), notice="All of this is invented.") as client:
        assert all("All of this is invented." in one.response.text for one in crawl(client))
        assert "All of this is invented." in client.get("/nowhere").text


def test_an_unknown_capture_time_is_told() -> None:
    page = builders.page("Nothing here", captured=None)
    with visit(world.archive(Harvest(page, (replace(builders.article(), page=page.id),)))) as client:
        assert "Nobody knows when it was captured" in client.get(f"/page/{page.id}").text
