"""What somebody typed to look for something, read: words, "phrases", -not, OR and operators with values. Pure.

Nothing that can be typed is an error. A part that cannot be understood is told of, and the rest is asked for all the
same; what is longer than anybody types is cut. A query that was understood can be written again, and reads the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from readout.models import Act, ArticleKind, Field, Misread, Query, StatementKind, Term

LONGEST = 1_000  # characters of a query that are read
MOST = 40  # terms
_VALUE = 200  # characters
_TOLD = 60  # of a part that is told of
_DATES = "write it as 2026-06-01, 2026-06, 2026, today, yesterday, 7d, or as two with .. between them"
_RANGE = ".."
_OR = "OR"

_TERM = re.compile(r"""(?P<minus>-*)(?:(?P<field>[A-Za-z]{1,20}):(?!//))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))?""")
_SPACE = re.compile(" +")
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_DAYS = re.compile(r"(\d{1,4})d")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TIMES = frozenset({Field.SAID, Field.BEFORE, Field.AFTER})
_OPERATORS = frozenset(one.value for one in Field if one is not Field.WORDS)
_KINDS = frozenset(one.value for kinds in (StatementKind, ArticleKind) for one in kinds)
_ACTS = frozenset(one.value for one in Act)


class _Part(NamedTuple):
    """A piece of what was typed."""

    negated: bool
    field: str
    value: str
    quoted: bool

    @property
    def text(self) -> str:
        value = f'"{self.value}"' if self.quoted else self.value
        return f"{'-' * self.negated}{self.field}{':' if self.field else ''}{value}"[:_TOLD]


def parse(text: str, today: date) -> Query:
    """The query that was typed. `today` is what its relative days count from."""
    misread: list[Misread] = []
    plain = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text[:LONGEST])
    if text[LONGEST:].strip():
        misread.append(Misread("", f"it is longer than anybody can mean: only {LONGEST:,} characters were read"))
    clauses: list[tuple[Term, ...]] = []
    joined = False
    for count, part in enumerate(_parts(plain.translate(_QUOTES))):
        if count >= MOST:
            misread.append(Misread(part.text, f"only the first {MOST} words and operators were looked for"))
            break
        if part == _Part(negated=False, field="", value=_OR, quoted=False):
            joined = bool(clauses)
            continue
        term = _term(part, today, misread)
        if term:
            clauses[-1:] = [(*clauses[-1], term)] if joined else [*clauses[-1:], (term,)]
        joined = False
    return Query(tuple(clauses), tuple(misread))


def formatted(query: Query) -> str:
    """The query as one would type it; `parse` reads it as the same clauses."""
    return " ".join(f" {_OR} ".join(map(written, clause)) for clause in query.clauses)


def written(term: Term) -> str:
    """A term as one would type it."""
    minus = "-" if term.negated else ""
    if term.field is Field.WORDS:
        return f'{minus}"{term.value}"' if term.phrase else f"{minus}{term.value}"
    return f"{minus}{term.field}:{quoted(term.value)}"


def quoted(value: str) -> str:
    """The value of an operator, in quotation marks where it has to be."""
    bare = value.replace('"', " ").strip()
    return f'"{bare}"' if any(map(str.isspace, bare)) or not bare else bare


def bounds(text: str) -> tuple[date, date]:
    """The first day of a year, month or day as a query writes it, and the first after it. Raises ValueError."""
    return _days(text, date.max)


def _parts(text: str) -> Iterator[_Part]:
    """What stands between spaces or quotation marks. A value may stand one space behind its operator."""
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if found is None or found.end() == at:
            at += 1
            continue
        at = found.end()
        part = _read(found)
        if part.field.lower() in _OPERATORS and not part.value and not part.quoted:
            behind = _SPACE.match(text, at)
            value = _TERM.match(text, behind.end()) if behind else None
            if value and not value["field"] and not value["minus"] and value[0] not in {"", _OR}:
                at = value.end()
                part = part._replace(value=_read(value).value, quoted=value["phrase"] is not None)
        yield part


def _read(found: re.Match[str]) -> _Part:
    phrase = found["phrase"]
    value = " ".join((found["word"] or "" if phrase is None else phrase).split())
    return _Part(bool(found["minus"]), found["field"] or "", value[:_VALUE].strip(), phrase is not None)


def _term(part: _Part, today: date, misread: list[Misread]) -> Term | None:
    """The term that a part is, if it is one; what is wrong with it is added to `misread`."""
    name = part.field.lower()
    if name not in _OPERATORS:
        if part.field:
            misread.append(Misread(part.text, f"{part.field}: is no operator, so it was looked for as words"))
        return _words(part)
    field = Field(name)
    try:
        return _operated(field, part, today)
    except ValueError as error:
        misread.append(Misread(part.text, str(error)))
        return None


def _words(part: _Part) -> Term | None:
    value = f"{part.field}:{part.value}" if part.field else part.value
    if not any(map(str.isalnum, value)):
        return None
    return Term(Field.WORDS, value, part.negated, part.quoted)


def _operated(field: Field, part: _Part, today: date) -> Term:
    """The term of an operator. Raises ValueError, which says what would be understood."""
    value = part.value
    if not any(map(str.isalnum, value)):
        message = f"{field}: says nothing to look for; write it as {_EXAMPLES[field]}"
        raise ValueError(message)
    if field in _TIMES:
        since, until = _span(field, value.lower(), today)
        return Term(field, value.lower(), part.negated, since=since, until=until)
    if field is Field.KIND:
        value = _among(value, _KINDS)
    elif field is Field.ACT:
        value = _among(value, _ACTS)
    elif field is Field.LANG:
        value = value.lower()
        if not _LANGUAGE.fullmatch(value):
            message = f"{value} is no code of a language; write it as en, uk or de"
            raise ValueError(message)
    return Term(field, value, part.negated)


_EXAMPLES = {
    Field.SPEAKER: 'speaker:"Anna Kowal"',
    Field.ABOUT: "about:harbour",
    Field.OUTLET: 'outlet:"Harbour Post"',
    Field.WIRE: "wire:AFP",
    Field.SAID: "said:2026-06-01..2026-06-07",
    Field.BEFORE: "before:2026-06-01",
    Field.AFTER: "after:2026-06-01",
    Field.KIND: "kind:direct",
    Field.ACT: "act:denial",
    Field.LANG: "lang:en",
}


def _among(value: str, known: frozenset[str]) -> str:
    spellings = {one.replace(" ", "-"): one for one in known}
    found = spellings.get("-".join(value.lower().split()))
    if found is None:
        message = f"{value} is none; it can be {', '.join(sorted(spellings))}"
        raise ValueError(message)
    return found


def _span(field: Field, value: str, today: date) -> tuple[date | None, date | None]:
    """From the first day up to but not including the last that a time names."""
    if field is not Field.SAID:
        first, _ = _days(value, today)
        return (None, first) if field is Field.BEFORE else (first, None)
    if _RANGE not in value:
        return _days(value, today)
    begins, ends = (one.strip() for one in value.split(_RANGE, 1))
    since = _days(begins, today)[0] if begins else None
    until = _days(ends, today)[1] if ends else None
    if since and until and since >= until:
        message = f"{value} ends before it begins"
        raise ValueError(message)
    return since, until


def _days(text: str, today: date) -> tuple[date, date]:
    """The first day of a date, month or year, and the first after it."""
    counted = _DAYS.fullmatch(text)
    named = {"today": 0, "yesterday": 1}.get(text)
    if counted:
        named = int(counted[1])
    if named is not None:
        first = today - timedelta(days=named)
        return first, today + timedelta(days=1) if counted else first + timedelta(days=1)
    found = _DATE.fullmatch(text)
    try:
        if found:
            return _dated(*(int(one) if one else None for one in found.groups()))
    except (ValueError, OverflowError):
        pass
    message = f"{text} is no date; {_DATES}"
    raise ValueError(message)


def _dated(year: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    if year is None:
        raise ValueError
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if day is None:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    first = date(year, month, day)
    return first, first + timedelta(days=1)
