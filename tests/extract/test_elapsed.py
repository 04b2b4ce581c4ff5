"""Ages in other languages than English are counted as the English ones are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import dates
from readout.extract.elapsed import Elapsed, elapsed
from readout.models import Precision

CAPTURED = datetime(2025, 6, 20, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vor 3 Stunden", Elapsed(3, "h")),
        ("vor etwa einer Stunde", Elapsed(1, "h")),
        ("vor wenigen Minuten", Elapsed(3, "m", vague=True)),
        ("vor einem Tag", Elapsed(1, "d")),
        ("vor 2 Monaten", Elapsed(2, "mo")),
        ("il y a 2 heures", Elapsed(2, "h")),
        ("Il y a environ 5 jours", Elapsed(5, "d")),
        ("il y a un an", Elapsed(1, "y")),
        ("hace 20 minutos", Elapsed(20, "m")),
        ("hace un mes", Elapsed(1, "mo")),
        ("3 ore fa", Elapsed(3, "h")),
        ("una settimana fa", Elapsed(1, "w")),
        ("há 2 dias", Elapsed(2, "d")),
        ("4 horas atrás", Elapsed(4, "h")),
        ("2 uur geleden", Elapsed(2, "h")),
        ("för 3 timmar sedan", Elapsed(3, "h")),
        ("for 2 dager siden", Elapsed(2, "d")),
        ("for 2 dage siden", Elapsed(2, "d")),
        ("2 часа назад", Elapsed(2, "h")),
        ("час назад", Elapsed(1, "h")),
        ("5 дней назад", Elapsed(5, "d")),
        ("10 хвилин тому", Elapsed(10, "m")),
        ("2 godziny temu", Elapsed(2, "h")),
        ("3 saat önce", Elapsed(3, "h")),
        ("2 minggu yang lalu", Elapsed(2, "w")),
        ("منذ 3 ساعات", Elapsed(3, "h")),
        ("منذ ساعتين", Elapsed(2, "h")),
        ("לפני 4 שעות", Elapsed(4, "h")),
        ("2小时前", Elapsed(2, "h")),
        ("30 分钟前", Elapsed(30, "m")),
        ("3時間前", Elapsed(3, "h")),
        ("5일 전", Elapsed(5, "d")),
        ("3개월 전", Elapsed(3, "mo")),
        ("gestern", Elapsed(1, "d")),
        ("heute, 14:30 Uhr", Elapsed(0, "d")),
        ("hier à 9h15", Elapsed(1, "d")),
        ("вчера", Elapsed(1, "d")),
        ("昨天 18:20", Elapsed(1, "d")),
        ("3 hours ago", None),
        ("vor der Wahl", None),
        ("il y a", None),
        ("fa", None),
        ("", None),
    ],
)
def test_ages_in_many_languages(text: str, found: Elapsed | None) -> None:
    assert elapsed(text) == found


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("vor 3 Stunden", "2025-06-20T09:00", Precision.HOUR),
        ("Aktualisiert vor 20 Minuten", "2025-06-20T12:10", Precision.MINUTE),
        ("Publié il y a 2 jours", "2025-06-18T00:00", Precision.DAY),
        ("hace pocos días", "2025-06-01T00:00", Precision.MONTH),
        ("gisteren", "2025-06-19T00:00", Precision.DAY),
        ("сегодня", "2025-06-20T00:00", Precision.DAY),
    ],
)
def test_they_are_counted_back_from_the_capture(text: str, at: str, precision: Precision) -> None:
    moment = dates.aged(text, CAPTURED)
    assert moment is not None
    assert (moment.at.isoformat()[:16], moment.precision, moment.clue) == (at, precision, text)


@given(st.text(max_size=100))
def test_anything_may_be_asked(text: str) -> None:
    found = elapsed(text)
    assert found is None or found.number >= 0
