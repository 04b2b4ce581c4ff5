"""What sightings are recognised by: sketches estimate what they should, and keys are the same on every machine."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.models import Article
from readout.store import identity, sketches
from readout.store.identity import Likeness, Publisher, likeness
from tests.builders import article
from tests.store.identities import ADDRESS, SENTENCES, VARIANTS, report

WORDS = [f"word{number}" for number in range(2_000)]
TEXTS = [report(), report(outlet=None), report(cut=2), report("Other", outlet="Echo"), report("Other")]
PARTS = sorted(map(sorted, identity.groups({one.edition: likeness(one) for one in TEXTS})))
KEYS = (
    (-16571048021129500, 1102465462529264049),
    -7486620402380667163,
    4345417585,
    "cb67f7198b0f",
)


def of(*body: str) -> Likeness:
    """The likeness of an article with that body."""
    return likeness(article("Talks resume", *body))


@given(st.integers(0, 2**32), st.integers(0, 300))
@settings(max_examples=50)
def test_the_share_of_equal_bins_estimates_the_share_of_words(seed: int, changed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    before = chance.choices(WORDS, k=300)
    after = [*chance.choices(WORDS, k=changed), *before[changed:]]
    grams = [{tuple(text[at : at + sketches.GRAM]) for at in range(len(text))} for text in (before, after)]
    jaccard = len(grams[0] & grams[1]) / len(grams[0] | grams[1])
    one, other = of(" ".join(before)), of(" ".join(after))
    equal = sum(a == b for a, b in zip(one.bins, other.bins, strict=True)) / sketches.BINS
    assert abs(equal - jaccard) < 5 * 0.09


def test_marks_lines_and_capitals_make_no_difference() -> None:
    plain = of(" ".join(SENTENCES))
    assert of(*SENTENCES).sketch == plain.sketch
    assert of(" ".join(SENTENCES).upper()).sketch == plain.sketch
    assert of(" ".join(SENTENCES).replace(".", "”,")).sketch == plain.sketch


def test_a_text_without_spaces_has_a_sketch_and_a_short_one_has_none() -> None:
    chinese = "".join(chr(0x4E00 + number * 7) for number in range(200))
    assert of(chinese).sketch
    assert identity.linked(of(chinese), of(chinese[:90] + "新" + chinese[90:]))
    assert of("Too short to say anything.").sketch == b""


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_of_an_address_have_one_key(variant: str) -> None:
    assert likeness(report(address=variant)).address == likeness(report(address=ADDRESS)).address


def test_whose_a_text_is_comes_from_its_outlet_and_its_site() -> None:
    known = likeness(report(address="https://edition.harbour.co.uk/talks"))
    assert known.publisher.site == "harbour.co.uk"
    assert likeness(report(outlet=None)).publisher == Publisher("", "")
    assert likeness(report(outlet="the harbour post")).publisher == likeness(report()).publisher


def test_keys_are_the_same_on_every_machine_and_for_ever() -> None:
    """Archives hold them: another number would no longer find what was kept."""
    found = likeness(report(address=ADDRESS))
    assert (found.sure, found.beginning, found.hints[0], found.sketch[:6].hex()) == KEYS


@given(st.permutations(TEXTS))
def test_no_order_changes_the_parts(order: list[Article]) -> None:
    parts = identity.groups({one.edition: likeness(one) for one in order})
    assert sorted(map(sorted, parts)) == PARTS
