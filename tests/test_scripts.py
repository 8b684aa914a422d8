"""The scripts of widgets and of the report page: what is committed is made of the modules that are."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from examples import PROJECT
from lagebild.core.folders import TEMPLATES, WIDGETS
from modules import TESTS, run_node

SCRIPTS = [*WIDGETS.glob("*.js"), *TEMPLATES.glob("*.js")]


@pytest.mark.slow
def test_the_scripts_are_made_of_todays_modules(tmp_path: Path) -> None:
    done = subprocess.run(["sh", PROJECT / ".ci" / "widgets", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in SCRIPTS
    }, "a script is stale: run make widgets"


@pytest.mark.slow
def test_what_needs_no_page_works_under_node() -> None:
    done = run_node("--test", str(TESTS / "*.test.mjs"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail 0" in done.stdout


def test_every_module_can_be_read_at_one_go() -> None:
    modules = [*WIDGETS.rglob("src/**/*.js")]
    assert len(modules) > 20
    assert not [file for file in modules if len(file.read_text(encoding="utf-8").splitlines()) > 500]
