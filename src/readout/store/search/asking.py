"""What is asked of the index: a query as it was understood, made into one of the engine's. No index is opened here.

All clauses must hold. What a statement alone can answer (who said it, when, what it does) holds of an article when one
and the same statement in it answers all of that; `within` says in which articles such statements are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from tantivy import FieldType, Occur
from tantivy import Query as Asked

from readout.models import ArticleKind, Field, Query, Shelf, Term
from readout.store.search import schema

Within = Callable[[Asked], Collection[str]]

_TITLE = 2.0  # what a word in the title counts for
_BY = 0.5  # what one in the byline does
_BESIDE = 0.1  # what further places of a word add to its best
_ARTICLE_KINDS = frozenset(one.value for one in ArticleKind)
_SAID = frozenset({Field.SPEAKER, Field.SAID, Field.ACT})
_WORDS = {
    Shelf.ARTICLES: (("title", _TITLE), ("title_en", _TITLE), ("body", 1.0), ("body_en", 1.0), ("by", _BY)),
    Shelf.STATEMENTS: (("words", 1.0), ("words_en", 1.0), ("speaker", 1.0)),
}
_EPOCH = date(1970, 1, 1)


def asked(query: Query, shelf: Shelf, within: Within, holds: Callable[[str, str], bool]) -> Asked:
    """The query for that shelf. `holds` tells whether any document has that value in a field."""
    return _Asking(shelf, within, holds).all_of(query.clauses)


class _Asking:
    def __init__(self, shelf: Shelf, within: Within, holds: Callable[[str, str], bool]) -> None:
        self._shelf = shelf
        self._schema = schema.of(shelf)
        self._within = within
        self._holds = holds

    def all_of(self, clauses: Iterable[Sequence[Term]]) -> Asked:
        """What answers all clauses."""
        whole = list(clauses)
        joined = [one for one in whole if self._shelf is Shelf.ARTICLES and all(map(_is_said, one))]
        parts = [(Occur.Must, self._any_of(one)) for one in whole if one not in joined and not _is_against(one)]
        parts += [(Occur.MustNot, self.one(one[0])) for one in whole if one not in joined and _is_against(one)]
        if joined:
            parts.append((Occur.Must, self._articles_with(joined, whole)))
        if not any(occur is Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, Asked.all_query()))
        return Asked.boolean_query(parts)

    def _articles_with(self, joined: Sequence[Sequence[Term]], whole: Sequence[Sequence[Term]]) -> Asked:
        """Articles with a statement that answers all of those clauses; what else is asked of its article narrows it."""
        beside = [one for one in whole if one not in joined and all(map(_is_of_both, one))]
        asking = _Asking(Shelf.STATEMENTS, self._within, self._holds)
        return self._among(asking.all_of([*joined, *beside]))

    def _among(self, statements: Asked) -> Asked:
        found = list(self._within(statements))
        return Asked.term_set_query(self._schema, "article", found) if found else Asked.empty_query()

    def _any_of(self, clause: Sequence[Term]) -> Asked:
        if len(clause) == 1:
            return self.one(clause[0])
        return Asked.boolean_query([(Occur.Should, self._signed(term)) for term in clause])

    def _signed(self, term: Term) -> Asked:
        found = self.one(term)
        if not term.negated:
            return found
        return Asked.boolean_query([(Occur.Must, Asked.all_query()), (Occur.MustNot, found)])

    def one(self, term: Term) -> Asked:
        """What answers a term, whether or not it is negated."""
        if self._shelf is Shelf.ARTICLES and _of_statement(term):
            return self._among(_Asking(Shelf.STATEMENTS, self._within, self._holds).one(term))
        return self._plain(term)

    def _plain(self, term: Term) -> Asked:
        """What answers a term that this shelf knows of."""
        if term.field in {Field.BEFORE, Field.AFTER}:
            return self._days("day", term.since, term.until)
        if term.field is Field.SAID:
            return self._said(term)
        if term.field in {Field.KIND, Field.ACT, Field.LANG}:
            return self._exactly(term)
        return self._named(term)

    def _exactly(self, term: Term) -> Asked:
        is_way = term.field is Field.KIND and term.value not in _ARTICLE_KINDS
        name = "way" if is_way else term.field.value
        return Asked.term_query(self._schema, name, term.value, index_option="basic")

    def _named(self, term: Term) -> Asked:
        if term.field is Field.WORDS:
            return self._words(term.value, _WORDS[self._shelf])
        if term.field is Field.OUTLET:
            return self._outlet(term.value)
        if term.field is Field.ABOUT and self._shelf is Shelf.STATEMENTS:
            return self._words(term.value, (("about", 1.0), ("words", 1.0), ("words_en", 1.0)))
        return self._run(term.field.value, term.value)

    def _words(self, words: str, fields: Iterable[tuple[str, float]]) -> Asked:
        found = [Asked.boost_query(self._run(name, words), weight) for name, weight in fields]
        return Asked.disjunction_max_query(found, tie_breaker=_BESIDE)

    def _run(self, field: str, words: str) -> Asked:
        """These words side by side in that field."""
        cut = tokens(words, schema.ENGLISH if field.endswith("_en") else schema.PLAIN)
        if not cut:
            return Asked.empty_query()
        if len(cut) == 1:
            return Asked.term_query(self._schema, field, cut[0])
        return Asked.phrase_query(self._schema, field, list(cut))

    def _outlet(self, name: str) -> Asked:
        """The outlet of that name, or where there is none all with those words in their names."""
        key = schema.outlet_key(name)
        if self._holds("outlet_key", key):
            return Asked.term_query(self._schema, "outlet_key", key, index_option="basic")
        return self._run("outlet", name)

    def _said(self, term: Term) -> Asked:
        """Said on one of those days for certain."""
        parts = []
        if term.since:
            parts.append((Occur.Must, self._days("said_from", term.since, None)))
        if term.until:
            parts.append((Occur.Must, self._days("said_to", None, term.until)))
        return Asked.boolean_query(parts or [(Occur.Must, self._days("said_from", date.min, None))])

    def _days(self, field: str, since: date | None, until: date | None) -> Asked:
        low = (since - _EPOCH).days if since else None
        high = (until - _EPOCH).days if until else None
        made: Asked = Asked.range_query(self._schema, field, FieldType.Integer, low, high, include_upper=high is None)
        return Asked.const_score_query(made, 0.0)


def tokens(words: str, how: str) -> tuple[str, ...]:
    """The words as they are kept."""
    return tuple(schema.analyzer(how).analyze(schema.spaced(words)))


def _is_said(term: Term) -> bool:
    """Whether a statement alone can answer it."""
    return not term.negated and _of_statement(term)


def _of_statement(term: Term) -> bool:
    return term.field in _SAID or (term.field is Field.KIND and term.value not in _ARTICLE_KINDS)


def _is_of_both(term: Term) -> bool:
    """Whether it means the same of an article and of a statement in it."""
    return term.field in {Field.OUTLET, Field.WIRE, Field.LANG, Field.BEFORE, Field.AFTER}


def _is_against(clause: Sequence[Term]) -> bool:
    return len(clause) == 1 and clause[0].negated
