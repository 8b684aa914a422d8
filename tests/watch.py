"""Imports modules of the package and tells what that opens below a folder: `python watch.py FOLDER MODULE…`."""

from __future__ import annotations

import importlib
import sys


def main(folder: str, modules: list[str]) -> list[str]:
    """Return what importing opened or called."""
    seen: list[str] = []

    def hook(event: str, args: tuple[object, ...]) -> None:
        name = str(args[0]) if args else ""
        code = name.endswith((".py", ".pyc", ".pyi", "/core/schema.yml")) or ".pyc." in name or "__pycache__" in name
        if event == "socket.connect" or (event == "open" and name.startswith(folder) and not code):
            seen.append(f"{event} {name}")

    sys.addaudithook(hook)
    for module in modules:
        importlib.import_module(f"lagebild.{module}")
    return seen


if __name__ == "__main__":
    sys.exit("\n".join(main(sys.argv[1], sys.argv[2:])) or 0)
