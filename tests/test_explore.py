"""Views of an edition: read, written as a line, repeated by papermill; the events and sentences that they leave."""

from __future__ import annotations

import shlex
import shutil
from base64 import b64decode
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from examples import PROJECT, edit, tiny
from hostile import HOSTILE
from known import REFERENCE
from lagebild.analysis.relations import dyads, relate
from lagebild.core.disk import write_bytes
from lagebild.core.errors import InputError
from lagebild.core.filters import (
    Filters,
    fold_all,
    join_list,
    read_filters,
    read_terms,
    split_list,
    write_filters,
    write_line,
)
from lagebild.core.folders import Paths
from lagebild.core.offices import read_offices
from lagebild.core.tables import load, records
from lagebild.interactive import explorer
from lagebild.interactive.evidence import Evidence, keep_busiest, open_evidence, quote_events, select_events
from lagebild.interactive.explorer import PART, Explorer, list_values
from modules import SHARED
from papermill.cli import _resolve_type, papermill as command_line

ODD = """A=B; 50% "Q" 'x' $HOME & Co"""  # a publisher that tries the shell, the list and papermill
ACTORS = {"RUS": "Russia", "IRN": "Iran", "ISR": "Israel", "putin": "Vladimir Putin"}
PUBLISHERS = ["Agency A", ODD, "1843", "50%", "a%3Bb"]


@pytest.fixture(scope="module")
def held(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Return the evidence of the tiny case, in which one publisher has an odd name."""
    return open_evidence(REFERENCE, _copy(tiny_run, tmp_path_factory.mktemp("explore")))


def _copy(run: Path, root: Path) -> Paths:
    """Copy the tables of the tiny case below a folder."""
    for folder in ("cases", "built"):
        shutil.copytree(run / "data" / folder, root / "data" / folder)
    paths = tiny(root)
    edit(paths.built / "sources.csv", "T3", publisher=ODD)
    return paths


# --- views


@pytest.mark.parametrize(
    "view",
    [
        Filters(),
        Filters("2025-06-01", "2025-06-30"),
        Filters(actors=("RUS", "RUS>IRN", "IRN~ISR", "putin")),
        Filters(types=("ASSAULT", "AID"), status=("asserted", "open")),
        Filters(publishers=tuple(PUBLISHERS)),
        Filters("2025-06-01", "", ("IRN",), ("AID",), ("negated",), (ODD,), '"no help" 50% $HOME; it\'s'),
        Filters(words="2025"),
        Filters(since="2025-06-01", words="x", undated=True),
        Filters(actors=("RUS", "!IRN~ISR"), types=("!ASSAULT",), publishers=tuple(f"!{name}" for name in PUBLISHERS)),
    ],
)
def test_a_view_comes_back_from_its_parameters_and_from_its_line(view: Filters, root: Path) -> None:
    assert read_filters(write_filters(view), ACTORS, PUBLISHERS) == view
    words = shlex.split(write_line(tiny(root), view))
    assert words[:3] == ["papermill", "notebooks/explore.ipynb", "out.ipynb"]
    assert set(words[3::3]) <= {"-p", "-r"}
    given = dict(zip(words[4::3], words[5::3], strict=True))
    place = {"case": "tiny", "as_of": "2025-06-16", "language": "en", "root": str(root)}
    assert given == place | write_filters(view)
    assert read_filters(given, ACTORS, PUBLISHERS) == view


# What `widgets/shared.json` holds, the scripts of the browser are asked, too.
def test_a_list_of_any_texts_is_one_text() -> None:
    assert split_list(join_list(HOSTILE.values())) == tuple(value.strip() for value in HOSTILE.values())
    for values, text in SHARED["lists"]:
        assert join_list(values) == text
        assert list(split_list(text)) == values


def test_a_list_may_be_written_by_hand() -> None:
    assert [[text, [*split_list(text)]] for text, _ in SHARED["written by hand"]] == SHARED["written by hand"]


@pytest.mark.parametrize("value", SHARED["misread by papermill"])
def test_what_papermill_would_misread_is_passed_as_it_stands(value: str, root: Path) -> None:
    words = shlex.split(write_line(tiny(root), Filters(publishers=(value,))))
    assert words[-3:] == ["-r", "publishers", value]


@pytest.mark.parametrize("value", SHARED["read as text by papermill"])
def test_what_papermill_reads_as_text_is_passed_plainly(value: str, root: Path) -> None:
    assert _resolve_type(value) == value
    assert shlex.split(write_line(tiny(root), Filters(since=value)))[-3:] == ["-p", "since", value]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"since": "June"}, "The since date 'June' is no day: write it as YYYY-MM-DD"),
        ({"since": "2025-06-02", "until": "2025-06-01"}, "ends on 2025-06-01, before it begins on 2025-06-02: swap"),
        ({"actors": "RUS;FRA"}, "actors holds 'FRA', which is unknown here: choose from IRN, ISR, RUS, putin"),
        ({"actors": "RUS>FRA"}, "holds 'FRA', which is unknown"),
        ({"actors": "RUS~RUS"}, "holds 'RUS~RUS', but nobody is tied to himself"),
        ({"actors": "RUS>"}, "holds 'RUS>', which is unknown"),
        ({"types": "ASSAULTS"}, "types holds 'ASSAULTS', which is unknown here: the nearest known one is ASSAULT"),
        ({"status": "rumoured"}, "choose from asserted, hypothetical, negated, open, reported."),
        ({"publishers": "Agency B"}, "parameter publishers holds 'Agency B'"),
        ({"undated": "no"}, "parameter undated holds 'no', which is unknown here: choose from yes."),
    ],
)  # fmt: skip
def test_an_unknown_value_gets_one_sentence_with_the_remedy(values: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as raised:
        read_filters(values, ACTORS, PUBLISHERS)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("asked", "remedy"), [("Russa", "RUS (Russia)"), ("putinn", "putin (Vladimir Putin)"), ("xyzzy", "look them up")]
)
def test_of_many_actors_the_nearest_is_named(asked: str, remedy: str) -> None:
    many = ACTORS | {f"X{number:02}": f"Nobody the {number}th" for number in range(20)}
    with pytest.raises(InputError, match="which is unknown here") as raised:
        read_filters({"actors": asked}, many, [])
    assert remedy in str(raised.value)


def test_without_anything_known_the_remedy_is_to_ask_for_nothing() -> None:
    with pytest.raises(InputError, match="unknown here: leave it empty"):
        read_filters({"publishers": "x"}, {}, [])


@pytest.mark.parametrize(("words", "terms"), SHARED["terms"])
def test_words_are_folded_and_phrases_kept(words: str, terms: list[str]) -> None:
    assert read_terms(words) == terms


def test_texts_are_folded_together_as_each_alone() -> None:
    texts = [*HOSTILE.values(), "", "a\nb", "Ünï_cödé", "ΣΑΣ"]
    assert fold_all(texts) == [one for text in texts for one in fold_all([text])]
    assert len(fold_all(texts)) == len(texts)


# --- events of a view


@pytest.mark.parametrize(
    ("view", "events"),
    [
        (Filters(), "E1 E2 E3 E4 E5 E6 E7 E8"),
        (Filters(since="2025-06-13"), "E4 E6 E8"),  # E4 has no date
        (Filters(since="2025-06-14"), "E4 E8"),  # 13 or 14 June
        (Filters(until="2025-01-14"), "E2 E4"),
        (Filters("2025-05-10", "2025-05-20"), "E3 E4 E7"),  # in spring, in May
        (Filters(actors=("ISR",)), "E5 E6 E8"),  # Netanyahu acts for Israel
        (Filters(actors=("netanyahu",)), "E8"),
        (Filters(actors=("IRN>RUS",)), "E1 E3 E4 E7"),  # so does Khamenei for Iran; E1 is mutual
        (Filters(actors=("RUS>IRN",)), "E1"),
        (Filters(actors=("RUS~IRN",)), "E1 E3 E4 E7"),
        (Filters(actors=("RUS~trump", "ISR>IRN")), "E5 E6"),  # before he was in office nobody was tied to him
        (Filters(actors=("trump", "ISR>IRN")), "E2 E5 E6"),
        (Filters(types=("CONSULT", "AID")), "E2 E3 E7 E8"),
        (Filters(status=("negated",)), "E7"),
        (Filters(publishers=("Blatt A",)), "E1 E2 E3 E4"),
        (Filters(publishers=("Agentur A",)), "E1 E2 E3 E4 E5"),  # a page of Blatt A and one of Paper B relay it
        (Filters(publishers=(ODD,), types=("ASSAULT",)), "E5 E6"),
        (Filters(types=("!CONSULT", "!AID")), "E1 E4 E5 E6"),
        (Filters(actors=("IRN", "!ISR")), "E1 E3 E4 E7"),
        (Filters(actors=("!IRN~RUS",)), "E2 E5 E6 E8"),
        (Filters(status=("!asserted", "!open", "!hypothetical", "!reported")), "E7"),
        (Filters(publishers=("!Blatt A", "!Agentur A", "!Paper B")), "E5 E6 E7 E8"),  # E5 has a page of another one
        (Filters(words="ATTACKS"), "E6"),
        (Filters(words="deliv arm"), "E3 E7"),  # beginnings of words, in summary or sentence
        (Filters(words="hit israël"), "E5"),
        (Filters(words='"a deliver"'), ""),  # in quotation marks whole words
        (Filters(words='"a delivery"'), "E7"),
        (Filters(words='"delivery of arms"'), "E3 E7"),
        (Filters(words="aised"), ""),
        (Filters(words="*aised"), "E4"),
        (Filters(words="netanyahu"), "E8"),
        (Filters(words="washington"), "E2"),  # stands in a sentence alone
        (Filters(words="putin treaty"), ""),
        (Filters(undated=True), "E4"),
        (Filters("2025-06-14", "2025-06-20", undated=True), "E4"),  # it is in every period
        (Filters(actors=("ISR",), undated=True), ""),
        (Filters(words="!?"), "E1 E2 E3 E4 E5 E6 E7 E8"),  # no letter asks for nothing
    ],
)
def test_a_view_leaves_its_events(held: Evidence, view: Filters, events: str) -> None:
    assert sorted(select_events(held, view)["event_id"]) == events.split()


def test_a_view_since_a_day_is_that_of_a_run_since_that_day(held: Evidence) -> None:
    days = sorted({*held.events["earliest"], *held.events["latest"]} - {""})
    for day in days:
        run = held.events[~held.events["latest"].between("0", day, "left")]
        assert set(select_events(held, Filters(since=day))["event_id"]) == set(run["event_id"])


def test_events_stand_in_the_order_of_time_and_undated_ones_last(held: Evidence) -> None:
    assert list(held.events["event_id"]) == ["E2", "E1", "E5", "E3", "E7", "E6", "E8", "E4"]


def test_the_relations_of_all_events_are_those_that_a_run_built(held: Evidence) -> None:
    offices, types = read_offices(REFERENCE), REFERENCE.table("event_types")
    made = relate(select_events(held, Filters()), held.mentions, held.sources, offices, types, held.paths.as_of)
    pd.testing.assert_frame_equal(made, load(held.paths, "relations"), check_dtype=False)


def test_of_many_actors_the_busiest_are_kept(held: Evidence) -> None:
    ties = load(held.paths, "relations")
    assert len(keep_busiest(ties)) == len(ties)
    kept = keep_busiest(ties, 2)
    assert {*kept["source_actor"], *kept["target_actor"]} == {"RUS", "IRN"}
    assert keep_busiest(ties.head(0)).empty


def test_without_built_tables_the_command_that_builds_them_is_named(root: Path) -> None:
    with pytest.raises(InputError, match=r"events\.csv is missing: run .+ `lagebild run tiny --as-of 2025-06-16`"):
        open_evidence(REFERENCE, tiny(root))


# --- sentences


def test_a_sentence_stands_with_its_evidence_page_and_grade(held: Evidence) -> None:
    first, denial = quote_events(held, ["E2"])["E2"]
    whole = "According to the Kremlin, Putin and Trump spoke by phone between 13 and 15 January 2025"
    assert first["evidence"] in whole
    assert (first["mention_id"], first["publisher"], first["reporter"]) == ("t02", "Blatt A", "Agentur A")
    assert (first["grade"], first["url"], first["published"]) == ("B3", "https://example.org/treaty", "18 January 2025")
    assert (first["status"], first["cue"], first["speaker"]) == ("reported", "According to the Kremlin", "Kremlin")
    assert (denial["mention_id"], denial["stance"]) == ("t07", "denies")


def test_every_mention_is_quoted_to_the_character(held: Evidence) -> None:
    texts = {(s["source_id"], s["language"], s["text"]) for s in records(load(held.paths, "sentences"))}
    reported = quote_events(held, list(held.events["event_id"]))
    quoted = [one for many in reported.values() for one in many]
    assert len(quoted) == held.mentions["mention_id"].nunique()
    for one in quoted:
        assert (one["source_id"], one["language"], one["before"] + one["evidence"] + one["after"]) in texts
    assert quote_events(held, ["nowhere"]) == {"nowhere": []}


def test_a_decision_on_a_mention_is_told_with_it(tiny_run: Path, tmp_path: Path) -> None:
    paths = _copy(tiny_run, tmp_path)
    header = "decision_id,row,action,field,value,reason,by,date\n"
    write_bytes(paths.inputs / "decisions.csv", f"{header}d1,t08,accept,,,read it,A. Editor,2025-07-01\n".encode())
    first, *_ = quote_events(open_evidence(REFERENCE, paths), ["E5"])["E5"]
    assert first["decisions"] == ["decision d1 (A. Editor, 1 July 2025): read it"]


# --- what travels to the browser


def _lists(columns: dict[str, bytes], name: str) -> list[list[int]]:
    starts, values = np.frombuffer(columns[f"{name}_from"], "<u4"), np.frombuffer(columns[name], "<u4")
    return [values[a:b].tolist() for a, b in pairwise(starts)]


def test_the_columns_say_what_the_tables_say(held: Evidence) -> None:
    columns, lists = explorer.pack_events(held), list_values(held)
    ids = [one for one, *_ in lists["actors"]]
    assert columns["n"] == len(held.events)
    assert columns["ids"].decode().split(PART) == list(held.events["event_id"])
    assert columns["summaries"].decode().split(PART) == list(held.events["summary_en"])
    words, date = columns["words"].decode().split(PART), np.frombuffer(columns["date"], "<u4")
    assert [words[at] for at in date] == [held.labels.date(edtf) for edtf in held.events["date"]]
    for side in ("sources", "targets"):
        named = [";".join(ids[at] for at in one) for one in _lists(columns, side)]
        assert named == list(held.events[f"{side[:-1]}_actors"])
    pairs = [f"{ids[a]}>{ids[b]}" for a, b in np.frombuffer(columns["pairs"], "<u4").reshape(-1, 2)]
    tied = dyads(held.events, read_offices(REFERENCE))
    wanted = sorted(zip(tied["event_id"], tied["source_actor"] + ">" + tied["target_actor"], strict=True))
    found = _lists(columns, "ties")
    events = held.events["event_id"]
    assert sorted((e, pairs[at]) for e, ats in zip(events, found, strict=True) for at in ats) == wanted
    reported = [[lists["publishers"][at] for at in one] for one in _lists(columns, "outlets")]
    assert reported[list(events).index("E5")] == sorted(["Agentur A", "Agentur C", "Paper B", ODD])


def test_a_day_that_a_date_leaves_open_is_open_in_the_columns(held: Evidence) -> None:
    columns = explorer.pack_events(held)
    date, span = np.frombuffer(columns["date"], "<u4"), np.frombuffer(columns["span"], "<i4").reshape(-1, 2)
    (undated,) = np.flatnonzero(held.events["date"] == "")
    assert span[date[undated]].tolist() == [-(2**31), 2**31 - 1]
    exact = list(held.events["event_id"]).index("E6")
    assert (np.datetime64("1970-01-01") + span[date[exact]].astype(int)).tolist()[0].isoformat() == "2025-06-13"


def test_a_case_without_events_is_packed_too(held: Evidence) -> None:
    nothing = {name: getattr(held, name).head(0) for name in ("events", "mentions", "reported", "people", "ties")}
    empty = Evidence(held.reference, held.paths, held.labels, sources=held.sources, **nothing)
    assert Explorer(empty).events["n"] == 0
    assert select_events(empty, Filters(since="2025-01-01", actors=("RUS",))).empty


def test_sentences_travel_along_unless_there_are_many(held: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(Explorer(held).sentences) == set(held.events["event_id"])
    monkeypatch.setattr(explorer, "SENT", 3)
    widget, answers = Explorer(held), list[dict[str, object]]()
    assert widget.sentences is None
    monkeypatch.setattr(widget, "send", answers.append)
    widget._answer(None, {"ask": "sentences", "event": "E6", "number": 7}, None)
    widget._answer(None, {"ask": "sentences", "event": ["E6"], "number": 8}, None)
    widget._answer(None, {"ask": "words", "words": "arms", "number": 9}, None)
    (found,) = [answers.pop()["hits"]]
    bits = np.unpackbits(np.frombuffer(b64decode(str(found)), "u1"), bitorder="little")
    assert list(held.events["event_id"][np.flatnonzero(bits)]) == ["E3", "E7"]
    assert answers == [
        {"number": 7, "fault": "", "sentences": quote_events(held, ["E6"])["E6"]},
        {"number": 8, "fault": "", "sentences": []},
    ]


def test_the_widget_knows_the_view_that_the_browser_shows(held: Evidence) -> None:
    widget = Explorer(held, Filters(types=("AID",)))
    assert widget.chosen == Filters(types=("AID",))
    widget.view = {"actors": "RUS>IRN", "publishers": join_list([ODD])}
    assert widget.chosen == Filters(actors=("RUS>IRN",), publishers=(ODD,))


# --- papermill


def _papermill(paths: Paths, view: Filters, executed: Path, *more: str) -> None:
    """Run the line as it stands, but for the places of the two notebooks."""
    _, _, _, *words = shlex.split(write_line(paths, view))
    notebook = str(PROJECT / "notebooks" / "explore.ipynb")
    done = CliRunner().invoke(command_line, [notebook, str(executed), *words, "--no-progress-bar", *more])
    assert done.exit_code == 0, done.output


def test_the_line_run_by_papermill_shows_the_same_view(held: Evidence, tmp_path: Path) -> None:
    view = Filters(since="2025-01-20", actors=("ISR>IRN", "putin"), publishers=(ODD, "Agentur A"))
    _papermill(held.paths, view, tmp_path / "out.ipynb")
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    outputs = {cell.id: cell.outputs for cell in executed.cells if cell.cell_type == "code"}
    assert outputs["explore-line"][0].data["text/plain"] == write_line(held.paths, view)
    (rows,) = outputs["explore-rows"]
    shown = rows.data["text/plain"]
    assert [name for name in held.events["event_id"] if f"{name} " in shown] == ["E5", "E6", "E8"]
    assert outputs["explore-matrix"][0].data["text/html"].startswith("<img ")
    assert "application/vnd.jupyter.widget-view+json" in outputs["explore-widget"][0].data


def test_papermill_takes_a_publisher_called_by_a_number_for_a_text(held: Evidence, tmp_path: Path) -> None:
    _papermill(held.paths, Filters(publishers=("1843",)), tmp_path / "out.ipynb", "--prepare-only")
    prepared = nbformat.read(tmp_path / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    (cell,) = [cell for cell in prepared.cells if "injected-parameters" in cell.metadata.get("tags", [])]
    assert 'publishers = "1843"' in cell.source
