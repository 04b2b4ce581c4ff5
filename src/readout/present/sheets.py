"""An encounter as a sheet for people: its title, and for each question who answers it and how. Pure, without markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readout.models import Detail, DetailKind, Encounter, EventStatus
from readout.present import when

_QUESTIONS = {
    DetailKind.DAY: "Date",
    DetailKind.LENGTH: "Length",
    DetailKind.ASKED: "Who asked for it",
    DetailKind.PLACE: "Place",
    DetailKind.ORDER: "Which of several",
    DetailKind.TOPIC: "Said to be about",
}
_DAY = len("2031-03-04")


@dataclass(frozen=True)
class Answer:
    """One answer to a question, in the words at its place; `teller` is the side that gives it, or the outlet."""

    teller: str
    detail: Detail


@dataclass(frozen=True)
class Question:
    """A question with its answers; `open` where sides answer it differently."""

    text: str
    answers: tuple[Answer, ...]
    open: bool = False


def title(one: Encounter) -> str:
    """As in "Call between Caldria and Veldania, 4 March 2031"."""
    kind = f"{'Planned ' if one.status is EventStatus.PLANNED else ''}{one.kind}".capitalize()
    sides = f"between {' and '.join(filter(None, (', '.join(one.parties[:-1]), *one.parties[-1:])))}"
    return ", ".join(filter(None, (f"{kind} {sides}", day(one.when))))


def day(iso: str) -> str:
    """A day or month in words, "" for none."""
    if len(iso) < _DAY:
        return when.day(date.fromisoformat(f"{iso}-01"), whole=False) if iso else ""
    return when.day(date.fromisoformat(iso))


def questions(one: Encounter) -> tuple[Question, ...]:
    """What is told of it, question by question."""
    found = []
    for kind, text in _QUESTIONS.items():
        told = one.of(kind)
        if told:
            answers = tuple(Answer(_teller(each), each) for each in told)
            found.append(Question(text, answers, open=kind in _OPEN and _differs(told)))
    return tuple(found)


_OPEN = frozenset({DetailKind.LENGTH, DetailKind.ASKED, DetailKind.PLACE})


def _differs(told: Sequence[Detail]) -> bool:
    """Whether two sides give values that are not the same, words for about and almost aside."""
    by_side = {each.party or each.by: _value(each) for each in told}
    return len(set(by_side.values())) > 1


def _value(one: Detail) -> str:
    return " ".join(one.value.split()[-2:]) if one.kind is DetailKind.LENGTH else one.value


def _teller(one: Detail) -> str:
    if one.party and one.party != one.by:
        return f"{one.by}, for {one.party}"
    return one.by if one.statement else one.outlet or "outlet not shown"
