"""Comments: under a story or an article, on a page of their own for a statement, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import AmbiguousIdError, InputError, NotFoundError, TooOftenError
from readout.models import Comment, CommentReport, Draft, On, Trace, User
from readout.present import accounts, discussion
from readout.present.discussion import Discussion, Subject, Waiting
from readout.present.harmless import harmless
from readout.present.setting import clipped
from readout.present.told import called, tidy
from readout.present.web import access, render
from readout.present.web.access import Access, visitor
from readout.present.web.archive import Archive
from readout.run.comments import Thread

_SIGN_IN = "Who is signed in can comment."
_NOTHING = Draft("")
_TITLE = 300


@runtime_checkable
class Commenting(Protocol):
    """What comments need of an archive; the Engine has it by shape. Any verb may raise NotFoundError, and those that
    change something ForbiddenError, InputError and TooOftenError.
    """

    def say(self, user: User | None, on: On, subject: str, draft: Draft) -> Comment:
        """Keep a comment."""

    def threads(self, on: On, subject: str) -> Sequence[Thread]:
        """What was said of that."""

    def count_comments(self, on: On, subject: str) -> int:
        """How many are shown."""

    def comment(self, comment_id: str) -> Comment:
        """The comment of that id."""

    def traces(self, comment_id: str) -> Sequence[Trace]:
        """What it was before."""

    def reports(self, comment_id: str) -> Sequence[CommentReport]:
        """The reports of it."""

    def moderated(self) -> Sequence[Comment]:
        """What waits for an editor."""

    def edit_comment(self, user: User, comment_id: str, text: str) -> Comment:
        """Other words."""

    def delete_comment(self, user: User, comment_id: str) -> Comment:
        """Take it back."""

    def report_comment(self, user: User, comment_id: str, why: str) -> bool:
        """Tell the editors."""

    def hide_comment(self, editor: User, comment_id: str, why: str) -> Comment:
        """Let nobody see it."""

    def show_comment(self, editor: User, comment_id: str) -> Comment:
        """Let it be seen."""


def discuss(request: Request, on: On, subject: str) -> None:
    """Let the page that is made for this request show what was said of that, and the form."""
    if request.app.state.commenting is not None:
        request.state.discussion = _discussion(request, on, subject)


def discussed(request: Request) -> Discussion | None:
    """What the page for this request shows of comments."""
    found: Discussion | None = getattr(request.state, "discussion", None)
    return found


def show(request: Request) -> Response:
    """`/comments/{on}/{subject}`: what was said of that, alone on a page. Raises NotFoundError."""
    on, subject = _asked(request)
    discuss(request, on, subject)
    return _page(request, on, subject)


def say(request: Request) -> Response:
    """`/comments/{on}/{subject}`, sent; back to the comment, or the page again with everything as it was typed."""
    on, subject = _asked(request)
    user, form = visitor(request), access.sent(request).fields
    if user is None and not _open(request):
        raise HTTPException(403, _SIGN_IN)
    draft = Draft(form.get("text", ""), form.get("parent", ""), form.get("name", ""))
    try:
        made = _archive(request).say(user, on, subject, draft)
    except InputError as error:
        return _again(request, draft, f"It was not kept: {error.name}: {error.reason}.", 422)
    except TooOftenError as error:
        fault = f"It was not kept: too many at once. Try again in {error.wait // 60} minutes."
        return _again(request, draft, fault, 429)
    links = render.links(request)
    if user is None:
        return RedirectResponse(links.comments(on.value, made.subject, waiting=True), 303)
    return RedirectResponse(_where(request, made), 303)


def matter(request: Request) -> Response:
    """`/comment/{id}`: one comment and what can be done with it. Raises NotFoundError."""
    found = _archive(request).comment(str(request.path_params["id"]))
    return _matter(request, found)


def moderation(request: Request) -> Response:
    """`/moderation`: what waits for an editor."""
    archive = _archive(request)
    waiting = [
        Waiting(
            discussion.one(one, visitor(request)),
            _about(request, one.on, one.subject),
            tuple(harmless(each.why) for each in archive.reports(one.id) if each.why) if one.reports else (),
        )
        for one in archive.moderated()
    ]
    return render.page(request, "moderation.html", waiting, current="you")


def edit(request: Request) -> Response:
    """`/comment/{id}/edit`, sent."""
    text = access.sent(request).fields.get("text", "")
    return _done(request, lambda user, one: _archive(request).edit_comment(user, one, text), text=text)


def delete(request: Request) -> Response:
    """`/comment/{id}/delete`, sent."""
    return _done(request, _archive(request).delete_comment)


def report(request: Request) -> Response:
    """`/comment/{id}/report`, sent."""
    why = access.sent(request).fields.get("why", "")
    return _done(request, lambda user, one: _archive(request).report_comment(user, one, why), reason=why)


def hide(request: Request) -> Response:
    """`/comment/{id}/hide`, sent; an editor's."""
    why = access.sent(request).fields.get("why", "")
    return _done(request, lambda user, one: _archive(request).hide_comment(user, one, why), reason=why)


def unhide(request: Request) -> Response:
    """`/comment/{id}/show`, sent; an editor's."""
    return _done(request, _archive(request).show_comment)


def _done(
    request: Request, act: Callable[[User, str], object], *, text: str | None = None, reason: str = ""
) -> Response:
    user, asked = _user(request), str(request.path_params["id"])
    try:
        act(user, asked)
    except InputError as error:
        found = _archive(request).comment(asked)
        fault = f"It was not kept: {error.name}: {error.reason}."
        return _matter(request, found, fault=fault, text=text, reason=reason)
    return RedirectResponse(_where(request, _archive(request).comment(asked)), 303)


def _matter(
    request: Request, found: Comment, *, fault: str = "", text: str | None = None, reason: str = ""
) -> Response:
    archive = _archive(request)
    history = archive.traces(found.id), archive.reports(found.id)
    screen = discussion.matter(found, _user(request), history)
    screen = replace(screen, fault=fault, reason=reason, text=screen.text if text is None else text)
    about = _about(request, found.on, found.subject)
    return render.page(request, "comment.html", (screen, about), status=422 if fault else 200)


def _page(request: Request, on: On, subject: str, status: int = 200) -> Response:
    return render.page(request, "comments.html", _about(request, on, subject), status=status)


def _about(request: Request, on: On, subject: str) -> Subject:
    """What comments are about, or what is known of it where it is no longer kept."""
    archive: Archive = request.app.state.archive
    links, (article_id, _, statement) = render.links(request), subject.partition(":")
    try:
        if on is On.STORY:
            headline = archive.story(subject).headline
            return Subject("Story", _line(headline.text if headline else ""), links.story(subject))
        article = archive.article(article_id)
    except (NotFoundError, AmbiguousIdError):
        return Subject(str(on).capitalize(), "", links.front())
    if on is On.ARTICLE:
        return Subject("Article", _line(article.title), links.article(article.id))
    understood = archive.annotation(article.edition)
    said = next((one for one in understood.statements if one.id == statement), None) if understood else None
    words = f"{called(said.speaker.name)}: {tidy(accounts.words(article, said).words)}" if said else article.title
    return Subject("Statement", _line(words), f"{links.article(article.id)}?marks=statements")


def _line(text: str) -> str:
    return clipped(" ".join(harmless(text).split()), _TITLE) or "No title"


def _again(request: Request, draft: Draft, fault: str, status: int) -> Response:
    on, subject = _asked(request)
    request.state.discussion = _discussion(request, on, subject, draft, fault)
    return _page(request, on, subject, status)


def _discussion(request: Request, on: On, subject: str, draft: Draft = _NOTHING, fault: str = "") -> Discussion:
    archive, user = _archive(request), visitor(request)
    return Discussion(
        on,
        subject,
        discussion.shown(archive.threads(on, subject), user),
        archive.count_comments(on, subject),
        "" if user or _open(request) else _SIGN_IN,
        user is not None,
        fault,
        draft.text,
        draft.name,
        draft.parent or request.query_params.get("answers", ""),
        request.query_params.get("waiting") == "yes",
    )


def _asked(request: Request) -> tuple[On, str]:
    on, subject = str(request.path_params["on"]), str(request.path_params["subject"])
    if on not in set(On) or len(subject) > 100:  # noqa: PLR2004 - ids are shorter
        raise HTTPException(404)
    return On(on), subject


def _where(request: Request, comment: Comment) -> str:
    links, anchor = render.links(request), f"#{comment.id}"
    if comment.on is On.STORY:
        return links.story(comment.subject) + anchor
    if comment.on is On.ARTICLE:
        return links.article(comment.subject) + anchor
    return links.comments(comment.on.value, comment.subject) + anchor


def _archive(request: Request) -> Commenting:
    found: Commenting | None = request.app.state.commenting
    if found is None:
        raise HTTPException(404)
    return found


def _open(request: Request) -> bool:
    rules: Access = request.app.state.access
    return rules.visitors_comment


def _user(request: Request) -> User:
    user = visitor(request)
    if user is None:
        raise HTTPException(403, _SIGN_IN)
    return user
