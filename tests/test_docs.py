"""The documents tell the truth: what they name exists, what exists is in the reference, and what they show runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from readout.config import PREFIX, Settings
from readout.present.cli.app import app
from tests.sources import ROOT, SAMPLE, project

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

# Read by make and the tests, not by Readout itself.
WORKSHOP_VARIABLES = {"READOUT_BROWSER", "READOUT_NO_APT", "READOUT_SNAPSHOTS", "READOUT_TESTDATA"}

WORDS = (
    "outlet feed page article edition credit copy origin reprints statement speaker relay channel act event story party"
    " account point figure corroboration brief contradict differ"
)


LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@cache
def commands() -> dict[str, set[str]]:
    """Every command of `readout`, "export articles" among them, with its options."""
    return dict(_commands(typer.main.get_command(app), ""))


def _commands(command: Any, name: str) -> Iterator[tuple[str, set[str]]]:  # noqa: ANN401 - typer's own, not exported
    yield name, {one for param in command.params for one in (*param.opts, *param.secondary_opts) if one[0] == "-"}
    for word, below in getattr(command, "commands", {}).items():
        yield from _commands(below, f"{name} {word}".strip())


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


def examples() -> str:
    """Everything in the documents that is set as code."""
    return "\n".join(found for path in DOCUMENTS for found in re.findall(r"```.*?```|`[^`\n]+`", text(path), re.DOTALL))


def test_every_command_is_in_the_reference() -> None:
    reference = text(REFERENCE / "cli.md")
    assert [name for name in commands() if f"readout {name}" not in reference] == []


def test_every_option_is_in_the_reference() -> None:
    reference = text(REFERENCE / "cli.md")
    options = set().union(*commands().values()) - {"--help"}
    assert [option for option in sorted(options) if not re.search(rf"(?<![\w-]){option}(?![\w-])", reference)] == []


def test_every_command_that_is_named_exists() -> None:
    named = re.findall(r"(?:^|[`$ ])readout ([a-z]+)", examples(), re.MULTILINE)
    assert named
    assert set(named) - {name.split(" ")[0] for name in commands()} == set()


def test_every_option_that_is_shown_exists() -> None:
    lines = re.findall(r"readout ([a-z]+)([^`\n|]*)", examples())
    shown = {(command, option) for command, rest in lines for option in re.findall(r"(?<=\s)--[a-z-]+", rest)}
    assert [(command, option) for command, option in sorted(shown) if option not in _options_of(command)] == []


def _options_of(command: str) -> set[str]:
    mine = [options for name, options in commands().items() if name.split(" ")[0] == command]
    return set().union(commands()[""], *mine)


def test_every_setting_is_in_the_reference_and_every_variable_named_exists() -> None:
    settings = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    assert [
        name for name in sorted(settings | WORKSHOP_VARIABLES) if f"`{name}`" not in text(REFERENCE / "settings.md")
    ] == []
    named = {name for path in [*DOCUMENTS, ROOT / "Makefile"] for name in re.findall(r"\bREADOUT_[A-Z_]+", text(path))}
    assert named - settings - WORKSHOP_VARIABLES == set()


def test_every_target_of_make_is_in_the_reference_and_every_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", text(ROOT / "Makefile"), re.MULTILINE))
    reference = text(REFERENCE / "settings.md")
    assert [name for name in sorted(targets) if f"| `{name}` |" not in reference] == []
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", examples(), re.MULTILINE)) <= targets


def test_every_dependency_is_accounted_for() -> None:
    asked = [*project()["project"]["dependencies"]]
    groups = (project()["project"]["optional-dependencies"], project()["dependency-groups"])
    asked += [line for group in groups for lines in group.values() for line in lines]
    names = {re.split(r"[^\w.-]", line)[0] for line in asked}
    assert set(re.findall(r"^\| ([\w.-]+) \| ", text(DOCS / "dependencies.md"), re.MULTILINE)) - {"library"} == names


def test_every_word_of_the_vocabulary_is_defined() -> None:
    defined = set(re.findall(r"\*\*?([a-z]+)\*\*?", text(DOCS / "explanation" / "vocabulary.md")))
    assert set(WORDS.split()) - defined == set()


def test_every_link_leads_somewhere() -> None:
    links = [(path, link) for path in DOCUMENTS for pair in LINK.findall(text(path)) for link in pair if link]
    assert links
    assert [f"{path.relative_to(ROOT)}: {link}" for path, link in links if not _leads(path, link)] == []


def _leads(path: Path, link: str) -> bool:
    if link.startswith(("https://", "http://")):
        return True
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists():
        return False
    return not anchor or anchor in {_slug(title) for title in re.findall(r"^#+ (.+)$", text(target), re.MULTILINE)}


def _slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_document_can_be_found_from_the_index() -> None:
    linked = {
        (path.parent / link.partition("#")[0]).resolve()
        for path in (DOCS / "README.md", DOCS / "decisions" / "README.md", ROOT / "README.md")
        for pair in LINK.findall(text(path))
        for link in pair
    }
    assert [path.relative_to(ROOT).as_posix() for path in DOCUMENTS if path not in linked | {ROOT / "README.md"}] == []


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the examples suppose it: some captures, an archive, and the command `readout` within reach."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    shutil.copytree(SAMPLE / "captures", tmp_path / "captures")
    row = {"text": (SAMPLE / "captures" / "talks-01.txt").read_text("utf-8"), "captured": "2031-03-20"}
    (tmp_path / "archive.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    _sh("readout import captures/talks-01.txt --data archive", tmp_path)
    return tmp_path


def _sh(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables = {"READOUT_HOME": str(folder / "first"), **variables, "PATH": path}
    asked = ["sh", "-c", command]
    environment = {**os.environ, **variables}
    return subprocess.run(asked, cwd=folder, check=False, capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("name", ["tutorial.md", "how-to/import-your-captures.md", "how-to/back-up.md"])
def test_what_a_document_tells_you_to_type_works(name: str, desk: Path) -> None:
    """0 is success; 1 is what an import says where something, as in the sample, is left over."""
    typed = [
        line.removeprefix("$ ")
        for kind, block in BLOCK.findall(text(DOCS / name))
        if kind == "console"
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    assert typed
    for command in typed:
        done = _sh(_filled(command, desk), desk)
        left_over = command.startswith("readout import") and done.returncode == 1 and "dropped" in done.stdout
        assert done.returncode == 0 or left_over, f"{command}\n{done.stdout}\n{done.stderr}"


def _filled(command: str, desk: Path) -> str:
    """The command with the newest article's id for ID, and its page's for PAGE."""
    if not re.search(r"\b(ID|PAGE)\b", command):
        return command
    newest = json.loads(_sh("readout articles --json --limit 1", desk).stdout)[0]
    return re.sub(r"\bPAGE\b", newest["page"][:12], re.sub(r"\bID\b", newest["id"][:8], command))


def test_the_python_example_works(desk: Path) -> None:
    example = next(block for kind, block in BLOCK.findall(text(REFERENCE / "api.md")) if kind == "python")
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=desk, check=False, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert "new articles" in done.stdout
