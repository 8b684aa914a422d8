"""What of an edition one looks at: period, actors, types, status, words and the like, and the line to see it again.

Filters travel as text parameters of `notebooks/explore.ipynb`. A list is one text joined by ``;``, and empty means that
nothing is left out; ``!`` before a value leaves out what fits it. `widgets/src/explore/view.js` writes the same line in
the browser.

All words must be found, whatever their case and accents. A word fits the beginning of a word (``sanction`` finds
*sanctions*), with an asterisk before it any part of one (``*drohnen`` finds *Kampfdrohnen*); in quotation marks, words
fit whole and in a row. `widgets/src/kit/match.js` does the same in the browser.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

import numpy as np

from lagebild.core.characters import show
from lagebild.core.edtf import day
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.schema import DAY, EVENT_TYPES, STATUSES

QUOTES = str.maketrans(dict.fromkeys("„“”‟«»＂", '"'))
TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
BETWEEN = re.compile(r"(?:[^\w\n]|_)+")  # between words; a line break stands between texts


@dataclass(frozen=True)
class Field:
    """Folded texts, each once, and what they stand in: `rows` are positions of events, `texts` those of their texts."""

    folded: list[str]
    rows: np.ndarray
    texts: np.ndarray


def fold(text: str) -> str:
    """Return text as small letters without accents and digits, words parted by one blank.

    To large letters and back is the one way to fold that Python and JavaScript share (``ß`` becomes ``ss``, and so
    does ``ẞ``, which is small before).
    """
    bare = unicodedata.normalize("NFKD", text)
    marks = {ord(sign): None for sign in set(bare) if unicodedata.category(sign).startswith("M")}
    small = (bare.translate(marks) if marks else bare).lower().upper().lower().replace("ς", "σ")
    return BETWEEN.sub(" ", small)


def fold_all(texts: Iterable[str]) -> list[str]:
    """Return texts folded, each between two blanks."""
    lines = [text.replace("\n", " ") for text in texts]  # of all at once it is twenty times as fast
    return [f" {line.strip(' ')} " for line in fold("\n".join(lines)).split("\n")] if lines else []


def read_terms(words: str) -> list[str]:
    """Return what a folded text must hold, all of it; nothing if no word has a letter or digit."""
    terms = []
    for phrase, word in TERM.findall(words.translate(QUOTES)):
        folded = fold((phrase or word).replace("\n", " ")).strip(" ")
        if folded:
            begins = "" if word.startswith("*") else " "
            terms.append(f" {folded} " if phrase else f"{begins}{folded}")
    return terms


def find_rows(fields: Sequence[Field], words: str, n: int) -> np.ndarray:
    """Return for each of `n` events whether its texts hold all words, each in any of the fields."""
    stays = np.ones(n, dtype=bool)
    for term in read_terms(words):
        hit = np.zeros(n, dtype=bool)
        for field in fields:
            holds = np.fromiter((term in text for text in field.folded), dtype=bool, count=len(field.folded))
            hit[field.rows[holds[field.texts]]] = True
        stays &= hit
    return stays


LISTS = ("actors", "types", "status", "publishers")
TIE = re.compile(r"([^<>~;]+)([>~])([^<>~;]+)")
ESCAPES = {"%": "%25", ";": "%3B"}  # in the name of a publisher, which is free text
# What papermill's -p could take for a number, True, False or None; -r takes every value as it stands.
MISREAD = re.compile(r"\s*[+-]?(\.?\d.*|inf(inity)?|nan)\s*|true|false|none", re.IGNORECASE | re.DOTALL)
NOT = "!"  # before a value that is left out
YES = "yes"  # what a filter holds that is only on or off
FEW = 12  # known values that a fault lists; of more it names the nearest


@dataclass(frozen=True)
class Scope:
    """What one looks at but for words; empty parts leave nothing out.

    Parameters
    ----------
    since, until
        ISO days. An event stays if the days that its date allows touch the period, and if it has no date.
    actors
        Each an actor that takes part (``RUS``), who acts towards whom (``RUS>IRN``), or a pair in either direction
        (``RUS~IRN``). Persons and bodies count for themselves and for the state that they act for, in a pair for the
        state alone, as in the relation matrix. Whatever fits one of them stays.
    types, status
        PLOVER types, and how an event is reported.
    publishers
        Each published a page that mentions the event, or is the outlet whose report the page relays. Left out is what
        no other one tells.
    """

    since: str = ""
    until: str = ""
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filters(Scope):
    """What one looks at in an edition.

    Parameters
    ----------
    words
        All stand in summary, names of actors, or sentences of the event.
    undated
        Only events without a date, or with one that is open on both sides.
    """

    words: str = ""
    undated: bool = False


def read_filters(values: Mapping[str, str], actors: Mapping[str, str], publishers: Collection[str]) -> Filters:
    """Return the filters that parameters describe, as `read_scope` does, the words, and whether undated ones alone."""
    words, undated = (values.get(name, "").strip() for name in ("words", "undated"))
    if undated:
        _check("undated", undated, (YES,))
    return Filters(**vars(read_scope(values, actors, publishers)), words=words, undated=bool(undated))


def read_scope(values: Mapping[str, str], actors: Mapping[str, str], publishers: Collection[str]) -> Scope:
    """Return the scope that parameters describe; `actors` are the names of the known ones by their ids.

    Raises
    ------
    InputError
        If a value is unknown, naming the nearest one or all, or if the period ends before it begins.
    """
    since, until = (day(values.get(name, "").strip(), name) for name in ("since", "until"))
    if since and until and since > until:
        raise InputError(f"The view ends on {until}, before it begins on {since}: swap since and until.")
    asked = {name: split_list(values.get(name, "")) for name in LISTS}
    asked["actors"] = tuple(dict.fromkeys(map(_order_pair, asked["actors"])))
    for named in chain(*part_values(asked["actors"])):
        tie = TIE.fullmatch(named)
        for actor in (tie[1], tie[3]) if tie else (named,):
            _check("actors", actor, actors, actors)
        if tie and tie[1] == tie[3]:
            raise InputError(
                f"The parameter actors holds {show(named)}, but nobody is tied to himself: name two actors."
            )
    for name, known in (("types", EVENT_TYPES), ("status", STATUSES), ("publishers", publishers)):
        for value in chain(*part_values(asked[name])):
            _check(name, value, known)
    return Scope(since, until, **asked)


def part_values(values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values of which one is to fit, and those of which none may, without the sign before them."""
    asked = tuple(values)
    left_out = tuple(value.removeprefix(NOT) for value in asked if value.startswith(NOT))
    return tuple(value for value in asked if not value.startswith(NOT)), left_out


def _order_pair(value: str) -> str:
    """Return an actor or a pair; in either direction it has one name."""
    sign = NOT if value.startswith(NOT) else ""
    return sign + "~".join(sorted(value.removeprefix(NOT).split("~")))


def split_list(text: str) -> tuple[str, ...]:
    """Return the values in a list parameter, each once."""
    parts = (part.strip() for part in text.split(";"))
    plain = (re.sub("%(25|3B)", lambda code: {"25": "%", "3B": ";"}[code[1]], part) for part in parts)
    return tuple(dict.fromkeys(part for part in plain if part))


def join_list(values: Iterable[str]) -> str:
    """Return values as one list parameter."""
    return ";".join(re.sub("[%;]", lambda sign: ESCAPES[sign[0]], value) for value in values)


def write_filters(filters: Filters) -> dict[str, str]:
    """Return filters as the parameters that describe them, those that leave something out."""
    more = {"words": filters.words, "undated": YES if filters.undated else ""}
    return write_scope(filters) | {name: value for name, value in more.items() if value}


def write_scope(filters: Scope) -> dict[str, str]:
    """Return a scope as the parameters that describe it, those that leave something out."""
    values = {"since": filters.since, "until": filters.until} | {
        name: join_list(getattr(filters, name)) for name in LISTS
    }
    return {name: value for name, value in values.items() if value}


def write_place(paths: Paths) -> dict[str, str]:
    """Return the parameters that say where the events lie."""
    values = {"case": paths.case, "as_of": paths.as_of, "language": paths.language}
    # The line is run in another folder than the notebook, so that no path may be relative.
    return values | {name: str(Path(value).resolve()) for name in ("root", "output") if (value := getattr(paths, name))}


def write_line(paths: Paths, filters: Filters) -> str:
    """Return the command of papermill that shows the same events again, for a POSIX shell."""
    words = ["papermill", "notebooks/explore.ipynb", "out.ipynb"]
    for name, value in (write_place(paths) | write_filters(filters)).items():
        words += ["-r" if MISREAD.fullmatch(value) and not re.fullmatch(DAY, value) else "-p", name, value]
    return shlex.join(words)


def _check(name: str, value: str, known: Collection[str], names: Mapping[str, str] | None = None) -> None:
    """Refuse a value that is not known; `names` are other words by which somebody may look for it."""
    if value in known:
        return
    by_word = {key.casefold(): key for key in known}
    by_word |= {name.casefold(): key for key, name in (names or {}).items() if key in known}
    near = get_close_matches(value.casefold(), by_word, 1)
    if len(known) <= FEW:
        remedy = f"choose from {', '.join(sorted(known))}" if known else "leave it empty"
    elif near:
        nearest = by_word[near[0]]
        remedy = f"the nearest known one is {nearest}" + (f" ({names[nearest]})" if names else "")
    else:
        remedy = f"none of the {len(known)} known ones is like it; leave the parameter empty and look them up"
    raise InputError(f"The parameter {name} holds {show(value)}, which is unknown here: {remedy}.")
