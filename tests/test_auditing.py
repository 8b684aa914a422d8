"""The verdicts of an audit on the first case: what they must say, and what they must never say."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from examples import PROJECT
from lagebild.audit.audit_desk import EXAMPLE
from lagebild.audit.auditor import CaseEvidence, audit_text, list_claim_requests, weigh_claims
from lagebild.audit.finding import Audit, Finding
from lagebild.audit.items import read_claims
from lagebild.audit.judging import admit, read_judgement
from lagebild.audit.report_text import ReportText, read_report
from lagebild.audit.search import read_evidence
from lagebild.core.answers import Answer
from lagebild.core.errors import InputError
from lagebild.core.folders import locate
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
    case, report = open_case(), ReportText(text=text, language=language, day=day)
    weighed = weigh_claims(case, report)
    asked = [one.digest for one in list_claim_requests(case, report, weighed, "m") if one]
    answers = {digest: Answer(answer, "m") for digest in asked} if answer else {}
    return audit_text(report, case, weighed, "m" if answer else "", answers)


def audit(claim: str, language: str = "en", answer: str = "") -> Finding:
    (found,) = audit_all(claim, language, answer=answer).findings
    return found


TRUE = [  # rules may not say so, but must not object, and must show a text
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
    ("en", "Israel bombed Iranian nuclear sites."),
    ("en", "Putin met Araghchi in the Kremlin on 23 June 2025."),
    ("de", "Putin empfing Araghtschi im Kreml."),
    ("en", "Iran did not ask Moscow for military help."),
    ("en", "Jalali denied after a meeting that Iran had asked for the S-400."),
    ("de", "Der Vertrag verpflichtet Russland nicht, Iran zu verteidigen."),
]
WRONG = [
    ("day", "de", "Am 17. Mai 2025 besuchte Araghtschi Putin in Moskau und überbrachte ihm eine Botschaft Chameneis."),
    ("number", "en", "Iran and Rosatom signed a 5-billion-dollar contract for four nuclear plants."),
    ("quotation", "en", "After heavy air raids on Ukraine Trump called Putin “completely honest”."),
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
def test_rules_support_nothing_and_show_the_nearest_text(language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.reason, found.near is not None) == ("not-checked", "nearest", True)
    assert (found.start, found.end, found.publishers) == (0, len(claim), 0)


@pytest.mark.parametrize(("kind", "language", "claim"), WRONG)
def test_another_day_number_or_quotation_is_told_by_the_text_that_has_it(kind: str, language: str, claim: str) -> None:
    found = audit(claim, language)
    assert (found.verdict, found.reason) == ("differs", kind)
    assert found.difference
    assert (found.difference.kind, found.difference.claimed != found.difference.told) == (kind, True)
    assert [one.stance for one in found.witnesses] == ["differs"]


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
    found = audit("The treaty entered into force on 2 October 2025.", answer=say("supported"))
    assert found.verdict == "contested"
    assert {"supports", "differs"} <= {one.stance for one in found.witnesses}


BESIDE_CASE = """heading nearest day nearest nearest nearest nearest nearest nearest nearest short nearest nearest
nearest nearest nothing-to-check"""


def test_the_report_beside_the_first_case_shows_what_rules_tell() -> None:
    report = read_report(PROJECT / "data/cases/russia-iran" / EXAMPLE, "2026-11-30", open_case().reference)
    found = audit_text(report, open_case()).findings
    assert [one.reason for one in found] == BESIDE_CASE.split()


@pytest.mark.parametrize("edition", sample(["2025-06-16-en", "2025-06-16-de", "2026-06-30-en", "2026-06-30-de"], 3))
def test_our_own_report_raises_no_alarm(edition: str, real_pages: Path) -> None:
    case = open_case(edition[: len(AS_OF)])
    file = real_pages / "reports" / "russia-iran" / f"russia-iran-{edition}.html"
    found = audit_text(read_report(file, case.as_of, case.reference), case)
    assert not [one.claim for one in found.findings if one.verdict in ("differs", "not-found")]


def test_the_claims_of_the_half_that_was_read_are_judged_no_worse_than_before() -> None:
    """Of 297 true claims and 290 false ones on the first case."""
    verdicts: dict[str, list[str]] = {"true": [], "false": []}
    nearest = []
    for one in CLAIMS:
        if (one["half"], one["set"]) == ("read", "russia-iran") and one["truth"] in verdicts:
            found = audit_all(one["claim"], one["language"]).findings
            verdicts[one["truth"]] += [finding.verdict for finding in found]
            shown = {finding.near.source_id for finding in found if finding.near}
            if one["truth"] == "true" and shown:
                nearest.append(not shown.isdisjoint(source for source, _ in one["evidence"]))
    assert verdicts["true"].count("differs") <= 2
    assert verdicts["false"].count("differs") >= 48
    assert not {"supported", "contested"} & {*verdicts["true"], *verdicts["false"]}
    assert sum(nearest) / len(nearest) >= 0.84


def test_a_case_is_coded_if_people_reviewed_it_to_the_last_mention() -> None:
    case, report = open_case(), ReportText(text="Israel attacked Iran in June 2025.", language="en")
    weighed = weigh_claims(case, report)
    (request,) = list_claim_requests(case, report, weighed, "m")
    assert request
    answers = {request.digest: Answer(say("supported"), "m")}
    assert audit_text(report, case, weighed, "m", answers).coded
    reviewed = ["no", *case.data.mentions["reviewed"][1:]]
    for mentions in (case.data.mentions.assign(reviewed=reviewed), case.data.mentions[:0]):
        drafted = replace(case, data=replace(case.data, mentions=mentions))
        draft = audit_text(report, drafted, weighed, "m", answers)
        assert (draft.coded, draft.findings[0].verdict) == (False, "contested")  # at best
    assert draft.findings[0].reason == "unreviewed"


# --- A Language Model as Judge ---


def say(verdict: str, *evidence: int, why: str = "") -> str:
    return json.dumps({"verdict": verdict, "evidence": evidence or (1,), "why": why})


def test_a_request_holds_the_claim_its_day_and_six_sentences_each_once() -> None:
    case, report = (
        open_case(),
        ReportText(text="On 13 June 2025 Israel attacked Iran.", language="en", day="2025-07-01"),
    )
    (request,) = list_claim_requests(case, report, weigh_claims(case, report), "m")
    assert request
    asked = json.loads(request.body["messages"][1]["content"])
    assert (asked["claim"], asked["day"]) == (report.text, "2025-07-01")
    assert [one["no"] for one in asked["evidence"]] == [1, 2, 3, 4, 5, 6]
    assert len({one["text"] for one in asked["evidence"]}) == 6
    (same,) = list_claim_requests(case, report, weigh_claims(case, report), "m")
    assert same == request


def test_what_is_no_claim_is_not_asked_about_but_what_only_rules_cannot_check_is() -> None:
    case, report = open_case(), ReportText(text="\n".join(claim for _, claim in UNFIT), language="en")
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
        ("<think>{a: 1} {}</think> " + say("supported"), "supported", "supported"),
        ("no idea", "not-checked", "nearest"),  # no answer: the rules judge
        (say("true"), "not-checked", "nearest"),
    ],
)
def test_a_verdict_of_a_model_counts_if_it_rests_on_what_it_was_given(answer: str, verdict: str, reason: str) -> None:
    found = audit("On 13 June 2025 Israel attacked Iran.", answer=answer)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.judge == ("" if reason == "nearest" else "m")


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
