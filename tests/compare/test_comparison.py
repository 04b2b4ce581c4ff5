"""The accounts of a story side by side: what is found, what is not, and that every cell leads to its words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.compare import sides
from readout.compare.comparison import comparison
from readout.compare.told import Report
from readout.models import Comparison, Relation, reading
from tests.compare.told import report

DENIED = (
    "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries.",
    "The company's director, Magnus Teal, denied having received any warning.",
)
CALL = (
    "Veldanian President Orrin Hale spoke by phone with Caldrian Prime Minister Tamsin Reed on Tuesday.",
    "Hale's spokeswoman, Mirela Dost, said the call lasted almost an hour.",
    "A spokesman for Reed, Jory Penn, said the call lasted 20 minutes.",
)
SENTENCES = (*DENIED, *CALL, "“There is no date,” Dost said.", "Penn said the date was in both diaries.", "")


def said(found: Comparison, reports: Sequence[Report]) -> list[str]:
    """The words of every statement of every account."""
    spelled = {
        one.id: [reading(each.article).text[a:b] for a, b in one.content]
        for each in reports
        for one in each.annotation.statements
    }
    return [
        word
        for point in found.points
        for account in point.accounts
        for id_ in account.statements
        for word in spelled[id_]
    ]


def test_a_claim_and_its_denial_are_one_point() -> None:
    (point,) = comparison([report(*DENIED)]).points
    assert point.relation is Relation.CONTRADICT
    assert point.evidence[0].kind == "denial"
    assert len(point.accounts) == 2
    assert 0 < point.confidence <= 1


def test_spokespeople_speak_for_those_whose_they_are() -> None:
    reports = [report(*CALL)]
    found = sides.of_speakers(sides.parties(reports), reports)
    assert found["Mirela Dost"] == ("Veldania",) or found["Mirela Dost"] == found.get(
        "Orrin Hale", found["Mirela Dost"]
    )
    assert found["Mirela Dost"] != found["Jory Penn"]


def test_what_stands_behind_and_describes_another() -> None:
    told = report(
        "The emir rang the prime minister of Norholt, Avi Natan, and later the leader of Estmark, Omar Harb.",
        "An aide to Natan, Dov Peleg, said no list had come. Estmark said it had rained.",
        "A spokesman for Estmark, Hazem Tuma, said a list had come.",
    )
    of = {name: party.name for party in comparison([told]).parties for name in party.members}
    assert of["Hazem Tuma"] == of["Estmark"] != of["Dov Peleg"]


def test_lengths_of_one_call_exclude_each_other() -> None:
    assert Relation.CONTRADICT in {point.relation for point in comparison([report(*CALL)]).points}


def test_no_more_than_excludes_what_goes_far_beyond() -> None:
    flow = (
        "Veldania's water minister, Istvar Pell, said the flow at the border had dropped by no more than 22 percent.",
        "The Caldrian environment minister, Ada Fenn, said it had dropped by 45 percent.",
    )
    relations = {point.relation for point in comparison([report(*flow)]).points}
    assert relations <= {Relation.CONTRADICT, Relation.DIFFER}
    assert relations


def test_copies_count_once() -> None:
    one = report(*DENIED)
    copies = [report(*DENIED, outlet=f"Outlet {number}", origin=one.article.id) for number in range(3)]
    (point,) = comparison([one, *copies]).points
    assert {(account.origins, account.copies) for account in point.accounts} == {(1, 3)}


@pytest.mark.parametrize(
    "reports",
    [
        [],
        [report("The two sides met on Friday.")],
        [report("“We shall see,” she said. “Or not,” she added.")],
        [report(DENIED[0]), report(DENIED[0], outlet="Coast Radio"), report(DENIED[0], outlet="The Bell")],
        [report("It was said on May 3 and on May 9 that it was on June 31.")],
    ],
    ids=["nothing", "nobody speaks", "one party", "one sentence in all", "days that contradict"],
)
def test_where_there_is_nothing_to_compare_there_is_no_point(reports: list[Report]) -> None:
    assert comparison(reports).points == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), max_size=4))
def test_every_cell_leads_to_words_of_its_article(articles: list[list[str]]) -> None:
    reports = [report(*body, outlet=f"Outlet {number}") for number, body in enumerate(articles)]
    found = comparison(reports)
    texts = "\n".join(reading(one.article).text for one in reports)
    assert all(word and word in texts for word in said(found, reports))
    assert all(point.accounts for point in found.points)
    assert len({point.id for point in found.points}) == len(found.points)


def test_a_denied_claim_is_its_owners_own_account() -> None:
    words = "Tamsin Reed denied Veldania's earlier claims that her troops entered Brask."
    reports = [report(words)]
    (point,) = comparison(reports).points
    assert point.relation is Relation.CONTRADICT
    assert {one.party for one in point.accounts} == {"Tamsin Reed", "Veldania"}


ASKED = (
    "Two people briefed on the outcome said the deal left the price of water open.",
    "They said the gauges had not been discussed.",
    "Veldania's ministry of water did not respond to requests for comment.",
    "Caldrian Prime Minister Tamsin Reed said on Tuesday it was a great harvest.",
)


def test_who_gave_no_comment_leaves_the_account_before_it_alone() -> None:
    reports = [report(*ASKED)]
    points = [one for one in comparison(reports).points if one.relation is Relation.ONE_SIDED]
    assert len(points) == 1
    assert len(points[0].accounts) == 2
    assert "it was a great harvest" not in said(Comparison((), tuple(points)), reports)


def test_whom_another_story_only_describes_parts_nobody_from_his_side() -> None:
    reports = [
        report("Veldanian President Orrin Valtec said the dam was safe. The Rotunda said the call lasted an hour."),
        report("The Rotunda said that the flow had fallen.", outlet="B"),
    ]
    other = [report("The Rotunda said the president had said that it was late.", outlet="C")]
    found = sides.parties(reports, other)
    assert "president" not in {party.name for party in found}


def test_who_did_not_say_is_one_sided() -> None:
    reports = [
        report(
            "Veldanian President Orrin Hale said he was ready for a second round of talks in May.",
            "Caldrian Prime Minister Tamsin Reed did not say whether she would come to a second round of talks.",
        )
    ]
    assert [one.relation for one in comparison(reports).points] == [Relation.ONE_SIDED]


def test_those_who_are_only_described_belong_to_nobody_whose_words_they_pass_on() -> None:
    reports = [
        report(
            "Caldria promised to open the gates in May, one of the sources said.",
            "The sources said the gates were rusty.",
            "Veldania's allies said the gates had been open for years.",
            "Caldria said the gates were open. Veldania said the gates were closed.",
        )
    ]
    found = sides.parties(reports)
    assert not any(len(one.members) > 1 for one in found)


def test_the_words_before_she_said_are_hers() -> None:
    reports = [
        report(
            "“Both sides were pleased with the call,” in which they also spoke of the dam at Korvath, Veldania said.",
            "Ferries ran all day.",
            "Caldrian Prime Minister Tamsin Reed wrote that Hale had called to thank her, but that above all they "
            "spoke of the dam at Korvath.",
        )
    ]
    assert len(comparison(reports).points) == 1


def test_one_content_of_two_stands_beside_a_third_once() -> None:
    reports = [
        report(
            "Veldania and Caldria accused each other of breaking the water truce of Eskby.",
            "Norholt said the water truce of Eskby was broken long ago.",
        )
    ]
    assert len(comparison(reports).points) == 1


def test_what_decides_is_told_in_the_words_of_the_texts() -> None:
    told = report("The Rotunda said the ponies were grazing. Quay House replied that the ponies were grazing there.")
    (point,) = comparison([told]).points
    assert point.evidence[0].words == ("grazing", "ponies")


def test_who_tells_what_the_other_asked_does_not_speak_for_him() -> None:
    told = report(
        "The prime minister of Caldria asked three times before she got a conversation, and President Orrin Hale gave "
        "her nearly an hour, foreign policy adviser Mirela Dost said late on Tuesday.",
        '"Our president said that the filling will go on. He said no foreigner sets the level," Dost recounted.',
    )
    of = {name: party.name for party in comparison([told]).parties for name in party.members}
    assert of["Mirela Dost"] == of["Orrin Hale"] != of["prime minister of Caldria"]


def test_an_executive_of_a_firm_is_of_its_side() -> None:
    told = report(
        "Vale Mills Corp said the golden share provides no voting rights.",
        "A senior Vale Mills executive said the company would have all of the voting rights.",
    )
    (party,) = comparison([told]).parties
    assert set(party.members) == {"Vale Mills Corp", "A senior Vale Mills executive"}


def test_an_official_who_reads_out_a_statement_makes_it_not_his_sides() -> None:
    told = report(
        "The Rotunda said no date was set, in a statement that was sent on Tuesday. Norholt said it was glad.",
        "The Rotunda, read out to Tidende by a Norholt official, said the lake was its own.",
    )
    of = {name: party.name for party in comparison([told]).parties for name in party.members}
    assert of["Rotunda"] != of["Norholt"]
