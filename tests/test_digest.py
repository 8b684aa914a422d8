"""What the articles of a drafted case say: which sentences are quoted, who is named, whom a draft may relate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from examples import events, mentions, sources
from known import REFERENCE
from lagebild.analysis.digest import (
    FEWEST,
    MOST,
    PAGE,
    VOICES,
    centre_case,
    choose_sentences,
    choose_statements,
    count_actors,
    find_supported,
    is_plain,
    join_sentences,
    keep_pairs,
)
from lagebild.analysis.relations import weigh_ties
from lagebild.coder.lexicon import read_lexicon
from lagebild.core.case import Case
from lagebild.core.offices import read_offices
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
CASE = Case({"de": "F", "en": "C"}, {"de": "F?", "en": "Q?"}, "", ("2025-06-16",), "", (), (), True)
SEVEN = [f"E{number}" for number in range(1, 8)]
TOPICS = "bridges ferries granaries hospitals islands junctions kitchens libraries markets nurseries orchards palaces"


def tell(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return told sentences, each of an event, a matter, a day and a page of its own unless it says otherwise."""
    plain: dict[str, Any] = {
        "stance": "supports",
        "status": "asserted",
        "sentence_no": 1,
        "plain": True,
        "sure": True,
        "n_publishers": 1,
        "density": "sparse",
        "speaker": "",
        "source_actors": "RUS",
        "target_actors": "",
        "mutual": "no",
        "reviewed": "no",
        "event_type": "ASSAULT",
    }
    made = []
    for number, (changes, topic) in enumerate(zip(rows, TOPICS.split(), strict=False), start=1):
        own: dict[str, Any] = {
            "event_id": f"E{number}",
            "mention_id": f"m{number:02}",
            "text": f"{topic.capitalize()} fell.",
        }
        own |= {"day": f"2025-01-{number:02}", "place": (f"S{number}", "en", 1)}
        made.append(plain | own | changes)
    columns = [*plain, "event_id", "mention_id", "text", "day", "place"]
    return pd.DataFrame(made, columns=columns)


def test_whom_a_case_is_around_comes_first_and_others_fill_up() -> None:
    rows: list[dict[str, Any]] = [
        {"target_actors": "EGY"},
        {},
        {"source_actors": "EGY;SDN"},
        {},
        {},
        {},
        {"n_publishers": 3},
    ]
    told = tell(*rows)
    assert list(choose_sentences(told)["event_id"]) == SEVEN
    assert list(choose_sentences(told, {"EGY"})["event_id"]) == ["E1", "E2", "E3", "E4", "E7"]
    assert list(choose_sentences(told.head(3), {"MLT"})["event_id"]) == ["E1", "E2", "E3"]


def test_what_somebody_has_reviewed_comes_before_the_rest() -> None:
    rows: list[dict[str, Any]] = [{"n_publishers": 2} for _ in range(8)] + [{"reviewed": "yes"}]
    assert "E9" in chosen(*rows)
    assert "E9" not in chosen(*rows[:8], {})


def chosen(*rows: dict[str, Any]) -> list[str]:
    return list(choose_sentences(tell(*rows))["event_id"])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], []),
        ([{}, {}, {}], ["E1", "E2", "E3"]),
        ([{"day": "2025-03-01"}, {}], ["E2", "E1"]),  # in the order of time
        ([{"stance": "denies"}, {"status": "negated"}, {"status": "hypothetical"}, {"status": "reported"}], ["E4"]),
        ([{}, {"event_id": "E1"}], ["E1"]),  # no event twice
        ([{"sure": False}, {"event_id": "E1", "text": "It fell."}], ["E1"]),
        ([{"text": "Army takes the eastern bridges."}, {"text": "The army takes eastern bridges at noon."}], ["E1"]),
        ([{"place": ("S1", "en", 1)}, {"place": ("S1", "en", 1)}], ["E1"]),  # one sentence of two events
        ([{"plain": False}] * (FEWEST + 2), [f"E{n}" for n in range(1, FEWEST + 1)]),
        ([{}] * FEWEST + [{"plain": False}], [f"E{n}" for n in range(1, FEWEST + 1)]),
        ([{}] * 12, ["E1", "E3", "E4", "E6", "E7", "E9", "E10", "E12"]),  # spread over the time
        ([{"day": "2025-01-01"}] * 10 + [{"n_publishers": 2, "day": "2025-01-01"}], [*SEVEN, "E11"]),
        ([{"day": "2025-01-01", "sure": False}] * 8 + [{"day": "2025-01-01"}], [*SEVEN, "E9"]),
        ([{"day": "2025-01-01", "sentence_no": 9}] * 8 + [{"day": "2025-01-01", "sentence_no": 2}], [*SEVEN, "E9"]),
        ([{"day": "2025-01-01", "density": "medium", "sentence_no": 9}, *[{"day": "2025-01-01"}] * 8], [*SEVEN, "E8"]),
    ],
)
def test_the_best_supported_sentences_say_what_happened(rows: list[dict[str, Any]], told: list[str]) -> None:
    assert sorted(chosen(*rows)) == sorted(told)
    assert len(told) <= MOST
    if rows and "day" in rows[0]:
        assert chosen(*rows)[0] == told[0]


def test_a_sentence_knows_all_that_it_tells() -> None:
    (row,) = records(choose_sentences(tell({"place": ("S1", "en", 1)}, {"place": ("S1", "en", 1)})))
    assert row["event_ids"] == "E1;E2"


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("en", "The army took the bridge at noon on Monday, officials said.", True),
        ("en", "“Soldiers took the bridge at noon on Monday,” the officer said.", True),
        ("en", "The officer said: “We took the bridge at noon on Monday.”", True),
        ("en", "Army takes the bridge in a surprise move on Monday", False),  # a headline
        ("en", "Will the army take the bridge that it lost on Monday?", False),
        ("en", "What the army plans for the bridge, read on …", False),
        ("en", "Bridge taken.", False),
        ("en", "took the bridge at noon on Monday, as officials said.", False),
        ("en", "He took the bridge at noon on Monday, officials said.", False),
        ("en", "We took the bridge at noon on Monday, officials said.", False),
        ("en", "But the army took the bridge at noon on Monday.", False),
        ("en", f"The army took {'the bridge and ' * 20}the town.", False),
        ("de", "Die Armee nahm die Brücke am Montagmittag ein.", True),
        ("de", "Sie nahm am Montagmittag die Brücke am Fluss ein.", False),
        ("de", "Und die Armee nahm am Montagmittag die Brücke ein.", False),
        ("en", "…", False),
    ],
)
def test_a_plain_sentence_stands_by_itself(language: str, text: str, plain: bool) -> None:
    assert is_plain(text, read_lexicon(REFERENCE, language)) is plain


VERBAL = {"ACCUSE", "REJECT"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{}], []),  # nobody speaks
        ([{"speaker": "IRN"}], [("IRN", "claims", "E1")]),
        ([{"speaker": "IRN", "status": "negated"}], [("IRN", "denies", "E1")]),
        ([{"speaker": "IRN", "status": "hypothetical"}], []),
        ([{"event_type": "ACCUSE"}], [("RUS", "ACCUSE", "E1")]),
        ([{"event_type": "ACCUSE", "source_actors": ""}], []),
        ([{"speaker": "IRN", "plain": False}], []),
        ([{"speaker": "IRN"}, {"speaker": "IRN", "event_id": "E1"}], [("IRN", "claims", "E1")]),
        (
            [*[{"speaker": "IRN"}] * VOICES, {"speaker": "ISR"}],  # each voice once before one twice
            [*(("IRN", "claims", f"E{n}") for n in range(1, VOICES)), ("ISR", "claims", f"E{VOICES + 1}")],
        ),
        (
            [*[{"event_type": "ACCUSE", "source_actors": f"A{n}"} for n in range(VOICES)], {"speaker": "ISR"}],
            [*((f"A{n}", "ACCUSE", f"E{n + 1}") for n in range(VOICES - 1)), ("ISR", "claims", f"E{VOICES + 1}")],
        ),
        ([{"event_type": "ACCUSE", "mutual": "yes", "source_actors": "IRN;RUS", "target_actors": "IRN;RUS"}], []),
    ],
)
def test_who_says_what_is_quoted(rows: list[dict[str, Any]], said: list[tuple[str, str, str]]) -> None:
    found = records(choose_statements(tell(*rows), VERBAL, []))
    assert [(row["voice"], row["said"], row["event_id"]) for row in found] == said


def test_no_sentence_is_quoted_twice_and_a_page_holds_all() -> None:
    told = tell(*[{"speaker": f"A{n}"} for n in range(9)])
    assert "E1" not in set(choose_statements(told, VERBAL, [("S1", "en", 1)])["event_id"])
    taken = [(f"T{n}", "en", 1) for n in range(PAGE - 2)]
    assert len(choose_statements(told, VERBAL, taken)) == 2


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([], []),
        ([{}], [("RUS", 1, 1, 0), ("IRN", 1, 0, 1)]),
        ([{"target_actors": "RUS"}], [("RUS", 1, 1, 1)]),
        (
            [{"mutual": "yes", "source_actors": "IRN;RUS", "target_actors": "IRN;RUS"}],
            [("IRN", 1, 1, 0), ("RUS", 1, 1, 0)],
        ),
        ([{"status": "hypothetical"}, {"contested": "occurrence"}, {"status": "negated"}], []),
        ([{}, {"source_actors": "ISR"}], [("IRN", 2, 0, 2), ("ISR", 1, 1, 0), ("RUS", 1, 1, 0)]),
    ],
)
def test_key_actors_take_part_in_most_events_that_count(
    rows: list[dict[str, Any]], counted: list[tuple[str, int, int, int]]
) -> None:
    found = count_actors(events(*rows), OFFICES)
    assert [tuple(row.values()) for row in records(found)] == counted


@pytest.mark.parametrize(
    ("named", "rows", "centre"),
    [
        ("", [], ""),
        ("", [{}, {"source_actors": "ISR"}], "IRN"),
        ("RUS", [{}, {"source_actors": "ISR"}], "RUS"),  # whom people name
        ("", [{"source_actors": "putin", "target_actors": ""}], "RUS"),
    ],
)
def test_who_takes_part_in_most_events_is_in_the_middle(named: str, rows: list[dict[str, Any]], centre: str) -> None:
    assert centre_case(replace(CASE, subject=named), events(*rows), OFFICES).subject == centre


def test_a_quoted_sentence_has_the_day_that_it_names_itself() -> None:
    happened = events({"date": "2025-01-10", "earliest": "2025-01-10", "latest": "2025-01-10"}, {"status": "open"})
    told = mentions({"date": ""}, {"date": "2025-01-10"}, {"event_id": "E2"})
    pages = sources({}).assign(publisher="Blatt A", published="2025-01-18")
    text = "The army  took the bridge\nat noon on Monday, officials said."
    said = pd.DataFrame([{"source_id": "S1", "language": "en", "sentence_no": 1, "text": text}])
    drafts = pd.DataFrame([("m1", "B"), ("m2", "A")], columns=["draft_id", "confidence"])
    unread = told.assign(reviewed="no")
    found = join_sentences(
        happened,
        unread,
        drafts,
        pages,
        said,
        {language: read_lexicon(REFERENCE, language) for language in REFERENCE.languages},
    )
    assert list(found["day"]) == ["2025-01-18", "2025-01-10"]  # m3 tells what is open whether it happened
    assert list(found["sure"]) == [False, True]
    assert set(found["text"]) == {"The army took the bridge at noon on Monday, officials said."}


@pytest.mark.parametrize(
    ("text", "shown", "sure"),
    [
        ("The army took the bridge at noon on Monday.", "The army took the bridge at noon on Monday.", True),
        ("“The army took the bridge at noon on Monday.", "The army took the bridge at noon on Monday.", True),
        ("“The army took the bridge”, he said on Monday.", "“The army took the bridge”, he said on Monday.", True),
        ("They took the bridge at noon on Monday, he said.", "They took the bridge at noon on Monday, he said.", False),
        (
            "took the bridge at noon on Monday, officials said.",
            "took the bridge at noon on Monday, officials said.",
            False,
        ),
    ],
)
def test_what_hangs_on_another_sentence_is_not_sure_to_stand_alone(text: str, shown: str, sure: bool) -> None:
    told = mentions({"date": ""}).assign(reviewed="no")
    pages = sources({}).assign(publisher="Blatt A", published="2025-01-18")
    said = pd.DataFrame([{"source_id": "S1", "language": "en", "sentence_no": 1, "text": text}])
    drafts = pd.DataFrame([("m1", "A")], columns=["draft_id", "confidence"])
    (row,) = records(join_sentences(events({}), told, drafts, pages, said, {"en": read_lexicon(REFERENCE, "en")}))
    assert (row["text"], row["sure"]) == (shown, sure)


@pytest.mark.parametrize(
    ("told", "bands", "kept"),
    [
        ([{"event_id": "E1"}], "A", False),  # a single mention
        ([{"event_id": "E1"}, {"event_id": "E1"}], "AA", True),
        ([{"event_id": "E1"}, {"event_id": "E2"}], "AA", True),  # of two events, one in each direction
        ([{"event_id": "E1"}, {"event_id": "E1"}], "AB", False),  # one that is sure
        ([{"event_id": "E1", "reviewed": "yes"}], "B", True),
        ([{"event_id": "E1"}, {"event_id": "E1", "stance": "denies"}], "AA", False),
    ],
)
def test_a_draft_relates_nobody_by_one_guess(told: list[dict[str, Any]], bands: str, kept: bool) -> None:
    both = events({}, {"source_actors": "IRN", "target_actors": "RUS"})
    reported = mentions(*[{"reviewed": "no"} | row for row in told])
    drafts = pd.DataFrame({"draft_id": list(reported["mention_id"]), "confidence": list(bands)})
    pairs = find_supported(weigh_ties(both, OFFICES, TYPES), reported, drafts)
    assert pairs == ({("IRN", "RUS")} if kept else set())
    table = pd.DataFrame({"source_actor": ["RUS", "RUS"], "target_actor": ["IRN", "USA"]})
    assert list(keep_pairs(table, pairs)["target_actor"]) == (["IRN"] if kept else [])
