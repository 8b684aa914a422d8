"""The verdicts of an audit on the first case: what they must say, and what they must never say."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from examples import PROJECT
from lagebild.audit.audit_desk import EXAMPLE
from lagebild.audit.auditor import CaseEvidence, audit_text, list_claim_requests, weigh_claims
from lagebild.audit.finding import Audit, Finding
from lagebild.audit.judging import admit, read_judgement
from lagebild.audit.reading import read_claims
from lagebild.audit.report_text import ReportText, read_report
from lagebild.audit.retrieval import read_evidence
from lagebild.audit.signals import BESIDE, LACKING, OTHER, SAME, UNSAID, WEAKER, Signals
from lagebild.audit.verdicts import TABLE, decide
from lagebild.core.answers import Answer
from lagebild.core.errors import InputError
from lagebild.core.paths import locate
from lagebild.corpus.inputs import read_inputs
from lagebild.run.pipeline import build_dataset
from long import sample

AS_OF = "2026-06-30"
CLAIMS = [json.loads(line) for line in (PROJECT / "tests/gold/claims.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def open_case(as_of: str = AS_OF) -> CaseEvidence:
    inputs = read_inputs(locate("russia-iran", as_of, root=str(PROJECT)))
    data = build_dataset(inputs)
    return CaseEvidence(inputs.reference, data, "russia-iran", as_of, read_evidence(inputs.reference, data))


def audit_all(text: str, language: str = "en", day: str = "", answer: str = "") -> Audit:
    """Audit a text; if an `answer` is given, a model gives it to every request."""
    case, report = open_case(), ReportText(text, language, "", day, ())
    weighed = weigh_claims(case, report)
    asked = [one.digest for one in list_claim_requests(case, report, weighed, "m") if one]
    answers = {digest: Answer(answer, "m") for digest in asked} if answer else {}
    return audit_text(report, case, weighed, "m" if answer else "", answers)


def audit(claim: str, language: str = "en", answer: str = "") -> Finding:
    (found,) = audit_all(claim, language, answer=answer).findings
    return found


TRUE = [
    ("en", "On 17 April 2025 Abbas Araghchi visited Putin in Moscow and handed him a message from Khamenei."),
    ("de", "Laut Financial Times bestellte Teheran in Moskau 500 Verba-Starter und 2.500 Raketen."),
    ("de", "Anfang Juni 2025 telefonierten Trump und Putin etwa 75 Minuten lang."),
    ("en", "Moscow’s foreign ministry condemned the attack as a “planned act of armed aggression”."),
    ("en", "On 13 June 2025 Israel attacked Iran."),
    ("de", "Am 13. Juni 2025 griff Israel Iran an."),
    ("en", "Russia condemned the Israeli strikes on Iran."),
    ("de", "Russland verurteilte die israelischen Angriffe auf Iran."),
    ("en", "On 22 June 2025 the United States struck three Iranian nuclear sites."),
    ("en", "The UN sanctions against Iran were restored in September 2025."),
    ("en", "Iran fired missiles at the American base Al Udeid in Qatar."),
    ("de", "Auf pakistanische Vermittlung kündigte Trump eine zweiwöchige Waffenruhe mit Iran an."),
    ("de", "Algerien stimmte am 26. September 2025 im Sicherheitsrat für den Aufschub der UN-Sanktionen gegen Iran."),
]
OPEN = [  # true, too, but rules may not say so; they must not object
    ("en", "Israel bombed Iranian nuclear sites."),
    ("en", "Putin met Araghchi in the Kremlin on 23 June 2025."),
    ("de", "Putin empfing Araghtschi im Kreml."),
    ("en", "Iran did not ask Moscow for military help."),
    ("en", "Jalali denied after a meeting that Iran had asked for the S-400."),
    ("de", "Der Vertrag verpflichtet Russland nicht, Iran zu verteidigen."),
]
WRONG = [
    ("day", "de", "Am 17. Mai 2025 besuchte Araghtschi Putin in Moskau und überbrachte ihm eine Botschaft Chameneis."),
    ("day", "en", "On 2 June 2025 the United States bombed Iranian nuclear sites."),
    ("number", "en", "On 11 September 2025 the United States lifted sanctions on Belavia, Belarus freed 72 prisoners."),
    ("number", "en", "Iran and Rosatom signed a 5-billion-dollar contract for four nuclear plants."),
    ("quotation", "en", "After heavy air raids on Ukraine Trump called Putin “completely honest”."),
    ("denied", "en", "Russia did not condemn the Israeli strikes on Iran in June 2025."),
    ("status", "en", "Russia sent troops to Iran in June 2025."),
]
NEVER = [  # what nobody of the case says: no verdict may bear it out
    ("en", "The treaty obliges Russia to defend Iran."),
    ("en", "Iran asked Russia for military help in June 2025, Putin said."),  # others say so, he denies it
    ("en", "On 20 January 2025 Russia and Iran signed a treaty on a comprehensive strategic partnership."),  # the 17th
    ("de", "Russland und Iran unterzeichneten am 20. Januar 2025 einen Vertrag über strategische Partnerschaft."),
    ("en", "The partnership treaty contains a mutual defence clause."),
    ("en", "The treaty between Russia and Iran contains a mutual defence clause."),
    ("de", "Der Partnerschaftsvertrag verpflichtet Russland zum Beistand für Iran."),
    ("en", "Donald Trump accepted Putin's offer to mediate."),
    ("en", "Moscow then delivered S-400 batteries to Tehran within a week."),
    ("en", "Iran attacked Russia in June 2025."),
    ("en", "Iran attacked Russia on 13 June 2025."),
    ("en", "Israel attacked Russia on 13 June 2025."),
    ("en", "Russia attacked Iran on 13 June 2025."),
    ("de", "Russland griff Iran am 13. Juni 2025 an."),
    ("en", "The United States and Israel attacked Russia on 28 February 2026."),
    ("en", "Putin condemned Iran on 13 June 2025."),
    ("de", "Putin verurteilte die iranischen Angriffe auf Israel."),
    ("en", "North Korea condemned Iran's attack on Israel."),
    ("de", "Israel bot an, zwischen Russland und Iran zu vermitteln."),
    ("de", "Chamenei wurde am 28. Februar 2026 von russischen Raketen getötet."),
    ("en", "Israel killed Putin on 28 February 2026."),
    ("de", "Russland und Israel unterzeichneten am 17. Januar 2025 einen Partnerschaftsvertrag."),
    ("en", "Araghchi met Trump in Moscow on 23 June 2025."),
    ("en", "Trump asked Putin to attack Iran."),
    ("en", "Moscow broke off relations with Iran after the war in June 2025."),
    ("en", "Russia delivered Su-35 fighter jets to Iran in January 2025."),
    ("en", "Putin and Pezeshkian signed the treaty in Tehran on 17 January 2025."),
    ("de", "Araghtschi empfing Putin in Teheran."),
    ("de", "Putin empfing Trump am 15. August 2025 in Alaska."),
    ("en", "Putin said Iran was seeking nuclear weapons."),
    ("en", "Putin took the Emirates' complaints about Iranian attacks to Tehran."),
    ("en", "On 9 March 2026 Trump and Putin met in person."),
    ("en", "Russia welcomed the Israeli strikes on Iran."),
    ("en", "After the US strikes of 22 June 2025 Lavrov accused Trump of having started a new war."),
    ("de", "Iran gewährte dem gestürzten Assad nach dem Einmarsch der Aufständischen in Damaskus Asyl."),
    ("de", "Algerien stimmte am 26. September 2025 im Sicherheitsrat gegen den Aufschub der UN-Sanktionen gegen Iran."),
    ("en", "The US Navy shelled Bushehr on 3 March 2026."),
    ("en", "Araghchi called the war a “cynical murder” after the first strikes of the United States on Iran."),
    ("de", "Putin unterzeichnete das Ratifizierungsgesetz, noch ehe der Föderationsrat zugestimmt hatte."),
]
UNFIT = [
    ("question", "Will Tehran turn to Beijing after the war of June 2025?"),
    ("heading", "Russia and Iran: a partnership under strain"),
    ("strangers", "On 3 May 2025 Bolivia fined Paraguay in La Paz."),
    ("later", "On 3 May 2029 Russia attacked Iran."),
    ("nothing-to-check", "The treaty contains no such clause."),
    ("short", "Donald Trump accepted the offer."),
]


@pytest.mark.parametrize(("language", "claim"), TRUE)
def test_what_the_evidence_says_is_supported_by_its_sentences(language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.publishers > 0) == ("supported", True), found
    assert all(one.text and one.language in ("de", "en") for one in found.witnesses)
    assert not any(one.status in ("negated", "hypothetical", "open") for one in found.witnesses)
    assert (found.start, found.end) == (0, len(claim))


@pytest.mark.parametrize(("language", "claim"), OPEN)
def test_what_rules_cannot_tell_is_shown_with_the_nearest_text_and_no_objection(language: str, claim: str) -> None:
    found = audit(claim, language)
    assert found.verdict in ("supported", "contested", "not-checked")
    assert found.verdict != "not-checked" or (found.reason, found.near is not None) == ("nearest", True)


@pytest.mark.parametrize(("kind", "language", "claim"), WRONG)
def test_what_is_wrong_in_one_respect_differs_in_that(kind: str, language: str, claim: str) -> None:
    found = audit(claim, language)
    assert found.verdict == "differs", found
    assert found.difference
    assert (found.difference.kind, found.difference.claimed != found.difference.told) == (kind, True)


@pytest.mark.parametrize(("language", "claim"), [*NEVER, *(one[1:] for one in WRONG)])
def test_what_nobody_says_is_never_supported(language: str, claim: str) -> None:
    assert audit(claim, language).verdict not in ("supported", "contested")


@pytest.mark.parametrize(("reason", "claim"), UNFIT)
def test_what_cannot_be_checked_says_why(reason: str, claim: str) -> None:
    found = audit(claim)
    assert (found.verdict, found.reason) == ("not-checked", reason)


def test_a_disputed_event_is_contested_by_who_denies_it() -> None:
    found = audit(
        "According to Axios, Putin urged Iran to accept a deal without any enrichment.", answer=say("supported")
    )
    assert found.verdict == "contested"
    assert "denies" in {one.stance for one in found.witnesses}


def test_what_denies_a_claim_in_the_same_sentence_is_shown_by_itself() -> None:
    claim = "Moscow passed information on Iran's air defences to Israel, Sadr alleged."
    found = audit(claim, answer=say("supported"))
    shown = [(one.stance, one.name, one.text.startswith("… "), one.mentions) for one in found.shown]
    assert shown == [("supports", "S065.1", False, ("m065b",)), ("denies", "S065.1", True, ("m065d",))]
    assert (found.verdict, found.reason) == ("contested", "doubted")


@pytest.mark.parametrize(("between", "days"), [(" ", {"2025-06-13"}), ("\n", set())])
def test_the_same_day_is_that_of_the_sentence_before(between: str, days: set[str]) -> None:
    text = f"On 13 June 2025 Israel attacked Iran.{between}Russia condemned the Israeli strikes the same day."
    claims = read_claims(open_case().reference, text, "en", AS_OF)
    assert {one.key for one in claims[1].of("date")} == days


def test_a_day_on_which_texts_disagree_is_contested() -> None:
    found = audit("The treaty entered into force on 2 October 2025.")
    assert found.verdict == "contested"
    assert [one.stance for one in found.witnesses] == ["supports", "differs"]
    assert audit("Der Partnerschaftsvertrag trat 2025 in Kraft.", "de").verdict == "supported"


BESIDE_CASE = """heading supported day supported contested supported nearest nearest supported status short nearest
nearest nearest supported nothing-to-check"""


def test_the_report_beside_the_first_case_shows_what_rules_tell() -> None:
    report = read_report(PROJECT / "data/cases/russia-iran" / EXAMPLE, "2026-11-30", open_case().reference)
    found = audit_text(report, open_case()).findings
    assert [one.reason for one in found] == BESIDE_CASE.split()


def test_the_report_of_a_day_is_read_as_of_that_day() -> None:
    (found,) = audit_all("On 28 February Russia condemned the attack on Iran.", "en", "2026-03-02").findings
    assert found.verdict == "supported"


@pytest.mark.parametrize("edition", sample(["2025-06-16-en", "2025-06-16-de", "2026-06-30-en", "2026-06-30-de"], 1, 3))
def test_our_own_report_raises_no_alarm(edition: str) -> None:
    case = open_case(edition[: len(AS_OF)])
    file = PROJECT / "reports" / "russia-iran" / f"russia-iran-{edition}.html"
    found = audit_text(read_report(file, case.as_of, case.reference), case)
    assert not [one.claim for one in found.findings if one.verdict in ("differs", "not-found")]


def test_the_claims_of_the_half_that_was_read_are_judged_no_worse_than_before() -> None:
    """Of 297 true claims and 290 false ones on the first case."""
    mine = [one for one in CLAIMS if (one["half"], one["set"]) == ("read", "russia-iran") and one["truth"] != "none"]
    verdicts = [(one["truth"], audit_worst(one["claim"], one["language"])) for one in mine]
    true, false = ([verdict for truth, verdict in verdicts if truth == wanted] for wanted in ("true", "false"))
    assert sum(one in ("supported", "contested") for one in true) >= 70
    assert sum(one in ("differs", "not-found") for one in true) <= 4
    assert sum(one in ("differs", "not-found") for one in false) >= 48
    assert sum(one in ("supported", "contested") for one in false) <= 0


def audit_worst(claim: str, language: str) -> str:
    order = ["differs", "not-found", "contested", "not-checked", "supported"]
    return min((one.verdict for one in audit_all(claim, language).findings), key=order.index)


def test_a_case_is_coded_if_people_reviewed_it_to_the_last_mention() -> None:
    case, report = open_case(), ReportText("Israel attacked Iran in June 2025.", "en", "", "", ())
    assert audit_text(report, case).coded
    reviewed = ["no", *case.data.mentions["reviewed"][1:]]
    for mentions in (case.data.mentions.assign(reviewed=reviewed), case.data.mentions[:0]):
        draft = audit_text(report, replace(case, data=replace(case.data, mentions=mentions)))
        assert (draft.coded, draft.findings[0].verdict) == (False, "contested")  # at best
    assert draft.findings[0].reason == "unreviewed"


# --- The Table ---

SAYS_SAME = Signals(0.9, 0.9, 0.9, SAME, SAME, SAME, SAME, SAME, UNSAID, UNSAID, SAME, SAME)


def test_a_sentence_that_says_the_same_in_all_respects_bears_out() -> None:
    assert decide([SAYS_SAME])[:2] == ("supported", "supported")
    assert decide([replace(SAYS_SAME, number=BESIDE, day=BESIDE, standing="reported")]).verdict == "supported"


@pytest.mark.parametrize(
    "spoilt",
    [
        *({name: LACKING} for name in ("names", "act", "sides", "day", "number", "quotation", "order", "polarity")),
        *({"polarity": OTHER}, {"standing": WEAKER}, {"standing": LACKING}, {"words": 0.4}),
    ],
)
def test_what_disagrees_in_any_bears_nothing_out(spoilt: dict[str, str | float]) -> None:
    assert decide([replace(SAYS_SAME, **spoilt)]).verdict != "supported"  # type: ignore[arg-type]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.signal)
def test_each_row_takes_what_differs_in_it_alone(row: tuple[str, str, str, int, str]) -> None:
    signal, value, *_, reason = row
    other = replace(SAYS_SAME, **{signal: value})  # type: ignore[arg-type]
    assert decide([other])[:2] == ("differs", reason)
    assert decide([other, replace(SAYS_SAME, rank=0.1)]).verdict != "differs"  # another says the same
    assert decide([replace(other, words=0.0)]).verdict == ("differs" if signal == "quotation" else "not-checked")


def test_without_any_sentence_nothing_is_found_and_what_is_half_like_it_is_shown() -> None:
    assert decide([])[:2] == ("not-found", "not-found")
    assert decide([replace(SAYS_SAME, share=0.1, words=0.1, names=LACKING)])[:2] == ("not-checked", "nearest")


def test_a_heading_or_an_outlook_differs_from_nothing() -> None:
    assert decide([replace(SAYS_SAME, day=OTHER, told=False)])[:2] == ("not-checked", "nearest")


# --- A Language Model as Judge ---


def say(verdict: str, *evidence: int, why: str = "") -> str:
    return json.dumps({"verdict": verdict, "evidence": evidence or (1,), "why": why})


def test_a_request_holds_the_claim_its_day_and_six_sentences_each_once() -> None:
    case, report = open_case(), ReportText("On 13 June 2025 Israel attacked Iran.", "en", "", "2025-07-01", ())
    (request,) = list_claim_requests(case, report, weigh_claims(case, report), "m")
    assert request
    asked = json.loads(request.body["messages"][1]["content"])
    assert (asked["claim"], asked["day"]) == (report.text, "2025-07-01")
    assert [one["no"] for one in asked["evidence"]] == [1, 2, 3, 4, 5, 6]
    assert len({one["text"] for one in asked["evidence"]}) == 6
    (same,) = list_claim_requests(case, report, weigh_claims(case, report), "m")
    assert same == request


def test_what_is_no_claim_is_not_asked_about_but_what_only_rules_cannot_check_is() -> None:
    case, report = open_case(), ReportText("\n".join(claim for _, claim in UNFIT), "en", "", "", ())
    asked = list_claim_requests(case, report, weigh_claims(case, report), "m")
    assert [reason for (reason, _), one in zip(UNFIT, asked, strict=True) if one] == ["nothing-to-check", "short"]


@pytest.mark.parametrize(
    ("answer", "verdict", "reason"),
    [
        (say("supported"), "supported", "supported"),
        (say("differs", why="Another day."), "differs", "judged"),
        (say("not-found"), "not-found", "not-found"),
        (say("not-settled"), "not-checked", "unsettled"),
        ('{"verdict": "not-settled", "evidence": [], "why": "An opinion."}', "not-checked", "opinion"),
        (say("supported", 7), "not-checked", "evidence"),
        (say("supported", 1, 9), "not-checked", "evidence"),
        (say("differs", 0), "not-checked", "evidence"),
        ("no idea", "supported", "supported"),  # no answer: the rules judge
        (say("true"), "supported", "supported"),
    ],
)
def test_a_verdict_of_a_model_counts_if_it_rests_on_what_it_was_given(answer: str, verdict: str, reason: str) -> None:
    found = audit("On 13 June 2025 Israel attacked Iran.", answer=answer)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.judge == ("" if "idea" in answer or "true" in answer else "m")


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        ("On 13 June 2025 Israel attacked Iran.", True),
        ("On 14 May 2024 Israel attacked Iran.", False),
        ("On 13 June 2025 Bolivia attacked Iran.", False),
        ("On 13 June 2025 Israel attacked Iran with 475 aircraft.", False),
        ("On 13 June 2025 Israel attacked Iran, “to end it once and for all”.", False),
        ("On 13 June 2025 Israel attacked Iran, as General Obermeier had ordered.", False),
    ],
)
def test_what_a_model_calls_supported_must_stand_there_with_names_numbers_days_and_words(
    claim: str, *, held: bool
) -> None:
    found = audit(claim, answer=say("supported", 1, 2))
    assert (found.reason != "unheld") is held


def test_what_the_rules_read_otherwise_is_a_remark_and_outvotes_nothing() -> None:
    found = audit("Russia did not condemn the Israeli strikes on Iran in June 2025.", answer=say("supported"))
    assert found.verdict in ("supported", "contested")
    assert found.remark
    assert found.remark.kind == "denied"


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"verdict": 1}', '{"verdict": "supported", "evidence": 3}', "{" * 9999]
)
def test_what_is_no_verdict_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_judgement(text)


def test_a_reason_is_one_line_of_plain_characters() -> None:
    told = read_judgement(
        json.dumps({"verdict": "differs", "evidence": [1, 1, True, "2"], "why": "a\u202eb\n\tc" + "x" * 999})
    )
    assert (told.evidence, told.why[:4], len(told.why) <= 300) == ((0,), "ab c", True)
    assert admit(told, read_claims(open_case().reference, "Iran.", "en", AS_OF)[0], []) == "evidence"
