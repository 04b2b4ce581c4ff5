"""`readout work`: what is to be done with articles that came in, as a process of its own, until it is told to end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Annotated

import typer

from readout.present.cli import place

_COURTESY = 10  # by which whoever answers a reader goes before this, on a machine that is busy


def run(
    context: typer.Context,
    while_open: Annotated[
        bool, typer.Option("--while-open", help="End when standard input ends, too; `readout run` says so.")
    ] = False,
) -> None:
    """Annotate, group, index and compare whatever comes in, until Ctrl-C."""
    from readout import config

    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    with suppress(OSError):
        os.nice(_COURTESY)
    config.one_thread()
    if while_open:
        threading.Thread(target=_listen, args=(stop,), name="listening", daemon=True).start()
    with place.archive(context) as archive:
        archive.work(stop)


def _listen(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()
