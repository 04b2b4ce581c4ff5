"""Copies by article: which texts hang together, and so have to be looked at together to find their origin. Pure.

What was kept is asked for by article, each once; what was found since counts in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from readout.models import ArticleId, Copy

Pair = tuple[ArticleId, ArticleId]
Ask = Callable[[list[ArticleId]], Sequence[Copy]]


class Relations:
    """What is known of which article is taken from which. `ask` tells of all that articles share words with."""

    def __init__(self, copies: Iterable[Copy] = (), ask: Ask | None = None) -> None:
        self._ask = ask
        self._asked: set[ArticleId] = set()
        self._copies: dict[Pair, Copy] = {}
        self._others: dict[ArticleId, set[ArticleId]] = {}
        for one in copies:
            self.put(one)

    def __len__(self) -> int:
        return len(self._asked)

    def partners(self, article: ArticleId) -> list[ArticleId]:
        """The articles that share words with that one otherwise than by being the very same."""
        self.know([article])
        others = self._others.get(article, ())
        pairs = [(other, pair) for other in others for pair in ((article, other), (other, article))]
        return [other for other, pair in pairs if pair in self._copies and not self._copies[pair].identical]

    def put(self, one: Copy) -> None:
        """Keep what is known of these two, and nothing else of them."""
        self._leave(one.copy, one.original)
        self._copies[one.copy, one.original] = one
        self._others.setdefault(one.copy, set()).add(one.original)
        self._others.setdefault(one.original, set()).add(one.copy)

    def renew(self, article: ArticleId, copies: Iterable[Copy]) -> None:
        """These are all the relations of that article."""
        self.know([article])
        for other in list(self._others.get(article, ())):
            self._leave(article, other)
        for one in copies:
            self.put(one)

    def of(self, articles: Iterable[ArticleId]) -> list[Copy]:
        """The relations of those articles, each once, in order of ids."""
        asked = set(articles)
        self.know(asked)
        found = {pair for one in asked for other in self._others.get(one, ()) for pair in ((one, other), (other, one))}
        return [self._copies[pair] for pair in sorted(found & self._copies.keys())]

    def linked(self, articles: Iterable[ArticleId]) -> set[ArticleId]:
        """Those articles and all that they hang together with, directly or over others."""
        found: set[ArticleId] = set()
        ahead = set(articles)
        while ahead:
            self.know(ahead)
            found |= ahead
            ahead = {other for one in ahead for other in self._others.get(one, ())} - found
        return found

    def know(self, articles: Iterable[ArticleId]) -> None:
        """Ask for all that is known of those articles; of two that were asked for before, nothing is new."""
        new = [one for one in articles if one not in self._asked]
        if not new or not self._ask:
            return
        for one in self._ask(new):
            if one.copy not in self._asked and one.original not in self._asked:
                self.put(one)
        self._asked.update(new)

    def _leave(self, one: ArticleId, other: ArticleId) -> None:
        for pair in ((one, other), (other, one)):
            if self._copies.pop(pair, None):
                self._others[one].discard(other)
                self._others[other].discard(one)
