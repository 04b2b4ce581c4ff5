"""Where sentences end: abbreviations, quotation marks, scripts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text import sentences


def parts(text: str) -> list[str]:
    starts = [0, *sentences.ends(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    "found",
    [
        ["It rained.", "Then it stopped."],
        ["“It rained.”", "He left."],
        ["Did it rain?", "Yes!", "It did."],
        ["Mr. Holt met Gen. Aune in St. Orrin on Jan. 5.", "They spoke."],
        ["The U.S. envoy left.", "J. Roe stayed."],
        ["It cost 3.5 million.", "Nobody paid."],
        ["维尔莫拉同意。", "他说：“好。”", "他走了。"],
        ["Он ушёл.", "Она осталась."],
        ["No stop at the end"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(found: list[str]) -> None:
    joined = "" if any("\u4e00" <= sign <= "\u9fff" for sign in found[0]) else " "
    assert parts(joined.join(found)) == found


@given(st.text(alphabet=st.characters() | st.sampled_from('.!? \n"A')))
def test_ends_rise_and_the_last_one_is_the_end_of_the_text(text: str) -> None:
    ends = sentences.ends(text)
    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text.rstrip())
