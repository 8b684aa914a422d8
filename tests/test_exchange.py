"""What leaves an edition: other programs read the same data from it, no date more exact, nothing that can run."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pandas as pd
import pytest
import stix2validator
from examples import DATA, changes_of, dataset_of, edit, edition_of, findings_of, relations, tiny
from frictionless import Package, validate
from known import REFERENCE
from lagebild.analysis.changes import list_inputs
from lagebild.core.case import read_case_file
from lagebild.core.edtf import parse
from lagebild.core.labels import read_labels
from lagebild.core.paths import Paths, locate
from lagebild.core.schema import ABOUT_THE_RUN, TABLES
from lagebild.core.tables import load, records, save
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.report.datapackage import describe_package
from lagebild.report.exchange import (
    date_parts,
    make_graph,
    read_built,
    read_texts,
    save_exchange,
    to_gexf,
    to_graphml,
    to_parquet,
    write_annotations,
    write_timelinejs,
)
from lagebild.run.pipeline import save_all
from long import sample
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


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx_reads_the_graph_back_as_it_was(built: Paths, kind: str) -> None:
    graph = make_graph(REFERENCE, load(built, "relations"))
    file = built.built / "exchange" / f"relations.{kind}"
    back = nx.read_graphml(file) if kind == "graphml" else nx.read_gexf(file)
    assert back.is_directed()
    assert {node: back.nodes[node] for node in back} == {node: graph.nodes[node] for node in graph}
    ties = {(a, b): {key: v for key, v in values.items() if key != "id"} for a, b, values in back.edges(data=True)}
    assert ties == {(a, b): values for a, b, values in graph.edges(data=True)}
    assert len(ties) == len(load(built, "relations")) > 1


def test_the_graph_has_one_edge_for_each_direction_with_its_sign() -> None:
    graph = make_graph(
        REFERENCE, relations({}, {"source_actor": "IRN", "target_actor": "RUS", "sign": "-", "net": -2.0})
    )
    assert {(a, b): (tie["sign"], tie["net"], tie["weight"]) for a, b, tie in graph.edges(data=True)} == {
        ("RUS", "IRN"): ("+", 3.5, 3.5),
        ("IRN", "RUS"): ("-", -2.0, 2.0),
    }


def test_actors_of_one_bloc_carry_its_number_and_an_actor_without_a_tie_none() -> None:
    against = {"sign": "-", "net": -5.0, "target_actor": "ISR"}
    untied = {"source_actor": "USA", "target_actor": "CHN", "sign": "0", "net": 0.0, "n_events": 0, "event_ids": ""}
    blocs = nx.get_node_attributes(
        make_graph(REFERENCE, relations({}, against, against | {"source_actor": "IRN"}, untied)), "bloc"
    )
    assert blocs["RUS"] == blocs["IRN"] != blocs["ISR"]
    assert blocs["USA"] == ""


def test_a_graph_without_relations_is_empty_and_can_be_read(tmp_path: Path) -> None:
    graph = make_graph(REFERENCE, relations())
    for kind, content in (("graphml", to_graphml(graph)), ("gexf", to_gexf(graph, "2025-06-16"))):
        file = tmp_path / f"graph.{kind}"
        file.write_bytes(content)
        assert len(nx.read_graphml(file) if kind == "graphml" else nx.read_gexf(file)) == 0


def test_a_graph_bears_the_as_of_date_and_not_the_day_of_the_run(built: Paths) -> None:
    text = (built.built / "exchange" / "relations.gexf").read_text(encoding="utf-8")
    assert re.findall(r'lastmodifieddate="([^"]*)"', text) == [built.as_of]


# --- the Data Package ---


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection: a check must not depend on an address."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


@pytest.mark.usefixtures("offline")
def test_frictionless_finds_the_package_and_every_row_valid(built: Paths) -> None:
    report = validate(str(built.built / "datapackage.json"))
    assert report.flatten(["name", "type", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    left = {file.stem for file in built.built.glob("*.csv")} - {*ABOUT_THE_RUN}
    assert report.stats["tasks"] == len(left)


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


def test_the_package_describes_every_column_as_the_dictionary_does(built: Paths) -> None:
    package = Package(str(built.built / "datapackage.json"))
    assert sorted(package.resource_names) == sorted(
        file.stem for file in built.built.glob("*.csv") if file.stem not in ABOUT_THE_RUN
    )
    for resource in package.resources:
        columns = {name: field["description"] for name, field in TABLES[resource.name].columns.items()}
        assert {field.name: field.description for field in resource.schema.fields} == columns
        assert resource.schema.primary_key == list(TABLES[resource.name].key)
    days = {field.name: field.type for field in package.get_resource("events").schema.fields}
    assert (days["known_from"], days["n_mentions"], days["date"]) == ("date", "integer", "string")


def test_what_holds_words_of_others_names_no_licence(small: Paths) -> None:
    case, tables = read_case_file(small), read_built(small)
    assert "licenses" in json.loads(describe_package(small, case, tables["sources"], {}))
    tables["sources"] = tables["sources"].assign(wording=["original", *tables["sources"]["wording"][1:]])
    assert "licenses" not in json.loads(describe_package(small, case, tables["sources"], {}))
    texts = read_texts(small, tables["mentions"])
    assert "rights" not in json.loads(write_annotations(small, case, tables, texts, {}, []))


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
def test_the_timeline_has_the_documented_form_and_every_dated_event_once(built: Paths, language: str) -> None:
    made = timeline(built, language)
    schema = json.loads((DATA / "timelinejs.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(made)
    events, labels = load(built, "events"), read_labels(REFERENCE, language)
    assert [slide["unique_id"] for slide in made["events"]] == sorted(events.loc[events["date"] != "", "event_id"])
    assert {slide["display_date"] for slide in made["events"]} <= {labels.date(d) for d in events["date"]}


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


def test_no_slide_states_a_day_that_its_event_does_not(built: Paths) -> None:
    dates = load(built, "events").set_index("event_id")["date"]
    for slide in timeline(built, "en")["events"]:
        span = parse(dates[slide["unique_id"]])
        exact = {part for part in (span.start, span.end) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part)}
        for side in ("start_date", "end_date"):
            given = slide.get(side, {})
            if "day" in given:
                assert "{year}-{month:02}-{day:02}".format(**given) in exact


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


# --- Web Annotations ---


def read_json(paths: Paths, name: str) -> Any:
    """Return a file of the folder `exchange` of an edition."""
    return json.loads((paths.built / "exchange" / name).read_text(encoding="utf-8"))


def annotated(paths: Paths) -> list[dict[str, Any]]:
    """Return the annotations of an edition."""
    found: list[dict[str, Any]] = read_json(paths, "annotations.jsonld")["first"]["items"]
    return found


def spans(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the targets of an annotation in our texts."""
    return [target for target in annotation["target"] if isinstance(target.get("source"), dict)]


def test_annotations_keep_the_musts_of_the_recommendation(built: Paths) -> None:
    schema = json.loads((DATA / "annotations.schema.json").read_text(encoding="utf-8"))
    made = read_json(built, "annotations.jsonld")
    jsonschema.Draft202012Validator(schema).validate(made)
    mentions = load(built, "mentions")
    assert made["total"] == len(made["first"]["items"]) == mentions["mention_id"].nunique()
    names = [made["id"], made["last"], *(one["id"] for one in made["first"]["items"])]
    assert made["last"] == made["first"]["id"]
    assert len(set(names)) == len(names)


def test_every_span_selects_its_words_in_the_text_file(built: Paths) -> None:
    place = Path("data/built") / built.case / built.as_of / "exchange"
    seen = 0
    for annotation in annotated(built):
        for target in spans(annotation):
            address = Path(os.path.normpath(place / target["source"]["id"]))
            assert address.parent == Path("data/cases") / built.case / "texts"
            text = (built.texts / address.name).read_bytes().decode()
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            before, after = quote.get("prefix", ""), quote.get("suffix", "")
            assert text[: position["start"]].endswith(before)
            assert text[position["end"] :].startswith(after)
            assert before or position["start"] == 0
            seen += 1
    assert seen == len(load(built, "mentions"))


def test_a_page_is_quoted_only_where_the_text_is_its_wording(small: Paths, copied: Paths) -> None:
    edit(copied.inputs / "sources.csv", "T1", wording="original")
    save(copied, "sources", load(copied, "sources").assign(wording="original"))
    save_exchange(REFERENCE, copied)
    noted, quoted = (
        [target for one in annotated(paths) for target in one["target"] if target not in spans(one)]
        for paths in (small, copied)
    )
    assert {target.get("id") for target in noted} == {"https://example.org/treaty", "https://example.org/account"}
    assert not any("selector" in target for target in noted)
    assert {target.get("source") for target in quoted} == {"https://example.org/treaty", "https://example.org/account"}
    german = [target for target in quoted if target["source"].endswith("treaty")]  # the page is German
    held = set(load(copied, "mentions").query("language == 'de'")["evidence"])
    assert {target["selector"]["exact"] for target in german} <= held


def test_an_annotation_holds_the_coding_of_its_mention(built: Paths) -> None:
    rows = {row["mention_id"]: row for row in records(load(built, "mentions"))}
    for annotation in annotated(built):
        codings = [one for one in annotation["body"] if one.get("format") == "application/json"]
        coding = json.loads(codings[0]["value"])
        row = rows[coding["mention_id"]]
        assert [coding.get(name, "") for name in ("event_id", "condition_id", "date", "status", "stance")] == [
            row[name] for name in ("event_id", "condition_id", "date", "status", "stance")
        ]
        assert ";".join(coding.get("source_actors", [])) == row["source_actors"]
        values = [one["value"] for one in annotation["body"] if one["type"] == "TextualBody"]
        assert {row["event_id"] or row["condition_id"], row["status"]} <= set(values)
        spoken = {one["language"] for one in annotation["body"] if one.get("purpose") == "describing"}
        assert spoken == set(LANGUAGES)


def test_whoever_coded_or_decided_is_named_as_the_creator(small: Paths, copied: Paths) -> None:
    assert {tuple(one["name"] for one in made["creator"]) for made in annotated(small)} == {("Lagebild tests",)}
    file = copied.inputs / "decisions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Lagebild tests", "Somebody else"), encoding="utf-8")
    save_exchange(REFERENCE, copied)
    both = ["Lagebild tests", "Somebody else"]
    assert [one["name"] for one in annotated(copied)[0]["creator"]] == both  # t01, on which somebody decided


# --- STIX ---


def stix(paths: Paths) -> dict[str, dict[str, Any]]:
    """Return the objects of the bundle of an edition by their ids."""
    return {one["id"]: one for one in read_json(paths, "stix.json")["objects"]}


def find_faults(text: str) -> tuple[list[str], list[str]]:
    """Return the errors of stix2-validator, and its warnings but for the two that we cannot help."""
    # our ids are no random UUIDs; we hold no copy of a page, so no hash of one
    options = stix2validator.ValidationOptions(
        version="2.1", enforce_refs=True, disabled=["uuid-check", "extref-hashes"]
    )
    found = stix2validator.validate_string(text, options)
    return [str(one) for one in found.errors], [str(one) for one in found.warnings]


def test_stix2_validator_finds_no_fault(built: Paths) -> None:
    assert find_faults((built.built / "exchange" / "stix.json").read_text(encoding="utf-8")) == ([], [])


def test_stix2_validator_finds_what_is_broken(small: Paths) -> None:
    text = (small.built / "exchange" / "stix.json").read_text(encoding="utf-8")
    assert find_faults(text.replace('"identity_class": "individual"', '"identity_class": "Person"'))[1]
    assert find_faults(text.replace('"confidence": 70', '"confidence": 700'))[0]


def test_stix_of_the_earlier_edition_names_the_same_things_by_the_same_ids(
    built: Paths, real_tables: Path, tmp_path: Path
) -> None:
    if built.case == "tiny":
        pytest.skip("has one edition")
    source = locate("russia-iran", "2025-06-16", output=str(real_tables))
    earlier = replace(source, output=str(tmp_path))
    shutil.copytree(source.built, earlier.built)
    save_exchange(REFERENCE, earlier)
    assert find_faults((earlier.built / "exchange" / "stix.json").read_text(encoding="utf-8")) == ([], [])
    before, after = stix(earlier), stix(built)
    shared = [name for name in before if name in after and before[name]["type"] != "marking-definition"]
    assert len(shared) > 300
    assert all(before[name]["modified"] < after[name]["modified"] for name in shared)
    assert all(before[name]["created"] == after[name]["created"] for name in shared)


def test_every_reference_of_the_bundle_leads_to_an_object_in_it(built: Paths) -> None:
    made = stix(built)
    for one in made.values():
        named = [one[field] for field in ("created_by_ref", "source_ref", "target_ref") if field in one]
        assert {*named, *one.get("object_refs", ()), *one.get("object_marking_refs", ())} <= set(made)


def test_only_what_is_told_as_having_happened_is_an_incident(built: Paths) -> None:
    events, made = load(built, "events"), stix(built)
    told = events["status"].isin(["asserted", "reported"])
    names = events["summary_en"] + (events["contested"] == "occurrence").map({True: " (contested)", False: ""})
    incidents = [one["name"] for one in made.values() if one["type"] == "incident"]
    assert sorted(incidents) == sorted(names[told])
    notes = [one["abstract"] for one in made.values() if one["type"] == "note"]
    words = read_labels(REFERENCE, "en")
    for row in records(events[~told]):
        doubtful = [note for note in notes if note.startswith(row["summary_en"])]
        assert any(words(f"status.{row['status']}") in note for note in doubtful)
    assert len(notes) == int((~told).sum()) + len(load(built, "conditions"))
    sides = {one["source_ref"] for one in made.values() if one["type"] == "relationship"}
    assert not any(name.startswith("note") for name in sides)


def test_confidence_is_the_grade_of_the_information_and_never_high_where_contested(built: Paths) -> None:
    scale = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10, "6": None}  # STIX 2.1, appendix A
    events = load(built, "events")
    made = {one["name"]: one for one in stix(built).values() if one["type"] == "incident"}
    for row in records(events[events["status"].isin(["asserted", "reported"])]):
        if row["contested"] == "occurrence":
            assert made[f"{row['summary_en']} (contested)"].get("confidence", 0) <= 50
        else:
            assert made[row["summary_en"]].get("confidence") == scale[row["credibility"]]
    assert all("confidence" not in one for one in stix(built).values() if "hypothetical" in one.get("abstract", ""))


def test_who_denies_an_event_disagrees_with_it(built: Paths) -> None:
    denied = load(built, "mentions").query("stance == 'denies'")
    opinions = [one for one in stix(built).values() if one["type"] == "opinion"]
    assert len(opinions) == len(set(denied["event_id"] + denied["condition_id"])) > 0
    assert {one["opinion"] for one in opinions} == {"strongly-disagree"}
    assert all(one["authors"] and one["explanation"] for one in opinions)


def test_a_state_is_an_organisation_and_a_country(built: Paths) -> None:
    made = stix(built)
    russia = [one for one in made.values() if one.get("name") == "Russia"]
    assert sorted((one["type"], one.get("identity_class"), one.get("country")) for one in russia) == [
        ("identity", "organization", None),
        ("location", None, "RU"),
    ]
    ends = {
        (one["source_ref"], one["target_ref"]) for one in made.values() if one.get("relationship_type") == "located-at"
    }
    assert tuple(sorted(one["id"] for one in russia)) in ends


def test_a_page_is_a_report_on_all_that_it_tells(built: Paths) -> None:
    made = stix(built)
    mentions, pages = load(built, "mentions"), load(built, "sources")
    reports = {
        one["external_references"][0]["external_id"]: one
        for one in made.values()
        if one["type"] == "report" and "external_references" in one
    }
    assert set(reports) == set(pages["source_id"])
    for row in records(pages):
        report = reports[row["source_id"]]
        told = mentions[mentions["source_id"] == row["source_id"]]
        names = set(told["event_id"] + told["condition_id"])
        assert sum(ref.startswith(("incident", "note")) for ref in report["object_refs"]) == len(names)
        assert all(f"({name}): " in report["description"] for name in names)
        assert report["published"] == f"{row['known_from']}T00:00:00.000Z"


def test_no_relationship_begins_on_a_day_that_its_event_does_not_state(built: Paths) -> None:
    dates = load(built, "events").set_index("summary_en")["date"]
    made = stix(built)
    seen = 0
    for one in made.values():
        if one["type"] == "relationship" and one["source_ref"].startswith("incident"):
            date = dates[made[one["source_ref"]]["name"].removesuffix(" (contested)")]
            exact = bool(re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", date))
            assert ("start_time" in one) == ("stop_time" in one) == exact
            assert one.get("start_time", date).startswith(date[:10])
            seen += exact
    assert seen


@pytest.fixture
def drafted(tmp_path: Path) -> Paths:
    """Return an edition of a case that the draft coder made and nobody reviewed, sent out."""
    file = tmp_path / "a.txt"
    file.write_text(
        "Iran attacked Israel with missiles on Monday. The army of the country said that it had not attacked the town. "
        "Russia did not attack Israel. The United States condemned Iran, and the ministry said that it would respond.",
        encoding="utf-8",
    )
    make_case("probe", [str(file)], Given("2025-06-16", "en"), "", str(tmp_path))
    paths = locate("probe", "2025-06-16", root=str(tmp_path))
    edition_of(paths)
    save_exchange(REFERENCE, paths)
    return paths


def test_a_drafted_case_leaves_as_one_that_nobody_reviewed(drafted: Paths) -> None:
    text = (drafted.built / "exchange" / "stix.json").read_text(encoding="utf-8")
    assert find_faults(text) == ([], [])
    made = stix(drafted)
    told = [one for one in made.values() if one["type"] in ("incident", "note")]
    assert {one["type"] for one in told} == {"incident", "note"}
    assert all("confidence" not in one for one in told)
    for one in told + [one for one in made.values() if one["type"] == "report"]:
        assert "Machine draft, reviewed by nobody" in one.get("description", one.get("content", ""))
    for one in annotated(drafted):
        assert [maker["type"] for maker in one["creator"]] == ["Software"]
        assert len(one["target"]) == 1  # no address, so no page
    schema = json.loads((DATA / "annotations.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read_json(drafted, "annotations.jsonld"))


def test_an_edition_without_events_leaves_files_that_can_be_read(drafted: Paths) -> None:
    for name in ("events", "mentions", "conditions", "actors", "relations"):
        save(drafted, name, load(drafted, name).head(0))
    save_exchange(REFERENCE, drafted)
    assert find_faults((drafted.built / "exchange" / "stix.json").read_text(encoding="utf-8")) == ([], [])
    assert not any("Machine draft" in one.get("description", "") for one in stix(drafted).values())
    assert read_json(drafted, "annotations.jsonld")["total"] == 0
    assert "first" not in read_json(drafted, "annotations.jsonld")


# --- all of them ---


def test_what_bears_no_language_in_its_name_is_the_same_in_both(small: Paths) -> None:
    left = {language: save_exchange(REFERENCE, replace(small, language=language)) for language in LANGUAGES}
    names = {language: {file.name for file in files} for language, files in left.items()}
    assert names["de"] ^ names["en"] == {"timeline-de.json", "timeline-en.json"}
    one = {file: file.read_bytes() for file in left["en"]}
    save_exchange(REFERENCE, replace(small, language="de"))
    assert {file: file.read_bytes() for file in left["en"]} == one


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_nothing_that_leaves_can_run(root: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    inputs = root / "data" / "cases" / "tiny"
    edit(inputs / "events.csv", "E5", summary_en=hostile)
    edit(inputs / "sources.csv", "T1", title=hostile, publisher=hostile, url='https://e.org/"onclick="alert(4)')
    paths = build(tiny(root))
    save_exchange(REFERENCE, paths)
    reader = _Tags()
    for slide in timeline(paths, "en")["events"]:
        reader.feed("".join([*slide["text"].values(), slide["display_date"], slide["group"]]))
    assert {tag for tag, _ in reader.seen} == {"p", "ul", "li", "a"}
    assert all(set(attrs) <= {"href"} for _, attrs in reader.seen)
    links = [str(attrs["href"]) for tag, attrs in reader.seen if tag == "a"]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)
    shown = [one.get(field, "") for one in stix(paths).values() for field in ("description", "content", "explanation")]
    assert any("script>" in text for text in shown)
    assert not any(re.search(r"(?<!\\)<", text) for text in shown)  # as Markdown, in which platforms show them
    assert find_faults((paths.built / "exchange" / "stix.json").read_text(encoding="utf-8")) == ([], [])
    addresses = [target["scope"] for one in annotated(paths) for target in spans(one) if "scope" in target]
    assert "https://e.org/%22onclick=%22alert(4)" in addresses


def test_the_same_tables_give_the_same_bytes(built: Paths) -> None:
    before = {file: file.read_bytes() for file in built.built.rglob("*") if file.is_file()}  # made when it was built
    again = {file: file.read_bytes() for file in save_exchange(REFERENCE, replace(built, language="de"))}
    assert len(again) > 10
    assert again == {file: before[file] for file in again}
    described = {row["name"] for row in json.loads(again[built.built / "datapackage.json"])["resources"]}
    assert described == set(read_built(built))


@pytest.mark.parametrize("name", ABOUT_THE_RUN)
def test_a_table_about_the_run_does_not_leave(copied: Paths, name: str) -> None:
    save(copied, name, pd.DataFrame(columns=list(TABLES[name].columns)))
    assert name not in read_built(copied)


def test_the_files_name_each_source_that_tells_an_event(built: Paths) -> None:
    mentions, pages = load(built, "mentions"), load(built, "sources").set_index("source_id")
    for slide in timeline(built, "en")["events"]:
        reported = set(mentions.loc[mentions["event_id"] == slide["unique_id"], "source_id"])
        assert slide["text"]["text"].count("<li>") == len(reported)
        addresses = [row["url"] for row in records(pages.loc[sorted(reported)].reset_index()) if row["url"]]
        assert slide["text"]["text"].count("<a ") == len(addresses)
