"""How well points are found in thirty-two invented stories, each set written in one go before the rules it judges.

  python -m quality.accounts [--seen | --lost]

`quality/accounts/*.txt` hold a story each: a line `p1 contradict core | matter` for every planted point (`t1 trap …`
for what must not be called a contradiction, `x1 apart …` for what must not be set side by side at all), `== time |
outlet`, a title, paragraphs, and in these `{p1,p3 Party|words}` around each account. By the digest of its name one half
of a set is tuned on, the other only ever looked at by its totals.

The first ten judged until compare/5: their set-aside half was looked at about thirteen times and is known by now; it
has no floor any more. The twelve of `second/` were written before compare/6, with twice as many traps: calls and
meetings that are two, stretches of time, likenesses by chance, one thing said behind another. Looks at the totals of
their set-aside half are counted in LOOKS. The ten of `third/` were written before compare/12, longer and with more
that is beside the matter: several calls and meetings of one week that share who takes part, and texts that name the
others of them. LOOKS_THIRD counts the looks at the totals of their set-aside half: many, as every change was measured
on all sets at once, but no rule came from what is read there, and none was chosen by its totals.
A planted point is found where two of its accounts stand in one found point, in different accounts there.
Of its accounts found, those have the right party that stand under the one found party that is theirs: the one with the
planted name in its own, else the one with most of the words planted so. A further party that has words of it only is a
piece whose side is not known; one whose words are another's most of all, or in whose name another stands, is wrong.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import product
from pathlib import Path

from quality.columns import Columns, Standing, holds
from quality.figures import Figure, corpus, table
from quality.lost import STEPS, Steps
from readout.annotate.annotator import annotation
from readout.compare.comparison import comparison
from readout.compare.told import Report
from readout.models import (
    Account,
    Article,
    ArticleId,
    ArticleKind,
    Basis,
    Comparison,
    Moment,
    PageId,
    Paragraph,
    Point,
    Precision,
    Relation,
    Role,
    Statement,
    StatementId,
    reading,
)

HALF = 0.5
FLOORS = {"recall": 0.60, "precision": 0.50, "relation": 0.75, "right party": 0.55}
LOOKS = 69  # at the totals of the half of `second/` that is set aside
LOOKS_THIRD = 64
STORIES = Path(__file__).parent / "accounts"
SECOND, THIRD = STORIES / "second", STORIES / "third"
_APART = "apart"
_MARK = re.compile(r"\{(?P<names>[ptx]\d+(?:,[ptx]\d+)*) (?P<party>[^|}]+)\|(?P<words>[^}]*)\}")
Place = tuple[ArticleId, int, int]


@dataclass
class Planted:
    """A point: its relation, what it is about, and where each party's accounts stand."""

    name: str
    relation: str
    core: bool
    matter: str
    accounts: dict[str, list[Place]] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A story as read, with what was planted in it and what was found."""

    name: str
    planted: tuple[Planted, ...]
    found: Comparison
    told: dict[StatementId, Statement]
    reports: tuple[Report, ...]

    def is_one(self, point: Point, wanted: Planted) -> bool:
        """Whether two accounts of a point are two of those planted."""
        hits = {
            (mine, theirs)
            for mine, account in enumerate(point.accounts)
            for theirs, places in enumerate(wanted.accounts.values())
            if any(_alike(self.told[one], place) for one in account.statements for place in places)
        }
        return any(a != c and b != d for a, b in hits for c, d in hits)

    def standings(self) -> Iterator[tuple[Planted, Account, Standing]]:
        """Where the accounts of planted points that are found stand."""
        columns = self._columns()
        for point, wanted in product(self.found.points, self.planted):
            if wanted.relation == _APART or not self.is_one(point, wanted):
                continue
            for account in point.accounts:
                of = [sides for one in account.statements if (sides := self._sides(one, [wanted]))]
                if of:
                    yield wanted, account, columns.standing(account.party, of)

    def _columns(self) -> Columns:
        held = [
            (account.party, of)
            for point in self.found.points
            for account in point.accounts
            for one in account.statements
            if (of := self._sides(one, self.planted))
        ]
        sides = {side for wanted in self.planted for side in wanted.accounts}
        meant = {party: [side for side in sides if holds(party, side)] for party, _ in held}
        return Columns.by_most({party: of[0] for party, of in meant.items() if len(of) == 1}, held)

    def _sides(self, one: StatementId, planted: Sequence[Planted]) -> set[str]:
        """The parties under which a statement is planted."""
        return {
            side
            for wanted in planted
            for side, places in wanted.accounts.items()
            if any(_alike(self.told[one], place) for place in places)
        }


def stories(folder: Path = STORIES) -> list[Story]:
    """All of a set, by digest; the first half is that which was tuned on."""
    paths = sorted(folder.glob("*.txt"), key=lambda path: hashlib.sha256(path.stem.encode()).hexdigest())
    return [read(path) for path in paths]


def read(path: Path) -> Story:
    """One story, compared."""
    head, *articles = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    planted: dict[str, Planted] = {}
    for name, relation, core, matter in re.findall(r"^([ptx]\d+) (\S+) ([^|]+) \| (.+)$", head, re.MULTILINE):
        planted[name] = Planted(name, relation, core == "core", matter)
    reports = []
    for position, words in enumerate(articles):
        reports.append(_report(path, position, words.strip().splitlines(), planted))
    told = {one.id: one for report in reports for one in report.annotation.statements}
    return Story(path.stem, tuple(planted.values()), comparison(reports), told, tuple(reports))


def _report(path: Path, position: int, lines: Sequence[str], planted: dict[str, Planted]) -> Report:
    time, _, outlet = lines[0].partition(" | ")
    at = datetime.fromisoformat(f"{time}:00+00:00")
    article = Article(
        page=PageId(hashlib.sha256(path.read_bytes()).hexdigest()),
        position=position,
        role=Role.RELATED,
        kind=ArticleKind.ARTICLE,
        title=lines[1],
        title_span=None,
        paragraphs=tuple(Paragraph(_MARK.sub(lambda found: found["words"], line), ()) for line in lines[2:]),
        extractor="quality/1",
        outlet=outlet,
        published=Moment(at, Precision.MINUTE, Basis.STATED, time),
    )
    text, cursor = reading(article).text, 0
    for found in (each for line in lines[2:] for each in _MARK.finditer(line)):
        start = text.index(found["words"], cursor)
        cursor = start + len(found["words"])
        for name in found["names"].split(","):
            for party in found["party"].split(","):
                planted[name].accounts.setdefault(party.strip(), []).append((article.id, start, cursor))
    return Report(article, annotation(article))


def _alike(one: Statement, place: Place) -> bool:
    article, start, end = place
    both = sum(max(0, min(b, end) - max(a, start)) for a, b in one.content)
    return one.article == article and both >= HALF * min(end - start, sum(b - a for a, b in one.content))


def measure() -> Iterator[Figure]:
    """The figures of the half that was tuned on, and of the half that was not."""
    for folder, tuned, judging, floors in (
        (STORIES, "first tuned on", "first set aside, known by now", {}),
        (SECOND, "tuned on", "set aside", FLOORS),
        (THIRD, "third tuned on", "third set aside", FLOORS),
    ):
        everything = stories(folder)
        data = corpus(folder.name, sorted(folder.glob("*.txt")))
        half = len(everything) // 2
        yield from _figures(tuned, everything[:half], data, {})
        yield from _figures(judging, everything[half:], data, floors, name_them=False)


def _figures(
    label: str, some: Sequence[Story], data: str, floors: dict[str, float], *, name_them: bool = True
) -> Iterator[Figure]:
    wanted = [(story, one) for story in some for one in story.planted if one.core]
    shown = [(story, point) for story in some for point in story.found.points]
    best = {
        (story.name, one.name): [point.relation for point in story.found.points if story.is_one(point, one)]
        for story, one in wanted
    }
    found = [(story, one) for story, one in wanted if best[story.name, one.name]]
    right = [(story, one) for story, one in found if one.relation in best[story.name, one.name]]
    missed = [f"{story.name} {one.name} {one.matter}" for story, one in wanted if not best[story.name, one.name]]
    sound = [
        point
        for story, point in shown
        if any(story.is_one(point, one) for one in story.planted if one.relation != _APART)
    ]
    joined = [
        f"{story.name} {one.name} {one.matter}"
        for story in some
        for one in story.planted
        if one.relation == _APART and any(story.is_one(point, one) for point in story.found.points)
    ]
    accused = [
        f"{story.name}: {point.heading}"
        for story, point in shown
        if point.relation is Relation.CONTRADICT and not _is_contradiction(story, point)
    ]
    yield Figure(
        f"accounts: recall, {label}",
        len(found) / len(wanted),
        floors.get("recall"),
        data,
        tuple(missed if name_them else ()),
    )
    standings = [(story, *each) for story in some for each in story.standings()]
    strayed = [
        f"{where}: {account.party} on {story.name} {one.name} {one.matter}"
        for story, one, account, where in standings
        if where is not Standing.RIGHT
    ]
    yield Figure(
        f"accounts: right party, {label}",
        1 - len(strayed) / max(1, len(standings)),
        floors.get("right party"),
        data,
        tuple(strayed if name_them else ()),
    )
    yield Figure(
        f"accounts: accounts under another's name, {label} (count)",
        sum(where is Standing.WRONG for *_, where in standings),
        None,
        data,
    )
    yield Figure(f"accounts: precision, {label}", len(sound) / max(1, len(shown)), floors.get("precision"), data)
    yield Figure(f"accounts: relation, {label}", len(right) / max(1, len(found)), floors.get("relation"), data)
    yield Figure(
        f"accounts: contradictions that are none, {label} (count)",
        len(accused),
        None,
        data,
        tuple(accused if name_them else ()),
    )
    yield Figure(
        f"accounts: other matters set side by side, {label} (count)",
        len(joined),
        None,
        data,
        tuple(joined if name_them else ()),
    )


def _is_contradiction(story: Story, point: Point) -> bool:
    return any(one.relation == "contradict" and story.is_one(point, one) for one in story.planted)


def shown(some: Sequence[Story]) -> Iterator[str]:
    """Every found point in words, with the planted ones that it is."""
    for story in some:
        texts = {report.article.id: reading(report.article).text for report in story.reports}
        for point in story.found.points:
            names = " ".join(f"{one.name}:{one.relation}" for one in story.planted if story.is_one(point, one))
            yield f"{story.name} {point.relation} [{names}] {point.heading} {[one.kind for one in point.evidence]}"
            for account in point.accounts:
                for name in account.statements:
                    one = story.told[name]
                    words = " … ".join(texts[one.article][a:b] for a, b in one.content)
                    yield f"    {account.party} ({one.speaker.name}, {one.act}): {words}"


def lost(some: Sequence[Story]) -> str:
    """How many core points are lost at each step, a line a step."""
    counted: Counter[str] = Counter()
    for story in some:
        steps = Steps(story.reports)
        for one in story.planted:
            if one.core:
                accounts = [partial(_stands, places) for places in one.accounts.values()]
                found = [point for point in story.found.points if story.is_one(point, one)]
                counted[steps.lost(accounts, one.relation, found)] += 1
    return "".join(f"{step:<10}{counted[step]:>4}\n" for step in STEPS)


def _stands(places: Sequence[Place], one: Statement) -> bool:
    return any(_alike(one, place) for place in places)


def main() -> int:
    """Print the figures, or of the halves that were tuned on what is shown or where points are lost."""
    if "--lost" in sys.argv:
        sys.stdout.write(lost(_tuned()))
    elif "--seen" in sys.argv:
        sys.stdout.write("\n".join(shown(_tuned())) + "\n")
    else:
        sys.stdout.write(table(list(measure())) + "\n")
    return 0


def _tuned() -> list[Story]:
    return [one for some in map(stories, (STORIES, SECOND, THIRD)) for one in some[: len(some) // 2]]


if __name__ == "__main__":
    sys.exit(main())
