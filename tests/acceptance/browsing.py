"""A real browser and a served site, for the tests that need both. No test here."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.types import ASGIApp

BROWSER = os.environ.get("READOUT_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
CALM = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]

needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium here; name a browser in READOUT_BROWSER")


@contextmanager
def served(application: ASGIApp) -> Iterator[str]:
    """The address at which that site is served."""
    server = uvicorn.Server(uvicorn.Config(application, "127.0.0.1", 0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
