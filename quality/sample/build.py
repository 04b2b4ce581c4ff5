"""Builds the sample corpus and its golden answers: `python -m quality.sample.build [--check|--review]`.

Everything is derived from the article sources and the TOML plans beside this file, in a fixed order, so that a rebuild
gives the same bytes. `--check` compares the committed sample with a rebuild; `--review` prints every statement with its
speaker for reading through; `--out` writes elsewhere.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tomllib
from collections import Counter
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from quality.sample.captures import capture, credit_names
from quality.sample.markup import load
from quality.sample.pages import FICTION, page, rejected
from quality.sample.sheet import Placed, Span

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src" / "readout" / "sample"
MEDIA = {".txt": "text/plain", ".html": "text/html"}
Row = dict[str, Any]


def plan_of(name: str) -> Row:
    """One of the TOML plans beside this file."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def lines(rows: list[Row]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


class Corpus:
    """All pages laid out, with the articles on them; derives each answer file."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.manifest: list[Row] = []
        self.placed: list[Placed] = []
        self.people: Row = plan_of("people")
        self.ids: dict[tuple[str, int, str], str] = {}
        self.statements: list[Row] = []
        self.layout()

    # pages

    def add(self, plan: Row, text: str, media: str) -> None:
        """Keep a page and list it in the manifest."""
        assert plan["file"] not in self.files, plan["file"]
        self.files[plan["file"]] = text
        self.manifest.append(
            {
                "file": plan["file"],
                "media": media,
                "captured": plan["captured"],
                "address": plan.get("address"),
                "fiction": True,
            }
        )

    def layout(self) -> None:
        """Write pages, captures and feeds in plan order."""
        for plan in plan_of("pages")["page"]:
            if plan.get("reason"):
                self.add(plan, rejected(plan), "text/html")
                continue
            text, placed = page(plan)
            self.add(plan, text, "text/html")
            self.placed += placed
        for plan in plan_of("captures")["capture"]:
            text, placed = capture(plan)
            self.add(plan, text, "text/plain")
            self.placed += placed
        for plan in plan_of("feeds")["feed"]:
            self.add(plan, feed(plan), f"application/{plan['kind']}+xml")

    # articles

    def articles(self) -> list[Row]:
        """One answer for every article on every page."""
        return [self.article_row(placed) for placed in self.placed]

    def article_row(self, placed: Placed) -> Row:
        """The answer for one article."""
        article, text = placed.article, self.files[placed.file]
        assert 0 <= placed.start <= placed.end <= len(text)
        furniture = placed.furniture
        if placed.form == "teaser-list":
            furniture = [[placed.start, placed.end]]
        return {
            "file": placed.file,
            "n": placed.n,
            "kind": placed.form,
            "role": placed.role,
            "title": article.title.text,
            "title_copies": placed.title_copies,
            "outlet": placed.outlet,
            "age": placed.age,
            "start": placed.start,
            "end": placed.end,
            "furniture_inside": furniture,
            "subheads": placed.subheads,
            "captions": placed.captions,
            "photo_credits": placed.photo_credits,
            "credits": credit_names(article) if placed.end > placed.start else [],
            "credit_spans": sorted(placed.credit_spans),
            "dateline": article.get("dateline") if placed.end > placed.start else None,
            "author": placed.author,
            "published": placed.published,
            "published_basis": placed.basis,
            "modified": article.get("updated") if placed.file.endswith(".html") else None,
            "language": article.header.get("language", "en"),
            "text": article.key,
        }

    # statements

    def make_statements(self) -> None:
        """All statements of all articles, with ids in order of their place on the page."""
        for placed in self.placed:
            if placed.form == "teaser-list":
                continue
            rows = []
            for label, roles in placed.marks.items():
                if ":" in roles:
                    rows.append((min(roles[":"]), label, roles))
            for number, (_, label, roles) in enumerate(sorted(rows), 1):
                stem = Path(placed.file).stem
                identity = f"{stem}.{placed.n}.s{number:02}"
                self.ids[placed.file, placed.n, label] = identity
                self.statements.append(self.statement_row(placed, label, roles, identity))

    def statement_row(self, placed: Placed, label: str, roles: dict[str, list[Span]], identity: str) -> Row:
        """The answer for one statement."""
        said = placed.article.statements[label]
        person = self.people[said.speaker]
        where = placed.where[label]
        weak = said.weak or {"title": "headline", "caption": "caption"}.get(where)
        for role in "?@":
            assert where == "title" or len(roles.get(role, [])) <= 1, (placed.article.key, label, role)
        row: Row = {"id": identity, "file": placed.file, "article": placed.n, "in": where, "core": weak is None}
        if weak:
            row["weak"] = weak
        content = sorted(roles[":"])
        if where == "title":
            content = content[:1]
            copies = sorted(roles[":"])[1:]
            if copies:
                row["alt_content"] = [[span] for span in copies]
        row |= {
            "kind": said.kind,
            "content": content,
            "cue": roles["?"][0] if "?" in roles else None,
            "source": roles["@"][0] if "@" in roles else None,
            "speaker": said.speaker,
            "speaker_aliases": person.get("aliases", []),
            "speaker_type": person["type"],
            "party": person.get("party"),
            "via": list(said.via),
            "via_aliases": [self.people[name].get("aliases", []) for name in said.via],
            "channel": said.channel,
            "act": said.act,
            "text": label,
        }
        return row

    # points, events, the rest

    def instances(self, label: str) -> list[str]:
        """Ids of every place where a marked statement stands, its own article first."""
        key = label.split("#", maxsplit=1)[0]
        found = [(p.article.key != key, i) for i, p in enumerate(self.placed) if (p.file, p.n, label) in self.ids]
        assert found, f"no page carries {label}"
        return [self.ids[self.placed[i].file, self.placed[i].n, label] for _, i in sorted(found)]

    def points(self) -> list[Row]:
        """Matters on which accounts are set side by side."""
        by_id = {row["id"]: row for row in self.statements}
        rows = []
        for number, plan in enumerate(plan_of("points")["point"], 1):
            accounts = []
            for account in plan["accounts"]:
                places = [self.instances(label) for label in account["statements"]]
                accounts.append(
                    {
                        "party": account["party"],
                        "party_aliases": self.people.get(account["party"], {}).get("aliases", []),
                        "statements": [ids[0] for ids in places],
                        "copies": [other for ids in places for other in ids[1:]],
                        "gist": account["gist"],
                    }
                )
            used = [by_id[i] for account in accounts for i in account["statements"]]
            homes = {(row["file"], row["article"]) for row in used}
            strong = sum(any(by_id[i]["core"] for i in account["statements"]) for account in accounts)
            row: Row = {
                "id": f"p{number:02}",
                "matter": plan["matter"],
                "relation": plan["relation"],
                "core": strong >= 2,
                "accounts": accounts,
                "within_one_article": len(homes) == 1,
                "files": sorted({row["file"] for row in used}),
            }
            if plan.get("note"):
                row["note"] = plan["note"]
            rows.append(row)
        return rows

    def events(self) -> list[Row]:
        """Every dated happening, in every article that tells it."""
        rows: list[Row] = []
        for placed in self.placed:
            if placed.end <= placed.start or placed.form == "teaser-list":
                continue
            for number, event in enumerate(placed.article.events, 1):
                expression = event.expression
                rows.append(
                    {
                        "id": f"{Path(placed.file).stem}.{placed.n}.e{number:02}",
                        "file": placed.file,
                        "article": placed.n,
                        "what": event.what,
                        "participants": list(event.participants),
                        "date": event.date,
                        "time_expression": expression,
                        "status": event.status,
                        "quantities": list(event.quantities),
                    }
                )
        return rows

    def home(self, key: str) -> Placed:
        """The first full place of an article in plan order."""
        for placed in self.placed:
            if placed.article.key == key and placed.end > placed.start:
                return placed
        raise AssertionError(f"no page carries {key}")

    def copies(self) -> list[Row]:
        """Which article is taken from which."""
        rows: list[Row] = []
        for placed in self.placed:
            if placed.end <= placed.start:
                continue
            first = self.home(placed.article.key)
            here = f"{placed.file}#{placed.n}"
            if first is not placed:
                rows.append({"origin": f"{first.file}#{first.n}", "copy": here, "kind": "same article"})
                continue
            for part in (placed.article.get("copy_of") or "").split(";"):
                if part.strip():
                    origin, kind = part.split("=")
                    source = self.home(origin.strip())
                    rows.append({"origin": f"{source.file}#{source.n}", "copy": here, "kind": kind.strip()})
        return rows

    def stories(self) -> list[Row]:
        """The articles of every story, and the storyline a story belongs to."""
        rows = []
        for plan in plan_of("points")["story"]:
            members = [f"{p.file}#{p.n}" for p in self.placed if p.article.header["story"] == plan["story"]]
            assert members, plan
            rows.append(
                {
                    "story": plan["story"],
                    "title": plan["title"],
                    "storyline": plan.get("storyline"),
                    "articles": members,
                }
            )
        known = {plan["story"] for plan in plan_of("points")["story"]}
        assert {p.article.header["story"] for p in self.placed} <= known
        return rows

    def traps(self) -> list[Row]:
        """Planted traps, by statement or by span."""
        rows = []
        for plan in plan_of("points")["trap"]:
            row: Row = {"kind": plan["kind"], "why": plan["why"]}
            if plan.get("statements"):
                places = [self.instances(label) for label in plan["statements"]]
                row["statements"] = [i for ids in places for i in (ids if plan["kind"] == "same sentence" else ids[:1])]
            if plan.get("spans"):
                row["spans"] = [self.find(key, text) for key, text in (pair.split("::") for pair in plan["spans"])]
            rows.append(row)
        return rows

    def positions(self) -> list[Row]:
        """Speakers who say something else later on than before."""
        rows: list[Row] = []
        for plan in plan_of("points")["position"]:
            row = {"speaker": plan["speaker"], "matter": plan["matter"]}
            rows.append(row | {end: [self.instances(label)[0] for label in plan[end]] for end in ("before", "after")})
        return rows

    def figures(self) -> list[Row]:
        """Quantities of one matter, by who reports them and when."""
        rows: list[Row] = []
        for plan in plan_of("points")["figure"]:
            values = []
            for value in plan["values"]:
                key, text = value["at"].split("::")
                assert value["by"] in self.people, value
                shown = {name: value.get(name) for name in ("value", "qualifier", "as_of", "by")}
                values.append(self.find(key, text) | shown)
            rows.append({name: plan[name] for name in ("matter", "relation", "unit")} | {"values": values})
        return rows

    def find(self, key: str, text: str) -> Row:
        """The span of a string in the first place of an article; it must stand there once."""
        placed = self.home(key)
        whole = self.files[placed.file]
        low, high = placed.start, placed.end
        if text in placed.article.title.text:
            low, high = placed.title_copies[0]
        assert whole.count(text, low, high) == 1, f"{key}: {text!r} stands {whole.count(text, low, high)} times"
        at = whole.index(text, low, high)
        return {"file": placed.file, "article": placed.n, "span": [at, at + len(text)]}

    def build(self) -> dict[str, str]:
        """Every file of the sample with its text."""
        self.make_statements()
        rejections = [
            {"file": plan["file"], "reason": plan["reason"]} for plan in plan_of("pages")["page"] if plan.get("reason")
        ]
        answers = {
            "articles": self.articles(),
            "statements": self.statements,
            "points": self.points(),
            "events": self.events(),
            "stories": self.stories(),
            "copies": self.copies(),
            "traps": self.traps(),
            "positions": self.positions(),
            "figures": self.figures(),
            "rejections": rejections,
        }
        readme = (HERE / "README.sample.md").read_text(encoding="utf-8")
        out = {"README.md": readme, "manifest.jsonl": lines(self.manifest), **self.files}
        return out | {f"answers/{name}.jsonl": lines(rows) for name, rows in answers.items()}


def verify_statement(row: Row, text: str) -> None:
    """Assert that the spans of a statement are tight and that its kind fits its quotation marks."""
    said = [html.unescape(text[start:end]) for start, end in row["content"]]
    named = [html.unescape(text[slice(*row[part])]) for part in ("cue", "source") if row[part]]
    assert all(part == part.strip() and part for part in said + named), row["id"]
    assert not any(part.startswith(("that ", "dass ")) or part.endswith(".") for part in said), row["id"]
    quoted = [part[0] in "\"'“‘" and part[-1] in "\"'”’" for part in said]
    if row["kind"] == "indirect":
        assert not any(mark in part for part in said for mark in '"“”'), row["id"]
    elif row["kind"] == "mixed":
        assert any(mark in part for part in said for mark in "\"“'"), row["id"]
    elif not row["via"]:
        assert all(quoted), row["id"]


def verify(files: dict[str, str]) -> None:
    """Assert what can be asserted of the answers: spans inside their article, quotation marks, ids, titles, times."""
    rows = {
        name[8:-6]: [json.loads(line) for line in text.splitlines()]
        for name, text in files.items()
        if name.startswith("answers/")
    }
    captured = {row["file"]: row["captured"] for row in map(json.loads, files["manifest.jsonl"].splitlines())}
    bodies: dict[tuple[str, int], str] = {}
    for row in rows["articles"]:
        text = files[row["file"]]
        bodies[row["file"], row["n"]] = html.unescape(text[row["start"] : row["end"]])
        opening = re.match(r"[A-Z]{4}[A-Z /]+", bodies[row["file"], row["n"]])
        assert row["dateline"] == (opening.group().strip() if opening else None), (row["file"], row["dateline"])
        for start, end in row["title_copies"]:
            assert html.unescape(text[start:end]) == row["title"], row
        if "T" in str(row["published"]):
            assert datetime.fromisoformat(row["published"]) < datetime.fromisoformat(captured[row["file"]]), row
        for start, end in row["furniture_inside"] + row["subheads"]:
            assert row["start"] <= start < end <= row["end"], row
    for row in rows["statements"]:
        verify_statement(row, files[row["file"]])
    for row in rows["events"]:
        expression = row["time_expression"]
        where = bodies[row["file"], row["article"]]
        assert expression is None or expression in where, row["id"]
        assert all(quantity in where for quantity in row["quantities"]), (row["id"], row["quantities"])
    for name in ("statements", "events", "points"):
        assert len({row["id"] for row in rows[name]}) == len(rows[name]), name


def feed(plan: Row) -> str:
    """An RSS or Atom feed over HTML pages of the sample."""
    address = {
        p["article"]: p.get("canonical", p["address"]) for p in reversed(plan_of("pages")["page"]) if p.get("article")
    }
    entries = []
    for item in plan["items"]:
        article = load(item["article"])
        link = item.get("link") or address[item["article"]]
        when = datetime.fromisoformat(article.header["published"])
        text = html.escape(item["summary"], quote=False)
        name = html.escape(item.get("title", article.title.text), quote=False)
        if plan["kind"] == "rss":
            entries.append(
                f'<item><title>{name}</title><link>{link}</link><guid isPermaLink="true">{link}</guid>'
                f"<pubDate>{format_datetime(when)}</pubDate><description>{text}</description></item>\n"
            )
        else:
            changed = article.header.get("updated", article.header["published"])
            entries.append(
                f'<entry><title>{name}</title><link href="{link}"/><id>{link}</id>'
                f"<published>{article.header['published']}</published><updated>{changed}</updated><summary>{text}</summary></entry>\n"
            )
    if plan["kind"] == "rss":
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n<title>{plan["title"]}</title>\n'
            f"<link>{plan['site']}</link>\n<description>{FICTION}</description>\n<language>en</language>\n"
            f"{''.join(entries)}</channel></rss>\n"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{plan["title"]}</title>\n'
        f'<subtitle>{FICTION}</subtitle>\n<id>{plan["site"]}</id>\n<link href="{plan["site"]}"/>\n'
        f"<updated>{plan['updated']}</updated>\n{''.join(entries)}</feed>\n"
    )


def review(corpus: Corpus) -> None:
    """Print each distinct statement with its speaker, for reading through."""
    seen = set()
    for row in corpus.statements:
        if row["text"] in seen:
            continue
        seen.add(row["text"])
        text = corpus.files[row["file"]]
        said = " … ".join(text[s:e] for s, e in row["content"])
        cue, source = (text[slice(*row[name])] if row[name] else "-" for name in ("cue", "source"))
        print(
            f"{row['text']:22} {row['kind']:8} {row['act']:10} {row.get('weak', '')}\n    {row['speaker']} "
            f"via={row['via']} on={row['channel']} [{source} / {cue}]\n    {said}"
        )


def tally(corpus: Corpus, files: dict[str, str]) -> None:
    """Print how much of everything there is."""
    for name in sorted(files):
        if name.startswith("answers/"):
            print(name, files[name].count("\n"))
    print(Counter(Path(row["file"]).suffix for row in corpus.manifest))
    print("distinct statements", len({row["text"] for row in corpus.statements}))
    print("relations", Counter(row["relation"] for row in map(json.loads, files["answers/points.jsonl"].splitlines())))
    print("acts", Counter(row["act"] for row in corpus.statements))


def main(arguments: list[str] | None = None) -> int:
    """Build, check or review the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the committed sample with a rebuild")
    parser.add_argument("--review", action="store_true", help="print every statement with its speaker")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the sample")
    options = parser.parse_args(arguments)
    corpus = Corpus()
    files = corpus.build()
    verify(files)
    if options.review:
        review(corpus)
        return 0
    present = {
        str(path.relative_to(options.out))
        for path in options.out.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py"
    }
    if options.check:
        wrong = sorted(present ^ set(files)) + [
            name
            for name in sorted(present & set(files))
            if (options.out / name).read_bytes() != files[name].encode("utf-8")
        ]
        print("\n".join(f"differs: {name}" for name in wrong) or f"{len(files)} files as committed")
        return 1 if wrong else 0
    for name in sorted(present - set(files)):
        (options.out / name).unlink()
    for name, text in files.items():
        path = options.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    tally(corpus, files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
