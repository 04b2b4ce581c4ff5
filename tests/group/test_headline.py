"""A story's headline is one of its articles' own, and a plain one."""

from __future__ import annotations

from readout.group.headline import headline
from tests.builders import article
from tests.group.world import MATTERS, told

BODY = MATTERS["ferry"][0]


def test_plain_comes_before_shrill() -> None:
    titles = (
        "DISASTER!!! You won't believe what happened to the Sula Maid",
        "Ferry Sula Maid capsizes off Gannet Head with 83 aboard",
        "Why did the Sula Maid capsize?",
        "Opinion: the ferry and us",
    )
    found = headline([article(title, BODY, outlet=title) for title in titles])
    assert found is not None
    assert found.text == titles[1]
    assert any(reason.fact == "says_what_all_say" for reason in found.reasons)


def test_none_is_made_up() -> None:
    assert headline([article("", BODY)]) is None
    assert headline([]) is None


def test_it_is_an_articles_own() -> None:
    some = [told("steel", number) for number in range(3)]
    found = headline(some)
    assert found is not None
    assert (found.article, found.text) in {(one.id, one.title) for one in some}
