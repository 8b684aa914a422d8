"""Notebooks as files: loads the library that reads them, without what it does not need."""

from __future__ import annotations

import sys
from typing import Any

IRI = "rfc3987_syntax"


def load_nbformat() -> None:
    """Import nbformat, before papermill or nbconvert do.

    It imports jsonschema, which builds a whole grammar of addresses in other alphabets (RFC 3987) if that module is
    there: 1.2 seconds in each process, for a format that no notebook uses. jsonschema does without it otherwise.
    """
    if "nbformat" in sys.modules or IRI in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules[IRI] = None
    try:
        import nbformat  # noqa: F401
    finally:
        del modules[IRI]
