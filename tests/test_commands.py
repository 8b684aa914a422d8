"""The command line as its user meets it: help, completion, the folder in which it works, what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner
from examples import PROJECT, TINY
from lagebild.__main__ import cli
from lagebild.core.errors import InputError
from lagebild.core.folders import EXAMPLE, Paths, find_project
from lagebild.run import doctor
from lagebild.run.commands import COMMANDS
from lagebild.run.options import last_edition
from lagebild.run.workbench import copy_notebooks
from runs import Call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project of a user: two cases, nothing else."""
    for name in ("tiny", "small"):
        shutil.copytree(TINY, tmp_path / "data" / "cases" / name)
    return tmp_path


# --- help and completion --------------------------------------------------------------------------------------------


def test_help_lists_every_command_in_the_order_of_use() -> None:
    shown = CliRunner().invoke(cli, [])
    assert shown.exit_code == 0
    assert shown.output == CliRunner().invoke(cli, ["--help"]).output == CliRunner().invoke(cli, ["-h"]).output
    rows = shown.output.partition("Commands:\n")[2].split("\n\n")[0].splitlines()
    assert [row.split()[0] for row in rows] == [command.name for command in COMMANDS]
    assert [row.split()[0] for row in rows][:4] == ["new", "add", "run", "review"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_and_option_is_explained(command: click.Command) -> None:
    assert CliRunner().invoke(cli, [str(command.name), "--help"]).exit_code == 0
    assert len(str(command.help).split("\n")[0].split()) >= 4
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help or not one.help.endswith(".")] == []


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [
        ([], "r", ["run", "review"]),
        (["run"], "", ["small", "tiny"]),
        (["check"], "t", ["tiny"]),
        (["run", "tiny", "--language"], "", ["de", "en", "all"]),
    ],
)
def test_a_shell_completes_commands_cases_and_options(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], begun: str, offered: list[str]
) -> None:
    monkeypatch.chdir(folder)
    shell = BashComplete(cli, {}, "lagebild", "_LAGEBILD_COMPLETE")
    assert [one.value for one in shell.get_completions(words, begun)] == offered


# --- the folder in which it works -----------------------------------------------------------------------------------


def test_the_project_is_the_next_folder_upwards_with_cases(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = folder / "reports" / "tiny"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find_project() == folder
    assert Paths("tiny", "").inputs == folder / "data" / "cases" / "tiny"
    assert Paths("tiny", "", root="/elsewhere").inputs == Path("/elsewhere/data/cases/tiny")


def test_a_folder_further_up_that_nobody_may_look_into_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    look = Path.is_dir

    def refuse(path: Path) -> bool:
        if path.parts[-2:] == ("data", "cases"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert find_project() is None


@pytest.mark.parametrize("words", [["run"], ["check"], ["add"], ["merge"], ["explore"], ["review"]])
def test_a_command_without_a_case_names_the_cases(folder: Path, call: Call, words: list[str]) -> None:
    said = "lagebild: Missing argument 'CASE': cases here: small, tiny.\n"
    assert call(*words, project=folder) == (2, "", said)


def test_without_any_case_it_says_how_to_come_by_one(tmp_path: Path, call: Call) -> None:
    (tmp_path / "data" / "cases").mkdir(parents=True)
    exit_code, _, said = call("run", project=tmp_path)
    assert exit_code == 2
    assert "`lagebild new NAME FILE…` makes one, `lagebild example` copies one" in said


@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_root_may_be_named_from_anywhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, call: Call, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    words = ["--root", str(folder)] if by == "option" else []
    if by == "variable":
        monkeypatch.setenv("LAGEBILD_ROOT", str(folder))
    assert call("run", *words, project=elsewhere)[2].endswith("cases here: small, tiny.\n")
    (folder / "data" / "cases" / "small" / "texts" / "S1.de.txt").unlink(missing_ok=True)
    exit_code, _, said = call("check", "tiny", *words, project=elsewhere)
    assert (exit_code, said) == (0, "")
    assert not list(elsewhere.iterdir())


def test_the_example_is_copied_once(tmp_path: Path, call: Call) -> None:
    exit_code, said, wrong = call("example", project=tmp_path)
    assert (exit_code, said, wrong) == (0, "Made: data/cases/russia-iran\nNext: lagebild run russia-iran\n", "")
    copied = tmp_path / "data" / "cases" / EXAMPLE.name
    names = {path.relative_to(EXAMPLE) for path in EXAMPLE.rglob("*.*") if not path.name.startswith(".")}
    assert {path.relative_to(copied) for path in copied.rglob("*.*")} == names
    assert [path.name for path in copied.parent.iterdir()] == [EXAMPLE.name]
    exit_code, said, wrong = call("example", project=tmp_path)
    assert (exit_code, said) == (1, "")
    assert wrong == "lagebild: data/cases/russia-iran is there already: run it with `lagebild run russia-iran`.\n"


# --- what it says ---------------------------------------------------------------------------------------------------


def test_a_quiet_check_says_only_what_is_wrong(folder: Path, call: Call) -> None:
    assert call("check", "tiny", "-q", project=folder) == (0, "", "")
    (folder / "data" / "cases" / "tiny" / "events.csv").write_text("event_id\n", encoding="utf-8")
    exit_code, said, wrong = call("check", "tiny", "-q", project=folder)
    assert (exit_code, said) == (1, "")
    assert "events.csv, row 1" in wrong


def test_new_without_files_asks_for_them(folder: Path, call: Call) -> None:
    said = "lagebild: Name the articles: lagebild new war FILE…, files or folders.\n"
    assert call("new", "war", project=folder) == (2, "", said)
    said = "lagebild: Name the articles: lagebild add tiny FILE…, or an edition with --as-of DATE.\n"
    assert call("add", "tiny", project=folder) == (2, "", said)


# --- notebooks for a project without a checkout ---------------------------------------------------------------------


def test_notebooks_are_laid_out_once_and_work_on_them_stays(folder: Path) -> None:
    paths = Paths("tiny", "2025-06-16", "de", str(folder))
    bench = copy_notebooks(paths, "explore")
    own = sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))
    assert bench.copied == [name for name in own if "-tiny" not in name]
    assert bench.other == []
    text = bench.notebook.read_text(encoding="utf-8")
    for given in ('case = \\"tiny\\"', 'as_of = \\"2025-06-16\\"', 'language = \\"de\\"'):
        assert given in text
    (folder / "notebooks" / "03-timeline.ipynb").write_text("mine", encoding="utf-8")
    bench.notebook.write_text("mine, too", encoding="utf-8")
    again = copy_notebooks(paths, "explore")
    assert (again.copied, again.other) == ([], ["03-timeline.ipynb"])
    assert again.notebook.read_text(encoding="utf-8") == "mine, too"


def test_a_notebook_that_lies_there_turns_to_the_edition_that_is_asked_for(folder: Path) -> None:
    paths = Paths("tiny", "2025-06-16", "de", str(folder))
    made = copy_notebooks(paths, "review").notebook
    mine = made.read_text(encoding="utf-8").replace('language = \\"de\\"', 'language = \\"de\\"\\nreviewer = \\"Me\\"')
    made.write_text(mine, encoding="utf-8")
    copy_notebooks(paths, "review")
    assert made.read_text(encoding="utf-8") == mine
    copy_notebooks(replace(paths, as_of="2025-03-01", language="en"), "review")
    turned = made.read_text(encoding="utf-8")
    for given in ('as_of = \\"2025-03-01\\"', 'language = \\"en\\"', 'reviewer = \\"Me\\"'):
        assert given in turned
    assert "2025-06-16" not in turned


def test_the_edition_to_open_is_the_last_one_that_was_built(folder: Path) -> None:
    paths = Paths("tiny", "2025-06-16", root=str(folder))
    assert last_edition(paths) == "2025-06-16"
    for day in ("2025-01-31", "2025-03-01"):
        (folder / "data" / "built" / "tiny" / day).mkdir(parents=True)
    assert last_edition(paths) == "2025-03-01"


# --- the doctor -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_doctor_finds_all_that_the_tests_run_with(folder: Path, call: Call) -> None:
    exit_code, said, wrong = call("doctor", project=folder)
    assert (exit_code, wrong) == (0, "")
    assert [row.split()[:2] for row in said.splitlines()] == [
        ["ok", name]
        for name in (
            *("Python", "folder", "cases", "languages", "notebooks"),
            *("kernel", "fonts", "PDF", "DOCX", "JupyterLab", "corpus", "model"),
        )
    ]
    assert "small, tiny" in said
    assert [path.name for path in folder.iterdir()] == ["data"]


@pytest.mark.slow
def test_the_doctor_names_what_is_missing_and_the_remedy(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise ImportError("No module named 'typst'\nand more")

    monkeypatch.setattr(doctor, "_find_typst", fail)
    shutil.copytree(PROJECT / "data" / "reference", folder / "data" / "reference")
    (folder / "data" / "reference" / "lang" / "de" / "verbs.csv").write_text("verb\n", encoding="utf-8")
    exit_code, said, wrong = call("doctor", project=folder)
    assert exit_code == 1
    broken = [row for row in said.splitlines() if not row.startswith("ok")]
    assert [row.split()[:2] for row in broken] == [["--", "languages"], ["--", "PDF"]]
    assert "lang/de/verbs.csv, row 1" in broken[0]
    assert broken[1] == "--  PDF         missing or broken: No module named 'typst'; pip install typst"
    assert wrong == "lagebild: 2 of these things are missing: see the lines with --.\n"


@pytest.mark.slow
def test_whatever_fails_has_a_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise PermissionError("not yours")

    for name in [name for name in vars(doctor) if name.startswith("_find_")]:
        monkeypatch.setattr(doctor, name, fail)
    found = {one.thing: one for one in doctor.examine(str(folder))}
    assert [name for name, one in found.items() if not one.remedy] == ["JupyterLab"]  # the one that is there


@pytest.mark.slow
@pytest.mark.posix
def test_a_project_that_cannot_be_written_is_named() -> None:
    found = {one.thing: one for one in doctor.examine("/proc")}
    assert found["folder"].remedy == "go to a folder in which you may write, or name one with --root"
    assert found["folder"].says.startswith("missing or broken: ")


def test_a_project_that_is_not_there_is_no_traceback(call: Call, folder: Path) -> None:
    with pytest.raises(InputError, match="cases here: none"):
        Paths("tiny", "2025-06-16", root="/nowhere")
        from lagebild.core.folders import locate

        locate("tiny", "2025-06-16", root="/nowhere")
    exit_code, _, wrong = call("run", "tiny", "--root", "/nowhere", project=folder)
    assert (exit_code, wrong) == (2, "lagebild: There is no folder '/nowhere' (--root): check its name, or make it.\n")


@pytest.mark.slow
def test_verbose_says_on_standard_error_what_a_command_leaves_out_and_why(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    words = [sys.executable, "-m", "lagebild", "corpus", "a.jsonl", "out", "--workers", "1", "--verbose", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "notebooks")}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    said, fault = done.stderr.splitlines()
    assert re.fullmatch(r"lagebild\.archive\.parquet: Row 0 of shard [0-9a-f]+ is left out: text is missing; .*", said)
    assert fault.startswith("lagebild: 1 row was left out")
