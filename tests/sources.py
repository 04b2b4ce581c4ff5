"""The project's own source as syntax trees, for the tests that hold its shape. Knows nothing of what the code does."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "readout"
SAMPLE = PACKAGE / "sample"


@dataclass(frozen=True)
class Function:
    """A function or method: `name` is `module:Class.function`."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """From its first decorator to its last line, docstring included."""
        first = min([self.node.lineno, *(one.lineno for one in self.node.decorator_list)])
        return (self.node.end_lineno or first) - first + 1

    @property
    def parameters(self) -> int:
        """How many, without self or cls, `*args` and `**kwargs`."""
        all_of_them = [*self.node.args.posonlyargs, *self.node.args.args, *self.node.args.kwonlyargs]
        return len([one for one in all_of_them if one.arg not in {"self", "cls"}])


@dataclass(frozen=True)
class Module:
    """A Python file of the project under its dotted name."""

    name: str
    path: Path

    @cached_property
    def source(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, str(self.path))

    @cached_property
    def lines(self) -> int:
        return self.source.count("\n")

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(_functions(self.tree, f"{self.name}:"))

    @cached_property
    def imports(self) -> frozenset[str]:
        """Everything imported anywhere in the module, dotted: `from a import b` gives both `a` and `a.b`.

        What is imported by its name in a string, with `import_module("a.b")`, is among it.
        """
        return frozenset(_imports(self.tree))

    def within(self, *packages: str) -> bool:
        """Whether it is one of these packages or lies inside one."""
        return any(f"{self.name}.".startswith(f"{package}.") for package in packages)


def _functions(node: ast.AST, prefix: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(prefix + child.name, child)
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


@cache
def package() -> tuple[Module, ...]:
    """Every module of `readout`."""
    return tuple(
        Module(_dotted(path, PACKAGE.parent), path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.is_relative_to(SAMPLE)
    )


@cache
def everything() -> tuple[Module, ...]:
    """Every module of the project: the package, its tests, its measurements and its workshop."""
    folders = [ROOT / name for name in ("tests", "quality", "bench", "workshop")]
    rest = [Module(_dotted(path, ROOT), path) for folder in folders for path in sorted(folder.rglob("*.py"))]
    return (*package(), *rest)


def _dotted(path: Path, base: Path) -> str:
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def project() -> dict[str, Any]:
    """What `pyproject.toml` says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
