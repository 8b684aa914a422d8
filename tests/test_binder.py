"""The folder `.binder`, from which Binder builds an image: what of it can be checked without Binder."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from examples import PROJECT
from lagebild.core.case import read_case_file
from lagebild.core.folders import locate
from packaging.specifiers import SpecifierSet

BINDER = PROJECT / ".binder"
POST_BUILD = (BINDER / "postBuild").read_text(encoding="utf-8")
PINS = dict(
    line.split("==")
    for line in (PROJECT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line and not line.startswith("#")
)


def lines(name: str) -> list[str]:
    """Return the lines of a file of the folder without their comments, as repo2docker reads them."""
    stripped = [line.partition("#")[0].strip() for line in (BINDER / name).read_text(encoding="utf-8").splitlines()]
    return [line for line in stripped if line]


def test_the_folder_holds_what_repo2docker_reads() -> None:
    assert {file.name for file in BINDER.iterdir()} == {"requirements.txt", "runtime.txt", "postBuild"}


def test_the_python_of_the_image_is_one_that_the_project_and_its_pins_are_for() -> None:
    (runtime,) = lines("runtime.txt")
    version = runtime.removeprefix("python-")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version in SpecifierSet(project["requires-python"])
    assert version in SpecifierSet(">=3.11,<=3.13")  # see the head of .ci/constraints.txt


def test_pip_installs_the_project_with_its_pins() -> None:
    constraint, project, *others = lines("requirements.txt")
    assert (BINDER / constraint.removeprefix("--constraint ")).resolve() == PROJECT / ".ci" / "constraints.txt"
    assert project == "--editable ."
    assert others == ["notebook"]
    assert not {name.lower() for name in PINS} & set(others)  # the JupyterLab that is pinned decides on its version


@pytest.mark.slow
def test_what_the_image_runs_after_the_build_is_a_program_that_sh_reads() -> None:
    listed = ["git", "ls-files", "--stage", ".binder/postBuild"]
    mode = subprocess.run(listed, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert mode.startswith("100755 ")
    assert POST_BUILD.startswith("#!/bin/sh\n")
    done = subprocess.run(["sh", "-n", BINDER / "postBuild"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_builds_every_edition_of_the_case_and_needs_nothing_that_is_not_installed() -> None:
    (editions,) = re.findall(r"for as_of in (.+); do", POST_BUILD)
    assert editions.split() == sorted(read_case_file(locate("russia-iran", "2026-06-30")).editions)
    (notebooks,) = re.findall(r"for notebook in (.+); do", POST_BUILD)
    assert all((PROJECT / "notebooks" / f"{name}.ipynb").is_file() for name in notebooks.split())
    assert not re.search(r"\b(sudo|apt|apt-get|curl|wget)\b", POST_BUILD)


def test_the_program_that_it_calls_comes_with_the_project() -> None:
    assert (Path(sys.executable).parent / "papermill").is_file()
    assert re.search(r"(?m)^ *papermill ", POST_BUILD)
