"""The hashtags of all articles, counted as articles come and go: which articles have a tag, and when they came.

It holds numbers and names, no text, and never looks at the whole archive because one article came. What the archive
calls somebody is found anew when it has grown by a fiftieth: what a thousand articles agree on, one more does not
change.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from heapq import nlargest

from readout.group import hashtags
from readout.models import ArticleId, Tag, TagCount, TagKind

_TWICE = 2  # articles that have a full name before short ones go by it
_GROWN = 50  # a fiftieth
_SPARE = 3  # times as many as are asked for are counted to the last, as two names of one may share articles
_FIXED = frozenset({TagKind.PLACE, TagKind.PHRASE})  # what goes by no other name

_Raw = tuple[str, bool]  # the key of a tag as its article has it, and whether that goes by no other name


class TagShelf:
    """The hashtags of an archive. Not safe for threads; `len` counts articles."""

    def __init__(self) -> None:
        self._packed: dict[ArticleId, str] = {}
        self._row: dict[ArticleId, int] = {}
        self._articles: list[ArticleId | None] = []  # by row; None where it was forgotten
        self._days: list[date | None] = []
        self._places: dict[_Raw, array[int]] = {}  # rows
        self._forms: dict[_Raw, Counter[tuple[TagKind, str]]] = {}
        self._spelled: dict[str, str] = {}  # from the key of a tag's text to its own, where that is another
        self._people: Counter[str] = Counter()
        self._canon: Mapping[str, str] = {}
        self._behind: dict[str, list[_Raw]] = defaultdict(list)
        self._named = 0  # how many of them, an article at a time
        self._stirred = 0  # names that came or went since names were compared
        self._listed: tuple[TagCount, ...] = ()

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._packed

    @property
    def articles(self) -> frozenset[ArticleId]:
        """The articles that are known here."""
        return frozenset(self._packed)

    def put(self, article: ArticleId, day: date | None, packed: str) -> None:
        """The tags of an article, in place of what it had."""
        row = self._row.get(article)
        if row is not None and self._packed[article] == packed and self._days[row] == day:
            return
        self.forget((article,))
        self._packed[article], self._row[article] = packed, len(self._articles)
        self._articles.append(article)
        self._days.append(day)
        for tag in {one.key: one for one in hashtags.unpacked(packed)}.values():
            self._file(tag, len(self._articles) - 1)

    def _file(self, tag: Tag, row: int) -> None:
        raw = (tag.key, tag.kind in _FIXED)
        if raw not in self._places:
            self._places[raw], self._forms[raw] = array("I"), Counter()
            self._behind[self._known_as(raw)].append(raw)
        self._places[raw].append(row)
        self._forms[raw][tag.kind, tag.name] += 1
        written = hashtags.key(tag.text)
        if written != tag.key:
            self._spelled.setdefault(written, tag.key)
        if tag.kind is TagKind.PERSON:
            self._people[tag.name] += 1
            self._named, self._stirred = self._named + 1, self._stirred + 1

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """Leave those articles out from now on."""
        for article in articles:
            packed = self._packed.pop(article, None)
            if packed is None:
                continue
            self._articles[self._row.pop(article)] = None
            for tag in {one.key: one for one in hashtags.unpacked(packed)}.values():
                self._forms[tag.key, tag.kind in _FIXED][tag.kind, tag.name] -= 1
                if tag.kind is TagKind.PERSON:
                    self._people[tag.name] -= 1
                    self._named, self._stirred = self._named - 1, self._stirred + 1

    def settle(self) -> None:
        """Compare the names of people anew, if there are as many new ones that it may matter."""
        if self._stirred * _GROWN <= self._named:
            return
        self._stirred = 0
        self._canon = hashtags.canonical(+self._people, _TWICE)
        self._behind = defaultdict(list)
        for raw in self._places:
            self._behind[self._known_as(raw)].append(raw)
        self._listed = ()

    def stale(self) -> None:
        """Count anew when somebody asks again which are met most."""
        self._listed = ()

    def tags(self, article: ArticleId) -> tuple[Tag, ...]:
        """The hashtags of an article by the names that the archive uses; none for one that is not known."""
        return hashtags.renamed(hashtags.unpacked(self._packed.get(article, "")), self._canon)

    def most(self, limit: int) -> tuple[TagCount, ...]:
        """The hashtags that most articles have, the most met first."""
        if len(self._listed) < limit:
            sizes = {key: sum(len(self._places[raw]) for raw in raws) for key, raws in self._behind.items()}
            likely = nlargest(limit * _SPARE, sizes, key=lambda key: (sizes[key], key))
            counts = [found for key in likely if (found := self._counted(key))]
            self._listed = tuple(sorted(counts, key=lambda one: (-one.articles, one.tag.key))[:limit])
        return self._listed[:limit]

    def found(self, name: str) -> TagCount | None:
        """What has that hashtag, by its name in whatever spelling."""
        key = hashtags.key(name)
        other = hashtags.key(self._canon.get(key, ""))
        keys = (other, key, self._spelled.get(key, ""))
        return next((found for one in keys if one and (found := self._counted(one))), None)

    def _known_as(self, raw: _Raw) -> str:
        key, fixed = raw
        name = None if fixed else self._canon.get(key)
        return hashtags.key(name) if name else key

    def _counted(self, key: str) -> TagCount | None:
        rows = {row for raw in self._behind.get(key, ()) for row in self._places[raw] if self._articles[row]}
        if not rows:
            return None
        shown: Counter[Tag] = Counter()
        for raw in self._behind[key]:
            forms = [hashtags.tag(name, kind) for kind, name in self._forms[raw]]
            for tag, number in zip(hashtags.each_renamed(forms, self._canon), self._forms[raw].values(), strict=True):
                shown[replace(tag, weight=0.0)] += number
        places = [(self._days[row], article) for row in rows if (article := self._articles[row])]
        return hashtags.count(shown, places)
