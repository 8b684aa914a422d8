"""Names in a text: states, their capitals, adjectives and inhabitants, organisations, persons."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from lagebild.coder.lexicon import read_language
from lagebild.coder.model import Name
from lagebild.core import Reference, derived, stands_for

WORD = re.compile(r"\w+")
END = re.compile(r"\w")  # a name does not end inside a word
SPACE = re.compile(r"\s\s|[^\S ]")  # white space that is not one blank
STRONG = ("name", "seat", "body", "surname", "weak", "inhabitant", "place", "adjective")  # which kind a name is read as


def find_names(reference: Reference, text: str, language: str, published: str) -> list[Name]:
    """Return the names in a text from left to right, the longest wherever several begin.

    An expression of the table `blocklist` is found like a name and then dropped: the Sea of Japan is not Japan. A
    surname that is also a common word is `unsure` until its full name has been read. Of several persons with one
    surname the one that the text has named counts, else one in office on the day of publication.
    """
    if language not in reference.languages:
        return []
    known, types = _gazetteer(reference, language), _types(reference)
    names: list[Name] = []
    met: set[str] = set()
    end = 0
    for word in [word for word in WORD.finditer(text) if word[0] in known.first]:
        start = word.start()
        if start < end or not (match := known.match(text, start, word[0])):
            continue
        readings, end = match
        likeliest = readings[0] if len(readings) == 1 else _likeliest(reference, readings, met, published)
        actor_id, kind, genitive = likeliest
        after_hyphen = text[start - 1 : start] == "-"
        if kind == "trap" or (after_hyphen and not (names and names[-1].end == start - 1)):
            continue  # Anti-Iran is no act of Iran, but both halves of russisch-iranisch count
        if kind == "weak" and actor_id not in met:
            kind = "unsure"
        met.add(actor_id)
        names.append(Name(start, end, actor_id, kind, genitive, types[actor_id]))
    return names


@derived
def _types(reference: Reference) -> dict[str, str]:
    return {row["actor_id"]: row["type"] for row in reference.rows("actors")}


@derived
def first_names(reference: Reference) -> frozenset[str]:
    """Return the first words of the full names of persons."""
    persons = {row["actor_id"] for row in reference.rows("actors") if row["type"] == "person"}
    return frozenset(
        row["name"].split()[0]
        for row in reference.rows_for("names", *reference.languages)
        if row["kind"] == "name" and row["actor_id"] in persons and " " in row["name"]
    )


@derived
def cities(reference: Reference, language: str) -> dict[str, str]:
    """Return the state in which a city lies that stands for an organisation: Brussels is the EU, or in Belgium."""
    rows = [*reference.rows_for("names", language)]
    seats = {row["name"] for row in rows if row["kind"] == "seat"}
    return {row["name"]: row["actor_id"] for row in rows if row["kind"] == "place" and row["name"] in seats}


Form = tuple[str, str, bool]  # actor, kind, whether it is a genitive


def _likeliest(reference: Reference, readings: Sequence[Form], met: Collection[str], published: str) -> Form:
    named = [reading for reading in readings if reading[0] in met]
    serving = [reading for reading in readings if not stands_for(reference, reading[0], published).startswith("PER:")]
    return (named or serving or readings)[0]


class Gazetteer:
    """The written forms of names by their first word."""

    def __init__(self, forms: Mapping[str, tuple[Form, ...]]) -> None:
        self._forms = forms
        # those of more than a word, the longest first, by their first two words; the second may be empty
        self._longer: dict[str, dict[str, list[str]]] = {}
        for form in sorted((one for one in forms if not one.isalnum()), key=lambda one: (-len(one), one)):
            if WORD.match(form):
                first, second = (*WORD.findall(form), "")[:2]
                self._longer.setdefault(first, {}).setdefault(second, []).append(form)
        self.first = frozenset((*self._longer, *forms))  # words that may begin a name
        self._longest = 2 * max(map(len, forms), default=0)
        self._spaced: dict[str, re.Pattern[str]] = {}

    def match(self, text: str, start: int, word: str) -> tuple[tuple[Form, ...], int] | None:
        """Return readings and end of the longest name that begins with the word at a place; None without one."""
        longer = self._find_longer(text, start, word)
        spaced = bool(longer) and SPACE.search(text, start, start + self._longest) is not None
        for form in longer:
            end = start + len(form) if text.startswith(form, start) else 0
            if spaced:  # its words may be parted by more than one blank
                if form not in self._spaced:
                    self._spaced[form] = re.compile(r"\s+".join(map(re.escape, form.split())))
                match = self._spaced[form].match(text, start)
                end = match.end() if match else 0
            if end and not END.match(text, end):
                return self._forms[form], end
        return (self._forms[word], start + len(word)) if word in self._forms else None

    def _find_longer(self, text: str, start: int, word: str) -> Sequence[str]:
        """Return the names that begin with the word at a place and go on, if with words, with the next one there."""
        known = self._longer.get(word)
        if not known:
            return ()
        after = WORD.search(text, start + len(word))
        alone, longer = known.get("", ()), known.get(after[0], ()) if after else ()
        return sorted((*alone, *longer), key=len, reverse=True) if alone and longer else longer or alone


@derived
def _gazetteer(reference: Reference, language: str) -> Gazetteer:
    forms = read_language(reference, language).name_forms
    known: dict[str, list[Form]] = {}
    for row in reference.rows_for("names", language):
        for form, genitive in forms(row["name"], row["kind"]):
            known.setdefault(form, []).append((row["actor_id"], row["kind"], genitive))
    best: dict[str, tuple[Form, ...]] = {}
    for form, readings in known.items():  # of the strongest kind; several only where persons share a surname
        first = min((genitive, STRONG.index(kind)) for _, kind, genitive in readings)
        kept = [reading for reading in readings if (reading[2], STRONG.index(reading[1])) == first]
        best[form] = tuple(dict.fromkeys(kept))
    for row in reference.rows("blocklist", language):
        best |= {form: (("", "trap", False),) for form, _ in forms(row["words"], "name")}
    return Gazetteer(best)
