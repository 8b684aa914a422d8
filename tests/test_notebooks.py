"""The notebooks: committed clean, thin, readable; each runs by stock papermill and writes what it promises."""

from __future__ import annotations

import ast
import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from audited import REPORT
from examples import PROJECT, tiny
from lagebild.core.errors import InputError
from lagebild.core.folders import SECTION, Paths
from lagebild.core.schema import TABLES, built_tables
from lagebild.run.steps import LEAVING, STEPS, Step, steps_from
from runs import execute, fingerprint, run_cells

NOTEBOOKS = PROJECT / "notebooks"
ALL = sorted(file.name for file in NOTEBOOKS.glob("*.ipynb"))
NUMBERED = [name for name in ALL if name[:2].isdigit()]
INTERACTIVE = [name for name in ALL if name not in (*NUMBERED, "corpus.ipynb")]  # that reads no case: test_holdings
NAMES = [step.name for step in STEPS]
HIDDEN = {"source_hidden": True}
SETTLED = ("Check", "Result")  # the two headings that every notebook ends with; all others ask


@pytest.fixture(params=STEPS, ids=NAMES)
def step(request: pytest.FixtureRequest) -> Step:
    """Return each step."""
    chosen: Step = request.param
    return chosen


def read(name: str) -> Any:
    """Return a committed notebook."""
    return nbformat.read(NOTEBOOKS / name, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def code(name: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the code cells of a notebook, as text and parsed."""
    for cell in read(name).cells:
        if cell.cell_type == "code":
            yield cell.source, ast.parse(cell.source)


def prose(name: str) -> str:
    """Return the text cells of a notebook."""
    return "\n\n".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown")


def test_the_steps_are_the_numbered_notebooks() -> None:
    assert [step.notebook for step in STEPS] == NUMBERED


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_is_valid_and_says_what_runs_it(name: str) -> None:
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) - {"widgets"} == {"kernelspec", "language_info"}
    assert (notebook.metadata.kernelspec.name, notebook.metadata.kernelspec.language) == ("python3", "python")
    assert dict(notebook.metadata.language_info) == {"name": "python"}


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_says_what_stands_in_the_place_of_its_widget_once_the_kernel_is_gone(name: str) -> None:
    notebook = read(name)
    made = [cell for cell in notebook.cells if cell.id == f"{Path(name).stem}-widget"]
    held = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {"state": {}})["state"]
    assert list(held) == [f"lagebild-{cell.id}" for cell in made]
    for model in held.values():
        assert "Run All Cells" in model.state["_esm"]
    assert bool(made) is (name in INTERACTIVE)
    assert name not in ("audit.ipynb", "review.ipynb") or made == notebook.cells[-1:]  # Run All ends at the desk


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_is_committed_without_results(name: str) -> None:
    for cell in read(name).cells:
        assert set(cell.metadata) <= {"tags", "jupyter"}
        assert cell.metadata.get("jupyter", HIDDEN) == HIDDEN  # what one needs not read is folded away
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("name", ALL)
def test_every_cell_of_a_notebook_keeps_an_id_of_its_own(name: str) -> None:
    ids = [cell.id for cell in read(name).cells]
    assert len(ids) == len(set(ids))
    assert not [cell.id for number, cell in enumerate(read(name).cells) if cell.id == str(number)]


@pytest.mark.parametrize("name", ALL)
def test_tags_are_those_that_papermill_and_the_exporters_read(name: str) -> None:
    tags = [tag for cell in read(name).cells for tag in cell.metadata.get("tags", [])]
    assert set(tags) <= ({"parameters", "report"} if name == STEPS[-1].notebook else {"parameters"})


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_opens_with_question_parameters_and_imports(name: str) -> None:
    first, second, third, *rest = read(name).cells
    assert (first.cell_type, first.source.count("\n\n")) == ("markdown", 2 if name in NUMBERED else 1)
    assert second.metadata.tags == ["parameters"]
    assert isinstance(ast.parse(third.source).body[0], ast.Import | ast.ImportFrom)
    assert third.metadata.jupyter == HIDDEN
    # What was found stands right below; review ends at its desk, and begins with the rows for that.
    assert name == "review.ipynb" or next(c for c in rest if c.cell_type == "code").metadata.jupyter == HIDDEN
    assert "parameters" not in [tag for cell in rest for tag in cell.metadata.get("tags", [])]
    for cell in rest:
        if cell.cell_type == "code":
            assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Import | ast.ImportFrom)]


def test_the_parameters_that_papermill_sees_are_those_that_a_run_passes(step: Step, tiny_run: Path) -> None:
    seen = papermill.inspect_notebook(str(NOTEBOOKS / step.notebook))
    paths = Paths("tiny", "2025-01-31", "de", str(tiny_run))
    executed = nbformat.read(paths.executed(step.notebook), as_version=4)  # type: ignore[no-untyped-call]
    assert set(seen) == set(executed.metadata.papermill.parameters)


@pytest.mark.parametrize("name", ALL)
def test_a_parameter_is_a_plain_text_with_a_word_about_it(name: str) -> None:
    for parameter in papermill.inspect_notebook(str(NOTEBOOKS / name)).values():
        assert parameter["inferred_type_name"] == "str", parameter["name"]
        assert re.fullmatch(r'"[^"=]*"', parameter["default"]), parameter["name"]
        assert parameter["help"], parameter["name"]


def test_a_notebook_lists_the_parameters_of_its_step_and_no_other(step: Step) -> None:
    assert tuple(papermill.inspect_notebook(str(NOTEBOOKS / step.notebook))) == step.parameters


def test_a_parameter_has_the_same_default_in_every_notebook() -> None:
    defaults: dict[str, set[str]] = {}
    for name in NUMBERED:
        for parameter in papermill.inspect_notebook(str(NOTEBOOKS / name)).values():
            defaults.setdefault(parameter["name"], set()).add(parameter["default"])
    assert not {name: found for name, found in defaults.items() if len(found) > 1}


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_defines_nothing_and_hides_nothing(name: str) -> None:
    forbidden = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try | ast.Lambda | ast.While | ast.With
    for source, tree in code(name):
        assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)], source
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"print", "open", "exec", "eval", "input", "exit", "__import__", "get_ipython"}, source
        assert not re.search(r"(?m)^\s*[%!]", source), source


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_names_no_path_and_no_address(name: str) -> None:
    for source, tree in code(name):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"/|\\|\w\.(csv|yml|txt|svg|png|html|pdf|ipynb)\b", node.value), source


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_imports_only_the_package_and_what_shows_tables_and_charts(name: str) -> None:
    (imports,) = [tree for source, tree in code(name) if "import" in source]
    modules = {alias.name for node in ast.walk(imports) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in ast.walk(imports) if isinstance(node, ast.ImportFrom)}
    others = {module for module in modules if not re.fullmatch(r"lagebild(\.\w+)*", module)}
    assert others <= {"pandas", "plotly.express", "IPython.display"}


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_imports_nothing_that_it_does_not_use(name: str) -> None:
    cells = list(code(name))
    imported = {
        a.asname or a.name
        for _, t in cells
        for n in ast.walk(t)
        if isinstance(n, ast.Import | ast.ImportFrom)
        for a in n.names
    }
    used = {node.id for _, tree in cells for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert imported - {"pandas"} <= used | {"pd"}


@pytest.mark.parametrize("name", ALL)
def test_no_code_cell_is_longer_than_fifteen_lines(name: str) -> None:
    assert max(len(source.splitlines()) for source, _ in code(name)) <= 15


@pytest.mark.parametrize("name", ALL)
def test_the_prose_of_a_notebook_explains_and_does_not_lecture(name: str) -> None:
    words = len(re.findall(r"\w+", prose(name)))
    assert (100 if name == STEPS[-1].notebook else 150) <= words <= 750


@pytest.mark.parametrize("name", ALL)
def test_every_heading_asks_a_question_until_the_check(name: str) -> None:
    headings = re.findall(r"(?m)^##+ (.+)$", prose(name))
    assert len(headings) >= 3
    assert not [heading for heading in headings if heading not in SETTLED and not heading.endswith("?")]


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_checks_itself_at_its_end(name: str) -> None:
    assert "Check" in re.findall(r"(?m)^##+ (.+)$", prose(name))
    assert [node for _, tree in code(name) for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def _opening(step: Step) -> str:
    """Return the first two texts: the question, and below what was found, what the notebook reads and writes."""
    return "\n\n".join([cell.source for cell in read(step.notebook).cells if cell.cell_type == "markdown"][:2])


def test_the_opening_asks_the_question_of_its_step(step: Step) -> None:
    assert _opening(step).startswith(f"# {step.name} · {step.question}\n")
    assert re.search(r"\*\*Question\.?\*\* .+\?", _opening(step))
    assert "**Does not show**" in _opening(step)


@pytest.mark.parametrize("verb", ["Reads", "Writes"])
def test_the_opening_names_what_its_step_reads_and_writes(step: Step, verb: str) -> None:
    (sentence,) = re.findall(rf"\*\*{verb}\*\*(.+?)(?=\*\*|\n\n|\Z)", _opening(step), re.DOTALL)
    for name in step.reads if verb == "Reads" else step.writes:
        word = name.split()[-1] if name.startswith("every") else name.removeprefix("case/").split("/")[0]
        assert re.search(rf"\b{word.removeprefix('CASE-AS_OF-LANGUAGE.')}", sentence, re.IGNORECASE), name


def test_what_a_step_reads_was_written_by_a_step_before_or_by_people() -> None:
    written: set[str] = set()
    for step in STEPS[:-1]:
        for name in step.reads:
            by_people = name in ("texts", "answers") or name.rpartition("/")[0] in {*TABLES, "case/judgements"}
            assert name in written or name in TABLES or by_people or name == "case/judgements", (step.name, name)
        written |= set(step.writes)


@pytest.mark.parametrize(("name", "number"), [("", 5), ("01", 5), ("03", 3), ("05", 1), ("04-relations.ipynb", 2)])
def test_a_run_can_start_at_a_step(name: str, number: int) -> None:
    assert steps_from(name) == STEPS[5 - number :]


# --- runs by stock papermill, without the runner of the project ---


def test_a_notebook_runs_by_stock_papermill_without_errors_or_words_of_warning(step: Step, by_papermill: Path) -> None:
    executed = nbformat.read(by_papermill / "executed" / step.notebook, as_version=4)  # type: ignore[no-untyped-call]
    for cell in executed.cells:
        if cell.cell_type == "code":
            assert cell.execution_count
            assert {output.output_type for output in cell.outputs} <= {"execute_result", "display_data"}


@pytest.mark.parametrize("name", INTERACTIVE)
def test_a_notebook_for_jupyterlab_runs_by_stock_papermill_and_writes_nothing(
    name: str, by_papermill: Path, tmp_path: Path
) -> None:
    before = fingerprint(by_papermill)
    own = {"report": str(REPORT)} if name == "audit.ipynb" else {}  # papermill makes none
    execute(name, by_papermill, tmp_path, **own)
    executed = nbformat.read(tmp_path / name, as_version=4)  # type: ignore[no-untyped-call]
    shown = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {output.output_type for output in shown} <= {"execute_result", "display_data"}
    assert [output for output in shown if "application/vnd.jupyter.widget-view+json" in output.data]
    assert fingerprint(by_papermill) == before


def test_an_audit_in_which_a_table_is_empty_says_so_in_words(by_papermill: Path, tmp_path: Path) -> None:
    report = tmp_path / "sigh.md"
    report.write_text("Nobody in Tehran has forgotten that summer, and nobody there ever will.\n", encoding="utf-8")
    execute("audit.ipynb", by_papermill, tmp_path, report=str(report))
    executed = nbformat.read(tmp_path / "audit.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    shown = {cell.id: cell.outputs[0].data["text/plain"] for cell in executed.cells if cell.get("outputs")}
    assert shown["audit-voices"] == shown["audit-free"] == shown["audit-by-hand"] == "No claim is supported."
    assert not [cell for cell, text in shown.items() if "Empty DataFrame" in text]


@pytest.mark.parametrize("name", [name for name in built_tables() if name != "revisions"])
def test_stock_papermill_writes_the_tables_that_a_run_writes(name: str, by_papermill: Path, tiny_run: Path) -> None:
    one, two = (tiny(root).built / TABLES[name].file for root in (by_papermill, tiny_run))
    assert one.read_bytes() == two.read_bytes()


def test_a_step_writes_the_tables_and_figures_that_it_promises(step: Step, by_papermill: Path) -> None:
    paths = tiny(by_papermill)
    for name in step.writes:
        word = name.split()[0]
        if word in TABLES:
            assert (paths.built / TABLES[word].file).is_file()
        elif word in LEAVING:
            assert list(paths.built.glob(f"{word}*"))
        elif not word.startswith("CASE"):
            made = {file.suffix for file in paths.figures.glob(f"{word}.*")}
            drawn = {".csv", ".png", ".svg"}
            # nobody is attacked who is a firm friend, the events are too few for a leading week, nobody added a chart
            assert made == drawn or (word in ("ladder", "week", "own") and not made)


def test_no_step_writes_a_table_that_no_step_promises(by_papermill: Path) -> None:
    promised = {TABLES[name].file for step in STEPS for name in step.writes if name in TABLES}
    assert {file.name for file in tiny(by_papermill).built.glob("*.csv")} == promised


def test_notebooks_write_only_below_the_folder_they_are_given(by_papermill: Path) -> None:
    assert {file.name for file in by_papermill.iterdir()} == {"data", "executed", "figures"}
    assert {file.name for file in (by_papermill / "executed").iterdir()} == set(NUMBERED)


def test_the_report_notebook_holds_a_section_in_every_cell_tagged_report(by_papermill: Path) -> None:
    executed = nbformat.read(by_papermill / "executed" / STEPS[-1].notebook, as_version=4)  # type: ignore[no-untyped-call]
    tagged = [cell for cell in executed.cells if "report" in cell.metadata.get("tags", [])]
    assert len(tagged) == 28
    shown = [output.data for cell in tagged for output in cell.outputs]
    assert len(shown) == len(tagged)
    assert {data["text/plain"] for data in shown} == {""}  # no section stands there twice
    filled = [data["text/html"] for data in shown if "text/html" in data]  # what has no content shows nothing
    assert len(filled) > 17
    assert all(page.strip().startswith("<") for page in filled)


PLOTLY = "application/vnd.plotly.v1+json"
FINDING = re.compile(r'<p style="[^"]*">(.+?)</p>')


def _shown(notebook: Any) -> list[tuple[int, Any]]:
    """Return the outputs of a notebook, each with how many cells of text stand above it."""
    above, shown = 0, []
    for cell in notebook.cells:
        above += cell.cell_type == "markdown"
        shown += [(above, output.data) for output in cell.get("outputs", ())]
    return shown


def test_a_notebook_shows_first_what_it_found_in_words_and_in_a_picture(step: Step, by_papermill: Path) -> None:
    executed = nbformat.read(by_papermill / "executed" / step.notebook, as_version=4)  # type: ignore[no-untyped-call]
    (place, said), (below, picture), *_ = _shown(executed)
    assert (place, below) == (1, 1)  # only the opening stands above
    found = FINDING.match(said["text/html"])
    assert found
    assert html.unescape(found[1]) == said["text/plain"]
    assert len(said["text/plain"].split()) > 8
    assert PLOTLY in picture or picture["text/html"].startswith("<img ")


@pytest.mark.parametrize(("language", "words"), [("de", "ist|sind|haben|wahrscheinlich"), ("en", "is|are|have|likely")])
def test_the_finding_is_in_the_language_of_the_run(step: Step, language: str, words: str, tiny_run: Path) -> None:
    file = Paths("tiny", "2025-06-16", language, str(tiny_run)).executed(step.notebook)
    if not (step.localised or file.is_file()):
        pytest.skip("it ran once for both languages")
    (_, said), *_ = _shown(nbformat.read(file, as_version=4))  # type: ignore[no-untyped-call]
    assert re.search(rf"\b({words})\b", said["text/plain"], re.IGNORECASE)


def test_the_report_notebook_shows_no_chart_twice_and_its_annex_closed(by_papermill: Path) -> None:
    executed = nbformat.read(by_papermill / "executed" / STEPS[-1].notebook, as_version=4)  # type: ignore[no-untyped-call]
    shown = [data for _, data in _shown(executed)]
    pages = [data["text/html"] for data in shown if "text/html" in data]
    drawn = [name for page in pages for name in re.findall(r'id="(fig-[^"]+)"', page)]
    assert len(drawn) == len(set(drawn)) > 3
    beside = [page for page in pages if page.startswith("<img ")]
    beside += [str(data[PLOTLY]) for data in shown if PLOTLY in data]
    assert (
        len(beside) == len(set(beside)) == 4
    )  # what was found, the pages of a judgement, the jackknife, one's own question
    held = [(data["text/html"], data[SECTION]) for data in shown if SECTION in data]
    assert len(held) > 17
    for page, section in held:
        assert page.lstrip().startswith("<details") == ('<section class="annex' in section)


def test_a_wrong_case_stops_a_notebook_with_a_sentence_that_says_so(root: Path) -> None:
    with pytest.raises(InputError, match=r"^There is no case 'nowhere': data/cases/nowhere/case\.yml is missing"):
        run_cells(STEPS[0].notebook, case="nowhere", root=str(root))


def test_a_step_whose_tables_are_missing_says_which_to_run_first(root: Path) -> None:
    with pytest.raises(InputError, match=r"^data/built/tiny/2025-06-16/inputs\.csv is missing: run the steps before"):
        run_cells(STEPS[2].notebook, case="tiny", as_of="2025-06-16", root=str(root))


def test_papermill_can_tell_a_misspelt_parameter(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="papermill"):
        papermill.execute_notebook(
            NOTEBOOKS / STEPS[0].notebook,
            tmp_path / "out.ipynb",
            {"as_fo": "2025-06-16"},
            prepare_only=True,
            progress_bar=False,
        )
    assert "Passed unknown parameter: as_fo" in caplog.messages


def test_papermill_knows_every_parameter_of_a_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    names = papermill.inspect_notebook(str(NOTEBOOKS / STEPS[0].notebook))
    with caplog.at_level(logging.WARNING, logger="papermill"):
        for step in STEPS:
            papermill.execute_notebook(
                NOTEBOOKS / step.notebook,
                tmp_path / "out.ipynb",
                dict.fromkeys(names, "x"),
                prepare_only=True,
                progress_bar=False,
            )
    assert caplog.messages == []
