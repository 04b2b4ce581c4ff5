"""The address matrix in two network namespaces with real listeners; `test_forbidden` starts it as root.

Near, where the fetcher runs, everything on loopback and on the machine's own address is listened to. Far, behind a
virtual cable, every address there is (of IPv4 and IPv6) is this program's, and listened to as well: whatever connection
the fetcher makes, to whatever address, is accepted somewhere and reported with the address that it was made to.
Only connections to the public server are as they should be. Prints one line of JSON.

    unshare -n python -m tests.capture.namespace fetch      every way, by the fetcher alone
    unshare -n python -m tests.capture.namespace verbs      every way, by every verb of an engine (minutes)
    unshare -n python -m tests.capture.namespace verbs 5 8  the same with every eighth row from the fifth on
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import threading
from collections import Counter

from tests import attacks, verbs
from tests.attacks import Outside, Row
from tests.verbs import Lure

PUBLIC = "45.33.32.156"
NEAR, FAR = "9.9.9.1", "9.9.9.2"
NEAR6, FAR6 = "2606:4700:9::1", "2606:4700:9::2"
CONTROLS = ("127.0.0.1", "::1", NEAR, "10.1.2.3", "169.254.169.254", "fd00::1")
PORTS = (22, 80, 443, 6379, 8080, 8443, 11211)


def lure(start: int = 0, step: int = 1) -> Lure:
    """Rows of the matrix and the addresses, public, that are this machine's own."""
    own = [Row(f"http://{NEAR}/", NEAR), Row(f"http://[{NEAR6}]/", NEAR6)]
    return Lure([*attacks.matrix()[start::step], *own], Outside(PUBLIC))


def near(by: str, *part: str) -> None:
    """Run the matrix; the other namespace is started as a child and told to stop at the end."""
    far_side = subprocess.Popen(
        ["unshare", "-n", sys.executable, "-m", "tests.capture.namespace", "far", *part],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert far_side.stdin
    assert far_side.stdout
    far_side.stdout.readline()  # it is in its namespace now
    _ip("link set lo up")
    _ip(f"link add near type veth peer name far netns {far_side.pid}")
    _cable("near", NEAR, NEAR6)
    far_side.stdin.write("go\n")
    far_side.stdin.flush()
    far_side.stdout.readline()  # it listens now
    _ip(f"route add default via {FAR}")
    _ip(f"-6 route add default via {FAR6}")
    met: Counter[str] = Counter()
    leading = lure(*map(int, part))
    threading.Thread(target=_listen, args=[met, leading], daemon=True).start()
    told = _run(by, leading)
    found = dict(met)
    controls = [_heard(control) for control in CONTROLS]
    far_side.stdin.close()
    heard = json.loads(far_side.stdout.readline())
    far_side.wait()
    print(json.dumps({"near": found, "far": heard, "controls": controls, **told}))  # noqa: T201 - what the test reads


def _run(by: str, leading: Lure) -> dict[str, object]:
    """What was tried: how many attacks, or by which verb in which way how many."""
    if by == "fetch":
        return {"attacks": len(list(attacks.attacked(leading.rows, leading.outside)))}
    verbs.led(leading)
    return {"taken": {" ".join(one): count for one, count in leading.taken.items()}, "short": leading.short()}


def _heard(ip: str) -> bool:
    """Whether a connection to a forbidden address is accepted here at all, when somebody does make it."""
    with socket.create_connection((ip, 80), timeout=2) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        return connection.recv(100).startswith(b"HTTP/1.1 200")


def far(*part: str) -> None:
    """Be everybody else until standard input ends, and print how often each address was connected to."""
    print("here", flush=True)  # noqa: T201
    sys.stdin.readline()
    _ip("link set lo up")
    _cable("far", FAR, FAR6)
    _ip("route add local 0.0.0.0/0 dev lo table main")
    _ip("-6 route add local ::/0 dev lo table main")
    met: Counter[str] = Counter()
    ready = threading.Event()
    threading.Thread(target=_listen, args=[met, lure(*map(int, part)), ready], daemon=True).start()
    ready.wait()
    print("listening", flush=True)  # noqa: T201
    sys.stdin.read()
    print(json.dumps(met), flush=True)  # noqa: T201


def _ip(command: str) -> None:
    subprocess.run(["ip", *command.split()], check=True)


def _cable(name: str, ip: str, ip6: str) -> None:
    _ip(f"link set {name} up")
    _ip(f"address add {ip}/24 dev {name}")
    _ip(f"-6 address add {ip6}/64 dev {name} nodad")


def _listen(met: Counter[str], leading: Lure, ready: threading.Event | None = None) -> None:
    """Accept everything, count it by the address it was made to, and answer as the public server does."""
    waiting = selectors.DefaultSelector()
    for port in PORTS:
        server = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=256)
        waiting.register(server, selectors.EVENT_READ)
    if ready:
        ready.set()
    while True:
        for key, _ in waiting.select():
            assert isinstance(key.fileobj, socket.socket)
            connection, _ = key.fileobj.accept()
            met[connection.getsockname()[0].removeprefix("::ffff:")] += 1
            threading.Thread(target=_answer, args=[connection, leading], daemon=True).start()


def _answer(connection: socket.socket, leading: Lure) -> None:
    with connection:
        path = connection.recv(65536).partition(b" ")[2].partition(b" ")[0].decode()
        to, content = leading.page(path)
        head = f"HTTP/1.1 302 Found\r\nLocation: {to}" if to else "HTTP/1.1 200 OK"
        head += f"\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + content)


if __name__ == "__main__":
    far(*sys.argv[2:]) if sys.argv[1] == "far" else near(*sys.argv[1:])
