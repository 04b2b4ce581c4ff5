"""Calls, meetings, summits and letters: found in the text, one sheet each, every answer where it is written."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.compare.comparison import comparison
from readout.compare.encounters import encounters
from readout.compare.told import Report
from readout.models import DetailKind, Encounter, EncounterKind, EventStatus, reading
from tests import builders
from tests.compare.told import report

CALL = (
    "Veldanian President Orrin Hale spoke by phone with Caldrian Prime Minister Tamsin Reed on Tuesday.",
    "“The call took place at the request of the Caldrian side,” Hale's spokeswoman, Mirela Dost, said.",
    "Dost said the call lasted almost an hour.",
    "A spokesman for Reed, Jory Penn, said it was Hale who had asked for the call and that it lasted 20 minutes.",
    "It was the sixth call since the border was closed.",
    "“The lake follows its schedule,” Hale, the president of Veldania, said.",
    "“The river is ours too,” Reed, the prime minister of Caldria, said.",
    "Penn said after the call that Caldria would never accept a second dam on the river.",
)
SENTENCES = (
    *CALL,
    "Hale and Reed will meet in Harrow on June 20.",
    "Reed wrote a letter to Hale on Monday.",
    "The letter asked for the release of four fishermen.",
    "Hale did not speak by phone with Reed.",
    "The meeting took three hours, Penn said.",
    "",
)


def of(*reports: Report) -> tuple[Encounter, ...]:
    """The encounters of those reports."""
    return encounters(reports, comparison(reports))


def values(one: Encounter, kind: DetailKind) -> dict[str, str]:
    """Each party's answer."""
    return {each.party or each.by: each.value for each in one.of(kind)}


def test_a_call_has_a_sheet_with_what_each_side_tells() -> None:
    (call,) = of(report(*CALL))
    assert call.kind is EncounterKind.CALL
    assert call.status is EventStatus.HAPPENED
    assert set(call.people) == {"Orrin Hale", "Tamsin Reed"}
    assert set(call.parties) == {"Veldania", "Caldria"}
    lengths = values(call, DetailKind.LENGTH)
    assert {lengths["Veldania"], lengths["Caldria"]} == {"almost 60 60", "20 20"}
    assert values(call, DetailKind.ASKED) == {"Veldania": "Caldria", "Caldria": "Veldania"}
    assert [one.words for one in call.of(DetailKind.ORDER)] == ["the sixth call since the border was closed"]


def test_an_ordinal_of_something_else_does_not_count_encounters() -> None:
    (call,) = of(
        report(*CALL, "Reed spoke with Hale by phone on Tuesday, no third person took part another call said.")
    )
    assert [one.value for one in call.of(DetailKind.ORDER)] == ["sixth"]


def test_a_party_that_does_not_touch_a_matter_is_listed_with_nothing() -> None:
    (call,) = of(report(*CALL))
    dam = next(topic for topic in call.topics if "dam" in topic.heading)
    assert {voice.party: bool(voice.statements) for voice in dam.voices} == {"Caldria": True, "Veldania": False}


def test_texts_of_one_day_tell_of_one_call_and_copies_count_once() -> None:
    one = report(*CALL, outlet="A")
    copy = report(*CALL, outlet="B", origin=one.article.id)
    other = report("Reed held a phone call with Hale on Tuesday.", "The river is low.", outlet="C")
    assert len(of(one, copy)[0].mentions) == 1
    far = report(*CALL, outlet="D", at=builders.NOON + timedelta(days=28))
    assert len(of(one, far)) == 2
    assert len(of(one, copy, other)) in {1, 2}  # one, where Hale and Reed are known by their surnames


def test_what_is_ahead_is_planned_and_what_was_not_is_none() -> None:
    (meeting,) = of(report("President Orrin Hale and Prime Minister Tamsin Reed will meet in Harrow on June 20."))
    assert meeting.status is EventStatus.PLANNED
    assert of(report("President Orrin Hale did not speak by phone with Prime Minister Tamsin Reed.")) == ()


@pytest.mark.parametrize("text", ["", "The call came late.", "They met.", "Hale called for talks with nobody."])
def test_where_no_two_sides_are_told_there_is_none(text: str) -> None:
    assert of(report(text)) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), max_size=4))
def test_every_answer_stands_where_it_says(articles: list[list[str]]) -> None:
    reports = [report(*body, outlet=f"Outlet {number}") for number, body in enumerate(articles)]
    texts = {one.article.id: reading(one.article).text for one in reports}
    statements = {one.id for each in reports for one in each.annotation.statements}
    found = of(*reports)
    for one in found:
        for each in (*one.mentions, *one.details):
            assert texts[each.article][each.span.start : each.span.end] == each.words
            assert each.words.strip()
        assert {id_ for topic in one.topics for voice in topic.voices for id_ in voice.statements} <= statements
        assert len(one.parties) > 1
    assert found == of(*reports[::-1]) or len(reports) > 1


@given(st.data())
def test_whatever_tells_of_an_encounter_holds_one_of_the_hints(data: st.DataObject) -> None:
    listed = tomllib.loads(files("readout.compare").joinpath("encounters.toml").read_text(encoding="utf-8"))
    patterns = [each for table in ("nouns", "verbs", "definite") for each in listed[table].items()]
    kind, words = data.draw(st.sampled_from(patterns))
    found = data.draw(st.from_regex(words, fullmatch=True)).lower()
    assert any(hint in found for hint in listed["hints"][kind])
