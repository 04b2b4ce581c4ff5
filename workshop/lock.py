"""Pins every dependency anew, with hashes, into `requirements/`: run by `make lock`.

One lock for every platform and every Python from 3.11. No registry's address goes into it: that is the machine's
affair.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
FIXED = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
    "--upgrade",
)
SOURCES = {
    "install": ("--group", "install"),
    "base": ("pyproject.toml", "--constraints", "requirements/install.txt"),
    "dev": ("pyproject.toml", "--group", "install", "--group", "dev", "--constraints", "requirements/base.txt"),
}


def main() -> None:
    """Write the three locks, each in keeping with the one before."""
    for name, sources in SOURCES.items():
        target = f"requirements/{name}.txt"
        subprocess.run(
            [UV, "pip", "compile", *sources, *FIXED, "--output-file", target],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env={"UV_SYSTEM_CERTS": "true"} | dict(os.environ),
        )
        print(f"{target}: {sum(line[0].isalnum() for line in (ROOT / target).open())} packages")


if __name__ == "__main__":
    main()
