"""What brings together accounts that stand apart: terms, and how rare words are in long paragraphs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from readout.compare import align, parted
from readout.compare.comparison import comparison
from readout.compare.told import told
from tests.builders import NOON
from tests.compare.told import report

TERM = (
    "Veldania said on Sunday it hoped that clean water for the southern villages would be found before the spring.",
    "The fair opened in Brask without its usual fireworks, and children sang until the evening.",
    "Caldria said it had sold no rare earth abroad since the harbour was closed by storms.",
    "The fair closed late, and the band played on for those who had stayed behind in the rain.",
    "Norholt said its engineers wanted to know which rare earth the new furnaces in the hills would need.",
)


def test_a_term_is_a_row_of_its_own() -> None:
    points = comparison([report(*TERM)]).points
    assert [{one.party for one in point.accounts} for point in points] == [{"Caldria", "Norholt"}]


def test_a_term_that_says_only_where_something_was_ties_nothing() -> None:
    (one,), (other,) = (told(report(text)) for text in (TERM[2], TERM[4]))
    (heard,) = told(report("Norholt said loud bangs from the rare earth had woken its engineers."))
    rare = parted.Rare(align.weights([one, other, heard]))
    (term,) = one.terms & other.terms & heard.terms
    assert [parted.why(one, each, rare, " ".join(term)) for each in (other, heard)] == ["", "common"]


def test_words_are_weighed_by_passage_however_long_a_paragraph_is() -> None:
    lines = [
        f"The mayor said the {thing} in the old town was closed for the winter." for thing in ("bridge", "pool", "zoo")
    ]
    apart, together = (told(report(*texts)) for texts in (lines, [" ".join(lines * 3)]))
    for statements in (apart, together):
        weighed = align.weights(statements)
        assert weighed["bridg"] > weighed["clos"]


def test_a_term_alone_ties_no_articles_whose_days_are_unknown_or_apart() -> None:
    (one,), (other,) = (told(report(text)) for text in (TERM[2], TERM[4]))
    rare = parted.Rare(align.weights([one, other]))
    others = (other, replace(other, at=NOON + timedelta(days=9)), replace(other, at=None))
    assert [parted.why(one, each, rare, "rare earth") for each in others] == ["", "common", "common"]


def test_what_the_leaders_do_not_agree_on_is_no_agreement() -> None:
    """Made by hand: whether the annotator takes it for an agreement is not asked here."""
    both = report("Orrin Valtec and Tamsin Okell agreed at a long table that the lake of Aquel shall be filled.")
    (one,) = told(both)
    statements = [replace(one, cue=cue) for cue in ("agreed", "don’t seem to agree")]
    assert [pair.one for pair in align.joint(statements, [("Veldania", "Caldria")] * 2)] == [0]
