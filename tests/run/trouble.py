"""Readers that loop, eat memory, sleep or die, for tests of what bounds them: functions that a worker can load."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Collection

from readout import pipeline
from readout.capture import places
from readout.capture.answers import Response
from readout.models import Arrival, FeedKind, Harvest, Listing, Page


def spin() -> None:
    """Loop for ever."""
    while True:
        pass


def eat(size: int) -> int:
    """Hold that many bytes for a moment."""
    return len(bytearray(size))


def send_much(size: int) -> bytes:
    """Give that many bytes back."""
    return bytes(size)


def die(status: int) -> None:
    """End the process."""
    os._exit(status)


def crash() -> None:
    """Do what a broken library does."""
    ctypes.string_at(0)


def sleep(seconds: float) -> None:
    """Do nothing, slowly."""
    time.sleep(seconds)


def fail(word: str) -> None:
    """Be a bug."""
    raise KeyError(word)


def miss(word: str) -> None:
    """Lack a library."""
    raise ModuleNotFoundError(word)


def process() -> int:
    """Which process this is."""
    return os.getpid()


_TROUBLE = {"spins": spin, "crashes": crash}


def troubled(content: bytes) -> None:
    """Be the trouble that the content asks for."""
    for word, trouble in _TROUBLE.items():
        if word.encode() in content:
            trouble()
    if b"eats" in content:
        eat(2**30)


def step(arrival: Arrival) -> Harvest:
    """The usual steps, and trouble where a page asks for it."""
    if isinstance(arrival, Page):
        troubled(arrival.content)
    return pipeline.harvest(arrival)


def attempt(arrival: Arrival, languages: Collection[str] = ()) -> Harvest:
    """What `step` does, as a step of an engine."""
    assert not languages
    return step(arrival)


def listing(kind: FeedKind, answer: Response) -> Listing | None:
    """The usual reader of feeds, and trouble where a feed asks for it."""
    troubled(answer.content)
    return places.listing(kind, answer)
