r"""Entries for BibTeX and biblatex, in which nothing of a text runs as a command of TeX.

The forms are those that TeX sets right whatever the language, and that bibtexparser and pandoc read back. BibTeX counts
braces without asking what stands before them: one alone would swallow the entries behind it, `\{` as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SPECIAL = {character: f"\\{character}" for character in "&%$#_"}
_SPECIAL |= {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": "{}`{}",  # with ? and ! before it, and with itself, another sign
    '"': '"{}',  # joins what follows to an umlaut where babel's German is on
}
_BRACES = {"{": r"\{", "}": r"\}"}
_ALONE = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_JOINED = re.compile(r"(?<=([-',<>]))(?=\1)")  # -- is a dash; '', ,, and << are quotation marks


def escape(text: str) -> str:
    """Return a text for a field: on one line, and with nothing in it that TeX reads as more than a letter."""
    line = " ".join(text.split())
    written = _SPECIAL | (_BRACES if _is_closed(line) else _ALONE)
    return _JOINED.sub("{}", "".join(written.get(sign, sign) for sign in line))


def keep(text: str) -> str:
    """Return a text for a field in which it must neither be split nor change its capitals: a name, a title."""
    return f"{{{escape(text)}}}" if text else ""


def write_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry with those of its fields that hold something; what they hold must be escaped."""
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}\n}}"


def _is_closed(line: str) -> bool:
    """Return whether every brace has its other one."""
    depth = 0
    for sign in re.findall("[{}]", line):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0
