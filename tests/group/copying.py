"""Texts to copy from: sentences of made-up words, always the same for a number, and ways to reuse them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from readout.group.copies import Text
from readout.models import ArticleId
from tests.builders import NOON

_BEGINS = "bar cal dor el fan gor hal is jun kel lor mar nes or pel".split()
_ENDS = "a an ate ed en er ing ion ist le ment o ous y".split()


def sentence(number: int, words: int = 14) -> str:
    """A sentence of its own: no two numbers share eight words in a row."""
    chance = random.Random(number)  # noqa: S311 - no secret
    made = [chance.choice(_BEGINS) + chance.choice(_BEGINS) + chance.choice(_ENDS) for _ in range(words)]
    return " ".join(made).capitalize() + "."


def paragraphs(first: int, count: int) -> list[str]:
    """Paragraphs of three sentences, numbered from `first` on."""
    return [" ".join(sentence(3 * number + n) for n in range(3)) for number in range(first, first + count)]


def text(  # noqa: PLR0913 - what these tests are about
    name: str,
    body: Iterable[str],
    *,
    outlet: str = "The Harbour Post",
    hours: float | None = 0,
    credited: Iterable[str] = (),
    give: timedelta = timedelta(0),
) -> Text:
    """A text of that id, published so many hours after noon; None for nobody knows when."""
    published: datetime | None = None if hours is None else NOON + timedelta(hours=hours)
    return Text(ArticleId(name), outlet, published, "\n".join(body), tuple(credited), give)


def lookup(texts: Iterable[Text]) -> Callable[[ArticleId], Text]:
    """What gives those texts by their ids."""
    return {one.id: one for one in texts}.__getitem__
