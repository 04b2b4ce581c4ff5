"""Settings: read from the environment, checked, and named when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from readout import config
from readout.errors import SettingsError


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"READOUT_{name.upper()}", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_without_any_setting_it_works_for_this_machine_alone(tmp_path: Path) -> None:
    found = config.read()
    assert found.home == tmp_path / ".local" / "share" / "readout"
    assert (found.host, found.port, found.allowed_hosts) == ("127.0.0.1", 8321, ())


@pytest.mark.parametrize(("named", "home"), [("/data", "/data/readout"), ("relative", None)])
def test_the_data_folder_of_the_desktop_is_kept_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str, home: str | None
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", named)
    assert config.read().home == (Path(home) if home else tmp_path / ".local" / "share" / "readout")


def test_every_setting_has_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READOUT_HOME", "~/news")
    monkeypatch.setenv("READOUT_HOST", "::1")
    monkeypatch.setenv("READOUT_PORT", "0")
    monkeypatch.setenv("READOUT_ALLOWED_HOSTS", "news.example, reader.local,")
    found = config.read()
    assert (found.home, found.host, found.port) == (tmp_path / "news", "::1", 0)
    assert found.allowed_hosts == ("news.example", "reader.local")


@pytest.mark.parametrize(
    ("name", "value"), [("READOUT_PORT", "abc"), ("READOUT_PORT", "70000"), ("READOUT_PORT", "-1")]
)
def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"{name}: .*{value}"):
        config.read()


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_PORT", "")
    assert config.read().port == 8321


def test_a_home_of_nobody_is_a_wrong_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_HOME", "~no-such-person/news")
    with pytest.raises(SettingsError, match="READOUT_HOME"):
        config.read()


def test_settings_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    config.settings.cache_clear()
    found = config.settings()
    monkeypatch.setenv("READOUT_PORT", "9999")
    assert config.settings() is found
    with pytest.raises(ValidationError):
        found.port = 1
    config.settings.cache_clear()


def test_what_the_operator_allows_is_written_as_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_ALLOW", "192.168.1.7:3000, bridge.lan:80,[fd00::7]:8080")
    assert config.read().allow == ("192.168.1.7:3000", "bridge.lan:80", "[fd00::7]:8080")
    for wrong in ("192.168.1.7", "http://bridge.lan:80", "a:b"):
        monkeypatch.setenv("READOUT_ALLOW", wrong)
        with pytest.raises(SettingsError, match=r"READOUT_ALLOW: .*host:port"):
            config.read()
