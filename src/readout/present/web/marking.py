"""The article page's marks: which are asked for, and where the article's annotation comes from."""

from __future__ import annotations

from starlette.requests import Request

from readout.errors import InputError
from readout.models import Article, Page
from readout.present import marked
from readout.present.screens import KINDS, STATEMENTS, ArticleScreen, Marked
from readout.present.traced import Traced
from readout.present.web.archive import Archive

_NONE = "none"


def asked(request: Request) -> tuple[str, ...]:
    """The kinds of marks asked for: `?marks=statements,names,times`, or `none`; statements where nothing is said.
    Raises InputError.
    """
    given = request.query_params.getlist("marks")
    if not given:
        return (STATEMENTS,)
    wanted = [] if given == [_NONE] else given[0].split(",")
    if len(given) > 1 or len(set(wanted)) < len(wanted) or not set(wanted) <= set(KINDS):
        raise InputError("marks", f"it can only be some of {', '.join(KINDS)}, or {_NONE}")
    return tuple(wanted)


def marks(archive: Archive, article: Article, page: Page, screen: ArticleScreen, kinds: tuple[str, ...]) -> Marked:
    """The marks of an article of that page in what its screen shows."""
    blocks = (*screen.standfirst, *screen.body)
    return marked.marked(Traced(article, page), archive.annotation(article.edition), blocks, kinds)
