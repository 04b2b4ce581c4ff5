"""Annotating: everything once, in this process or beside it; a bug costs one article; nothing is lost in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from readout import pipeline
from readout.annotate import annotator, material
from readout.errors import StoreError
from readout.models import Annotation, AnnotationReport, Article, ArticleId, Stage
from readout.run import annotating
from readout.run.base import silent
from readout.store.memory import MemoryStore
from tests.builders import article, harvest

SAYING = 'The minister, Ilse Marr, said on Friday: "We will not close the harbour."'


def filled(*articles: Article) -> MemoryStore:
    """A store with those articles."""
    store = MemoryStore()
    store.keep([harvest(*articles)])
    return store


def test_every_edition_is_annotated_once() -> None:
    store = filled(article("One", SAYING), article("Other", SAYING))
    steps: list[tuple[int, int | None]] = []
    report = annotating.annotate(store, lambda done, total: steps.append((done, total)))
    assert (report.articles, report.failed, steps) == (2, 0, [(2, 2)])
    assert report.statements >= 2
    assert annotating.annotate(store, silent) == AnnotationReport()
    for one in store.articles():
        assert store.annotation(one.edition) == pipeline.annotation(one)


def test_what_an_older_version_made_is_done_again_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(article("One", SAYING))
    annotating.annotate(store, silent)
    before = store.annotation(article("One", SAYING).edition)
    monkeypatch.setattr(annotator, "VERSION", "readout/next")
    assert annotating.annotate(store, silent).articles == 0
    assert annotating.annotate(store, silent, stale=True).articles == 1
    after = store.annotation(article("One", SAYING).edition)
    assert before
    assert after
    assert after.annotator == "readout/next"
    assert [one.id for one in after.statements] == [one.id for one in before.statements]


def test_ids_stay_when_the_archive_finds_out_which_article_a_text_is() -> None:
    alone = article("One", SAYING)
    joined = replace(alone, known_as=ArticleId("aother"))
    ids = [[one.id for one in pipeline.annotation(text).statements] for text in (alone, joined)]
    assert ids[0] == ids[1] != []


def test_a_bug_costs_one_article_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def annotation(one: Article) -> Annotation:
        if one.title == "Bad":
            message = "no"
            raise KeyError(message)
        return annotator.understood(material.material(one))

    monkeypatch.setattr(annotator, "annotation", annotation)
    store = filled(article("Bad", SAYING), article("Good", SAYING))
    report = annotating.annotate(store, silent)
    assert (report.articles, report.failed) == (2, 1)
    (dropped,) = store.rejections()
    assert (dropped.stage, dropped.subject, dropped.reason) == (Stage.ANNOTATE, "Bad", annotating.FAILED)
    assert "KeyError: 'no' (run/test_annotating.py:" in dropped.detail
    assert annotating.annotate(store, silent) == AnnotationReport()


def test_an_exhausted_memory_is_no_bug_of_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def annotation(_: Article) -> Annotation:
        raise MemoryError

    monkeypatch.setattr(annotator, "annotation", annotation)
    with pytest.raises(MemoryError):
        annotating.annotate(filled(article()), silent)


def test_beside_this_process_the_same_comes_out_in_the_same_order() -> None:
    articles = [article(f"Report {number}", SAYING) for number in range(20)]
    assert list(annotating.understood(articles, jobs=2)) == list(annotating.understood(articles))


def test_what_arrives_is_annotated_while_somebody_watches() -> None:
    store = filled(article("One", SAYING))
    with annotating.watching(store, every=0.01):
        assert _within(lambda: store.count_unannotated() == 0)
        store.keep([harvest(article("Other", SAYING))])
        assert _within(lambda: store.count_unannotated() == 0)


def test_a_fault_is_told_and_the_watch_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: object) -> None:
        message = "the disk is full"
        raise StoreError(message)

    store = filled(article("One", SAYING))
    monkeypatch.setattr(store, "annotated", full)
    with annotating.watching(store, every=0.01):
        assert _within(lambda: "the disk is full" in caplog.text)
        monkeypatch.undo()
        assert _within(lambda: store.count_unannotated() == 0)


def _within(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()
