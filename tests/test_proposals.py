"""Drafts beside decisions: what is drafted, what people make of it, and a case that only the draft coder has read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import append, dataset_of, edition_of, faults_in, mentions, open_case, read_rows, render, sources, tiny
from known import REFERENCE
from lagebild.coder.lexicon import read_lexicon
from lagebild.core import tables as store
from lagebild.core.csv_files import to_csv
from lagebild.core.disk import write_bytes
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths, locate
from lagebild.core.offices import stands_for
from lagebild.core.schema import TABLES
from lagebild.core.tables import read_case, records
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.case_drafts import draft_case, find_actor
from lagebild.dataset.dataset import Dataset
from lagebild.dataset.decisions import decide
from lagebild.dataset.matching import apply_reviews, match_drafts
from lagebild.dataset.proposals import LONGEST, name_events, propose, shorten
from lagebild.report import details as appendix, edition, sections as report
from lagebild.report.edition import count_key_figures
from lagebild.run.checks import check_case

GERMAN = (
    "Israel hat am Freitag den Iran angegriffen. Russland verurteilte Israel. "
    "China bestreitet, dem Iran Waffen geliefert zu haben."
)
ENGLISH = (
    "Israel attacked Iran on Friday. China supplied Iran with weapons. The weather was fine in most of the country."
)
FIRST, SECOND = "V-S1-en-1.1", "V-S1-en-1.2"  # an event is named after its first draft
DRAFT = {
    "draft_id": "D-S1-en-1.1",
    "source_id": "S1",
    "language": "en",
    "sentence_no": 1,
    "start": 0,
    "end": 20,
    "evidence": "Words that tell it. ",
    "event_type": "SUPPORT",
    "type_alt": "",
    "mode": "",
    "source_actors": "RUS",
    "target_actors": "IRN",
    "mutual": "no",
    "date": "2025-01-17",
    "date_text": "on 17 January",
    "date_basis": "stated",
    "status": "asserted",
    "speaker": "",
    "speaker_text": "",
    "cue": "",
    "rule": "en-v-praise",
    "confidence": "A",
    "inferred": "",
    "readers": "rules",
    "decision": "open",
    "mention_id": "",
    "event_id": "",
}


def drafts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of drafts of one page, numbered D-S1-en-1.1, D-S1-en-1.2, … unless named."""
    numbered = [DRAFT | {"draft_id": f"D-S1-en-1.{number}"} | row for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(numbered, columns=list(TABLES["drafts"].columns))


def traced(draft: dict[str, Any], mention: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a draft and a mention of one sentence after they were compared."""
    decided, reported = match_drafts(REFERENCE, drafts(draft), mentions(mention), sources({}))
    return records(decided)[0], records(reported)[0]


# --- what is drafted


def test_the_codes_of_the_draft_coder_name_actors() -> None:
    assert [find_actor(REFERENCE, code) for code in ("IRN", "ORG:NATO", "PER:Vladimir Putin")] == [
        "IRN",
        "nato",
        "putin",
    ]


@pytest.mark.parametrize("kind", ["state", "organisation", "group", "person"])
def test_whom_an_actor_stands_for_is_an_actor(kind: str) -> None:
    actors = REFERENCE.table("actors")
    known = set(actors["actor_id"])
    for actor in actors.loc[actors["type"] == kind, "actor_id"]:
        assert find_actor(REFERENCE, stands_for(REFERENCE, actor, "2025-06-16")) in known


def test_every_draft_stands_in_its_sentence_to_the_character(root: Path) -> None:
    paths, inputs = tiny(root), open_case(tiny(root))
    sentences, found = inputs.corpus.sentences, draft_case(inputs).events
    assert len(found) >= 5
    assert set(found["language"]) == {"de", "en"}
    at = {(s["source_id"], s["language"], s["sentence_no"]): s for s in records(sentences)}
    for row in records(found):
        sentence = at[row["source_id"], row["language"], row["sentence_no"]]
        text = (paths.texts / f"{row['source_id']}.{row['language']}.txt").read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["evidence"]
        assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]
        assert row["draft_id"].startswith(f"D-{row['source_id']}-{row['language']}-{row['sentence_no']}.")
        assert row["decision"] == ("candidate" if row["confidence"] == "C" else "open")


def test_drafting_twice_gives_the_same_table(root: Path) -> None:
    once, twice = (draft_case(open_case(tiny(root))) for _ in range(2))
    pd.testing.assert_frame_equal(once.events, twice.events)
    pd.testing.assert_frame_equal(once.statements, twice.statements)


# --- a reviewed case


def test_a_mention_that_tells_what_was_drafted_accepts_it() -> None:
    draft, mention = traced({}, {})
    assert (draft["decision"], draft["mention_id"], draft["event_id"]) == ("accepted", "m1", "E1")
    assert (mention["origin"], mention["rule"], mention["reviewed"]) == ("drafted", "en-v-praise", "yes")


def test_a_person_stands_for_the_state_when_sides_are_compared() -> None:
    draft, mention = traced({}, {"source_actors": "putin"})
    assert (draft["decision"], mention["origin"]) == ("accepted", "drafted")
    assert mention["source_actors"] == "putin"


@pytest.mark.parametrize(
    ("draft", "mention", "changed"),
    [
        ({}, {"date": "2025-01"}, "date"),
        ({}, {"status": "reported"}, "status"),
        ({}, {"target_actors": "IRN;CHN"}, "target_actors"),
        ({"source_actors": ""}, {}, "source_actors"),
        ({"type_alt": "AGREE;AID"}, {"event_type": "AID"}, "event_type"),
        ({}, {"mutual": "yes", "source_actors": "RUS;IRN", "target_actors": "RUS;IRN"}, "mutual"),
        ({"date": ""}, {"target_actors": "IRN;CHN", "status": "open"}, "target_actors, date, status"),
    ],
)
def test_a_mention_that_changes_a_draft_says_what(draft: dict[str, Any], mention: dict[str, Any], changed: str) -> None:
    decided, reported = traced(draft, mention)
    assert decided["decision"] == "edited"
    assert (reported["origin"], reported["rule"]) == ("edited", f"en-v-praise; edited: {changed}")


@pytest.mark.parametrize(
    ("draft", "mention"),
    [
        ({"event_type": "ASSAULT"}, {}),
        ({"sentence_no": 2}, {}),
        ({"language": "de"}, {}),
        ({"source_id": "S2"}, {}),
        ({"source_actors": "IRN", "target_actors": "RUS"}, {}),
        ({"source_actors": "CHN", "target_actors": ""}, {}),
        ({}, {"event_id": "", "condition_id": "C1"}),
    ],
)
def test_what_tells_something_else_is_no_decision_on_a_draft(draft: dict[str, Any], mention: dict[str, Any]) -> None:
    decided, reported = traced(draft, mention)
    assert (decided["decision"], decided["mention_id"], decided["event_id"]) == ("rejected", "", "")
    assert (reported["origin"], reported["rule"]) == ("added", "coded by hand")


def test_a_candidate_is_neither_taken_up_nor_rejected() -> None:
    draft, mention = traced({"decision": "candidate", "confidence": "C"}, {})
    assert (draft["decision"], mention["origin"]) == ("candidate", "added")


def test_a_draft_is_taken_up_once_and_by_the_mention_that_is_most_like_it() -> None:
    decided, reported = match_drafts(REFERENCE, drafts({}), mentions({"date": "2025"}, {}), sources({}))
    assert list(decided["mention_id"]) == ["m2"]
    assert list(reported["origin"]) == ["added", "drafted"]


def test_of_two_drafts_of_one_act_one_is_taken_up() -> None:
    decided, _ = match_drafts(REFERENCE, drafts({"date": ""}, {}), mentions({}), sources({}))
    assert list(decided["decision"]) == ["rejected", "accepted"]


def test_one_language_that_agrees_is_enough() -> None:
    two = drafts({"date": ""}, {"draft_id": "D-S1-de-1.1", "language": "de", "rule": "de-v-loben"})
    reported = mentions({}, {"mention_id": "m1", "language": "de"})
    decided, traced_ = match_drafts(REFERENCE, two, reported, sources({}))
    assert list(decided["decision"]) == ["edited", "accepted"]
    assert set(zip(traced_["origin"], traced_["rule"], strict=True)) == {("drafted", "de-v-loben")}


def test_a_decision_of_a_reviewer_stays_what_made_the_row() -> None:
    draft, mention = traced({}, {"origin": "edited", "rule": "d1"})
    assert (draft["decision"], mention["origin"], mention["rule"]) == ("accepted", "edited", "d1")


def test_a_reviewed_case_leaves_no_draft_open(root: Path) -> None:
    data = dataset_of(tiny(root))
    assert set(data.drafts["decision"]) <= {"accepted", "edited", "rejected", "candidate"}
    taken = data.drafts[data.drafts["mention_id"] != ""]
    assert len(taken)
    assert set(taken["mention_id"]) <= set(data.mentions["mention_id"])
    assert set(data.mentions.loc[data.mentions["origin"] != "added", "mention_id"]) <= set(taken["mention_id"])
    assert set(data.mentions["reviewed"]) == {"yes"}


def test_an_edition_drafts_only_what_it_knows(root: Path) -> None:
    assert set(dataset_of(tiny(root, "2025-01-20")).drafts["source_id"]) == {"T1"}


def test_the_edition_counts_what_became_of_the_drafts(root: Path) -> None:
    paths = tiny(root)
    edition_of(paths)
    counts = count_key_figures(edition.gather_edition(REFERENCE, paths))
    assert counts["accepted"] + counts["edited"] + counts["added"] == counts["reported"]
    assert counts["open"] == counts["drafted"] == 0
    assert counts["rejected"] <= counts["drafts"]


@pytest.mark.slow
def test_a_report_states_what_was_measured_of_the_draft_coder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = tiny(root)
    edition_of(paths)
    monkeypatch.setattr("lagebild.report.document.read_svg", lambda *_: "")  # no figure is drawn here
    assert "0,91" not in appendix.quality(edition.gather_edition(REFERENCE, paths)).html
    columns = ["measure", "news_de", "news_en", "agency_de", "agency_en", "heldout_de", "heldout_en"]
    measured = pd.DataFrame([("F1", "0,51", "0,52", "0,91", "0,92", "0,81", "0,82")], columns=columns)
    monkeypatch.setattr("lagebild.coder.summarize", lambda *_: measured)
    html = appendix.quality(edition.gather_edition(REFERENCE, paths)).html
    assert all(figure in html for figure in ("F1", "0,51", "0,52", "0,91", "0,92", "0,81", "0,82"))


# --- merging


def merged(*rows: dict[str, Any], days: dict[str, str] | None = None) -> list[str]:
    """Return the events of drafts, each of a page of its own unless said otherwise, and of the day given."""
    placed = [{"source_id": f"S{number}"} | row for number, row in enumerate(rows, start=1)]
    names = sorted({row["source_id"] for row in placed})
    pages = sources(*({"source_id": name, "known_from": (days or {}).get(name, "2025-01-18")} for name in names))
    proposed = propose(drafts(*placed), pages).set_index("mention_id")
    return list(proposed.loc[[f"D-S1-en-1.{number}" for number in range(1, len(rows) + 1)], "event_id"])


def test_two_demands_for_different_things_stay_two() -> None:
    release = {"event_type": "REQUEST", "evidence": "Germany demanded the release of the hostages from Iran"}
    checks = {"event_type": "REQUEST", "evidence": "Germany demanded stricter inspections of reactors from Iran"}
    again = {"event_type": "REQUEST", "evidence": "On Monday Germany demanded the immediate release of the hostages"}
    one, other = merged(release, checks)
    assert one != other
    assert len(set(merged(release, again))) == 1
    assert len(set(merged(release | {"event_type": "ASSAULT"}, checks | {"event_type": "ASSAULT"}))) == 1


@pytest.mark.parametrize(
    "rows",
    [
        ({}, {}),
        ({}, {"date": "2025-01"}),
        ({"date": ""}, {}),
        ({"date": ""}, {"date": ""}),
        ({}, {"status": "negated"}),
        ({"source_actors": "RUS;CHN"}, {"source_actors": "CHN;RUS"}),
        (
            {"mutual": "yes", "source_actors": "RUS;IRN", "target_actors": "RUS;IRN"},
            {"mutual": "yes", "source_actors": "IRN;RUS", "target_actors": "IRN;RUS"},
        ),
    ],
)
def test_drafts_of_one_act_are_one_event(rows: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert merged(*rows) == [FIRST, FIRST]


@pytest.mark.parametrize(
    "rows",
    [
        ({}, {"event_type": "AID"}),
        ({}, {"source_actors": "IRN", "target_actors": "RUS"}),
        ({}, {"target_actors": "IRN;CHN"}),
        ({}, {"date": "2025-01-18"}),
        ({}, {"mutual": "yes", "source_actors": "RUS;IRN", "target_actors": "RUS;IRN"}),
        ({"date": ""}, {"date": "2024-12"}),  # news without a date is of its week, not of the month before
        ({"mode": "seize"}, {"mode": "blockade"}),
        ({}, {"date": "2025"}),  # in a year, many do the same to many
        ({"date": "", "evidence": "defenses destroyed"}, {"date": "", "evidence": "struggles to down missiles"}),
        ({"target_actors": "", "evidence": "defenses destroyed"}, {"target_actors": "", "evidence": "struck trains"}),
    ],
)
def test_drafts_of_different_acts_are_two_events(rows: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert merged(*rows) == [FIRST, SECOND]


@pytest.mark.parametrize(("later", "same"), [("2025-01-21", True), ("2025-01-22", False)])
def test_an_undated_draft_belongs_to_what_was_told_within_three_days(later: str, same: bool) -> None:
    found = merged({"date": ""}, {"date": ""}, days={"S2": later})
    assert found == [FIRST, FIRST if same else SECOND]


def test_an_undated_draft_does_not_join_two_days_to_one_event() -> None:
    assert merged({}, {"date": ""}, {"date": "2025-01-16"}) == [FIRST, FIRST, "V-S1-en-1.3"]


def test_drafts_of_one_text_may_lie_in_any_order_of_days() -> None:
    days = {"S1": "2025-01-18"}
    assert merged({"date": ""}, {"source_id": "S1", "start": 30}, days=days) == [FIRST, FIRST]


def test_what_one_text_denies_and_another_tells_is_denied() -> None:
    proposed = propose(drafts({"status": "negated"}, {}), sources({}))
    assert list(proposed.sort_values("mention_id")["stance"]) == ["denies", "supports"]
    assert list(propose(drafts({"status": "negated"}), sources({}))["stance"]) == ["supports"]


def test_a_proposed_mention_says_why_it_is_there_and_that_nobody_reviewed_it() -> None:
    (row,) = records(propose(drafts({"confidence": "B", "inferred": "target"}), sources({})))
    assert row["reason"] == "rule en-v-praise, confidence B; inferred: target"
    assert (row["origin"], row["reviewed"], row["credibility"], row["by"]) == ("drafted", "no", "6", "draft coder")


def test_candidates_come_last_and_change_no_event() -> None:
    alone = {"decision": "candidate", "confidence": "C", "event_type": "AID"}
    like = {"decision": "candidate", "confidence": "C", "start": 40}
    proposed = propose(drafts(alone, {"start": 30}, like), sources({})).set_index("mention_id")
    assert list(proposed["event_id"].sort_index()) == [FIRST, SECOND, SECOND]


def test_the_events_of_an_edition_keep_their_ids_when_later_pages_are_added() -> None:
    rows: tuple[dict[str, Any], ...] = ({}, {"date": "2025-01-10"}, {"date": ""}, {"event_type": "AID"})
    days = {"S1": "2025-01-18", "S2": "2025-01-19", "S3": "2025-01-20", "S4": "2025-01-21"}
    assert [merged(*rows[:n], days=days) for n in (1, 2, 3)] == [merged(*rows, days=days)[:n] for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("row", "german", "english"),
    [
        ({"evidence": "Moscow backs Iran"}, "Moscow backs Iran [en]", "Moscow backs Iran"),
        ({"evidence": "Moskau stützt Iran", "language": "de"}, "Moskau stützt Iran", "Moskau stützt Iran [de]"),
        ({"evidence": "its support"}, "Russland → Iran: its support [en]", "Russia → Iran: its support"),
        ({"evidence": "aid", "target_actors": ""}, "Russland → unbekannt: aid [en]", "Russia → unknown: aid"),
        (
            {"evidence": "", "mutual": "yes", "source_actors": "RUS;IRN"},
            "Russland – Iran: Unterstützung oder Zustimmung",
            "Russia – Iran: Support or approval",
        ),
    ],
)
@pytest.mark.parametrize("reviewed", ["yes", "no"])
def test_an_event_that_nobody_named_is_named_by_the_words_of_its_evidence(
    reviewed: str, row: dict[str, Any], german: str, english: str
) -> None:
    none = pd.DataFrame(columns=["event_id", "summary_de", "summary_en"], dtype=str)
    (named,) = records(name_events(REFERENCE, mentions({"reviewed": reviewed} | row), none))
    assert (named["summary_de"], named["summary_en"]) == (german, english)


@pytest.mark.parametrize(
    ("language", "rule", "evidence", "label"),
    [
        ("en", "", "Two words.", "Two words"),
        ("en", "", "", ""),
        ("en", "", f"{'word ' * 20}", f"{'word ' * 12}…"),
        ("en", "", f"{'word ' * 11}and the {'word ' * 9}", f"{'word ' * 11}…"),  # nothing ends with an article
        (
            "en",
            "",
            "In the east of the town, two men and three women were killed by a mob",
            "… two men and three women were killed by a mob",
        ),
        (
            "en",
            "KILLED",
            "The old king of the country, whose sons had long left the palace for the sea, was killed",
            "The old king … the palace for the sea, was killed",
        ),
        (
            "de",
            "ERSCHOSSEN",
            "Bei Zusammenstößen im Süden des Landes erschoss die Armee am Freitag einen Mann",
            "… erschoss die Armee am Freitag einen Mann",
        ),
        (
            "de",
            "ERSCHOSSEN",
            "Bei Unruhen im Süden des Landes wurden am Freitag mehr als zwanzig Männer erschossen",
            "… mehr als zwanzig Männer erschossen",
        ),
        ("de", "", "Nach dem Ende aller Gespräche über ein Abkommen, das niemand wollte, zog er ab", ""),
    ],
)
def test_a_label_is_a_piece_of_the_evidence_with_its_subject_and_its_act(
    language: str, rule: str, evidence: str, label: str
) -> None:
    words = read_lexicon(REFERENCE, language)
    lemma = {"KILLED": "kill", "ERSCHOSSEN": "erschießen"}.get(rule, "")
    frame = next((frame.frame_id for frame in words.frames.get(lemma, [])), "")
    found = shorten(words, evidence, frame)
    assert found == label or not label
    assert len(found) <= LONGEST
    told = [word.strip(".,;:–-") for word in evidence.split()]
    assert [word for word in found.replace(",", "").split() if word != "…" and word not in "".join(told)] == []


def test_an_event_that_somebody_named_keeps_its_name() -> None:
    names = pd.DataFrame([("E1", "So", "Thus")], columns=["event_id", "summary_de", "summary_en"])
    assert records(name_events(REFERENCE, mentions({}), names)) == records(names)


def test_what_was_drafted_and_is_gone_was_rejected() -> None:
    left = mentions({"mention_id": "D-S1-en-1.1", "origin": "drafted", "reviewed": "no"})
    settled = apply_reviews(drafts({}, {}, {"decision": "candidate"}), left)
    assert list(settled["decision"]) == ["open", "rejected", "candidate"]


# --- a case that nobody has reviewed


@pytest.fixture
def case(tmp_path: Path) -> Paths:
    """Return the paths of a new case of a German and an English text."""
    for name, text in (("a.txt", GERMAN), ("b.txt", ENGLISH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    make_case("probe", [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], Given("2025-06-16"), "", str(tmp_path))
    return locate("probe", "2025-06-16", root=str(tmp_path))


def _decide(paths: Paths, *decisions: tuple[str, str, str, str]) -> Dataset:
    rows = [(f"d{number}", *what, "why", "who", "2025-07-01") for number, what in enumerate(decisions, start=1)]
    table = TABLES["case/decisions"]
    frame = pd.DataFrame(rows, columns=list(table.columns))
    write_bytes(paths.inputs / table.file, to_csv(frame).encode())
    return dataset_of(paths)


def _attack(data: Dataset) -> list[str]:
    rows = data.drafts[(data.drafts["event_type"] == "ASSAULT") & (data.drafts["source_actors"] == "ISR")]
    return sorted(rows["draft_id"])


def test_the_drafts_of_a_new_case_are_its_mentions(case: Paths) -> None:
    data = dataset_of(case)
    proposed = data.drafts[data.drafts["decision"] != "candidate"]
    assert len(proposed) >= 4
    assert set(data.mentions["mention_id"]) == set(proposed["draft_id"])
    assert set(data.mentions["origin"]) == {"drafted"}
    assert set(data.mentions["reviewed"]) == {"no"}
    assert set(data.drafts["decision"]) <= {"open", "candidate"}
    assert faults_in(case) == []


def test_evidence_of_a_new_case_stands_where_it_was_drafted(case: Paths) -> None:
    data = dataset_of(case)
    at = data.drafts.set_index("draft_id")
    for row in records(data.mentions):
        draft = at.loc[row["mention_id"]]
        assert [row[c] for c in ("start", "end", "evidence", "language")] == [
            draft[c] for c in ("start", "end", "evidence", "language")
        ]


def test_two_texts_in_two_languages_tell_one_attack(case: Paths) -> None:
    data = dataset_of(case)
    (event,) = records(data.events[data.events["event_type"] == "ASSAULT"])
    assert (event["source_actors"], event["target_actors"], event["date"]) == ("ISR", "IRN", "2025-06-13")
    assert len(event["mention_ids"].split(";")) == 2


def test_a_denial_in_one_text_makes_what_the_other_tells_contested(case: Paths) -> None:
    data = dataset_of(case)
    (event,) = records(data.events[data.events["event_type"] == "AID"])
    assert (event["source_actors"], event["contested"]) == ("CHN", "occurrence")


def test_decisions_on_drafts_are_carried_out(case: Paths) -> None:
    before = dataset_of(case)
    first, second = _attack(before)
    other = next(row for row in records(before.mentions) if row["event_type"] == "ACCUSE")
    data = _decide(
        case, (first, "accept", "", ""), (second, "edit", "status", "reported"), (other["mention_id"], "reject", "", "")
    )
    reported = data.mentions.set_index("mention_id")
    assert list(reported.loc[first, ["origin", "reviewed"]]) == ["drafted", "yes"]
    assert list(reported.loc[second, ["origin", "reviewed", "status", "rule"]]) == ["edited", "yes", "reported", "d2"]
    assert other["mention_id"] not in reported.index
    decided = data.drafts.set_index("draft_id")["decision"]
    assert [decided[name] for name in (first, second, other["mention_id"])] == ["accepted", "edited", "rejected"]
    (event,) = records(data.events[data.events["event_type"] == "ASSAULT"])
    assert event["summary_en"] == "Israel hat am Freitag den Iran angegriffen [de]"
    assert faults_in(case) == []


def _group(*decisions: str, of: pd.DataFrame) -> dict[str, str]:
    """Return the events of drafts by the last figure of their ids, as decisions leave them."""
    rows = []
    for number, decision in enumerate(decisions, start=1):
        name, action, field, value = decision.split(" ")
        rows.append((f"d{number}", f"D-S1-en-1.{name}", action, field, value, "why", "who", "2025-07-01"))
    taken = pd.DataFrame(rows, columns=list(TABLES["case/decisions"].columns), dtype=str)
    none = pd.DataFrame(columns=list(TABLES["case/mentions"].columns), dtype=str)
    left = decide(none, taken, propose(of, sources({})))
    return {name.rpartition(".")[2]: event for name, event in zip(left["mention_id"], left["event_id"], strict=True)}


@pytest.mark.parametrize(
    ("decisions", "events"),
    [
        ([], {"1": FIRST, "2": FIRST, "3": FIRST}),
        (["1 reject  "], {"2": SECOND, "3": SECOND}),  # named after a draft that counts
        (["2 edit source_actors CHN"], {"1": FIRST, "2": SECOND, "3": FIRST}),
        (["1 reject  ", "2 edit source_actors CHN"], {"2": SECOND, "3": "V-S1-en-1.3"}),
        (["1 edit date 2024-12-17"], {"1": FIRST, "2": SECOND, "3": SECOND}),
        (["1 reject  ", "3 merge  V-S1-en-1.1"], {"2": FIRST, "3": FIRST}),  # a person wants it there
        (["1 split  V900"], {"1": "V900", "2": FIRST, "3": FIRST}),
        (["1 reject  ", "1 accept  "], {"1": FIRST, "2": FIRST, "3": FIRST}),
    ],
)
def test_drafts_are_grouped_to_events_by_what_was_decided(decisions: list[str], events: dict[str, str]) -> None:
    assert _group(*decisions, of=drafts({}, {}, {})) == events


def test_a_row_that_is_mended_joins_the_event_that_it_tells() -> None:
    two = drafts({}, {"source_actors": "CHN"}, {"source_actors": ""})
    assert _group("3 edit source_actors CHN", of=two) == {"1": FIRST, "2": SECOND, "3": SECOND}


def test_a_candidate_that_is_taken_up_leaves_the_event_its_name() -> None:
    two = drafts({"decision": "candidate"}, {"start": 30})
    assert _group("1 accept  ", of=two) == {"1": SECOND, "2": SECOND}


def test_a_draft_can_be_merged_and_split_off(case: Paths) -> None:
    first, second = _attack(dataset_of(case))
    split = _decide(case, (second, "split", "", "V900"))
    assert {"V900"} < set(split.events["event_id"])
    back = _decide(case, (second, "split", "", "V900"), (second, "merge", "", split.mentions["event_id"].iloc[0]))
    assert "V900" not in set(back.events["event_id"])
    assert first in set(back.mentions["mention_id"])


@pytest.mark.parametrize(
    ("action", "value", "there"),
    [("", "", False), ("accept", "", True), ("reject", "", False), ("merge", FIRST, False), ("edit", "open", True)],
)
def test_a_candidate_becomes_a_mention_only_if_a_reviewer_takes_it_up(action: str, value: str, there: bool) -> None:
    proposed = propose(drafts({"decision": "candidate", "confidence": "C"}), sources({}))
    taken = [("d1", "D-S1-en-1.1", action, "status" if action == "edit" else "", value, "", "", "")] * bool(action)
    decisions = pd.DataFrame(taken, columns=list(TABLES["case/decisions"].columns), dtype=str)
    none = pd.DataFrame(columns=list(TABLES["case/mentions"].columns), dtype=str)
    left = decide(none, decisions, proposed)
    assert list(left["mention_id"]) == ["D-S1-en-1.1"] * there
    assert set(left["reviewed"]) <= {"yes"}


@pytest.mark.parametrize(
    ("decision", "fault"),
    [
        (("D-S001-de-99.1", "accept", "", ""), "there is no mention 'D-S001-de-99.1'"),
        (("", "edit", "source_actors", "nobody"), "unknown actor 'nobody'"),
        (("", "edit", "quote_de", "Kein Wort davon"), "does not stand once"),
        (("", "merge", "", "V999"), "there is no event_id 'V999'"),
        (("", "split", "", "not an id"), "there is no event_id 'not an id'"),
    ],
)
def test_a_decision_on_a_draft_that_does_not_fit_is_a_fault(
    case: Paths, decision: tuple[str, str, str, str], fault: str
) -> None:
    german = next(name for name in dataset_of(case).mentions["mention_id"] if "-de-" in name)
    with pytest.raises(InputError) as raised:
        _decide(case, (decision[0] or german, *decision[1:]))
    assert str(raised.value).startswith("data/cases/probe/decisions.csv, row 2 (d1): ")
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("decision", "cause"),
    [
        (("D-S002-en-1.1", "accept", "", ""), "restore its row, or delete the decisions on D-S002-en-1.1."),
        (("D-S001-de-1.1", "merge", "", "V-S002-en-1.1"), "restore its row, or delete the decisions on V-S002-en-1.1."),
        (("A1", "add", "", "S002:en:3:107"), "restore its row, or delete the decisions on A1."),
    ],
)
def test_a_decision_on_a_source_whose_row_was_deleted_names_it(
    case: Paths, decision: tuple[str, str, str, str], cause: str
) -> None:
    sources = case.inputs / "sources.csv"
    kept = [line for line in sources.read_text(encoding="utf-8").splitlines() if not line.startswith("S002")]
    sources.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        _decide(case, decision)
    assert "row 2 (d1): S002 is not in sources.csv" in str(raised.value)
    assert str(raised.value).endswith(cause)


def test_what_people_add_stands_beside_the_drafts(case: Paths) -> None:
    row = {"mention_id": "p1", "event_id": "P1", "source_id": "S002", "sentence_no": 3, "event_type": "CONSULT"}
    row |= {"source_actors": "FRA", "target_actors": "DEU", "mutual": "no", "status": "asserted", "stance": "supports"}
    row |= {"credibility": "3", "reason": "by hand", "by": "who", "added": "2025-07-01"}
    for name, cells in (("mentions", row), ("events", {"event_id": "P1", "summary_de": "So", "summary_en": "Thus"})):
        table = TABLES[f"case/{name}"]
        frame = pd.DataFrame([dict.fromkeys(table.columns, "") | cells])
        write_bytes(case.inputs / table.file, to_csv(frame).encode())
    data = dataset_of(case)
    added = data.mentions[data.mentions["mention_id"] == "p1"]
    assert set(zip(added["origin"], added["reviewed"], strict=True)) == {("added", "yes")}
    assert data.events.set_index("event_id").loc["P1", "summary_en"] == "Thus"
    assert set(_attack(data)) <= set(data.mentions["mention_id"])


def test_a_reviewed_case_still_needs_its_tables(root: Path) -> None:
    (tiny(root).inputs / "mentions.csv").unlink()
    with pytest.raises(InputError, match=r"mentions\.csv is missing"):
        dataset_of(tiny(root))


def test_a_draft_case_needs_none_of_them(case: Paths) -> None:
    for name in ("mentions", "events", "conditions", "decisions"):
        assert list(read_case(case, name, draft=True).columns) == list(TABLES[f"case/{name}"].columns)
        assert read_case(case, name, draft=True).empty


@pytest.mark.parametrize("value", ["perhaps", "1", "[]"])
def test_draft_is_true_or_false(case: Paths, value: str) -> None:
    file = case.inputs / "case.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true", f"draft: {value}"), encoding="utf-8")
    with pytest.raises(InputError, match=r"case\.yml: draft is .+ must be true or false"):
        dataset_of(case)


@pytest.mark.parametrize(
    ("language", "banner"),
    [("de", "Maschineller Entwurf: 0 von {} Einträgen geprüft"), ("en", "Machine draft: 0 of {} entries reviewed")],
)
@pytest.mark.slow
def test_the_report_of_a_draft_case_says_what_it_is_and_what_is_missing(
    case: Paths, language: str, banner: str
) -> None:
    paths = Paths(case.case, case.as_of, language, case.root)
    edition_of(paths)
    opened, sections = edition.gather_edition(REFERENCE, paths), render(paths)
    facts = report.title_block(opened).facts
    assert facts is not None
    assert facts["draft"] == banner.format(len(set(opened.data.mentions["mention_id"])))
    assert facts["draft"] in sections["title_block"]
    assert "<q lang" in sections["digest"]
    missing = ("brief", "key_judgements", "explanations", "options", "outlook", "ratings", "stakes", "changes")
    assert not [name for name in missing if sections[name]]
    assert opened.labels("annex.original") in sections["annex"]
    assert opened.labels("annex.notes") not in sections["annex"]


@pytest.mark.slow
def test_the_banner_goes_when_everything_is_reviewed(case: Paths) -> None:
    names = sorted(dataset_of(case).mentions["mention_id"])
    for accepted, shown in ((names[1:], True), (names, False)):
        _decide(case, *((name, "accept", "", "") for name in accepted))
        edition_of(case)
        assert edition.gather_edition(REFERENCE, case).unreviewed is shown


@pytest.mark.slow
def test_a_reviewed_case_has_no_banner(root: Path) -> None:
    edition_of(tiny(root))
    render(tiny(root))  # the first page holds a drawing
    facts = report.title_block(edition.gather_edition(REFERENCE, tiny(root))).facts
    assert facts is not None
    assert facts["draft"] == ""


def test_the_audit_of_a_draft_case_counts_what_is_reviewed_and_finds_no_fault(case: Paths) -> None:
    lines = list(check_case(case))
    assert not [line.text for line in lines if line.is_fault]
    assert any("0 of" in line.text and "reviewed" in line.text for line in lines)


@pytest.mark.slow
def test_a_case_in_which_nothing_happens_has_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The weather was fine. It was warm in the hills, and it did not rain.\n")
    make_case("calm", [str(tmp_path / "a.txt")], Given("2025-06-16", "en"), "", str(tmp_path))
    paths = locate("calm", "2025-06-16", root=str(tmp_path))
    edition_of(paths)
    assert dataset_of(paths).events.empty
    sections = render(paths)
    said = {"title_block", "digest", "basis", "opening", "method", "quality", "sources", "annex"}
    assert {name for name, section in sections.items() if section} == said
    assert "0 of 0" not in " ".join(sections.values())


def test_a_second_decision_on_a_draft_counts(case: Paths) -> None:
    first, _ = _attack(dataset_of(case))
    data = _decide(case, (first, "reject", "", ""), (first, "accept", "", ""))
    assert first in set(data.mentions["mention_id"])
    append(case.inputs / "decisions.csv", decision_id="d3", action="reject")
    assert len(read_rows(case.inputs / "decisions.csv")) == 3
    assert first not in set(dataset_of(case).mentions["mention_id"])


def test_the_tables_of_a_draft_case_pass_their_schemas(case: Paths) -> None:
    for name, frame in dataset_of(case).tables().items():
        assert to_csv(store.save(case, name, frame)).splitlines()[0] == ",".join(TABLES[name].columns)
