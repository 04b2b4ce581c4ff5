"""Which sightings are one article: the part of every store's contract that is about identity and editions."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from readout.models import Article, ArticleKind, Harvest
from readout.store.base import Store
from tests.builders import NOON, article, harvest, on, page

HOUR = timedelta(hours=1)
SENTENCES = [f"The {noun} of the harbour {verb} on the {day}th day of the month." for noun, verb, day in zip(
    ("pilot", "crane", "ferry", "clerk", "tide", "bell", "rope", "guard", "lamp", "gate", "barge", "mayor"),
    ("rested", "turned", "sailed", "wrote", "rose", "rang", "broke", "slept", "burned", "closed", "sank", "spoke"),
    range(4, 16),
    strict=True,
)]  # fmt: skip
ADDRESS = "https://harbour.example/river/talks"
VARIANTS = (
    f"{ADDRESS}?utm_source=feed&utm_medium=rss",
    "http://harbour.example/river/talks/",
    "https://www.harbour.example/river/talks?fbclid=1",
    "https://m.harbour.example/river/talks",
    "https://harbour.example/amp/river/talks",
    "https://harbour.example/river/talks/amp/",
)


def report(title: str = "Talks resume on the river Vessa", *, cut: int = 0, **known: str | None) -> Article:
    """A report of twelve sentences, the first `cut` of which are others."""
    changed = [f"Nobody expected word {number} of the envoys before supper." for number in range(cut)]
    return article(title, *changed, *SENTENCES[cut:], **known)  # type: ignore[arg-type]


def briefing(day: int, **known: str) -> Article:
    """The briefing of a day, which greets its readers as it did the day before."""
    greeting = "Good morning, and here is all that you need to know before you leave your house today."
    news = [f"On day {day} item {number} was {day * number}, which is {day + number} more." for number in range(12)]
    return article("Morning briefing", greeting, *news, **known)  # type: ignore[arg-type]


def met(one: Article, hours: float = 0) -> Harvest:
    """A capture, so many hours after noon, that holds that article alone."""
    words = [one.title, *(part.text for part in one.paragraphs), f"{one.outlet} at {one.address}, {hours} hours on"]
    held = page("\n".join(words), captured=NOON + hours * HOUR)
    return Harvest(held, (on(held, one),))


class IdentityContract:
    """What every store does; `StoreContract` inherits it."""

    def test_variants_of_an_address_are_one_article(self, store: Store) -> None:
        every = [article("Talks", f"Text {number}.", address=one) for number, one in enumerate((ADDRESS, *VARIANTS))]
        store.keep(met(one) for one in every)
        assert store.totals().articles == 1
        assert len({store.article(one.id).id for one in every}) == 1

    def test_another_path_another_query_and_another_front_page_are_other_articles(self, store: Store) -> None:
        addresses = (ADDRESS, f"{ADDRESS}-2", f"{ADDRESS}?page=2", "https://other.example/river/talks")
        fronts = [article("Talks", f"On day {day}.", address="https://harbour.example/") for day in range(2)]
        texts = [article("Talks", f"At {one}.", address=one) for one in addresses]
        store.keep(met(one) for one in (*texts, *fronts))
        assert store.totals().articles == 6

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (report(), report("A quite different headline")),
            (report(), report(cut=3)),
            (report(), report("A quite different headline", cut=1)),
            (report(), report(outlet=None)),
            (report(), report(outlet="harbour post", address=ADDRESS)),
            (report(outlet=None), report(outlet=None, address=ADDRESS)),
            (report(address=ADDRESS), report(address=f"{ADDRESS}-moved")),
            (report(), article("Talks resume on the river Vessa", "", outlet=None, kind=ArticleKind.HEADLINE)),
        ],
        ids=["headline", "beginning", "both", "no outlet", "met by address", "nothing known", "moved", "headline only"],
    )
    def test_what_is_one_article(self, store: Store, one: Article, other: Article) -> None:
        store.keep([met(one), met(other, 1)])
        assert store.totals().articles == 1
        assert store.article(one.id) == store.article(other.id)
        assert {met.article.id for met in store.sightings(other.id)} == {one.id}

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (report(), report(outlet="Mirev Echo")),
            (report(outlet="Post", address=ADDRESS), report(outlet="Post", address="https://echo.example/talks")),
            (report("Morning briefing"), report("Morning briefing", cut=12)),
            (article("Morning briefing", "Rain."), article("Morning briefing", "Sun.")),
            (report(address=ADDRESS), report(cut=9, address=f"{ADDRESS}-2")),
            (briefing(4, address=ADDRESS), briefing(5, address=f"{ADDRESS}-2")),
            (article("Talks begin", *SENTENCES[:3]), article("Talks end", *SENTENCES[:3])),
            (report(), article("Talks", "", outlet=None, kind=ArticleKind.HEADLINE)),
        ],
        ids=[
            "another outlet",
            "another site",
            "another text",
            "another short text",
            "another address",
            "the same greeting every day",
            "a notice",
            "a headline that tells little",
        ],
    )
    def test_what_are_two(self, store: Store, one: Article, other: Article) -> None:
        store.keep([met(one), met(other, 1)])
        assert store.totals().articles == 2

    def test_a_text_that_could_be_of_two_outlets_is_of_neither(self, store: Store) -> None:
        post, echo, unsigned = report(), report(outlet="Mirev Echo"), report(outlet=None)
        assert store.keep([met(post)]).articles_new == 1
        joined = store.keep([met(unsigned, 1)])
        assert (joined.articles_new, joined.articles_known) == (0, 1)
        assert store.article(unsigned.own).id == post.id
        store.keep([met(echo, 2)])
        assert store.totals().articles == 3
        assert store.article(unsigned.own).id == unsigned.own

    def test_two_articles_that_a_third_shows_to_be_one_are_joined(self, store: Store) -> None:
        captured, fetched = report(outlet="Harbour Post"), report("Another headline", cut=12, address=ADDRESS)
        assert store.keep([met(captured), met(fetched, 1)]).articles_new == 2
        bridge = met(report(outlet="Harbour Post", address=ADDRESS), 2)
        kept = store.keep([bridge])
        assert (kept.articles_new, kept.articles_joined, store.totals().articles) == (0, 1, 1)
        for old in (captured.id, fetched.id, bridge.articles[0].id):
            assert store.article(old).id == captured.id
            assert len(store.sightings(old)) == 3
        assert [one.id for one in store.articles()] == [captured.id]
        assert {one.id for one in store.every_article()} == {captured.id}
        assert bridge.page
        assert [one.id for one in store.on_page(bridge.page.id)] == [captured.id]

    def test_the_first_captured_names_the_article_whatever_came_first(self, store: Store) -> None:
        came = [met(report(address=one), n) for n, one in enumerate((ADDRESS, *VARIANTS))]
        for one in reversed(came):
            store.keep([one])
            assert store.articles()[0].id == one.articles[0].own

    def test_the_beginning_of_an_old_id_is_enough(self, store: Store) -> None:
        variants = [report(address=f"{ADDRESS}?utm_id={number}") for number in range(40)]
        store.keep(met(one, n) for n, one in enumerate(variants))
        assert store.article(variants[-1].own[:8]).id == variants[0].id

    def test_an_article_given_back_to_a_store_is_known(self, store: Store) -> None:
        came = [met(report()), met(report(outlet=None), 1)]
        store.keep(came)
        again = [Harvest(one.page, tuple(store.on_page(one.page.id))) for one in came if one.page]
        before = list(store.every_article())
        assert store.keep(again).articles_known == 1
        assert list(store.every_article()) == before

    def test_no_order_of_arrival_changes_which_are_one(self, store: Store) -> None:
        whole = [
            met(one, number)
            for number, one in enumerate(
                (report(), report(outlet=None), report(address=ADDRESS), report("Another headline", outlet="Echo"))
            )
        ]
        texts = [one.articles[0] for one in whole]
        store.keep(whole)
        expected = {one.edition: store.article(one.own).id for one in texts}
        for order in permutations(whole):
            other = self.opened()  # type: ignore[attr-defined]
            for one in order:
                other.keep([one])
            assert {one.edition: other.article(one.own).id for one in texts} == expected

    def test_an_edited_article_gains_editions(self, store: Store) -> None:
        texts = [report(address=ADDRESS), report(address=ADDRESS), report("Talks break up", cut=2, address=ADDRESS)]
        for number, one in enumerate(texts):
            store.keep([harvest(one, article(f"Beside it {number}"), captured=NOON + number * HOUR)])
        first, second = store.editions(texts[0].id)
        assert (first.number, len(first.sightings), first.captured) == (1, 2, NOON)
        assert (second.number, second.article.title, second.captured) == (2, "Talks break up", NOON + 2 * HOUR)
        assert store.editions(store.article(texts[0].id).id) == store.editions(texts[-1].id)

    def test_what_is_not_there_has_no_editions(self, store: Store) -> None:
        assert list(store.editions(article().id)) == []
