"""Ages and dates told from everything else that is as short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import ages


@pytest.mark.parametrize(
    "age",
    [
        "3 hours ago",
        "an hour ago",
        "a few seconds ago",
        "22 minutes ago",
        "3h ago",
        "5m",
        "2 hrs ago",
        "yesterday",
        "Yesterday",
        "just now",
        "05-06-2025",
        "5/6/2025",
        "2025-06-05",
        "2025-06-05T10:20:00Z",
        "2025-06-16 14:30:00",
        "June 5",
        "5 June 2025",
        "Jun 5, 2025 14:30 GMT",
        "Tue, June 10, 2025 at 5:31 PM GMT",
        "Fri 6 Jun 2025 11.14 BST",
        "10 JUN, 20:20",
        "4:04 PM GMT, June 7, 2025",
        "Jun 05, 2025, 02:10 PM IST",
        "June 5th, 2025",
        "today, 14:30",
        "vor 3 Stunden",
        "vor einer Stunde",
        "gestern",
        "5. Juni 2025, 14.30 Uhr",
        "il y a 22 minutes",
        "hace 2 horas",
        "2 ore fa",
        "un'ora fa",
        "2 uur geleden",
        "há 2 horas",
        "för 3 timmar sedan",
        "3 часа назад",
        "منذ 3 ساعات",
        "3小时前",
        "3時間前",
        "3시간 전",
        "2025年6月5日",
        "16 juin 2025 à 09h12",
    ],
)
def test_an_age_is_known_in_many_dresses(age: str) -> None:
    assert ages.alone(age) == age


@pytest.mark.parametrize(
    "line",
    [
        "",
        "5",
        "2025",
        "14:32",
        "June",
        "May",
        "March on the capital",
        "June 2025",
        "Today",
        "Now",
        "hace",
        "70 percent",
        "May 9 2025 was a day",
        "12:40 15/06/2025 One gauge",
        "In June 5 men were seen",
        "3 hours",
        "Ferry sinks, 5 June",
        "June 5, 2025 · Harbour Post",
        "USA TODAY",
        "The talks ended yesterday",
        "June 45",
        "5 June July 2025",
        "1234-5",
    ],
)
def test_what_only_resembles_an_age_is_none(line: str) -> None:
    assert ages.alone(line) is None


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("time22 minutes ago", "22 minutes ago"),
        ("timean hour ago", "an hour ago"),
        ("Updated Jun 5, 2025 16:02 GMT", "Jun 5, 2025 16:02 GMT"),
        ("Published: 2025-06-17 08:15", "2025-06-17 08:15"),
        ("Published On 11 Jun 2025", "11 Jun 2025"),
        ("Last updated: 3 hours ago", "3 hours ago"),
        ("Publié le 16 juin 2025 à 09h12", "16 juin 2025 à 09h12"),
    ],
)
def test_a_label_is_no_part_of_the_age(line: str, age: str) -> None:
    assert ages.alone(line) == age


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("Published 3 Jun 2025, updated 4 Jun 2025", "3 Jun 2025"),
        ("July 3, 20255:31 PM GMT+1Updated July 4, 2025", "July 3, 20255:31 PM GMT+1"),
        ("Publié le 16 juin 2025 à 09h12, mis à jour le 16 juin 2025 à 11h40", "16 juin 2025 à 09h12"),
    ],
)
def test_of_two_dates_the_first_counts(line: str, age: str) -> None:
    assert ages.alone(line) == age


def test_dates_are_told_from_ages_that_count_back() -> None:
    assert [ages.is_date(one) for one in ("5 June 2025", "2025-06-05", "2025年6月5日")] == [True] * 3
    assert [ages.is_date(one) for one in ("3 hours ago", "vor 3 Stunden", "yesterday")] == [False] * 3


def test_labels_alone_are_no_names() -> None:
    assert ages.is_label("Published")
    assert not ages.is_label("The Publisher")


@given(st.text(max_size=120))
def test_an_age_is_always_a_piece_of_its_line(line: str) -> None:
    assert (ages.alone(line) or "") in line
