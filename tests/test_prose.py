"""The check of the analyst's prose: each rule with sentences that break it, and sentences that only seem to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from examples import dataset_of, edition_of, replace as rewrite
from known import REFERENCE
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import LIKELIHOODS, Entry, find_estimates, read_judgements
from lagebild.report.integrity import Support, check_entry, check_prose, find_support
from lagebild.run.checks import check_case
from runs import copy_tiny

FIRM = Support(rows=3, facts=3, outlets=2)
WEAK = Support(rows=3, facts=1, outlets=1)
BOTH = {"de": "Das ist wahrscheinlich.", "en": "That is likely."}
ENTRY = Entry("J1", "2025-06-16", BOTH, ("E1",), likelihood="likely", confidence="low")


def _faults(language: str, text: str, support: Support = FIRM, **fields: str) -> list[str]:
    entry = replace(ENTRY, text=BOTH | {language: text}, **fields)  # type: ignore[arg-type]
    return list(check_entry(REFERENCE, entry, support))


BROKEN = [
    ("en", "It is likely, though very unlikely to the north, that they come.", "mix two estimates"),
    ("en", "They will probably come, which is likely.", "mix two estimates or two rows"),
    ("en", "It is likely, and we say so with high confidence.", "join likelihood and confidence"),
    ("en", "It is likely that they come. They may well stay.", "'may well' says likelihood without a band"),
    ("en", "They will very likely come.", "it says 'very likely', but likelihood is 'likely'"),
    ("en", "They will come.", "it never says how likely it is; write 'likely'"),
    ("de", "Wahrscheinlich kommen sie, was im Norden sehr unwahrscheinlich ist.", "mix two estimates"),
    ("de", "Das ist wahrscheinlich, und das mit hohem Vertrauen.", "join likelihood and confidence"),
    ("de", "Wahrscheinlich kommen sie. Möglicherweise bleiben sie.", "'Möglicherweise' says likelihood without a band"),
    ("de", "Sie kommen sehr wahrscheinlich.", "it says 'sehr wahrscheinlich', but likelihood is 'likely'"),
    ("de", "Sie kommen.", "it never says how likely it is; write 'wahrscheinlich'"),
]


@pytest.mark.parametrize(("language", "text", "fault"), BROKEN, ids=[text[:40] for _, text, _ in BROKEN])
def test_a_sentence_that_breaks_a_rule_is_named_with_its_words_and_the_remedy(
    language: str, text: str, fault: str
) -> None:
    found = _faults(language, text)
    assert any(fault in one for one in found), found
    assert all({"de": "German", "en": "English"}[language] in one for one in found)


SOUND = [
    ("en", "It is likely that they come. Confidence is another matter."),
    ("en", "It is likely that trust in the treaty falls, although the accusation is unproven."),
    ("en", "It is likely that they come, less likely than before."),
    ("en", "It is likely that its military might grows."),
    ("de", "Wahrscheinlich schwindet das Vertrauen anderer Partner; der Vorwurf ist unbewiesen."),
    ("de", "Wahrscheinlich kommen sie, wahrscheinlicher als zuvor, zum Wohl der Stadt."),
]


@pytest.mark.parametrize(("language", "text"), SOUND, ids=[text[:40] for _, text in SOUND])
def test_a_sentence_that_only_seems_to_break_a_rule_passes(language: str, text: str) -> None:
    assert [one for one in _faults(language, text) if "Confidence is another" not in one] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "They will likely come, which proves it. "), ("de", "Zweifellos kommen sie wahrscheinlich.")],
)
def test_a_word_of_certainty_needs_evidence_that_bears_it(language: str, text: str) -> None:
    assert not [one for one in _faults(language, text, FIRM) if "certainty" in one]
    (fault,) = [one for one in _faults(language, text, WEAK) if "more certainty than its evidence bears" in one]
    assert "1 of 3 cited rows" in fault


@pytest.mark.parametrize(("support", "passes"), [(FIRM, True), (Support(3, 3, 1), False), (Support(3, 0, 3), False)])
def test_high_confidence_needs_facts_of_two_outlets(support: Support, passes: bool) -> None:
    found = list(check_entry(REFERENCE, replace(ENTRY, confidence="high"), support))
    assert passes == (not [one for one in found if one.startswith("confidence: high goes beyond its evidence")])


def test_an_answer_that_cites_nothing_is_named() -> None:
    entry = replace(
        ENTRY, likelihood="", text={"de": "Kommt es?", "en": "Will it?"}, answer={"de": "Ja.", "en": "Yes."}
    )
    assert list(check_entry(REFERENCE, entry, FIRM)) == [
        "answer: it cites nothing; name in answered_by the events that answer the question."
    ]


@pytest.mark.parametrize("row", REFERENCE.rows("estimates"), ids=lambda row: str(row["estimate_id"]))
def test_every_row_of_words_is_found_in_its_example_and_alone(row: dict[str, str]) -> None:
    found = find_estimates(REFERENCE, row["example"], row["language"])
    if row["kind"] == "likelihood" and not row["value"]:
        assert found == []
    else:
        assert [(one.kind, one.value) for one in found] == [(row["kind"], row["value"])]


def test_the_bands_are_those_of_icd_203_in_order() -> None:
    assert list(LIKELIHOODS.values()) == sorted(LIKELIHOODS.values())
    assert all(
        upper == after
        for (_, upper), (after, _) in zip([*LIKELIHOODS.values()][:-1], [*LIKELIHOODS.values()][1:], strict=True)
    )


@pytest.mark.parametrize("as_of", ["2025-06-16", "2026-06-30"])
def test_the_prose_of_the_first_case_keeps_the_rules(as_of: str) -> None:
    paths = locate("russia-iran", as_of)
    judgements, data = read_judgements(paths), dataset_of(paths)
    assert list(check_prose(REFERENCE, paths, judgements, data)) == []
    assert all(find_support(entry, data).rows > 0 for entry in judgements.entries())


@pytest.mark.slow
def test_the_check_of_a_case_names_entry_and_sentence(tmp_path: Path) -> None:
    paths = Paths("tiny", "2025-06-16", "en", str(copy_tiny(tmp_path)))
    edition_of(paths)
    assert not [line.text for line in check_case(paths) if "judgements.yml" in line.text]
    rewrite(paths.inputs / "judgements.yml", "Help would bring thanks and trouble.", "Help may well bring thanks.")
    faults = [line.text for line in check_case(paths) if line.is_fault]
    assert any("judgements.yml, entry " in one and "'may well'" in one and "Help may well" in one for one in faults)
