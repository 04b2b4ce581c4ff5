"""Who carries a point: origins after copies and relays, kinds of sources, who leaves it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from readout.compare.comparison import comparison
from readout.compare.corroborate import backings, kind
from readout.compare.told import Report
from readout.models import Backing, Credit, SourceKind, Speaker, SpeakerType
from tests.compare.told import report

CLAIM = "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries."
DENIAL = "The company's director, Magnus Teal, denied having received any warning."


def only(*reports: Report, countries: dict[str, str] | None = None) -> Backing:
    (found,) = backings(reports, comparison(reports), countries)
    return found


def names(reports: Sequence[Report]) -> set[str]:
    """Whose the origins of all points are."""
    return {origin.name for each in backings(reports, comparison(reports)) for origin in each.origins}


def test_a_reprint_carries_a_point_and_another_text_leaves_it_out() -> None:
    one = report(CLAIM, DENIAL, outlet="A")
    found = only(one, report(CLAIM, DENIAL, outlet="B", origin=one.article.id), report("The sea was calm.", outlet="C"))
    assert (found.carry, found.leave_out) == (("A", "B"), ("C",))
    assert [(each.name, len(each.copies)) for each in found.origins] == [("A", 1)]
    assert len(found.copies) == 1


def test_countries_that_only_outlets_without_it_are_of_are_absent() -> None:
    reports = [report(CLAIM, DENIAL, outlet="A"), report("The sea was calm.", outlet="C")]
    found = only(*reports, countries={"a": "FR", "C": "JP"})
    assert (found.countries, found.absent) == (("FR",), ("JP",))


def test_the_ending_of_an_address_tells_a_country() -> None:
    one = report(CLAIM, DENIAL, outlet="A")
    at_home = replace(one, article=replace(one.article, address="https://a.co.uk/x"))
    assert only(at_home).countries == ("GB",)


def test_texts_credited_to_one_agency_are_one_origin() -> None:
    texts = [report(CLAIM, DENIAL, outlet=name) for name in "AB"]
    credited = [replace(one, article=replace(one.article, credits=(Credit("Meridian Wire"),))) for one in texts]
    assert names(credited) == {"Meridian Wire"}
    assert names(texts) == {"A", "B"}


@pytest.mark.parametrize(
    ("name", "type_", "roles", "found"),
    [
        ("Ada Fenn", SpeakerType.PERSON, ("environment minister",), SourceKind.OFFICIAL),
        ("coastguard", SpeakerType.BODY, (), SourceKind.OFFICIAL),
        ("two passengers", SpeakerType.ANONYMOUS, (), SourceKind.EYEWITNESS),
        ("a senior official", SpeakerType.ANONYMOUS, (), SourceKind.DESCRIBED),
        ("the draft", SpeakerType.DOCUMENT, (), SourceKind.DOCUMENT),
        ("Coast Radio", SpeakerType.OUTLET, (), SourceKind.OUTLET),
        ("Maud Kerr", SpeakerType.PERSON, ("baker",), SourceKind.NAMED),
    ],
)
def test_words_tell_what_kind_of_source_it_is(
    name: str, type_: SpeakerType, roles: tuple[str, ...], found: SourceKind
) -> None:
    (statement, *_) = report(CLAIM).annotation.statements
    assert kind(replace(statement, speaker=Speaker(name, type_)), roles) is found
