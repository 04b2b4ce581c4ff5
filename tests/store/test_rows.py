"""What goes in comes out: values to rows and back are the identity, whatever the text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.models import Article, Harvest, Page, Rejection, digest
from readout.store import intake, rows
from tests.builders import NOON, harvest
from tests.builders import article as made
from tests.store.worlds import BROKEN, CLEAN, articles_of, pages_of, rejections_of

LARGE = rows.DICTIONARY_MOST + 1


@given(articles_of(CLEAN), st.binary(max_size=500) | st.just(b"x" * LARGE))
def test_an_article_is_packed_and_unpacked_as_it_was(article: Article, content: bytes) -> None:
    packed = rows.packer(rows.dictionary(content))(rows.encoded(article))
    stored = zstandard.compress(content) if len(content) <= rows.DICTIONARY_MOST else None
    assert rows.article(packed, rows.stored_dictionary(stored)) == article


@given(pages_of(CLEAN))
def test_a_page_is_a_row_and_a_page_again(page: Page) -> None:
    assert rows.page(rows.page_row(page, 1)) == page


@given(rejections_of(CLEAN))
def test_a_rejection_is_a_row_and_a_rejection_again(rejection: Rejection) -> None:
    assert rows.rejection(rows.rejection_row(rejection)) == rejection


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_are_exact_and_in_order(moment: datetime) -> None:
    assert rows.moment(rows.micros(moment)) == moment
    assert ((rows.micros(moment) or 0) < (rows.micros(NOON) or 0)) == (moment < NOON)


def test_a_moment_without_a_zone_is_a_bug() -> None:
    with pytest.raises(TypeError):
        rows.micros(datetime(2025, 7, 19))  # noqa: DTZ001 - what is refused


@given(pages_of(BROKEN), articles_of(BROKEN), st.lists(rejections_of(BROKEN), max_size=2))
@settings(deadline=None, max_examples=50)
def test_any_text_can_be_kept_and_only_half_characters_change(
    page: Page, article: Article, rejections: list[Rejection]
) -> None:
    before = Harvest(page, (replace(article, page=page.id),), tuple(rejections))
    after = intake.taken(before)
    assert [*_texts(after.harvest)] == [_whole(text) for text in _texts(before)]
    assert intake.taken(after.harvest) == after
    assert after.values == tuple(map(rows.encoded, after.harvest.articles))


def test_a_storable_harvest_is_not_copied() -> None:
    before = harvest(made("NUL \0"))
    assert intake.taken(before).harvest is before


def test_an_article_beside_another_page_is_an_error_and_not_another_text() -> None:
    page = harvest(made()).page
    assert page
    packed = rows.packer(page.content)(rows.encoded(made()))
    with pytest.raises(rows.BROKEN):
        rows.article(packed, bytes(reversed(page.content)))


def test_a_cut_article_is_an_error() -> None:
    packed = rows.packer(b"one page")(rows.encoded(made()))
    with pytest.raises(rows.BROKEN):
        rows.article(packed[:-1], b"one page")


def test_an_article_takes_a_fraction_of_its_text_beside_its_page() -> None:
    kept = harvest(made("Talks resume", *(f"No two lines are alike: {digest(bytes([n]))}" for n in range(100))))
    assert kept.page
    value = rows.encoded(kept.articles[0])
    assert len(rows.packer(kept.page.content)(value)) < len(rows.packer(b"")(value)) / 3


def _texts(value: object) -> Iterator[str]:
    """Every text inside, in order."""
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def test_what_was_compressed_with_zlib_is_read() -> None:
    page = harvest(made()).page
    assert page
    stream = zlib.compressobj(1, zdict=page.content)
    before = stream.compress(rows.encoded(made())) + stream.flush()
    assert rows.article(before, page.content) == made()
    assert rows.page(rows.page_row(page, 1) | {"content": zlib.compress(page.content)}) == page
    with pytest.raises(rows.BROKEN):
        rows.article(before[:-1], page.content)
