"""The rules of ARCHITECTURE.md, held by import-linter and by the syntax tree. No rule about what the code does."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

import pytest
from importlinter.cli import lint_imports

from tests.sources import PACKAGE, ROOT, Function, Module, everything, package, project

MAX_MODULE_LINES = 500
MAX_FUNCTION_LINES = 60
MAX_PARAMETERS = 5
MEDIAN_MODULE_LINES = 120
MEDIAN_FUNCTION_LINES = 8
NINTH_DECILE_FUNCTION_LINES = 25
NINTH_DECILE_PARAMETERS = 4

# Reasoned exceptions to the sizes above, the only ones: the module, or module:function, and why.
LARGE = {"readout.engine:Engine.import_paths": "the options of one command"}

# Inside a standard package, where import-linter sees only the package: who may import it.
STANDARD_DOORS = {
    "urllib.request": "readout.capture.fetch",
    "http.client": "readout.capture.fetch",
    "ftplib": "readout.capture.fetch",
    "smtplib": "readout.capture.fetch",
}

# Imported under their own names, but released with and pinned by the library that we ask for.
PARTS = {"argon2": "argon2-cffi", "markupsafe": "jinja2", "pydantic_core": "pydantic"}

# Known to the type checker alone.
TYPING_ONLY = {"-typeshed"}

# Asked for without being imported: what another library brings along, for the sake of a floor.
FLOOR_ONLY = {"lxml"}

NO_KIND_OF_NAME = {"utils", "util", "helpers", "helper", "common", "misc", "types", "shared"}

# What is done by value and nothing else: no clock, no network, no settings, no files.
PURE = ("readout.models", "readout.text", "readout.extract", "readout.annotate", "readout.group", "readout.compare")
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}

FUNCTIONS = [function for module in package() for function in module.functions]


def test_imports_keep_to_the_layers_and_to_the_one_door_of_each_library(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out


def test_every_top_level_name_has_its_layer() -> None:
    layers = next(one for one in project()["tool"]["importlinter"]["contracts"] if one["id"] == "layers")
    placed = set(re.findall(r"\w+", " ".join(layers["layers"]))) | set(layers["exhaustive_ignores"])
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert there - {"__init__", "__pycache__", "py"} <= placed


def test_no_module_is_named_for_being_a_rest() -> None:
    assert [module.name for module in package() if NO_KIND_OF_NAME & set(module.name.split("."))] == []


def test_nothing_imports_itself_in_a_circle() -> None:
    names = {module.name for module in package()}
    graph = {module.name: {one for one in _targets(module, names) if one != module.name} for module in package()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" → ".join(cycle.args[1]))


def _targets(module: Module, names: set[str]) -> Iterator[str]:
    """The modules it imports: of `from a import b`, `a.b` where that is a module, else `a`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (one if one in names else node.module for one in found if node.module in names)


def test_inside_the_package_nobody_uses_its_public_face() -> None:
    names = {module.name for module in package()}
    assert [module.name for module in package() if "readout" in _targets(module, names)] == []


@pytest.mark.parametrize(("name", "door"), STANDARD_DOORS.items())
def test_standard_modules_have_one_door_too(name: str, door: str) -> None:
    users = {module.name for module in package() if any(_is_in(one, name) for one in module.imports)}
    assert users <= {door}


def _is_in(name: str, parent: str) -> bool:
    return f"{name}.".startswith(f"{parent}.")


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    extras = [one for extra in project()["project"]["optional-dependencies"].values() for one in extra]
    declared = {re.split(r"[^\w-]", one)[0] for one in [*project()["project"]["dependencies"], *extras]}
    imported = {one.split(".")[0] for module in package() for one in module.imports} - set(sys.stdlib_module_names)
    used = {PARTS.get(one, one.replace("_", "-")) for one in imported} - {"readout"}
    assert used - declared - TYPING_ONLY == set(), "imported, not declared"
    assert declared - used - FLOOR_ONLY == set(), "declared, not imported"


def test_a_module_says_what_it_is_for() -> None:
    written = [module for module in everything() if module.source.strip()]
    assert [module.name for module in written if not ast.get_docstring(module.tree)] == []


def test_a_module_is_of_a_size_to_be_read() -> None:
    sizes = {module.name: module.lines for module in package()}
    assert {name: size for name, size in sizes.items() if size > MAX_MODULE_LINES and name not in LARGE} == {}


def test_a_function_is_of_a_size_to_be_seen() -> None:
    assert _beyond(FUNCTIONS, "lines", MAX_FUNCTION_LINES) == {}


def test_a_function_takes_few_things() -> None:
    commands = ("readout.present.cli.",)  # a command's options are its parameters
    others = [function for function in FUNCTIONS if not function.name.startswith(commands)]
    assert _beyond(others, "parameters", MAX_PARAMETERS) == {}


def _beyond(functions: Iterable[Function], measure: str, limit: int) -> dict[str, int]:
    measured = {function.name: int(getattr(function, measure)) for function in functions}
    return {name: value for name, value in measured.items() if value > limit and name not in LARGE}


def test_exceptions_are_still_needed() -> None:
    there = {module.name for module in package()} | {function.name for function in FUNCTIONS}
    assert set(LARGE) <= there


def test_most_of_it_is_small(record_property: Callable[[str, object], None]) -> None:
    sizes = [module.lines for module in package() if module.lines > 1]
    lines = [function.lines for function in FUNCTIONS]
    parameters = [function.parameters for function in FUNCTIONS]
    figures = {
        "module lines, median": (statistics.median(sizes), MEDIAN_MODULE_LINES),
        "function lines, median": (statistics.median(lines), MEDIAN_FUNCTION_LINES),
        "function lines, ninth decile": (_ninth_decile(lines), NINTH_DECILE_FUNCTION_LINES),
        "parameters, ninth decile": (_ninth_decile(parameters), NINTH_DECILE_PARAMETERS),
    }
    for name, (figure, _) in figures.items():
        record_property(name, figure)
    assert {name: pair for name, pair in figures.items() if pair[0] > pair[1]} == {}


def _ninth_decile(values: list[int]) -> float:
    return statistics.quantiles(values, n=10)[8]


def test_values_are_frozen() -> None:
    models = [module for module in package() if module.within("readout.models")]
    classes = [node for module in models for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    assert classes
    assert [one.name for one in classes if any(_thaws(ast.unparse(mark)) for mark in one.decorator_list)] == []


def _thaws(decorator: str) -> bool:
    return decorator.startswith("dataclass") and "frozen=True" not in decorator


def test_stages_know_no_clock() -> None:
    stages = [module for module in package() if module.within(*PURE)]
    calls = [(one.name, node.func) for one in stages for node in ast.walk(one.tree) if isinstance(node, ast.Call)]
    assert [(name, ast.unparse(called)) for name, called in calls if _asks_the_time(called)] == []


def _asks_the_time(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in CLOCKS:
        return False
    return ast.unparse(called.value) in {"datetime", "date", "time", "datetime.datetime", "datetime.date"}


def test_settings_are_read_in_one_place() -> None:
    environment = {"os.environ", "os.getenv", "os.environb"}
    readers = {module.name for module in package() if environment & (module.imports | _attributes(module))}
    assert readers <= {"readout.config"}


def test_outside_markup_is_trusted_in_one_place() -> None:
    trusting = {module.name for module in package() if any(_is_in(one, "markupsafe") for one in module.imports)}
    assert len(trusting) <= 1, f"Markup is used in {sorted(trusting)}"
    assert all(name.startswith("readout.present.") for name in trusting)
    templates = [path for path in PACKAGE.rglob("templates/**/*") if path.is_file()]
    trusted = re.compile(r"\|\s*safe\b|autoescape\s+false")
    assert [path.name for path in templates if trusted.search(path.read_text("utf-8"))] == []


def test_jinja_is_not_a_second_way_to_markup() -> None:
    ways = {"jinja2.Markup", "jinja2.utils.markupsafe", "jinja2.filters.do_mark_safe"}
    assert [module.name for module in package() if ways & (module.imports | _attributes(module))] == []


def test_only_the_faces_print() -> None:
    others = [module for module in package() if not module.within("readout.present")]
    assert [module.name for module in others if any(_says_print(node) for node in ast.walk(module.tree))] == []


def _says_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "print"


def test_fakes_and_builders_instead_of_mocks() -> None:
    mocks = ("unittest.mock", "pytest_mock")
    users = [
        module.name for module in everything() if any(_is_in(one, mock) for one in module.imports for mock in mocks)
    ]
    assert users == []


def test_no_group_of_a_pattern_is_possessive() -> None:
    """Python before 3.11.5 matches those wrongly (gh-106052); an atomic group does the same."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.toml")]
    assert [file.name for file in files if possessive.search(file.read_text(encoding="utf-8"))] == []


def _attributes(module: Module) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}


def test_importing_readout_loads_no_library() -> None:
    assert _loaded_by("import readout") == set()


def test_asking_for_help_loads_neither_database_nor_web_nor_parser() -> None:
    heavy = {"sqlalchemy", "alembic", "trafilatura", "lxml", "selectolax", "starlette", "uvicorn", "jinja2"}
    asked = "import sys; sys.argv = ['readout', '--help']; from readout.__main__ import main; main()"
    assert _loaded_by(f"try:\n  {asked}\nexcept SystemExit: pass") & heavy == set()


def _loaded_by(code: str) -> set[str]:
    """The libraries, not of the standard library and not ours, that running this code in a fresh Python loads."""
    told = "\nimport sys; print('\\n' + ' '.join(sys.modules))"
    before = _run("import sys; print('\\n' + ' '.join(sys.modules))")
    return _run(code + told) - before - set(sys.stdlib_module_names) - {"readout"}


def _run(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
