"""Which passages of an article page are the article's, and what each of them is.

An extractor lets furniture through that stands inside the article's own markup: the title again, bylines, buttons,
pointers to other articles, what is asked of readers. It is known by the names that elements bear, by its wording
(`html.toml`), by its links and by where it stands. Names of elements that hold much of the text do not count: they
speak of the article itself.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from readout.extract.passages import Passage
from readout.extract.rows import CELLS
from readout.models import ParagraphKind, folded
from readout.text.blocks import Element
from readout.text.html import attributes

WORDING, TEASER = "wording", "teaser"  # why something was dropped
_NEAR = 5  # elements between words and the heading they stand in
_CONTAINER = 0.25  # an element with more of the text than this is the article's own
_PARAGRAPH = 80  # characters without white space from which a line is surely running text
_LINE = 160
_LINKED = 0.75
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SLUGGED = _HEADINGS | {"p", "li", "span", "a"}  # their ids are often made of their own words
_HEADERS = frozenset({"header", "hgroup"})
_LONGEST_STANDFIRST = 400
_STOP = re.compile(r"""[.!?…。！？؟।:;,]["'”’»)\]]*\Z""")
_SENTENCE = re.compile(r"""[.!?…。！？؟।]["'”’»)\]]*\Z""")
_BYLINE = re.compile(r"(?:written |words |story |report(?:ed)? )?(?:by|von|par|por|di|door|av)\b:? ", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")  # in "related-stories" and in "relatedStories"
_MOST_NAMES = 40
_HIDDEN_STYLE = re.compile(r"display:none|visibility:hidden")
_LATE = 0.6  # of the text, from which on a heading may end it
_TAIL = 0.35  # of the text that an ending may cut off
_DECLARED_SHARE = 0.7
_DECLARED_START = 40
_MOST_SUBHEAD = 120
_FEWEST_IN_LAYOUT = 3  # paragraphs in one cell


class Sifted(NamedTuple):
    """The article's passages with their kinds in the order of the page, and those that are furniture, each with why."""

    kept: list[tuple[Passage, ParagraphKind]]
    dropped: list[tuple[Passage, str]]


class Known(NamedTuple):
    """What is known of the article from elsewhere: its title, its description, its body as the page declares it, and
    where on the page titles of other articles stand with their first words (where these blocks begin).
    """

    title: str = ""
    description: str = ""
    body: str = ""
    cards: Collection[int] = ()


def sift(passages: Sequence[Passage], known: Known) -> Sifted:
    """Take the furniture out of an article's passages and say what each of the rest is."""
    marks = _marks(passages)
    why: dict[int, str] = {}
    _add(why, "title", (i for i, one in enumerate(passages) if _is_title(one, known.title)))
    _add(why, TEASER, (i for i, one in enumerate(passages) if one.block.start in known.cards))
    _add(why, "hidden", _hidden(passages, marks, why))
    _add(why, "element", _named(passages, marks, why))
    _add(why, "after the end", _after_the_end(passages, why))
    _add(why, WORDING, (i for i, one in enumerate(passages) if _is_worded(one)))
    _add(why, "links", _linked(passages, why))
    _add(why, "not declared", _undeclared(passages, why, known.body))
    rest = [i for i in range(len(passages)) if i not in why]
    leading = _leading(passages, rest)
    layout = _layout(passages)
    standfirsts = {i for i in rest[: leading + 1] if _is_standfirst(passages, i, marks[i], known)}
    _add(why, "label", (i for i in rest[:leading] if i not in standfirsts and not _may_lead(passages[i])))
    kept = [i for i in rest if i not in why]
    return Sifted(
        [
            (passages[i], ParagraphKind.STANDFIRST if i in standfirsts else _kind(passages[i], marks[i], layout))
            for i in kept
        ],
        [(passages[i], why[i]) for i in sorted(why)],
    )


def _add(why: dict[int, str], reason: str, found: Iterable[int]) -> None:
    """Enter a reason for those that have none yet."""
    for i in list(found):
        why.setdefault(i, reason)


class _Mark(NamedTuple):
    """What the elements around a passage say; the names of those that hold much of the text do not count."""

    hidden: bool
    furniture: bool
    standfirst: bool
    caption: bool


def _marks(passages: Sequence[Passage]) -> list[_Mark]:
    weights: Counter[int] = Counter()
    for one in passages:
        size = one.size
        for element in one.around():
            weights[id(element)] += size
    most = _CONTAINER * sum(one.size for one in passages)
    containers = {key for key, weight in weights.items() if weight > most}
    found: dict[int, _Mark] = {}
    return [_mark(one, containers, found) for one in passages]


def _mark(one: Passage, containers: set[int], found: dict[int, _Mark]) -> _Mark:
    own = list(takewhile(lambda element: id(element) not in containers, one.around()))
    for element in own:
        if id(element) not in found:
            found[id(element)] = _of_element(element)
    said = [found[id(element)] for element in own]
    return _Mark(
        any(mark.hidden for mark in said),
        any(mark.furniture for mark in said),
        any(mark.standfirst for mark in said),
        any(mark.caption for mark in said),
    )


def _of_element(element: Element) -> _Mark:
    said = attributes(element.tag) if " " in element.tag else {}
    own = "" if element.name in _SLUGGED else said.get("id", "")
    called = _called(f"{said.get('class', '')} {own} {said.get('data-component', '')}")
    names = _names()
    hidden = "hidden" in said or bool(_HIDDEN_STYLE.search(said.get("style", "").replace(" ", "").lower()))
    return _Mark(
        hidden or not names["hidden"].isdisjoint(called),
        not names["furniture"].isdisjoint(called) or said.get("rel") == "author",
        not names["standfirst"].isdisjoint(called) or said.get("itemprop") == "description",
        element.name == "figcaption" or not names["caption"].isdisjoint(called),
    )


def _called(names: str) -> set[str]:
    """The words in class names, in lower case, and every two that stand side by side in one name, as one."""
    called = set()
    for name in names.split()[:_MOST_NAMES]:
        words = [word.lower() for word in _NAME_WORD.findall(name)]
        called.update(words)
        called.update(first + second for first, second in pairwise(words))
    return called


def is_caption(element: Element) -> bool:
    """Whether an element is a picture's caption by its own name."""
    return _of_element(element).caption


def is_credit(tag: str) -> bool:
    """Whether an opening tag's names say that it holds a picture's credit."""
    said = attributes(tag)
    return not _names()["credit"].isdisjoint(_called(f"{said.get('class', '')} {said.get('itemprop', '')}"))


def _is_title(one: Passage, title: str) -> bool:
    if any(element.name == "h1" for element in islice(one.around(), _NEAR)):
        return True
    return bool(title) and len(one.text) < 2 * len(title) and folded(one.text) == folded(title)


def _hidden(passages: Sequence[Passage], marks: Sequence[_Mark], why: Mapping[int, str]) -> set[int]:
    """What a browser does not show at first; where that is most of the text, the page hides it behind a button."""
    hidden = {i for i, mark in enumerate(marks) if mark.hidden}
    return hidden if _leaves(passages, hidden, why) else set()


def _named(passages: Sequence[Passage], marks: Sequence[_Mark], why: Mapping[int, str]) -> set[int]:
    """The passages in elements that bear a name of furniture, unless that is most of the text."""
    named = {i for i, mark in enumerate(marks) if i not in why and mark.furniture}
    return named if _leaves(passages, named, why) else {i for i in named if passages[i].size < _PARAGRAPH}


def _leaves(passages: Sequence[Passage], chosen: Collection[int], why: Mapping[int, str], share: float = 0.5) -> bool:
    """Whether that share of the text is left without the chosen passages."""
    total = sum(one.size for i, one in enumerate(passages) if i not in why)
    return sum(passages[i].size for i in chosen if i not in why) <= (1 - share) * total


def _is_worded(one: Passage) -> bool:
    """Whether a passage's wording says that it is furniture."""
    text = one.text.lower()
    if len(text) <= _LINE and _lines()["whole"].fullmatch(text.strip(" *[]()»>→▶")):
        return True
    if not _lines()["start"].match(text.lstrip(" *[(»>→▶•-|")):
        return False
    return len(text) <= _LINE or (one.block.linked > 0 and len(text) <= 3 * _LINE)


def asks_to_pay(text: str) -> bool:
    """Whether a text says that an article goes on for those who pay."""
    return _lines()["wall"].search(text.lower()) is not None


def _linked(passages: Sequence[Passage], why: Mapping[int, str]) -> set[int]:
    """Lines that are all link and no sentence, unless the article is made of such."""
    lines = {i for i, one in enumerate(passages) if _is_link(one)}
    return lines if _leaves(passages, lines, why, _LINKED) else set()


def _is_link(one: Passage) -> bool:
    if _heading(one) or len(one.text) > 2 * _LINE or _SENTENCE.search(one.text[-4:]):
        return False
    return one.block.linked >= _LINKED * (one.block.end - one.block.start)


def _heading(one: Passage) -> bool:
    return any(element.name in _HEADINGS for element in islice(one.around(), _NEAR))


def _undeclared(passages: Sequence[Passage], why: Mapping[int, str], body: str) -> set[int]:
    """Where the page declares its article's text and that text is most of what is here, the rest is furniture."""
    declared = folded(body)
    if len(declared) < 2 * _LINE:
        return set()
    outside = {i for i, one in enumerate(passages) if i not in why and not _is_declared(one, declared)}
    if not _leaves(passages, outside, why, _DECLARED_SHARE):
        return set()
    return {i for i in outside if passages[i].size < _PARAGRAPH and not _heading(passages[i])}


def _is_declared(one: Passage, declared: str) -> bool:
    text = folded(one.text)
    return text[:_DECLARED_START] in declared or text[-_DECLARED_START:] in declared


def _after_the_end(passages: Sequence[Passage], why: Mapping[int, str]) -> Sequence[int]:
    """What follows a late heading such as "Related stories", that heading included."""
    rest = [i for i in range(len(passages)) if i not in why]
    total = sum(passages[i].size for i in rest)
    seen = 0
    for place, i in enumerate(rest):
        one = passages[i]
        if seen > _LATE * total and total - seen < _TAIL * total and one.size < _PARAGRAPH and _ends(one):
            return rest[place:]
        seen += one.size
    return ()


def _ends(one: Passage) -> bool:
    return _lines()["end"].fullmatch(one.text.lower().strip(" *[]()»>→▶")) is not None


def _leading(passages: Sequence[Passage], rest: Sequence[int]) -> int:
    """The place among `rest` of the first passage that is running text."""
    for place, i in enumerate(rest):
        if passages[i].size >= _PARAGRAPH and _STOP.search(passages[i].text[-4:]) and not _heading(passages[i]):
            return place
    return 0


def _may_lead(one: Passage) -> bool:
    """Whether a passage before the first running text may be part of the body: a sentence or a subhead, no label."""
    if _BYLINE.match(one.text) and one.size < _PARAGRAPH:
        return False
    return _SENTENCE.search(one.text[-4:]) is not None or (_heading(one) and one.size >= _PARAGRAPH // 4)


def _is_standfirst(passages: Sequence[Passage], at: int, mark: _Mark, known: Known) -> bool:
    """Whether a passage up to the first running text is a standfirst: by its name, or because it is the page's own
    description and stands apart, among the headings or with a byline or a picture behind it.
    """
    one = passages[at]
    if mark.standfirst:
        return one.size < _LONGEST_STANDFIRST
    if folded(one.text) != folded(known.description) or at + 1 >= len(passages):
        return False
    heads = any(element.name in _HEADINGS or element.name in _HEADERS for element in one.around())
    return heads or (len(one.text) <= _LINE and one.block.end < passages[at + 1].block.start)


def _layout(passages: Sequence[Passage]) -> set[int]:
    """The cells, by their identity, that hold several paragraphs of running text: tables that place, not tabulate."""
    running: Counter[int] = Counter()
    for one in passages:
        if one.size >= _PARAGRAPH:
            running.update(id(element) for element in one.around() if element.name in CELLS)
    return {cell for cell, number in running.items() if number >= _FEWEST_IN_LAYOUT}


def _kind(one: Passage, mark: _Mark, layout: Collection[int] = ()) -> ParagraphKind:
    if mark.caption:
        return ParagraphKind.CAPTION
    for element in one.around():
        if element.name in _HEADINGS:
            return ParagraphKind.SUBHEAD
        if element.name in _KINDS and id(element) not in layout:
            return _KINDS[element.name]
    bold = one.block.bold >= one.block.end - one.block.start
    if bold and len(one.text) < _MOST_SUBHEAD and not _STOP.search(one.text[-4:]):
        return ParagraphKind.SUBHEAD
    return ParagraphKind.BODY


_KINDS = {
    "li": ParagraphKind.LIST_ITEM,
    "dd": ParagraphKind.LIST_ITEM,
    "dt": ParagraphKind.LIST_ITEM,
    "blockquote": ParagraphKind.QUOTE,
    "q": ParagraphKind.QUOTE,
    "td": ParagraphKind.TABLE_ROW,
    "th": ParagraphKind.TABLE_ROW,
}


@cache
def _names() -> dict[str, frozenset[str]]:
    return {kind: frozenset(word.replace("-", "") for word in words) for kind, words in _words()["names"].items()}


@cache
def _lines() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile("|".join(f"(?:{words})" for words in phrases)) for kind, phrases in _words()["lines"].items()
    }


@cache
def _words() -> dict[str, dict[str, Iterable[str]]]:
    with files("readout.extract").joinpath("html.toml").open("rb") as stream:
        return tomllib.load(stream)
