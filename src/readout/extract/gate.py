"""What is no article, although it came out as one: stubs, walls, errors, lists, bodies that are not the title's.

Judged by how a text is built and by words in `gate.toml`, never by the site's name. A doubtful text passes: what is
kept can be dropped later. Nothing is raised here and nothing is changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from readout.extract import teasers
from readout.models import Article, ArticleKind, ParagraphKind, Role
from readout.text.occurrences import Finder
from readout.text.scripts import may_be_unspaced

TOO_SHORT = "too short"
LIST = "list of titles"
CONSENT = "consent wall"
PAYWALL = "paywall stub"
ERROR = "error page"
OTHER_TITLE = "title does not belong to the body"
LANGUAGE = "wrong language"
NO_ARTICLE = "not an article"

_FEWEST_WORDS = 12
_STUB_WORDS = 150
_WALL_WORDS = 400
_WALL_SHARE = 25  # one telling word in so many
_WALL_TERMS = 4
_TITLE_WORDS = 4  # telling words from which a title must meet its body
_BODY_WORDS = 200
_TELLING = 4  # letters of a word that tells
_STEM = 5
_LINES = 6
_LONGEST_HEADLINE = 16  # words
_SAMPLE = 20_000  # characters: a text shows what it is well before
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"""[.!?…。！？؟।:]["'”’»)\]]*\Z""")
_IDEOGRAM = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")
_IDEOGRAMS_A_WORD = 2


def fault(article: Article, languages: Collection[str] = (), *, around: str = "") -> str | None:
    """Why this is no article, or None where it passes. `languages` are the accepted ones; none given accepts all.
    `around` is what else the page says near a short text.

    A bare headline is a headline and passes. A list of titles that was told as such passes too.
    """
    if languages and article.language and article.language not in languages:
        return LANGUAGE
    if article.kind is not ArticleKind.ARTICLE:
        return None if article.title else NO_ARTICLE
    body = article.body[:_SAMPLE]
    words = _words(body)
    wall = _wall(article.title, body, words, around)
    return wall or _no_body(article, body, words) or _list(article) or _stranger(article, words)


def _no_body(article: Article, body: str, words: int) -> str | None:
    if not body:
        return NO_ARTICLE
    if article.role is Role.MAIN and words < _FEWEST_WORDS:
        return ERROR if _tells("error", f"{article.title}\n{body}") else TOO_SHORT
    return None


def _words(text: str) -> int:
    """How many words, where scripts without spaces count two signs as one."""
    signs = len(_IDEOGRAM.findall(text)) if may_be_unspaced(text) else 0
    return text.count(" ") + text.count("\n") + bool(text) + signs // _IDEOGRAMS_A_WORD


def _wall(title: str, body: str, words: int, around: str) -> str | None:
    """What stands where an article should be: a consent form, an error, the first lines before a till."""
    if words <= _STUB_WORDS and _is_cut(body) and _tells("paywall", around):
        return PAYWALL
    if words > _WALL_WORDS:
        return None
    consent = _tells("consent", body, max(_WALL_TERMS, words // _WALL_SHARE))
    if len(set(consent)) >= _WALL_TERMS and len(consent) * _WALL_SHARE >= words:
        return CONSENT
    if words > _STUB_WORDS:
        return None
    errors = _tells("error", body)
    if len(errors) > 1 or (words * 3 < _STUB_WORDS and errors) or _tells("error", title):
        return ERROR
    return PAYWALL if len(set(_tells("paywall", body, 2))) > 1 else None


def _is_cut(body: str) -> bool:
    """Whether a text breaks off."""
    return body.rstrip('"”’ ]').endswith(("…", "..."))


def _tells(kind: str, text: str, enough: int = 1) -> list[str]:
    """Every word of that kind in a text; perhaps none where there are fewer than `enough`."""
    lower = text.lower()
    return _telling()[kind].findall(lower) if len(_marks()[kind].places(lower)) >= enough else []


def _list(article: Article) -> str | None:
    """Many lines, hardly one of them a sentence; or, for a body in one piece, dates at the pace of headlines."""
    lines = [p.text for p in article.paragraphs if p.kind in (ParagraphKind.BODY, ParagraphKind.LIST_ITEM)]
    if len(lines) < _LINES:
        return LIST if teasers.is_list(article.body[:_SAMPLE]) else None
    sentences = sum(1 for line in lines if _STOP.search(line[-8:]) or _words(line) > 2 * _LONGEST_HEADLINE)
    if sentences * 10 >= len(lines):
        return None
    short = sum(1 for line in lines if _words(line) <= _LONGEST_HEADLINE)
    return LIST if short * 10 > len(lines) * 8 else None


def _stranger(article: Article, words: int) -> str | None:
    """A title of which no telling word, nor its stem, occurs in a long body or in what stands around it."""
    telling = {word[:_STEM] for word in _WORD.findall(article.title.lower()) if len(word) >= _TELLING}
    if len(telling) < _TITLE_WORDS or words < _BODY_WORDS:
        return None
    around = [p.text for p in article.paragraphs[:_SAMPLE]]
    if any(stem in text for text in around for stem in telling):
        return None
    return None if any(stem in text.lower() for text in around for stem in telling) else OTHER_TITLE


@cache
def _telling() -> dict[str, re.Pattern[str]]:
    phrases = {kind: _lists()[kind] for kind in _lists()["marks"]}
    return {kind: re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)") for kind, each in phrases.items()}


@cache
def _marks() -> dict[str, Finder]:
    return {kind: Finder(words) for kind, words in _lists()["marks"].items()}


@cache
def _lists() -> dict[str, Any]:
    with files("readout.extract").joinpath("gate.toml").open("rb") as stream:
        return tomllib.load(stream)
