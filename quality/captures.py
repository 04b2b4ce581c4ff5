"""How well text captures become articles: titles, outlets, ages and credits exactly, bodies by their words.

Three sets: captures with full answers in the layouts of a real aggregator, captured pages adjudicated by hand, and the
sample. Which of them the rules were written on is said in docs/explanation/how-a-capture-becomes-articles.md.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality.figures import Absent, Figure, corpus, share, shared, token_f1
from readout.extract import transcript
from readout.models import Article, ArticleKind, Media, Page, folded

_SAMPLE = Path(__file__).resolve().parents[1] / "src" / "readout" / "sample"
_NEAR = 0.5  # the least overlap of bodies by which an article is matched to an answer of another title

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """The answer for one article; None for what is not judged. Several names of an outlet may be right."""

    title: str
    outlets: frozenset[str] | None
    body: str
    age: str | None = None
    judges_age: bool = False
    credits: frozenset[str] | None = None


@dataclass(frozen=True)
class Judged:
    """One answer beside what was found for it."""

    where: str
    wanted: Wanted
    found: Article | None


def measure() -> Iterator[Figure]:
    """The figures of all sets that are on this machine. Raises Absent where only the sample is."""
    yield from _figures("sample", corpus("sample", _SAMPLE.glob("captures/*")), _sample(), floors=(0.97, 0.97, 0.97))
    aggregator = shared("captures", "aggregator_pages.jsonl")
    yield from _figures("aggregator", corpus("aggregator pages", [aggregator]), _aggregator(aggregator), (0.97,) * 3)
    captures = shared("captures")
    gold = shared("gold", "dev", "articles.jsonl")
    yield from _figures("gold dev", corpus("gold dev", [gold]), _gold(gold, captures), (1.0, 1.0, 1.0), body=0.985)


def _figures(
    name: str, measured_on: str, judged: Iterable[Judged], floors: Sequence[float], body: float = 0.975
) -> Iterator[Figure]:
    rows = list(judged)
    checks = {
        "title": [(row, row.found is not None and row.found.title == row.wanted.title) for row in rows],
        "outlet": [(row, _outlet_is_right(row)) for row in rows if row.wanted.outlets is not None],
        "age": [
            (row, row.found is not None and row.found.age == row.wanted.age) for row in rows if row.wanted.judges_age
        ],
        "credit": [(row, _credit_is_right(row)) for row in rows if row.wanted.credits is not None],
    }
    for floor, (field, results) in zip((*floors, floors[-1]), checks.items(), strict=True):
        if results:
            misses = tuple(f"{row.where}: {_shown(row, field)}" for row, right in results if not right)
            asked = None if (name, field) == ("sample", "credit") else floor
            yield Figure(f"{name}: {field} exact", share([right for _, right in results]), asked, measured_on, misses)
    scores = [(row, token_f1(row.found.body if row.found else "", row.wanted.body)) for row in rows]
    misses = tuple(f"{row.where}: {score:.3f} {row.wanted.title[:60]}" for row, score in scores if score < body)
    mean = sum(score for _, score in scores) / len(scores)
    yield Figure(f"{name}: body token F1", mean, body, measured_on, misses)


def _outlet_is_right(row: Judged) -> bool:
    found = row.found.outlet if row.found else None
    wanted = row.wanted.outlets or frozenset()
    return folded(found) in wanted if found else not wanted or "" in wanted


def _credit_is_right(row: Judged) -> bool:
    return (
        row.found is not None and frozenset(folded(credit.name) for credit in row.found.credits) == row.wanted.credits
    )


def _shown(row: Judged, field: str) -> str:
    if row.found is None:
        return f"nothing found for {row.wanted.title[:60]!r}"
    found = {"title": row.found.title, "outlet": row.found.outlet, "age": row.found.age}
    found["credit"] = ", ".join(credit.name for credit in row.found.credits)
    wanted = {"title": row.wanted.title, "outlet": row.wanted.outlets, "age": row.wanted.age}
    return f"{found[field]!r}, not {wanted.get(field, sorted(row.wanted.credits or ()))!r}"


def _aggregator(path: Path) -> Iterator[Judged]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = row["gold"]
        items = gold.get("items") or [{**gold, "body_clean": " ".join(gold["body"])}, *gold["related"]]
        articles, _ = transcript.articles(Page(row["text"].encode(), Media.TEXT, row["id"]))
        for number, item in enumerate(items):
            outlets = frozenset({folded(item["publisher"])} if item["publisher"] else ())
            body = item.get("body_clean", item["body"])
            wanted = Wanted(item["title"], outlets, body, item["when"], judges_age=True)
            yield Judged(f"{row['id']}#{number}", wanted, articles[number] if number < len(articles) else None)


def _gold(path: Path, captures: Path) -> Iterator[Judged]:
    for file, answers in _by_file(path).items():
        yield from _beside(file, (captures / file).read_bytes(), answers)


def _sample() -> Iterator[Judged]:
    for file, answers in _by_file(_SAMPLE / "answers" / "articles.jsonl").items():
        if file.endswith(".txt"):
            yield from _beside(file, _sample_file(file).read_bytes(), answers)


def _sample_file(file: str) -> Path:
    return _SAMPLE / file if (_SAMPLE / file).is_file() else _SAMPLE / "captures" / file


def _by_file(path: Path) -> dict[str, list[Answer]]:
    if not path.is_file():
        message = f"{path.name} is absent"
        raise Absent(message)
    answers = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        answers[answer["file"]].append(answer)
    return answers


def _beside(file: str, content: bytes, answers: Sequence[Answer]) -> Iterator[Judged]:
    """Each answer beside the article of its title, or else of nearly its body. Lists of titles are not judged."""
    page = Page(content, Media.TEXT, file)
    articles = list(transcript.articles(page)[0])
    for answer in answers:
        if answer.get("kind") == ArticleKind.TEASER_LIST:
            continue
        wanted = _wanted(answer, page.text)
        same = next((article for article in articles if article.title == wanted.title), None)
        near = max(articles, key=lambda article: token_f1(article.body, wanted.body), default=None)
        if same is None and near is not None and token_f1(near.body, wanted.body) >= _NEAR:
            same = near
        if same is not None:
            articles.remove(same)
        yield Judged(f"{file}#{answer['n']}", wanted, same)


def _wanted(answer: Answer, text: str) -> Wanted:
    names = [answer["outlet"] or "", *answer.get("outlet_aliases", [])]
    return Wanted(
        answer["title"],
        frozenset(map(folded, names)),
        _body(answer, text),
        answer["age"],
        judges_age=True,
        credits=frozenset(map(folded, answer["credits"])),
    )


def _body(answer: Answer, text: str) -> str:
    pieces = []
    at = answer["start"] or 0
    for start, end in sorted(answer["furniture_inside"]):
        pieces.append(text[at:start])
        at = max(at, end)
    return " ".join([*pieces, text[at : answer["end"] or 0]])
