"""Points of pairs: each pair in one at most, one matter in one, and beside what he said what a speaker says on."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from readout.compare.align import Pair
from readout.compare.comparison import comparison
from readout.compare.gather import points
from readout.compare.told import Told, told
from readout.models import Relation
from tests.compare.told import report

_SAID = "The mayor said the bridge was safe. The union said the bridge was rotten. The owner said the bridge was new."
_PARTIES = (("mayor",), ("union",), ("owner",))


def _statements() -> list[Told]:
    return list(told(report(_SAID))[:3])


@given(
    st.lists(st.sampled_from([(0, 1), (0, 2), (1, 2)]), unique=True),
    st.sampled_from([frozenset[str](), frozenset({"bridg"})]),
)
def test_a_pair_stands_in_one_point_at_most(chosen: list[tuple[int, int]], shared: frozenset[str]) -> None:
    found = [Pair(one, other, 1.0 - place / 10, shared) for place, (one, other) in enumerate(chosen)]
    gathered = [pair for point in points(found, _statements(), _PARTIES, {"bridg": 3.0}) for pair in point]
    assert len(gathered) == len(set(gathered))
    assert set(gathered) <= set(found)


def test_pairs_of_one_matter_make_one_point() -> None:
    found = [Pair(one, other, 0.9, frozenset({"bridg"})) for one, other in combinations(range(3), 2)]
    assert len(points(found, _statements(), _PARTIES, {"bridg": 3.0})) == 1


def test_blame_told_twice_is_one_point() -> None:
    made = comparison(
        [
            report(
                "Ruhen and Tolna have accused each other of breaking the truce of Lisse. Talks were put off. "
                "In May both Ruhen and Tolna traded blame for wrecking the truce."
            )
        ]
    )
    blamed = [point for point in made.points if point.relation is Relation.DIFFER]
    assert len(blamed) <= 1


def test_what_a_speaker_says_on_stands_beside_it() -> None:
    one = report(
        "The company said the bridge was safe. “It was tested in May,” it said, “and it is safe.” "
        "The union said the bridge was not safe."
    )
    for point in comparison([one]).points:
        for account in point.accounts:
            assert len(set(account.statements)) == len(account.statements)


def test_how_a_conversation_was_is_one_matter() -> None:
    made = comparison(
        [
            report("Marta Olen said the call had been warm and frank. Marta Olen said the border would open."),
            report("Ivo Brask said that the conversation was tense and difficult.", outlet="Bay Ledger"),
        ]
    )
    assert [len(point.accounts) for point in made.points] == [2]


def test_how_likely_a_call_is_does_not_say_how_one_was() -> None:
    said = "Marta Olen said there was a good chance of a call very soon."
    assert not comparison([report(said, "Ivo Brask said the call on Monday had been constructive.")]).points


def test_one_attribute_of_one_encounter_is_one_row_however_many_tell_it() -> None:
    """Each outlet tells in words of its own who says how long a call was; one even word for word as another."""
    call = "Veldania said the call lasted almost an hour. Caldria said the leaders spoke for 35 minutes."
    other = "Veldania told Kanal 7 the conversation took nearly an hour. Caldria said it was all over after 35 minutes."
    reports = [
        report(call, outlet="The Harbour Post"),
        report("Ferries ran late.", call, outlet="Coast Radio"),
        report("Rain fell.", other, outlet="Kanal 7"),
    ]
    lengths = [point for point in comparison(reports).points if point.relation is Relation.CONTRADICT]
    assert len(lengths) == 1


def test_what_stands_in_a_row_of_its_own_is_not_said_on_in_another() -> None:
    one = report(
        "Maud Kerr's office said in a statement that the call took place at the request of Magnus Teal.",
        "Maud Kerr's office said the call with Magnus Teal lasted an hour and that no date had been set for a meeting.",
        "Magnus Teal's office said that it was Maud Kerr who had asked for the call and the call lasted 35 minutes.",
        "Magnus Teal wrote: “We agreed to meet in May, and the date is in my diary.”",
    )
    points = comparison([one]).points
    asked = [sum(told(one)[0].statement.id in each.statements for each in point.accounts) for point in points]
    assert sorted(asked) == [0, 1]
