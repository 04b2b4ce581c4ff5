"""What is put into the index is found by what it says, in whatever order it came; and an index is whole or none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import NotIndexedError
from readout.models import (
    Act,
    Annotation,
    Article,
    ArticleId,
    Basis,
    Credit,
    Entity,
    EntityId,
    EntityKind,
    Findings,
    Mention,
    Moment,
    Precision,
    Shelf,
    Sorting,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    reading,
)
from readout.store.search import index as search
from readout.store.search.index import SearchIndex
from readout.store.search.marking import Marks
from readout.store.search.schema import Entry, days
from readout.text import query
from tests.builders import NOON, article, published

TODAY = NOON.date()
DAY = timedelta(days=1)


def entry(title: str, *body: str, outlet: str = "The Harbour Post", language: str = "en", day: int = 0) -> Entry:
    """An article published so many days after the first."""
    made = replace(article(title, *body, outlet=outlet, published=published(NOON + day * DAY)), language=language)
    return Entry(made, None, None, NOON + day * DAY)


def said(of: Entry, words: str, speaker: str = "Ilse Marr", **more: object) -> Statement:
    """A statement with these words of the article."""
    at = reading(of.article).text.index(words)
    kind, id_ = StatementKind.DIRECT, StatementId(f"s{of.article.id[1:9]}{at}{speaker[:4]}")
    entity = EntityId("emarr") if speaker == "Ilse Marr" else None
    by = Speaker(speaker, SpeakerType.PERSON, entity)
    made = Statement(id_, of.article.id, kind, (Span(at, at + len(words)),), None, None, by)
    return replace(made, **more)  # type: ignore[arg-type]


def annotated(of: Entry, *statements: Statement, entities: Sequence[Entity] = ()) -> Entry:
    """The entry with these statements."""
    annotation = Annotation(of.article.id, of.article.edition, "test/1", "en", statements, tuple(entities))
    return of._replace(annotation=annotation)


def on(day: date) -> Moment:
    """A day."""
    at = NOON.replace(year=day.year, month=day.month, day=day.day, hour=0)
    return Moment(at, Precision.DAY, Basis.STATED, str(day))


MARR = Entity(EntityId("emarr"), EntityKind.PERSON, "Ilse Marr", ("Marr",), (), (Mention(Span(0, 4), "name"),))
BILL = entry("Parliament passes the harbour bill", "Marr said that fees would rise. We promised nothing, Vance said.")
BILL = annotated(
    BILL,
    said(BILL, "fees would rise", act=Act.PREDICTION, kind=StatementKind.INDIRECT, said=on(date(2025, 7, 18))),
    said(BILL, "We promised nothing", "Teodor Vance", act=Act.DENIAL),
    entities=[MARR],
)
FERRY = entry(
    "Ferries stop", "The ferry to Veld stops on Monday. “We regret it,” Marr said.", outlet="Coast Radio", day=2
)
FERRY = annotated(FERRY, said(FERRY, "We regret it", act=Act.EVALUATION), entities=[MARR])
REPRINT = entry("Ferries stop", "The ferry to Veld stops on Monday. “We regret it,” Marr said.", outlet="Echo", day=3)
REPRINT = annotated(REPRINT, said(REPRINT, "We regret it", act=Act.EVALUATION), entities=[MARR])._replace(
    origin=FERRY.article.id
)
WIRE = entry("Steel duties", "Duties on steel rise in the harbour towns.", day=5)
WIRE = WIRE._replace(article=replace(WIRE.article, credits=(Credit("AFP"),)))
KYIV = entry("Зустріч у Києві", "Президенти зустрілися у Києві.", outlet="Дзвін", language="uk", day=6)
TOKYO = entry("核兵器の会議", "東京で核兵器の会議が開かれた。", outlet="東京日報", language="ja", day=7)
CAFE = entry("Le café du port", "Un CAFÉ au port de Veld.", outlet="Écho", language="fr", day=8)
EVERY = (BILL, FERRY, REPRINT, WIRE, KYIV, TOKYO, CAFE)


def made(entries: Sequence[Entry] = EVERY, folder: Path | None = None) -> SearchIndex:
    """An index of these."""
    index = SearchIndex(folder)
    index.made_anew([entries])
    return index


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """An index of everything here, to be asked only."""
    return made()


def find(index: SearchIndex, text: str, shelf: Shelf = Shelf.ARTICLES, sorting: Sorting = Sorting.BEST) -> Findings:
    """What answers a query."""
    return index.find(query.parse(text, TODAY), shelf, sorting)


def titles(index: SearchIndex, text: str) -> list[str]:
    """The titles of the articles that answer."""
    known = {one.article.id: one.article.title for one in EVERY}
    return [known[hit.article] for hit in find(index, text).hits]


BILLS, FERRIES, STEEL = "Parliament passes the harbour bill", "Ferries stop", "Steel duties"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harbour bills", {BILLS}),
        ("HARBOUR", {BILLS, STEEL}),
        ("harbour -bill", {STEEL}),
        ("bill OR ferry", {BILLS, FERRIES}),
        ('"harbour bill"', {BILLS}),
        ('"bill harbour"', set()),
        ("-harbour -ferry lang:en", set()),
        ("outlet:harbour-post", {BILLS, STEEL}),
        ("outlet:echo", {FERRIES}),
        ('outlet:"the harbour post" wire:afp', {STEEL}),
        ("about:marr", {BILLS, FERRIES}),
        ("about:vance", set()),
        ("speaker:marr", {BILLS, FERRIES}),
        ("-speaker:marr lang:en", {STEEL}),
        ("speaker:vance act:denial", {BILLS}),
        ("speaker:marr act:denial", set()),
        ("speaker:marr OR wire:AFP", {BILLS, FERRIES, STEEL}),
        ("said:2025-07-18", {BILLS}),
        ("said:2025-07-19..", set()),
        ("kind:indirect", {BILLS}),
        ("kind:headline", set()),
        ("after:2025-07-21 before:2025-07-24", {FERRIES}),
        ("києві", {"Зустріч у Києві"}),
        ("核兵器", {"核兵器の会議"}),
        ("兵核", set()),
        ("cafe lang:fr", {"Le café du port"}),
        ("CAFÉ", {"Le café du port"}),
        ("zebra", set()),
    ],
)
def test_articles_are_found_by_what_they_say(index: SearchIndex, text: str, found: set[str]) -> None:
    assert set(titles(index, text)) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("regret", 2),
        ("marr", 3),
        ("speaker:marr", 3),
        ("speaker:vance promised", 1),
        ("act:denial -speaker:vance", 0),
        ("kind:indirect said:2025-07", 1),
        ("outlet:coast-radio", 1),
        ("fees -rise", 0),
        ("harbour", 0),
        ("-regret", 2),
    ],
)
def test_statements_are_found_by_what_they_say(index: SearchIndex, text: str, count: int) -> None:
    assert find(index, text, Shelf.STATEMENTS).total == count


def test_texts_that_many_print_are_one_answer(index: SearchIndex) -> None:
    found = find(index, "ferry")
    assert [(one.article, one.others) for one in found.hits] == [(REPRINT.article.id, 1)]
    assert found.total == 2
    (statement,) = find(index, "regret", Shelf.STATEMENTS).hits
    assert statement.others == 1
    (alone,) = find(index, "ferry outlet:coast-radio").hits
    assert (alone.article, alone.others) == (FERRY.article.id, 0)


def test_answers_divide_by_outlet_kind_and_time(index: SearchIndex) -> None:
    shares = find(index, "harbour OR ferry").shares
    assert shares
    assert {one.value: one.count for one in shares["outlet"]} == {"The Harbour Post": 2, "Coast Radio": 1, "Echo": 1}
    assert [one.value for one in shares["when"]] == ["2025-07-24", "2025-07-22", "2025-07-21", "2025-07-19"]
    assert find(index, "marr", Shelf.STATEMENTS).shares.keys() == {"speaker", "outlet", "kind", "act", "when"}  # type: ignore[union-attr]


def test_newest_and_oldest_stand_against_each_other(index: SearchIndex) -> None:
    newest = [one.article for one in find(index, "lang:en", sorting=Sorting.NEWEST).hits]
    assert newest == [WIRE.article.id, REPRINT.article.id, BILL.article.id]
    oldest = [one.article for one in find(index, "lang:en", sorting=Sorting.OLDEST).hits]
    assert oldest == [BILL.article.id, FERRY.article.id, WIRE.article.id]


ASKED = ("marr", "harbour OR ferry", "-harbour", "speaker:marr", "lang:en", "act:denial OR stops", "the")


def answers(index: SearchIndex, sortings: Sequence[Sorting] = tuple(Sorting)) -> list[Findings]:
    """Everything that the index answers."""
    return [find(index, text, shelf, one) for text in ASKED for shelf in Shelf for one in sortings]


@settings(max_examples=5, deadline=None)
@given(st.permutations(EVERY), st.integers(1, 6))
def test_the_order_of_coming_changes_no_answer(order: list[Entry], size: int) -> None:
    index = SearchIndex()
    index.made_anew([])
    for at in range(0, len(order), size):
        assert index.put(order[at : at + size], ())
    assert answers(index) == answers(made())


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(EVERY), max_size=8), st.sets(st.sampled_from(EVERY), max_size=3))
def test_made_anew_it_answers_as_it_did_step_by_step(steps: list[Entry], gone: set[Entry]) -> None:
    """The best may come in another order, as what was replaced counts until the engine tidies up."""
    index = made(EVERY[:3])
    for one in steps:
        index.put([one, one], ())
    index.put([], [one.article.id for one in gone])
    left = [one for one in dict.fromkeys([*EVERY[:3], *steps]) if one not in gone]
    in_time = (Sorting.NEWEST, Sorting.OLDEST)
    assert answers(index, in_time) == answers(made(left), in_time)
    assert index.size() == (len(left), sum(len(one.annotation.statements) for one in left if one.annotation))


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=80)
    | st.sampled_from(['" OR -"', "-" * 999, '"' * 999, "said:..", "\ud800 x", "a:" * 400, "[a TO *]"])
)
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    index = made_once()
    for shelf in Shelf:
        found = find(index, text, shelf)
        assert found.total >= len(found.hits)


_ONCE: list[SearchIndex] = []


def made_once() -> SearchIndex:
    """One index for all examples."""
    if not _ONCE:
        _ONCE.append(made())
    return _ONCE[0]


def test_screens_follow_each_other() -> None:
    many = [entry(f"Quay number {number}", f"Text {number}.", day=number) for number in range(45)]
    index = made(many)
    asked = query.parse("quay", TODAY)
    screens = [index.find(asked, Shelf.ARTICLES, Sorting.NEWEST, screen=number) for number in (1, 2, 3, 4, 999)]
    assert [len(one.hits) for one in screens] == [20, 20, 5, 0, 0]
    assert [one.more for one in screens] == [True, True, False, False, False]
    ids = [hit.article for one in screens for hit in one.hits]
    assert ids == [one.article.id for one in reversed(many)]


def test_where_there_is_no_index_it_says_so(tmp_path: Path) -> None:
    for index in (SearchIndex(), SearchIndex(tmp_path / "none")):
        assert not index.ready()
        with pytest.raises(NotIndexedError):
            find(index, "quay")


def test_another_process_sees_what_was_put_in(tmp_path: Path) -> None:
    mine, other = made(EVERY[:1], tmp_path), SearchIndex(tmp_path)
    assert find(other, "ferry").total == 0
    mine.put([FERRY], ())
    assert find(other, "ferry").total == 1
    mine.made_anew([[BILL]])
    assert (find(other, "ferry").total, find(other, "bill").total) == (0, 1)
    assert len([one for one in tmp_path.iterdir() if one.is_dir()]) == 1


def test_one_process_at_a_time_may_write(tmp_path: Path) -> None:
    mine, other = made(EVERY[:1], tmp_path), SearchIndex(tmp_path)
    (folder,) = (one for one in tmp_path.iterdir() if one.is_dir())
    with search._writing(search._opened(folder)):  # noqa: SLF001 - what another process would hold
        assert not mine.put([FERRY], ())
        assert not other.put([FERRY], ())
    assert other.put([FERRY], ())


@pytest.mark.parametrize("harm", ["no folder", "other format", "no json", "no meta", "outside"])
def test_a_damaged_index_counts_as_none_and_is_made_anew(tmp_path: Path, harm: str) -> None:
    made(EVERY, tmp_path)
    (folder,) = (one for one in tmp_path.iterdir() if one.is_dir())
    current = tmp_path / "current.json"
    if harm == "no folder":
        shutil.rmtree(folder)
    elif harm == "no meta":
        (folder / "articles" / "meta.json").write_text("{")
    else:
        said_now = {
            "other format": json.dumps({"format": "0", "folder": folder.name}),
            "no json": "\0",
            "outside": json.dumps({"format": search.FORMAT, "folder": "../.."}),
        }
        current.write_text(said_now[harm])
    index = SearchIndex(tmp_path)
    assert not index.ready()
    index.made_anew([EVERY])
    assert find(index, "ferry").total == 2


def test_a_crash_while_it_is_made_leaves_the_old_one(tmp_path: Path) -> None:
    index = made(EVERY[:1], tmp_path)

    def failing() -> object:
        yield [FERRY]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.made_anew(failing())  # type: ignore[arg-type]
    assert (find(index, "bill").total, find(index, "ferry").total) == (1, 0)


def test_days_that_a_moment_can_be_on() -> None:
    month = replace(on(date(2025, 2, 1)), precision=Precision.MONTH)
    year = replace(on(date(2025, 1, 1)), precision=Precision.YEAR)
    assert [last - first for first, last in (days(on(date(2025, 2, 3))), days(month), days(year))] == [0, 27, 364]


@pytest.mark.parametrize(
    ("text", "shown", "marked"),
    [
        ("bills", "The harbour bill and bills.", ["bill", "bills"]),
        ('"harbour bill"', "A harbour; the harbour bill.", ["harbour bill"]),
        ("cafe", "Un CAFÉ.", ["CAFÉ"]),
        ("核兵", "東京で核兵器", ["核兵"]),
        ("-bill ferry", "bill, ferry", ["ferry"]),
        ("Nord-Stream", "The Nord Stream pipe", ["Nord Stream"]),
        ("<b>", "<b>bold</b>", ["b", "b"]),
        ("act:denial", "denial", []),
    ],
)
def test_what_was_looked_for_is_marked(text: str, shown: str, marked: list[str]) -> None:
    spans = Marks(query.parse(text, TODAY), Shelf.ARTICLES).of(shown)
    assert [shown[start:end] for start, end in spans] == marked


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.text(max_size=200))
def test_marks_are_in_order_and_inside(text: str, shown: str) -> None:
    spans = Marks(query.parse(text, TODAY), Shelf.STATEMENTS).of(shown)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(shown) for edge in edges)


def test_an_article_that_is_gone_is_not_found() -> None:
    index = made(EVERY[:2])
    index.put([], [BILL.article.id, ArticleId("anone")])
    assert find(index, "bill").total == 0
    assert find(index, "speaker:vance", Shelf.STATEMENTS).total == 0


def test_of_another_edition_no_statement_is_told() -> None:
    other: Article = replace(BILL.article, title="Another title")
    assert made([BILL._replace(article=other)]).size() == (1, 0)
