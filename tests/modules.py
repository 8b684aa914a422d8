"""The modules of scripts under node, which comes with the tools for tests: what they answer, and their own tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bare import freeze_state
from lagebild.core.filters import Filters, write_filters
from lagebild.interactive.explorer import Explorer

TESTS = Path(__file__).parent / "widgets"
NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
SHARED: dict[str, list[Any]] = json.loads((TESTS / "shared.json").read_text(encoding="utf-8"))


def run_node(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run node on words and what it is given; it needs no more than the modules of the project."""
    assert NODE, "there is no node: the extra dev brings one"
    done = [NODE, *words]
    return subprocess.run(done, input=given, capture_output=True, encoding="utf-8", check=False, timeout=120)


def ask_modules(question: dict[str, Any]) -> Any:
    """Return what modules of the explorer answer; see `widgets/ask.mjs`."""
    done = run_node(str(TESTS / "ask.mjs"), given=json.dumps(question))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def explore(widget: Explorer, views: list[Filters]) -> list[dict[str, Any]]:
    """Return for each view what the browser would show of it."""
    return list(ask_modules({"ask": "explore", "state": freeze_state(widget), "views": [*map(write_filters, views)]}))
