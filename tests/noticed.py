"""Runs notebooks and prints, as a line of JSON, which files each opens below a folder, and which modules it imports.

`python noticed.py FOLDER PARAMETERS NOTEBOOK…`: each runs in a copy of a process that has imported libraries alone.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import IPython.display  # noqa: F401
import pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401


def notice(folder: str, parameters: dict[str, str], notebook: Path) -> dict[str, list[str]]:
    """Run the code of a notebook, and return what it opened and imported."""
    opened: set[str] = set()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).startswith(folder) and arguments[1] in ("r", "rb", None):
            opened.add(str(arguments[0]))

    sys.addaudithook(hook)
    space: dict[str, object] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= parameters
    return {"opened": sorted(opened), "imported": [name for name in sys.modules if name.split(".")[0] == "lagebild"]}


def main(folder: str, parameters: str, *notebooks: str) -> None:
    """Run each notebook in a process of its own."""
    for notebook in notebooks:
        if child := os.fork():
            if os.waitpid(child, 0)[1]:
                sys.exit(f"{notebook} failed")
            continue
        with redirect_stdout(sys.stderr):
            found = notice(folder, json.loads(parameters), Path(notebook))
        print(json.dumps(found), flush=True)  # noqa: T201
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
