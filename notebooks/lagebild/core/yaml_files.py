"""YAML that people and strangers write to plain values, read strictly: texts, lists and mappings, true, false and null.

Numbers and days stay the texts that they are written as. Aliases can grow without end, tags can ask for anything, and
deep nesting can exhaust the reader; none of them is needed, so none of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from lagebild.core.characters import find_unfit, line_of
from lagebild.core.files import read_text, short_path
from lagebild.core.paths import InputError

DEEPEST = 20
# The plain values that are no texts: their tag, their form, and the characters that they start with.
VALUES = (
    ("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), ("t", "T", "f", "F")),
    ("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ("~", "n", "N", "")),
)

Check = Callable[[str], str]


def read_yaml(file: Path) -> dict[str, Any]:
    """Read a YAML mapping.

    Raises
    ------
    InputError
        If the file is missing, is no mapping or holds what no text may hold, with the line of the error.
    """
    text = read_text(file, "plain text", "see README.md, how to add a case")
    if unfit := find_unfit(text, 0):
        raise InputError(f"{short_path(file)}, line {line_of(text, unfit[0])}: it {unfit[1]}.")
    try:
        content = parse_yaml(text, _check_value)
    except InputError as fault:
        raise InputError(f"{short_path(file)}, {fault}") from None
    if not isinstance(content, dict):
        raise InputError(f"{short_path(file)}: a mapping of names to values belongs here.")
    return content


def _check_value(text: str) -> str:
    """Say what a value of a YAML file holds that no text may hold, now that its escapes are read."""
    unfit = find_unfit(text)
    return f"a value {unfit[1]}" if unfit else ""


def parse_yaml(text: str, check: Check | None = None) -> Any:
    """Return what a YAML text holds.

    Parameters
    ----------
    text
        One YAML document.
    check
        Says what is wrong with a text in it; the empty string if nothing is.

    Raises
    ------
    InputError
        Naming the line; the caller puts the file before it.
    """
    loader = None
    try:
        loader = _Loader(text, check)
        return loader.get_single_data()
    except InputError:
        raise
    except Exception as error:  # the library fails in many ways: on escapes, versions, signs of its own
        mark = getattr(error, "problem_mark", None) or (loader and loader.get_mark())
        line = mark.line + 1 if mark else line_of(text, getattr(error, "position", 0))
        raise InputError(
            f"line {line}: this is no valid YAML; check indentation, and put values with a colon in quotation marks."
        ) from None


class _Loader(yaml.SafeLoader):
    def __init__(self, text: str, check: Check | None) -> None:
        super().__init__(text)
        self.yaml_implicit_resolvers = {start: [(tag, form)] for tag, form, starts in VALUES for start in starts}
        self.check = check
        self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        wrong = self._find_wrong(event)
        if wrong:
            raise InputError(f"line {event.start_mark.line + 1}: {wrong}.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _find_wrong(self, event: Any) -> str:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            return "anchors and aliases (& and *) are not read; write the value out, in quotation marks if it is text"
        if event.tag is not None:
            return "tags (!) are not read; put the value in quotation marks"
        if self.depth >= DEEPEST:
            return f"values are nested more than {DEEPEST} deep; write them flatter"
        return self.check(event.value) if self.check and isinstance(event, yaml.ScalarEvent) else ""
