"""Reading and writing: spreadsheets run no cell, a failed write spoils nothing, hashes tell data apart."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from examples import replace, tiny
from lagebild.charts.render import read_svg
from lagebild.core import tables as store
from lagebild.core.csv_files import hash_tables, to_csv
from lagebild.core.disk import write_bytes
from lagebild.core.errors import InputError
from lagebild.core.schema import TABLES, built_tables
from lagebild.core.yaml_files import read_yaml

DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "=",
    "==",
    '=HYPERLINK("http://x")',
    "-",
    "--1",
    "\n=1+1",
    " =1+1",
    "\u00a0@SUM(A1)",
    " \t+1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "-1+1",
    "－３",
]
PLAIN = [
    "3.5",
    "-3.5",
    "+3.5",
    "-10",
    "0",
    "+",
    "-",
    "text",
    "a=b",
    "a - b",
    "'quoted'",
    "",
    "E1;E2",
    "2025-06-13",
    "x\ny",
    " x",
    " -3.5",
    "－",
    "− 3",
    "– a",
]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _cells(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]


@pytest.mark.parametrize("cell", [cell for cell in DANGEROUS if len(cell) > 1])
def test_a_cell_that_a_spreadsheet_would_run_is_written_harmless(cell: str) -> None:
    (written,) = _cells(to_csv(pd.DataFrame({"text": [cell], "more": ["x"]})))
    assert not written.lstrip().startswith(STARTS)


@pytest.mark.parametrize("cell", PLAIN)
def test_numbers_signs_and_other_cells_are_written_as_they_are(cell: str) -> None:
    assert _cells(to_csv(pd.DataFrame({"text": [cell], "more": ["x"]}))) == [cell]


@pytest.mark.parametrize("value", [-3.5, -10.0, 3.5, 0.0])
def test_a_number_stays_a_number(value: float) -> None:
    assert _cells(to_csv(pd.DataFrame({"net": [value], "more": ["x"]}))) == [str(value)]


@pytest.mark.parametrize("cell", [*DANGEROUS, *(cell for cell in PLAIN if cell), "'=1+1", "''=1+1", "'"])
def test_every_cell_is_read_back_as_it_was(tmp_path: Path, cell: str) -> None:
    file = tmp_path / "words.csv"
    frame = pd.DataFrame({"key": ["k"], "de": [cell], "en": [cell]})
    write_bytes(file, to_csv(frame).encode())
    assert list(store.read_table(file, "reference/words").loc[0, ["de", "en"]]) == [cell, cell]


def test_writing_the_same_table_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    frame = pd.DataFrame({"key": ["a", "b"], "de": ["=1", "ä"], "en": ["x", "'y"]})
    write_bytes(file, to_csv(frame).encode())
    assert to_csv(store.read_table(file, "reference/words")).encode() == file.read_bytes()


@pytest.mark.parametrize("broken", ["open", "replace"])
def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    file = tmp_path / "table.csv"
    write_bytes(file, b"old")

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Path, broken, fail)
        with pytest.raises(OSError, match="no space left"):
            write_bytes(file, b"new")
    assert file.read_bytes() == b"old"


def test_a_write_leaves_nothing_beside_its_file(tmp_path: Path) -> None:
    write_bytes(tmp_path / "folder" / "table.csv", b"new")
    assert [file.name for file in (tmp_path / "folder").iterdir()] == ["table.csv"]


def _reported(*pairs: tuple[str, str]) -> pd.DataFrame:
    """Return sayings of these speakers about these actors."""
    frame = pd.DataFrame(0.0, index=range(len(pairs)), columns=list(TABLES["sayings"].columns))
    speakers, actors = zip(*pairs, strict=True)
    return frame.assign(speaker=speakers, actor=actors, event_ids="E1")


def test_a_table_that_does_not_fit_its_schema_is_not_written(root: Path) -> None:
    paths = tiny(root)
    good = pd.DataFrame({"a": ["x"]})
    with pytest.raises(KeyError):
        store.save(paths, "sayings", good)
    bad = _reported(("RUS", "I N"))
    with pytest.raises(InputError, match=r"data/built/tiny/2025-06-16/sayings\.csv, row 2: actor is 'I N'"):
        store.save(paths, "sayings", bad)
    assert not paths.built.exists()


@pytest.mark.parametrize("name", built_tables())
def test_a_table_without_rows_is_written_and_read_back(root: Path, name: str) -> None:
    columns = list(TABLES[name].columns)
    saved = store.save(tiny(root), name, pd.DataFrame([], columns=columns))
    assert (tiny(root).built / TABLES[name].file).read_text(encoding="utf-8") == ",".join(columns) + "\n"
    pd.testing.assert_frame_equal(store.load(tiny(root), name), saved)


def test_a_built_table_is_sorted_by_its_key(root: Path) -> None:
    saved = store.save(tiny(root), "sayings", _reported(("RUS", "USA"), ("IRN", "USA"), ("IRN", "ISR")))
    assert list(saved["speaker"] + saved["actor"]) == ["IRNISR", "IRNUSA", "RUSUSA"]


def test_a_table_that_no_step_has_built_says_how_to_build_it(root: Path) -> None:
    with pytest.raises(
        InputError, match=r"data/built/tiny/2025-06-16/events\.csv is missing: .*run tiny --as-of 2025-06-16"
    ):
        store.load(tiny(root), "events")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ({"a": ["x"]}, {"a": ["x"]}, True),
        ({"a": ["x"]}, {"a": ["y"]}, False),
        ({"a": ["x"]}, {"b": ["x"]}, False),
        ({"a": [1.0]}, {"a": [2.0]}, False),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, False),
    ],
)
def test_the_hash_tells_whether_data_is_the_same(
    one: dict[str, list[object]], two: dict[str, list[object]], same: bool
) -> None:
    first, second = (hash_tables({"t": pd.DataFrame(columns)}) for columns in (one, two))
    assert (first == second) is same


def test_the_hash_tells_tables_apart_by_name_but_not_by_order() -> None:
    a, b = pd.DataFrame({"x": ["1"]}), pd.DataFrame({"x": ["2"]})
    assert hash_tables({"a": a, "b": b}) == hash_tables({"b": b, "a": a}) != hash_tables({"a": b, "b": a})


def test_a_figure_older_than_its_data_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "figures" / "timeline.svg"
    file.parent.mkdir()
    file.write_text("<!-- data abc -->\n<svg/>", encoding="utf-8")
    assert read_svg(file, "abc") == "<svg/>"
    with pytest.raises(InputError, match=r"figures/timeline\.svg is missing or older than its data"):
        read_svg(file, "abd")


def test_a_missing_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"figures/timeline\.svg is missing"):
        read_svg(tmp_path / "figures" / "timeline.svg", "abc")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("subject: RUS", "subject: [RUS", "line"),
        ("  de: Was kann", " de: Was kann", "line"),
        ("de: Kleiner Fall", "de: Kleiner: Fall", "line 3"),
    ],
)
def test_yaml_that_cannot_be_read_names_file_and_line(root: Path, old: str, new: str, line: str) -> None:
    file = tiny(root).inputs / "case.yml"
    replace(file, old, new)
    with pytest.raises(InputError, match=rf"data/cases/tiny/case\.yml, {line}.* no valid YAML"):
        read_yaml(file)


def test_yaml_that_is_no_mapping_names_the_file(root: Path) -> None:
    file = tiny(root).inputs / "case.yml"
    file.write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"data/cases/tiny/case\.yml: a mapping"):
        read_yaml(file)
