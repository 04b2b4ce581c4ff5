"""`readout serve`, `readout run` and `readout demo`: the web site of an archive, until Ctrl-C."""

from __future__ import annotations

import gc
import ipaddress
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from readout import engine
from readout.errors import InputError, ReadoutError
from readout.present.cli import annotating, grouping, indexing, place, speak
from readout.present.cli.importing import summary
from readout.present.cli.progress import bar

if TYPE_CHECKING:
    from readout.config import Settings
    from readout.present.web.access import Access

Host = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="The address to listen on; this machine only by default.")
]
Port = Annotated[int | None, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes any free one.")]

_TCP, _NO_DELAY = 6, 1  # IPPROTO_TCP and TCP_NODELAY; sockets themselves are opened elsewhere
_FRESH = 0.5  # seconds between two times of reading what came
_SWITCH = 0.001  # seconds until a page takes its turn from another thread, of which it needs one after every question
FICTION = "The sample stories are fiction: every country, person and outlet in them is invented."


def serve(context: typer.Context, host: Host = None, port: Port = None) -> None:
    """Serve the archive as a web site."""
    with place.archive(context) as archive:
        _serve(archive, host, port)


def run(context: typer.Context, host: Host = None, port: Port = None) -> None:
    """Serve the archive as a web site and look at its feeds whenever they are due."""
    with place.archive(context) as archive, archive.watching():
        _serve(archive, host, port)


def demo(context: typer.Context, host: Host = None, port: Port = None) -> None:
    """Serve the sample stories, from a throw-away archive or the one that --data names."""
    with _home(place.chosen(context)) as home, engine.open(home) as archive:
        with bar("Loading the sample") as progress:
            report = archive.load_sample(progress=progress)
        found = annotating.annotated(archive)
        placed = grouping.grouped(archive)
        indexing.indexed(archive)
        with bar("Comparing accounts") as progress:
            archive.compare_changed(progress=progress)
        speak.note(*summary(report, home), *annotating.summary(found), *grouping.summary(placed))
        with archive.watching():
            _serve(archive, host, port, notice=FICTION, begin=_telling(archive))


def _telling(archive: engine.Engine) -> str:
    """Where to begin: the page of the story that most copies are of."""
    found = max(archive.stories(), key=lambda one: (one.copies, one.id), default=None)
    return f"story/{found.id}" if found else ""


@contextmanager
def _home(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    from tempfile import TemporaryDirectory

    signal.signal(signal.SIGTERM, _leave)
    with TemporaryDirectory(prefix="readout-demo-") as folder:
        yield Path(folder)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """Being ended is no reason to leave the throw-away archive behind."""
    sys.exit(128 + number)


def _serve(archive: engine.Engine, host: str | None, port: int | None, *, notice: str = "", begin: str = "") -> None:
    import uvicorn

    from readout import config
    from readout.present.web import app

    config.one_thread()
    settings = config.settings()
    host, port = host or settings.host, settings.port if port is None else port
    access = _access(archive, settings, host)
    site = app.create(
        archive,
        hosts=(host, *settings.allowed_hosts),
        notice=notice,
        intake=archive,
        access=access,
    )
    listening = uvicorn.Config(
        site,
        host,
        port,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom we believe is a setting of ours
        lifespan="off",
    )
    try:
        bound = listening.bind_socket()
    except SystemExit as stop:  # how uvicorn says that it could not; why is in the exception before
        raise InputError(f"{host} port {port}", _reason(stop.__context__)) from stop.__context__
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # from here on a bug should be seen
    bound.setsockopt(_TCP, _NO_DELAY, 1)  # or the end of a page waits 40 ms for a receipt
    bound.listen()  # so that whoever reads the address can use it at once
    address = _address(host, bound.getsockname()[1])
    speak.note(*_advice(access, host, address))
    sys.setswitchinterval(_SWITCH)
    ended = threading.Event()
    with suppress(KeyboardInterrupt):
        speak.say(f"Readout is at {address} (Ctrl-C stops it)")
        if begin:
            speak.say(f"A story to begin with: {address}{begin}")
        sys.stdout.flush()
        threading.Thread(target=_keep_warm, args=(archive, ended), name="reading room", daemon=True).start()
        uvicorn.Server(listening).run(sockets=[bound])
    ended.set()


def _keep_warm(archive: engine.Engine, stop: threading.Event) -> None:
    """Read what pages need of the whole archive, and then of what comes, before somebody waits for it; whoever asks
    meets what is wrong.
    """
    _make_ready(archive)
    while not stop.is_set():
        with suppress(ReadoutError):
            archive.warm()
            archive.tend()
        stop.wait(_FRESH)


def _make_ready(archive: engine.Engine) -> None:
    """Load and compile what the first page of each kind would wait for."""
    from readout import pipeline
    from readout.present.web import render

    render.prepare()
    pipeline.comparer()
    with suppress(ReadoutError):
        archive.search("readout", length=1)
        archive.warm()
    gc.collect()
    gc.freeze()  # to look through what stays would hold up a page for a tenth of a second, again and again


def _reason(error: BaseException | None) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot listen there: {reason[:1].lower()}{reason[1:]}; choose another with --host or --port"


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _access(archive: engine.Engine, settings: Settings, host: str) -> Access:
    """Who may do what on the site: where it is for others too, or the settings say so, users sign in."""
    from readout.present.web.access import Access

    for_others = not _is_loopback(host) or bool(settings.allowed_hosts)
    return Access(
        users=None if settings.users == "one" else archive.users(),
        shared=settings.users == "many" or (settings.users == "auto" and for_others and not settings.open_forms),
        everywhere=settings.open_forms,
        open_reading=settings.open_reading,
        visitors_comment=settings.visitor_comments,
        proxies=settings.proxies,
    )


def _advice(access: Access, host: str, address: str) -> Iterator[str]:
    """What the operator should know: who can read, and how to make the first user."""
    if not _is_loopback(host) and access.open_reading:
        yield (
            f"readout: everyone who can reach {host} can read this archive, unless READOUT_OPEN_READING=no; it answers"
            " to that name and to those in READOUT_ALLOWED_HOSTS"
        )
    if access.users and access.shared and not access.users.any():
        yield f"readout: there is no user yet; make the first at {address}first-run with the code {access.users.code}"


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
