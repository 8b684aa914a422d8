"""The explanations of the notebooks in German: complete, not stale, and put in place by a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from known import REFERENCE
from lagebild.core.folders import LANGUAGES, NOTEBOOKS, Paths
from lagebild.run.executed import hash_prose, translate_prose
from lagebild.run.steps import STEPS, Step

OTHERS = [language for language in LANGUAGES if language != "en"]
ROWS = {(row["notebook"], row["cell"]): row for row in REFERENCE.rows("prose")}


def read(file: Path) -> Any:
    """Return a notebook."""
    return nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]


def written() -> Iterator[tuple[str, Any]]:
    """Yield the cells of text of the numbered notebooks, each with the name of its notebook."""
    for step in STEPS:
        name = step.notebook.removesuffix(".ipynb")
        for cell in read(NOTEBOOKS / step.notebook).cells:
            if cell.cell_type == "markdown":
                yield name, cell


WRITTEN = list(written())


def test_every_cell_of_text_is_translated_and_nothing_else_is() -> None:
    wanted = {(name, cell.id): hash_prose(cell.source) for name, cell in WRITTEN}
    assert {place: now for place, now in wanted.items() if place not in ROWS} == {}
    assert set(ROWS) == set(wanted)


@pytest.mark.parametrize(("name", "cell"), WRITTEN, ids=[f"{name}-{cell.id}" for name, cell in WRITTEN])
def test_no_translation_is_older_than_its_text(name: str, cell: Any) -> None:
    row = ROWS[name, cell.id]
    now = hash_prose(cell.source)
    assert row["hash"] == now, f"{name}, cell {cell.id}: translate its text anew in prose.csv, and write the hash {now}"
    for language in OTHERS:
        assert row[language] != cell.source
        # the same headings, paragraphs and names of files, tables and parameters
        for mark in (r"(?m)^#+ ", r"\n\n"):
            assert len(re.findall(mark, row[language])) == len(re.findall(mark, cell.source))
        named = [set(re.findall(r"`[^`]+`", text)) for text in (cell.source, row[language])]
        assert named[0] == named[1]


def test_a_cell_that_has_changed_since_keeps_its_own_words() -> None:
    notebook = read(NOTEBOOKS / STEPS[0].notebook)
    changed, kept = [cell for cell in notebook.cells if cell.cell_type == "markdown"][:2]
    changed.source += " And more."
    before = notebook.copy()
    translated = translate_prose(notebook, "01-sources", REFERENCE, "de")
    by_id = {cell.id: cell.source for cell in translated.cells}
    assert by_id[changed.id] == changed.source
    assert by_id[kept.id] == ROWS["01-sources", kept.id]["de"] != kept.source
    assert notebook == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_a_run_explains_in_its_language(step: Step, language: str, tiny_run: Path) -> None:
    file = Paths("tiny", "2025-06-16", language, str(tiny_run)).executed(step.notebook)
    if not (step.localised or file.is_file()):
        pytest.skip("it ran once for both languages")
    source, executed = read(NOTEBOOKS / step.notebook), read(file)
    name = step.notebook.removesuffix(".ipynb")
    texts = [cell.source for cell in executed.cells if cell.cell_type == "markdown"]
    wanted = [(cell.id, cell.source) for cell in source.cells if cell.cell_type == "markdown"]
    assert texts == [text if language == "en" else ROWS[name, cell][language] for cell, text in wanted]
    code = [[cell.source for cell in one.cells if cell.cell_type == "code"] for one in (source, executed)]
    assert code[1][:1] + code[1][2:] == code[0]  # but for the parameters that the run adds
