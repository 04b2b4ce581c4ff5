"""How two statements relate, and above all when they do not contradict each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from readout.compare.relate import relate
from readout.compare.told import told
from readout.models import Relation
from tests.compare.told import only, report


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "The palace said the call lasted 50 minutes.",
            "The embassy said the call lasted 20 minutes.",
            "exclusive figures",
        ),
        ("The aide said the fair opened on May 3.", "The mayor said the fair opened on June 14.", "exclusive days"),
        ("The army said the plane crashed in Veld.", "The guard said the plane crashed in Tarn.", "exclusive places"),
        (
            "The union said there was a leak in the hall.",
            "The plant said there was no leak in the hall.",
            "there is none",
        ),
        ("The guard said the gate was locked.", "The owner said the gate was unlocked.", "opposite words"),
        ("The lawyer said Ida Munk signed the order.", "The clerk said Karel Dorn signed the order.", "who did it"),
        ("The paper said the general had resigned.", "The army said the general had not resigned.", "one says not"),
        ("The mayor said the water of the lake was safe.", "A doctor said the water was not safe.", "one says not"),
        (
            "The union said the firm had refused its offer.",
            "The firm said it had not refused any offer.",
            "one says not",
        ),
        (
            "The guard said the boat had rammed its cutter.",
            "The owner said the cutter had rammed the boat.",
            "who did it",
        ),
    ],
)
def test_a_contradiction_names_its_kind(one: str, other: str, kind: str) -> None:
    found = relate(only(one), only(other, "Coast Radio"))
    assert (found.relation, found.kind) == (Relation.CONTRADICT, kind)
    assert found.words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry said at least 11 people died.", "The hospital said 14 people died."),
        ("The mayor said rents in Norby rose by 4 percent.", "The mayor said rents in Calden rose by 11 percent."),
        ("The palace said the first call lasted an hour.", "The embassy said the second call lasted 20 minutes."),
        ("The club wants the game to be held in Soll.", "The league wants the game to be held in Harden."),
        ("The mayor joked that the road was finished.", "The builder said the road was not finished."),
        ("The minister said he would resign.", "The governor said he would not resign."),
        ("The analyst said exports may rise.", "The bank said exports may fall."),
        ("The poet said the king was once called a fool.", "The king said he was no fool."),
        ("The bank said it had not lost money.", "The auditor said no money was lost."),
        (
            "The army denied that its troops had crossed the river.",
            "The rebels said its troops had not crossed the river.",
        ),
        ("The army said the rebels had shelled the town.", "The rebels said the town had shelled the rebels."),
        ("The mayor said the north gate was not locked.", "The guard said the south gate was locked."),
        ("The mayor said the bridge was not closed on Monday.", "The driver said the bridge was closed on Friday."),
        ("The mayor wants the bridge not closed.", "The driver said the bridge was closed."),
        ("The mayor said the bridge was not necessarily safe.", "The builder said the bridge was safe in May."),
        ("The president said the two had discussed trade.", "His rival said they had not discussed the border."),
        ("The bank said it had not raised its rates in May.", "The shop said it had raised its prices in May."),
        ("The union said the owner had refused a rise.", "The owner said it had not refused to talk."),
        ("The mayor said the bridge was closed to lorries.", "The police said the bridge was open to cars."),
        ("The club said the player had not signed.", "The agent said the player would sign tomorrow."),
        ("The bank said it would not have closed the branch.", "The union said the bank had closed the branch."),
    ],
)
def test_what_only_looks_like_a_contradiction_is_none(one: str, other: str) -> None:
    assert relate(only(one), only(other, "Coast Radio")).relation is not Relation.CONTRADICT
    assert relate(only(other, "Coast Radio"), only(one)).relation is not Relation.CONTRADICT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor said the town hall had been informed within the hour.", "The guard said nobody had informed him."),
        ("The minister said several of the captives had died.", "The rebels said all 26 were alive."),
        ("The union said the owner had moved the meeting at night.", "The owner said that was fiction."),
        ("The aide said the mayor had raised the case twice.", "The consul said the case was never mentioned."),
        ("The coach said the player was fit.", "The doctor said the player was injured."),
    ],
)
def test_an_answer_right_behind_a_claim_can_contradict_it_without_its_words(one: str, other: str) -> None:
    first, second = told(report(one, other))
    assert relate(first, second).relation is Relation.CONTRADICT


def test_what_is_said_the_other_way_round_is_not_the_same() -> None:
    one, other = (
        only("The paper said Veldania had attacked Norholt."),
        only("The radio said Norholt had attacked Veldania."),
    )
    assert relate(one, other).relation is Relation.DIFFER


def test_what_is_counted_days_later_may_have_changed() -> None:
    earlier, later = "The firm said the hall holds 40 barrels.", "The firm said the hall holds 70 barrels."
    now = relate(only(earlier), only(later, "Coast Radio"))
    afterwards = relate(only(earlier), only(later, "Coast Radio", timedelta(days=9)))
    assert afterwards.relation is Relation.DIFFER
    assert now.relation in {Relation.CONTRADICT, Relation.DIFFER}


def test_two_units_of_one_length_agree() -> None:
    one, other = (
        only("The aide said the call lasted two hours."),
        only("The office said the call lasted 120 minutes.", "B"),
    )
    assert relate(one, other).relation is Relation.AGREE


def test_a_denial_of_a_negation_agrees() -> None:
    one = only("The army denied that its troops had crossed the river.")
    other = only("The elders said the army's troops had not crossed the river.", "Coast Radio")
    assert relate(one, other).relation is not Relation.CONTRADICT


def test_relations_are_the_same_both_ways_round() -> None:
    one, other = only("The guard said the gate was locked."), only("The owner said the gate was unlocked.", "B")
    assert relate(one, other).relation is relate(other, one).relation


def test_a_date_that_one_has_noted_and_the_other_says_is_not_set() -> None:
    none = only("The Rotunda said no date had been set for a meeting.")
    noted = only('"We agreed to meet before long, and the date is in both our diaries," Okell wrote.')
    assert relate(none, noted).relation is Relation.CONTRADICT
