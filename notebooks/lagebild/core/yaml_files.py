"""YAML that people and strangers write, read strictly, and its values against the form that a dataclass describes.

Texts, lists and mappings are read, true, false and null; numbers and days stay the texts that they are written as.
Aliases can grow without end, tags can ask for anything, and deep nesting can exhaust the reader; none of them is
needed, so none of them is read.

pydantic checks a form, which it knows from the annotations of the dataclass. What does not fit is said in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar, cast

import yaml
from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from lagebild.core.characters import find_unfit, line_number, show
from lagebild.core.disk import read_text, short_path
from lagebild.core.errors import InputError

T = TypeVar("T")

Name = Annotated[str, StringConstraints(min_length=1)]
Names = tuple[Name, ...]
SomeNames = Annotated[Names, Field(min_length=1)]

# What the errors of pydantic are called here.
TEXT = "is no text; write one, in quotation marks, or leave it out"
LIST = "is no list, or holds what belongs in none; write it as [a, b]"
ROWS = "is no list, or holds what belongs in none; write it as a row of '- name: value'"
MAPPING = "is no mapping of names to values; write it as {name: value}"
SENTENCES = {
    "missing": "is missing; see recipes.md in the guide",
    "too_short": "is empty; give it at least one entry",
    "string_too_short": "is empty; write it",
    "unexpected_keyword_argument": "is no name that belongs here; correct it, or take it out",
    "string_type": TEXT,
    "tuple_type": LIST,
    "frozen_set_type": LIST,
    "dict_type": MAPPING,
    "dataclass_type": MAPPING,
    "named_tuple_type": MAPPING,
}


class Strict:
    """What a form inherits from that refuses each name which is none of its fields."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


def fit(form: type[T], content: Any, where: str) -> T:
    """Return what a mapping of names to values holds, in the form of a dataclass; `where` is file and entry.

    Raises
    ------
    InputError
        On the first value that does not fit; validators of the dataclass raise it with a sentence of their own.
    """
    try:
        fitted: T = _make_adapter(cast(Any, form)).validate_python(content)
    except InputError as fault:
        raise InputError(f"{where}: {fault}") from None
    except ValidationError as error:
        raise InputError(_explain(error, where)) from None
    return fitted


_make_adapter = cache(TypeAdapter[Any])  # the annotations of a form are taken apart once, not for each entry


def fit_rows(content: Any, name: str, where: str) -> list[dict[str, Any]]:
    """Return a list of mappings that are still to be fitted one by one; it is called `name`.

    Raises
    ------
    InputError
        If it is no list, or holds anything else.
    """
    if not isinstance(content, list) or not all(isinstance(row, dict) and row for row in content):
        raise InputError(f"{where}: {name!r} {ROWS}.")
    return content


def _explain(fault: ValidationError, where: str) -> str:
    """Say what does not fit first, and what to do: of a value in a list, that the list holds what it may not."""
    error = fault.errors()[0]
    place, kind = error["loc"], error["type"]
    names = [part for part in place if isinstance(part, str)]
    if kind == "invalid_key":
        return (
            f"{', '.join([where, *names[:-1]])}: a name in it is no text; write it in quotation marks, or take it out."
        )
    if kind == "bool_type":
        return f"{where}: {names[-1]} is {show(str(error['input']), 40)}, but must be true or false."
    if place and isinstance(place[-1], int):
        sentence = ROWS if SENTENCES.get(kind) == MAPPING else LIST
    else:
        sentence = SENTENCES.get(kind, f"does not fit ({error['msg']}); see recipes.md in the guide")
    return f"{', '.join([where, *names[:-1]])}: {names[-1]!r} {sentence}."


DEEPEST = 20
# The plain values that are no texts: their tag, their form, and the characters that they start with.
VALUES = (
    ("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), ("t", "T", "f", "F")),
    ("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ("~", "n", "N", "")),
)

Check = Callable[[str], str]


def read_yaml(file: Path) -> dict[str, Any]:
    """Return the mapping of names to values in a YAML file.

    Raises
    ------
    InputError
        If the file is missing, is no mapping or holds what no text may hold, with the line of the error.
    """

    def check(value: str) -> str:  # again, now that the escapes in it are read
        unfit = find_unfit(value)
        return f"a value {unfit[1]}" if unfit else ""

    text = read_text(file, "plain text", "see recipes.md in the guide")
    if unfit := find_unfit(text, 0):
        raise InputError(f"{short_path(file)}, line {line_number(text, unfit[0])}: it {unfit[1]}.")
    try:
        content = parse_yaml(text, check)
    except InputError as fault:
        raise InputError(f"{short_path(file)}, {fault}") from None
    if not isinstance(content, dict):
        raise InputError(f"{short_path(file)}: a mapping of names to values belongs here.")
    return content


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
        line = mark.line + 1 if mark else line_number(text, getattr(error, "position", 0))
        raise InputError(
            f"line {line}: this is no valid YAML; check indentation, and put values with a colon in quotation marks."
        ) from None


class _Loader(yaml.SafeLoader):
    def __init__(self, text: str, check: Check | None) -> None:
        super().__init__(text)
        self.yaml_implicit_resolvers = {}
        for tag, form, starts in VALUES:
            self.yaml_implicit_resolvers |= {start: [(tag, form)] for start in starts}
        self.check = check
        self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        fault = ""
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            fault = "anchors and aliases (& and *) are not read; write the value out, in quotation marks if it is text"
        elif event.tag is not None:
            fault = "tags (!) are not read; put the value in quotation marks"
        elif self.depth >= DEEPEST:
            fault = f"values are nested more than {DEEPEST} deep; write them flatter"
        elif self.check and isinstance(event, yaml.ScalarEvent):
            fault = self.check(event.value)
        if fault:
            raise InputError(f"line {event.start_mark.line + 1}: {fault}.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node
