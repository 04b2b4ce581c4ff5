"""Copies by article: which texts hang together, and so have to be looked at together to find their origin. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from readout.models import ArticleId, Copy

Pair = tuple[ArticleId, ArticleId]


class Relations:
    """What is known of which article is taken from which."""

    def __init__(self, copies: Iterable[Copy] = ()) -> None:
        self._copies: dict[Pair, Copy] = {}
        self._others: dict[ArticleId, set[ArticleId]] = {}
        for one in copies:
            self.put(one)

    def pairs(self) -> list[Pair]:
        """Every two articles that share words otherwise than by being the very same."""
        return [pair for pair, one in self._copies.items() if not one.identical]

    def put(self, one: Copy) -> None:
        """Keep what is known of these two, and nothing else of them."""
        self._leave(one.copy, one.original)
        self._copies[one.copy, one.original] = one
        self._others.setdefault(one.copy, set()).add(one.original)
        self._others.setdefault(one.original, set()).add(one.copy)

    def renew(self, article: ArticleId, copies: Iterable[Copy]) -> None:
        """These are all the relations of that article."""
        for other in list(self._others.get(article, ())):
            self._leave(article, other)
        for one in copies:
            self.put(one)

    def of(self, articles: Iterable[ArticleId]) -> list[Copy]:
        """The relations of those articles, each once, in order of ids."""
        asked = set(articles)
        found = {pair for one in asked for other in self._others.get(one, ()) for pair in ((one, other), (other, one))}
        return [self._copies[pair] for pair in sorted(found & self._copies.keys())]

    def linked(self, articles: Iterable[ArticleId]) -> set[ArticleId]:
        """Those articles and all that they hang together with, directly or over others."""
        ahead = list(articles)
        found = set(ahead)
        while ahead:
            new = self._others.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return found

    def _leave(self, one: ArticleId, other: ArticleId) -> None:
        for pair in ((one, other), (other, one)):
            if self._copies.pop(pair, None):
                self._others[one].discard(other)
                self._others[other].discard(one)
