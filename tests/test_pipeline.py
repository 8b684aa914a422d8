"""One path: what the notebooks make is what the pipeline makes, from files that are each read once."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from examples import PROJECT, append, edit, edition_of, faults_in, open_case, read_rows, tiny
from known import REFERENCE
from lagebild.analysis.changes import list_inputs
from lagebild.analysis.findings import check_parameters, note_parameters
from lagebild.core import tables as store
from lagebild.core.errors import InputError
from lagebild.core.reference import read_reference
from lagebild.core.schema import TABLES, built_tables
from lagebild.corpus.inputs import load_corpus, read_inputs
from lagebild.dataset.case_drafts import draft_case
from lagebild.run.checks import check_case
from runs import copy_tiny, run_cells

pytestmark = pytest.mark.slow  # whole editions

WATCHED: list[Counter[str]] = []


def _count(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHED and event == "open" and isinstance(arguments[0], str) and arguments[1] in ("r", "rb", None):
        WATCHED[-1][arguments[0]] += 1


sys.addaudithook(_count)


@contextmanager
def opened() -> Iterator[Counter[str]]:
    """Count how often each file is opened meanwhile."""
    WATCHED.append(Counter())
    try:
        yield WATCHED[-1]
    finally:
        WATCHED.pop()


def test_notebook_02_opens_each_text_and_each_table_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagebild.corpus.inputs.read_reference", read_reference)  # not the one of all tests
    run_cells("01-sources.ipynb", case="tiny", as_of="2025-06-16", root=str(root))
    with opened() as files:
        run_cells("02-dataset.ipynb", case="tiny", as_of="2025-06-16", root=str(root))
    texts = {name: n for name, n in files.items() if name.endswith(".txt") and "/texts/" in name}
    assert set(map(Path, texts)) == set(tiny(root).texts.glob("*.txt"))
    assert set(texts.values()) == {1}
    case = {Path(name).name: n for name, n in files.items() if Path(name).parent == tiny(root).inputs}
    assert {"sources.csv", "mentions.csv", "case.yml"} < case.keys()
    again = {"case.yml": 3, "offices.csv": 3}  # for its hash, and once by the last section, as an analyst would
    assert {name: n for name, n in case.items() if n > again.get(name, 2)} == {}
    reference = {name: n for name, n in files.items() if "/data/reference/" in name}
    assert reference and max(reference.values()) <= 3


def test_the_notebooks_make_the_tables_that_the_pipeline_makes(by_papermill: Path, root: Path) -> None:
    made = edition_of(tiny(root))
    assert set(made) == set(built_tables()) - {"revisions"}
    for name in made:
        file = f"data/built/tiny/2025-06-16/{TABLES[name].file}"
        assert (by_papermill / file).read_bytes() == (root / file).read_bytes(), name


def test_rows_of_sources_may_stand_in_any_order(root: Path) -> None:
    before = edition_of(tiny(root))
    file = tiny(root).inputs / "sources.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(head + "".join(reversed(rows)), encoding="utf-8")
    assert [row["source_id"] for row in read_rows(file)] == ["T3", "T2", "T1"]
    after = edition_of(tiny(root))
    assert faults_in(tiny(root)) == []
    for name in before.keys() - {"inputs"}:
        assert before[name].equals(after[name]), name


def test_a_fault_in_a_source_names_the_row_of_the_file_whatever_the_order(root: Path) -> None:
    file = tiny(root).inputs / "sources.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(head + "".join(reversed(rows)), encoding="utf-8")
    edit(file, "T1", retrieved="2025-02-30")
    with pytest.raises(InputError, match=r"^data/cases/tiny/sources\.csv, row 4 \(T1\): "):
        open_case(tiny(root))


def test_step_02_refuses_sources_that_are_older_than_the_case(root: Path) -> None:
    paths, before = tiny(root), open_case(tiny(root)).known("2025-06-16")
    store.save(paths, "sources", before.sources)
    store.save(paths, "sentences", before.sentences)
    assert load_corpus(open_case(paths), paths).sentences.equals(before.sentences)
    text = paths.texts / "T1.en.txt"
    text.write_text(text.read_text(encoding="utf-8").replace(".", "!", 1), encoding="utf-8")
    with pytest.raises(InputError, match="run step 01 again"):
        load_corpus(open_case(paths), paths)


def test_each_root_has_a_reference_of_its_own(tmp_path: Path, root: Path) -> None:
    own = copy_tiny(tmp_path / "own")
    shutil.copytree(REFERENCE.folder, own / "data" / "reference")
    for frames in (own / "data" / "reference" / "lang").glob("*/frames.csv"):
        head = frames.read_text(encoding="utf-8").splitlines(keepends=True)[0]
        frames.write_text(head, encoding="utf-8")
    assert len(draft_case(read_inputs(tiny(own))).events) < len(draft_case(open_case(tiny(root))).events)
    assert len(draft_case(open_case(tiny(root))).events) > 0


@pytest.mark.parametrize("name", ["since", "lanes", "actors", "compare"])
def test_a_later_step_refuses_a_parameter_with_which_the_tables_were_not_made(root: Path, name: str) -> None:
    edition_of(tiny(root))
    check_parameters(tiny(root), "05", since="", lanes="dyad", actors="folded", compare="")
    with pytest.raises(InputError, match=rf"^The parameter {name} is .+: run step 0[234] with it first"):
        check_parameters(tiny(root), "05", **{name: "2025-01-01"})
    if name == "since":
        store.save(tiny(root), "inputs", list_inputs(tiny(root), "2025-01-01"))
    else:
        others = {"actors": "folded", "compare": ""} if name in ("actors", "compare") else {}
        note_parameters(tiny(root), **others | {name: "2025-01-01"})
    check_parameters(tiny(root), "05", **{name: "2025-01-01"})


@pytest.mark.parametrize("name", sorted(file.name for file in (PROJECT / "notebooks").glob("0*.ipynb")))
def test_a_notebook_uses_every_parameter_that_it_lists(name: str) -> None:
    notebook = json.loads((PROJECT / "notebooks" / name).read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for parameter in re.findall(r"^(\w+): str", cells[0], re.MULTILINE):
        assert any(re.search(rf"\b{parameter}\b", cell) for cell in cells[1:]), parameter


def test_check_names_a_row_of_the_reference_that_refers_to_nothing(tmp_path: Path) -> None:
    own = copy_tiny(tmp_path)
    shutil.copytree(REFERENCE.folder, own / "data" / "reference")
    append(own / "data" / "reference" / "offices.csv", office_id="a-new-one", actor_id="nobody-at-all")
    (fault,) = [line.text for line in check_case(tiny(own)) if line.is_fault]
    assert re.match(r"data/reference/offices\.csv, row \d+: actor_id is 'nobody-at-all', which .+ does not have", fault)


def test_check_names_a_row_of_a_language_that_refers_to_nothing(tmp_path: Path) -> None:
    own = copy_tiny(tmp_path)
    shutil.copytree(REFERENCE.folder, own / "data" / "reference")
    append(own / "data" / "reference" / "lang" / "de" / "names.csv", name="Niemand", kind="name", actor_id="nobody")
    (fault,) = [line.text for line in check_case(tiny(own)) if line.is_fault]
    assert re.match(r"data/reference/lang/de/names\.csv, row \d+: actor_id is 'nobody', which .+ does not", fault)
