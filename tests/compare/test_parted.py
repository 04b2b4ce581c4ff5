"""Pairs that are of different matters, and pairs like them that are not."""

from __future__ import annotations

import pytest

from readout.compare import parted
from readout.compare.align import weights
from readout.compare.relate import relate
from readout.compare.told import told
from readout.models import Relation
from tests.compare.told import report


def reason(*paragraphs: str) -> str:
    """Why the two statements of one article are of different matters."""
    one, other, *rest = told(report(*paragraphs))
    assert not rest
    return parted.why(one, other, parted.Rare(weights([one, other])))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Maud Kerr said the harbour would be dredged.", "Magnus Teal said pupils had no books.", "behind"),
        ("Maud Kerr said she was proud of the nurses.", "Magnus Teal said he was proud of his bridge.", "behind"),
        ("Maud Kerr said the nurses were tired.", "Magnus Teal said in the last three days it had rained.", "behind"),
        (
            "Maud Kerr said the price of bread had doubled.",
            "Magnus Teal said the price of silver was fair.",
            "of another",
        ),
        (
            "Maud Kerr said she had learned the language for three years.",
            "Magnus Teal said that three years of drought had cost the valley dear.",
            "stretch",
        ),
        (
            "Maud Kerr said the wall was 62 metres high.",
            "Magnus Teal said the river had fallen by 3 metres.",
            "stretch",
        ),
        (
            "Maud Kerr said the call with the bishop was useful.",
            "Magnus Teal said the walk in the garden was useful.",
            "encounter",
        ),
        (
            "Maud Kerr said the call on May 3 was warm.",
            "Magnus Teal said the call on June 14 was warm.",
            "encounter",
        ),
        (
            "Maud Kerr said the call was constructive.",
            "Magnus Teal said a further call was planned for the autumn.",
            "encounter",
        ),
        (
            "Maud Kerr said the minister's call was helpful.",
            "Magnus Teal said the minister's call had lasted an hour.",
            "aspect",
        ),
        (
            "Maud Kerr said the winter had killed more than 2,000 cows.",
            "Magnus Teal said 57 ferries had been sold since May, most of them to farmers.",
            "stretch",
        ),
        (
            "Maud Kerr said the directors would wait for 4.8 billion.",
            "But Magnus Teal said the yard needed work for all 6,400 welders.",
            "stretch",
        ),
        (
            "“My pear trees are a matter for the family,” Maud Kerr said.",
            "Magnus Teal denied that he had offered anything in return for the bridge.",
            "behind",
        ),
        (
            "The Hill Court said it had received no letter from either side.",
            "Magnus Teal ruled out attending a feast “while the goats go on eating the hill”.",
            "behind",
        ),
        (
            "Maud Kerr said last year that a full pond could raise the flow by a fifth.",
            "Magnus Teal has insisted since January that the work take seven years rather than three.",
            "behind",
        ),
    ],
)
def test_what_is_of_another_matter_is_refused(one: str, other: str, why: str) -> None:
    assert reason(one, other) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maud Kerr said the harbour would be dredged.", "Magnus Teal said the harbour was deep enough."),
        ("Maud Kerr called the call warm.", "Magnus Teal said the conversation was tense."),
        ("Maud Kerr said the call lasted 50 minutes.", "Magnus Teal said the call lasted two hours."),
        (
            "Maud Kerr said the call was held at her request.",
            "Magnus Teal said it was Kerr who had asked for the call.",
        ),
        ("Maud Kerr said several sailors had drowned.", "Magnus Teal said two of them were safe."),
        ("Maud Kerr said the price of bread had doubled.", "Magnus Teal said the price of bread was fair."),
        ("Maud Kerr put the cost at three million crowns.", "Magnus Teal put the cost at five million."),
        ("Maud Kerr demanded that the gate be opened.", "Magnus Teal promised to mend the roof."),
    ],
)
def test_what_may_be_of_one_matter_is_kept(one: str, other: str) -> None:
    assert not reason(one, other)


@pytest.mark.parametrize(
    ("one", "other", "relation", "kind"),
    [
        (
            "Maud Kerr said a pond was no argument.",
            "Magnus Teal replied that an argument was no pond either.",
            Relation.DIFFER,
            "different accounts",
        ),
        (
            "Maud Kerr said the town had broken off the talks.",
            "Magnus Teal said the county had broken off the talks.",
            Relation.CONTRADICT,
            "who did it",
        ),
        (
            "Maud Kerr said boats had to be turned back.",
            "Magnus Teal said whoever turned boats back let people drown.",
            Relation.DIFFER,
            "different accounts",
        ),
        (
            "Maud Kerr said the well was inspected last year.",
            'Magnus Teal said: "It was not inspected last year."',
            Relation.CONTRADICT,
            "one says not",
        ),
        (
            "Maud Kerr said the leak was first reported on June 14.",
            "Magnus Teal said that he had reported the leak on May 3.",
            Relation.CONTRADICT,
            "exclusive days",
        ),
        (
            "Maud Kerr said the office would stay in Marlen.",
            "Magnus Teal said that whatever happened, the office would remain in Marlen.",
            Relation.AGREE,
            "same words",
        ),
        (
            "Maud Kerr said the school had 40 places.",
            "Magnus Teal said the ferry had room for 40 cars.",
            Relation.DIFFER,
            "different accounts",
        ),
    ],
)
def test_relations_near_to_others(one: str, other: str, relation: Relation, kind: str) -> None:
    first, second = told(report(f"{one} {other}"))
    verdict = relate(first, second)
    assert (verdict.relation, verdict.kind) == (relation, kind)


def test_that_there_was_none_lately_is_of_what_there_was_not() -> None:
    (one,) = told(report("Maud Kerr said there had been no call recently."))
    (other,) = told(report("Magnus Teal accused the town as recently as Monday of closing the pool."))
    assert one.absent
    assert not parted.missing(one, other)
