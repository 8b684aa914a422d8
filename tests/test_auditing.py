"""The verdicts of an audit, on the first case: sentences of our own, true and false in one respect each."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from examples import PROJECT
from lagebild.audit.audit_desk import EXAMPLE
from lagebild.audit.auditor import Auditor
from lagebild.audit.finding import VERDICTS, Finding
from lagebild.audit.items import agree, find_nearest, fold_quotation, split_quotation
from lagebild.audit.reading import read_claims, split_claim
from lagebild.audit.report_text import read_report
from lagebild.audit.retrieval import may_meet, meet
from lagebild.audit.vocabulary import compare_spelling, lemmatize, read_vocabulary
from lagebild.core.paths import REFERENCE, locate
from lagebild.core.reference import Reference
from lagebild.core.schema import ids
from lagebild.corpus.inputs import read_inputs
from lagebild.run.pipeline import build_dataset
from long import sample

AS_OF = "2026-06-30"
CLAIMS = [json.loads(line) for line in (PROJECT / "tests/gold/claims.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def open_auditor(as_of: str = AS_OF) -> Auditor:
    inputs = read_inputs(locate("russia-iran", as_of, root=str(PROJECT)))
    return Auditor(inputs.reference, build_dataset(inputs), "russia-iran", as_of)


def audit(claim: str, language: str = "en") -> Finding:
    (found,) = open_auditor().audit(claim, language).findings
    return found


SAID = [
    (
        "en",
        "On 17 April 2025 Abbas Araghchi called on Vladimir Putin in Moscow and handed over a message from Khamenei.",
    ),
    ("de", "Laut Financial Times bestellte Teheran in Moskau 500 Verba-Starter und 2.500 Raketen."),
    ("de", "Anfang Juni 2025 telefonierten Trump und Putin etwa 75 Minuten lang."),
    ("en", "Moscow’s foreign ministry condemned the attack as a “planned act of armed aggression”."),
    (
        "de",
        "Die USA hoben im September 2025 Sanktionen gegen die Fluglinie Belavia auf, und Minsk ließ 52 Gefangene frei.",
    ),
]
WRONG = [
    ("sides", "de", "Am 28. Februar 2026 dankte Lawrow Araghtschi im Telefonat für Irans feste Unterstützung."),
    ("act", "en", "In October 2025 Ghalibaf praised Rouhani and Zarif for their remarks on Russia."),
    ("denied", "en", "Iran asked Russia for military help in June 2025, Putin said."),
    ("status", "de", "Im März 2026 lieferte Russland Drohnen an Iran."),
    ("day", "de", "Am 17. Mai 2025 besuchte Araghtschi Putin in Moskau und überbrachte ihm eine Botschaft Chameneis."),
    (
        "number",
        "en",
        "On 11 September 2025 the United States lifted sanctions on Belavia, and Belarus freed 72 prisoners.",
    ),
    ("quotation", "en", "After heavy air raids on Ukraine Trump called Putin “completely honest”."),
]
UNFIT = [
    ("question", "Will Tehran turn to Beijing after the war of June 2025?"),
    ("heading", "Russia and Iran: a partnership under strain"),
    ("estimate", "Lavrov likely opened a Russian hospital for veterans in Tehran."),
    ("strangers", "On 3 May 2025 Bolivia fined Paraguay in La Paz."),
    ("later", "On 3 May 2029 Russia attacked Iran."),
    ("nothing-to-check", "The treaty contains no such clause."),
]


@pytest.mark.parametrize(("language", "claim"), SAID)
def test_what_the_evidence_says_is_supported_by_its_sentences(language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.publishers > 0) == ("supported", True), found
    assert all(one.text and one.language in ("de", "en") for one in found.witnesses)
    assert claim.startswith(found.claim)
    assert (found.start, found.end) == (0, len(claim))


@pytest.mark.parametrize(("kind", "language", "claim"), WRONG)
def test_what_is_wrong_in_one_respect_differs_in_that(kind: str, language: str, claim: str) -> None:
    found = audit(claim, language)
    assert found.verdict == "differs", found
    assert kind in {one.kind for one in found.differences}
    assert all(one.claimed != one.told for one in found.differences)


@pytest.mark.parametrize(("reason", "claim"), UNFIT)
def test_what_cannot_be_checked_says_why(reason: str, claim: str) -> None:
    found = audit(claim)
    assert (found.verdict, found.reason) == ("not-checked", reason)


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "In April 2026 Lavrov opened a Russian hospital for veterans in Tehran."),
        ("en", "Iran attacked Russia in June 2025."),  # the words are there, but nobody did so
        ("en", "North Korea sent troops to Iran on 20 June 2025."),
        ("de", "Russland wies im März 2026 den israelischen Botschafter aus."),
    ],
)
def test_an_act_that_no_page_tells_is_not_found(language: str, claim: str) -> None:
    assert audit(claim, language).verdict == "not-found"


def test_a_quotation_like_which_nobody_is_quoted_is_not_found() -> None:
    found = audit("Araghchi told NBC on 8 March 2026 that Russia was “fighting at Iran's side”.")
    assert (found.verdict, found.reason, found.near is not None) == ("not-found", "quotation", True)


@pytest.mark.parametrize(
    ("language", "claim", "verdict"),
    [
        (
            "de",
            "Putin unterzeichnete das Ratifizierungsgesetz, noch ehe der Föderationsrat zugestimmt hatte.",
            "differs",
        ),
        (
            "de",
            "Putin unterzeichnete das Ratifizierungsgesetz, nachdem der Föderationsrat zugestimmt hatte.",
            "supported",
        ),
        ("en", "Jalali denied after a meeting that Iran had asked for the S-400.", "supported"),
        ("en", "Pyongyang confirmed only after the war in Ukraine that it had sent troops to Russia.", "not-checked"),
        ("de", "Katar und die USA waren nach dem iranischen Beschuss gewarnt worden.", "not-checked"),
    ],
)
def test_what_comes_first_must_stand_so(language: str, claim: str, verdict: str) -> None:
    assert audit(claim, language).verdict == verdict


def test_who_is_quoted_with_the_words_of_another_is_not_borne_out() -> None:
    told = "Araghchi called the war a “cynical murder” after the first strikes of the United States and Israel on Iran."
    assert audit(told).verdict != "supported"


def test_a_disputed_event_is_contested_by_who_denies_it() -> None:
    found = audit("According to Axios, Putin urged Iran to accept a deal without any enrichment.")
    assert found.verdict == "contested"
    assert "denies" in {one.stance for one in found.witnesses}


def test_what_denies_a_claim_in_the_same_sentence_is_shown_by_itself() -> None:
    found = audit("Moscow passed information on Iran's air defences to Israel, Sadr alleged.")
    shown = [(one.stance, one.name, one.text.startswith("… "), one.mentions) for one in found.shown]
    assert shown == [("supports", "S065.1", False, ("m065b",)), ("denies", "S065.1", True, ("m065d",))]
    assert (found.verdict, found.reason) == ("contested", "doubted")


@pytest.mark.parametrize(("between", "days"), [(" ", {"2025-06-13"}), ("\n", set())])
def test_the_same_day_is_that_of_the_sentence_before(between: str, days: set[str]) -> None:
    text = f"On 13 June 2025 Israel attacked Iran.{between}Russia condemned the Israeli strikes the same day."
    claims = read_claims(open_auditor().reference, text, "en", AS_OF)
    assert {one.key for one in claims[1].of("date")} == days
    told = {one.name for one in open_auditor().audit(text, "en").findings[1].shown}
    assert not days or {"S083.1"} <= told <= {f"S{n:03}.{k}" for n in (83, 38, 39) for k in (1, 2)}


def test_a_day_on_which_texts_disagree_is_contested() -> None:
    found = audit("The treaty entered into force on 2 October 2025.")
    assert found.verdict == "contested"
    assert [one.stance for one in found.witnesses] == ["supports", "differs"]
    assert audit("Der Partnerschaftsvertrag trat 2025 in Kraft.", "de").verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "language"),
    [
        ("Donald Trump accepted Putin's offer to mediate.", "en"),
        ("Moscow then delivered S-400 batteries to Tehran within a week.", "en"),
        ("Iran attacked Russia on 13 June 2025.", "en"),
        ("Israel attacked Russia on 13 June 2025.", "en"),
        ("Russland griff Iran am 13. Juni 2025 an.", "de"),
        ("The United States and Israel attacked Russia on 28 February 2026.", "en"),
        ("Putin condemned Iran on 13 June 2025.", "en"),
        ("Putin verurteilte die iranischen Angriffe auf Israel.", "de"),
        ("North Korea condemned Iran's attack on Israel.", "en"),
        ("Israel bot an, zwischen Russland und Iran zu vermitteln.", "de"),
        ("Chamenei wurde am 28. Februar 2026 von russischen Raketen getötet.", "de"),
        ("Israel killed Putin on 28 February 2026.", "en"),
        ("Russland und Israel unterzeichneten am 17. Januar 2025 einen Partnerschaftsvertrag.", "de"),
        ("Russia sent troops to Iran in June 2025.", "en"),
        ("Araghchi met Trump in Moscow on 23 June 2025.", "en"),
        ("Trump asked Putin to attack Iran.", "en"),
        ("Moscow broke off relations with Iran after the war in June 2025.", "en"),
        ("Russia delivered Su-35 fighter jets to Iran in January 2025.", "en"),
        ("Putin and Pezeshkian signed the treaty in Tehran on 17 January 2025.", "en"),
    ],
)
def test_the_right_words_with_other_parties_or_acts_are_not_supported(claim: str, language: str) -> None:
    assert audit(claim, language).verdict != "supported"


def test_an_altered_quotation_is_held_against_what_comes_nearest_to_it() -> None:
    told = "Putin called it a completely unprovoked aggression, and “we help Iran”."
    assert find_nearest("“an entirely unprovoked aggression”", told, []) == "a completely unprovoked aggression,"
    assert find_nearest("“we help Israel”", told, ["“we help Iran”"]) == "“we help Iran”"
    assert find_nearest("“wholly justified”", told, []) == ""


BESIDE = """heading supported day supported supported supported supported supported untold short doubted sides status
supported nothing-to-check"""


def test_the_report_beside_the_first_case_shows_every_verdict_each_for_a_true_reason() -> None:
    report = read_report(PROJECT / "data/cases/russia-iran" / EXAMPLE, "2026-11-30", Reference(REFERENCE))
    found = open_auditor().audit(report.text, report.language, report.day).findings
    assert [one.reason for one in found] == BESIDE.split()
    assert {one.verdict for one in found} == set(VERDICTS)


def test_the_report_of_a_day_is_read_as_of_that_day() -> None:
    auditor = open_auditor()
    (found,) = auditor.audit("On 28 February Russia condemned the attack on Iran.", "en", "2026-03-02").findings
    assert found.verdict == "supported"


def test_of_a_claim_with_two_statements_each_needs_a_sentence() -> None:
    one, other = "hoben die USA Sanktionen gegen Belavia auf", "Lawrow eröffnete in Teheran eine russische Schule"
    claim = f"Am 11. September 2025 {one}, und {other}."
    reading = read_claims(open_auditor().reference, claim, "de", AS_OF)[0]
    assert len(split_claim(reading)) == 2
    assert audit(claim, "de").verdict != "supported"


@pytest.mark.parametrize(
    ("edition", "least"),
    sample([("2025-06-16-en", 5), ("2025-06-16-de", 5), ("2026-06-30-en", 11), ("2026-06-30-de", 11)], 1, several=True),
)
def test_our_own_report_raises_no_alarm(edition: str, least: int) -> None:
    auditor = open_auditor(edition[: len(AS_OF)])
    report = read_report(
        PROJECT / "reports" / "russia-iran" / f"russia-iran-{edition}.html", auditor.as_of, auditor.reference
    )
    found = auditor.audit(report.text, report.language, report.day)
    assert not [one.claim for one in found.findings if one.verdict in ("differs", "not-found")]
    assert found.count()["supported"] >= least


@pytest.mark.parametrize(
    ("style", "supported", "alarms", "flagged", "wrong"),
    [("paraphrase", 22, 1, 16, 0), ("report", 17, 1, 17, 0), ("short", 93, 1, 74, 4), ("free", 22, 5, 52, 2)],
)
def test_the_claims_of_the_half_that_was_read_are_judged_no_worse_than_before(
    style: str, supported: int, alarms: int, flagged: int, wrong: int
) -> None:
    """Of 28, 20, 111 and 88 true claims, 20, 20, 110 and 90 false ones."""
    mine = [one for one in CLAIMS if (one["half"], one["set"], one["style"]) == ("read", "russia-iran", style)]
    verdicts = {one["id"]: audit_worst(one["claim"], one["language"]) for one in mine}
    true = [verdicts[one["id"]] for one in mine if one["truth"] == "true"]
    false = [verdicts[one["id"]] for one in mine if one["truth"] == "false"]
    assert sum(one in ("supported", "contested") for one in true) >= supported
    assert sum(one in ("differs", "not-found") for one in true) <= alarms
    assert sum(one in ("differs", "not-found") for one in false) >= flagged
    assert false.count("supported") <= wrong


def audit_worst(claim: str, language: str) -> str:
    order = ["differs", "not-found", "contested", "not-checked", "supported"]
    return min((one.verdict for one in open_auditor().audit(claim, language).findings), key=order.index)


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
    (number,) = read_claims(open_auditor().reference, claim, language, AS_OF)[0].of("number")
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


def test_concepts_have_words_in_each_language_and_contradict_each_other_both_ways() -> None:
    reference = Reference(REFERENCE)
    rows = {row["concept"]: row for row in reference.rows("concepts")}
    for language in ("de", "en"):
        words = {row["concept"]: row["words"].split("|") for row in reference.rows("concept_words", language)}
        assert words.keys() == rows.keys()
        assert all(len(set(forms)) == len(forms) and all(forms) for forms in words.values())
    for name, row in rows.items():
        assert all(name in ids(rows[other]["opposites"]) for other in ids(row["opposites"]))


def test_a_case_is_coded_if_people_reviewed_it_to_the_last_mention() -> None:
    assert open_auditor().audit("Israel attacked Iran in June 2025.", "en").coded
    inputs = read_inputs(locate("russia-iran", AS_OF, root=str(PROJECT)))
    data = build_dataset(inputs)
    reviewed = ["no", *data.mentions["reviewed"][1:]]
    for mentions in (data.mentions.assign(reviewed=reviewed), data.mentions[:0]):
        auditor = Auditor(inputs.reference, replace(data, mentions=mentions), "russia-iran", AS_OF)
        assert not auditor.audit("Israel attacked Iran in June 2025.", "en").coded
