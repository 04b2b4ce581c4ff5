"""How good the timelines of the sample's stories are: days that several texts tell of, and what stands ahead.

    python -m quality.timelines

Stories and articles are put together as the answers say, so that timelines alone are measured; events are those that
Readout finds in the articles that it extracts. A storyline is one story here, and one with fewer than two texts is left
out. An answer's day is one of its happenings; texts are told apart by the answers too, so that copies count once.
  days        of the days on which the answers have something that two texts or more tell of, those in the timeline
  entries     of the entries that two independent origins or more report, those whose day is a day of the answers
  ahead       of what the answers have as planned or due after the last article, what is ahead in the timeline, by the
              last day of its time
Rules were worked out on this very corpus and its numbers are small (9 days, 5 entries, 8 ahead): these figures guard,
they prove nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from quality.figures import Figure, corpus, share
from readout import pipeline
from readout.capture import manifest
from readout.group.timeline import Telling, last_day, telling, timeline
from readout.models import ArticleId, CopyGroup, Page, Timeline

FLOORS = {"days": 0.9, "entries": 0.9, "ahead": 0.8}
_SAMPLE = Path(str(files("readout") / "sample"))
_DAY = len("2031-03-04")
_TOLD_BY = 2

Row = dict[str, Any]


def measure() -> Iterator[Figure]:
    """The three figures."""
    where = corpus("sample", [_SAMPLE / "answers" / f"{name}.jsonl" for name in ("articles", "events", "stories")])
    hits: dict[str, list[bool]] = defaultdict(list)
    missed: dict[str, list[str]] = defaultdict(list)
    for story, found, answers in _stories():
        for name, what, hit in _judged(found, answers):
            hits[name].append(hit)
            if not hit:
                missed[name].append(f"{story}: {what}")
    for name, floor in FLOORS.items():
        yield Figure(name, share(hits[name]), floor, where, tuple(missed[name]))


def _judged(found: Timeline, answers: list[Row]) -> Iterator[tuple[str, str, bool]]:
    happened = [one for one in answers if one["status"] == "happened" and len(one["date"] or "") == _DAY]
    texts: dict[str, set[str]] = defaultdict(set)
    for one in happened:
        texts[one["date"]].add(one["text"])
    shown = {entry.when for entry in (*found.past, *found.ahead)}
    for day in sorted(day for day, told in texts.items() if len(told) >= _TOLD_BY):
        yield "days", day, day in shown
    for entry in found.past:
        if entry.origins >= _TOLD_BY and len(entry.when) == _DAY:
            yield "entries", f"{entry.when} {entry.first.what}", entry.when in {one["date"] for one in answers}
    ends = {entry.end for entry in found.ahead}
    for when in sorted({one["date"] for one in answers if one["status"] != "happened" and one["date"]}):
        if found.as_of and last_day(when) >= found.as_of:
            yield "ahead", when, last_day(when) in ends


def _stories() -> Iterator[tuple[str, Timeline, list[Row]]]:
    """Each story's name, its timeline, and the answers' events with the text each stands in."""
    texts = {_place(row["file"], row["n"]): str(row["text"]) for row in _rows("articles")}
    tellings = _tellings(texts)
    events: dict[str, list[Row]] = defaultdict(list)
    for row in _rows("events"):
        place = _place(row["file"], row["article"])
        events[place].append({**row, "text": texts.get(place, place)})
    together: dict[str, list[str]] = defaultdict(list)
    for row in _rows("stories"):
        if row["story"] != "none":
            together[row["storyline"] or row["story"]] += row["articles"]
    for story, places in together.items():
        if len({texts.get(place, place) for place in places}) >= _TOLD_BY:
            told = {one.article: one for one in (tellings[place] for place in places if place in tellings)}
            yield story, timeline(told.values()), [row for place in dict.fromkeys(places) for row in events[place]]


def _tellings(texts: dict[str, str]) -> dict[str, Telling]:
    found = {}
    for page in manifest.pages(files("readout") / "sample"):
        if not isinstance(page, Page):
            continue
        for article in pipeline.harvest(page).articles:
            place = _place(page.name.partition("sample/")[2] or page.name, article.position)
            one_text = CopyGroup(ArticleId(texts.get(place, place)), (), None, "by the answers")
            found[place] = telling(article, pipeline.annotation(article), one_text)
    return found


def _place(file: str, number: int) -> str:
    return f"{file}#{number}"


def _rows(name: str) -> Iterator[Row]:
    with (_SAMPLE / "answers" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
