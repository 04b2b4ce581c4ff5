"""How feeds are read: feedparser's expectations through our adapter, the W3C validator's cases, and XML bombs.

An expectation is a line such as `Expect: not bozo and feed['title'] == 'Example'`. It is parsed, never run: each
comparison whose left side names a field that our values carry is asked of our values, and the others are counted.
Addresses are compared as a browser reads them; an author's text without the e-mail address, which we do not keep.
"""

from __future__ import annotations

import ast
import io
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import zstandard

from quality.figures import Figure, corpus, share, shared
from readout.capture import feeds, markup
from readout.models import Entry, Listing, Moment
from readout.text.addresses import parse

ORIGIN = "http://127.0.0.1:8097/"
SECONDS = 2.0

_EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
_VALID = re.compile(r"Expect:\s*!")
_IS_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|Channel)[\s>]")
_HEADER = re.compile(r"^Header:\s+([^:]+):(.*)$", re.MULTILINE)
_MAIL = re.compile(r"\s*\([^()@]+@[^()@]+\)$")

# Why an expectation does not hold, by the part of the file's name that says what it is about. A deviation that is not
# here is a fault of ours.
REASONS = {
    "bozo_linenoise": "bytes in no encoding: they are guessed to be of another",
    "http_content_language": "of the headers only Content-Type is taken",
    "entity_in_doctype": "no DTD is read, ever, and so no entity of it",
    "media_group": "a licence that has an address is kept as its address",
}


@dataclass(frozen=True)
class Case:
    """One file: its name in the archive and its content."""

    name: str
    content: bytes

    @property
    def text(self) -> str:
        """The content as characters, to find the expectation in."""
        return markup.decoded(self.content)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that the file asks to be served with, names in lower case."""
        return {name.strip().lower(): value.strip() for name, value in _HEADER.findall(self.text)}

    @property
    def address(self) -> str:
        """Where it would be; "" for a case that is about no address."""
        where = self.headers.get("content-location")
        served = where is not None or "http" in Path(self.name).name or "/http/" in self.name
        base = f"{ORIGIN}{self.name}"
        address = parse(where or "", base) if served else None
        return address.href if address and address.web else base if served else ""


@dataclass
class Tally:
    """What came of the expectations."""

    held: list[bool] = field(default_factory=list)
    deviations: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def cases(archive: Path, ending: str = ".xml") -> Iterator[Case]:
    """The files of an archive, in the order of their names."""
    with archive.open("rb") as packed:
        content = zstandard.ZstdDecompressor().stream_reader(packed).read()
    with tarfile.open(fileobj=io.BytesIO(content)) as files:
        for member in sorted(files.getmembers(), key=lambda one: one.name):
            opened = files.extractfile(member) if member.name.endswith(ending) else None
            if opened is not None:
                yield Case(member.name, opened.read())


def measure() -> Iterable[Figure]:
    """The figures; raises Absent."""
    yield from _feedparser(shared("data", "feeds", "feedparser.tar.zst"))
    yield from _w3c(shared("data", "feeds", "w3c_feedvalidator.tar.zst"))
    yield from _bombs(shared("data", "robustness", "xml_bombs", "xmltestdata"))


def _feedparser(archive: Path) -> Iterator[Figure]:
    tally = Tally()
    files = list(cases(archive))
    for case in files:
        _judge(case, tally)
    name = corpus("feedparser", [archive])
    others = tuple(f"not carried: {what} ×{count}" for what, count in tally.others.most_common())
    yield Figure(f"expectations held, of {len(tally.held):,}", share(tally.held), 0.98, name, tuple(tally.deviations))
    yield Figure("deviations with a reason", 0.0 if tally.unexplained else 1.0, 1.0, name, tuple(tally.unexplained))
    yield Figure(
        f"{len(files):,} files that raise nothing", 0.0 if tally.raised else 1.0, 1.0, name, tuple(tally.raised)
    )
    yield Figure("expectations of what we do not carry (count)", float(tally.others.total()), None, name, others)


def _judge(case: Case, tally: Tally) -> None:
    try:
        found = feeds.listing(case.content, case.address, case.headers.get("content-type"))
    except Exception as error:  # noqa: BLE001 - that nothing is raised is what is measured
        tally.raised.append(f"{case.name}: {error!r}")
        return
    expected = _EXPECT.search(case.text)
    for part in _parts(expected[1]) if expected else ():
        asked = _question(part)
        if asked is None:
            tally.others[_about(part)] += 1
            continue
        holds = found is not None and asked(found)
        tally.held.append(holds)
        if not holds:
            reason = next((why for name, why in REASONS.items() if name in case.name), None)
            line = f"{case.name.removeprefix('tests/')}: {ast.unparse(part)[:90]}"
            tally.deviations.append(f"{line} — {reason or 'no reason known'}")
            if reason is None:
                tally.unexplained.append(line)


def _parts(expected: str) -> Iterator[ast.expr]:
    """The conditions of an expectation that are joined by "and"."""
    try:
        tree = ast.parse(expected.strip(), mode="eval").body
    except SyntaxError:
        tree = ast.Constant(expected[:40])
    waiting = [tree]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And):
            waiting = [*part.values, *waiting]
        else:
            yield part


Question = Callable[[Listing], bool]


def _question(part: ast.expr) -> Question | None:
    """What a condition asks of our values; None where it is about something that they do not carry."""
    if isinstance(part, ast.BoolOp):
        either = [_question(one) for one in part.values]
        known = [one for one in either if one]
        return (lambda listing: any(one(listing) for one in known)) if len(known) == len(either) else None
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
        return _absent(part.operand)
    if not isinstance(part, ast.Compare):
        return None
    wanted = part.comparators[-1]
    if not isinstance(wanted, ast.Constant | ast.Tuple):
        return None
    asked = [_one(side, type(part.ops[0]), ast.literal_eval(wanted)) for side in (part.left, *part.comparators[:-1])]
    known = [one for one in asked if one]
    return (lambda listing: all(one(listing) for one in known)) if len(known) == len(asked) else None


def _absent(operand: ast.expr) -> Question | None:
    """`not feed.has_key('language')`."""
    match operand:
        case ast.Call(func=ast.Attribute(value=owner, attr="has_key"), args=[ast.Constant(value=str(name))]):
            getter = _getter([*(_path(owner) or ["?"]), name])
            return (lambda listing: getter(listing) in (None, ())) if getter else None
    return None


def _one(side: ast.expr, operation: type[ast.cmpop], wanted: object) -> Question | None:
    if operation not in (ast.Eq, ast.NotEq):
        return None
    match side:
        case ast.Call(func=ast.Name(id="len"), args=[inner]):
            path, counted = _path(inner), True
        case _:
            path, counted = _path(side), False
    getter = (lambda listing: listing.entries) if path == ["entries"] else _getter(path or ["?"])
    if getter is None:
        return None
    if counted:
        whole = getter if path == ["entries"] else _getter(path or ["?"], whole=True)
        return lambda listing: whole is not None and len(_sized(whole(listing))) == wanted
    equal = operation is ast.Eq
    return lambda listing: _same(getter(listing), wanted) is equal


def _path(node: ast.expr) -> list[str | int] | None:
    """`entries[0]['tags'][1].term` as ["entries", 0, "tags", 1, "term"]."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=owner, attr=name):
            rest: str | int = name
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(rest) | int(rest))):
            pass
        case _:
            return None
    path = _path(owner)
    return None if path is None else [*path, rest]


_BOTH: dict[tuple[str, ...], str] = {
    ("title",): "title", ("link",): "address", ("id",): "identifier", ("guid",): "identifier",
    ("updated",): "updated", ("modified",): "updated", ("updated_parsed",): "updated",
    ("author",): "authors", ("author_detail", "name"): "authors", ("authors", "#", "name"): "authors",
    ("language",): "language", ("rights",): "licence", ("copyright",): "licence", ("license",): "licence",
    ("category",): "categories", ("tags",): "categories", ("tags", "#", "term"): "categories",
}  # fmt: skip
_FEED = _BOTH | {
    ("subtitle",): "summary", ("description",): "summary", ("tagline",): "summary", ("info",): "summary",
    ("image", "href"): "image", ("image", "url"): "image", ("logo",): "image", ("icon",): "image",
}  # fmt: skip
_ENTRY = _BOTH | {
    ("summary",): "summary", ("description",): "summary", ("content", "#", "value"): "content",
    ("published",): "published", ("published_parsed",): "published", ("issued",): "published",
    ("created",): "published", ("created_parsed",): "published",
    ("enclosures", "#", "href"): "enclosures", ("enclosures", "#", "url"): "enclosures",
    ("image", "href"): "images", ("media_thumbnail", "#", "url"): "images",
    ("media_license", "content"): "licence", ("media_license", "href"): "licence",
}  # fmt: skip


def _sized(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _getter(path: list[str | int], *, whole: bool = False) -> Callable[[Listing], object] | None:
    match path:
        case ["feed", *rest]:
            table, position = _FEED, None
        case ["entries", int(position), *rest]:
            table = _ENTRY
        case _:
            return None
    names = [str(one).removesuffix("_detail") if one != "author_detail" else str(one) for one in rest]
    detailed = len(rest) == 2 and str(rest[0]).endswith("_detail") and rest[1] == "value"
    key = tuple("#" if isinstance(one, int) else name for one, name in zip(rest, names, strict=True))
    named = table.get(key[:1] if detailed else key)
    index = None if whole else next((one for one in rest if isinstance(one, int)), 0)
    return (lambda listing: _value(listing, position, named, index)) if named else None


def _value(listing: Listing, position: int | None, named: str, index: int | None) -> object:
    owner: Listing | Entry = listing
    if position is not None:
        if position >= len(listing.entries):
            return None
        owner = listing.entries[position]
    value = getattr(owner, named)
    if isinstance(value, tuple) and index is not None:
        return value[index] if index < len(value) else None
    return value


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, Moment):
        return _is_then(found, wanted)
    if found == wanted or (found is None and wanted == ""):
        return True
    if not isinstance(found, str) or not isinstance(wanted, str):
        return False
    ours, theirs = parse(found), parse(wanted)
    return (
        bool(ours and theirs and ours.href == theirs.href) or found == _MAIL.sub("", wanted) or found == wanted.strip()
    )


def _is_then(found: Moment, wanted: object) -> bool:
    if isinstance(wanted, tuple):
        return found.at.timetuple()[:6] == wanted[:6]
    return found.clue == wanted


def _about(part: ast.expr) -> str:
    """What an expectation is about, in a word: the last name of its first path."""
    names = re.findall(r"bozo|[a-z_]{3,}", ast.unparse(part).partition("==")[0].replace("entries", ""))
    return " ".join(names[:3]) or "other"


def _w3c(archive: Path) -> Iterator[Figure]:
    valid: list[bool] = []
    misses, raised = [], []
    files = list(cases(archive))
    for case in files:
        try:
            found = feeds.listing(case.content, f"{ORIGIN}{case.name}")
        except Exception as error:  # noqa: BLE001 - as above
            raised.append(f"{case.name}: {error!r}")
            continue
        if _IS_FEED.search(case.text) and _VALID.search(case.text):
            valid.append(found is not None)
            if found is None:
                misses.append(case.name)
    name = corpus("w3c", [archive])
    yield Figure(f"{len(valid):,} valid feeds that are read", share(valid), 1.0, name, tuple(misses))
    yield Figure(f"{len(files):,} cases that raise nothing", 0.0 if raised else 1.0, 1.0, name, tuple(raised))


def _bombs(folder: Path) -> Iterator[Figure]:
    paths = sorted(folder.iterdir())
    slow = []
    for path in paths:
        start = time.process_time()
        feeds.listing(path.read_bytes(), ORIGIN)
        spent = time.process_time() - start
        if spent > SECONDS:
            slow.append(f"{path.name}: {spent:.1f} s")
    yield Figure("XML bombs within 2 CPU seconds", 0.0 if slow else 1.0, 1.0, corpus("bombs", paths), tuple(slow))
