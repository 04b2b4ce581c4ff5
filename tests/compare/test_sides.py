"""Who speaks for whom, and under which party words stand; "nobody knows" is better than a wrong name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quality.columns import Columns, Standing, holds
from readout.compare import sides
from readout.compare.comparison import comparison
from readout.compare.told import Report
from readout.models import Party
from tests.compare.told import report

GAUGE = (
    "Caldria's foreign minister, Ruan Treve, said Veldania had accepted a slower pace. Caldria said Veldania was late.",
    "Veldania's foreign minister, Edda Korvin, said that Caldria knew better.",
    "Both delegations agreed to install a gauge at the border by May.",
    "Signe Alder, the foreign minister of Norholt, said the tea was hot. Alder said she was glad.",
)


def of(*reports: Report) -> dict[str, str]:
    """The party of every speaker."""
    return {name: party.name for party in sides.parties(reports) for name in party.members}


def both(parties: Sequence[Party], *reports: Report) -> tuple[str, ...]:
    """Whom "both" means where the last of the articles says it."""
    said = {one.id for one in reports[-1].annotation.statements}
    (found,) = (of for one, of in sides.together(parties, reports).items() if one in said)
    return found


def test_both_sides_are_those_of_whom_the_article_speaks_and_not_the_hosts_who_say_most() -> None:
    told = report(*GAUGE)
    parties = sides.parties([told])
    assert "Norholt" in {party.name for party in parties[:2]}
    assert set(both(parties, told)) == {"Caldria", "Veldania"}
    accounts = {account.party for point in comparison([told]).points for account in point.accounts}
    assert "Norholt" not in accounts


def test_both_sides_of_an_article_that_names_nobody_are_those_of_the_story() -> None:
    told, short = report(*GAUGE[:3]), report("Both delegations agreed to install a gauge.", outlet="Isle Gazette")
    parties = sides.parties([told, short])
    assert set(both(parties, told, short)) == {"Caldria", "Veldania"}


def test_both_sides_are_nobody_where_a_third_is_spoken_of_as_much() -> None:
    told = report(
        "Veldania said no. Caldria said yes. Norholt said perhaps.",
        "Both sides agreed to install a gauge at the border.",
    )
    assert both(sides.parties([told]), told) == ()


def test_two_are_told_in_one_breath_with_their_lands() -> None:
    found = of(
        report(
            "The foreign ministers of Veldania and Caldria, Pavel Renk and Ida Morl, spoke by telephone on Monday.",
            "Renk said the patrols would go. Morl said they would stay.",
            "Veldania said it was glad. Caldria said it was not.",
        )
    )
    assert found["Pavel Renk"] == found["Veldania"] != found["Ida Morl"]
    assert found["Ida Morl"] == found["Caldria"]


def test_a_president_of_a_land_is_of_that_land() -> None:
    found = of(
        report(
            "President Ralph Bering of Columbria said the duties would stay. Bering said they were fair.",
            "Columbria's embassy gave no answer to questions about students. A diplomat of Columbria said it was late.",
        )
    )
    assert found["Ralph Bering"] == "Columbria"
    assert set(found.values()) == {"Columbria"}


@pytest.mark.parametrize(
    ("party", "wanted", "expected"),
    [
        ("Port Ansel", [{"Caldria"}], Standing.RIGHT),
        ("Port Ansel", [{"Caldria"}, {"Veldania"}], Standing.WRONG),
        ("Norholt", [{"Veldania"}], Standing.WRONG),
        ("a minister", [{"Caldria"}], Standing.APART),
        ("survivors", [{"Caldria"}], Standing.APART),
    ],
)
def test_where_an_account_stands(party: str, wanted: list[set[str]], expected: Standing) -> None:
    held = [("Port Ansel", {"Caldria"}), ("Port Ansel", {"Caldria"}), ("a minister", {"Caldria"})]
    columns = Columns.by_most({"Norholt": "Norholt"}, [*held, ("Norholt", {"Veldania"})])
    assert columns.standing(party, wanted) is expected


def test_a_name_holds_another_as_whole_words() -> None:
    assert holds("the Tariq Union of Nurses", "union")
    assert not holds("the Unionists", "union")


@pytest.mark.parametrize(
    ("words", "side", "member"),
    [
        (
            'The UCF spoke on Monday. "It rained," its president Dario Sforza said. The UCF said it was late.',
            1,
            "Sforza",
        ),
        ("Caldria's lawyer, Ebbe Krag, said the sample was clean. Caldria said so, too.", 1, "Krag"),
        ("Chinese state television said it was raining. China said so, too.", 1, "television"),
        ("Caldrian officials said it was late. Caldria said so, too.", 1, "officials"),
        ("U.K. officials said it was late. The United Kingdom said it was early.", 1, "officials"),
        (
            "Caldria's envoy, Ada Brook, said it was late. Brook's father said it was early. Caldria said so.",
            2,
            "father",
        ),
        ("The Seafarers' Union said it was late. The union's Maud Thirkel said it was early.", 1, "Thirkel"),
        (
            "The Seafarers' Union said the Millers' Union was late. The union's Maud Thirkel said it was early.",
            2,
            "Thirkel",
        ),
        ("Caldrian economists said it was late. Caldria said it was early.", 2, "economists"),
        ("Caldrian opposition leader Ada Brook said it was late. Caldria said it was early.", 2, "Brook"),
    ],
)
def test_who_belongs_to_a_side_and_who_only_to_its_land(words: str, side: int, member: str) -> None:
    found = of(report(words))
    assert len(set(found.values())) == side, found
    assert any(member in name for name in found)


@pytest.mark.parametrize("behind", ["hours after the Caldrian army had left", "said the Caldrian army late on Monday"])
def test_what_stands_behind_a_name_and_tells_of_another(behind: str) -> None:
    found = of(report(f"A bridge fell in Norholt, {behind}.", "Norholt said it was dark. Caldria said it was day."))
    assert found["Norholt"] == "Norholt"


def test_the_presidents_spokeswoman_is_his_where_the_texts_have_one_president() -> None:
    found = of(
        report(
            "President Ralph Bering said no. The president's spokeswoman, Carla Dean, said so. The presidency agreed."
        ),
    )
    assert set(found.values()) == {"Ralph Bering"}


def test_another_lands_presidents_spokesman_is_not_the_known_presidents() -> None:
    found = of(
        report(
            "President Ralph Bering of Columbria said no. Columbria's army said nothing.",
            "The Sinhai president's spokesman, Lin Tao, said it was late.",
        )
    )
    assert found["Lin Tao"] != found["Ralph Bering"]
