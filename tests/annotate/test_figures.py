"""Figures: how many of what, in which unit, with which modifier, and what is no figure."""

from __future__ import annotations

import pytest

from readout.annotate import figures
from readout.annotate.material import material
from readout.annotate.measures import in_base
from readout.models import Figure, Span, Speaker, SpeakerType, Statement, StatementId, StatementKind
from tests.builders import article


def found(text: str) -> tuple[Figure, ...]:
    """The figures of an article whose body is that text."""
    return figures.figures(material(article("Title", text)))


def one(text: str) -> Figure:
    """The only figure of a text."""
    (figure,) = found(text)
    return figure


@pytest.mark.parametrize(
    ("text", "low", "unit", "scope", "fate"),
    [
        ("It said 12 soldiers were killed.", 12, "", "soldiers", "killed"),
        ("It said 12 were killed.", 12, "", "", "killed"),
        ("It said 12 had been wounded.", 12, "", "", "wounded"),
        ("The blast left 11 dead.", 11, "", "", "killed"),
        ("The blast killed 11 people.", 11, "", "people", "killed"),
        ("Eight people are still missing.", 8, "", "people", "missing"),
        ("The toll rose to 14.", 14, "", "", "killed"),
        ("They lost 53,000 soldiers.", 53_000, "", "soldiers", ""),
        ("Half a million people came.", 500_000, "", "people", ""),
        ("Three dozen prisoners of war were freed.", 36, "", "prisoners", "freed"),
        ("It was 22 percent of the water.", 22, "percent", "water", ""),
        ("A third of the land burned.", 100 / 3, "percent", "land", ""),
        ("Rates rose by 0.25 percentage points.", 0.25, "percentage point", "", ""),
        ("They paid $3bn in aid.", 3e9, "USD", "aid", ""),
        ("They paid a €20m fine.", 20e6, "EUR", "fine", ""),
        ("They bid 4.2 billion crowns.", 4.2e9, "crown", "", ""),
        ("A 90-day truce began.", 90, "day", "truce", ""),
        ("It lasted two and a half hours.", 2.5, "hour", "", ""),
        ("It lasted half an hour.", 0.5, "hour", "", ""),
        ("It lies 340 metres away.", 340, "m", "", ""),
        ("It was 35 degrees Celsius.", 35, "°C", "", ""),
        ("They sent 5,000 tonnes of grain.", 5_000, "tonne", "grain", ""),
        ("It is 60 square kilometres.", 60, "km²", "", ""),
    ],
)
def test_how_many_of_what(text: str, low: float, unit: str, scope: str, fate: str) -> None:
    figure = one(text)
    assert figure.low == pytest.approx(low)
    assert (figure.unit, figure.scope, figure.fate) == (unit, scope, fate)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("At least 12 people died.", "at least"),
        ("No more than 22 percent is gone.", "no more than"),
        ("As many as 40 boats sank.", "as many as"),
        ("It lasted almost an hour.", "almost"),
        ("It cost up to $5 million.", "up to"),
        ("Some 400 people came.", "some"),
        ("It took 12 or more boats.", "or more"),
        ("It took 12 boats.", None),
    ],
)
def test_modifiers(text: str, modifier: str | None) -> None:
    assert one(text).modifier == modifier


def test_a_range_has_two_ends_and_a_change_is_two_figures() -> None:
    range_, *_ = found("Between 10 and 15 drones came.")
    assert (range_.low, range_.high, range_.modifier) == (10, 15, None)
    assert [(figure.low, figure.unit) for figure in found("It rose from 10 to 15 percent.")] == [
        (10, "percent"),
        (15, "percent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They met on June 5 at 3 p.m. in 2024.",
        "A 45-year-old man, aged 45, was 45 years old.",
        "He won 3-1 in a Boeing 747 on Flight 103.",
        "They spoke at the G7 of Article 5.",
        "It was the 21st, and the 1980s were over.",
        "Call 555 123 4567 or 555-1234-99.",
        "The two leaders met on both sides.",
        "Two days after the call, they met.",
        "It was two of a kind and one of the best.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert found(text) == ()


def test_a_figure_is_by_the_speaker_in_whose_content_it_stands() -> None:
    text = "“We lost 12 men,” Okell said of the 40 boats."
    read = material(article("Title", text))
    content = Span(read.reading.text.index("“"), read.reading.text.index("”") + 1)
    speaker = Speaker("Tamsin Okell", SpeakerType.PERSON)
    said = Statement(StatementId("s"), read.article.id, StatementKind.DIRECT, (content,), None, None, speaker)
    men, boats = figures.figures(read, (said,))
    assert (men.by, boats.by) == ("Tamsin Okell", None)


def test_spans_hold_modifier_number_and_what() -> None:
    read = material(article("Title", "In Halmar at least 12 people died."))
    (figure,) = figures.figures(read)
    assert read.reading.text[slice(*figure.span)] == "at least 12 people died"
    assert figure.what == "people died"


def test_units_of_one_kind_compare() -> None:
    assert in_base(2, "hour") == (120, "minute")
    assert in_base(7, "crown") == (7, "crown")


def test_what_befell_those_pointed_back_to_is_a_figure() -> None:
    assert [(figure.low, figure.fate) for figure in found("They look for the five still missing.")] == [(5, "missing")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Staff had asked for the call and the leaders spoke for 35 minutes.", "the leaders spoke"),
        ("Ostria's finance ministry said the delay would cost 90 million crowns.", "the delay would cost"),
        ("It is thought that the flow at Dorna has fallen by 40 percent.", "the flow at Dorna has fallen"),
        ("The union kept 6,100 jobs for three years.", "The union kept"),
        ("It is one metre deep.", ""),
        ("They were held for nine days.", "They were held"),
    ],
)
def test_what_is_measured_is_named_by_no_other_clause_and_no_preposition(text: str, what: str) -> None:
    assert found(text)[-1].what == what
