"""Words of telling are shown where the content alone would be misread, and not where they only say that it was said."""

from __future__ import annotations

import pytest

from readout.annotate import annotator
from readout.models import reading
from readout.present import cues
from tests.builders import article


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Caldria also denied that its boats had crossed the line.", "also denied that"),
        ("Caldria has demanded that Ostria withdraw its boats.", "has demanded that"),
        ("Minister Ada Okell promised to open the locks on Friday.", "promised"),
        ("Minister Ada Okell warned on Monday that “the locks will stay shut”.", "warned on Monday that"),
        ("Minister Ada Okell said that the locks would open on Friday.", ""),
        ("Minister Ada Okell told the council that the locks would open on Friday.", ""),
        ("“The locks will open on Friday,” Minister Ada Okell promised.", ""),
        ("According to Minister Ada Okell, the locks will open on Friday.", ""),
    ],
)
def test_words_of_telling(text: str, lead: str) -> None:
    held = article("Locks", text)
    statements = annotator.annotation(held).statements
    assert statements
    assert cues.before(statements[0], reading(held).text) == lead
