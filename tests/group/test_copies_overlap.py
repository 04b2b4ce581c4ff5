"""What two texts share, against a plain count; blocks; quotation marks; paragraphs that one lacks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.group.overlap import Overlap, common, overlap
from readout.group.passages import missing, quoted
from readout.group.sketches import WIDTH, words
from tests.group.copying import paragraphs, sentence

PIECES = st.lists(st.sampled_from("a b".split()), max_size=40)


def _laid(one: str, other: str) -> Overlap:
    first, second = words(one), words(other)
    return overlap(first, second, common(first, second))


def _grams(pieces: list[str]) -> list[tuple[str, ...]]:
    return [tuple(pieces[at : at + WIDTH]) for at in range(len(pieces) - WIDTH + 1)]


@given(PIECES, PIECES)
def test_shares_are_exact(one: list[str], other: list[str]) -> None:
    found = _laid(" ".join(one), " ".join(other))
    mine, theirs = _grams(one), _grams(other)
    both = set(mine) & set(theirs)
    assert found.one.contained == len(both) / max(1, len(set(mine)))
    assert found.other.contained == len(both) / max(1, len(set(theirs)))
    wanted = [
        any(at - n >= 0 and mine[at - n : at - n + 1] and mine[at - n] in both for n in range(WIDTH))
        for at in range(len(one))
    ]
    assert found.one.shared.tolist() == wanted


@given(PIECES, PIECES)
def test_blocks_hold_the_same_words_on_both_sides(one: list[str], other: list[str]) -> None:
    for start, opposite, count in _laid(" ".join(one), " ".join(other)).blocks.tolist():
        assert one[start : start + count] == other[opposite : opposite + count]
        assert count >= WIDTH


def test_the_longest_block_and_its_place() -> None:
    moved = sentence(1, 30)
    found = _laid(f"{sentence(2)} {moved} {sentence(3)}", f"{moved} {sentence(4)}")
    assert found.longest == (14, 0, 30)


def test_nothing_is_shared_with_nothing() -> None:
    assert _laid("", "").longest == (0, 0, 0)
    assert _laid("two words", sentence(1)).one.covered == 0


def test_words_inside_quotation_marks() -> None:
    source = 'He said “we came” and "we saw it" now\n"No end here\nBut «a new» line'
    found = words(source)
    inside = [source[s:e] for s, e, q in zip(found.starts, found.ends, quoted(found), strict=True) if q]
    assert inside == ["we", "came", "we", "saw", "it", "No", "end", "here", "a", "new"]


def test_a_paragraph_that_the_other_lacks_is_told_by_its_characters() -> None:
    whole = paragraphs(0, 5)
    found = _laid("\n".join(whole), "\n".join([whole[0], whole[3], "Own words: " + sentence(70), whole[4]]))
    lacks = ["\n".join(whole)[span.start : span.end] for span in missing(found.one)]
    assert lacks == ["\n".join(whole[1:3])]
    added = [found.other.words.text[span.start : span.end] for span in missing(found.other)]
    assert added == ["Own words: " + sentence(70)]


def test_a_sentence_that_the_other_lacks_is_told_in_a_text_without_paragraphs() -> None:
    whole = paragraphs(0, 4)
    found = _laid(" ".join(whole), " ".join([whole[0], whole[3]]))
    assert [" ".join(whole)[span.start : span.end] for span in missing(found.one)] == [" ".join(whole[1:3])]
    assert missing(found.other) == ()
