"""The form that corrects stories, as their pages show it; what it sends is done by `judging`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import Coverage, Judged, Judgement, Level, Suggestion
from readout.present import stories, views
from readout.present.screens import Item, Row
from readout.present.web import access, render
from readout.present.web.access import Needs
from readout.present.web.archive import Archive

_CHOICES = 40  # stories to choose from
_ASKED = 5  # questions on one page
_MARK = "article-"  # before the id of an article that is marked
_ELSEWHERE = "Stories are corrected on the machine that this site runs on, or with readout merge, split and move."


@runtime_checkable
class Judging(Protocol):
    """What judging stories needs of an archive; the Engine has it by shape."""

    def merge(self, one: str, other: str, *, by: str = ..., why: str = "") -> Judgement:
        """Say that two stories are one. Raises NotFoundError, AmbiguousIdError, InputError."""

    def split(self, story_id: str, article_ids: Iterable[str], *, by: str = ..., why: str = "") -> Judgement:
        """Say that articles of a story are one of their own. Raises as `merge`."""

    def move(self, article_id: str, story_id: str, *, by: str = ..., why: str = "") -> Judgement:
        """Say that an article belongs in a story. Raises as `merge`."""

    def suggestions(self, story_id: str = ..., *, limit: int = ...) -> Sequence[Suggestion]:
        """Where people are asked about a story. Raises NotFoundError, AmbiguousIdError."""

    def take(self, article_id: str, *, by: str = ..., why: str = ...) -> Judgement:
        """Do what the suggestion about that article says. Raises NotFoundError, AmbiguousIdError."""

    def decline(self, article_id: str, *, by: str = ..., why: str = ...) -> Judgement:
        """Say that the suggestion about that article is wrong. Raises as `take`."""

    def undo(self, judgement_id: str, *, by: str = ...) -> Judged:
        """Let that judgement count no more. Raises NotFoundError, InputError."""


@dataclass(frozen=True)
class Question:
    """A suggestion as a story's page asks it: one article, the one most like it, and what taking it does."""

    one: Item
    other: Item
    merges: bool


@dataclass(frozen=True)
class Typed:
    """What was sent and could not be done, to be sent again: the story chosen, the address, the reason, the marks.

    `answered` is whether a question was answered, and not this form sent.
    """

    other: str = ""
    address: str = ""
    why: str = ""
    marked: frozenset[str] = frozenset()
    answered: bool = False


@dataclass(frozen=True)
class Form:
    """The forms: a token where they may be used, else the reason why there are none; stories to choose from; what was
    wrong with what was sent, and whether with the marked articles or with the other story; whether something was just
    kept; what people are asked.
    """

    token: str = ""
    closed: str = ""
    choices: tuple[Row, ...] = ()
    fault: str = ""
    saved: bool = False
    questions: tuple[Question, ...] = ()
    typed: Typed = Typed()
    at: str = ""


def form(request: Request, archive: Archive, story: Coverage, *, fault: str = "", saved: bool = False) -> Form:
    """The forms on a story's page."""
    word, closed = token(request)
    if not word or story.level is Level.STORYLINE:
        return Form(closed=closed, saved=saved)
    line = archive.episodes(story.storyline) if story.storyline else ()
    others = {one.id: one for one in (*line, *archive.stories(limit=_CHOICES)) if one.id != story.id}
    choices = tuple(stories.row(one) for one in list(others.values())[:_CHOICES])
    judging: Judging = request.app.state.judging
    questions = _questions(archive, judging.suggestions(story.id, limit=_ASKED))
    typed = _typed(access.sent(request).fields) if fault else Typed()
    unmarked = request.url.path.endswith("/split") or (request.url.path.endswith("/move") and not typed.marked)
    return Form(word, "", choices, fault, saved, questions, typed, "articles" if unmarked else "other")


def _typed(sent: Mapping[str, str]) -> Typed:
    marked = frozenset(name.removeprefix(_MARK) for name in sent if name.startswith(_MARK))
    return Typed(sent.get("other", ""), sent.get("address", ""), sent.get("why", ""), marked, "answer" in sent)


def _questions(archive: Archive, found: Sequence[Suggestion]) -> tuple[Question, ...]:
    articles = {
        one.id: views.item(one) for one in archive.chosen([id_ for s in found for id_ in (s.article, s.nearest)])
    }
    asked = ((articles.get(one.article), articles.get(one.nearest), one.merges) for one in found)
    return tuple(Question(one, other, merges) for one, other, merges in asked if one and other)


def token(request: Request) -> tuple[str, str]:
    """A token where whoever asks may correct stories, and else why not, where that is to be told."""
    if request.app.state.judging is None:
        return "", ""
    if access.may(request, Needs.EDITOR):
        return render.csrf(request), ""
    return "", access.elsewhere(request, _ELSEWHERE, "Editors can correct stories.")
