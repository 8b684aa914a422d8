"""The words of a language as the draft coder reads them: verb forms, nouns of acts, heads, function words.

All of it comes from the tables of the language: `frames` (which words describe which act), `verbs` (irregular forms),
`heads` (nouns that carry a name) and `grammar` (function words). Nothing here knows a single word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from lagebild.coder.lang import Language, read_language
from lagebild.core.reference import Reference, derived

T = TypeVar("T")
ORGANISATION = "@organisation"  # stands in `frames.object` for a target that is an organisation
EXACT = "="  # stands in `frames.object` if no synonyms count
WORDS_KEPT = 2**17  # distinct words remembered: more than any newsroom uses, and memory stays flat over a corpus


class Pattern:
    """Words of the tables to search a text for: compiled at first use, for a text meets few of some thousand frames."""

    __slots__ = ("_written", "search")

    def __init__(self, written: str) -> None:
        self._written = written
        self.search: Callable[[str], re.Match[str] | None] = self._compile

    def _compile(self, text: str) -> re.Match[str] | None:
        self.search = re.compile(self._written, re.IGNORECASE).search
        return self.search(text)

    def __eq__(self, other: object) -> bool:
        """Return whether the other finds the same."""
        return isinstance(other, Pattern) and self._written == other._written

    def __hash__(self) -> int:
        """Return what equal ones share."""
        return hash(self._written)


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that describe an act, and where its sides stand; a row of the table `frames`."""

    frame_id: str
    lemma: str
    particles: tuple[str, ...]
    object: Pattern | None
    blocked: Pattern | None
    event_type: str
    type_alt: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    both_sides: bool
    exact: bool  # its objects have no synonyms
    organisation: bool  # only if the target is an organisation: to leave ECOWAS
    mutual: bool
    mode: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a verb form.

    `form` is pres, past, subj1, subj2 (the German subjunctives), part, inf, ing or attr (a participle before its noun);
    `particle` is the separable part that has to follow in the clause, `zu` whether the infinitive holds its zu.
    """

    lemma: str
    form: str
    particle: str = ""
    zu: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """All that the tables know of a written word."""

    low: str
    verbs: tuple[Analysis, ...] = ()
    nouns: tuple[Frame, ...] = ()
    head: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)  # class of the table `grammar` -> value


class Lexicon:
    """The tables of one language, looked up by word."""

    def __init__(self, reference: Reference, language: Language) -> None:
        tables = {
            name: reference.rows(name, language.code) for name in ("effects", "frames", "grammar", "heads", "verbs")
        }
        self.language = language
        self.frames: dict[str, list[Frame]] = {}
        self.operators: dict[str, str] = {}
        self.light: set[str] = set()  # verbs that only carry a noun: Angriffe fliegen, to launch an attack
        self.endings: set[str] = set()  # verbs that end what a noun names: die Angriffe beenden
        self._classes: dict[str, dict[str, str]] = {}
        nouns: dict[str, dict[tuple[str, ...], Frame]] = {}
        for row in tables["grammar"]:
            for word in split(row["words"]):
                if row["class"] == "operator":
                    self.operators[word.replace("/", "|")] = row["value"]
                elif row["class"] in ("light", "ending"):
                    (self.light if row["class"] == "light" else self.endings).add(word.replace("/", "|"))
                elif row["class"] != "synonyms":
                    self._classes.setdefault(word, {}).setdefault(row["class"], row["value"])
        sets = [split(row["words"]) for row in tables["grammar"] if row["class"] == "synonyms"]
        for row in tables["frames"]:
            frame = _frame(row, sets)
            if row["kind"] == "verb":
                self.frames.setdefault(_verb(frame.lemma)[0], []).append(frame)
            else:
                for form in [row["lemma"], *split(row["forms"])]:
                    *before, last = form.lower().split()  # arrest warrant: found at its last word
                    if before and "preposition" in self._classes.get(last, {}):  # call for: at its first
                        nouns.setdefault(before[-1], {})[frame.frame_id, last] = replace(frame, object=_pattern([form]))
                    else:
                        nouns.setdefault(last, {})[frame.frame_id, *before] = replace(frame, particles=tuple(before))
        heads = {form.lower(): row["kind"] for row in tables["heads"] for form in [row["word"], *split(row["forms"])]}
        self._nouns, self._noun_ends = _by_form({form: tuple(found.values()) for form, found in nouns.items()})
        self._heads, self._head_ends = _by_form(heads)
        self._prefixes = sorted((w for w, c in self._classes.items() if "prefix" in c), key=lambda w: (-len(w), w))
        self.effects = [
            (
                row["effect_id"],
                {verb.replace("/", "|") for verb in split(row["verbs"])},
                _pattern(split(row["words"])),
                row["sign"],
            )
            for row in tables["effects"]
        ]
        self.effect_verbs = {verb for _, verbs, _, _ in self.effects for verb in verbs}
        wanted = set(self.frames) | set(self.operators) | self.light | self.endings | self.effect_verbs
        self._verbs = _conjugate(language, tables["verbs"], wanted)
        self.word = lru_cache(WORDS_KEPT)(self._word)

    def _word(self, text: str) -> Word:
        low = text.lower().replace("’", "'")
        noun, head = self._nouns.get(low, ()), self._heads.get(low, "")
        if self.language.capital_nouns and not text[:1].isupper():
            noun, head = (), ""
        else:
            noun, head = noun or _ending(low, self._noun_ends, ()), head or _ending(low, self._head_ends, "")
        verbs = self._verbs.get(low) or self._separable(low)
        return Word(low, verbs, noun, head, self._classes.get(low, {}))

    def _separable(self, low: str) -> tuple[Analysis, ...]:
        """Return the readings of a known verb behind a separable prefix: mitteilte, mitgeteilt, mitzuteilen."""
        for prefix in self._prefixes:
            base = low.removeprefix(prefix)
            if base != low and len(base) > 3:
                known = self._verbs.get(base) or (self._verbs.get(base[2:]) if base.startswith("zu") else None) or ()
                zu = base not in self._verbs
                found = tuple(
                    Analysis(f"{prefix}|{one.lemma}", one.form, "", zu)
                    for one in known
                    if not one.particle and "|" not in one.lemma and (not zu or one.form == "inf")
                )
                if found:
                    return found
        return ()


@derived
def lexicon(reference: Reference, language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon(reference, read_language(reference, language))


def split(cell: str) -> list[str]:
    """Return the words of a cell, which bars part."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def _verb(lemma: str) -> tuple[str, ...]:
    """Return the verb that has to be found for a frame, without sich, and its particles."""
    return tuple(lemma.removeprefix("sich ").split())


def _frame(row: Mapping[str, str], sets: Iterable[list[str]]) -> Frame:
    objects = [word for word in split(row["object"]) if word not in (ORGANISATION, EXACT)]
    return Frame(
        row["frame_id"],
        row["lemma"],
        _verb(row["lemma"])[1:] if row["kind"] == "verb" else (),
        _pattern(_widen(objects, () if row["event_type"] == "ASSAULT" or EXACT in split(row["object"]) else sets)),
        _pattern(split(row["not"])),
        row["event_type"],
        tuple(split(row["type_alt"])),
        tuple(split(row["source"])) or ("subj",),
        tuple(split(row["target"])),
        row["sides"] == "both",
        EXACT in split(row["object"]),
        ORGANISATION in split(row["object"]),
        row["mutual"] == "yes",
        row["mode"],
    )


def _widen(words: list[str], sets: Iterable[list[str]]) -> list[str]:
    """Return the words with those of every set of synonyms (troops, arms, sanctions …) that two of them belong to."""
    return list(dict.fromkeys([*words, *(one for s in sets if len(set(words) & set(s)) > 1 for one in s)]))


def _pattern(words: list[str]) -> Pattern | None:
    if not words:
        return None
    parts = (r"\s+".join(re.escape(part).replace(r"\*", r"[\w-]*") for part in word.split()) for word in words)
    return Pattern(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _by_form(forms: Mapping[str, T]) -> tuple[dict[str, T], dict[int, dict[str, T]]]:
    """Part forms that stand alone from forms that end a compound, the latter by their length, longest first."""
    ends: dict[int, dict[str, T]] = {}
    for form, value in sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])):
        if form.startswith("*"):
            ends.setdefault(len(form) - 1, {})[form[1:]] = value
    return {form.lstrip("*"): value for form, value in forms.items()}, ends


def _ending(low: str, ends: Mapping[int, Mapping[str, T]], none: T) -> T:
    for length, known in ends.items():
        if len(low) > length and low[-length:] in known:
            return known[low[-length:]]
    return none


def _conjugate(
    language: Language, rows: Iterable[Mapping[str, str]], wanted: Iterable[str]
) -> dict[str, tuple[Analysis, ...]]:
    """Return the readings of every form of the verbs that the tables name."""
    parts = {row["lemma"]: row for row in rows}
    found: dict[str, dict[Analysis, None]] = {}
    for lemma in sorted(set(parts) | set(wanted)):
        for form, analysis in language.verb_forms(lemma, parts):
            found.setdefault(form, {})[analysis] = None
    return {form: tuple(analyses) for form, analyses in found.items()}
