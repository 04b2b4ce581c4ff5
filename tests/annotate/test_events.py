"""Events: what happened or will, who with, where, when; and what is no happening."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from readout.annotate import events
from readout.annotate.material import material
from readout.annotate.statements import statements
from readout.models import Basis, Event, EventStatus, Moment, Precision
from tests.builders import article

WEDNESDAY = Moment(datetime(2031, 4, 9, 12, tzinfo=UTC), Precision.MINUTE, Basis.STATED, "")


def found(*paragraphs: str, title: str = "Title", published: Moment | None = WEDNESDAY) -> tuple[Event, ...]:
    """The events of an article of those paragraphs."""
    read = material(article(title, *paragraphs, published=published))
    return events.events(read, statements(read))


def one(text: str) -> Event:
    """The only event of a text."""
    (event,) = found(text)
    return event


def day(event: Event) -> str:
    """The value of an event's time."""
    assert event.time is not None
    return event.time.value


@pytest.mark.parametrize(
    ("text", "what", "when", "status"),
    [
        ("Orrin Valtec met Tamsin Okell on Tuesday.", "Orrin Valtec met Tamsin Okell", "2031-04-08", "happened"),
        ("On Tuesday Orrin Valtec met Tamsin Okell.", "Orrin Valtec met Tamsin Okell", "2031-04-08", "happened"),
        ("They will meet in Eskby on April 24.", "They will meet in Eskby", "2031-04-24", "planned"),
        ("The gauge must be installed by May 3.", "The gauge must be installed", "2031-05-03", "deadline"),
        ("The deadline expired on Monday.", "The deadline expired", "2031-04-07", "deadline"),
        ("A bridge fell in the 1979 earthquake.", "1979 earthquake", "1979", "happened"),
        ("The treaty of 1974 holds.", "treaty of 1974", "1974", "happened"),
        ("It is unclear whether it follows Tuesday's call.", "Tuesday's call", "2031-04-08", "happened"),
        (
            "People died on Tuesday when a ferry capsized.",
            "People died … a ferry capsized",
            "2031-04-08",
            "happened",
        ),
    ],
)
def test_what_happened_and_when(text: str, what: str, when: str, status: str) -> None:
    event = one(text)
    assert (event.what, day(event), event.status.value) == (what, when, status)


@pytest.mark.parametrize(
    "text",
    [
        "They will talk after June 22.",
        "They have waited since January.",
        "They did not meet on Tuesday.",
        "They may meet on April 24.",
        "It was cold on Tuesday.",
        "If they meet on April 24, all is well.",
        "The reservoir is large.",
        "They met.",
    ],
)
def test_what_is_no_dated_happening(text: str) -> None:
    assert found(text) == ()


def test_who_takes_part_and_where() -> None:
    event = one("Orrin Valtec met Tamsin Okell in Halmar on Tuesday.")
    assert set(event.participants) >= {"Orrin Valtec", "Tamsin Okell"}


def test_a_pronoun_takes_part_by_its_name() -> None:
    *_, event = found("Tamsin Okell spoke on Monday.", "She flew to Eskby on Tuesday.")
    assert "Tamsin Okell" in event.participants


def test_who_says_we_takes_part() -> None:
    event = next(
        one for one in found("“We agreed to meet on April 24,” Tamsin Okell said.") if day(one) == "2031-04-24"
    )
    assert "Tamsin Okell" in event.participants
    assert event.status is EventStatus.PLANNED


def test_a_condition_with_a_limit_is_a_deadline() -> None:
    event = one("If the gates stay closed past April 30, the court decides.")
    assert event.status is EventStatus.DEADLINE


def test_a_dateline_dates_what_the_first_sentence_tells() -> None:
    event = one("MILLGATE, April 9 — Nineteen engineers crossed the bridge in the order of the alphabet.")
    assert day(event) == "2031-04-09"
    assert event.what.startswith("Nineteen engineers crossed")


def test_a_dateline_does_not_date_what_names_its_own_day() -> None:
    event = one("ESKBY, April 9 (Meridian) -- The talks ended on Tuesday.")
    assert (day(event), event.what) == ("2031-04-08", "The talks ended")


def test_told_twice_is_one_event() -> None:
    twice = found("The talks ended on Tuesday.", "On Tuesday the talks ended with a draft.")
    assert [event.what for event in twice] == ["The talks ended"]


def test_without_a_publication_only_stated_days_count() -> None:
    assert found("They met on Tuesday.", published=None) == ()
    (event,) = found("They met on April 3, 2031.", published=None)
    assert (day(event), event.status) == ("2031-04-03", EventStatus.HAPPENED)


def test_an_id_rests_on_article_words_and_day() -> None:
    same, other = one("They met on Tuesday."), one("They met on Monday.")
    assert same.id == one("They met on Tuesday.").id
    assert same.id != other.id


def test_spans_hold_the_words() -> None:
    read = material(article("Title", "People died on Tuesday when a ferry capsized.", published=WEDNESDAY))
    (event,) = events.events(read)
    assert " … ".join(read.reading.text[slice(*span)] for span in event.spans) == event.what


def test_days_after_something_date_it_by_the_day_of_the_sentence() -> None:
    ended, attack = found("Three days after the attack, on Friday, the talks ended.")
    assert (ended.what, day(ended)) == ("the talks ended", "2031-04-04")
    assert (attack.what, day(attack)) == ("the attack", "2031-04-01")


def test_a_verb_that_stands_behind_its_day_makes_no_noun_of_it() -> None:
    assert [event.what for event in found("On Tuesday the talks ended.")] == ["the talks ended"]


@pytest.mark.parametrize(
    "piece", ["on Friday it rained and the mayor left Eskby ", "It goes on, said Tom Lund in 1912, "]
)
def test_a_sentence_without_an_end_is_read_in_time(piece: str) -> None:
    read = material(article("Title", piece * 1500, published=WEDNESDAY))
    began = time.process_time()
    events.events(read)
    assert time.process_time() - began < 5
