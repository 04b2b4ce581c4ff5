"""Sentence vectors: pieces of words, the model's files, and what the vectors are like where the model is there."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate import backends
from readout.annotate.backends import minilm
from readout.annotate.backends.wordpiece import Pieces, words
from readout.errors import InputError
from tests.sources import ROOT

LINES = ("[PAD]", "[CLS]", "[SEP]", "[UNK]", "talk", "##s", "##ing", "peace", ",", "京")
PIECES = Pieces(LINES)


def pieces(text: str, most: int = 99) -> list[str]:
    return [LINES[number] for number in PIECES.numbers(text, most)]


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    assert pieces("Peace talks, talking") == ["[CLS]", "peace", "talk", "##s", ",", "talk", "##ing", "[SEP]"]


@pytest.mark.parametrize("text", ["talkers", "unheard", "a" * 101])
def test_a_word_without_pieces_is_one_unknown(text: str) -> None:
    assert pieces(text) == ["[CLS]", "[UNK]", "[SEP]"]


def test_accents_and_unseen_signs_do_not_matter() -> None:
    assert pieces("pèace\u200b \ufffdtalk") == ["[CLS]", "peace", "talk", "[SEP]"]


def test_a_script_without_spaces_is_read_sign_by_sign() -> None:
    assert list(words("東京 talks")) == ["東", "京", "talks"]


@given(st.text(max_size=200), st.integers(2, 20))
def test_there_are_never_more_pieces_than_asked_for(text: str, most: int) -> None:
    found = pieces(text, most)
    assert (found[0], found[-1]) == ("[CLS]", "[SEP]")
    assert len(found) <= most


def test_a_vocabulary_without_the_signs_is_refused() -> None:
    with pytest.raises(InputError, match=r"\[SEP\]"):
        Pieces(["[CLS]", "[UNK]"])


def test_tables_are_read_as_they_were_written() -> None:
    table = np.arange(6, dtype="<f4").reshape(2, 3)
    header = json.dumps({"__metadata__": {}, "t": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}).encode()
    read = minilm.tensors(struct.pack("<Q", len(header)) + header + table.tobytes())
    assert read["t"].tolist() == table.tolist()


@pytest.mark.parametrize("content", [b"", b"\xff" * 8, b"\x02" + b"\0" * 7 + b"[]", b"\x02" + b"\0" * 7 + b"{}"[:1]])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="safetensors"):
        minilm.tensors(content)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("threadpoolctl")
    with pytest.raises(InputError, match="cannot be read"):
        backends.load(tmp_path)


def test_other_files_than_those_published_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("threadpoolctl")
    for name in minilm.DIGESTS:
        (tmp_path / name).write_bytes(b"other")
    with pytest.raises(InputError, match="digest"):
        backends.load(tmp_path)


@pytest.fixture(scope="module")
def real() -> backends.Encoder:
    folder = ROOT / "var" / "vectors" / "minilm"
    if not folder.is_dir():
        pytest.skip("no model of sentence vectors: `make vectors` fetches one")
    return backends.load(folder)


def test_the_same_meaning_is_near(real: backends.Encoder) -> None:
    said, also, other = (
        real.vector(text)
        for text in (
            "The two leaders spoke by phone.",
            "Both presidents had a telephone call.",
            "A volcano erupted in Iceland.",
        )
    )
    assert float(said @ also) > 0.5
    assert float(said @ other) < 0.2


def test_a_vector_has_length_one_and_is_the_same_again(real: backends.Encoder) -> None:
    texts = ("", "a", "Peace talks " * 300, "東京 \ud800")
    first = [real.vector(text) for text in texts]
    assert [round(float(np.linalg.norm(one)), 4) for one in first] == [1.0] * len(texts)
    assert all((one == real.vector(text)).all() for one, text in zip(first, texts, strict=True))
