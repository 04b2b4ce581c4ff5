"""The public face: what `readout` names is sorted, explained where it stands, and explained in the reference."""

from __future__ import annotations

import importlib
import inspect
import re

import readout
from tests.sources import ROOT, package

REFERENCE = ROOT / "docs" / "reference" / "api.md"


def test_the_public_names_are_sorted() -> None:
    """Constants, then classes, then functions, each by name: the order ruff keeps everywhere else too."""
    assert list(readout.__all__) == sorted(readout.__all__, key=_place)


def _place(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_the_public_names_exist_and_say_what_they_are() -> None:
    assert [name for name in readout.__all__ if not _is_explained(getattr(readout, name))] == []


def _is_explained(value: object) -> bool:
    """Whether it has words of its own; a plain value (a number, a set) is explained in the reference alone."""
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return True
    told = value.__doc__ or ""
    return bool(told.strip()) and not told.startswith(f"{value.__name__}(")  # what a dataclass writes by itself


def test_whatever_a_module_offers_says_what_it_is() -> None:
    offered = [
        (module.name, name, getattr(importlib.import_module(module.name), name))
        for module in package()
        if "__all__" in module.source and module.name != "readout"
        for name in importlib.import_module(module.name).__all__
    ]
    assert [f"{module}.{name}" for module, name, value in offered if not _is_explained(value)] == []


def test_every_public_name_is_in_the_reference_and_nothing_else_is() -> None:
    described = re.findall(r"^#+ `(?:readout\.)?(\w+)", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert sorted(set(described)) == sorted(readout.__all__)
