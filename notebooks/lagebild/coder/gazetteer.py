"""Names in a text: states, their capitals, adjectives and inhabitants, organisations, persons."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lagebild.coder.lang import read_language
from lagebild.core.offices import stands_for
from lagebild.core.reference import Reference, derived

STRONG = ("name", "seat", "body", "surname", "weak", "inhabitant", "place", "adjective")  # which kind a name is read as


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its place, whom it names, and its kind as in the table `names`; `genitive` if marked so."""

    start: int
    end: int
    actor_id: str
    kind: str
    genitive: bool = False


def find_names(reference: Reference, text: str, language: str, published: str) -> list[Name]:
    """Return the names in a text from left to right, the longest wherever several begin.

    An expression of the table `blocklist` is found like a name and then dropped: the Sea of Japan is not Japan. A
    surname that is also a common word is `unsure` until its full name has been read. Of several persons with one
    surname the one that the text has named counts, else one in office on the day of publication.
    """
    pattern, known = _gazetteer(reference, language)
    found: list[Name] = []
    met: set[str] = set()
    for match in pattern.finditer(text):
        readings = known[" ".join(match[0].split())]
        actor_id, kind, genitive = (
            readings[0] if len(readings) == 1 else _likeliest(reference, readings, met, published)
        )
        after_hyphen = text[match.start() - 1 : match.start()] == "-"
        if kind == "trap" or (after_hyphen and not (found and found[-1].end == match.start() - 1)):
            continue  # Anti-Iran is no act of Iran, but both halves of russisch-iranisch count
        if kind == "weak" and actor_id not in met:
            kind = "unsure"
        met.add(actor_id)
        found.append(Name(match.start(), match.end(), actor_id, kind, genitive))
    return found


@derived
def first_names(reference: Reference) -> frozenset[str]:
    """Return the first words of the full names of persons."""
    persons = {row["actor_id"] for row in reference.rows("actors") if row["type"] == "person"}
    return frozenset(
        row["name"].split()[0]
        for row in reference.rows_for("names", *reference.languages)
        if row["kind"] == "name" and row["actor_id"] in persons and " " in row["name"]
    )


Form = tuple[str, str, bool]  # actor, kind, whether it is a genitive


def _likeliest(reference: Reference, readings: Sequence[Form], met: Collection[str], published: str) -> Form:
    named = [one for one in readings if one[0] in met]
    serving = [one for one in readings if not stands_for(reference, one[0], published).startswith("PER:")]
    return (named or serving or readings)[0]


@derived
def _gazetteer(reference: Reference, language: str) -> tuple[re.Pattern[str], dict[str, tuple[Form, ...]]]:
    forms = read_language(reference, language).name_forms
    known: dict[str, list[Form]] = {}
    for row in reference.rows_for("names", language):
        for form, genitive in forms(row["name"], row["kind"]):
            known.setdefault(form, []).append((row["actor_id"], row["kind"], genitive))
    best = {form: _strongest(found) for form, found in known.items()}
    for row in reference.rows("blocklist", language):
        best |= {form: (("", "trap", False),) for form, _ in forms(row["words"], "name")}
    return re.compile(rf"(?<!\w)(?:{_trie(best)})(?!\w)"), best


def _strongest(found: Sequence[Form]) -> tuple[Form, ...]:
    """Return the readings of the strongest kind; several only where persons share a surname."""
    first = min((genitive, STRONG.index(kind)) for _, kind, genitive in found)
    kept = [one for one in found if (one[2], STRONG.index(one[1])) == first]
    return tuple(dict.fromkeys(kept))


def _trie(words: Iterable[str]) -> str:
    """Return a pattern that matches the words as a tree shares their beginnings: far faster than a flat alternation."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict) -> str:  # type: ignore[type-arg]
    ends = "" in node
    parts = []
    for letter, below in sorted(node.items()):
        if letter:
            parts.append((r"\s+" if letter == " " else re.escape(letter)) + _branch(below))
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
