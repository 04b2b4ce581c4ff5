"""How long ago, in languages other than English: "vor 3 Stunden", "il y a 2 jours", "5小时前", "gestern, 14:30".

Only reads how much of what unit; `dates` counts back. The words are in `elapsed.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_FEW = 3
_TWO = 2


class Elapsed(NamedTuple):
    """So many units; a unit is one of s, m, h, d, w, mo, y. `vague` where the words give no exact number."""

    number: int
    unit: str
    vague: bool = False


def elapsed(text: str) -> Elapsed | None:
    """What the whole of a text says has passed, None where it is no such age."""
    wording = " ".join(text.lower().split())
    for pattern in _forms():
        if match := pattern.fullmatch(wording):
            return _counted(match)
    near = _near().fullmatch(wording)
    return Elapsed(int(str(near.lastgroup)[1:]), "d") if near else None


def _counted(match: re.Match[str]) -> Elapsed:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    unit = next(name for name in found if name not in ("n", "few")).removeprefix("two_").removeprefix("of_")
    if any(name.startswith("two_") for name in found):
        return Elapsed(_TWO, unit)
    if "few" in found:
        return Elapsed(_FEW, unit, vague=True)
    return Elapsed(int(found["n"]) if "n" in found else 1, unit)


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An age with its mark before the count, and with it after."""
    words = _words()
    counts = rf"(?P<n>\d{{1,4}})|(?P<few>{'|'.join(words['few'])})|{'|'.join(words['one'])}"
    units = "|".join(rf"(?P<of_{unit}>{'|'.join(said)})" for unit, said in words["units"].items())
    duals = "|".join(rf"(?P<two_{unit}>{'|'.join(said)})" for unit, said in words["dual"].items())
    span = rf"(?:(?:{'|'.join(words['about'])}) )?(?:{duals}|(?:(?:{counts}) ?)?(?:{units})(?:钟)?)"
    before, after = ("|".join(sorted(words[side], key=len, reverse=True)) for side in ("before", "after"))
    return re.compile(rf"(?:{before}) {span}"), re.compile(rf"(?:(?:{before}) )?{span} ?(?:{after})")


@cache
def _near() -> re.Pattern[str]:
    """A day close by, with the clock time that may stand behind it."""
    days = "|".join(rf"(?P<d{back}>{'|'.join(said)})" for back, said in _words()["days"].items())
    return re.compile(rf"(?:{days})(?:,?(?: um| à| a las| alle| às| om| kl\.?| в)? ?\d{{1,2}}[:.h]\d{{2}}(?: uhr)?)?")


@cache
def _words() -> dict[str, Any]:
    with files("readout.extract").joinpath("elapsed.toml").open("rb") as stream:
        return tomllib.load(stream)
