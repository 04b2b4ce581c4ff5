"""Values to rows and back, exactly. No statements here, and nothing that knows a database.

A sighting holds its whole Article as JSON, compressed. The article's text stands on its page as well, so a page of at
most 32 KiB serves as the dictionary: a fourth of the size in half the time. A checksum of the text is part of what is
stored: a value put beside the wrong page is an error, never a wrong text. Values of before were compressed with zlib,
and are read as they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import zstandard

from readout.models import Article, ArticleId, CaptureBasis, EditionId, Media, Outlet, Page, Rejection, Stage
from readout.store.identity import Likeness, Met, Publisher

DICTIONARY_MOST = 32_768  # bytes
BROKEN = (zstandard.ZstdError, zlib.error, msgspec.DecodeError)  # what reading a damaged value raises

_LEVEL = 1  # for text captures hardly larger than at the default of 3
_FRAME = zstandard.MAGIC_NUMBER.to_bytes(4, "little")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_decoder = msgspec.json.Decoder(Article)

_packed = msgspec.msgpack.Encoder().encode
_unpacked = msgspec.msgpack.Decoder(tuple[int, Publisher, int, int, bool, int, bool, bytes])

encoded: Callable[[Article], bytes] = msgspec.json.Encoder().encode


def micros(moment: datetime | None) -> int | None:
    """Microseconds since 1970 in UTC of an aware moment; a naive one raises TypeError."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def moment(since_epoch: int | None) -> datetime | None:
    """The moment, in UTC, of which `micros` gave that number."""
    return None if since_epoch is None else _EPOCH + since_epoch * _MICROSECOND


def page_row(page: Page, seq: int) -> dict[str, object]:
    """A row of `pages`."""
    return {
        "seq": seq,
        "id": page.id,
        "media": page.media.value,
        "name": page.name,
        "encoding": page.encoding,
        "address": page.address,
        "captured": micros(page.captured),
        "captured_basis": page.captured_basis.value,
        "size": len(page.content),
        "content": zstandard.ZstdCompressor(_LEVEL, write_checksum=True).compress(page.content),
    }


def page(row: Mapping[Any, Any]) -> Page:
    """The page of a row of `pages`; one of BROKEN where its content is damaged."""
    return Page(
        content=_plain(row["content"]),
        media=Media(row["media"]),
        name=row["name"],
        encoding=row["encoding"],
        address=row["address"],
        captured=moment(row["captured"]),
        captured_basis=CaptureBasis(row["captured_basis"]),
    )


def dictionary(content: bytes) -> bytes:
    """What the articles of the page with that content are packed against."""
    return content if len(content) <= DICTIONARY_MOST else b""


def stored_dictionary(compressed: bytes | None) -> bytes:
    """The dictionary of a page as stored; `compressed` may be None where it is larger than DICTIONARY_MOST."""
    return _plain(compressed) if compressed else b""


def packer(dictionary: bytes) -> Callable[[bytes], bytes]:
    """What packs the encoded articles of a page."""
    return zstandard.ZstdCompressor(_LEVEL, dict_data=_prepared(dictionary), write_checksum=True).compress


def _prepared(dictionary: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(dictionary, zstandard.DICT_TYPE_RAWCONTENT) if dictionary else None


def _plain(value: bytes, dictionary: bytes = b"") -> bytes:
    """What was compressed, against that dictionary; one of BROKEN where it is damaged or another one is meant."""
    if value.startswith(_FRAME):
        return zstandard.ZstdDecompressor(dict_data=_prepared(dictionary)).decompress(value)
    stream = zlib.decompressobj(zdict=dictionary)
    plain = stream.decompress(value) + stream.flush()
    if not stream.eof:
        message = "it ends too early"
        raise zlib.error(message)
    return plain


def article(value: bytes, dictionary: bytes, known_as: ArticleId | None = None) -> Article:
    """The article of a sighting's value, as the store knows it. Raises one of BROKEN where it is damaged or of another
    page.
    """
    found = _decoder.decode(_plain(value, dictionary))
    return found if known_as in {None, found.own} else replace(found, known_as=known_as)


def likeness_row(edition: EditionId, likeness: Likeness, first: int | None, article: ArticleId) -> dict[str, object]:
    """A row of `likenesses`, but for its place in the order."""
    one = likeness
    value = (one.wording, one.publisher, one.address, one.title, one.telling, one.beginning, one.bare, one.sketch)
    return {
        "edition_id": edition,
        "own_id": likeness.own,
        "article_id": article,
        "first": first,
        "value": _packed(value),
    }


def met(row: Mapping[Any, Any]) -> Met:
    """The edition of a row of `likenesses`."""
    return Met(recognised(row["value"], row["own_id"]), row["first"], row["article_id"])


def recognised(value: bytes, own: ArticleId) -> Likeness:
    """The likeness of a row's value and the id that goes with it. Raises one of BROKEN where it is damaged."""
    return Likeness(own, *_unpacked.decode(value))


def outlet(row: Mapping[Any, Any]) -> Outlet:
    """The outlet of a row of `outlets`."""
    return Outlet(row["name"], row["domain"], row["country"], row["language"], row["kind"])


def rejection_row(rejection: Rejection) -> dict[str, object]:
    """A row of `rejections`, but for its place in the order."""
    return {
        "id": rejection.id,
        "stage": rejection.stage.value,
        "subject": rejection.subject,
        "reason": rejection.reason,
        "detail": rejection.detail,
        "page_id": rejection.page,
    }


def rejection(row: Mapping[Any, Any]) -> Rejection:
    """The rejection of a row of `rejections`."""
    return Rejection(Stage(row["stage"]), row["subject"], row["reason"], row["detail"], row["page_id"])
