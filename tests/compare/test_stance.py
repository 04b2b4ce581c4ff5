"""How an article stands to a headline."""

from __future__ import annotations

from readout.compare.stance import stance
from readout.compare.told import everything
from tests.compare.told import only, report


def test_an_article_that_debunks_is_told_from_one_that_reports() -> None:
    headline = only("Whale seen in the harbour of Calden")
    denied = everything(report("The whale in the harbour of Calden was a hoax.", "The photo is fake, the port said."))
    reported = everything(report("A whale was seen in the harbour of Calden on Friday.", "It swam out at noon."))
    assert stance(headline, denied).debunks > 0
    assert stance(headline, reported).debunks == 0
    assert stance(headline, reported).likeness > 0.5


def test_a_headline_that_asks_says_so_and_no_body_says_nothing() -> None:
    found = stance(only("Is there a whale in the harbour?"), [])
    assert found.asks
    assert (found.likeness, found.contradicts, found.agrees, found.debunks) == (0, False, False, 0)
