"""Statements of small articles of our own: every phenomenon that the module promises, one by one."""

from __future__ import annotations

import pytest

from readout.annotate.material import material
from readout.annotate.statements import statements
from readout.models import UNRESOLVED, Act, Precision, SpeakerType, Statement, StatementKind, Weak
from tests.builders import article, published


def told(*body: str, title: str = "News of the day") -> list[Statement]:
    return list(statements(material(article(title, *body, published=published()))))


def words(statement: Statement, *body: str, title: str = "News of the day") -> str:
    text = "\n".join([title, *body])
    return " … ".join(text[start:end] for start, end in statement.content)


def only(*body: str) -> Statement:
    found = [one for one in told(*body) if one.core]
    assert len(found) == 1, found
    return found[0]


def test_a_quotation_keeps_its_marks_and_is_direct() -> None:
    body = "“The ferry stays with the town,” Ilse Okell said on Thursday."
    one = only(body)
    assert words(one, body) == "“The ferry stays with the town,”"
    assert one.kind is StatementKind.DIRECT
    assert one.speaker.name == "Ilse Okell"
    assert one.speaker.type is SpeakerType.PERSON


def test_indirect_speech_leaves_out_that_and_the_stop() -> None:
    body = "Ilse Okell said that the ferry stays with the town."
    one = only(body)
    assert words(one, body) == "the ferry stays with the town"
    assert one.kind is StatementKind.INDIRECT


def test_a_quotation_in_plain_words_is_mixed() -> None:
    one = only("Ilse Okell said the offer was “an insult to arithmetic”.")
    assert one.kind is StatementKind.MIXED


def test_two_quotations_around_a_cue_are_one_statement() -> None:
    body = "“We counted them,” Ilse Okell said. “They counted us as well.”"
    assert words(only(body), body) == "“We counted them,” … “They counted us as well.”"


def test_each_cue_has_its_own_statement() -> None:
    body = "“My son went out for eels that day,” Mary Venn said. “They have him. I know it,” she repeated."
    first, second = told(body)
    assert "eels" in words(first, body)
    assert words(second, body) == "“They have him. I know it,”"


def test_a_second_verb_of_the_same_speaker_begins_a_new_statement() -> None:
    body = "Anna Berg said the plan was sound and asked: “Who will pay for it?”"
    first, second = told(body)
    assert words(first, body) == "the plan was sound"
    assert words(second, body) == "“Who will pay for it?”"
    assert {first.speaker.name, second.speaker.name} == {"Anna Berg"}


def test_a_cue_at_the_end_takes_the_whole_sentence() -> None:
    body = "The harbour will stay open until Friday, the mayor, Ilse Okell, said."
    assert words(only(body), body) == "The harbour will stay open until Friday"


def test_a_quotation_without_a_cue_goes_on_with_its_speaker() -> None:
    body = (
        "“The ferry stays,” said Ilse Okell, the mayor.",
        "“We have paid for it twice, and twice is enough for us.”",
    )
    found = told(*body)
    assert [one.speaker.name for one in found] == ["Ilse Okell", "Ilse Okell"]
    assert found[1].cue is None
    assert found[1].source is None
    assert found[1].speaker.confidence < found[0].speaker.confidence


def test_according_to_names_the_source() -> None:
    one = only("According to the port authority, 40 boats left the harbour in May.")
    assert one.speaker.name.endswith("port authority")


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("There was no immediate comment from Quay House.", "no immediate comment"),
        ("Quay House declined to comment on the report.", "the report"),
        ("Quay House did not respond to questions about the ferry.", "questions about the ferry"),
    ],
)
def test_silence_is_a_statement_too(sentence: str, content: str) -> None:
    one = only(sentence)
    assert one.act is Act.NO_COMMENT
    assert words(one, sentence) == content
    assert "Quay House" in one.speaker.name


def test_a_claim_as_a_noun_is_told() -> None:
    body = "Despite repeated claims by Anna Berg that such a call was near, nobody rang."
    one = only(body)
    assert one.speaker.name == "Anna Berg"
    assert words(one, body).startswith("such a call was near")


def test_a_subject_before_an_insertion_is_found() -> None:
    one = only("Tom Lund, in an interview with Fox News, said he had met the crew.")
    assert one.speaker.name == "Tom Lund"
    assert one.via == ("Fox News",)


def test_thanks_and_a_promise_are_two() -> None:
    found = told("Tom Lund thanked the mediators and promised to pass on the list.")
    assert [one.weak for one in found] == [Weak.ACT, None]
    assert found[1].act is Act.COMMITMENT


def test_lines_of_an_interview_are_told() -> None:
    found = told("Anna Berg: When did you leave the house?", "Tom Lund: We left at nine, by the back door.")
    assert [one.speaker.name for one in found] == ["Anna Berg", "Tom Lund"]


def test_nested_attributions_resolve_inwards() -> None:
    body = (
        "Adviser Mirela Dost spoke for an hour. “Our president said that the lake belongs to us,” Dost told reporters."
    )
    one = next(one for one in told(body) if one.core)
    assert words(one, body) == "the lake belongs to us"
    assert one.via == ("Mirela Dost",)
    assert one.speaker.name != "Mirela Dost"


def test_what_a_quotation_reports_in_passing_is_nested() -> None:
    body = "“I met him at noon and it was raining. Tom Lund said the bridge was safe. I went home,” Anna Berg said."
    found = told(body)
    assert [one.speaker.name for one in found if one.core] == ["Anna Berg"]


def test_the_agency_that_passes_it_on_is_a_relay() -> None:
    one = only("“We want a fair trade,” Anna Berg told Reuters on Monday.")
    assert one.speaker.name == "Anna Berg"
    assert one.via == ("Reuters",)
    assert one.channel == "interview"


def test_according_to_beside_another_cue_is_a_relay() -> None:
    one = only("“We want a fair trade,” Anna Berg told Tom Lund, according to state news agency Xinhua.")
    assert one.speaker.name == "Anna Berg"
    assert one.via == ("Xinhua",)


def test_who_is_cited_speaks() -> None:
    body = "Bloomberg reported, citing two officials familiar with the plan, that the bank would close next year."
    one = only(body)
    assert one.speaker.name == "two officials familiar with the plan"
    assert one.speaker.type is SpeakerType.ANONYMOUS
    assert one.via == ("Bloomberg",)


def test_quoted_as_saying_is_the_quoted_ones() -> None:
    body = "The Harbour Post quoted an unnamed minister as saying the cabinet had met twice."
    one = only(body)
    assert one.speaker.name == "an unnamed minister"
    assert one.via == ("Harbour Post",)


def test_each_accuses_the_other() -> None:
    found = told("Beijing and Washington accused each other of breaking the truce.")
    assert [one.speaker.name for one in found] == ["China", "United States"]
    assert len({one.id for one in found}) == 2


def test_two_who_speak_together_are_one_speaker() -> None:
    assert only("Anna Berg and Tom Lund said they had seen the fire.").speaker.name == "Anna Berg and Tom Lund"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Tom Lund met reporters in the harbour. He said the boats were late.", "Tom Lund"),
        ("Anna Berg, the finance minister, arrived late. The finance minister said the boats were late.", "Anna Berg"),
        ("Chairman Tom Lund arrived at noon. Lund said the boats were late.", "Tom Lund"),
        ("The union’s Maud Thirkel said the boats were late.", "Maud Thirkel"),
        ("A spokesman for the mayor, Jory Penhale, said the boats were late.", "Jory Penhale"),
        ("Beijing said the boats were late.", "China"),
        ("A senior Norwegian official said the boats were late.", "A senior Norwegian official"),
    ],
)
def test_speakers_are_resolved(body: str, name: str) -> None:
    assert only(body).speaker.name == name


def test_a_speaker_that_nobody_names_is_unresolved() -> None:
    one = only("It was announced that the road would be closed.")
    assert one.speaker.name == UNRESOLVED
    assert one.speaker.confidence == 0


def test_a_document_speaks_for_itself_and_its_author_for_his_own() -> None:
    document = only("The 1974 treaty says the river belongs to both.")
    assert document.speaker.type is SpeakerType.DOCUMENT
    assert document.channel == "document"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Tom Lund thinks the bridge is safe.", Weak.BELIEF),
        ("Tom Lund welcomed the report.", Weak.STANCE),
        ("Tom Lund thanked the crew for its patience.", Weak.ACT),
        ("Tom Lund reportedly said the bridge was safe.", Weak.HEDGED),
    ],
)
def test_weak_statements_say_why(sentence: str, why: Weak) -> None:
    assert [one.weak for one in told(sentence)] == [why]


def test_a_title_is_weak() -> None:
    found = told("The crew met on Monday.", title="Tom Lund says the bridge is safe")
    assert {one.weak for one in found} == {Weak.HEADLINE}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Tom Lund said the boats left at nine.", Act.CLAIM),
        ("Tom Lund denied that the boats had left.", Act.DENIAL),
        ("Tom Lund said nothing was agreed.", Act.DENIAL),
        ("Tom Lund said he would not resign.", Act.REFUSAL),
        ("“We will not sell the ferry,” Tom Lund said.", Act.REFUSAL),
        ("Tom Lund refused to publish the letter.", Act.REFUSAL),
        ("Tom Lund promised to publish the letter.", Act.COMMITMENT),
        ("Tom Lund said he would publish the letter.", Act.COMMITMENT),
        ("Tom Lund urged the owners to fit new valves.", Act.DEMAND),
        ("Tom Lund said the owners must fit new valves.", Act.DEMAND),
        ("Tom Lund insisted that the old valves be removed.", Act.DEMAND),
        ("Tom Lund rejected accusations that he had delayed the boats.", Act.DENIAL),
        ("Tom Lund reiterated that his country would not give up its goals.", Act.REFUSAL),
        ("Tom Lund predicted a settlement before Easter.", Act.PREDICTION),
        ("Tom Lund said prices were likely to rise.", Act.PREDICTION),
        ("Tom Lund said he would sign if the level fell by a metre.", Act.CONDITION),
        ("“It was a terrible mistake,” Tom Lund said.", Act.EVALUATION),
        ("Tom Lund called the offer “a staircase, not a floor”.", Act.EVALUATION),
    ],
)
def test_acts(sentence: str, act: Act) -> None:
    assert only(sentence).act is act


def test_polarity() -> None:
    assert only("Tom Lund denied that the boats had left.").negated
    assert only("Tom Lund said the boats had not left.").negated
    assert not only("Tom Lund said the boats had left.").negated


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [
        ("“It was a mistake,” Tom Lund wrote on Telegram.", "Telegram"),
        ("Tom Lund said in a statement that the boats had left.", "statement"),
        ("Tom Lund told reporters that the boats had left.", "press conference"),
        ("Tom Lund told parliament that the boats had left.", "address"),
        ("Tom Lund said that the boats had left.", None),
    ],
)
def test_channels(sentence: str, channel: str | None) -> None:
    assert only(sentence).channel == channel


def test_when_it_was_said() -> None:
    said = only("“It was a mistake,” Tom Lund said on Thursday.").said
    assert said is not None
    assert said.clue == "Thursday"
    assert said.precision is Precision.DAY
    assert said.at.date().isoformat() == "2025-07-17"
    assert only("Tom Lund said the boats left on Thursday.").said is None


@pytest.mark.parametrize("sentence", ["The crew waited.", "Nobody said what it was.", "He asked not to be named."])
def test_nothing_said_is_no_statement(sentence: str) -> None:
    assert not [one for one in told(sentence) if one.core]


def test_ids_hold_when_something_else_changes() -> None:
    first = "“The ferry stays with the town,” Ilse Okell said."
    address = "https://harbour-post.example/ferry"
    before = statements(material(article("Ferry", first, address=address)))
    after = statements(material(article("Ferry", "Tom Lund said the boats had left.", first, address=address)))
    assert before[0].id in {one.id for one in after}
    assert len({one.id for one in after}) == len(after)


def test_a_dateline_is_not_said() -> None:
    body = "HALMAR (Meridian) -- Eleven boats were lost off the northern isles in one night, the coastguard said."
    assert words(only(body), body).startswith("Eleven boats")


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Ilse Okell told US President Mary Venn by telephone on Thursday that the ferry stays.", "the ferry stays"),
        ("Ilse Okell told Channel One that the ferry would stay for good.", "the ferry would stay for good"),
    ],
)
def test_whom_it_was_told_to_is_no_part_of_it(sentence: str, content: str) -> None:
    assert words(only(sentence), sentence) == content


def test_names_that_only_meet_in_a_title_are_two() -> None:
    title = "Okell tells Venn France will keep the ferry"
    body = "Ilse Okell told Mary Venn on Monday that France would keep it. France is pleased."
    first = told(body, title=title)[0]
    assert (first.speaker.name, first.via) == ("Ilse Okell", ())
    assert words(first, body, title=title) == "France will keep the ferry"


QUOTED_BY_AN_AIDE = (
    "Russian leader Pavel Okell spoke to US President Martin Venn on Thursday.",
    "Venn has been frustrated with both.",
)


@pytest.mark.parametrize(
    ("quotation", "content"),
    [
        (
            "'Our president said that Russia will keep the ferry, that is to say the island,'",
            "Russia will keep the ferry, that is to say the island",
        ),
        (
            "'Pavel Okell said that we are still looking for an end to the dispute,'",
            "we are still looking for an end to the dispute",
        ),
    ],
)
def test_an_aide_passes_on_what_his_president_said(quotation: str, content: str) -> None:
    body = (*QUOTED_BY_AN_AIDE, f"{quotation} Kremlin aide Oleg Marr told reporters.")
    (one,) = [one for one in told(*body) if one.core]
    assert words(one, *body) == content
    assert (one.speaker.name, one.via) == ("Pavel Okell", ("Oleg Marr",))


def test_he_in_a_quotation_is_another_than_who_is_quoted() -> None:
    quotation = "'He also spoke of the readiness of the island to go on with the talks,' Oleg Marr added."
    body = ("Pavel Okell met the envoys on Monday, his aide Oleg Marr said.", quotation)
    one = told(*body)[-1]
    assert (one.speaker.name, one.via) == ("Pavel Okell", ("Oleg Marr",))


def test_according_to_within_a_clause_names_the_source() -> None:
    body = (
        "The meeting was raised in a call between Mary Venn and Ilse Okell that, according to a senior source in"
        " Halmar, included two neighbours."
    )
    one = told(body)[-1]
    assert one.speaker.name == "a senior source in Halmar"
    assert not words(one, body).endswith("that")


def test_an_envoy_and_his_name_are_no_part_of_what_he_was_told() -> None:
    body = (
        "The minister told US lawmakers on Tuesday that the bill was dead.",
        "She told us that the roof had leaked for years.",
        "Mr. Venn informed the US ambassador, Karl Lind, that flights would stop.",
    )
    assert words(told(*body)[-1], *body) == "flights would stop"


@pytest.mark.parametrize(
    ("introduced", "called"),
    [("Russian leader Ivan Marr", "The Russian president"), ("French President Ivan Marr", "The French leader")],
)
def test_the_president_of_a_state_is_its_leader(introduced: str, called: str) -> None:
    body = (f"{introduced} met Mary Venn on Monday.", f"{called} said the talks went well.")
    assert told(*body)[-1].speaker.name == "Ivan Marr"


def test_a_leader_of_something_else_is_no_president() -> None:
    body = ("Russian opposition leader Ivan Marr met Mary Venn.", "The Russian president said the talks went well.")
    assert told(*body)[-1].speaker.name == "Russian president"


def test_a_clause_before_that_is_said_too() -> None:
    body = "Two people told Reuters they were hopeful that the ferry could resume."
    assert words(told(body)[-1], body) == "they were hopeful that the ferry could resume"
