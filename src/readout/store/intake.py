"""What every store does to a harvest before it keeps it: see that it is whole, and make its text storable.

A lone surrogate (half of a character, as broken JSON or a file name of no encoding can hold) cannot be written in
UTF-8. Two halves that belong together are joined; any other becomes U+FFFD. Nothing else is ever changed: NUL,
control characters and characters beyond the first plane are kept as they came. No database here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import cast

import msgspec

from readout.models import Harvest
from readout.store import rows
from readout.store.identity import Likeness, likenesses

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Taken:
    """A harvest as it will be kept; its articles, in their order, encoded and with what they are recognised by."""

    harvest: Harvest
    values: tuple[bytes, ...]
    likenesses: tuple[Likeness, ...]


def taken(harvest: Harvest) -> Taken:
    """The harvest, storable. Raises ValueError where its articles are not all of its page or share a position: a bug
    of whoever made it.
    """
    _insist_on_one_page(harvest)
    harvest = _forgetful(harvest)
    try:
        return _encoded(harvest)
    except UnicodeEncodeError:
        return _encoded(storable(harvest))


def storable(harvest: Harvest) -> Harvest:
    """The harvest with every lone surrogate in its texts replaced."""
    return cast("Harvest", _storable(harvest))


def _storable(value: object) -> object:
    if type(value) is str:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if type(value) is tuple:
        return tuple(map(_storable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _storable(getattr(value, field.name)) for field in fields(value)})
    return value


def _encoded(harvest: Harvest) -> Taken:
    page = harvest.page
    named = page and (page.name, page.encoding, page.address)
    _encoder.encode((named, harvest.rejections, harvest.finished and harvest.finished.name))
    return Taken(harvest, tuple(map(rows.encoded, harvest.articles)), likenesses(harvest.articles))


def _forgetful(harvest: Harvest) -> Harvest:
    """Without what another store knew its articles as."""
    if not any(article.known_as for article in harvest.articles):
        return harvest
    return replace(harvest, articles=tuple(replace(article, known_as=None) for article in harvest.articles))


def _insist_on_one_page(harvest: Harvest) -> None:
    page_id = harvest.page.id if harvest.page else None
    positions = {article.position for article in harvest.articles if article.page == page_id}
    if len(positions) != len(harvest.articles):
        message = f"the articles of a harvest must be of its page {page_id}, each at a position of its own"
        raise ValueError(message)
