"""What an audit reads in a sentence: names and offices, numbers, days, quotations, words by what they mean."""

from __future__ import annotations

import pytest
from lagebild.audit.days import complete_date, is_fresh, may_meet, meet
from lagebild.audit.items import Reading, find_wording, fold_quotation, read_claims, split_quotation
from lagebild.audit.numbers import agree
from lagebild.audit.vocabulary import compare_spelling, lemmatize, read_vocabulary
from lagebild.core.folders import REFERENCE
from lagebild.core.reference import Reference
from test_auditing import AS_OF, open_case


def read(claim: str, language: str) -> Reading:
    return read_claims(open_case().reference, claim, language, AS_OF)[0]


def test_an_altered_quotation_is_held_against_what_comes_nearest_to_it() -> None:
    told = "Putin called it a completely unprovoked aggression, and “we help Iran”."
    assert find_wording("“an entirely unprovoked aggression”", told, []) == "a completely unprovoked aggression,"
    assert find_wording("“we help Israel”", told, ["“we help Iran”"]) == "“we help Iran”"
    assert find_wording("“wholly justified”", told, []) == ""


@pytest.mark.parametrize(
    ("one", "rough", "other", "agrees"),
    [(500, "more", 515, True), (500, "more", 900, False), (100, "about", 98, True), (100, "", 98, False)],
)
def test_a_rough_number_allows_what_it_says(one: float, rough: str, other: float, agrees: bool) -> None:
    assert agree(one, rough, other) is agrees


@pytest.mark.parametrize(
    ("language", "claim", "value"),
    [
        ("de", "Der Vertrag kostete Russland 1,7 Milliarden Dollar.", 1.7e9),
        ("en", "The treaty cost Russia half a billion dollars.", 5e8),
        ("en", "Russia sent 2,500 missiles.", 2500),
        ("de", "Russland entsandte zwölf Panzer.", 12),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language: str, claim: str, value: float) -> None:
    (number,) = read(claim, language).of("number")
    assert number.value == value


def test_quotations_differ_only_by_what_is_no_typography() -> None:
    assert fold_quotation("„Völlig – verrückt“,") == fold_quotation('"völlig - verrückt"')
    assert fold_quotation("“planned act”") != fold_quotation("“planned acts”")
    assert split_quotation("“a planned […] act”") == ["a planned", "act"]


@pytest.mark.parametrize(
    ("one", "other", "borne", "possible"),
    [
        ("2025-06", "2025-06-13", True, True),
        ("2025-06-13", "2025-06", True, True),
        ("2025-06-13", "2025", False, True),
        ("2025-06-13", "2025-06-14", False, False),
        ("../2025-04-21", "../2025-04-11", False, False),
    ],
)
def test_a_month_does_not_contradict_a_day_in_it(one: str, other: str, borne: bool, possible: bool) -> None:
    assert (meet(one, other), may_meet(one, other)) == (borne, possible)


def test_words_meet_across_languages_and_spellings() -> None:
    reference = Reference(REFERENCE)
    german, english = (read_vocabulary(reference, language) for language in ("de", "en"))
    assert german.find("verurteilen")[0] & english.find("condemn")[0]
    concepts, head = german.find("drohnenlieferung", noun=True)
    assert concepts & english.find("deliver")[0]
    assert english.find("drone")[0] & german.find(head)[0]
    assert compare_spelling("mussawi", "mousavi", name=True)
    assert lemmatize("umgebracht", "de") == "umbringen"


def test_concepts_have_words_in_each_language() -> None:
    reference = Reference(REFERENCE)
    words = {}
    for language in ("de", "en"):
        words[language] = {row["concept"]: row["words"].split("|") for row in reference.rows("concept_words", language)}
        assert all(len(set(forms)) == len(forms) and all(forms) for forms in words[language].values())
    assert words["de"].keys() == words["en"].keys() > {row["concept"] for row in reference.rows("concepts")}


@pytest.mark.parametrize(
    ("language", "claim", "value", "counted"),
    [
        ("de", "Russland bot eine vierwöchige Frist an.", 4, "unit:week"),
        ("en", "Russia offered a four-week truce.", 4, "unit:week"),
        ("de", "Der Vertrag gilt 20-jährig.", 20, "unit:year"),
        ("de", "Iran verurteilte ihn zu tausend Stockhieben.", 1000, ""),
    ],
)
def test_a_number_may_be_part_of_a_word(language: str, claim: str, value: float, counted: str) -> None:
    (number,) = read(claim, language).of("number")
    assert number.value == value
    assert not counted or counted in number.also


def test_several_is_more_than_one_and_less_than_ten() -> None:
    (number,) = read("Iran got several hundred drones.", "en").of("number")
    assert [agree(number.value, number.rough, other) for other in (100, 450, 2000)] == [False, True, False]


def test_a_day_of_the_week_is_that_of_the_week_of_the_evidence() -> None:
    monday = "2026-06-29", "weekday"
    assert complete_date(*monday, "2025-06-16") == "2025-06-16"  # a Monday
    assert complete_date(*monday, "2025-06-17") == "2026-06-29"  # a Tuesday is none
    assert complete_date(*monday, "2025-06-17/2025-06-24") == "2025-06-23"
    assert is_fresh(*monday, "2025-06-17")
    assert complete_date(*monday, "2015/..") == "2026-06-29"  # since 2015 bears out no Monday


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "They signed a 25-billion-dollar contract.", 25e9, "unit:dollar"),
        ("en", "Iran agreed to a two-week ceasefire.", 2, "unit:week"),
        ("de", "Ein vierzigköpfiges Team reiste nach Teheran.", 40, "unit:person"),
        ("de", "Seit 15 Jahren schweigt Iran dazu.", 15, "unit:year"),
    ],
)
def test_numbers_in_compounds_and_of_how_long_something_lasts(
    language: str, text: str, value: float, unit: str
) -> None:
    (number,) = read(text, language).of("number")
    assert (number.value, unit in number.also) == (value, True)


def test_what_stands_behind_a_number_in_one_word_is_said_too() -> None:
    assert "ceasefire" in {one.key for one in read("Trump announced a two-week ceasefire.", "en").of("word")}


def test_a_model_is_one_name_and_no_other() -> None:
    names = [one.key for one in read("Iran asked for S-400s, not for S-300 systems.", "en").of("word") if one.proper]
    assert names == ["s-400", "s-300"]


def test_a_list_of_places_counts_them_but_not_persons_and_states() -> None:
    told = {(one.source_id, one.language): one.listed for one in open_case().index.told if one.source_id == "S055"}
    assert 3 in told["S055", "en"]  # Fordow, Natanz and Isfahan
    states = [one for one in open_case().index.told if "Russia and China abstained" in one.text]
    assert states
    assert not any(one.listed for one in states)
