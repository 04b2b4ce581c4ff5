"""The façade: the verbs, on an archive in memory and on one in a folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import readout
from readout.engine import Engine
from readout.errors import NotFoundError, StoreError
from readout.models import CaptureBasis
from readout.store.memory import MemoryStore
from tests import builders
from tests.present.cli.desk import CAPTURE


@pytest.fixture
def engine() -> Engine:
    """An archive in memory."""
    return Engine(MemoryStore())


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """The path of a capture."""
    path = tmp_path / "ferry.txt"
    path.write_text(CAPTURE, "utf-8")
    return str(path)


def test_from_a_file_to_an_article_and_back_to_its_characters(engine: Engine, capture: str) -> None:
    report = engine.import_paths([capture], captured=datetime(2031, 3, 20, tzinfo=UTC))
    assert (report.pages, report.articles, report.lost, report.unusable) == (1, 1, 0, ())
    (article,) = engine.articles()
    assert engine.article(article.id[:6]) == article
    (sighting,) = engine.sightings(article.id)
    assert sighting.captured == datetime(2031, 3, 20, tzinfo=UTC)
    page = engine.page(article.page)
    assert list(engine.on_page(page.id)) == [article]
    assert [page.text[start:end] for start, end in article.paragraphs[0].spans] == [article.paragraphs[0].text]
    assert list(engine.every_article()) == [article]


def test_outlets_losses_totals(engine: Engine, capture: str, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 20)
    engine.import_paths([str(tmp_path)])
    (count,) = engine.outlets()
    assert engine.outlet(count.outlet.id[:5]) == count
    assert len(engine.articles(outlet=count.outlet.id)) == count.articles == 1
    assert [(loss.reason, loss.count) for loss in engine.losses()] == [("not text", 1)]
    assert [dropped.subject for dropped in engine.rejections()] == [f"{tmp_path}/noise.txt"]
    assert engine.rejections(page=engine.articles()[0].page) == []
    assert (engine.totals().pages, engine.totals().rejections) == (1, 1)
    assert list(engine.check()) == []
    assert capture


def test_paths_that_do_not_exist_stop_nothing(engine: Engine, capture: str) -> None:
    report = engine.import_paths(["gone.txt", capture, "gone-too/"])
    assert [error.name for error in report.unusable] == ["gone.txt", "gone-too/"]
    assert report.articles == 1


def test_progress_knows_how_much_there_is(engine: Engine, capture: str, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "Talks"}\n' * 9, "utf-8")
    seen: list[tuple[int, int | None]] = []
    engine.import_paths([capture, str(tmp_path / "rows.jsonl")], progress=lambda *step: seen.append(step))
    assert seen[-1] == (10, 10)


def test_languages_that_are_not_wanted_are_dropped(capture: str) -> None:
    report = Engine(MemoryStore(), languages=("fr",)).import_paths([capture])
    assert (report.articles, [dropped.reason for dropped in report.rejected]) == (0, ["wrong language"])


def test_the_sample_is_there(engine: Engine) -> None:
    seen: list[tuple[int, int | None]] = []
    report = engine.load_sample(progress=lambda *step: seen.append(step))
    assert report.pages >= 30
    assert len(engine.outlets()) >= 9
    assert seen[-1] == (report.pages, report.pages)
    page = engine.page(engine.articles(limit=1)[0].page)
    assert page.captured_basis is CaptureBasis.DECLARED
    assert page.name.startswith("sample/")


def test_an_archive_in_a_folder_is_there_the_next_time(capture: str, tmp_path: Path) -> None:
    with readout.open(tmp_path / "deep" / "home") as engine:
        engine.import_paths([capture])
    with readout.open(str(tmp_path / "deep" / "home")) as engine:
        assert engine.totals().articles == 1


def test_an_archive_where_a_file_stands_cannot_be_opened(capture: str) -> None:
    with pytest.raises(StoreError):
        readout.open(Path(capture) / "home")


def test_what_is_not_there_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFoundError):
        engine.article("azzzzzzz")


SAID = '"We have checked every plank twice," the line\'s director, Ana Moreau, said on Thursday, April 2, 2031.'


def test_what_two_editions_of_an_article_hold_is_told_once(engine: Engine) -> None:
    first, second = (
        builders.article("Ferry reopens", SAID, ending, address="https://harbour.example/news/ferry")
        for ending in ("The first boat left at six.", "The first boat left at seven, an hour late.")
    )
    engine.store.keep([builders.harvest(first), builders.harvest(second, captured=builders.NOON.replace(hour=14))])
    assert engine.annotate().articles == 2
    (who,) = engine.meant("Moreau")
    assert who.articles == 2
    assert len(list(engine.said(who))) == 1
    days = [one.event.time.value for one in engine.events() if one.event.time]
    assert len(days) == len(set(days))


def test_a_ruling_changes_what_is_shown_and_nothing_that_is_kept(engine: Engine) -> None:
    one = builders.article("Ferry reopens", SAID)
    engine.store.keep([builders.harvest(one)])
    engine.annotate()
    kept = engine.store.annotation(one.edition)
    engine.rule("Ana Moreau", "A. M. Moreau", same=True)
    shown = engine.annotation(one.edition)
    assert shown
    assert "A. M. Moreau" in {entity.name for entity in shown.entities}
    assert engine.understood(one) == shown
    assert engine.store.annotation(one.edition) == kept
    assert [who.name for who in engine.meant("A. M. Moreau")] == ["A. M. Moreau"]
    assert [ruling.other for ruling in engine.rulings()] == ["A. M. Moreau"]


def test_what_is_not_annotated_is_understood_when_asked(engine: Engine) -> None:
    one = builders.article("Ferry reopens", SAID)
    engine.store.keep([builders.harvest(one)])
    assert engine.annotation(one.edition) is None
    ((held, found),) = engine.every_annotation()
    assert found == engine.understood(held)
    assert found.statements
