"""The map: one page through all steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout import pipeline
from readout.models import Media
from tests.builders import page, rejection
from tests.present.cli.desk import CAPTURE

FRENCH = """Le ferry reprend après la tempête

Le Phare
il y a 2 heures
La ligne entre Veld et Harrow a rouvert jeudi, trois jours après la tempête qui avait fermé les deux quais du port.
« Nous avons vérifié chaque planche deux fois », a déclaré la directrice de la ligne, Ana Moreau, devant la presse.
Le premier bateau est parti à six heures avec quarante passagers, dont beaucoup d'élèves qui avaient manqué l'école.
"""


def test_a_capture_gives_its_articles() -> None:
    found = pipeline.harvest(page(CAPTURE))
    assert [article.title for article in found.articles] == ["Ferry line reopens after the storm"]
    assert (found.page, found.rejections) == (page(CAPTURE), ())


def test_an_html_page_gives_its_article() -> None:
    body = "".join(f"<p>{line}</p>" for line in CAPTURE.splitlines()[6:])
    html = f"<!doctype html><html><head><title>Ferry line reopens</title></head><body><h1>Ferry line reopens</h1>{body}"
    found = pipeline.harvest(replace(page(html), media=Media.HTML))
    assert [article.title for article in found.articles] == ["Ferry line reopens"]


@pytest.mark.parametrize("text", ["DOWNLOAD THE APP\n", "...\n", "\ufffd"])
def test_a_page_that_gives_nothing_says_so(text: str) -> None:
    found = pipeline.harvest(page(text))
    assert found.articles == ()
    assert all(dropped.page == page(text).id and dropped.reason for dropped in found.rejections)
    assert found.rejections


def test_whatever_is_dropped_names_its_page() -> None:
    (dropped,) = pipeline.harvest(page("Ferry line reopens\nSoon."), ["fr"]).rejections
    assert page().name in f"{dropped.subject} {dropped.detail}"


def test_what_capture_dropped_passes_through() -> None:
    assert pipeline.harvest(rejection()).rejections == (rejection(),)


def test_articles_in_other_languages_are_dropped_where_languages_are_named() -> None:
    assert pipeline.harvest(page(FRENCH), ["fr", "en"]).articles
    found = pipeline.harvest(page(FRENCH), ["en"])
    assert found.articles == ()
    assert [dropped.reason for dropped in found.rejections] == ["wrong language"]


@given(st.text() | st.lists(st.sampled_from(CAPTURE.splitlines()), max_size=20).map("\n".join))
def test_the_same_page_gives_the_same_and_all_of_it_belongs_to_the_page(text: str) -> None:
    held = page(text.encode("utf-8", "replace"))
    found = pipeline.harvest(held)
    assert found == pipeline.harvest(held)
    assert {article.page for article in found.articles} <= {held.id}
    assert [article.position for article in found.articles] == list(range(len(found.articles)))
    assert found.articles or found.rejections
