"""Values of a YAML file against the form that a dataclass describes; what does not fit is said in one sentence.

Forms are checked by pydantic, which knows them from the annotations of the dataclass; how its errors are called here is
the one thing that this module adds.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, cast

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from lagebild.core.characters import show
from lagebild.core.paths import InputError

T = TypeVar("T")

Name = Annotated[str, StringConstraints(min_length=1)]
Names = tuple[Name, ...]
SomeNames = Annotated[Names, Field(min_length=1)]

TEXT = "is no text; write one, in quotation marks, or leave it out"
LIST = "is no list, or holds what belongs in none; write it as [a, b]"
ROWS = "is no list, or holds what belongs in none; write it as a row of '- name: value'"
MAPPING = "is no mapping of names to values; write it as {name: value}"
SENTENCES = {
    "missing": "is missing; see README.md, how to add a case",
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
    """Return what a mapping of names to values holds, in the form of a dataclass.

    Parameters
    ----------
    form
        A dataclass; what its validators refuse, they refuse with an `InputError` of their own.
    content
        What a YAML file holds.
    where
        File and entry, for the message.

    Raises
    ------
    InputError
        On the first value that does not fit.
    """
    try:
        fitted: T = _read_form(cast(Any, form)).validate_python(content)
    except InputError as fault:
        raise InputError(f"{where}: {fault}") from None
    except ValidationError as error:
        raise InputError(_explain(error, where)) from None
    return fitted


@cache
def _read_form(form: type[Any]) -> TypeAdapter[Any]:
    """Return what checks a form: its annotations are taken apart once, not for each entry."""
    return TypeAdapter(form)


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
        sentence = SENTENCES.get(kind, f"does not fit ({error['msg']}); see README.md, how to add a case")
    return f"{', '.join([where, *names[:-1]])}: {names[-1]!r} {sentence}."
