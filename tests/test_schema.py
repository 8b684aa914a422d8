"""The tables: the dictionary that describes them, and what a row must be like."""

from __future__ import annotations

import gc
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from audits import make_audited
from examples import PROJECT, append, edit, edition_of, tiny
from frictionless import Schema
from known import REFERENCE
from lagebild.audit.audit_tables import tabulate_claims, tabulate_evidence
from lagebild.core import tables as store
from lagebild.core.csv_files import find_rule, read_columns, to_csv
from lagebild.core.errors import InputError
from lagebild.core.folders import locate
from lagebild.core.labels import read_labels
from lagebild.core.reference import Reference
from lagebild.core.schema import DAY, TABLES, built_tables, dictionary, ids, reference_tables
from lagebild.core.tables import append_case, find_broken_keys
from lagebild.report.datapackage import describe_table
from runs import copy_tiny


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Return every table: those that people write, the reference, and those that a run builds."""
    paths = tiny(copy_tiny(tmp_path_factory.mktemp("tables")))
    written = {name: store.read_case(paths, name.split("/")[1]) for name in TABLES if name.startswith("case/")}
    spoken = [REFERENCE.tables(language) for language in REFERENCE.languages]
    known = {
        name: pd.concat([one[name] for one in spoken]).drop_duplicates(list(TABLES[name].key), ignore_index=True)
        for name in spoken[0]
    } | REFERENCE.tables()
    cells = {
        "table": "events",
        "row": "E1",
        "change": "changed",
        "field": "status",
        "before": "open",
        "after": "asserted",
    }
    empty = dict.fromkeys(TABLES["revisions"].columns, "")
    revised = pd.DataFrame([empty | cells | {"after": "asserted", "cause": "rule"}])
    corners: dict[str, Any] = dict.fromkeys(TABLES["triads"].columns, "") | {
        "a": "IRN",
        "b": "ISR",
        "c": "RUS",
        "event_ids": "E1",
    }
    corners |= {"sign_ab": "-", "sign_ac": "+", "sign_bc": "+", "balanced": "no", "weak": "no", "n_events": 2}
    torn = pd.DataFrame([corners])  # the tiny case has no three firm ties
    whom = known["reference/names"].head(1).assign(language="de", reason="another one here")
    agreed = pd.DataFrame([{"first": "A", "second": "B", "day": "2025-06-16", "field": "verdict"}])
    agreed = agreed.assign(compared=9, agree=8, kappa=0.5)
    said = {"decision_id": "d1", "report": "0" * 12, "claim": "1" * 12, "verdict": "supported", "undoes": ""}
    added = {
        "case/verdicts": pd.DataFrame([said | {"reason": "read", "by": "A", "date": "2025-06-16"}]),
        "case/actors": known["reference/actors"].head(1).assign(reason="another name here"),
        "case/names": whom[list(TABLES["case/names"].columns)],
        "case/offices": known["reference/offices"].head(1).assign(reason="it ended sooner"),
        "case/agreement": agreed[list(TABLES["case/agreement"].columns)],
        "case/searches": pd.DataFrame([SEARCH])[list(TABLES["case/searches"].columns)],
        "case/unknown": pd.DataFrame([{"actor_id": "iris-berg", "type": "person", "name": "Iris Berg"}]),
    }
    refused = pd.DataFrame([{"source_id": "T1", "language": "de", "number": 1, "quote": "no word", "reason": "quote"}])
    place = {"source_id": "T1", "language": "de", "sentence_no": 1, "n_sentences": 3, "n_sources": 1}
    acts = pd.DataFrame([{"rank": 1, "name": "Iris Berg", "kind": "person"} | place | {"nearest": ""}])
    acts = acts[list(TABLES["suggestions"].columns)]
    found, words = make_audited("en").audit, read_labels(REFERENCE, "en")
    audits = {"audit/claims": tabulate_claims(found, words), "audit/evidence": tabulate_evidence(found, {})}
    built = edition_of(paths) | {"revisions": revised, "triads": torn, "suggestions": acts, "refused": refused}
    return written | known | built | added | audits


@pytest.fixture(scope="module")
def filled(tables: dict[str, pd.DataFrame], real_tables: Path) -> dict[str, pd.DataFrame]:
    """Return the same, and rows of the real case where the tiny one is too small, as for a triad of firm ties."""
    real = locate("russia-iran", "2025-06-16", output=str(real_tables))
    empty = [name for name, frame in tables.items() if frame.empty]
    return tables | {
        name: store.read_case(real, name.split("/")[1]) if "/" in name else store.load(real, name) for name in empty
    }


@pytest.mark.slow
def test_the_printed_dictionary_is_the_committed_one() -> None:
    assert (PROJECT / "data" / "README.md").read_text(encoding="utf-8") == dictionary()


def test_the_dictionary_describes_every_column_of_every_table() -> None:
    lines = dictionary().splitlines()
    for table in TABLES.values():
        assert f"### {table.file}" in lines
        for name, column in table.columns.items():
            assert column["description"]
            assert any(line.startswith(f"| {name} | {column['description']} |") for line in lines)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_survives_writing_and_reading(filled: dict[str, pd.DataFrame], name: str, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(to_csv(filled[name]), encoding="utf-8")
    assert not filled[name].empty
    pd.testing.assert_frame_equal(store.read_table(file, name), filled[name])
    assert store.validate(filled[name], TABLES[name], file).equals(filled[name])


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_takes_a_key_twice(filled: dict[str, pd.DataFrame], name: str, tmp_path: Path) -> None:
    file = tmp_path / "data" / "table.csv"
    file.parent.mkdir()
    twice = pd.concat([filled[name], filled[name].tail(1)])
    file.write_text(to_csv(twice), encoding="utf-8")
    with pytest.raises(InputError, match=rf"data/table\.csv, row {len(filled[name]) + 2}: .* must be unique"):
        store.read_table(file, name)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_takes_a_column_that_it_does_not_have(
    tables: dict[str, pd.DataFrame], name: str, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "table.csv"
    file.parent.mkdir()
    file.write_text(to_csv(tables[name].assign(surplus="x")), encoding="utf-8")
    with pytest.raises(InputError, match=r"data/table\.csv, row 1: the columns do not fit \(surplus\)"):
        store.read_table(file, name)


HEAD = "actor_id,type,name_de,name_en,wikidata,born"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "row 1: the columns do not fit (actor_id, born, name_de, name_en, type, wikidata)"),
        (f"{HEAD[:-5]}\nRUS,state,Russland,Russia,Q159\n", "row 1: the columns do not fit (born); born missing; they"),
        (f"{HEAD}n\nRUS,state,Russland,Russia,Q159,\n", "; 'bornn' is not known here (is born meant?); they must be"),
        (f"{HEAD},x\nRUS,state,Russland,Russia,Q159,,\n", "(x); 'x' is not known here; they must be actor_id, type,"),
        (f"{HEAD.replace(',', ';')};x\n", "row 1: the columns do not fit (x); 'x' is not known here"),
        (
            f"{HEAD.replace(',', ';')}\nRUS;state;R;R;;a;b\n",
            "row 2: 7 cells where 6 belong; put a cell that holds a semi",
        ),
        (HEAD.replace(",", "\t"), "row 1: the cells are parted by tabs; save the table with commas"),
        (f"sep=;\n{HEAD}", "row 1: the columns do not fit"),
        ("type,actor_id,name_de,name_en,wikidata,born\n", "row 1: the columns do not fit (their order)"),
        (f"{HEAD}\nRUS,state,Russland,Russia,Q159,,more\n", "row 2: 7 cells where 6 belong"),
        (f"{HEAD}\nRUS,state,Russland,Russia,Q159,\nIRN,state,Iran, Islamic,Iran,Q794,\n", "row 3: 7 cells where 6"),
        (f"{HEAD}\nRUS,state,Russland\n", "row 2: 3 cells where 6 belong"),
        (f"{HEAD}\n\nRUS,state,Russland,Russia,Q159,\n", "row 2: 0 cells where 6 belong"),
        (f'{HEAD}\nRUS,state,"Russland,Russia,Q159,\n', "is no valid CSV"),
        (f"{HEAD}\nRUS,nation,Russland,Russia,Q159,\n", "row 2: type is 'nation', but must be one of state, person,"),
        (f"{HEAD}\nRUS,,Russland,Russia,Q159,\n", "row 2: type is '', but must be one of state, person,"),
        (f"{HEAD}\nRUS,state,,Russia,Q159,\n", "row 2: name_de is '', but must be"),
        (f"{HEAD}\nR S,state,Russland,Russia,Q159,\n", "row 2: actor_id is 'R S', but must be"),
        (f"{HEAD}\nRUS,state,Russland,Russia,159,\n", "row 2: wikidata is '159', but must be"),
        (f"{HEAD}\nRUS,state,a,b,,\nIRN,state,a,b,,\nRUS,state,a,b,,\n", "row 4: actor_id must be unique"),
    ],
)
def test_a_broken_table_names_file_row_and_fault(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "data" / "reference" / "actors.csv"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        store.read_table(file, "reference/actors")
    assert str(raised.value).startswith("data/reference/actors.csv")
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


SHORT = "source_id,title,publisher,published,retrieved,language"
TOLD = "mention_id,event_id,source_id,sentence_no,status,reason,by,added"
LACKING = [  # a table of a case that lacks columns, its text, and what some of these say then, or what is wrong
    ("sources", f"{SHORT}\nS1,A,Post,2025-01-01,2025-01-02,en", {"reporter": "Post", "reliability": "F", "author": ""}),
    ("sources", f"{SHORT},kind\nS1,A,Post,2025-01-01,2025-01-02,en,note", {"kind": "note", "wording": "original"}),
    ("sources", SHORT, {}),
    ("mentions", f"{TOLD}\nM1,E1,S1,1,open,so,A,2025-01-02", {"status": "open", "mutual": "no", "credibility": "6"}),
    ("events", "event_id,summary_de,summary_en\nE1,A,B", {"process": "", "note": ""}),
    ("decisions", "decision_id,row,action,reason,by,date\nd1,t1,accept,so,A,2025-01-02", {"field": "", "value": ""}),
    ("sources", SHORT.replace(",retrieved", ""), "(retrieved); retrieved missing; they must be source_id"),
    ("sources", SHORT.replace("title,publisher", "publisher,title"), "the columns do not fit (their order)"),
    ("sources", f"{SHORT},reliabilty", "'reliabilty' is not known here (is reliability meant?)"),
    ("sources", f"{SHORT},kind,kind", "the columns do not fit (their order)"),
    ("sources", f"{SHORT},kind\nS1,A,Post,2025-01-01,2025-01-02,en,", "row 2: kind is '', but must be one of article"),
    ("sources", f"{SHORT},kind\nS1,A,Post,2025-01-01,2025-01-02,en", "row 2: 6 cells where 7 belong"),
]


@pytest.mark.parametrize(("name", "text", "says"), LACKING)
def test_a_table_of_a_case_may_lack_what_may_be_empty_or_has_a_default(
    tmp_path: Path, name: str, text: str, says: dict[str, str] | str
) -> None:
    file = tmp_path / f"{name}.csv"
    file.write_text(f"{text}\n", encoding="utf-8")
    if isinstance(says, str):
        with pytest.raises(InputError) as raised:
            store.read_table(file, f"case/{name}")
        assert says in str(raised.value)
    else:
        frame = store.read_table(file, f"case/{name}")
        assert list(frame.columns) == list(TABLES[f"case/{name}"].columns)
        assert says.items() <= ({} if frame.empty else dict(frame.iloc[0])).items()


def test_only_tables_that_people_write_for_a_case_may_lack_columns() -> None:
    assert {name.partition("/")[0] for name, table in TABLES.items() if table.defaults} == {"case"}


CELLS = [
    "",
    "x",
    "yes",
    "de",
    "en-GB",
    "E1",
    "E1;E2",
    "E1;",
    ";",
    "2025-06-16",
    "2025-06-1٦",
    "2025-06-16\n",
    "Q1",
    "Q١",
]
CELLS += [
    "IRN",
    "irn",
    "AGREE",
    "AGREE;ACCUSE",
    "0123456789ab",
    "https://example.org/ä",
    "http:// x",
    "acts|dates",
    "ä-b",
]


def allows(field: dict[str, Any], cell: Any) -> bool:
    """Whether the schema allows a cell, read word by word."""
    limits = field["constraints"]
    required = limits.get("required", False)
    if field["type"] == "number":
        return not (required and pd.isna(cell))
    if field["type"] == "integer":
        return isinstance(cell, int) and cell >= limits["minimum"]
    if cell == "" and not required:
        return True
    if "enum" in limits:
        return cell in limits["enum"]
    pattern = DAY if field["type"] == "date" else limits.get("pattern", "(?s:.+)")
    return re.fullmatch(pattern, cell) is not None


def test_each_column_allows_the_cells_that_its_schema_allows() -> None:
    columns = [(table, name, field) for table in TABLES.values() for name, field in table.columns.items()]
    distinct = {str(field["constraints"]) + field["type"]: (table, name) for table, name, field in columns}
    for table, name in distinct.values():
        field = dict(table.columns[name])
        numbers = field["type"] in ("integer", "number")
        cells: list[Any] = [0, 1, -1, 1.5, float("nan")] if numbers else CELLS
        expected = [allows(field, cell) for cell in cells]
        assert [find_rule(table, name)([cell]) for cell in cells] == expected, (table.name, name)
        assert not find_rule(table, name)([*cells, None])


SEARCH = {
    **dict.fromkeys(("question_de", "question_en", "words", "place"), "word"),
    **{"search_id": "Q1", "rung": "fight", "start": "2025-06-13", "end": "2025-06-16", "day": "2026-12-01"},
    **{"hits": 12, "read": 3, "found": "E1"},
}
AGREED = pd.DataFrame({"field": ["type", "date"], "compared": [3, 4], "agree": [1, 2], "kappa": [0.5, float("nan")]})
WORD, COUNT = r"of the form [\w-]+", "zero or more"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"field": ["type", "type"]}, "field must be unique, and this row repeats one; give it its own"),
        ({"field": ["type", ""]}, f"field is '', but must be {WORD}"),
        ({"field": ["type", None]}, f"field is 'nan', but must be {WORD}"),
        ({"field": pd.Series(["type", None], dtype=object)}, f"field is 'None', but must be {WORD}"),
        ({"field": pd.Series(["type", 7], dtype=object)}, f"field is '7', but must be {WORD}"),
        ({"compared": ["3", "x"]}, f"compared is 'x', but must be {COUNT}"),
        ({"compared": [3, -4]}, f"compared is '-4', but must be {COUNT}"),
        ({"compared": [3, None]}, f"compared is 'nan', but must be {COUNT}"),
        ({"compared": ["3", "9" * 20]}, f"compared is '{'9' * 20}', but must be {COUNT}"),
        ({"kappa": ["0.5", "half"]}, "kappa is 'half', but must be a number, or empty"),
    ],
)
def test_a_table_that_does_not_fit_is_not_written(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as raised:
        store.validate(AGREED.assign(**changed), TABLES["agreement"], Path("agreement.csv"))
    assert str(raised.value) == f"agreement.csv, row 3: {says}."


@pytest.mark.parametrize("names", [["field", "compared"], ["compared", "field", "agree", "kappa"], [*AGREED, "more"]])
def test_a_table_with_other_columns_is_not_written(names: list[str]) -> None:
    with pytest.raises(InputError, match=r"^agreement\.csv, row 1: the columns do not fit"):
        store.validate(AGREED.assign(more="x")[names], TABLES["agreement"], Path("agreement.csv"))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"field": pd.Series(["type", "date"], dtype="string")},
        {"field": pd.Series(["type", "date"], dtype=object)},
        {"compared": ["3", "4"]},
        {"compared": [3.0, 4.0]},
        {"kappa": ["0.5", None]},
        {"kappa": ["0.5", ""]},
    ],
)
def test_numbers_are_written_as_numbers_whatever_holds_them(changed: dict[str, Any]) -> None:
    written = store.validate(AGREED.assign(**changed), TABLES["agreement"], Path("agreement.csv"))
    pd.testing.assert_frame_equal(written.astype({"field": "str"}), AGREED)


NUMBERS: dict[str, float | None] = {"": None, "0.5": 0.5, "-1e-05": -1e-05, ".5": 0.5, "1_0": 10, " 1": 1, "٣": 3}
NUMBERS |= {"inf": float("inf"), "nan": None}


@pytest.mark.parametrize("cell", [*NUMBERS, "x", "0,5"])
def test_a_number_is_read_as_python_reads_it(tmp_path: Path, cell: str) -> None:
    file = tmp_path / "agreement.csv"
    file.write_text(f'field,compared,agree,kappa\ntype,3,1,"{cell}"\n', encoding="utf-8")
    if cell in NUMBERS:
        (held,) = store.read_table(file, "agreement")["kappa"]
        assert held == NUMBERS[cell] or (NUMBERS[cell] is None and pd.isna(held))
    else:
        with pytest.raises(InputError, match=rf"row 2: kappa is '{cell}', but must be a number, or empty\."):
            store.read_table(file, "agreement")


def test_what_a_column_says_by_default_is_allowed_there() -> None:
    for table in TABLES.values():
        for name, default in table.defaults.items():
            cell = float("nan") if default == "" and table.columns[name]["type"] == "number" else default
            assert default[:1] == "<" or find_rule(table, name)([cell]), name


def test_rows_for_a_table_that_lacks_columns_complete_it(root: Path) -> None:
    paths = tiny(root)
    names = {"actor_id": "ida-moor", "name_de": "Ida Moor", "name_en": "Ida Moor"}
    file = paths.inputs / "actors.csv"
    file.write_text("actor_id,type,name_de,name_en\niris-berg,person,Iris Berg,Iris Berg\n", encoding="utf-8")
    row = pd.DataFrame([names | {"type": "person", "wikidata": "", "born": "1970-01-01", "reason": ""}])
    before, after = append_case(paths, "actors", row)
    held = store.read_case(paths, "actors")
    assert dict(zip(held["actor_id"], held["born"], strict=True)) == {"iris-berg": "", "ida-moor": "1970-01-01"}
    assert (before, after) == (67, file.stat().st_size)
    assert append_case(paths, "actors", row) == (after, after)


def test_a_case_without_conditions_has_none_and_one_without_mentions_is_refused(root: Path) -> None:
    paths = tiny(root)
    for name in ("conditions", "mentions"):
        (paths.inputs / f"{name}.csv").unlink()
    assert store.read_case(paths, "conditions").empty
    with pytest.raises(InputError, match=r"mentions\.csv is missing"):
        store.read_case(paths, "mentions")


def test_a_table_that_is_not_utf_8_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "data" / "reference" / "actors.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(f"{HEAD}\nGBR,state,Großbritannien,United Kingdom,,\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"^data/reference/actors\.csv is not UTF-8"):
        store.read_table(file, "reference/actors")


def test_a_table_that_is_missing_names_the_file_and_its_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=rf"^data/actors\.csv is missing: .*{HEAD.replace(',', ', ')}"):
        store.read_table(tmp_path / "data" / "actors.csv", "reference/actors")


@pytest.mark.parametrize("start", ["", "﻿"])
def test_a_byte_order_mark_is_no_part_of_a_table(tmp_path: Path, start: str) -> None:
    file = tmp_path / "actors.csv"
    file.write_text(f"{start}{HEAD}\nRUS,state,Russland,Russia,Q159,\n", encoding="utf-8")
    assert list(store.read_table(file, "reference/actors")["actor_id"]) == ["RUS"]


@pytest.mark.parametrize(
    ("table", "key", "cells", "fault"),
    [
        ("mentions", "t02", {"status": "certain"}, "row 3: status is 'certain', but must be one of asserted, "),
        ("mentions", "t02", {"event_type": "MEET"}, "row 3: event_type is 'MEET', but must be one of AGREE, "),
        ("mentions", "t02", {"sentence_no": "two"}, "row 3: sentence_no is 'two', but must be"),
        ("mentions", "t02", {"sentence_no": "-1"}, "row 3: sentence_no is '-1', but must be zero or more"),
        ("mentions", "t02", {"stance": "doubts"}, "row 3: stance is 'doubts', but must be one of supports, "),
        ("mentions", "t02", {"credibility": "7"}, "row 3: credibility is '7', but must be one of 1, "),
        ("mentions", "t02", {"mutual": "true"}, "row 3: mutual is 'true', but must be one of yes, no"),
        ("mentions", "t02", {"source_actors": "putin, trump"}, "row 3: source_actors is 'putin, trump', but must be"),
        ("mentions", "t02", {"reason": ""}, "row 3: reason is '', but must be"),
        ("sources", "T2", {"reliability": "G"}, "row 3: reliability is 'G', but must be one of A, "),
        ("sources", "T2", {"url": "javascript:alert(1)"}, "row 3: url is 'javascript:alert(1)', but must be"),
        ("sources", "T2", {"url": "https://example.org/a b"}, "row 3: url is 'https://example.org/a b', but must be"),
        ("sources", "T2", {"retrieved": "24.11.2026"}, "row 3: retrieved is '24.11.2026', but must be"),
        ("conditions", "C1", {"theme": "weather"}, "row 2: theme is 'weather', but must be one of treaty, "),
        ("decisions", "d1", {"action": "delete"}, "row 2: action is 'delete', but must be one of accept, "),
        ("events", "E2", {"summary_de": ""}, "row 3: summary_de is '', but must be"),
    ],
)
def test_a_cell_that_does_not_fit_names_file_row_and_what_fits(
    root: Path, table: str, key: str, cells: dict[str, str], fault: str
) -> None:
    edit(tiny(root).inputs / f"{table}.csv", key, **cells)
    with pytest.raises(InputError) as raised:
        store.read_case(tiny(root), table)
    assert str(raised.value).startswith(f"data/cases/tiny/{table}.csv, ")
    assert fault in str(raised.value)


def test_the_first_of_several_faults_is_named(root: Path) -> None:
    file = tiny(root).inputs / "mentions.csv"
    edit(file, "t05", status="certain")
    edit(file, "t02", stance="doubts")
    with pytest.raises(InputError, match="row 3: stance"):
        store.read_case(tiny(root), "mentions")


def test_a_repeated_key_names_its_second_row(root: Path) -> None:
    append(tiny(root).inputs / "events.csv", event_id="E3")
    with pytest.raises(InputError, match=r"data/cases/tiny/events\.csv, row 10: event_id must be unique"):
        store.read_case(tiny(root), "events")


def test_a_case_without_decisions_has_none(root: Path) -> None:
    (tiny(root).inputs / "decisions.csv").unlink()
    decisions = store.read_case(tiny(root), "decisions")
    assert decisions.empty
    assert list(decisions.columns) == list(TABLES["case/decisions"].columns)


@pytest.mark.parametrize("name", ["actors", "offices", "event_types", "words"])
def test_the_reference_tables_are_sorted_by_their_key(name: str) -> None:
    keys = list(REFERENCE.table(name)[TABLES[f"reference/{name}"].key[0]])
    assert keys == sorted(keys)
    assert (REFERENCE.folder / f"{name}.csv").read_bytes().endswith(b"\n")


def test_every_reference_of_a_sound_case_leads_somewhere(tables: dict[str, pd.DataFrame]) -> None:
    assert [(broken.table, broken.row, broken.message) for broken in find_broken_keys(tables)] == []


@pytest.mark.parametrize(
    ("table", "cells", "column"),
    [
        ("case/mentions", {"event_id": "E99"}, "event_id is 'E99', which data/cases/CASE/events.csv does not have"),
        ("case/mentions", {"source_actors": "RUS;Rus"}, "source_actors is 'Rus', which data/reference/actors.csv does"),
        ("reference/offices", {"acts_for": "XXX"}, "acts_for is 'XXX', which data/reference/actors.csv does not have"),
        ("mentions", {"sentence_no": 99}, "source_id, language, sentence_no is 'T1, de, 99', which data/built/"),
        ("relations", {"event_ids": "E1;E99"}, "event_ids is 'E99', which data/built/CASE/AS_OF/events.csv does not"),
    ],
)
def test_a_reference_that_leads_nowhere_names_row_column_and_value(
    tables: dict[str, pd.DataFrame], table: str, cells: dict[str, str | int], column: str
) -> None:
    changed = tables[table].copy()
    for name, cell in cells.items():
        changed.loc[0, name] = cell
    (broken,) = find_broken_keys(tables | {table: changed})
    assert (broken.table, broken.row) == (table, 2)
    assert broken.message.startswith(column)


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_every_reference_of_a_language_leads_somewhere(language: str) -> None:
    own, known = REFERENCE.tables(language), REFERENCE.tables()
    assert not list(find_broken_keys(own, beside=known))
    own["reference/frames"] = own["reference/frames"].assign(event_type="WAR")
    assert {broken.table for broken in find_broken_keys(own, beside=known)} == {"reference/frames"}


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_the_folder_of_a_language_holds_its_tables_and_nothing_else(language: str) -> None:
    files = {file.name for file in REFERENCE.place(language).iterdir()}
    assert files - {"acts.jsonl"} == {TABLES[name].file for name in reference_tables(spoken=True)}


def test_a_table_that_a_language_lacks_is_named(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(REFERENCE.folder, tmp_path / "data" / "reference"))
    (copy / "lang" / "de" / "heads.csv").unlink()
    with pytest.raises(InputError, match=r"^data/reference/lang/de/heads\.csv is missing"):
        Reference(copy).table("heads", "de")


def test_a_language_may_lack_the_note_that_no_wheel_brings(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(REFERENCE.folder, tmp_path / "data" / "reference"))
    (copy / "lang" / "de" / "settled.csv").unlink()
    assert {*REFERENCE.tables("de")} - {*Reference(copy).tables("de")} == {"reference/settled"}


def test_only_tables_that_are_there_are_looked_up(tables: dict[str, pd.DataFrame]) -> None:
    assert not list(find_broken_keys({"mentions": tables["mentions"]}))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_keys_name_columns_that_the_tables_have(name: str) -> None:
    assert set(TABLES[name].key) <= set(TABLES[name].columns)
    for key in TABLES[name].foreign_keys:
        assert set(key.columns) <= set(TABLES[name].columns)
        assert set(key.referred) <= set(TABLES[key.table].columns)
        assert len(key.columns) == len(key.referred) == 1 or not key.is_list


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_standard_tools_take_the_schema_of_every_table(name: str) -> None:
    Schema.from_descriptor(describe_table(TABLES[name], set(TABLES)))  # raises if it does not fit


def test_a_step_writes_the_built_tables_and_no_other() -> None:
    assert {name for name in TABLES if "/" not in name} == set(built_tables())
    assert built_tables("01") == ("sources", "sentences")
    assert {TABLES[name].step for name in built_tables()} == {"01", "02", "03", "04", "run"}


@pytest.mark.parametrize(("cell", "expected"), [("", ()), ("E1", ("E1",)), ("E1;E2;E10", ("E1", "E2", "E10"))])
def test_a_list_cell_holds_ids_parted_by_semicolons(cell: str, expected: tuple[str, ...]) -> None:
    assert ids(cell) == expected


def test_a_table_that_cannot_be_read_leaves_the_collector_of_python_at_work(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_columns(tmp_path / "events.csv", "events")
    assert gc.isenabled()
