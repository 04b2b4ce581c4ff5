"""What is known of an article beside its text, from what its page declares and shows, each choice with its reason.

A declared value counts where the page shows it or where a second source says the same, as far as that can be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout.extract import addresses, bylines, liveblog, pagination, stamps, titles
from readout.extract.bylines import Line
from readout.extract.clocks import Setting
from readout.extract.declared import Declared, clean, declared, joined, strings
from readout.models import Moment, Page, Span, folded
from readout.text import html
from readout.text.blocks import Block
from readout.text.html import Visible, squeeze

_MOST_TAGS = 30
_LONGEST_TAG = 80
_LONGEST_NAME = 100
_BEFORE, _AFTER = 25, 60  # blocks around a title in which bylines and dates stand
_LONGEST_LINE = 160
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\Z", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(r"https?:|www\.|/|@")


@dataclass(frozen=True)
class Metadata:
    """What a page tells of its article. `at` is the title's range of visible characters; `organisations` are those
    named as authors; `description` and `body` are what the page declares as its summary and its text; `live` is whether
    it calls itself a live blog, `free` whether it says that all can be read without paying.
    """

    title: str
    title_span: Span | None
    at: tuple[int, int] | None
    outlet: str | None
    authors: tuple[str, ...]
    organisations: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    section: str | None
    tags: tuple[str, ...]
    language: str | None
    address: str | None
    description: str
    body: str
    live: bool
    free: bool
    reasons: tuple[str, ...]


def metadata(page: Page, shown: Visible, blocks: Sequence[Block]) -> Metadata:
    """Everything that a page tells of its article beside the text. `shown` and `blocks` are the page's own."""
    said = declared(shown.markup, page.address)
    address = addresses.canonical(_addresses(said, page.address), page.address)
    paged = pagination.paged(shown.markup, page.address, address)
    if paged.number > 1:
        address = addresses.canonical((), page.address) or address  # the first page's would make this one its edition
    outlet, why = _outlet(said, address or page.address, shown)
    names = {name for name in (outlet, said.first("og:site_name"), *_publishers(said), *_hosts(address)) if name}
    title = titles.title(said, blocks, shown, names)
    near = _near(blocks, title.at, shown)
    byline = bylines.byline(said, near, shown, names)
    setting = Setting(_language_tag(said), page.captured)
    beside = stamps.Beside(near, shown, title.at[0] if title.at else 0)
    dated = stamps.stamps(said, beside, setting, address or page.address)
    return Metadata(
        title=title.text,
        title_span=title.span,
        at=title.at,
        outlet=outlet,
        authors=byline.authors,
        organisations=byline.organisations,
        published=dated.published,
        modified=dated.modified,
        section=_section(said),
        tags=_tags(said),
        language=_code(setting.language),
        address=address,
        description=said.first("og:description", "description", "twitter:description"),
        body=_body(said),
        free=str(said.article.get("isAccessibleForFree")).lower() == "true",
        live=liveblog.says_live(said.article, address, page.address),
        reasons=tuple(
            filter(
                None,
                (title.reason, why, byline.reason, dated.reason, _address_reason(address, page), paged.reason),
            )
        ),
    )


def _near(blocks: Sequence[Block], at: tuple[int, int] | None, page: Visible) -> list[Line]:
    """The short lines around the title, or the first ones of the page where its place is not known."""
    place = next((i for i, block in enumerate(blocks) if at and block.end > at[0]), _BEFORE)
    around = blocks[max(0, place - _BEFORE) : place + _AFTER]
    near = (block for block in around if block.end - block.start <= _LONGEST_LINE)
    return [Line(block, html.text_of(page.markup.source, *page.span(block.start, block.end))) for block in near]


def _addresses(said: Declared, own: str | None) -> Iterator[str]:
    yield said.canonical
    yield joined(own or "", said.first("og:url"))
    node = said.article
    for value in (node.get("url"), node.get("mainEntityOfPage")):
        yield joined(own or "", clean(value.get("@id") if isinstance(value, dict) else value))


def _address_reason(address: str | None, page: Page) -> str:
    if address is None:
        return ""
    return "address: the page's own" if address == page.address else "address: canonical"


def _outlet(said: Declared, address: str | None, shown: Visible) -> tuple[str | None, str]:
    """The publisher's name, as the page writes it."""
    sources = [("JSON-LD publisher", name) for name in _publishers(said)]
    sources += [
        (key, said.first(key)) for key in ("og:site_name", "application-name", "publisher", "dc.publisher", "cre")
    ]
    named = [(source, name) for source, name in sources if _is_outlet(name)]
    ending = next((piece for piece in reversed(titles.pieces(said.title)) if piece), "")
    host = addresses.host(address)
    named = [(source, _own(name, host or "")) for source, name in named]
    for source, name in named:
        others = [other for other, same in named if other != source and folded(same) == folded(name)]
        if others:
            return name, f"outlet: {source}, agrees with {others[0]}"
        if folded(name) in (folded(ending), folded((host or "").partition(".")[0])) or squeeze(name) in shown.text:
            return name, f"outlet: {source}, shown on the page"
    if named:
        return named[0][1], f"outlet: {named[0][0]}, nothing agrees with it"
    if ending and host and folded(ending) and folded(ending) in folded(host):
        return ending, "outlet: end of <title>, agrees with the address"
    return host, "outlet: the address's host" if host else "outlet: none"


def _own(name: str, host: str) -> str:
    """An outlet's name without the town or slogan behind it ("The Mail | Home of the brave")."""
    parts = titles.pieces(name)
    return next((part for part in parts if len(part) > 1 and folded(part) in folded(host)), parts[0] or name)


def _publishers(said: Declared) -> list[str]:
    return list(strings(said.resolved(said.article.get("publisher"))))


def _is_outlet(name: str) -> bool:
    return 1 < len(name) <= _LONGEST_NAME and not _ADDRESS_LIKE.search(name)


def _hosts(address: str | None) -> tuple[str, ...]:
    host = addresses.host(address)
    return (host, addresses.site(host), addresses.site(host).partition(".")[0]) if host else ()


def _section(said: Declared) -> str | None:
    value = next(strings(said.article.get("articleSection")), "") or said.first(
        "article:section", "parsely-section", "section"
    )
    return value[:_LONGEST_TAG] or None


def _tags(said: Declared) -> tuple[str, ...]:
    """Keywords in their order, each once."""
    found: dict[str, str] = {}
    for values in (
        strings(said.article.get("keywords")),
        said.repeated.get("article:tag", ()),
        said.repeated.get("news_keywords", ()),
        said.repeated.get("keywords", ()),
        said.repeated.get("parsely-tags", ()),
    ):
        for value in values:
            for tag in value.split(","):
                tidy = " ".join(tag.split())
                if 0 < len(tidy) <= _LONGEST_TAG:
                    found.setdefault(tidy.casefold(), tidy)
        if found:
            break
    return tuple(found.values())[:_MOST_TAGS]


def _language_tag(said: Declared) -> str | None:
    value = (
        said.language
        or next(strings(said.article.get("inLanguage")), "")
        or said.first("og:locale", "content-language")
    )
    return value if _LANGUAGE.match(value) else None


def _code(tag: str | None) -> str | None:
    match = _LANGUAGE.match(tag or "")
    return match[1].lower() if match else None


def _body(said: Declared) -> str:
    value = said.article.get("articleBody")
    return value if isinstance(value, str) else ""
