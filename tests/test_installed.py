"""The program as a stranger has it: a wheel, installed in an environment of its own, used in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.posix]  # by the layout of an environment

FIRST = "Kyiv, 12 June 2025 (Reuters) – Russia attacked Ukraine with drones on Thursday. Iran condemned the attack."
SECOND = (
    "---\ntitle: Treffen in Moskau\npublisher: Beispielblatt\ndate: 2025-06-13\n---\n"
    "Der russische Präsident Wladimir Putin hat am Freitag den iranischen Außenminister in Moskau empfangen. "
    # the visit is still to come
    "Russland verurteilte die Angriffe Israels auf Iran. Putin wird im Februar 2026 den Iran besuchen.\n"
)
THIRD = "Tehran, 14 June 2025 (AFP) – Israel attacked Iran on Friday. Russia condemned the attack on its partner."
BUILD = ("-m", "build", "--no-isolation", "--outdir")

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("built")
    start(sys.executable, *BUILD, str(folder), str(PROJECT), cwd=PROJECT)
    return folder


@pytest.fixture(scope="module")
def program(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Return the installed program; what it depends on is that of the tests, without their copy of the program.

    A file .pth adds the folder of their packages, but does not read the .pth in it by which the copy is found.
    """
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=True)
    (packages,) = place.glob("lib/*/site-packages")
    (packages / "dependencies.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n", encoding="utf-8")
    python = place / "bin" / "python"
    (wheel,) = built.glob("*.whl")
    start(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel), cwd=place)

    def call(*words: str, cwd: Path, fails: bool = False, text: str = "") -> subprocess.CompletedProcess[str]:
        return start(str(python), *words, cwd=cwd, fails=fails, text=text)

    return call


def start(*words: str, cwd: Path, fails: bool = False, text: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(words, cwd=cwd, env=kept, capture_output=True, text=True, input=text, timeout=300)
    assert bool(done.returncode) == fails, done.stdout + done.stderr
    return done


@pytest.mark.long
def test_the_sdist_builds_the_wheel_that_the_checkout_builds(built: Path, tmp_path: Path) -> None:
    start(sys.executable, *BUILD, str(tmp_path), "--wheel", str(PROJECT), cwd=PROJECT)
    (one,), (other,) = built.glob("*.whl"), tmp_path.glob("*.whl")
    assert one.read_bytes() == other.read_bytes()


def test_a_wheel_holds_all_that_a_project_needs_and_no_text_that_git_ignores(built: Path) -> None:
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True)
    named = tracked.stdout.split("\n")
    wanted = [name for name in named if name.startswith(("notebooks/", "data/")) and Path(name).name != "settled.csv"]
    for name in wanted:
        inside = f"lagebild/shipped/{name}" if not name.startswith("notebooks/lagebild/") else name[len("notebooks/") :]
        assert (inside in held) != (name == "data/README.md" or "/widgets/src/" in name), name
    assert {name for name in held if "shipped" in name} <= {f"lagebild/shipped/{name}" for name in wanted}
    with tarfile.open(sdist) as packed:
        assert set(wanted) <= {name.partition("/")[2] for name in packed.getnames()}


def test_three_commands_in_an_empty_folder_lead_to_a_report(program: Program, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in (("a.txt", FIRST), ("b.md", SECOND), ("c.txt", THIRD)):
        (inbox / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "empty"
    folder.mkdir()

    def lagebild(*words: str, fails: bool = False, text: str = "") -> subprocess.CompletedProcess[str]:
        return program("-m", "lagebild", *words, cwd=folder, fails=fails, text=text)

    assert "there is none here yet" in lagebild("run", fails=True).stderr
    made = lagebild("new", "war", str(inbox / "a.txt"), str(inbox / "b.md"))
    assert made.stderr == f"{folder} is a project now: cases in data/cases, reports in reports.\n"
    run = lagebild("run", "war", "--language", "en")
    assert "The rules read alone, and overlook most acts" in run.stderr
    stem = "reports/war/war-2025-06-13-en"
    assert run.stdout.split() == [f"{stem}.html", f"{stem}.pdf", f"{stem}-annex.pdf", f"{stem}.docx"]
    assert all((folder / name).stat().st_size > 10_000 for name in run.stdout.split())
    lagebild("check", "war")
    assert {path.name for path in folder.iterdir()} == {"data", "figures", "reports"}
    assert not (folder / "data" / "reference").exists()

    # one more article, and an edition that knows it, from a folder further down
    added = program("-m", "lagebild", "add", "war", str(inbox / "c.txt"), "--as-of", "2025-06-14", cwd=folder / "data")
    assert added.stdout.startswith("S003  en  2025-06-14")

    # the notebooks, run by hand
    shown = lagebild("explore", "war", "--as-of", "2025-06-13", "--no-open").stdout
    assert shown.splitlines()[-1] == "notebooks/explore-war.ipynb"
    place = ("-p", "case", "war", "-p", "as_of", "2025-06-14")
    for name in ("01-sources", "02-dataset"):
        program("-m", "papermill", "-k", "python3", f"notebooks/{name}.ipynb", "out.ipynb", *place, cwd=folder)
    assert (folder / "data" / "built" / "war" / "2025-06-14" / "events.csv").is_file()

    # what else there is
    line = '{"id": "1", "text": "Russia attacked Ukraine.", "language": "en", "published": "2025-06-13"}'
    assert '"event_type": "ASSAULT"' in lagebild("draft", "--jsonl", text=line).stdout
    assert "heldout" in lagebild("quality").stdout
    assert "data/cases/russia-iran" in lagebild("example").stdout
    assert "shipped/notebooks/guide/index.md" in lagebild("--help").stdout
    well = lagebild("doctor").stdout
    assert [row[:2] for row in well.splitlines()] == ["ok"] * len(well.splitlines())
