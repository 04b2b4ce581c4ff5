"""The map: every step that news goes through, in order, on one page. Steps are named here and done elsewhere.

    outside → capture → Page → extract → Article
              archive          transcript (text captures), html (article pages)

What leaves is a Harvest, the page with everything that it gave, to be kept whole or not at all. Nothing here knows a
store, a setting or a clock, and nothing is caught: given the same page the same comes out, and a bug comes out as what
it is. Who carries the steps out decides what one page's bug may cost the others; see `run`.
"""

from __future__ import annotations

from readout.models import Article, Harvest, Media, Page, Rejection, Stage

NO_ARTICLE = "no article"


def harvest(arrival: Page | Rejection) -> Harvest:
    """Everything that one page gives. What capture dropped passes through, and a page that gives nothing says so."""
    if isinstance(arrival, Rejection):
        return Harvest(None, rejections=(arrival,))
    articles, rejections = _extracted(arrival)
    if not articles and not rejections:
        rejections = (Rejection(Stage.EXTRACT, arrival.name, NO_ARTICLE, page=arrival.id),)
    return Harvest(arrival, articles, rejections)


def _extracted(page: Page) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """Each extractor is loaded when a page first needs it: the one for HTML takes most of a second."""
    if page.media is Media.HTML:
        from readout.extract import html

        return html.articles(page)
    from readout.extract import transcript

    return transcript.articles(page)
