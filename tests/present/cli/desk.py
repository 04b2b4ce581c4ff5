"""The command line at a desk of its own: an archive in a folder, commands run in this process, what they said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from readout.present.cli import place
from readout.present.cli.app import app

CAPTURE = """logo
Ferry line reopens after the storm

Ferry line reopens after the storm

Harbour Post13 hours ago
The ferry between Veld and Harrow reopened on Thursday, three days after the storm closed both of its piers.
"We have checked every plank twice," the line's director, Ana Moreau, told reporters at the quay on Thursday morning.
The first boat left at six with forty passengers, most of them pupils who had missed two days of school.
Engineers said that the older pier would be replaced before the winter, for about two million crowns. (Meridian)
"""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Its standard output as one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A folder with an archive in `home`."""

    folder: Path

    @property
    def home(self) -> Path:
        """Where the archive is."""
        return self.folder / "home"

    def file(self, name: str, content: str | bytes = CAPTURE) -> str:
        """A file on the desk; gives its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def readout(self, *arguments: str, fed: bytes | None = None) -> Said:
        """Runs `readout` with these arguments on this desk's archive."""
        asked = place.hoisted([*arguments, "--data", str(self.home)])
        done = CliRunner().invoke(app, asked, input=fed, prog_name="readout")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.stdout, done.stderr, done.exit_code)
