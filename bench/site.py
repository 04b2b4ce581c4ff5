"""How long the web site takes to answer, and how large its answers are.

An archive of made-up captures is served from SQLite by uvicorn on loopback; one client asks for the same pages again
and again over one connection. Prints the median and the ninth decile in milliseconds, wall time, and the size in kB.

    python -m bench.site [--articles 1000] [--times 60]
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn

import readout
from bench.kill9 import harvests
from readout.present.web.app import create
from readout.present.web.links import Links

BATCH = 64


def main(arguments: Sequence[str]) -> None:
    """Fill, serve, ask, print."""
    asked = _asked(arguments)
    with tempfile.TemporaryDirectory() as home, readout.open(home) as engine:
        _fill(engine, asked.articles)
        print(f"{engine.totals().articles} articles on {engine.totals().pages} pages")
        with _served(engine) as port:
            for name, address in _addresses(engine).items():
                took, size = _measured(port, address, asked.times)
                half, ninth = statistics.median(took), statistics.quantiles(took, n=10)[8]
                print(f"{name:<10} p50 {half:6.1f} ms   p90 {ninth:6.1f} ms   {size / 1e3:6.1f} kB")


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and size of the web site's answers.")
    parser.add_argument("--articles", type=int, default=1_000, help="at least that many articles are kept")
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for")
    return parser.parse_args(arguments)


def _fill(engine: readout.Engine, articles: int) -> None:
    made = harvests(articles)
    for start in range(0, len(made), BATCH):
        if engine.totals().articles >= articles:
            return
        engine.store.keep(made[start : start + BATCH])


def _addresses(engine: readout.Engine) -> dict[str, str]:
    link, article = Links(), engine.articles(limit=1, offset=40)[0]
    return {
        "front": link.front(),
        "front 20": link.front(20),
        "article": link.article(article.id),
        "page": link.page(article.page),
        "outlet": link.outlet(engine.outlets()[0].outlet.id),
        "outlets": link.outlets(),
        "losses": link.losses(),
    }


@contextmanager
def _served(engine: readout.Engine) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(create(engine), "127.0.0.1", 0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def _measured(port: int, address: str, times: int) -> tuple[list[float], int]:
    """Milliseconds of each request, warmed up by five, and the size of the last answer in bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    took, body = [], b""
    for number in range(times + 5):
        started = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read()
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"{address}: {response.status}")
        if number >= 5:
            took.append((time.perf_counter() - started) * 1e3)
    connection.close()
    return took, len(body)


if __name__ == "__main__":
    main(sys.argv[1:])
