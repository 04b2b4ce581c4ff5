"""How well accounts are set side by side: on the sample's planted points and traps, and on annotated captures.

  python -m quality.points [--errors | --shown]

Statements are those that Readout finds by itself. On the sample, stories and copies are taken from its answers, so
that only what comparison does is measured; on the captures stories are those that Readout itself makes of them.
  recall      planted points found: two of their accounts stand in one found point, in different accounts
  precision   found points that are some planted one, core or not; the list of planted ones is not closed
  relation    of points found, those whose relation is right
  accused     points called a contradiction that are no planted contradiction
  traps       of the planted traps, those of which the two sides are called a contradiction
  right party of the accounts of points found, those that stand under the party that their words are planted under: the
              name that the answers have for it, an alias, or a person, body or document that speaks for it there
  column      of all statements shown that are in the answers, those that stand in their side's largest column
  own words   of all statements shown that are in the answers, those that do not stand under the name of another side
For annotated captures the scorer that comes with them is run. Two of the three files were read while the first rules
were written; the third (LATER), of which only totals were seen till then, nine times, was read for compare/3 and the
rules since. So none of them is unseen; two captures that have no answers here are, and of what is shown of them the
sound points are counted by hand now and then (docs/explanation/accounts-side-by-side.md).
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

from quality.columns import Columns, Standing, plain
from quality.figures import Absent, Figure, corpus, shared
from quality.statements import CAPTURED
from quality.statements import HELD as LATER
from readout.annotate.annotator import annotation
from readout.compare.comparison import comparison
from readout.compare.told import Report
from readout.extract import html as pages
from readout.extract import transcript
from readout.group.place import Placer
from readout.models import (
    Account,
    Article,
    CaptureBasis,
    Comparison,
    Media,
    Page,
    Point,
    Relation,
    StatementId,
    places,
    reading,
)

HALF = 0.5
FLOORS = {"recall": 0.60, "precision": 0.50, "relation": 0.75}
SAMPLE = {"recall": 0.95, "precision": 0.55, "relation": 0.95, "right party": 0.97, "column": 0.9}
Row = dict[str, Any]
Key = tuple[str, int]


@dataclass(frozen=True)
class Words:
    """Where a found statement stands, and its words."""

    key: Key
    words: Sequence[str]


@dataclass(frozen=True)
class Story:
    """A story's name, what was made of it, and its statements' words."""

    name: str
    found: Comparison
    told: dict[StatementId, Words]


class Sample:
    """The sample's reports, answers, and how both are matched."""

    def __init__(self) -> None:
        root = Path(str(resources.files("readout.sample") / "manifest.jsonl")).parent
        self.root = root
        self.answers = root / "answers"
        self.points, self.stories, self.copies, self.traps, statements = (
            rows(self.answers / f"{name}.jsonl") for name in ("points", "stories", "copies", "traps", "statements")
        )
        self._origins = {key(row["copy"]): key(row["origin"]) for row in self.copies}
        self._texts: dict[str, str] = {}
        self.wanted = {
            row["id"]: Words((row["file"], row["article"]), self._spelled(row["file"], row["content"]))
            for row in statements
        }
        self.reports = dict(self._reports())
        self.columns = Columns(dict(_named(statements, self.points)))
        self._sides = {row["id"]: self._of(row) for row in statements}
        self._by_text: dict[Key, list[str]] = {}
        for name, answer in self.wanted.items():
            self._by_text.setdefault(self.origin(answer.key), []).append(name)

    def nearest(self, found: Words) -> set[str]:
        """The answers that a found statement shares most words with, if it is one of them."""
        near = {
            name: overlap(found.words, self.wanted[name].words)
            for name in self._by_text.get(self.origin(found.key), ())
            if alike(found.words, self.wanted[name].words)
        }
        return {name for name, share in near.items() if share == max(near.values())}

    def sides(self, names: Iterable[str]) -> frozenset[str]:
        """The sides whose words answers are."""
        return frozenset(side for name in names for side in self._sides[name])

    def party(self, name: str) -> str:
        """The side of which a name is, or the name itself."""
        return self.columns.whom.get(plain(name), plain(name))

    def _of(self, row: Row) -> frozenset[str]:
        """The side of an answer's speaker: his party, or of several that speak together each one's."""
        return frozenset(self.party(one) for one in ([row["party"]] if row["party"] else row["speaker"].split(" and ")))

    def compared(self) -> Iterator[Story]:
        """Every story with its comparison; the articles of all others may say who somebody is."""
        background = list(self.reports.values())
        for story in self.stories:
            keys = [each for each in map(key, story["articles"]) if each in self.reports]
            reports = [self.reports[each] for each in sorted(keys, key=lambda each: (each != self.origin(each), each))]
            told = {
                one.id: Words(each, words(" ".join(read.text[a:b] for a, b in one.content)))
                for each in keys
                for read in (reading(self.reports[each].article),)
                for one in self.reports[each].annotation.statements
            }
            yield Story(story["story"], comparison(reports, background), told)

    def origin(self, one: Key) -> Key:
        """The first text that an article is a copy of."""
        while self._origins.get(one, one) != one:
            one = self._origins[one]
        return one

    def same(self, found: Words, wanted: Iterable[str]) -> bool:
        """Whether a found statement is one of those answers, or stands in a copy of one."""
        return any(
            self.origin(answer.key) == self.origin(found.key) and alike(found.words, answer.words)
            for answer in (self.wanted[name] for name in wanted if name in self.wanted)
        )

    def _reports(self) -> Iterator[tuple[Key, Report]]:
        for row in rows(self.root / "manifest.jsonl"):
            if not row["file"].startswith(("captures/", "pages/")):
                continue
            for article in _articles(self.root / row["file"], row):
                each = (row["file"], article.position)
                yield each, Report(article, annotation(article), str(self.origin(each)))

    def _spelled(self, file: str, content: Iterable[Sequence[int]]) -> list[str]:
        if file not in self._texts:
            with (self.root / file).open(encoding="utf-8", newline="") as text:
                self._texts[file] = text.read()
        return [each for start, end in content for each in words(self._texts[file][start:end])]


def _articles(path: Path, row: Row) -> Sequence[Article]:
    captured = datetime.fromisoformat(row["captured"])
    is_text = path.suffix == ".txt"
    page = Page(
        path.read_bytes(),
        Media.TEXT if is_text else Media.HTML,
        row["file"],
        address=row.get("address"),
        captured=captured,
        captured_basis=CaptureBasis.DECLARED,
    )
    return transcript.articles(page)[0] if is_text else pages.articles(page)[0]


def measure() -> Iterator[Figure]:
    """The sample's figures, then those of the annotated captures where they are on this machine."""
    yield from sample()
    try:
        yield from captures()
    except Absent as why:
        sys.stderr.write(f"points: captures skipped, {why}\n")


def sample() -> Iterator[Figure]:
    """The figures on the sample."""
    world = Sample()
    stories = list(world.compared())
    data = corpus("sample", [world.answers / "points.jsonl", world.answers / "traps.jsonl"])
    core = [row for row in world.points if row["core"]]
    best = {row["id"]: _best(world, row, stories) for row in world.points}
    matched = {
        point.id
        for story in stories
        for point in story.found.points
        if any(_is(world, story, point, row) for row in world.points)
    }
    everything = [(story, point) for story in stories for point in story.found.points]
    found = [row for row in core if best[row["id"]]]
    right = [row for row in found if row["relation"] in best[row["id"]]]
    yield Figure(
        "points: recall, sample",
        len(found) / len(core),
        SAMPLE["recall"],
        data,
        tuple(f"{row['id']} {row['matter']}" for row in core if row not in found),
    )
    yield Figure("points: precision, sample", len(matched) / max(1, len(everything)), SAMPLE["precision"], data)
    yield Figure(
        "points: relation, sample",
        len(right) / max(1, len(found)),
        SAMPLE["relation"],
        data,
        tuple(
            f"{row['id']} {row['relation']}, found {best[row['id']]}: {row['matter']}"
            for row in found
            if row not in right
        ),
    )
    accused = [
        f"{story.name}: {point.heading}"
        for story, point in everything
        if point.relation is Relation.CONTRADICT and not _is_contradiction(world, story, point)
    ]
    yield Figure(
        "points: contradictions, sample (count)",
        sum(p.relation is Relation.CONTRADICT for _, p in everything),
        None,
        data,
    )
    yield Figure(
        "points: contradictions that are sound, sample",
        1 - len(accused) / max(1, len(everything)),
        1.0,
        data,
        tuple(accused),
    )
    sprung = [trap["why"] for trap in world.traps if _sprung(world, trap, everything)]
    yield Figure(
        "points: traps not called contradictions", 1 - len(sprung) / len(world.traps), 1.0, data, tuple(sprung)
    )
    yield from _standings(world, everything, data)


def _named(statements: Iterable[Row], points: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Names with the side that they mean in the answers, where that is one: of sides and of all who speak for them."""
    meant: dict[str, set[str]] = {}
    for row in statements:
        for name in (row["speaker"], *row["speaker_aliases"], *([row["party"]] if row["party"] else ())):
            meant.setdefault(plain(name), set()).add(plain(row["party"] or row["speaker"]))
    for account in (account for row in points for account in row["accounts"]):
        own = meant.get(plain(account["party"])) or {plain(account["party"])}
        for name in (account["party"], *account["party_aliases"]):
            meant.setdefault(plain(name), set()).update(own)
    return ((name, min(sides)) for name, sides in meant.items() if len(sides) == 1)


def _standings(world: Sample, everything: Sequence[tuple[Story, Point]], data: str) -> Iterator[Figure]:
    """Under whose name the accounts of planted points stand, and all statements that the answers know."""
    matched = [
        (story, account, wanted)
        for story, point in everything
        for row in world.points
        if _is(world, story, point, row)
        for account in point.accounts
        if (wanted := _wanted(world, story, account, row))
    ]
    told = [(account, wanted, world.columns.standing(plain(account.party), wanted)) for _, account, wanted in matched]
    yield Figure(
        "points: right party, sample",
        sum(each is Standing.RIGHT for _, _, each in told) / max(1, len(told)),
        SAMPLE["right party"],
        data,
        tuple(
            f"{each}: {account.party} has words of {' / '.join(sorted({side for sides in wanted for side in sides}))}"
            for account, wanted, each in told
            if each is not Standing.RIGHT
        ),
    )
    known = [
        (story, account.party, one, sides)
        for story, point in everything
        for account in point.accounts
        for one in account.statements
        if (sides := world.sides(world.nearest(story.told[one])))
    ]
    split = [
        f"{party} on {story.name} is not in the column of {'/'.join(sides)}"
        for story, party, _, sides in known
        if party in _pieces(world, story)
    ]
    yield Figure(
        "points: in the column of its side, sample",
        1 - len(split) / max(1, len(known)),
        SAMPLE["column"],
        data,
        tuple(split),
    )
    wrong = [each for each in known if world.columns.standing(plain(each[1]), [each[3]]) is Standing.WRONG]
    yield Figure(
        "points: own words, sample",
        1 - len(wrong) / max(1, len(known)),
        1.0,
        data,
        tuple(
            f"{party} has words of {'/'.join(of)}: {' '.join(story.told[one].words)}" for story, party, one, of in wrong
        ),
    )


def _pieces(world: Sample, story: Story) -> set[str]:
    """Parties of a story that are only a piece of their side: another has more of its speakers."""
    held: dict[str, list[str]] = {}
    for party in sorted(story.found.parties, key=lambda each: (-len(each.members), each.name)):
        held.setdefault(world.party(party.name), []).append(party.name)
    return {name for names in held.values() for name in names[1:]}


def _wanted(world: Sample, story: Story, account: Account, row: Row) -> list[frozenset[str]]:
    """For the statements of an account that stand in a planted point: its party there, and whose words they are."""
    found = []
    for one in account.statements:
        near = world.nearest(story.told[one])
        held = [(wanted, near & {*wanted["statements"], *wanted.get("copies", ())}) for wanted in row["accounts"]]
        of = {side for wanted, names in held if names for side in (world.party(wanted["party"]), *world.sides(names))}
        found += [frozenset(of)] if of else []
    return found


def _best(world: Sample, row: Row, stories: Sequence[Story]) -> list[str]:
    """The relations of the found points that are a planted one."""
    return [str(point.relation) for story in stories for point in story.found.points if _is(world, story, point, row)]


def _is(world: Sample, story: Story, point: Point, row: Row) -> bool:
    pairs = {
        (mine, theirs)
        for mine, account in enumerate(point.accounts)
        for theirs, wanted in enumerate(row["accounts"])
        if any(
            world.same(story.told[one], (*wanted["statements"], *wanted.get("copies", ())))
            for one in account.statements
        )
    }
    return any(a != c and b != d for a, b in pairs for c, d in pairs)


def _is_contradiction(world: Sample, story: Story, point: Point) -> bool:
    return any(row["relation"] == "contradict" and _is(world, story, point, row) for row in world.points)


def _sprung(world: Sample, trap: Row, everything: Sequence[tuple[Story, Point]]) -> bool:
    """Whether a contradiction rests on two statements of a trap, or on one where it has only one."""
    names = trap.get("statements", ())
    for story, point in everything:
        if point.relation is not Relation.CONTRADICT:
            continue
        for evidence in point.evidence:
            hits = [{name for name in names if world.same(story.told[one], [name])} for one in evidence.statements]
            if any(hits) and (len(names) == 1 or any(one != other for one, other in product(*hits))):
                return True
    return False


def captures() -> Iterator[Figure]:
    """The figures on the annotated captures, those read first and the one read later. Raises Absent."""
    gold, texts = shared("gold", "dev"), shared("captures")
    names = sorted({row["file"] for row in rows(gold / "articles.jsonl")})
    data = corpus("captures", [gold / "points.jsonl"])
    found = exported(texts, names)
    for label, floors, files in (
        ("all three", FLOORS, names),
        ("read first", {}, [name for name in names if not name.startswith(LATER)]),
        ("read later", {}, [name for name in names if name.startswith(LATER)]),
    ):
        result = by_their_scorer(gold, files, [row for row in found if _files(row) <= set(files)])
        for name, theirs in (("recall", "recall"), ("precision", "precision"), ("relation", "relation_accuracy")):
            yield Figure(f"points: {name}, {label}", result[theirs] or 0.0, floors.get(name), data)
        accused = [count for kind, count in result["relation_confusion"].items() if _is_accusation(kind)]
        yield Figure(f"points: false contradictions, {label} (count)", sum(accused), None, data)


def _is_accusation(kind: str) -> bool:
    wanted, _, found = kind.partition("->")
    return found == "contradict" and wanted != "contradict"


def exported(texts: Path, names: Sequence[str]) -> list[Row]:
    """The points of the stories that those captures hold, as rows of the scorer."""
    reports: dict[str, Report] = {}
    read: dict[StatementId, tuple[str, list[list[int]]]] = {}
    placer = Placer()
    for name in names:
        page = Page(
            (texts / name).read_bytes(), Media.TEXT, name, captured=CAPTURED, captured_basis=CaptureBasis.DECLARED
        )
        for article in transcript.articles(page)[0]:
            understood = annotation(article)
            reports[article.id] = Report(article, understood)
            placer.place(article, understood)
            text = reading(article)
            for one in understood.statements:
                read[one.id] = (name, [list(span) for span in places(text, one.content)])
    found = []
    for story in placer.stories():
        made = comparison([reports[each] for each in story.articles], list(reports.values()))
        found += [_row(point, read) for point in made.points]
    return found


def _row(point: Point, read: dict[StatementId, tuple[str, list[list[int]]]]) -> Row:
    return {
        "relation": str(point.relation),
        "heading": point.heading,
        "evidence": [[one.kind, *one.words] for one in point.evidence],
        "accounts": [
            {
                "party": account.party,
                "spans": [{"file": read[one][0], "content": read[one][1]} for one in account.statements],
            }
            for account in point.accounts
        ],
    }


def _files(row: Row) -> set[str]:
    return {span["file"] for account in row["accounts"] for span in account["spans"]}


def by_their_scorer(gold: Path, files: Sequence[str], found: Sequence[Row]) -> Row:
    """What the scorer that comes with the captures says of the points of some of them."""
    points = [row for row in rows(gold / "points.jsonl") if set(row["files"]) <= set(files)]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("statements", "articles"):
            write(Path(folder) / f"{name}.jsonl", [row for row in rows(gold / f"{name}.jsonl") if row["file"] in files])
        write(Path(folder) / "points.jsonl", points)
        write(Path(folder) / "found.jsonl", found)
        command = [sys.executable, str(gold.parent / "score.py"), "--gold", folder, "--json", "--errors"]
        run = subprocess.run(
            [*command, "--points", str(Path(folder) / "found.jsonl")], check=True, capture_output=True, text=True
        )
    result: Row = json.loads(run.stdout)["points"]
    return result


def key(name: str) -> Key:
    """The file and number of an article that an answer names."""
    file, _, number = name.partition("#")
    return file, int(number)


def words(text: str) -> list[str]:
    """The words of a text, mark-up left out."""
    return re.findall(r"\w+", html.unescape(re.sub("<[^>]*>", "", text)).lower())


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether half of the shorter words stand in the longer ones, and neither is a mere scrap of the other."""
    least, most = sorted((len(one), len(other)))
    both = (Counter(one) & Counter(other)).total()
    return least > 0 and both >= HALF * least and most - least < 4 * least + 8


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of both texts' words that they have in common."""
    a, b = Counter(one), Counter(other)
    return (a & b).total() / max(1, (a | b).total())


def rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write(path: Path, lines: Iterable[Row]) -> None:
    """Write a file of JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8")


if __name__ == "__main__":
    from quality.figures import table

    sys.stdout.write(table(list(measure())) + "\n")
