"""A story: its articles with copies under their origin, the other episodes, what was said of it, and forms to say so.

A storyline has the same address, and shows its episodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.models import Article, Coverage, Judged, Level, Matter, On
from readout.present import sheaves, stories
from readout.present.screens import Row
from readout.present.web import (
    comments,
    comparing,
    correcting,
    counts,
    drawing,
    glance,
    minding,
    parameters,
    relating,
    render,
)
from readout.present.web.archive import Archive, goes_on

_READ = 12  # articles whose speakers are counted
_LOGGED = 400  # judgements looked through


def show(request: Request) -> Response:
    """`/story/{id}?saved=yes`; an id that the story had leads to the one it has. Raises NotFoundError,
    AmbiguousIdError.
    """
    archive: Archive = request.app.state.archive
    asked, saved = parameters.identifier(request, "story"), parameters.saved(request)
    found = archive.story(asked)
    if found.id != asked:
        return RedirectResponse(render.links(request).story(found.id, saved=saved), 303)
    return page(request, found, saved=saved)


def page(request: Request, found: Coverage, *, fault: str = "", saved: bool = False) -> Response:
    """The page of that story; `fault` says what was wrong with what was sent."""
    archive: Archive = request.app.state.archive
    storyline = found.level is Level.STORYLINE
    members = () if storyline else archive.members(found.id, limit=stories.MOST)
    articles = archive.chosen(members)
    together = sheaves.sheaves(articles, archive.copy_groups(members), archive.copies(members))
    own = [one.origin for one in together]
    log = [one for one in archive.judgements(limit=_LOGGED) if _is_about(one, members)]
    titles = {one.id: one.title for one in archive.chosen(stories.named(log))}
    screen = stories.story(
        found, together, _line(archive, found), stories.said(log, titles), _speakers(archive, own[:_READ])
    )
    if storyline:
        screen = replace(screen, episodes=_episodes(request, archive, found))
    after = goes_on(archive, found.id)
    screen = replace(screen, after=stories.row(after) if after else None)
    form = correcting.form(request, archive, found, fault=fault, saved=saved)
    status = 422 if fault else 200
    minding.offer(request, Matter.STORY, found.id, screen.row.title)
    comments.discuss(request, On.STORY, found.id)
    return render.page(
        request,
        "story.html",
        (
            screen,
            form,
            *relating.of_story(request, found),
            comparing.of_story(request, found),
            drawing.of_story(request, found, together),
        ),
        status=status,
        current="front",
    )


def _line(archive: Archive, found: Coverage) -> tuple[Coverage, Sequence[Coverage]] | None:
    if found.level is Level.STORYLINE:
        return found, archive.episodes(found.id)
    if found.storyline is None:
        return None
    return archive.story(found.storyline), archive.episodes(found.storyline)


def _episodes(request: Request, archive: Archive, line: Coverage) -> tuple[Row, ...]:
    """The episodes of a storyline as a list of stories shows them."""
    found = archive.episodes(line.id)[: stories.LIST_LENGTH]
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    return stories.listed(found, headed, glance.glance(request, found, counts.outlets(request)))


def _is_about(one: Judged, members: Sequence[str]) -> bool:
    return bool({*one.judgement.articles, *one.judgement.others} & set(members))


def _speakers(archive: Archive, articles: Sequence[Article]) -> list[tuple[str, str, int]]:
    """Who is quoted or reported in most of these articles, by name and its id, and in how many."""
    counts: Counter[str] = Counter()
    ids: dict[str, str] = {}
    for understood in archive.annotations([one.edition for one in articles]).values():
        speakers = {said.speaker for said in understood.statements if said.core and said.speaker.entity}
        ids |= {speaker.name: speaker.entity for speaker in speakers if speaker.entity}
        counts.update({speaker.name for speaker in speakers})
    return [(name, ids[name], number) for name, number in sorted(counts.items(), key=lambda held: (-held[1], held[0]))]
