"""What is put into the index: an article as one document, each statement in it as one of its own. Values in, documents
out.

Words of English are kept by their stems, all others as they are; case and Latin accents never count. Between the signs
of a script without spaces a space is set, so that such words are found as runs of signs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from tantivy import Document, Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from readout.models import (
    IN_BODY,
    UNRESOLVED,
    Annotation,
    Article,
    ArticleId,
    Entity,
    EntityKind,
    Moment,
    Precision,
    Reading,
    Shelf,
    Span,
    Statement,
    folded,
    reading,
)
from readout.text.scripts import may_be_unspaced

UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
ENGLISH, PLAIN = "readout_en", "readout"  # how words are kept

_RAW = "raw"
_LONGEST = 60  # bytes of a word
_OFTEN = 2  # times that an article names what it is about, unless its title does
_SIGN = re.compile(f"([{UNSPACED}])")
_NAMED = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE, EntityKind.WORK})
_TIE = 28  # bits of a number that no two documents of one second share, almost surely
_FIRST = 2**33  # seconds before 1970 that can be told
_NEVER = 2**62
_EPOCH = date(1970, 1, 1)
_TEXT_BITS = 52  # so that it is exact as a float as well


class Entry(NamedTuple):
    """An article to be indexed: as it is shown, what is understood of it, the article its text is from, and when it is
    listed.
    """

    article: Article
    annotation: Annotation | None = None
    origin: ArticleId | None = None
    at: datetime | None = None


@cache
def analyzer(name: str) -> TextAnalyzer:
    """How words are cut and folded."""
    made = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(_LONGEST)).filter(Filter.lowercase())
    made = made.filter(Filter.ascii_fold())
    return (made.filter(Filter.stemmer("english")) if name == ENGLISH else made).build()


def prepared(index: Index) -> Index:
    """The index, told how words are cut."""
    for name in (ENGLISH, PLAIN):
        index.register_tokenizer(name, analyzer(name))
    return index


@cache
def of(shelf: Shelf) -> Schema:
    """What is known of an article, or of a statement."""
    return _of_articles() if shelf is Shelf.ARTICLES else _of_statements()


def _of_articles() -> Schema:
    made = _shared()
    for name in ("title", "body"):
        made.add_text_field(name, tokenizer_name=PLAIN)
        made.add_text_field(f"{name}_en", tokenizer_name=ENGLISH)
    made.add_text_field("by", tokenizer_name=PLAIN)
    return made.build()


def _of_statements() -> Schema:
    made = _shared()
    made.add_text_field("statement", stored=True, tokenizer_name=_RAW, index_option="basic")
    made.add_text_field("words", tokenizer_name=PLAIN)
    made.add_text_field("words_en", tokenizer_name=ENGLISH)
    made.add_text_field("speaker", tokenizer_name=PLAIN)
    for name in ("speaker_name", "act", "way"):
        made.add_text_field(name, fast=True, tokenizer_name=_RAW, index_option="basic")
    for name in ("said_from", "said_to"):
        made.add_integer_field(name, indexed=True, fast=True)
    return made.build()


def _shared() -> SchemaBuilder:
    """What is known of an article, and of each statement by its article. `text` is the same for what is one text."""
    made = SchemaBuilder()
    made.add_text_field("article", stored=True, fast=True, tokenizer_name=_RAW, index_option="basic")
    for name in ("about", "outlet", "wire"):
        made.add_text_field(name, tokenizer_name=PLAIN)
    made.add_text_field("outlet_key", tokenizer_name=_RAW, index_option="basic")
    for name in ("outlet_name", "lang", "kind"):
        made.add_text_field(name, fast=True, tokenizer_name=_RAW, index_option="basic")
    for name in ("day", "month"):
        made.add_integer_field(name, indexed=True, fast=True)
    for name in ("newest", "oldest"):
        made.add_integer_field(name, fast=True)
    made.add_unsigned_field("text", indexed=True, fast=True)
    return made


def document(entry: Entry) -> Document:
    """The document of an article."""
    article = entry.article
    made = _known(entry)
    suffix = "_en" if article.language == "en" else ""
    made.add_text(f"title{suffix}", spaced(article.title))
    for one in article.paragraphs:
        if one.kind in IN_BODY or one.kind.value in {"standfirst", "caption"}:
            made.add_text(f"body{suffix}", spaced(one.text))
    for name in (article.outlet, *article.authors, *(one.name for one in article.credits)):
        made.add_text("by", spaced(name or ""))
    title = len(article.title)
    for entity in entry.annotation.entities if entry.annotation else ():
        if _is_about(entity, title):
            _add_names(made, "about", entity)
    for tag in article.tags:
        made.add_text("about", spaced(tag))
    made.add_unsigned("text", number(entry.origin or article.id, _TEXT_BITS))
    _order(made, entry.at, article.id)
    return made


def statements(entry: Entry) -> Iterator[Document]:
    """The documents of the statements of an article: none as long as this edition is not annotated."""
    annotation = entry.annotation
    if annotation is None or annotation.edition != entry.article.edition:
        return
    text = reading(entry.article)
    entities = {one.id: one for one in annotation.entities}
    suffix = "_en" if (entry.article.language or annotation.language) == "en" else ""
    for one in annotation.statements:
        made = _known(entry)
        content = [text.text[span.start : span.end] for span in one.content]
        made.add_text("statement", one.id)
        for words in content:
            made.add_text(f"words{suffix}", spaced(words))
        _add_speaker(made, one, entities.get(one.speaker.entity) if one.speaker.entity else None, text)
        for entity in entities.values():
            if entity.kind in _NAMED and _is_inside(entity, one.content):
                _add_names(made, "about", entity)
        made.add_text("way", one.kind.value)
        made.add_text("act", one.act.value)
        made.add_unsigned("text", number(f"{entry.origin or entry.article.id} {folded(' '.join(content))}", _TEXT_BITS))
        if one.said:
            first, last = days(one.said)
            made.add_integer("said_from", first)
            made.add_integer("said_to", last)
        _order(made, one.said.at if one.said else entry.at, one.id)
        yield made


def _known(entry: Entry) -> Document:
    article = entry.article
    made = Document()
    made.add_text("article", article.id)
    if article.outlet:
        made.add_text("outlet", spaced(article.outlet))
        made.add_text("outlet_key", outlet_key(article.outlet))
        made.add_text("outlet_name", article.outlet)
    for credit in article.credits:
        made.add_text("wire", spaced(credit.name))
    if article.language:
        made.add_text("lang", article.language.lower())
    made.add_text("kind", article.kind.value)
    day = listed_day(article, entry.at)
    if day:
        made.add_integer("day", (day - _EPOCH).days)
        made.add_integer("month", day.year * 12 + day.month - 1)
    return made


def _add_speaker(made: Document, one: Statement, entity: Entity | None, text: Reading) -> None:
    if one.speaker.name != UNRESOLVED:
        made.add_text("speaker", spaced(one.speaker.name))
        made.add_text("speaker_name", one.speaker.name)
    if entity:
        _add_names(made, "speaker", entity)
    if one.source:
        made.add_text("speaker", spaced(text.text[one.source.start : one.source.end]))


def _add_names(made: Document, field: str, entity: Entity) -> None:
    for name in (entity.name, *entity.aliases):
        made.add_text(field, spaced(name))


def _order(made: Document, at: datetime | None, id_: str) -> None:
    """Numbers by which documents stand in the order of time, those without one last, ties by id."""
    tie = number(id_, _TIE)
    second = int(at.timestamp()) + _FIRST if at else 0
    made.add_integer("newest", (second << _TIE) + tie)
    made.add_integer("oldest", (second << _TIE) + tie if at else _NEVER + tie)


def _is_about(entity: Entity, title: int) -> bool:
    named = [one for one in entity.mentions if one.form != "pronoun"]
    return entity.kind in _NAMED and (len(named) >= _OFTEN or any(one.span.start < title for one in named))


def _is_inside(entity: Entity, spans: Iterable[Span]) -> bool:
    return any(
        span.start <= one.span.start and one.span.end <= span.end
        for span in spans
        for one in entity.mentions
        if one.form != "pronoun"
    )


def spaced(text: str) -> str:
    """The text with each sign of an unspaced script apart, and nothing that UTF-8 cannot hold."""
    if text.isascii():
        return text
    text = text.encode("utf-8", "replace").decode()
    return _SIGN.sub(r" \1 ", text) if may_be_unspaced(text) else text


def outlet_key(name: str) -> str:
    """What spellings of one outlet share."""
    words = name.split()
    rest = words[1:] if len(words) > 1 and words[0].casefold() == "the" else words
    return folded("".join(rest)) or name


def number(text: str, bits: int) -> int:
    """A number of so many bits that is the same for the same text everywhere."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 64 - bits


def listed_day(article: Article, at: datetime | None) -> date | None:
    """The day by which an article is listed: in UTC."""
    if article.published:
        return article.published.at.date()
    return at.date() if at else None


def days(moment: Moment) -> tuple[int, int]:
    """The first and the last day, since 1970, that a moment can be on, in UTC."""
    first = moment.at.date()
    last = first
    if moment.precision is Precision.YEAR:
        last = date(first.year, 12, 31)
    elif moment.precision is Precision.MONTH:
        last = first.replace(day=28) + timedelta(days=4)
        last -= timedelta(days=last.day)
    return (first - _EPOCH).days, (last - _EPOCH).days


def month(counted: int) -> str:
    """The month of that number, as "2026-06"."""
    return f"{counted // 12:04d}-{counted % 12 + 1:02d}"


def day(counted: int) -> str:
    """The day of that number since 1970, as "2026-06-01"."""
    return (_EPOCH + timedelta(days=counted)).isoformat()
