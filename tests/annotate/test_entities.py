"""Entities of invented articles: one for all forms, roles and pronouns to whom they mean, spans inside the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate.entities import entities
from readout.annotate.tokens import tokens
from readout.models import Entity, EntityKind

PORT = (
    "The harbour at Eastmere will close, President Ivo Tarkan said on Monday.\n"
    "Tarkan, 61, spoke after a meeting with Mila Brandt, the finance minister, in the town.\n"
    "“We have no choice,” he said. Brandt said she would ask the Ministry of Harbours and Roads for money.\n"
    "The president left at noon. The Eastmere Dock Company (EDC) did not answer. EDC said later that it was ready."
)


def found(text: str) -> dict[str, Entity]:
    return {one.name: one for one in entities(tokens(text))}


def told(text: str, name: str, form: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in found(text)[name].mentions if one.form == form]


def test_a_surname_is_its_full_names() -> None:
    tarkan = found(PORT)["Ivo Tarkan"]
    assert tarkan.kind is EntityKind.PERSON
    assert tarkan.aliases == ("Tarkan",)
    assert tarkan.roles == ("President",)


def test_a_role_and_a_pronoun_mean_the_one_last_named_that_fits() -> None:
    assert told(PORT, "Ivo Tarkan", "role") == ["The president"]
    assert told(PORT, "Mila Brandt", "pronoun") == ["she"]


def test_a_description_beside_a_name_is_a_role() -> None:
    assert found(PORT)["Mila Brandt"].roles == ("finance minister",)


def test_letters_stand_for_the_name_whose_words_begin_with_them() -> None:
    assert told(PORT, "Eastmere Dock Company", "name") == ["Eastmere Dock Company", "EDC", "EDC"]
    assert found(PORT)["Ministry of Harbours and Roads"].kind is EntityKind.BODY


def test_a_people_is_its_state_in_a_role() -> None:
    text = "Ukrainian President Olena Dovzhenko came. Later the Ukrainian president left."
    assert found(text)["Olena Dovzhenko"].roles == ("Ukrainian President",)
    assert told(text, "Olena Dovzhenko", "role") == ["the Ukrainian president"]


def test_spellings_of_one_person_are_one() -> None:
    text = "Minister Borys Zelenchuk came. Mr. Zelenchuk spoke. “Yes,” said Zelentchuk."
    assert len([one for one in entities(tokens(text)) if one.kind is EntityKind.PERSON]) == 1


def test_namesakes_stay_two() -> None:
    text = "Anna Corbin sings. Corbin said yes. Paul Corbin paints. Mr. Corbin said no. Ms. Corbin left."
    spans = {
        name: [one.span.start for one in entity.mentions if one.form == "name"] for name, entity in found(text).items()
    }
    assert spans["Anna Corbin"] == [0, 19, text.index("Corbin left")]
    assert spans["Paul Corbin"] == [text.index("Paul"), text.index("Corbin said no")]


def test_the_first_word_of_a_sentence_is_a_name_where_the_text_shows_it() -> None:
    assert "Quarrels" not in found("Quarrels broke out in the hall. Nobody knew why.")
    assert "Vexley" in found("Vexley rose early. All of them liked Vexley.")


def test_capitals_of_headlines_and_shouting_name_only_what_the_text_names() -> None:
    names = found("Big Storm Hits Coast As Vexley Waits At Home\nThe storm hit the coast where Mr. Vexley lives.")
    assert "Vexley" in names
    assert not {"Big Storm", "Coast", "Home"} & names.keys()
    assert set(found("THE MAN WENT HOME AND SLEPT ALL DAY LONG WITHOUT A WORD")) == set()


def test_particles_and_initials_are_inside_names() -> None:
    names = found("Then Karel van der Beek met Samira al-Haddad and John F. Ostrow in Paris.")
    assert {"Karel van der Beek", "Samira al-Haddad", "John F. Ostrow", "Paris"} <= names.keys()


def test_ids_depend_on_the_name_alone() -> None:
    one, other = (found(text)["Ivo Tarkan"].id for text in (PORT, "We met Ivo Tarkan."))
    assert one == other


@pytest.mark.parametrize(
    "text", ["", " \n ", "“”", "习近平说", "مرحبا بالعالم", "A" * 5000, "Ab " * 5000, "The former " * 3000]
)
def test_text_without_names_or_sense_is_survived(text: str) -> None:
    assert len(entities(tokens(text))) <= 2


@given(st.lists(st.sampled_from([*"“”'.,:()-\n", *PORT.split(), "van", "Mr.", "STORM", "Олег"]), max_size=60))
def test_spans_are_inside_the_text_and_no_name_is_told_twice(words: list[str]) -> None:
    text = " ".join(words)
    spans = [one.span for entity in entities(tokens(text)) for one in entity.mentions]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len(set(spans)) == len(spans)
    ids = [entity.id for entity in entities(tokens(text))]
    assert len(set(ids)) == len(ids)


def test_words_made_of_a_name_are_no_names() -> None:
    text = "Ilse Okell of the Halmar-based Egmont Bank left the US-led talks. A New York-based firm stayed."
    assert {one.name for one in entities(tokens(text))} == {"Ilse Okell", "Egmont Bank"}


@pytest.mark.parametrize("name", ["Western Europe", "South Sudan", "Nazi Germany", "Central America"])
def test_a_part_of_a_place_is_a_place(name: str) -> None:
    (one,) = entities(tokens(f"They had lived in {name} for years."))
    assert (one.name, one.kind) == (name, EntityKind.PLACE)
