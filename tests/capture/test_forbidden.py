"""No way leads a fetch to where it must not go: the whole address matrix, by five ways, with every connection watched.

Once in this process, where Python reports each connection before it is made; and once in network namespaces of their
own with real listeners behind every address, where the machine lets us make them.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import unquote

import pytest

from readout.capture.answers import Response
from readout.capture.guard import Policy
from tests import attacks, verbs
from tests.attacks import Outside
from tests.origin import Asked, answer, origin
from tests.sources import ROOT
from tests.verbs import Lure

PUBLIC = "45.33.32.156"
PART = 32  # of so many rows one, where a run over all would take minutes: tests/capture/namespace.py does that
WAYS = {"direct", "redirect", "private", "rebinding", "mixed"}

_watched: list[tuple[str, int]] = []
_watching = False


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    """Note every connection before it is made, and let none leave this machine. An audit hook cannot be taken back."""
    if not _watching or event != "socket.connect":
        return
    sock, address = arguments
    if isinstance(sock, socket.socket) and sock.type == socket.SOCK_STREAM and isinstance(address, tuple):
        _watched.append((address[0], address[1]))
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError


@contextmanager
def _watch() -> Iterator[Counter[tuple[str, int]]]:
    global _watching  # noqa: PLW0603
    if _audit not in _hooked:
        sys.addaudithook(_audit)
        _hooked.append(_audit)
    _watched.clear()
    counted: Counter[tuple[str, int]] = Counter()
    _watching = True
    try:
        yield counted
    finally:
        _watching = False
        counted.update(_watched)


_hooked: list[object] = []


def _sends_on(asked: Asked) -> list[bytes | float]:
    return [answer(302, headers=[("Location", unquote(asked.path.partition("?")[2]))])]


def test_no_way_leads_to_a_forbidden_address_in_this_process() -> None:
    rows = attacks.matrix()
    with origin() as site, _watch() as connections:
        site.otherwise = _sends_on
        outside = Outside(PUBLIC, site.endpoint, Policy(allow=frozenset({site.endpoint})))
        outcomes = list(attacks.attacked(rows, outside))
    assert [came for _, came in outcomes if isinstance(came, Response)] == []
    assert set(connections) == {("127.0.0.1", site.port), (PUBLIC, 80)}
    assert {how for how, _ in outcomes} == WAYS
    ips = attacks.resolved(rows)
    assert len(outcomes) == 2 * 1116 + 4 * len(ips)
    assert connections[PUBLIC, 80] == len(ips) > 250  # the first of two answers


def test_no_verb_leads_to_a_forbidden_address_in_this_process() -> None:
    rows = attacks.matrix()[::PART]
    with origin() as site, _watch() as connections:
        lure = Lure(rows, Outside(PUBLIC, site.endpoint, Policy(allow=frozenset({site.endpoint}))))
        site.otherwise = partial(_lures, lure)
        verbs.led(lure)
    assert set(connections) <= {("127.0.0.1", site.port), (PUBLIC, 80)}
    assert lure.short() == []


def _lures(lure: Lure, asked: Asked) -> list[bytes | float]:
    to, content = lure.page(asked.path)
    return [answer(302, headers=[("Location", to)]) if to else answer(200, content)]


def test_no_way_leads_to_a_forbidden_listener_in_a_namespace_of_its_own() -> None:
    ips = len(attacks.resolved(attacks.matrix())) + 2  # and two that are public but this machine's own
    told = _in_namespaces("fetch")
    relative = 2  # "http:127.0.0.1" and "http:/127.0.0.1" in a redirect are pages of the same server
    assert told["far"] == {PUBLIC: 1118 + relative + ips}  # who redirected, and the first of two answers
    assert told["attacks"] == 2 * 1118 + 4 * ips


def test_no_verb_leads_to_a_forbidden_listener_in_a_namespace_of_its_own() -> None:
    told = _in_namespaces("verbs", "5", str(PART))
    assert set(told["far"]) == {PUBLIC}
    assert told["short"] == []


def _in_namespaces(*asked: str) -> dict[str, Any]:
    """What the run told, when the forbidden listeners were found to hear whoever connects, and heard nobody else."""
    if not _can_make_namespaces():
        pytest.skip("this machine lets us make no network namespace")
    command = ["unshare", "-n", sys.executable, "-m", "tests.capture.namespace", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["controls"] == [True] * 6
    assert told["near"] == {}
    for control in ("10.1.2.3", "169.254.169.254", "fd00::1"):
        assert told["far"].pop(control) == 1
    return told


def _can_make_namespaces() -> bool:
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run(["unshare", "-n", "ip", "link", "set", "lo", "up"], check=False).returncode == 0
