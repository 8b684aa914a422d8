"""Short plain claims, as anybody tries them first: what the first case says, and what it does not."""

from __future__ import annotations

import pytest
from lagebild.audit.items import Item
from lagebild.audit.reading import Reading, read_claims
from lagebild.audit.retrieval import in_year, is_fresh, lies_ahead
from test_auditing import AS_OF, audit, open_auditor

TRUE = [
    ("en", "On 13 June 2025 Israel attacked Iran."),
    ("de", "Am 13. Juni 2025 griff Israel Iran an."),
    ("en", "Russia condemned the Israeli strikes on Iran."),
    ("de", "Russland verurteilte die israelischen Angriffe auf Iran."),
    ("en", "On 22 June 2025 the United States struck three Iranian nuclear sites."),
    ("en", "Israel bombed Iranian nuclear sites."),
    ("en", "Putin met Araghchi in the Kremlin on 23 June 2025."),
    ("de", "Putin empfing Araghtschi im Kreml."),
    ("en", "The UN sanctions against Iran were restored in September 2025."),
]
FALSE = [
    ("day", "en", "On 2 June 2025 the United States bombed Iranian nuclear sites."),
    ("sides", "de", "Araghtschi empfing Putin in Teheran."),
    ("sides", "de", "Putin empfing Trump am 15. August 2025 in Alaska."),
    ("sides", "en", "Putin called off a planned meeting with Trump in Budapest."),
    ("sides", "de", "Der Iran gewährte dem gestürzten Assad Asyl."),
    ("denied", "en", "Putin was told beforehand of the US strikes on Iran in June 2025."),
    ("denied", "en", "Putin said Iran was seeking nuclear weapons."),
    ("status", "en", "Putin took the Emirates' complaints about Iranian attacks to Tehran."),
    ("number", "en", "Iran and Rosatom signed a 5-billion-dollar contract for four nuclear plants."),
    ("act", "en", "On 9 March 2026 Trump and Putin met in person."),
    ("act", "en", "On 2 March 2026 Putin visited the leaders of Saudi Arabia and Qatar."),
]
UNTOLD = [
    ("en", "Israel attacked Russia in June 2025."),
    ("en", "Russia attacked Iran on 13 June 2025."),
    ("de", "Am 13. Juni 2025 griff Iran Russland an."),
    ("de", "Netanjahu bot an, zwischen Russland und Iran zu vermitteln."),
    ("de", "Peseschkian und Xi unterzeichneten im Januar 2025 in Moskau einen Vertrag."),
    ("en", "Russia welcomed the Israeli strikes on Iran."),
    ("de", "Russland hat Iran Su-35-Kampfflugzeuge geliefert."),
    ("en", "The treaty between Russia and Iran contains a mutual defence clause."),
]


def read(claim: str, language: str) -> Reading:
    return read_claims(open_auditor().reference, claim, language, AS_OF)[0]


@pytest.mark.parametrize(("language", "claim"), TRUE)
def test_what_the_case_says_plainly_is_supported(language: str, claim: str) -> None:
    assert audit(claim, language).verdict == "supported"


@pytest.mark.parametrize(("kind", "language", "claim"), FALSE)
def test_what_it_says_otherwise_differs(kind: str, language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.reason) == ("differs", kind)


@pytest.mark.parametrize(("language", "claim"), UNTOLD)
def test_what_it_does_not_say_is_not_supported(language: str, claim: str) -> None:
    assert audit(claim, language).verdict not in ("supported", "contested")


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "Moscow denied it."),
        ("en", "That is the dilemma of Moscow."),
        ("en", "Donald Trump accepted the offer."),
        ("de", "Iran schwieg."),
    ],
)
def test_what_says_too_little_by_itself_is_not_sought(language: str, claim: str) -> None:
    assert (audit(claim, language).verdict, audit(claim, language).reason) == ("not-checked", "short")


def test_a_day_of_the_week_is_that_of_the_week_of_the_evidence() -> None:
    monday = Item("date", "2026-06-29", 0, 0, rough="weekday")
    assert in_year(monday, "2025-06-16") == "2025-06-16"  # a Monday
    assert in_year(monday, "2025-06-17") == "2026-06-29"  # a Tuesday is none
    assert in_year(monday, "2025-06-17/2025-06-24") == "2025-06-23"
    assert is_fresh(monday, "2025-06-17")
    assert in_year(monday, "2015/..") == "2026-06-29"  # since 2015 bears out no Monday


@pytest.mark.parametrize(
    ("key", "rough", "ahead"),
    [
        ("2025-07-01", "", True),
        ("2025-06-01", "", False),
        ("../2026-12", "", True),  # until then
        ("2025-06-01/..", "", False),  # since then
        ("2026-07-01", "yearless", True),  # 1 July of the year of the page
        ("2026-06-01", "yearless", False),
    ],
)
def test_what_lies_ahead_of_a_page(key: str, rough: str, *, ahead: bool) -> None:
    assert lies_ahead(Item("date", key, 0, 0, rough=rough), "2025-06-17") is ahead


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
    assert not audit("Russia sold S-500 systems to Iran.", "en").sentences


def test_a_list_of_places_counts_them_but_not_persons_and_states() -> None:
    told = {
        (one.source_id, one.language): one.listed for one in open_auditor().evidence.told if one.source_id == "S055"
    }
    assert 3 in told["S055", "en"]  # Fordow, Natanz and Isfahan
    states = [one for one in open_auditor().evidence.told if "Russia and China abstained" in one.text]
    assert states
    assert not any(one.listed for one in states)
