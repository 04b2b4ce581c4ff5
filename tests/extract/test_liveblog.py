"""Live blogs keep every post with its time, and other pages with dated lists stay what they are."""

from __future__ import annotations

import json

import pytest

from readout.extract import html
from readout.extract.liveblog import says_live
from readout.models import Article, ParagraphKind
from tests.extract.articles import BODY, HEAD, TITLE, lawful, page, source

TOLD = [
    "The ferry has left the yard at Port Ansel for the first time since its engines were taken out in the winter.",
    "Ann Lee, who chairs the harbour council, is on board and says that the sea is as flat as a plate this morning.",
    "A tug is alongside. The harbour master says that this was planned and that nobody on the quay need be worried.",
    "We are hearing that the starboard engine was stopped for ten minutes off the breakwater and is running again.",
    "The first boat is in. A brass band plays, and the mayor of the islands has thrown a wreath into the basin.",
    "Bo Ek, who voted against the line, tells our reporter that he has bought a season ticket for his daughter.",
]
LINKED = json.dumps({"@type": "LiveBlogPosting", "headline": TITLE, "datePublished": "2025-06-19T07:00:00+02:00"})
DECLARED = f'{HEAD}<script type="application/ld+json">{LINKED}</script>'
SHAPES = {
    "articles": '<article><time datetime="2025-06-19T{n:02}:10">{n}.10am</time><h2>{head}</h2><p>{text}</p></article>',
    "divs": '<div id="b{n}"><div class="timestamp">{n}:10</div><div><p>{text}</p></div></div>',
    "items": '<li><p class="meta"><span>{n}:10</span></p><p>{text}</p></li>',
}


def blog(shape: str, *, head: str = DECLARED, posts: int = 6) -> str:
    """A page with an introduction and so many posts."""
    made = [SHAPES[shape].format(n=n + 7, head=f"Post {n + 1}", text=text) for n, text in enumerate(TOLD[:posts])]
    return source(head=head, body=f"<p>{BODY[1]}</p>", after=f'<div class="feed">{"".join(made)}</div>')


def only(text: str, address: str | None = None) -> Article:
    captured = page(text, address=address)
    found = html.articles(captured)
    assert lawful(captured, found)
    return found[0][0]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_post_is_kept_under_its_time(shape: str) -> None:
    article = only(blog(shape))
    texts = [one.text for one in article.paragraphs]
    assert [text for text in texts if text in TOLD] == TOLD
    for n, told in enumerate(TOLD):
        before = texts[: texts.index(told)]
        assert any(f"{n + 7}{mark}10" in text for text in before[-2:] for mark in ".:")
    assert BODY[1] in texts
    assert "text: a live blog, 6 posts with their times" in article.reasons
    assert {one.kind for one in article.paragraphs if one.text[:2].strip(":.").isdecimal()} == {ParagraphKind.SUBHEAD}


def test_an_address_may_say_it_too() -> None:
    address = "https://post.example/news/ferry/live"
    assert "a live blog" in " ".join(only(blog("divs", head=HEAD), address).reasons)


@pytest.mark.parametrize(
    ("node", "address", "live"),
    [
        ({"@type": "LiveBlogPosting"}, None, True),
        ({"@type": ["NewsArticle", "LiveBlogPosting"]}, None, True),
        ({"@type": "NewsArticle"}, "https://post.example/live/123", True),
        ({}, "https://post.example/2025/ferry-line-as-it-happened", True),
        ({}, "https://post.example/en-direct-le-bac", True),
        ({}, "https://post.example/where-they-live-now", False),
        ({}, "https://live.post.example/ferry", False),
        ({}, "https://post.example/delivery", False),
        ({}, "http://[", False),
        ({}, None, False),
    ],
)
def test_what_calls_itself_live(node: dict[str, object], address: str | None, live: bool) -> None:
    assert says_live(node, address) is live


def test_a_few_posts_or_no_word_of_a_live_blog_change_nothing() -> None:
    for text in (blog("divs", posts=3), blog("divs", head=HEAD)):
        captured = page(text)
        found = html.articles(captured)
        assert lawful(captured, found)
        assert not any("live blog" in reason for one in found[0] for reason in one.reasons)


def test_dated_teasers_below_an_article_are_no_posts() -> None:
    cards = "".join(SHAPES["items"].format(n=n + 7, text=text[:70]) for n, text in enumerate(TOLD))
    text = source(head=DECLARED, after=f"<ul>{cards}</ul>", body="".join(f"<p>{one}</p>" for one in BODY * 3))
    assert not any("live blog" in reason for reason in only(text).reasons)
