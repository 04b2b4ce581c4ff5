"""The index follows what is kept: through the outbox, after a crash, after a merge; and answers with what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from readout.engine import Engine
from readout.errors import NotIndexedError
from readout.models import Article, ArticleId, CopyGroup, Regrouping, Shelf
from readout.run import indexing
from readout.run.base import silent
from readout.store.memory import MemoryStore
from readout.store.search.index import SearchIndex
from tests.builders import NOON, article, harvest
from tests.store.annotating import MARR, annotation, statement

ADDRESS = "https://harbour.example/ferry"
FERRY = article("Ferry stops", "The ferry stops on Monday.", address=ADDRESS)
BILL = article("Bill passes", "The harbour bill passes.", outlet="Coast Radio")


def engine(*articles: Article) -> Engine:
    """An archive in memory."""
    made = Engine(MemoryStore())
    made.store.keep([harvest(one) for one in articles])
    return made


def titles(of: Engine, text: str) -> list[str]:
    """What is found."""
    return [one.article.title for one in of.search(text).results]


def test_what_is_kept_is_found_and_what_comes_later_too() -> None:
    archive = engine(FERRY)
    assert titles(archive, "ferry") == ["Ferry stops"]
    archive.store.keep([harvest(BILL)])
    assert titles(archive, "passes") == ["Bill passes"]
    assert archive.store.count_notes() == 0


def test_an_edited_article_is_found_by_its_words_of_today() -> None:
    archive = engine(FERRY)
    assert titles(archive, "monday") == ["Ferry stops"]
    edited = article("Ferry stops", "The boat stops on Tuesday.", address=ADDRESS)
    archive.store.keep([harvest(edited, captured=NOON + timedelta(hours=1))])
    assert (titles(archive, "monday"), titles(archive, "tuesday")) == ([], ["Ferry stops"])


def test_statements_are_found_once_they_are_understood() -> None:
    archive = engine(FERRY)
    assert archive.search("marr", shelf=Shelf.STATEMENTS).results == ()
    said = statement(1, MARR)
    archive.store.annotated([annotation(FERRY, said)])
    (found,) = archive.search("speaker:marr", shelf=Shelf.STATEMENTS).results
    assert (found.statement, found.number, found.article.title) == (said, 1, "Ferry stops")
    assert titles(archive, "speaker:marr") == ["Ferry stops"]


def test_copies_that_are_found_later_are_folded() -> None:
    reprint = article("Ferry stops", "The ferry stops on Monday, agencies say.", outlet="Echo")
    archive = engine(FERRY, reprint)
    assert len(archive.search("ferry").results) == 2
    ids = (FERRY.id, reprint.id)
    archive.store.regroup(Regrouping(0, copying=ids, groups=(CopyGroup(FERRY.id, (reprint.id,), None, "why"),)))
    (found,) = archive.search("ferry").results
    assert found.others == 1


def test_articles_that_became_one_are_found_once() -> None:
    archive = engine(article("Talks resume", outlet=None))
    assert titles(archive, "talks") == ["Talks resume"]
    archive.store.keep([harvest(article("Talks resume"), article("Quay opens"))])
    kept = archive.articles()
    assert len(archive.search("talks").results) == sum(one.title == "Talks resume" for one in kept)


def test_a_crash_before_crossing_out_loses_and_doubles_nothing(tmp_path: Path) -> None:
    store, index = MemoryStore(), SearchIndex(tmp_path)
    indexing.brought(store, index, silent)
    store.keep([harvest(FERRY)])
    noted = store.notes()
    assert index.put(indexing.entries(store, store.chosen([FERRY.id])), ())
    assert store.notes() == noted
    assert indexing.brought(store, SearchIndex(tmp_path), silent) == 1
    assert (store.count_notes(), SearchIndex(tmp_path).size()) == (0, (1, 0))


def test_a_crash_before_the_index_has_it_loses_nothing(tmp_path: Path) -> None:
    store, index = MemoryStore(), SearchIndex(tmp_path)
    store.keep([harvest(FERRY)])
    indexing.brought(store, index, silent)
    store.keep([harvest(BILL)])
    assert SearchIndex(tmp_path).size() == (1, 0)
    assert indexing.brought(store, SearchIndex(tmp_path), silent) == 1
    assert SearchIndex(tmp_path).size() == (2, 0)


def test_an_index_that_is_gone_is_made_of_everything(tmp_path: Path) -> None:
    store = MemoryStore()
    store.keep([harvest(FERRY), harvest(BILL)])
    indexing.brought(store, SearchIndex(tmp_path / "one"), silent)
    assert store.count_notes() == 0
    told: list[tuple[int, int | None]] = []
    assert indexing.brought(store, SearchIndex(tmp_path / "two"), lambda *done: told.append(done)) == 2
    assert told[-1] == (2, 2)
    assert SearchIndex(tmp_path / "two").size() == (2, 0)


def test_what_comes_while_it_is_made_stays_taken_down(tmp_path: Path) -> None:
    store = MemoryStore()
    store.keep([harvest(FERRY)])

    def meanwhile(_done: int, _total: int | None) -> None:
        store.keep([harvest(BILL)])

    indexing.made_anew(store, SearchIndex(tmp_path), meanwhile)
    assert [one.article for one in store.notes()] == [BILL.id]


def test_an_archive_on_disk_says_when_there_is_no_index(tmp_path: Path) -> None:
    archive = replace(engine(FERRY), index_at=tmp_path / "search")
    with pytest.raises(NotIndexedError):
        archive.search("ferry")
    assert (archive.index(), archive.index(), archive.index(anew=True)) == (1, 0, 1)
    assert titles(archive, "ferry") == ["Ferry stops"]


def test_what_is_no_longer_kept_is_left_out(tmp_path: Path) -> None:
    archive = replace(engine(FERRY), index_at=tmp_path / "search")
    index = SearchIndex(tmp_path / "search")
    gone = indexing.entries(engine(BILL).store, [BILL])
    index.made_anew([[*gone, *indexing.entries(archive.store, [FERRY])]])
    assert titles(archive, "harbour OR ferry") == ["Ferry stops"]
    assert ArticleId(BILL.id) not in {one.article.id for one in archive.search("harbour").results}


def test_an_empty_query_finds_nothing_and_is_no_error() -> None:
    looked = engine(FERRY).search('said:soon ""')
    assert (looked.results, looked.findings.total, len(looked.query.misread)) == ((), 0, 1)
