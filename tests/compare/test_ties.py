"""What brings statements together that share few words: an answer, an accusation, wishes for each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readout.annotate.annotator import annotation
from readout.compare.comparison import comparison
from readout.compare.ties import ties
from readout.compare.told import Report, told
from readout.models import Relation
from tests.compare.told import report

SIDES = (
    "The trains between Veldania and Caldria run again, and Veldania's government and Caldria's government met.",
    "Veldanian President Orrin Valtec said the lake was full.",
    "Veldanian Foreign Minister Hanno Brask said the fair was open.",
    "Caldrian Prime Minister Tamsin Okell said the bread was cheap.",
    "Caldrian Trade Minister Ruan Treve said the trains were late.",
)


def rows(*paragraphs: str) -> list[tuple[Relation, set[str]]]:
    points = comparison([report(*paragraphs)]).points
    return [(point.relation, {one.party for one in point.accounts}) for point in points]


def test_what_is_confirmed_right_behind_it_agrees() -> None:
    found = rows(
        "Water company Aquel said the pond was being let down by a hand every hour. "
        'Mayor Jon Harr confirmed: "The reservoir is sinking."'
    )
    assert found == [(Relation.AGREE, {"Aquel", "Jon Harr"})]


def test_a_denial_in_a_sentence_of_its_own_speaks_for_the_words_behind_it() -> None:
    told = (
        "The Border Service said two of its men had been hurt in custody.",
        'Two men came to us on crutches, and so they left," director Isolde Pym said.',
    )
    denied = rows(f'{told[0]} The prison rejected the charge. "{told[1]}')
    plain = rows(f'{told[0]} The prison is old. "{told[1]}')
    assert [relation for relation, _ in denied] == [Relation.CONTRADICT]
    assert Relation.CONTRADICT not in [relation for relation, _ in plain]


def test_a_short_answer_takes_up_a_word() -> None:
    found = rows(
        "President Orrin Valtec said he was ready to slow the filling of the great lake.",
        "The two had spoken for an hour.",
        '"Readiness is not a date," Jory Penhale, a farmer, said.',
    )
    assert [parties for _, parties in found] == [{"Orrin Valtec", "Jory Penhale"}]


def test_an_accusation_is_about_what_the_accused_says() -> None:
    found = rows(
        '"We said the end of March, and it is the end of March," Prime Minister Tamsin Okell told a news conference.',
        "The weather was mild, and the harbour stayed open all night for those who came late.",
        "The opposition Commons List accused Okell of moving her own goalposts.",
    )
    assert [parties for _, parties in found] == [{"Tamsin Okell", "Commons List"}]


def test_who_is_accused_is_set_beside_his_own_words_where_he_speaks() -> None:
    said = told(
        report(
            '"We said the end of May, and it is the end of May," Prime Minister Tamsin Okell told reporters.',
            'Trade Minister Ruan Treve said that the weights of the millers were "a tale of one pear".',
            "The opposition Commons List accused Okell of painting her own gates.",
        )
    )
    parties, names = [("Caldria",), ("Caldria",), ("List",)], {"Caldria": ("Tamsin Okell", "Ruan Treve")}
    assert [(pair.one, pair.other) for pair in ties(said, parties, names)] == [(0, 2)]
    others = ties(said[1:], parties[1:], names)
    assert [(pair.one, pair.other) for pair in others] == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Okell said she would visit Brask if Veldania lowered the lake first.",
            "Valtec said Halmar would turn the taps once a meeting was fixed.",
        ),
        (
            "Okell said there would be no further meetings until the boatman was found.",
            "Valtec said he would come to the table without conditions.",
        ),
        (
            "Okell demanded that the sluices be opened at once.",
            "Valtec refused to touch any sluices of the dam before the winter.",
        ),
    ],
)
def test_wishes_of_the_foremost_sides_meet_wherever_they_stand(one: str, other: str) -> None:
    between = "The fair in the old town closed early, and the band went home in the rain without its drum."
    found = rows(*SIDES, one, *[between] * 8, other)
    assert (Relation.DIFFER, {"Caldria", "Veldania"}) in found


def test_a_maxim_is_on_the_word_of_a_title() -> None:
    told = report('"We said the end of March, and it is the end of March," Prime Minister Tamsin Okell told reporters.')
    one = replace(told.article, title="Deadline passes without a ship")
    other = report("Hanno Brask said “a deadline is a thing between a teacher and a pupil, and we left school”.")
    points = comparison([Report(one, annotation(one)), other]).points
    assert [{each.party for each in point.accounts} for point in points] == [{"Tamsin Okell", "Hanno Brask"}]


def test_a_price_answers_a_sum() -> None:
    found = rows(
        '"Five billion would start a conversation," chairman Godric Vane told reporters. Perpetua Lowe said her offer '
        "was final."
    )
    assert [parties for _, parties in found] == [{"Godric Vane", "Perpetua Lowe"}]


def test_a_limit_is_put_to_a_prediction() -> None:
    found = rows(
        "The Southern Space Office says a landing will follow in the second week of May. Ottilie Brand said: “If the "
        "gauge is lying, we wave and fly on.”"
    )
    assert [parties for _, parties in found] == [{"Southern Space Office", "Ottilie Brand"}]


def test_days_to_come_for_one_thing_may_be_one() -> None:
    between = "The fair in the old town closed early, and the band went home in the rain without its drum."
    found = rows(
        *SIDES,
        "Okell said that the exchange would take place before August 15.",
        *[between] * 8,
        "Valtec said the exchange of the boats was likely in August.",
    )
    assert (Relation.AGREE, {"Caldria", "Veldania"}) in found


def test_two_that_are_ready_to_meet_agree() -> None:
    found = rows(
        "Veldania said talks on the water could begin in the old town within a week. Caldria said it would send a "
        "delegation at once."
    )
    assert found == [(Relation.AGREE, {"Veldania", "Caldria"})]


def test_who_leaves_open_what_was_just_said_is_set_beside_it() -> None:
    found = rows("Jude Ferrar said a girl was missing. The police of Pellia did not answer questions about her.")
    assert found == [(Relation.ONE_SIDED, {"Jude Ferrar", "police of Pellia"})]


def test_a_count_without_its_thing_counts_on() -> None:
    found = rows("Mayor Ann Lund ordered 4,500 people out of their homes. Chief Tom Askil said 7,000 would have to go.")
    assert [parties for _, parties in found] == [{"Ann Lund", "Tom Askil"}]


def test_what_one_says_of_himself_another_says_of_him() -> None:
    found = rows('"We have won clearly," President Tiberio Sanz said. Lucia Amaro said Sanz had lost, and he knew it.')
    assert found == [(Relation.CONTRADICT, {"Tiberio Sanz", "Lucia Amaro"})]


def test_a_judgement_on_the_note_is_about_what_was_just_said() -> None:
    found = rows(
        'Inspector Ann Lund said two lorries were not chained. Director Magnus Teare called the note "premature".'
    )
    assert [parties for _, parties in found] == [{"Ann Lund", "Magnus Teare"}]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("the baker would give four million crowns", 1),
        ("the offer was ready", 1),
        ("this was arithmetic with a hat on", 0),
    ],
)
def test_a_judgement_on_the_offer_is_about_what_may_be_one(said: str, count: int) -> None:
    statements = told(report(f'Maud Kerr said {said}. The board described the offer as "honest, and low".'))
    assert len(list(ties(statements, [("baker",), ("board",)], {}))) == count


def test_a_unit_is_a_measure_of_something() -> None:
    given = 'Veldanian Water Minister Hanno Brask said Caldria was getting "every {} it was promised".'
    flow = "Caldria, which has its {} from the north, says that the flow at the old mill has fallen by half."
    between = "The fair was crowded until the evening, and children sang in the rain on the long quay."
    for unit, of, count in (("litre", "water", 1), ("hectare", "water", 0), ("litre", "wind", 0)):
        points = comparison([report(*SIDES), report(given.format(unit), between), report(between, flow.format(of))])
        texts = [one for point in points.points for one in point.accounts if len(point.accounts) > 1]
        assert len({one.party for one in texts} & {"Veldania", "Caldria"}) == 2 * count, (unit, of)


@pytest.mark.parametrize(
    ("confirmed", "parties"),
    [
        ("confirmed that Norholt had bought a new ferry", []),
        ("confirmed that the president would be there", [{"Jon Harr", "Silvan Ruge"}]),
        ("confirmed that the water at the weir was sinking", [{"Jon Harr", "Silvan Ruge"}]),
    ],
)
def test_who_confirms_another_matter_answers_nothing(confirmed: str, parties: list[set[str]]) -> None:
    found = rows(f"Mayor Jon Harr said the pond at the weir was drying up. Silvan Ruge, a guard, {confirmed}.")
    assert [each for _, each in found] == parties


def test_a_confirmation_in_the_same_sentence_is_not_of_its_own_words() -> None:
    found = rows(
        "Mayor Jon Harr warned that “every quarrel makes the next handshake heavier”, and his deputy, Silvan Ruge, "
        "confirmed that the town had prepared an answer to the fishers."
    )
    assert found == []


def test_a_maxim_is_about_one_thing_that_was_said() -> None:
    said = told(
        report(
            "Mayor Jon Harr said the lake was cold.",
            "Silvan Ruge, a guard, said the lake was deep.",
            '"A lake is not an argument that farmers win by shouting over a fence," Jory Penhale, a farmer, said.',
        )
    )
    found = ties(said, [(one.statement.speaker.name,) for one in said], {})
    assert [(pair.one, pair.other) for pair in found] == [(1, 2)]
