"""Steps by what they read: nothing that a step reads is forgotten, nothing else makes it run again, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path

import pytest
from examples import PROJECT, append, edit, replace
from lagebild.core.disk import hash_files
from lagebild.core.folders import NOTEBOOKS, PACKAGE, Paths
from lagebild.core.schema import OWN, TABLES
from lagebild.run.runner import list_parts, list_written
from lagebild.run.step_cache import ENTRY, MOST, Reads, StepCache
from lagebild.run.steps import STEPS, Step, choose_parameters
from runs import copy_tiny, fingerprint, lagebild

CASE = Path("data") / "cases" / "tiny"
PLAIN = {"since": "", "lanes": "dyad", "actors": "folded", "compare": ""}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, by_papermill: Path) -> Path:
    """Return a copy of what stock papermill made of the tiny case in English."""
    return shutil.copytree(by_papermill, tmp_path_factory.mktemp("built") / "project")


@pytest.fixture(scope="module")
def noticed(built: Path) -> dict[str, dict[str, list[str]]]:
    """Return which files of the case each step opens, and which modules it imports, by its name."""
    if not hasattr(os, "fork"):
        pytest.skip("the system makes no copies of a process")
    given = json.dumps({"case": "tiny", "as_of": "2025-06-16", "language": "en", "root": str(built)})
    words = [str(Path(__file__).with_name("noticed.py")), str(built), given]
    done = subprocess.run(
        [sys.executable, *words, *(str(NOTEBOOKS / step.notebook) for step in STEPS)],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "notebooks")},
        capture_output=True,
        text=True,
        check=True,
    )
    return {step.name: json.loads(line) for step, line in zip(STEPS, done.stdout.splitlines(), strict=True)}


def tiny(root: Path, output: str = "") -> Paths:
    """Return the later edition of the tiny case in English."""
    return Paths("tiny", "2025-06-16", "en", str(root), output)


# --- nothing that is read is forgotten ---


def _declared(step: Step, paths: Paths) -> set[Path]:
    """Return the files that a step says it reads; a folder stands for all that lies in it."""
    case = {
        name: paths.inputs / TABLES[name].file for name in step.reads if name.startswith("case/") and name in TABLES
    }
    if "case/judgements" in step.reads:
        case["judgements"] = paths.inputs / "judgements.yml"
    tables = {paths.built / TABLES[name].file for name in step.reads if name in TABLES and "/" not in name}
    if "every table" in step.reads:
        tables = {paths.built / TABLES[name].file for name in TABLES if "/" not in name} - {
            paths.built / "revisions.csv"
        }
        tables |= {paths.figures}
    texts = {paths.texts} if "texts" in step.reads else set()
    return {*case.values(), *tables, *texts, paths.inputs / "case.yml", *(paths.inputs / f"{name}.csv" for name in OWN)}


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_a_notebook_opens_no_file_that_its_step_does_not_read(
    step: Step, built: Path, noticed: dict[str, dict[str, list[str]]]
) -> None:
    paths = tiny(built)
    own = {paths.built / TABLES[name].file for name in step.writes if name in TABLES}
    known = _declared(step, paths) | own | {paths.built / "inputs.csv"}  # which must tell of the parameters given
    if step.name in ("01", "02"):  # they check the whole case, of which their tables show what they read
        known |= {*paths.inputs.glob("*.csv")}
    read = {Path(name) for name in noticed[step.name]["opened"]}
    assert read
    assert [file for file in sorted(read) if not known & {file, *file.parents}] == []


# --- a step runs again if what it reads has changed, and only then ---


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, set()),
    "a decision": (
        lambda root: append(root / CASE / "decisions.csv", decision_id="D99", row="t01", by="me", date="2025-06-16"),
        {"02", "05"},
    ),
    "how far two reviewers agree": (
        lambda root: (root / CASE / "agreement.csv").write_text("x", encoding="utf-8"),
        {"05"},
    ),
    "what a judgement rests on": (
        lambda root: replace(root / CASE / "judgements.yml", "evidence: [E3]", "evidence: [E1]"),
        {"02", "04", "05"},
    ),
    "a text": (lambda root: (root / CASE / "texts" / "T1.en.txt").write_text("Other.", encoding="utf-8"), {"01", "02"}),
    "a rating of a hypothesis": (
        lambda root: (root / CASE / "consistency.csv").write_text("x", encoding="utf-8"),
        {"02", "04", "05"},
    ),
    "the case": (
        lambda root: replace(root / CASE / "case.yml", "subject:", "subject: "),
        {"01", "02", "03", "04", "05"},
    ),
    "an actor of the case": (
        lambda root: (root / CASE / "actors.csv").write_text("x", encoding="utf-8"),
        {"01", "02", "03", "04", "05"},
    ),
    "an event": (lambda root: edit(tiny(root).built / "events.csv", "E1", status="reported"), {"03", "04", "05"}),
    "a figure": (lambda root: (tiny(root).figures / "week.svg").write_text("x", encoding="utf-8"), {"05"}),
    "what was revised": (lambda root: (tiny(root).built / "revisions.csv").write_text("x", encoding="utf-8"), set()),
    "what a run started from": (
        lambda root: (tiny(root).built / "inputs.csv").write_text("x", encoding="utf-8"),
        set(),
    ),
}


def _read(root: Path, **parameters: str) -> dict[str, dict[str, str]]:
    paths, reads = tiny(root), Reads(tiny(root))
    return {
        step.name: reads.of_step(step, paths, {name: (PLAIN | parameters).get(name, "") for name in step.parameters})
        for step in STEPS
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reaches_the_steps_that_read_it(name: str, built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "project")
    change, reached = CHANGES[name]
    before = _read(root)
    change(root)
    after = _read(root)
    assert {step for step in before if before[step] != after[step]} == reached


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameter", "reached"), [("since", {"02", "03", "04", "05"}), ("lanes", {"03", "05"}), ("actors", {"04", "05"})]
)
def test_a_parameter_reaches_the_steps_that_obey_it(parameter: str, reached: set[str], built: Path) -> None:
    before, after = _read(built), _read(built, **{parameter: "other"})
    assert {step for step in before if before[step] != after[step]} == reached


def test_a_library_or_a_table_of_the_reference_reaches_every_step(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _read(root)
    (tmp_path / "new_library-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    after = _read(root)
    assert {step for step in before if before[step] != after[step]} == {"01", "02", "03", "04", "05"}
    shutil.copytree(PROJECT / "data" / "reference", root / "data" / "reference")
    copied = _read(root)
    assert copied == after
    edit(root / "data" / "reference" / "actors.csv", "IRN", name_de="Persien")
    assert {step for step in after if after[step] != _read(root)[step]} == {"01", "02", "03", "04", "05"}


def test_a_change_of_the_program_reaches_every_step(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = shutil.copytree(PACKAGE, tmp_path / "lagebild", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("lagebild.core.folders.PACKAGE", copied)
    before = _read(root)
    compiled = copied / "core" / "__pycache__" / "paths.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"")
    assert _read(root) == before
    for file in ("core/edtf.py", "report/templates/brief.html.j2", "core/schema.yml"):
        before = _read(root)
        with (copied / file).open("a", encoding="utf-8") as opened:
            opened.write("\n")
        after = _read(root)
        assert {step for step in before if before[step]["program"] != after[step]["program"]} == set(after), file


# --- what is kept ---


@pytest.fixture
def kept(tmp_path: Path) -> StepCache:
    """Return a place with one entry of two files."""
    base, kept = tmp_path / "base", StepCache(tmp_path / "steps")
    (base / "data").mkdir(parents=True)
    (base / "data" / "a.csv").write_text("a", encoding="utf-8")
    (base / "b.svg").write_text("b", encoding="utf-8")
    kept.store("day-en-01", {"texts": "1"}, [base / "data" / "a.csv", base / "b.svg"], base)
    return kept


def test_what_was_kept_is_taken_by_who_reads_the_same_and_by_nobody_else(kept: StepCache, tmp_path: Path) -> None:
    into = tmp_path / "into"
    assert kept.restore("day-en-01", {"texts": "2"}, into) == []
    assert kept.restore("day-de-01", {"texts": "1"}, into) == []
    assert kept.restore("day-en-01", {"texts": "1"}, into) == [into / "data" / "a.csv", into / "b.svg"]
    assert fingerprint(into) == fingerprint(tmp_path / "base")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: (place / "b.svg").write_text("other", encoding="utf-8"),
        lambda place: (place / "b.svg").unlink(),
        lambda place: (place / ENTRY).write_text("{", encoding="utf-8"),
        lambda place: (place / ENTRY).write_text("[]", encoding="utf-8"),
        lambda place: (place / ENTRY).write_text('{"writes": {"../../../b.svg": "0"}}', encoding="utf-8"),
        lambda place: (place / ENTRY).write_text('{"writes": {"/etc/passwd": "0"}}', encoding="utf-8"),
    ],
    ids=["changed", "gone", "half", "other", "above", "elsewhere"],
)
def test_an_entry_that_is_not_as_it_was_written_counts_for_nothing_and_goes(
    kept: StepCache, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    (place,) = (kept.folder / "day-en-01").iterdir()
    spoil(place)
    assert kept.restore("day-en-01", {"texts": "1"}, tmp_path / "into") == []
    assert not place.exists()
    assert not (tmp_path / "into").exists()


def test_an_entry_that_names_a_file_elsewhere_writes_nothing_there(kept: StepCache, tmp_path: Path) -> None:
    (place,) = (kept.folder / "day-en-01").iterdir()
    outside = tmp_path / "out.txt"
    outside.write_text("mine", encoding="utf-8")
    writes = {"../../../out.txt": "9b70a3b3bd7cd8d9cbe2c0bce3d4f9b2f1a5b6bcdc5d8fd8b7a5c1b3c4dbf4f4"}
    (place / ENTRY).write_text(json.dumps({"reads": {}, "writes": writes}), encoding="utf-8")
    assert kept.restore("day-en-01", {"texts": "1"}, tmp_path / "a" / "b" / "c") == []
    assert outside.read_text(encoding="utf-8") == "mine"


def test_the_last_entries_of_a_step_are_kept_and_what_was_half_written_goes(kept: StepCache, tmp_path: Path) -> None:
    (kept.folder / "day-en-01" / ".run-half-1").mkdir()
    for number in range(2, 8):
        kept.store("day-en-01", {"texts": str(number)}, [tmp_path / "base" / "b.svg"], tmp_path / "base")
        time.sleep(0.01)
    assert len(list((kept.folder / "day-en-01").iterdir())) == MOST
    assert kept.restore("day-en-01", {"texts": "7"}, tmp_path / "into")
    assert not kept.restore("day-en-01", {"texts": "1"}, tmp_path / "into")


def test_what_has_changed_is_named(kept: StepCache) -> None:
    assert kept.explain("day-en-01", {"texts": "2", "case.yml": "1"}) == ["case.yml", "texts"]
    assert kept.explain("day-en-02", {"texts": "2"}) == []


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "steps").write_text("a file", encoding="utf-8")
    (tmp_path / "b.svg").touch()
    StepCache(tmp_path / "steps").store("day-en-01", {}, [tmp_path / "b.svg"], tmp_path)


# --- runs ---


def test_the_parts_of_a_run_wait_for_what_they_read() -> None:
    editions = [Paths("tiny", day, language) for day in ("2025-01-31", "2025-06-16") for language in ("de", "en")]
    parts = {part.name: part for part in list_parts(editions, STEPS)}
    assert len(parts) == 2 * (2 + 2 * 4)
    assert parts["2025-06-16-en-04"].after == ("2025-06-16-de-02",)
    assert parts["2025-06-16-en-05"].after == ("2025-06-16-en-03", "2025-06-16-en-04")
    assert parts["2025-06-16-en-reports"].after == ("2025-06-16-en-05",)
    assert [part.after for part in list_parts(editions[:1], STEPS[3:])] == [
        (),
        ("2025-01-31-de-04",),
        ("2025-01-31-de-05",),
    ]
    for part in parts.values():  # whoever writes a table of this part is waited for
        reads = {name for name in part.step.reads if name in TABLES and "/" not in name} if part.step else set()
        writers = {step.name for step in STEPS if reads & set(step.writes)}
        before: set[str] = set()
        open_ = list(part.after)
        while open_:
            before |= {open_[0]}
            open_ += parts[open_.pop(0)].after
        assert writers <= {name.rpartition("-")[2] for name in before}, part.name


def test_what_a_step_has_written_is_all_that_it_promises(tiny_run: Path) -> None:
    paths = Paths("tiny", "2025-06-16", "de", str(tiny_run))
    written = {file for step in STEPS for file in list_written(step, paths)}
    everything = {file for folder in (paths.built, paths.figures) for file in folder.rglob("*") if file.is_file()}
    assert everything - written == {paths.built / "revisions.csv", paths.built / "exchange" / "timeline-en.json"}
    assert all(file.is_file() for file in written)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, tiny_run: Path) -> Path:
    """Return a copy of a project in which a run has been."""
    return shutil.copytree(tiny_run, tmp_path_factory.mktemp("ran") / "project")


def _run(project: Path, *words: str) -> str:
    done = lagebild("run", "tiny", *words, project=project)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


def test_a_run_of_what_has_not_changed_makes_nothing_and_restores_what_is_gone(ran: Path) -> None:
    before = fingerprint(ran, "__pycache__", "steps")
    report = Paths("tiny", "2025-06-16", "en", str(ran)).report("pdf")
    report.unlink()
    (tables := tiny(ran).built / "events.csv").write_text("spoilt", encoding="utf-8")
    assert _run(ran) == "Nothing has changed: all 20 parts are as before (--force makes them anew)."
    revised = str(tables.with_name("revisions.csv").relative_to(ran))
    now = fingerprint(ran, "__pycache__", "steps")
    assert {name for name in before if before[name] != now.get(name)} <= {revised}
    assert now.keys() == before.keys()


def _kill(project: Path, *words: str) -> None:
    """Start a run, and kill all its processes once it has kept three parts."""
    run = subprocess.Popen(
        [sys.executable, "-m", "lagebild", "run", "tiny", *words],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project / "notebooks")},
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(list(project.glob(f"data/built/tiny/steps/*/*/{ENTRY}"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


@pytest.mark.long
@pytest.mark.posix
def test_a_run_after_a_change_makes_the_same_bytes_as_one_that_makes_everything_and_goes_on_where_it_was_killed(
    ran: Path, tmp_path: Path
) -> None:
    asked = ("--as-of", "2025-06-16", "--language", "de")
    project = shutil.copytree(ran, tmp_path / "project")
    fresh = copy_tiny(
        shutil.copytree(ran, tmp_path / "fresh", ignore=shutil.ignore_patterns("built", "cases", "steps"))
    )
    for folder in (project, fresh):
        replace(folder / CASE / "judgements.yml", "Drei Seiten sagen es.", "Drei Seiten sagen das.")
    said = _run(project, *asked)
    assert said.startswith(
        "4 of 6 parts are as before; made: 2025-06-16-de-05 (case/judgements), 2025-06-16-de-reports"
    )
    assert len(list(project.glob("data/built/tiny/steps/2025-06-16-de-annex/*"))) == 1  # no word of it stands there

    before = fingerprint(fresh, "__pycache__")
    _kill(fresh, *asked, "--workers", "1")
    assert fingerprint(fresh, "__pycache__", "steps", ".run-tiny", ".run-tiny.lock") == before
    number = int(_run(fresh, *asked, "--workers", "1").partition(" of 6 parts are as before; made: ")[0])
    assert 3 <= number < 6
    assert not list(fresh.glob(".run-*"))

    one, other = (
        {name: value for name, value in fingerprint(folder, "__pycache__", "steps").items() if "2025-06-16" in name}
        for folder in (project, fresh)
    )
    other |= {name: value for name, value in one.items() if name not in other and "/en/" in name}
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == set()


def test_the_parameters_of_a_step_are_those_that_it_lists() -> None:
    from lagebild.core.case import Parameters

    paths = changed(tiny(Path("/here")), output="/there")
    chosen = choose_parameters(STEPS[2], paths, Parameters("2025-01-01", "actor"))
    assert list(chosen) == list(STEPS[2].parameters)
    assert chosen["output"] == "/there"
    assert chosen["lanes"] == "actor"


@pytest.mark.slow
@pytest.mark.long
def test_what_was_made_while_its_inputs_changed_is_forgotten(project: Path) -> None:
    words = [sys.executable, "-m", "lagebild", "run", "tiny", "--as-of", "2025-06-16", "--language", "en", "--quiet"]
    file, done = project / CASE / "decisions.csv", list[Path]()
    before = file.read_bytes()
    run = subprocess.Popen(words, cwd=project, env=os.environ | {"PYTHONPATH": str(project / "notebooks")})
    deadline = time.monotonic() + 60
    while not done and time.monotonic() < deadline:
        done = list(project.glob(f"data/built/tiny/steps/2025-06-16-en-01/*/{ENTRY}"))
        time.sleep(0.02)
    append(file, decision_id="D99", row="t01", action="accept", reason="seen", by="me", date="2025-06-16")
    assert run.wait(60) == 0
    file.write_bytes(before)
    assert len(list(project.glob(f"data/built/tiny/steps/2025-06-16-en-01/*/{ENTRY}"))) == 1
    kept = [json.loads(entry.read_bytes())["reads"] for entry in project.glob(f"data/built/tiny/steps/*-02/*/{ENTRY}")]
    assert hash_files([file]) not in {read["case/decisions"] for read in kept}  # but perhaps by what it was meanwhile


OPEN_FILES = """
import os, lagebild.run.warm
opened = (os.path.realpath(file.path) for file in os.scandir("/proc/self/fd"))
print([file for file in opened if os.path.isfile(file) and file.startswith(os.environ["PREFIX"])])
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list open files")
def test_what_workers_are_copies_of_holds_no_file_open() -> None:
    """Copies of a process share the position in a file: each would read what the others' reading left."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "notebooks"), "PREFIX": sys.prefix}
    words = [sys.executable, "-c", OPEN_FILES]
    assert subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout == "[]\n"
