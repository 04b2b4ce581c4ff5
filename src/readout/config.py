"""Settings: one frozen value, read once from the environment (`READOUT_HOME`, `READOUT_PORT` …) and nowhere else.

A setting is what differs between the machines that Readout runs on; what differs between two calls is an argument.
"""

from __future__ import annotations

import functools
import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from readout.errors import SettingsError

PREFIX = "READOUT_"


def _data_home() -> Path:
    """Source: the XDG Base Directory Specification; a relative path there is to be ignored."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".local" / "share") / "readout"


def _listed(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _endpoints(names: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [name for name in names if not re.fullmatch(r"(?:[^\s/@:\[\]]+|\[[0-9a-f:.]+\]):[0-9]{1,5}", name)]
    if wrong:
        raise ValueError(f"each is written as host:port, and {wrong[0]!r} is not")
    return names


def _networks(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError as error:
            raise ValueError(f"each is an address or a network, and {name!r} is not") from error
    return names


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Every setting; each field is the environment variable of its name with `READOUT_` in front."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    home: Path = Field(default_factory=_data_home, description="the folder that holds the database")
    host: str = Field(default="127.0.0.1", min_length=1, description="the address that the web site listens on")
    port: int = Field(default=8321, ge=0, le=65535, description="its port; 0 takes any free one")
    allowed_hosts: Names = Field(
        default=(), description="names that the web site answers to besides this machine's own, with commas between"
    )
    users: Literal["auto", "one", "many"] = Field(
        default="auto",
        description="whether users sign in: one never does; many do, as they do otherwise where it matters",
    )
    open_reading: bool = Field(default=True, description="whether those who did not sign in may read")
    visitor_comments: bool = Field(
        default=False, description="whether those who did not sign in may comment; what they say waits for an editor"
    )
    open_forms: bool = Field(
        default=False, description="whether, where nobody signs in, other machines than this one may change everything"
    )
    proxies: Annotated[Names, AfterValidator(_networks)] = Field(
        default=(), description="web servers in front that are believed for whom they ask: addresses or networks"
    )
    allow: Annotated[Names, AfterValidator(_endpoints)] = Field(
        default=(), description="endpoints (host:port) that may be fetched from whatever they are, with commas between"
    )
    pause: float = Field(default=1.0, ge=0, le=3600, description="seconds between two requests to one host")
    hosts_at_once: int = Field(default=16, ge=1, le=256, description="how many hosts are asked at the same time")
    vectors: Path | None = Field(
        default=None, description="the folder of a model of sentence vectors; articles are grouped by words without it"
    )
    languages: Names = Field(
        default=(), description="ISO 639 codes of the languages whose articles are kept; every language without it"
    )


@functools.cache
def settings() -> Settings:
    """The settings of this process. Raises SettingsError, which names the variable, when one cannot be used."""
    return read()


def read() -> Settings:
    """The settings as the environment is now. Raises SettingsError."""
    try:
        found = Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(map(_fault, error.errors()))) from error
    try:
        return found.model_copy(update={"home": found.home.expanduser()})
    except RuntimeError as error:  # a home of nobody
        raise SettingsError(f"{PREFIX}HOME: {error} (it is {str(found.home)!r})") from error


def _fault(error: ErrorDetails) -> str:
    name, message = str(error["loc"][0]), error["msg"]
    return f"{PREFIX}{name.upper()}: {message[:1].lower()}{message[1:]} (it is {error['input']!r})"


def one_thread() -> None:
    """Let vectors be worked on by one thread, where nobody says otherwise: several wait for each other longer than the
    work takes. Counts if it is said before NumPy is loaded.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
