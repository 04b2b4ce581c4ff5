"""`python -m quality [NAME…]`: every scorer, or those named; ends with 1 where a figure is below its floor."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from dataclasses import asdict

import quality
from quality.figures import Absent, Figure, table


def main() -> int:
    """Run the scorers and print their figures."""
    asked = argparse.ArgumentParser(prog="python -m quality", description=__doc__)
    asked.add_argument("names", nargs="*", help="scorers to run; all of them by default")
    asked.add_argument("--json", action="store_true", help="one JSON object a figure")
    given = asked.parse_args()
    holds = True
    for name in given.names or [found.name for found in pkgutil.iter_modules(quality.__path__)]:
        module = importlib.import_module(f"quality.{name}")
        if not hasattr(module, "measure"):
            continue
        try:
            figures = list(module.measure())
        except Absent as why:
            sys.stderr.write(f"{name}: skipped, {why}\n")
            continue
        holds = holds and all(figure.holds for figure in figures)
        sys.stdout.write(_shown(name, figures, as_json=given.json))
        sys.stdout.flush()
    return 0 if holds else 1


def _shown(name: str, figures: list[Figure], *, as_json: bool) -> str:
    if as_json:
        return "".join(json.dumps({"scorer": name, **asdict(figure)}, ensure_ascii=False) + "\n" for figure in figures)
    return f"{name}\n{table(figures)}\n\n"


if __name__ == "__main__":
    sys.exit(main())
