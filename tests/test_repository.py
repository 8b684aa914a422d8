"""The repository keeps the promises of its documents: layout, order of modules, dependencies, size, freshness."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from importlib import import_module
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
import yaml
from examples import PROJECT, report_of
from known import REFERENCE
from lagebild.charts.style import NARROW
from lagebild.core.case import read_case_file
from lagebild.core.csv_files import hash_tables, to_csv
from lagebild.core.folders import ANNEX, Paths, locate
from lagebild.core.labels import read_labels
from lagebild.core.schema import dictionary
from lagebild.report import edition as editions
from packaging.specifiers import SpecifierSet

PACKAGE = PROJECT / "notebooks" / "lagebild"
CASE = "russia-iran"
EDITIONS = [(as_of, language) for as_of in ("2025-06-16", "2026-06-30") for language in ("de", "en")]


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


MAY_STAND_THERE = {"CITATION.cff", "CHANGELOG.md"}  # code hosts and indexes look for them there alone


def test_the_top_level_is_the_one_that_the_design_names() -> None:
    top = {name.split("/")[0] for name in _tracked() if not name.startswith(".")}
    wanted = {"README.md", "environment.yml", "pyproject.toml", "Makefile", "LICENSE"}
    wanted |= {"notebooks", "data", "figures", "reports", "tests"}
    assert wanted <= top
    assert top - wanted <= MAY_STAND_THERE, "what else belongs at the top is listed in MAY_STAND_THERE, with its reason"


def _listed(package: Path) -> list[str]:
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    return re.findall(r"(?m)^(\w+)  +\S", text)


def test_every_room_stands_in_the_listing_in_the_order_in_which_they_import_each_other() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [
        part.removeprefix("lagebild.") for layer in contracts["contracts"][0]["layers"] for part in layer.split(" | ")
    ]
    layers[2:4] = layers[3:1:-1]  # two engines beside each other
    assert ["__main__", *reversed(_listed(PACKAGE))] == layers
    assert sorted(_listed(PACKAGE)) == sorted(file.parent.name for file in PACKAGE.glob("*/__init__.py"))


def test_every_room_is_entered_by_its_door() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    doors = [one for one in contracts["contracts"] if one["type"] == "protected"]
    assert [one["protected_modules"] for one in doors] == [[f"lagebild.{room}.*"] for room in _listed(PACKAGE)]
    assert [one["allowed_importers"] for one in doors] == [[f"lagebild.{room}"] for room in _listed(PACKAGE)]
    for file in PACKAGE.rglob("*.py"):
        if not file.is_relative_to(PACKAGE / "core"):
            assert "lagebild.core." not in re.sub(r"`[^`]*`", "", file.read_text(encoding="utf-8")), file


INNER = [str(file.parent.relative_to(PACKAGE)) for file in PACKAGE.glob("*/*/__init__.py")]


@pytest.mark.parametrize(
    "room", [*_listed(PACKAGE), *(room for room in INNER if room != "charts/own" and "lang" not in room)]
)
def test_every_module_of_a_room_stands_in_its_listing(room: str) -> None:
    files = {file.stem for file in (PACKAGE / room).glob("*.py")} - {"__init__"}
    folders = {file.parent.name for file in (PACKAGE / room).glob("*/__init__.py")}
    assert sorted(_listed(PACKAGE / room)) == sorted(files | folders)


@pytest.mark.slow
def test_a_room_imports_only_rooms_before_it_and_no_modules_import_each_other() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import importlinter.cli; importlinter.cli.lint_imports_command()", "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_importing_the_package_opens_none_of_its_files_and_no_connection() -> None:
    watch = [sys.executable, str(Path(__file__).with_name("watch.py")), str(PROJECT / "notebooks")]
    left_out = {"__init__", "warm"}  # the server of workers imports the one for what that loads
    files = [file.relative_to(PACKAGE).with_suffix("") for file in PACKAGE.rglob("*.py") if file.stem not in left_out]
    modules = [".".join(file.parts) for file in sorted(files)]
    done = subprocess.run([*watch, *modules], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_conda_and_pip_install_the_one_list() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(part["pip"] for part in conda if isinstance(part, dict))
    assert pip == ["--constraint .ci/constraints.txt", "--editable ."]
    (python,) = [part for part in conda if isinstance(part, str) and part.startswith("python ")]
    offered = SpecifierSet(python.removeprefix("python "))
    minors = [f"3.{minor}" for minor in range(8, 20) if f"3.{minor}" in offered]
    assert minors
    assert all(minor in SpecifierSet(project["requires-python"]) for minor in minors)
    assert sys.version_info[:2] >= tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))


def test_the_constraints_pin_every_dependency_and_name_no_index() -> None:
    text = (PROJECT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    assert {re.sub(r"[-_.]+", "-", re.split(r"[\[><=]", name)[0]).lower() for name in wanted} <= pinned


def test_the_workflow_tries_the_oldest_python_and_calls_what_there_is() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (PROJECT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    tried = SpecifierSet(project["requires-python"]).filter(jobs["check"]["strategy"]["matrix"]["python"])
    assert min(tried) == project["requires-python"].removeprefix(">=")
    targets = set(re.findall(r"(?m)^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8")))
    assert {"check"} <= set(re.findall(r"run: make (\S+)", text)) <= targets
    assert all((PROJECT / name).exists() for name in re.findall(r"\.ci[/\\][\w.]+", text.replace("\\", "/")))


LONGEST = 500  # lines that a module of the package may have
MOST_NAMES = 60  # that a door hands out; more is a wall with a hole in it
MOST_DECISIONS = 15  # of a function; those of `tests/data/dense.csv` had more when this became a rule
DECISIONS = (ast.If, ast.For, ast.While, ast.AsyncFor, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)


def _modules() -> dict[str, ast.Module]:
    files = sorted(PACKAGE.rglob("*.py"))
    return {str(file.relative_to(PACKAGE)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def test_no_module_is_too_long_to_be_read_at_a_stretch() -> None:
    lines = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.rglob("*.py")}
    assert [name for name, count in lines.items() if count > LONGEST] == [], "part it by subject"


def count_decisions(function: ast.AST) -> int:
    """Return how often a function decides: McCabe's count, and those inside expressions."""
    inside = [*ast.walk(function)]
    joined = sum(len(node.values) - 1 for node in inside if isinstance(node, ast.BoolOp))
    return 1 + joined + sum(isinstance(node, DECISIONS) for node in inside)


def test_no_function_decides_too_often_and_the_list_of_those_that_do_only_shrinks() -> None:
    found = {
        f"{name}:{node.name}": count_decisions(node)
        for name, module in _modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    dense = {name: count for name, count in found.items() if count > MOST_DECISIONS}
    lines = (PROJECT / "tests" / "data" / "dense.csv").read_text(encoding="utf-8").splitlines()[1:]
    known = {line.rpartition(",")[0]: int(line.rpartition(",")[2]) for line in lines}
    assert {name: count for name, count in dense.items() if count > known.get(name, 0)} == {}, (
        "part the function, or write its cases as a table"
    )
    assert {name: count for name, count in known.items() if count > dense.get(name, 0)} == {}, (
        "strike them off the list"
    )


def test_no_module_and_no_class_of_the_package_has_the_name_of_another() -> None:
    apart = ("coder/lang/", "charts/own/")  # languages are alike, and own charts are the user's
    stems = Counter(
        Path(name).stem for name in _modules() if not name.endswith("__init__.py") and not name.startswith(apart)
    )
    classes = Counter(
        node.name for module in _modules().values() for node in ast.walk(module) if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in (stems + classes).items() if count > 1] == [], "rename one by what it is about"


@pytest.mark.parametrize("room", _listed(PACKAGE))
def test_a_door_names_what_other_rooms_use_and_nothing_else(room: str) -> None:
    stub = ast.parse((PACKAGE / room / "__init__.pyi").read_text(encoding="utf-8"))
    offered = {
        alias.name: node.module for node in ast.walk(stub) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert len(offered) <= MOST_NAMES, "hand out a module, or move what one room alone needs into that room"
    opened = import_module(f"lagebild.{room}")
    assert {name for name in offered if not hasattr(opened, name)} == set()
    modules = {file.stem for file in (PACKAGE / room).rglob("*.py")}
    assert {name for name, module in offered.items() if module} & modules == set(), "a name and a module are one"
    texts = [file.read_text(encoding="utf-8") for file in (*PACKAGE.rglob("*.py"), *PACKAGE.parent.glob("*.ipynb"))]
    texts.append((PACKAGE / "__init__.pyi").read_text(encoding="utf-8").replace("from .", "from lagebild."))
    asked = set[str]()
    for text in texts:  # a module that takes a whole room asks for what it names of it
        if re.search(rf"^from lagebild import .*\b{room}\b", text, re.MULTILINE):
            asked |= set(re.findall(rf"\b{room}\.(\w+)", text))
    for names in re.findall(rf"from lagebild\.{room} import (\([^)]*\)|[^\n]+)", "\n".join(texts)):
        asked |= {name.split(" as ")[0].strip(' ()\n"') for name in re.sub(r'\\n"?|#.*', "", names).split(",")}
    assert offered.keys() - asked == set(), "nobody asks for them: take them out of the door"


def test_the_data_dictionary_is_the_one_that_the_schema_prints() -> None:
    assert (PROJECT / "data" / "README.md").read_text(encoding="utf-8") == dictionary()


@pytest.fixture(scope="module")
def fresh(real_tables: Path) -> dict[tuple[str, str], editions.Edition]:
    """Return today's editions of the case, made from its tables alone."""
    return {run: editions.gather_edition(REFERENCE, Paths(CASE, *run, output=str(real_tables))) for run in EDITIONS}


def read_marks(file: Path) -> str:
    """Return the keywords of a PDF: the hashes of the tables that it is made from, and of the words that it says."""
    with pikepdf.open(file) as pdf:
        return str(pdf.docinfo.get("/Keywords", ""))


@pytest.mark.parametrize(("as_of", "language"), EDITIONS)
def test_a_committed_report_is_made_from_todays_data(
    fresh: dict[tuple[str, str], editions.Edition], as_of: str, language: str
) -> None:
    for part in ("", ANNEX):
        marks = read_marks(locate(CASE, as_of, language).report("pdf", part=part))
        assert fresh[as_of, language].hash in marks, "the report is stale: run make report"


@pytest.mark.parametrize(("as_of", "language"), EDITIONS)
def test_the_committed_figures_are_drawn_from_todays_data(
    fresh: dict[tuple[str, str], editions.Edition], as_of: str, language: str
) -> None:
    folder = locate(CASE, as_of, language).figures
    charts = fresh[as_of, language].charts
    charts = {name: chart for name, chart in charts.items() if not name.endswith(NARROW)}  # drawn for the report alone
    kept = (Path(name) for name in _tracked() if PROJECT / name == folder / Path(name).name)
    assert {file.name for file in kept} == {f"{name}.{kind}" for name in charts for kind in ("svg", "csv")}
    for name, chart in charts.items():
        assert (folder / f"{name}.csv").read_text(encoding="utf-8") == to_csv(chart.frame)
        mark = f"<!-- data {hash_tables({name: chart.frame})} -->"
        assert (folder / f"{name}.svg").read_text(encoding="utf-8").startswith(mark), (
            f"{name} is stale: run make report"
        )


@pytest.mark.parametrize(("as_of", "language"), EDITIONS)
def test_a_committed_report_says_what_todays_words_and_templates_say(
    fresh: dict[tuple[str, str], editions.Edition], as_of: str, language: str
) -> None:
    today = report_of(fresh[as_of, language]).words
    assert today in read_marks(locate(CASE, as_of, language).report("pdf")), "the report is stale: run make report"


def test_no_figure_or_report_is_committed_that_no_edition_has() -> None:
    made = {name.split("/")[2] for name in _tracked() if name.startswith(f"figures/{CASE}/") and name.count("/") > 2}
    assert made == set(read_case_file(locate(CASE, EDITIONS[0][0])).editions)
    reports = {Path(name).name for name in _tracked() if name.startswith("reports/")}
    assert reports == {locate(CASE, *run).report("pdf", part=part).name for run in EDITIONS for part in ("", ANNEX)}


def test_no_executed_notebook_is_committed() -> None:
    assert not [name for name in _tracked() if "/runs/" in name or name.startswith("data/built")]


def _keys(text: str) -> set[str]:
    return set(re.findall(r'(?<![\w.])(?:t|labels|self)\(\s*"([a-z][\w.-]*)"', text))


def test_every_word_that_the_report_asks_for_exists() -> None:
    asked = set[str]()
    for file in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")):
        asked |= _keys(file.read_text(encoding="utf-8"))
    asked = {key for key in asked if "." in key and not key.endswith(".")}
    assert len(asked) > 60
    assert asked <= set(read_labels(REFERENCE, "en").words)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_of_both_languages_are_filled_with_the_same_values(language: str) -> None:
    words = {key: set(re.findall(r"{(\w+)}", text)) for key, text in read_labels(REFERENCE, language).words.items()}
    other = {key: set(re.findall(r"{(\w+)}", text)) for key, text in read_labels(REFERENCE, "de").words.items()}
    assert words == other


def _texts() -> dict[str, str]:
    kinds = {".md", ".csv", ".yml", ".toml", ".txt", ".ipynb", ".py", ".html", ".svg", ".tsv", ".j2", ".css", ".js", ""}
    return {name: (PROJECT / name).read_text(encoding="utf-8") for name in _tracked() if Path(name).suffix in kinds}


def test_no_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")
    assert not [name for name, text in _texts().items() if pattern.search(text)]


def test_no_file_names_the_address_of_a_registry() -> None:
    pattern = re.compile(r"(?i)index-url|https?://[\w.-]*(?:pypi|pythonhosted|npmjs|anaconda)[\w.-]*/")
    named = [name for name, text in _texts().items() if pattern.search(text)]
    assert not [name for name in named if name != "tests/test_repository.py"]


def test_no_sentence_of_the_article_is_in_the_project() -> None:
    article = PROJECT.parent / "shared" / "sources" / "article-de.txt"
    if not article.is_file():
        pytest.skip("the article is not here; its wording is nobody's to commit")
    words = re.findall(r"\w+", article.read_text(encoding="utf-8").lower())
    runs = {" ".join(words[i : i + 7]) for i in range(len(words) - 6)}
    for name in _tracked():
        if Path(name).suffix in {".md", ".csv", ".yml", ".txt", ".ipynb", ".py", ".html", ".tsv"}:
            reported = re.findall(r"\w+", (PROJECT / name).read_text(encoding="utf-8").lower())
            assert not [run for i in range(len(reported) - 6) if (run := " ".join(reported[i : i + 7])) in runs], name
