"""Makes `.venv` ready: the locked packages and Readout itself, at once when nothing changed since the last time.

    python3 workshop/ready.py base|dev

`base` is what Readout needs to run, `dev` also what its tests and checks need. Standard library only, because this runs
before anything is installed; nothing is written outside the checkout but the caches of pip and uv. Packages are those
of `requirements/*.txt`, each pinned with its hashes. pip fetches uv, uv fetches the rest (six times as fast); where uv
cannot, pip does all of it. Which registry they ask is the machine's affair: pip's own configuration, handed on to uv.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"base": ("install", "base"), "dev": ("install", "base", "dev")}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check")
PINNED = ("--require-hashes", "--no-deps", "-r")


def main(kind: str) -> None:
    """Make `kind` ready, or say in one line why that cannot be."""
    if _is_ready(kind):
        return
    _make_environment()
    for finished in VENV.glob("ready-*"):
        finished.unlink()
    _install(kind)
    if kind == "dev":
        _offer_browser()
    _mark(kind).write_text(_digest(kind), encoding="utf-8")


def _is_ready(kind: str) -> bool:
    wider = ("base", "dev") if kind == "base" else ("dev",)
    return _answers() and any(_mark(one).is_file() and _mark(one).read_text("utf-8") == _digest(one) for one in wider)


def _mark(kind: str) -> Path:
    return VENV / f"ready-{kind}"


def _digest(kind: str) -> str:
    """Changes with the lock, the package's metadata and the place of the checkout, which the installation points to."""
    hashed = hashlib.sha256(str(ROOT).encode())
    for path in (*(_lock(name) for name in LOCKS[kind]), ROOT / "pyproject.toml", Path(__file__)):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _answers() -> bool:
    """Whether the environment's own Python still works: it dies with the Python that it was made from."""
    try:
        return subprocess.run([str(PYTHON), "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_environment() -> None:
    if _answers() and subprocess.run([*PIP, "--version"], check=False, capture_output=True).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"{sys.executable} cannot make virtual environments: its module ensurepip is missing.\n"
            f"On Debian and Ubuntu it comes with: apt-get install python{version}-venv"
        )
    _say(f"making {VENV.name} with {sys.executable}")
    shutil.rmtree(VENV, ignore_errors=True)
    _do(sys.executable, "-m", "venv", str(VENV))


def _install(kind: str) -> None:
    _say(f"installing the locked packages ({kind})")
    _do(*PIP, "install", "--quiet", *PINNED, str(_lock("install")))
    settings = _uv_settings()
    uv = (str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON))
    if subprocess.run([*uv, *PINNED, str(_lock(kind))], check=False, env=settings, cwd=ROOT).returncode:
        _say("uv could not install them; pip tries, more slowly")
        _do(*PIP, "install", "--quiet", *PINNED, str(_lock(kind)))
    _do(*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def _uv_settings() -> dict[str, str]:
    """The environment for uv, with what pip knows about the registry and uv has not been told."""
    said = subprocess.run([*PIP, "config", "list"], check=False, capture_output=True, text=True).stdout
    told: dict[str, str] = {}
    for line in said.splitlines():
        name, _, value = line.partition("=")
        told[name.rpartition(".")[2]] = value.strip("'\"")
    known = {
        "UV_DEFAULT_INDEX": told.get("index-url"),
        "UV_INDEX": told.get("extra-index-url"),
        "SSL_CERT_FILE": told.get("cert"),
        "UV_SYSTEM_CERTS": "true",
    }
    return {name: value for name, value in known.items() if value} | dict(os.environ)


def _offer_browser() -> None:
    """Install Chromium for the browser tests where that is ours to do; they skip, saying why, where it is not there."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or os.environ.get("READOUT_NO_APT"):
        _say("no Chromium found: the browser tests will be skipped")
        return
    _say("installing Chromium for the browser tests (READOUT_NO_APT=1 forbids it)")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for order in (["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"]):
        done = subprocess.run([apt, "-qq", *order], check=False, env=quiet, capture_output=True, text=True)
        if done.returncode:
            _say(f"apt-get {order[0]} failed: the browser tests will be skipped\n{done.stderr.strip()}")
            return


def _do(*command: str) -> None:
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"could not get ready: {' '.join(command)} ended with {done.returncode}")


def _say(what: str) -> None:
    print(f"· {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1:] not in (["base"], ["dev"]):
        sys.exit(f"usage: {sys.argv[0]} base|dev")
    main(sys.argv[1])
