"""Choices of how the site looks: what a cookie holds comes back, and no cookie breaks a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.present.look import CHOICES, Look, chosen, remembered

_LOOKS = st.builds(
    Look,
    zone=st.sampled_from(["UTC", "device", "Asia/Tokyo", "America/Argentina/Buenos_Aires"]),
    **{name: st.sampled_from([option.value for option in choice.options]) for name, choice in CHOICES.items()},
)


@given(_LOOKS)
def test_what_was_chosen_comes_back(look: Look) -> None:
    assert remembered(look.cookie()) == look


@given(st.text(max_size=600))
def test_any_cookie_gives_a_look_that_is_one(cookie: str) -> None:
    look = remembered(cookie)
    assert remembered(look.cookie()) == look
    assert '"' not in look.classes + look.zone


def test_the_first_of_each_choice_is_what_holds_anyway() -> None:
    assert Look(**{name: choice.options[0].value for name, choice in CHOICES.items()}) == Look()
    assert Look().cookie() == ""


def test_a_zone_that_is_none_is_told() -> None:
    look, fault = chosen({"theme": "dark", "zone": "../etc"})
    assert (look, bool(fault)) == (Look(theme="dark"), True)
