"""What all commands share: where `--data` may stand, how errors end, what counts look like, who sees a bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout import errors
from readout.errors import ReadoutError
from readout.present.cli import place, speak
from readout.present.cli.outcome import Outcome, outcome
from readout.present.cli.progress import bar
from readout.run.base import silent
from tests.present.cli.desk import Desk


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["articles", "--data", "d", "--json"], ["--data", "d", "articles", "--json"]),
        (["articles", "--data=d"], ["--data=d", "articles"]),
        (["--data", "d", "articles"], ["--data", "d", "articles"]),
        (["import", "--", "--data", "d"], ["import", "--", "--data", "d"]),
        (["articles", "--data"], ["--data", "articles"]),
    ],
)
def test_the_place_may_be_named_anywhere(typed: list[str], meant: list[str]) -> None:
    assert place.hoisted(typed) == meant


@given(st.lists(st.sampled_from(["import", "a.txt", "--json", "--data", "--data=d", "--", "-"])))
def test_no_argument_is_lost(typed: list[str]) -> None:
    assert sorted(place.hoisted(typed)) == sorted(typed)


def test_a_place_in_ones_own_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(desk.folder))
    elsewhere = Desk(Path("~"))
    assert "No faults" in elsewhere.readout("check").out
    assert (desk.folder / "home" / "readout.db").is_file()


_GIVEN: dict[str, tuple[object, ...]] = {
    "InputError": ("a.txt", "it is empty"),
    "NotFoundError": ("article", "abcd"),
    "AmbiguousIdError": ("article", "abcd"),
    "NotIndexedError": (),
    "RefusedError": (),
    "TooOftenError": (60,),
}


def test_every_error_has_an_exit_code_that_is_no_success() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ReadoutError)]
    assert len(kinds) == 11
    made = [kind(*_GIVEN.get(kind.__name__, ("why",))) for kind in kinds]
    assert all(outcome(error) is not Outcome.DONE for error in made)


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (1234567, "1,234,567 pages")])
def test_counts_are_words(number: int, words: str) -> None:
    assert speak.counted(number, "page") == words


def test_where_there_is_no_terminal_there_is_no_bar() -> None:
    with bar("Importing") as progress:
        assert progress is silent
        progress(1, None)
