"""Who acts often in a drafted case and is in no table: suggestions of actors to add.

A list of which most is silly is not read. So a name must show that it is one: a title or a given name before it, a word
such as *Verband* in it, capital letters throughout, or, where nouns are written small, a capital letter everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any
from unicodedata import combining, normalize

import pandas as pd

from lagebild.coder.gazetteer import first_names
from lagebild.coder.lang import read_language
from lagebild.coder.lexicon import lexicon
from lagebild.core.reference import Reference, derived
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.corpus.inputs import Corpus, Inputs
from lagebild.dataset.acting import MARKS, Named, find_unknown_names, words_of_kind

TEXTS, SENTENCES = 2, 3  # who acts in so many of them acts often: one is enough
ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][a-z]{1,2}[A-Z]{1,2}")
LONGEST_GIVEN = 10  # letters; a longer word before a name is a German compound: Friedensnobelpreisträger
INITIAL = re.compile(r"[A-Z]\.")
ALIKE = 0.86  # how far a name resembles a known one that may be its other spelling
LONGEST = 3  # words of a name that nothing else shows to be one
SHOWN = 3  # names that one line tells

Place = tuple[str, str, int]  # source, language and number of a sentence
Common = Mapping[str, Set[str]]  # the words of each language, in small letters, that its texts also use as common words


@dataclass(frozen=True, slots=True)
class Sight:
    """An unknown name where it stands."""

    named: Named
    place: Place

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name."""
        return self.named.words

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.place[1]


def suggest_actors(inputs: Inputs, corpus: Corpus) -> pd.DataFrame:
    """Return who acts often in the texts of a drafted case and is nobody's; columns as in the table `suggestions`.

    There is no row for a case that people coded: they name whom they code.
    """
    columns = list(TABLES["suggestions"].columns)
    if not inputs.case.draft:
        return pd.DataFrame(columns=columns)
    sights, common = list[Sight](), dict[str, set[str]]()
    sentences = {key: records(part) for key, part in corpus.sentences.groupby(["source_id", "language"])}
    for source in records(corpus.sources):
        for language in source["languages"].split(";"):
            page = (source["source_id"], language)
            names = find_unknown_names(inputs.reference, inputs.texts[page], language, source["known_from"])
            common.setdefault(language, set()).update(names.common)
            for row in sentences.get(page, []):
                inside = (one for one in names.named if row["start"] <= one.start < row["end"])
                sights += [Sight(one, (*page, row["sentence_no"])) for one in inside]
    publishers = {name for column in ("publisher", "reporter") for name in corpus.sources[column]}
    found = rank_names(inputs.reference, sights, common, publishers)
    return pd.DataFrame([(rank, *row) for rank, row in enumerate(found, start=1)], columns=columns)


def rank_names(
    reference: Reference, sights: Iterable[Sight], common: Common, publishers: Iterable[str]
) -> list[tuple[str, str, int, int, str, str, int, str]]:
    """Return the names that act often, who acts in most texts first; columns as in `suggestions` without its rank."""
    trimmed = [_trim(reference, one, common) for one in sights]
    outlets = (one for one in trimmed if one.named.mark == "outlet" or _is_kind(reference, one.words, "outlet"))
    silent = {one.named.name for one in outlets} | set(publishers)
    silent = {name.casefold() for name in silent} | _nobody(reference)
    likely = [one for one in trimmed if one.named.name.casefold() not in silent and _is_name(reference, one, common)]
    called = _join_forms(reference, trimmed, likely, common)
    groups: dict[str, list[Sight]] = {}
    for one in trimmed:
        if (name := called.get(one.named.name)) and name.casefold() not in silent:
            groups.setdefault(name, []).append(one)
    rows = []
    for name, seen in groups.items():
        acts = [one for one in seen if one.named.acts]
        places = sorted({(one.place[0], one.place[2]): one.place for one in reversed(acts)}.values())
        sources = {source for source, _, _ in places}
        if len(sources) >= TEXTS or len(places) >= SENTENCES:
            kind = _judge_kind(reference, name, seen)
            rows.append((name, kind, len(places), len(sources), *places[0], _find_nearest(reference, name)))
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def _trim(reference: Reference, one: Sight, common: Common) -> Sight:
    """Return a name without common nouns before it, where nouns have a capital letter: (Ökonom) Clemens Fuest.

    A word for an organisation before it (Linkspartei Podemos) is noted.
    """
    words, mark = one.words, one.named.mark
    while len(words) > 1 and _has_capitals(reference, one) and not _is_kind(reference, words[1:], "organisation"):
        long = len(words[0]) > LONGEST_GIVEN and "-" not in words[0]
        if words[0] in first_names(reference) or not (long or _is_common(reference, words[0], one, common)):
            break
        mark = next((kind for kind in MARKS if _is_kind(reference, words[:1], kind)), mark)
        words = words[1:]
    return replace(one, named=replace(one.named, words=words, mark=mark))


def _has_capitals(reference: Reference, one: Sight) -> bool:
    return read_language(reference, one.language).capital_nouns


def _is_common(reference: Reference, word: str, one: Sight, common: Common) -> bool:
    """Whether a word is also a common one, as the texts or the tables have it."""
    known = lexicon(reference, one.language).word(word)
    return word.lower() in common[one.language] or bool(known.head or known.nouns or known.classes)


def _is_kind(reference: Reference, words: Iterable[str], kind: str) -> bool:
    patterns = [words_of_kind(reference, language, kind) for language in reference.languages]
    return any(pattern.fullmatch(word.lower()) for pattern in patterns for word in words)


def _is_person(reference: Reference, one: Sight) -> bool:
    """Whether a name shows that it is a person's: by a given name, an initial or a title."""
    given = one.words[0] in first_names(reference) or bool(INITIAL.fullmatch(one.words[0]))
    return len(one.words) > 1 and (given or one.named.mark == "title")


def _is_name(reference: Reference, one: Sight, common: Common) -> bool:
    """Whether words with capital letters show by themselves that they are a name."""
    plain = [word for word in one.words if not _is_common(reference, word, one, common)]
    if len(one.words) > 1:
        shown = _is_person(reference, one) or _is_kind(reference, one.words, "organisation")
        clear = len(plain) == len(one.words) or (bool(plain) and not _has_capitals(reference, one))
        return shown or (clear and len(one.words) <= LONGEST)
    marked = bool(ACRONYM.fullmatch(one.words[0])) or one.named.mark != "" or not _has_capitals(reference, one)
    return bool(plain) and marked


def _join_forms(reference: Reference, sights: list[Sight], likely: list[Sight], common: Common) -> dict[str, str]:
    """Return for each written form of a name the form under which it counts: the full name, the form without ending."""
    counts = Counter(one.named.name for one in likely)
    full = sorted((name for name in counts if " " in name), key=lambda name: (-counts[name], len(name), name))
    called = {name: next((one for one in full if _is_same(reference, one, name)), name) for name in counts}
    ends: dict[str, str] = {}
    for place in (-1, 0):  # a surname before a given name, or the first word of what an organisation is called
        for name in full:
            if not ACRONYM.fullmatch(word := name.split()[place]):
                ends.setdefault(word, called[name])
    for name in full:
        ends |= {short: called[name] for short in _initials(name) if short not in ends}
    for one in likely:
        if one.named.short and " " in one.named.name:
            ends[one.named.short] = called[one.named.name]
    for one in sights:
        name = one.named.name
        bare = name[:-1] if name.endswith("s") and _has_capitals(reference, one) else name  # Müllers
        if " " not in name and not _is_common(reference, name, one, common):
            known = next((ends[form] for form in (name, bare) if form in ends), "")
            if known:
                called[name] = known
            elif bare in counts and bare != name:
                called[name] = bare
    return called


def _is_same(reference: Reference, one: str, other: str) -> bool:
    """Whether two full names are the same: but for accents, names in between, or a word before that is no part of it.

    The names of persons gain such words (Brave Marina Lacerda), those of organisations lose them.
    """
    if fold(one) == fold(other):
        return True
    a, b = fold(one).split(), fold(other).split()
    if _is_kind(reference, a, "organisation"):
        return len(a) > len(b) > 1 and a[-len(b) :] == b
    return len(a) > 1 and (b[-len(a) :] == a or (a[0], a[-1]) == (b[0], b[-1]))


def fold(name: str) -> str:
    """Return a name without the marks of its letters: Demirtaş, Demirtas."""
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter))


def _initials(name: str) -> list[str]:
    """Return the short form that the words of a name make, if it has three or more: United Auto Workers, UAW."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return [letters] if len(letters) > 2 else []


@derived
def _nobody(reference: Reference) -> set[str]:
    """Return in small letters what acts for nobody, though it speaks: agencies, and what the tables rule out."""
    agencies = {name for row in reference.rows("agencies") for name in (row["agency"], row["name"])}
    blocked = {row["words"] for language in reference.languages for row in reference.rows("blocklist", language)}
    return {name.casefold() for name in agencies | blocked}


def _judge_kind(reference: Reference, name: str, seen: list[Sight]) -> str:
    """Return what a name looks like: person, organisation, or unknown."""
    marks = {one.named.mark for one in seen}
    if _is_kind(reference, name.split(), "organisation") or ACRONYM.fullmatch(name):
        return "organisation"
    surname = " " in name and any(one.words == (name.split()[-1],) for one in seen)
    if surname or "title" in marks or any(_is_person(reference, one) for one in seen):
        return "person"
    return "organisation" if "organisation" in marks else "unknown"


def _find_nearest(reference: Reference, name: str) -> str:
    """Return the known actor who has the same surname, or whose name is written almost alike; empty without one."""
    known = _known_names(reference)
    last = name.split()[-1]
    if last in known:
        return known[last]
    near = get_close_matches(name, [one for one in known if one[0] == name[0]], 1, ALIKE)
    return known[near[0]] if near else ""


@derived
def _known_names(reference: Reference) -> dict[str, str]:
    """Return the actors by the forms of their names that are no adjectives, as the tables have them."""
    rows = reference.rows_for("names", *reference.languages)
    return {row["name"]: row["actor_id"] for row in reversed(rows) if row["kind"] in ("name", "surname", "weak")}


def sum_up(suggestions: pd.DataFrame, case: str) -> str:
    """Return suggestions in one line, with what to do; empty if there is none."""
    shown = [_tell(row) for row in records(suggestions.head(SHOWN))]
    if not shown:
        return ""
    names = (
        "1 name acts often and is nobody's"
        if len(suggestions) == 1
        else f"{len(suggestions)} names act often and are nobody's"
    )
    more = ", …" if len(suggestions) > SHOWN else ""
    where = f"add them to data/cases/{case}/actors.csv and names.csv; all in suggestions.csv"
    return f"{names}: {', '.join(shown)}{more}; {where}"


def _tell(row: Mapping[str, Any]) -> str:
    """Return a suggestion in a few words: Clemens Fuest (3 sentences; or is it fuest?)."""
    known = f"; or {row['nearest']}?" if row["nearest"] else ""
    return f"{row['name']} ({row['n_sentences']} sentences{known})"
