"""What leaves an edition: other programs read the same data from it, no date more exact, nothing that can run."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pandas as pd
import pytest
from examples import DATA, changes_of, dataset_of, edit, findings_of, relations, save_all, tiny
from frictionless import Package, validate
from known import REFERENCE
from lagebild.analysis.changes import list_inputs
from lagebild.core.case import read_case_file
from lagebild.core.edtf import parse
from lagebild.core.folders import Paths, locate
from lagebild.core.labels import read_labels
from lagebild.core.schema import ABOUT_THE_RUN, TABLES
from lagebild.core.tables import load, save
from lagebild.report.datapackage import describe_package
from lagebild.report.exchange import (
    date_parts,
    make_graph,
    read_built,
    save_exchange,
    to_parquet,
    to_xlsx,
    write_timelinejs,
)
from long import sample
from lxml import html
from python_calamine import CalamineWorkbook
from runs import copy_tiny

pytestmark = pytest.mark.slow  # whole editions

LANGUAGES = ("de", "en")
RUNS = ["tiny", "russia-iran"]


def build(paths: Paths) -> Paths:
    """Build the tables that the files are made from."""
    data = dataset_of(paths)
    changes = changes_of(paths, read_case_file(paths).previous(paths.as_of))
    made = {"changes": changes, "inputs": list_inputs(paths), "relations": findings_of(paths)["relations"]}
    save_all(paths, data.tables() | made)
    return paths


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Return an edition of the tiny case whose tables were built and sent out."""
    paths = build(tiny(copy_tiny(tmp_path_factory.mktemp("tiny"))))
    for language in LANGUAGES:
        save_exchange(REFERENCE, replace(paths, language=language))
    return paths


@pytest.fixture
def copied(small: Paths, tmp_path: Path) -> Paths:
    """Return a copy of that edition, which a test may spoil."""
    return tiny(shutil.copytree(small.root, tmp_path / "copied"))


@pytest.fixture(scope="module", params=sample(RUNS, 0))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small: Paths) -> Paths:
    """Return an edition whose tables were built and sent out, of the tiny and of the real case."""
    paths = small
    if request.param != "tiny":
        made = request.getfixturevalue("real_tables")
        source = locate("russia-iran", "2026-06-30", output=str(made))
        paths = replace(source, output=str(tmp_path_factory.mktemp("real")))
        shutil.copytree(source.built, paths.built)
        for language in LANGUAGES:
            save_exchange(REFERENCE, replace(paths, language=language))
    return paths


def test_parquet_holds_every_table_as_the_csv_does(built: Paths) -> None:
    files = sorted((built.built / "exchange").glob("*.parquet"))
    assert {file.stem for file in files} == {file.stem for file in built.built.glob("*.csv")} - {*ABOUT_THE_RUN}
    for file in files:
        read, table = pd.read_parquet(file), load(built, file.stem)
        pd.testing.assert_frame_equal(read, table, check_dtype=not table.empty)


def test_parquet_keeps_the_types_of_columns_and_empty_tables() -> None:
    frame = pd.DataFrame({"a": ["", "=1", "ä"], "n": [1, 2, 3], "x": [0.5, None, -1.0]})
    back = pd.read_parquet(io.BytesIO(to_parquet(frame)))
    assert [str(kind) for kind in back.dtypes] == ["str", "int64", "float64"]
    pd.testing.assert_frame_equal(back, frame)
    assert list(pd.read_parquet(io.BytesIO(to_parquet(frame.head(0)))).columns) == list(frame.columns)


def test_networkx_reads_the_graph_back_as_it_was(built: Paths) -> None:
    graph = make_graph(REFERENCE, load(built, "relations"))
    back = nx.read_graphml(built.built / "exchange" / "relations.graphml")
    assert back.is_directed()
    assert {node: back.nodes[node] for node in back} == {node: graph.nodes[node] for node in graph}
    ties = {(a, b): {key: v for key, v in values.items() if key != "id"} for a, b, values in back.edges(data=True)}
    assert ties == {(a, b): values for a, b, values in graph.edges(data=True)}
    assert len(ties) == len(load(built, "relations")) > 1


def test_the_graph_has_one_edge_for_each_direction_with_its_sign_and_the_bloc_of_each_actor() -> None:
    against = {"sign": "-", "net": -5.0, "target_actor": "ISR"}
    untied = {"source_actor": "USA", "target_actor": "CHN", "sign": "0", "net": 0.0, "n_events": 0, "event_ids": ""}
    graph = make_graph(REFERENCE, relations({}, against, against | {"source_actor": "IRN"}, untied))
    assert {(a, b): (tie["sign"], tie["net"], tie["weight"]) for a, b, tie in graph.edges(data=True)} == {
        ("RUS", "IRN"): ("+", 3.5, 3.5),
        ("RUS", "ISR"): ("-", -5.0, 5.0),
        ("IRN", "ISR"): ("-", -5.0, 5.0),
        ("USA", "CHN"): ("0", 0.0, 0.0),
    }
    blocs = nx.get_node_attributes(graph, "bloc")
    assert blocs["RUS"] == blocs["IRN"] != blocs["ISR"]
    assert blocs["USA"] == ""


# --- the Data Package ---


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection: a check must not depend on an address."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


@pytest.mark.usefixtures("offline")
def test_the_package_describes_every_column_of_every_file_and_frictionless_finds_every_row_valid(built: Paths) -> None:
    report = validate(str(built.built / "datapackage.json"))
    assert report.flatten(["name", "type", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    package = Package(str(built.built / "datapackage.json"))
    left = {file.stem for file in built.built.glob("*.csv")} - {*ABOUT_THE_RUN}
    assert report.stats["tasks"] == len(package.resource_names) == len(left)
    assert set(package.resource_names) == left
    for resource in package.resources:
        columns = {name: field["description"] for name, field in TABLES[resource.name].columns.items()}
        assert {field.name: field.description for field in resource.schema.fields} == columns
        assert resource.schema.primary_key == list(TABLES[resource.name].key)
    days = {field.name: field.type for field in package.get_resource("events").schema.fields}
    assert (days["known_from"], days["n_mentions"], days["date"]) == ("date", "integer", "string")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("events", "asserted", "certain", "constraint-error"),
        ("events", ",2025-01-18,", ",soon,", "type-error"),
        ("mentions", ",E5,", ",E99,", "foreign-key"),
        ("sources", "\nT2,", "\nT1,", "primary-key"),
    ],
)
def test_frictionless_finds_what_a_stranger_broke(copied: Paths, table: str, old: str, new: str, fault: str) -> None:
    file = copied.built / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = {kind for (kind,) in validate(str(copied.built / "datapackage.json")).flatten(["type"])}
    assert fault in found


def test_what_holds_words_of_others_names_no_licence(small: Paths) -> None:
    case, tables = read_case_file(small), read_built(small)
    assert "licenses" in json.loads(describe_package(small, case, tables["sources"], {}))
    tables["sources"] = tables["sources"].assign(wording=["original", *tables["sources"]["wording"][1:]])
    assert "licenses" not in json.loads(describe_package(small, case, tables["sources"], {}))


def test_the_package_names_licence_sources_and_the_fingerprint_of_its_data(built: Paths) -> None:
    package = json.loads((built.built / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert len(package["sources"]) == len(load(built, "sources"))
    assert re.fullmatch(r"[0-9a-f]{64}", package["id"])
    assert package["version"] == built.as_of
    assert not re.search(r"\d\d:\d\d:\d\d", json.dumps(package))


# --- TimelineJS3 ---


def timeline(paths: Paths, language: str) -> dict[str, Any]:
    """Return the timeline of an edition."""
    file = paths.built / "exchange" / f"timeline-{language}.json"
    made: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_has_every_dated_event_once_with_its_sources_and_no_day_more_exact(
    built: Paths, language: str
) -> None:
    made = timeline(built, language)
    schema = json.loads((DATA / "timelinejs.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(made)
    events, labels = load(built, "events").set_index("event_id"), read_labels(REFERENCE, language)
    mentions, pages = load(built, "mentions"), load(built, "sources").set_index("source_id")
    assert [slide["unique_id"] for slide in made["events"]] == sorted(events.index[events["date"] != ""])
    for slide in made["events"]:
        date = events["date"][slide["unique_id"]]
        assert slide["display_date"] == labels.date(date)
        for side in ("start_date", "end_date"):
            if "day" in slide.get(side, {}):
                span = parse(date)
                assert "{year}-{month:02}-{day:02}".format(**slide[side]) in (span.start, span.end)
        reported = sorted(set(mentions.loc[mentions["event_id"] == slide["unique_id"], "source_id"]))
        assert slide["text"]["text"].count("<li>") == len(reported)
        assert slide["text"]["text"].count("<a ") == (pages.loc[reported, "url"] != "").sum()


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2025-06-13", (2025, 6, 13), None),
        ("2025-06", (2025, 6), None),
        ("2025", (2025,), None),
        ("2025-06-13/2025-06-15", (2025, 6, 13), (2025, 6, 15)),
        ("2025-06/2025-07-02", (2025, 6), (2025, 7, 2)),
        ("2025-06-13~", (2025, 6), None),  # about a day
        ("2025-06-11~/2025-06-20~", (2025, 6), None),  # mid-June
        ("2025-06~", (2025, 6), None),
        ("2025?", (2025,), None),
        ("2025-22", (2025, 6), (2025, 8)),  # summer
        ("2025-33", (2025, 1), (2025, 3)),  # first quarter
        ("199X", (1990,), (1999,)),
        ("2025/..", (2025,), None),
        ("../2025-06", (2025, 6), None),
    ],
)
def test_a_slide_is_dated_as_exactly_as_its_event(
    edtf: str, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    first, last = date_parts(edtf)
    assert tuple(first.values()) == start
    assert (tuple(last.values()) if last else None) == end
    assert list(first) == ["year", "month", "day"][: len(start)]


@pytest.mark.parametrize(
    ("dates", "note"),
    [
        (["2025"], None),
        ([""], "1 event without a date is missing here."),
        (["", ""], "2 events without a date are missing here."),
    ],
)
def test_the_title_says_how_many_events_have_no_date(small: Paths, dates: list[str], note: str | None) -> None:
    tables = read_built(small)
    every = tables["events"][tables["events"]["date"] != ""].reset_index(drop=True)
    tables["events"] = every.assign(date=[*dates, *every["date"][len(dates) :]])
    made = json.loads(write_timelinejs(REFERENCE, tables, read_case_file(small), "2025-06-16", "en"))
    assert (note in made["title"]["text"]["text"]) if note else ("without a date" not in made["title"]["text"]["text"])


def test_a_draft_says_in_its_timeline_that_nobody_reviewed_it(small: Paths) -> None:
    tables, case = read_built(small), read_case_file(small)
    unread = tables["mentions"].assign(reviewed="no")
    draft = write_timelinejs(REFERENCE, tables | {"mentions": unread}, replace(case, draft=True), "2025-06-16", "en")
    assert f"Machine draft: 0 of {unread['mention_id'].nunique()} entries reviewed" in draft
    assert "Machine draft" not in write_timelinejs(REFERENCE, tables, replace(case, draft=True), "2025-06-16", "en")


# --- the workbook ---


def read_book(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet of a workbook, the head first, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_a_sheet_for_each_table_with_all_of_its_rows(built: Paths) -> None:
    tables = read_built(built)
    sheets = read_book((built.built / "exchange" / "tables.xlsx").read_bytes())
    assert list(sheets) == list(tables)
    for name, table in tables.items():
        rows = table.astype(object).where(table.notna(), "").to_numpy().tolist()
        assert sheets[name] == [list(table.columns), *rows], name


def test_a_cell_of_the_workbook_is_what_the_table_says_and_never_a_formula() -> None:
    texts = [
        "=1+1",
        "+49 30",
        "-",
        "@SUM(A1)",
        "{=A1}",
        "https://example.org",
        "2025-06",
        "1E5",
        "007",
        "a\x0bb\n",
        "ä" * 40_000,
    ]
    frame = pd.DataFrame({"text": texts, "n": range(len(texts)), "share": [0.5, None, *[1.0] * (len(texts) - 2)]})
    made = to_xlsx({"events": frame, "ties": frame.head(0)}, "2025-06-16")
    assert made == to_xlsx({"events": frame, "ties": frame.head(0)}, "2025-06-16")
    head, *rows = read_book(made)["events"]
    assert [row[0] for row in rows][:-1] == texts[:-1]
    assert rows[-1][0] == "ä" * 32_767  # as much as Excel can hold
    assert [row[2] for row in rows][:3] == [0.5, "", 1.0]
    assert read_book(made)["ties"] == [head] == [list(frame.columns)]
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert "2025-06-16T00:00:00Z" in parts["docProps/core.xml"]
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert not re.search("<f>|<hyperlink", sheet)


def test_an_edition_without_events_leaves_files_that_can_be_read(copied: Paths) -> None:
    for name in ("events", "mentions", "conditions", "actors", "relations"):
        save(copied, name, load(copied, name).head(0))
    save_exchange(REFERENCE, copied)
    assert timeline(copied, copied.language)["events"] == []
    assert len(nx.read_graphml(copied.built / "exchange" / "relations.graphml")) == 0
    assert read_book((copied.built / "exchange" / "tables.xlsx").read_bytes())["events"] == [
        list(TABLES["events"].columns)
    ]


# --- all of them ---


def test_nothing_that_leaves_can_run(root: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    inputs = root / "data" / "cases" / "tiny"
    edit(inputs / "events.csv", "E5", summary_en=hostile)
    edit(inputs / "sources.csv", "T1", title=hostile, publisher=hostile, url='https://e.org/"onclick="alert(4)')
    paths = build(tiny(root))
    save_exchange(REFERENCE, paths)
    for slide in timeline(paths, "en")["events"]:
        shown = "".join([*slide["text"].values(), slide["display_date"], slide["group"]])
        for element in html.fragment_fromstring(shown, create_parent="div").iterdescendants():
            assert element.tag in ("p", "ul", "li", "a")
            assert set(element.attrib) <= {"href"}
            assert element.get("href", "https://").startswith(("http://", "https://"))


def test_the_same_tables_give_the_same_bytes_in_every_language_but_for_the_timeline(built: Paths) -> None:
    before = {file: file.read_bytes() for file in built.built.rglob("*") if file.is_file()}  # made when it was built
    names = []
    for language in LANGUAGES:
        again = {file: file.read_bytes() for file in save_exchange(REFERENCE, replace(built, language=language))}
        assert len(again) > 10
        assert again == {file: before[file] for file in again}
        names.append({file.name for file in again})
    assert names[0] ^ names[1] == {"timeline-de.json", "timeline-en.json"}
    described = {row["name"] for row in json.loads(again[built.built / "datapackage.json"])["resources"]}
    assert described == set(read_built(built))


@pytest.mark.parametrize("name", ABOUT_THE_RUN)
def test_a_table_about_the_run_does_not_leave(copied: Paths, name: str) -> None:
    save(copied, name, pd.DataFrame(columns=list(TABLES[name].columns)))
    assert name not in read_built(copied)
