"""Claims that say nearly the same as a sentence of the evidence, word by word, as reports do: true, or wrong in one."""

from __future__ import annotations

import pytest
from lagebild.audit.items import agree
from lagebild.audit.reading import read_claims
from test_auditing import AS_OF, audit, open_auditor

TRUE = [
    ("en", "After the US strikes of 22 June 2025 Medvedev accused Trump of having started a new war."),
    ("de", "Auf pakistanische Vermittlung kündigte Trump eine zweiwöchige Waffenruhe mit Iran an."),
    ("de", "Algerien stimmte am 26. September 2025 im Sicherheitsrat für den Aufschub der UN-Sanktionen gegen Iran."),
    ("de", "Peskow bot am 11. Juni 2025 an, Iran überschüssigen Kernbrennstoff abzunehmen."),
    ("de", "Russland gewährte dem gestürzten Assad nach dem Einmarsch der Aufständischen in Damaskus Asyl."),
    ("en", "On 17 April 2025 Iran's foreign minister visited Putin in Moscow and handed him a message from Khamenei."),
]
FALSE = [
    ("sides", "en", "After the US strikes of 22 June 2025 Lavrov accused Trump of having started a new war."),
    ("sides", "en", "Araghchi visited Putin in Moscow on 17 April 2025 and handed him a message from Pezeshkian."),
    ("sides", "de", "Iran gewährte dem gestürzten Assad nach dem Einmarsch der Aufständischen in Damaskus Asyl."),
    (
        "sides",
        "de",
        "Das Weiße Haus sprach Russland am 16. Juni 2025 jede Glaubwürdigkeit als Vermittler ab und verwies auf dessen "
        "Partnerschaftsvertrag mit Iran.",
    ),
    ("number", "de", "Auf pakistanische Vermittlung kündigte Trump eine vierwöchige Waffenruhe mit Iran an."),
    (
        "act",
        "de",
        "Algerien stimmte am 26. September 2025 im Sicherheitsrat gegen den Aufschub der UN-Sanktionen gegen Iran.",
    ),
    ("status", "en", "Peskov said on 11 June 2025 that Russia had taken excess nuclear fuel from Iran."),
    ("status", "de", "Russland hat Iran im Juni 2025 überschüssigen Kernbrennstoff abgenommen."),
]


@pytest.mark.parametrize(("language", "claim"), TRUE)
def test_nearly_the_same_is_support(language: str, claim: str) -> None:
    assert audit(claim, language).verdict == "supported"


@pytest.mark.parametrize(("kind", "language", "claim"), FALSE)
def test_one_thing_in_which_it_differs_is_named(kind: str, language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.reason) == ("differs", kind)


@pytest.mark.parametrize(
    ("language", "claim", "holders"),
    [
        ("en", "In June 2025 the Russian president met Iran's supreme leader.", ["khamenei", "putin"]),
        ("de", "Im Mai 2010 empfing Russlands Präsident den Außenminister Irans.", ["medvedev", "mottaki"]),
        ("de", "Im Juni 2025 rief der US-Präsident den Kremlchef an.", ["putin", "trump"]),
        ("en", "In June 2025 the Kremlin spokesman said nothing.", ["peskov"]),
        ("en", "In June 2025 the former Russian president and Iran's deputy foreign minister met.", []),
        ("en", "Russia's president Putin spoke in June 2025.", ["putin"]),
    ],
)
def test_an_office_stands_for_who_holds_it_that_day(language: str, claim: str, holders: list[str]) -> None:
    (reading,) = read_claims(open_auditor().reference, claim, language, AS_OF)
    named = sorted(one.key for one in reading.of("name") if one.key not in one.also)
    assert named == holders


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
    (number,) = read_claims(open_auditor().reference, claim, language, AS_OF)[0].of("number")
    assert number.value == value
    assert not counted or counted in number.also


def test_several_is_more_than_one_and_less_than_ten() -> None:
    (number,) = read_claims(open_auditor().reference, "Iran got several hundred drones.", "en", AS_OF)[0].of("number")
    assert [agree(number.value, number.rough, other) for other in (100, 450, 2000)] == [False, True, False]
