"""What every scorer shares: a figure with its floor, the digest of what it was measured on, and how the table prints.

Nothing here knows what is measured. A scorer is a module of this package with `measure() -> Iterable[Figure]`; one
whose data is absent raises `Absent`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN = 12  # misses of one figure that are printed


class Absent(Exception):  # noqa: N818 - it is no error: the data may not be redistributed
    """The data a scorer needs is not on this machine; the message says which and where to name it."""


@dataclass(frozen=True)
class Figure:
    """`value` lies in 0..1 unless the name says otherwise; `floor` is None where nothing is promised; `corpus` names
    what was measured on and its digest; `misses` are the cases below 1, one line each.
    """

    name: str
    value: float
    floor: float | None
    corpus: str
    misses: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the floor is reached."""
        return self.floor is None or self.value >= self.floor


def shared(*parts: str) -> Path:
    """A file or folder of the test data: under $READOUT_TESTDATA, else under `../shared` beside the checkout.

    Raises Absent.
    """
    root = Path(os.environ.get("READOUT_TESTDATA") or Path(__file__).resolve().parents[2] / "shared")
    path = root.joinpath(*parts)
    if not path.exists():
        message = f"{'/'.join(parts)} is not in {root}; READOUT_TESTDATA names another folder"
        raise Absent(message)
    return path


def corpus(name: str, paths: Iterable[Path]) -> str:
    """The name of what is measured on, with a short digest of its bytes."""
    hashed = hashlib.sha256()
    for path in sorted(paths):
        hashed.update(path.read_bytes())
    return f"{name} {hashed.hexdigest()[:8]}"


def share(hits: Sequence[bool]) -> float:
    """How many of them are true, 1.0 for none at all."""
    return sum(hits) / len(hits) if hits else 1.0


def token_f1(found: str, wanted: str) -> float:
    """F1 over the bags of words of two texts, lower case; 1.0 for two empty ones."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    size = a.total() + b.total()
    return 2 * (a & b).total() / size if size else 1.0


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, with the misses below those that have any."""
    width = max((len(figure.name) for figure in figures), default=0)
    lines = []
    for figure in figures:
        floor = "      " if figure.floor is None else f"≥{figure.floor:.3f}"
        mark = "  " if figure.holds else "✗ "
        lines.append(f"{mark}{figure.name:<{width}}  {figure.value:6.4f}  {floor}  {figure.corpus}")
        lines += [f"      {miss}" for miss in figure.misses[:SHOWN]]
        if len(figure.misses) > SHOWN:
            lines.append(f"      … and {len(figure.misses) - SHOWN} more")
    return "\n".join(lines)
