"""The command line: a run makes everything or nothing, and says in one line what is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pypdf
import pytest
from examples import append, edit, read_rows, replace
from filelock import FileLock
from lagebild import __version__
from lagebild.core.errors import InputError
from lagebild.core.folders import ANNEX, Paths
from lagebild.core.schema import TABLES, built_tables
from lagebild.report.exporters import EXPORTERS
from lagebild.run.runner import move, stage
from lagebild.run.steps import STEPS, Step
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from runs import Call, fingerprint, lagebild, run_cells

INPUTS = Path("data") / "cases" / "tiny"


# --- a run that works ---


@pytest.mark.parametrize("edition", ["2025-01-31", "2025-06-16"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_run_makes_the_reports_of_every_edition_in_both_languages(
    tiny_run: Path, edition: str, language: str
) -> None:
    paths = Paths("tiny", edition, language, str(tiny_run))
    assert paths.report("html").read_bytes().startswith(b"<!doctype html>")
    assert paths.report("pdf").read_bytes().startswith(b"%PDF-")
    assert len(list(paths.figures.glob("timeline*.svg"))) >= 2
    assert {file.name for file in paths.built.glob("*.csv")} == {TABLES[name].file for name in built_tables()}


def test_a_run_keeps_the_executed_notebooks_of_each_edition_as_its_trail(tiny_run: Path) -> None:
    kept = {file.name for file in (tiny_run / "reports" / "tiny" / "runs").iterdir()}
    once = {f"{edition}-de-{step.notebook}" for edition in ("2025-01-31", "2025-06-16") for step in STEPS}
    again = {f"{edition}-en-{step.notebook}" for edition in ("2025-01-31", "2025-06-16") for step in STEPS[2:]}
    assert kept == once | again


def test_a_run_leaves_nothing_behind_but_its_outputs(tiny_run: Path) -> None:
    assert {file.name for file in tiny_run.iterdir()} == {"data", "figures", "notebooks", "reports"}
    assert not list(tiny_run.rglob(".*"))


def test_a_run_changes_nothing_that_people_wrote(tiny_run: Path, project: Path) -> None:
    for part in ("data/cases", "data/reference", "notebooks"):
        assert fingerprint(tiny_run / part, "__pycache__") == fingerprint(project / part, "__pycache__")


def test_a_run_can_be_narrowed_to_one_edition_and_language_and_sent_elsewhere(poisoned: Paths) -> None:
    names = {poisoned.report(exporter.kind, part=exporter.part).name for exporter in EXPORTERS}
    assert {file.name for file in poisoned.reports.glob("*.*")} == {"index.html", *names}
    assert {file.name for file in poisoned.figures.parents[1].iterdir()} == {"2025-06-16"}
    assert {file.name for file in poisoned.outputs.parent.iterdir()} == {"data", "elsewhere", "notebooks"}


def test_a_run_says_what_it_will_take_and_prints_where_its_reports_lie_and_nothing_else(poisoned: Paths) -> None:
    printed, complained = (
        (poisoned.outputs.parents[1] / f"{name}.txt").read_text(encoding="utf-8") for name in ("out", "err")
    )
    names = [".html", ".pdf", "-annex.pdf", ".docx"]
    assert printed.splitlines() == [f"elsewhere/reports/tiny/tiny-2025-06-16-en{name}" for name in names]
    first = r"Making 1 report from 3 texts \(about \d sentences in de and en\): about [^\n]*\n"
    assert re.fullmatch(rf"{first}(Lagebild: \d of \d parts are done\.\n)*", complained)  # where it takes its time


def test_since_leaves_out_of_the_tables_what_had_ended_before(poisoned: Paths) -> None:
    events = [row["event_id"] for row in read_rows(poisoned.built / "events.csv")]
    assert "E1" in events
    assert "E2" not in events


def test_a_run_from_a_later_step_uses_the_tables_that_are_there_and_makes_the_same_bytes(
    tiny_run: Path, run_again: Path
) -> None:
    paths = Paths("tiny", "2025-06-16", "en", str(run_again))
    again = fingerprint(run_again, "__pycache__", "steps")
    for part in ("", ANNEX):
        assert again.pop(str(paths.report("pdf", "Letter", part).relative_to(run_again)))
    assert again == fingerprint(tiny_run, "__pycache__", "steps")


# --- the trail ---


def _trail(paths: Paths, step: Step) -> Any:
    return nbformat.read(paths.executed(step.notebook), as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_an_executed_notebook_keeps_the_parameters_that_the_user_gave(
    poisoned: Paths, tiny_run: Path, step: Step
) -> None:
    plain = {"case": "tiny", "as_of": "2025-06-16", "root": "", "lanes": "dyad", "actors": "folded", "compare": ""}
    elsewhere = {"language": "en", "since": "2025-01-16", "output": str(poisoned.outputs)}
    here = {"language": "de", "since": "", "output": ""}
    for paths, own in ((Paths("tiny", "2025-06-16", "de", str(tiny_run)), here), (poisoned, elsewhere)):
        wanted = {name: (plain | own)[name] for name in step.parameters}
        notebook = _trail(paths, step)
        (cell,) = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", [])]
        assert notebook.metadata.papermill.parameters == wanted
        assert notebook.metadata.lagebild["lagebild"] == __version__
        assert notebook.metadata.lagebild["typst"]
        assert cell.source.splitlines()[1:] == [f"{name} = {json.dumps(value)}" for name, value in wanted.items()]


@pytest.mark.long
def test_an_executed_notebook_can_be_executed_again_and_writes_the_same_tables(
    tmp_path: Path, tiny_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(tiny_run, tmp_path / "project")
    before = fingerprint(folder, "__pycache__")
    paths = Paths("tiny", "2025-06-16", "de", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder / "notebooks"))  # for the kernels
    for step in STEPS[:2]:
        for name in step.writes:
            (paths.built / f"{name}.csv").unlink()
        papermill.execute_notebook(paths.executed(step.notebook), None, cwd=tmp_path, progress_bar=False)
    assert fingerprint(folder, "__pycache__") == before


# --- two runs, and runs that were killed ---


def test_a_run_clears_what_killed_runs_left_and_nothing_of_one_that_is_alive(tmp_path: Path) -> None:
    for name in ("tiny", "killed", "old-8d2k", "alive"):
        (tmp_path / f".run-{name}").mkdir()
        (tmp_path / f".run-{name}" / "half.csv").touch()
    for name in ("tiny", "killed", "gone"):
        (tmp_path / f".run-{name}.lock").touch()
    with FileLock(tmp_path / ".run-alive.lock"), stage(tmp_path, "tiny") as staging:
        assert not list(staging.iterdir())
        kept = {file.name for file in tmp_path.iterdir()}
        assert kept == {".run-tiny", ".run-tiny.lock", ".run-alive", ".run-alive.lock"}
        assert (tmp_path / ".run-alive" / "half.csv").exists()


def test_a_second_run_of_a_case_waits_for_the_first_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    def second() -> None:
        with stage(tmp_path, "tiny") as staging:
            seen.append((staging.exists(), list(staging.iterdir())))

    waiting = threading.Thread(target=second)
    with stage(tmp_path, "tiny") as staging:
        (staging / "half.csv").touch()
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        assert (staging / "half.csv").exists()
        with stage(tmp_path, "tiny-2"):
            pass  # a run of another case does not wait
    waiting.join(10)
    assert seen == [(True, [])]
    assert not list(tmp_path.iterdir())
    says = f"Another run of tiny is at work in {str(tmp_path)!r}: waiting until it is done.\n"
    assert capsys.readouterr() == ("", says)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    place = tmp_path / "data" / "built" / "tiny" / "2025-01-31"
    place.mkdir(parents=True)
    (place / "old.csv").touch()
    with stage(tmp_path, "tiny") as staging:
        made = staging / place.relative_to(tmp_path)
        made.mkdir(parents=True)
        (made / "new.csv").touch()
        move(staging, tmp_path, "tiny")
    assert [file.name for file in tmp_path.rglob("*.csv")] == ["new.csv"]


# --- faults that show before anything runs ---


WRONG_WORDS = [
    (["run", "tiny", "--as-of", "2" * 5000], "The as-of date '222"),
    (["run", "tiny", "--as-of", "2025-02-30"], "The as-of date '2025-02-30' is no day: write it as YYYY-MM-DD"),
    (["run", "tiny", "--as-of", "16.6.2025"], "The as-of date '16.6.2025' is a day written the German way"),
    (["run", "tiny", "--since", "2" * 5000], "The since date '222"),
    (["run", "tiny", "--since", "June"], "The since date 'June' is no day: write it as YYYY-MM-DD"),
    (["run", "tiny", "--compare", "June"], "The compare date 'June' is no day: write it as YYYY-MM-DD"),
    (["run", "tiny", "--language", "x\n" * 5000], r"Invalid value for '--language': 'x\nx"),
    (["run", "tiny", "--language", "fr"], "'fr' is not one of 'de', 'en', 'all'."),
    (["run", "tiny", "--paper", "x\n" * 5000], r"Invalid value for '--paper': 'x\nx"),
    (["run", "tiny", "--paper", "Foolscap"], "'Foolscap' is not one of 'a4', 'letter', 'all'."),
    (["run", "tiny", "--lanes", "queue"], "'queue' is not one of 'dyad', 'actor', 'type'."),
    (["run", "tiny", "--actors", "kings"], "'kings' is not one of 'folded', 'persons', 'states'."),
    (["run", "tiny", "--from", "x" * 5000], "There is no step 'xxx"),
    (["run", "tiny", "--from", "09"], "There is no step '09': choose one of 01, 02, 03, 04, 05."),
    (["run", "tiny", "--as-off", "2025-06-16"], "No such option"),
    (["run", "tiny", "x" * 5000], "unexpected extra argument"),
    (["run", "tiny", "russia-iran"], "unexpected extra argument"),
    (["run"], "Missing argument 'CASE': cases here: tiny."),
    (["draft"], "Missing option '--jsonl'"),
    (["make\nit\u202e" + "x" * 5000], r"No such command 'make\nit\u202exxx"),
    (["make-it-so"], "No such command 'make-it-so'"),
]
WRONG_INPUT = [
    (["run", "nowhere"], "There is no case 'nowhere': data/cases/nowhere/case.yml is missing; cases here: tiny."),
    (["run", "../cases/tiny"], "There is no case '../cases/tiny'"),
    (["run", "a" * 5000], "There is no case 'aaa"),
    (["run", "ti\nny"], r"There is no case 'ti\nny': a name is up to 60 small letters"),
    (["run", "\u202etiny"], r"There is no case '\u202etiny'"),
    (["check", "x\n<y>\x1b[31m"], r"There is no case 'x\n<y>\x1b[31m'"),
    (["check", "nowhere"], "There is no case 'nowhere'"),
]
WRONG_PLACE = [  # in the words of the system
    (["run", "tiny", "--output", "data/cases/tiny/case.yml"], "cannot be written (File exists): give another one"),
    (["run", "tiny", "--output", "x" * 5000], "cannot be written (File name too long): give another one"),
    (["run", "tiny", "--output", "/dev/null/x"], "The folder '/dev/null/x' cannot be written (Not a directory)"),
]


@pytest.mark.parametrize(
    ("exit_code", "words", "fault"),
    [(2, *row) for row in WRONG_WORDS]
    + [(1, *row) for row in WRONG_INPUT]
    + [pytest.param(1, *row, marks=pytest.mark.posix) for row in WRONG_PLACE],
)
def test_what_is_wrong_stops_the_run_with_one_line(
    call: Call, project: Path, exit_code: int, words: list[str], fault: str
) -> None:
    before = fingerprint(project, "__pycache__")
    code, printed, complained = call(*words, project=project)
    assert (code, printed) == (exit_code, "")
    assert fault in complained
    assert re.fullmatch(r"lagebild: [^\n]{,500}\n", complained)
    assert fingerprint(project, "__pycache__") == before


def test_an_edition_that_is_no_day_is_a_fault_of_the_case_file(call: Call, project: Path) -> None:
    replace(project / INPUTS / "case.yml", '"2025-01-31"', '"31 January"')
    code, _, complained = call("run", "tiny", project=project)
    assert code == 1
    assert re.fullmatch(r"lagebild: data/cases/tiny/case\.yml: [^\n]+\n", complained)


def test_a_case_without_editions_asks_for_an_as_of_date(call: Call, project: Path) -> None:
    replace(project / INPUTS / "case.yml", '["2025-01-31", "2025-06-16"]', "[]")
    code, _, complained = call("run", "tiny", project=project)
    assert code == 1
    assert re.fullmatch(r"lagebild: data/cases/tiny/case\.yml: 'editions' is empty; [^\n]+\n", complained)


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["run", "--help"], ["check", "-h"]])
def test_help_is_printed_without_complaint(call: Call, words: list[str]) -> None:
    code, printed, complained = call(*words)
    assert (code, complained) == (0, "")
    assert re.match(r"Usage: .+\n\n  [A-Z]", printed)


def test_the_version_is_that_of_the_package(call: Call) -> None:
    assert call("--version") == (0, f"lagebild {__version__}\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("words", [["--help"], ["draft", "--jsonl"]])
def test_neither_help_nor_the_coder_waits_for_a_library_of_tables_or_notebooks(words: list[str]) -> None:
    heavy = ["babel", "edtf", "nbformat", "numpy", "pandas", "papermill", "plotly", "pyarrow", "pydantic"]
    line = {"id": "a", "text": "Putin visited Tehran.", "language": "en", "published": "2025-06-16"}
    code = f"""
import sys
from lagebild.__main__ import main
try:
    main()
finally:
    print(*set({heavy}) & set(sys.modules), file=sys.stderr)"""
    called = [sys.executable, "-c", code, *words]
    done = subprocess.run(called, input=json.dumps(line), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert "CONSULT" in done.stdout or "Usage" in done.stdout


def test_the_dictionary_is_printed(call: Call) -> None:
    code, printed, _ = call("dictionary")
    assert code == 0
    assert printed.startswith("# Data dictionary\n")


# --- check ---


@pytest.mark.slow
def test_check_finds_the_tiny_case_in_order(call: Call, project: Path) -> None:
    code, printed, complained = call("check", "tiny", project=project)
    assert (code, complained) == (0, "")
    assert "12 mentions: every id resolves, every evidence span stands in its text." in printed


def test_check_reads_the_reports_of_a_run(tiny_run: Path) -> None:
    done = lagebild("check", "tiny", project=tiny_run)
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"reports/tiny/\S+\.html: \d+ links to evidence, all lead to it", done.stdout)) == 4


@pytest.mark.slow
def test_check_finds_the_real_case_in_order(call: Call) -> None:
    code, _, complained = call("check", "russia-iran")
    assert (code, complained) == (0, "")


def _spoil_report(project: Path) -> None:
    folder = project / "reports" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny-2025-01-31-en.html").write_text(
        '<p class="claim">Bare.</p><a href="#gone">x</a><p id="E1"></p>', encoding="utf-8"
    )


def _spoil_pdf(project: Path) -> None:
    (project / "reports" / "tiny").mkdir(parents=True)
    writer = pypdf.PdfWriter()
    named = {"/Type": "/Annot", "/Subtype": "/Link", "/Dest": "gone"}
    note = DictionaryObject({NameObject(key): TextStringObject(value) for key, value in named.items()})
    writer.add_blank_page(9, 9)[NameObject("/Annots")] = ArrayObject([note])
    writer.write(project / "reports" / "tiny" / "tiny-2025-01-31-en.pdf")


def _spoil_text(project: Path) -> None:
    (project / INPUTS / "texts" / "T2.en.txt").write_text("One. Two. Three.\n", encoding="utf-8")


SPOILT: list[tuple[Callable[[Path], None], str]] = [
    (
        lambda p: edit(p / INPUTS / "mentions.csv", "t02", source_actors="nobody"),
        "data/cases/tiny/mentions.csv, row 3 (t02): source_actors names the unknown actor 'nobody'",
    ),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "evidence: [E3]", "evidence: [E6]"),
        "data/cases/tiny/judgements.yml, entry J1: E6 is not known on 2025-01-31",
    ),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "evidence: [E3]", "evidence: []"),
        "data/cases/tiny/judgements.yml, entry J1",
    ),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "answered_by: [E6]", "answered_by: [E99]"),
        "data/cases/tiny/judgements.yml, entry Q1: E99",
    ),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "replaces: [A1]", "replaces: [A9]"),
        "data/cases/tiny/judgements.yml, entry A2: ",
    ),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "actor: RUS", "actor: nobody"),
        "data/cases/tiny/judgements.yml, entry O1: ",
    ),
    (lambda p: replace(p / INPUTS / "case.yml", "subject: RUS", "subject: nobody"), "data/cases/tiny/case.yml: "),
    (lambda p: replace(p / INPUTS / "case.yml", "[[RUS, IRN]]", "[[RUS, nobody]]"), "data/cases/tiny/case.yml: "),
    (
        lambda p: append(p / INPUTS / "sources.csv", source_id="T1"),
        "data/cases/tiny/sources.csv, row 5: source_id must be unique",
    ),
    (_spoil_text, "data/cases/tiny/mentions.csv, row 7 (t06): the cue 'says another account' does not stand once"),
    (_spoil_report, "reports/tiny/tiny-2025-01-31-en.html: the link #gone leads nowhere"),
    (_spoil_report, "reports/tiny/tiny-2025-01-31-en.html: E2 has no entry in the annex"),
    (_spoil_pdf, "reports/tiny/tiny-2025-01-31-en.pdf: the link to 'gone' leads nowhere"),
    (
        lambda p: replace(p / INPUTS / "judgements.yml", "- id: Q1", "- id: T2"),
        "data/cases/tiny/judgements.yml, entry T2: an event, condition or source of the case has this id too",
    ),
    (_spoil_report, "reports/tiny/tiny-2025-01-31-en.html: this claim cites nothing: 'Bare.'"),
]


@pytest.mark.parametrize(("spoil", "fault"), SPOILT, ids=[fault for _, fault in SPOILT])
@pytest.mark.slow
def test_check_names_each_fault_by_file_and_row(
    call: Call, project: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    spoil(project)
    code, _, complained = call("check", "tiny", project=project)
    assert code == 1
    assert any(line.startswith(fault) for line in complained.splitlines()), complained


@pytest.mark.slow
def test_check_finds_a_sentence_that_no_mention_tells(call: Call, project: Path) -> None:
    file = project / INPUTS / "texts" / "T2.en.txt"
    file.write_text(file.read_text(encoding="utf-8").strip() + " Nobody codes this.\n", encoding="utf-8")
    code, _, complained = call("check", "tiny", project=project)
    assert code == 1
    assert "data/cases/tiny/texts/T2: sentence 4 is told by no mention" in complained


# --- faults that show while notebooks run ---


def _spoil_csv(project: Path) -> None:
    file = project / INPUTS / "events.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("E3,", "E3,too,many,"), encoding="utf-8")


def _assert_untouched(project: Path, before: dict[str, str]) -> None:
    assert fingerprint(project, "__pycache__") == before
    assert not list(project.rglob(".run-*"))


def test_a_fault_in_the_case_stops_a_run_from_any_folder_with_one_line_and_leaves_what_was_there(
    tmp_path: Path, tiny_run: Path
) -> None:
    project, elsewhere = shutil.copytree(tiny_run, tmp_path / "project"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    _spoil_csv(project)
    before = fingerprint(project, "__pycache__")
    done = lagebild("run", "tiny", "-q", "--as-of", "2025-01-31", project=project, cwd=elsewhere, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    fault = r"lagebild: 02-dataset\.ipynb: data/cases/tiny/events\.csv, row 4: 8 cells where 6 belong[^\n]*\n"
    assert re.fullmatch(fault, done.stderr)
    _assert_untouched(project, before)
    assert {file.name for file in project.iterdir()} == {file.name for file in tiny_run.iterdir()}  # nor any socket
    assert not list(elsewhere.iterdir())


def test_a_judgement_of_the_future_stops_the_report(tmp_path: Path, tiny_run: Path) -> None:
    project = shutil.copytree(tiny_run, tmp_path / "project")
    replace(project / INPUTS / "judgements.yml", "evidence: [E3]", "evidence: [E6]")
    with pytest.raises(InputError, match=r"^data/cases/tiny/judgements\.yml, entry J1: E6 is not known on 2025-01-31"):
        run_cells("05-report.ipynb", case="tiny", as_of="2025-01-31", language="de", root=str(project))


def _start(project: Path) -> subprocess.Popen[str]:
    """Start a run, and return once its first table is there."""
    run = subprocess.Popen(
        [sys.executable, "-m", "lagebild", "run", "tiny", "-q"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project / "notebooks")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list(project.glob(".run-*/data/built/tiny/*/sources.csv")) and time.monotonic() < deadline:
        time.sleep(0.05)
    return run


def _state(process: int) -> str:
    """Return the state of a process as the system calls it, such as S; empty if there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _list_descendants(process: int) -> list[int]:
    """Return the processes that a process has started, and those that these have."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="utf-8").split()):
            found += [child, *_list_descendants(child)]
    return found


@pytest.mark.slow
@pytest.mark.posix
def test_a_run_that_is_stopped_says_so_in_one_line_and_leaves_what_was_there(project: Path) -> None:
    before = fingerprint(project, "__pycache__")
    run = _start(project)
    os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C in a terminal reaches every process of the run
    printed, complained = run.communicate(timeout=60)
    assert (run.returncode, printed) == (130, "")
    assert complained.strip() == "lagebild: stopped; earlier outputs are as they were."
    assert fingerprint(project, "__pycache__", "steps") == before
    assert {file.name for file in project.iterdir()} == {"data", "notebooks"}


@pytest.mark.slow
@pytest.mark.posix
def test_the_processes_of_a_run_that_is_killed_end_with_it_and_free_its_folder(project: Path) -> None:
    before = fingerprint(project, "__pycache__")
    run = _start(project)
    started = _list_descendants(run.pid)
    assert len(started) >= 3  # the server of workers, a worker and its kernel
    run.kill()
    run.communicate(timeout=60)  # until nobody holds its output open
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and any(Path(f"/proc/{number}/fd").is_dir() for number in started):
        time.sleep(0.1)
    assert not [number for number in started if _state(number) not in ("", "Z")]
    assert (project / ".run-tiny").is_dir()
    with stage(project, "tiny"):
        pass
    assert fingerprint(project, "__pycache__", "steps") == before
    assert {file.name for file in project.iterdir()} == {"data", "notebooks"}
