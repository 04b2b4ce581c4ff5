"""What a statement does: the cue's verb decides where it tells, the model weighs the rest."""

from __future__ import annotations

import pytest

from readout.annotate import act_model, act_traits, acts, model
from readout.annotate.frames import frame
from readout.errors import InputError
from readout.models import Act, SpeakerType

TOLD = [
    ("denied", "taking any money", "indirect", Act.DENIAL),
    ("refused", "to leave the hall", "indirect", Act.REFUSAL),
    ("urged", "both banks to keep the peace", "indirect", Act.DEMAND),
    ("declined to comment", "on the ferry", "indirect", Act.NO_COMMENT),
    ("vowed", "to mend the lock by autumn", "indirect", Act.COMMITMENT),
    ("said", "eleven boats were moored at the quay on Sunday", "indirect", Act.CLAIM),
    ("said", "“It was a disgraceful and stupid decision.”", "direct", Act.EVALUATION),
    ("said", "he would open the sluice on Friday", "indirect", Act.COMMITMENT),
    ("said", "prices are likely to fall before the winter", "indirect", Act.PREDICTION),
]


def act(cue: str, content: str, kind: str, speaker: SpeakerType = SpeakerType.PERSON) -> Act:
    return acts.acts([acts.case(frame(cue), content, kind, speaker)])[0]


@pytest.mark.parametrize(("cue", "content", "kind", "wanted"), TOLD)
def test_what_statements_do(cue: str, content: str, kind: str, wanted: Act) -> None:
    assert act(cue, content, kind) is wanted


def test_names_and_numbers_are_alike_to_the_model() -> None:
    one, other = (
        act_traits.words(f"{name} had paid {sum_} crowns", "indirect")
        for name, sum_ in (("Orla", "40"), ("Tibor", "7"))
    )
    assert one == other == [act_traits.NAME, "had", "paid", act_traits.NUMBER, "crowns"]


def test_a_sentence_may_begin_with_any_word() -> None:
    assert act_traits.words("We left. Nothing remains", "direct")[-2:] == ["nothing", "remains"]


def test_the_same_statement_has_the_same_act_whoever_is_named() -> None:
    told = {act("said", f"{name} will pay", "indirect") for name in ("Orla", "Tibor", "Ada Quill")}
    assert len(told) == 1


@pytest.mark.parametrize("content", ["", "…", "“”", "9", "\ud800", "x" * 100_000, "if " * 20_000])
def test_any_content_has_an_act(content: str) -> None:
    assert act("said", content, "direct", SpeakerType.DOCUMENT) in set(Act)


def test_statements_are_weighed_together_as_they_are_alone() -> None:
    cases = [acts.case(frame(cue), content, kind, SpeakerType.PERSON) for cue, content, kind, _ in TOLD]
    assert acts.acts(cases) == [wanted for *_, wanted in TOLD]
    assert acts.acts([]) == []


def test_scores_stand_in_the_order_of_acts() -> None:
    scores = act_model.shipped().scores([({"kind direct"}, ["we", "will"]), (set(), [])])
    assert scores.shape == (2, len(act_model.ACTS))


def test_a_damaged_model_is_refused() -> None:
    with pytest.raises(InputError, match=r"acts\.npz"):
        model.read(b"damaged", "0" * 64, model.ACTS)
