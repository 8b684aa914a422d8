"""The words of a language as the draft coder reads them: verb forms, nouns of acts, heads, function words.

All of it comes from the tables of the language: `frames` (which words describe which act), `verbs` (irregular forms),
`heads` (nouns that carry a name) and `grammar` (function words). Nothing here knows a single word of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, TypeVar

from lagebild.coder.model import (
    Analysis,
    Clause,
    Cues,
    Frame,
    Phrase,
    Predicate,
    Token,
    Word,
    WordSearch,
    find_any,
    find_ending,
    part_endings,
    widen,
)
from lagebild.core import InputError, Reference, derived, show

T = TypeVar("T")


class ByWord(dict[str, T]):
    """What is made of words, each made once; looked up in half the time that an `lru_cache` takes.

    All is forgotten where there would be more than `most`, so that memory stays flat over any number of texts.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        self._make, self._most = make, most

    def __missing__(self, word: str) -> T:
        """Make what belongs to a word."""
        if len(self) >= self._most:
            self.clear()
        self[word] = made = self._make(word)
        return made


ORGANISATION = "@organisation"  # stands in `frames.object` for a target that is an organisation
EXACT = "="  # stands in `frames.object` if no synonyms count
NONE: Set[str] = frozenset()
HELPERS = ("have", "be", "become", "modal")  # classes of verbs that help others
WORDS_KEPT = 2**15  # distinct words remembered: the vocabulary of a newsroom, and memory stays flat over a corpus


class Lexicon:
    """The tables of one language, looked up by word."""

    def __init__(self, reference: Reference, language: Language) -> None:
        names = ("effects", "frames", "grammar", "heads", "sets", "speech", "verbs")
        tables = {name: reference.rows(name, language.code) for name in names}
        self.language = language
        self.frames: dict[str, list[Frame]] = {}
        self.operators: dict[str, str] = {}
        self.predicative: set[str] = set()  # words that tell an act after a form of to be: sind einig
        self._classes: dict[str, dict[str, str]] = {}
        self._listed: dict[str, list[str]] = {}
        self._read_classes(tables["grammar"], tables["sets"])
        self.light = {*map(_join, self.listed("light"))}  # verbs that only carry a noun: to launch an attack
        self.endings = {*map(_join, self.listed("ending"))}  # verbs that end what a noun names: die Angriffe beenden
        self.scheduled = {*map(_join, self.listed("scheduled"))}  # verbs whose present may tell what is planned
        nouns = self._read_frames(tables["frames"], tables["sets"])
        heads: dict[str, str] = {}
        for row in tables["heads"]:
            for form in (row["word"], *split_cell(row["forms"])):
                heads[form.lower()] = row["kind"]
        acts: dict[str, tuple[Frame, ...]] = {}
        for form, frames in nouns.items():
            acts[form] = tuple((frames | nouns.get(f"*{form}", {})).values())
        self._nouns, self._noun_ends = part_endings(acts)
        self._heads, self._head_ends = part_endings(heads)
        self.pairs: dict[str, dict[str, str]] = {}  # heads of two words, by the second and the first
        for form, kind in heads.items():
            if form.count(" ") == 1:
                first, second = form.split()
                self.pairs.setdefault(second, {})[first] = kind
        prefixes = (word for word, classes in self._classes.items() if "prefix" in classes)
        self._prefixes = tuple(sorted(prefixes, key=lambda word: (-len(word), word)))
        self.effects: list[tuple[str, set[str], WordSearch | None, str]] = []
        self.effect_verbs: set[str] = set()
        for row in tables["effects"]:
            verbs = {*map(_join, split_cell(row["verbs"]))}
            self.effects.append((row["effect_id"], verbs, find_any(split_cell(row["words"])), row["sign"]))
            self.effect_verbs |= verbs
        wanted = {*self.frames, *self.operators, *self.light, *self.endings, *self.scheduled, *self.effect_verbs}
        for row in tables["speech"]:
            if row["kind"] == "verb":
                wanted.update(_join(words.split()[0]) for words in split_cell(row["words"]))
        self.verbs = _conjugate(language, tables["verbs"], wanted)
        self.word = ByWord(self._word, WORDS_KEPT).__getitem__
        self.kept: dict[str, Any] = {}  # what the grammar of the language works out of function words

    def _read_classes(self, grammar: Iterable[Mapping[str, str]], sets: Iterable[Mapping[str, str]]) -> None:
        """Note the classes of function words, and of the words that count as one."""
        for row in grammar:
            for reading in split_cell(row["readings"]):
                kind, _, value = reading.partition(":")
                self._listed.setdefault(kind, []).append(row["word"])
                self._classes.setdefault(row["word"], {})[kind] = value
        self._kinds = {word: set(classes) for word, classes in self._classes.items()}
        for row in sets:
            words = split_cell(row["words"])
            self._listed.setdefault(row["class"], []).extend(words)
            for word in words:
                self._kinds.setdefault(word, set()).add(row["class"])
            if row["class"] == "operator":
                self.operators |= dict.fromkeys(map(_join, words), row["value"])

    def _read_frames(
        self, frames: Iterable[Mapping[str, str]], sets: Iterable[Mapping[str, str]]
    ) -> dict[str, dict[tuple[str, ...], Frame]]:
        """Note the frames of verbs; return those of nouns by the word at which they are found."""
        synonyms = [dict.fromkeys(split_cell(row["words"])) for row in sets if row["class"] == "synonyms"]
        nouns: dict[str, dict[tuple[str, ...], Frame]] = {}
        for row in frames:
            verb = tuple(row["lemma"].split())  # without its reflexive pronoun, and with its particles
            verb = verb[1:] if verb[1:] and verb[0] in self.listed("reflexive") else verb
            frame = _frame(row, verb, synonyms)
            if row["kind"] == "verb":
                self.frames.setdefault(verb[0], []).append(frame)
                if "be" in self._classes.get(verb[0], {}):
                    self.predicative.update(word.lower().split()[-1] for word in verb[1:] or split_cell(row["object"]))
                continue
            for form in [row["lemma"], *split_cell(row["forms"])]:
                *before, last = form.lower().split()  # arrest warrant: found at its last word
                if before and "preposition" in self._classes.get(last, {}):  # call for: at its first
                    nouns.setdefault(before[-1], {})[frame.frame_id, last] = replace(frame, object=find_any([form]))
                else:
                    nouns.setdefault(last, {})[frame.frame_id, *before] = replace(frame, particles=tuple(before))
        return nouns

    def listed(self, kind: str) -> Sequence[str]:
        """Return the words of a class of the tables `grammar` and `sets`, in their order; a language may have none."""
        return self._listed.get(kind, ())

    def has(self, word: str, *kinds: str) -> bool:
        """Whether a word in small letters belongs to one of the classes of `grammar` or `sets`."""
        return not self._kinds.get(word, NONE).isdisjoint(kinds)

    def _word(self, text: str) -> Word:
        low = text.lower().replace("’", "'")
        noun: tuple[Frame, ...] = ()
        head = ""
        if text[:1].isupper() or not self.language.capital_nouns:
            noun = self._nouns.get(low) or find_ending(low, self._noun_ends, ())
            head = self._heads.get(low) or find_ending(low, self._head_ends, "")
        verbs = self.verbs.get(low) or self._separable(low)
        forms = frozenset(analysis.form for analysis in verbs)
        classes = self._classes.get(low, {})
        helps = not classes.keys().isdisjoint(HELPERS)
        word = Word(low, verbs, noun, head, classes, forms, self._find_cues(low, verbs, noun), helps=helps)
        return replace(word, reports=True) if text.islower() and self.language.reports(word) else word

    def _find_cues(self, low: str, verbs: Sequence[Analysis], nouns: Sequence[Frame]) -> tuple[Cues, ...]:
        """Return what has to stand with a word where it describes an act, or what lasts."""
        frames = [("", frame) for frame in (*nouns, *self.frames.get(low, ()))]
        frames += [(one.particle, frame) for one in verbs for frame in self.frames.get(one.lemma, ())]
        cues = dict.fromkeys((particle, _find_words(frame)) for particle, frame in frames)
        lasting = {one.lemma for one in verbs} & self.effect_verbs
        cues |= dict.fromkeys(("", words) for _, lemmas, words, _ in self.effects if lasting & lemmas)
        return (("", None),) if low in self.predicative or ("", None) in cues else tuple(cues)

    def _separable(self, low: str) -> tuple[Analysis, ...]:
        """Return the readings of a known verb behind a separable prefix: mitteilte, mitgeteilt, mitzuteilen."""
        if not low.startswith(self._prefixes):
            return ()
        for prefix in self._prefixes:
            base = low.removeprefix(prefix)
            if base == low or len(base) <= 3:
                continue
            known, zu = self.verbs.get(base, ()), base not in self.verbs
            if zu:
                mark = next((particle for particle in self.listed("infinitive") if base.startswith(particle)), "")
                known = self.verbs.get(base.removeprefix(mark), ())
            readings: list[Analysis] = []
            for one in known:
                if not one.particle and "|" not in one.lemma and (not zu or one.form == "inf"):
                    readings.append(Analysis(f"{prefix}|{one.lemma}", one.form, "", zu))
            if readings:
                return tuple(readings)
        return ()


@derived
def read_lexicon(reference: Reference, language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon(reference, read_language(reference, language))


def _find_words(frame: Frame) -> WordSearch | None:
    """Return the words of which one has to stand with a frame; None if it may do without."""
    return frame.object if frame.object is not None and not frame.object.has_kinds else None


def split_cell(cell: str) -> list[str]:
    """Return the words of a cell, which bars part."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def _join(verb: str) -> str:
    """Return a verb with a bar behind its separable prefix, as frames write it; a cell has a slash there."""
    return verb.replace("/", "|")


def _frame(row: Mapping[str, str], verb: tuple[str, ...], sets: Iterable[Mapping[str, None]]) -> Frame:
    objects = [word for word in split_cell(row["object"]) if word not in (ORGANISATION, EXACT)]
    exact = EXACT in split_cell(row["object"])
    narrow = exact or row["event_type"] == "ASSAULT"
    return Frame(
        frame_id=row["frame_id"],
        lemma=row["lemma"],
        particles=verb[1:] if row["kind"] == "verb" else (),
        object=find_any(widen(objects, () if narrow else sets)),
        blocked=find_any(split_cell(row["not"])),
        event_type=row["event_type"],
        type_alt=tuple(split_cell(row["type_alt"])),
        source=tuple(split_cell(row["source"])) or ("subj",),
        target=tuple(split_cell(row["target"])),
        both_sides=row["sides"] == "both",
        exact=exact,
        organisation=ORGANISATION in split_cell(row["object"]),
        mutual=row["mutual"] == "yes",
        reflexive=verb[0] != row["lemma"].split()[0],
        mode=row["mode"],
    )


def _conjugate(
    language: Language, rows: Iterable[Mapping[str, str]], wanted: Iterable[str]
) -> dict[str, tuple[Analysis, ...]]:
    parts = {row["lemma"]: row for row in rows}
    found: dict[str, dict[Analysis, None]] = {}
    same: dict[Analysis, Analysis] = {}  # a verb has many forms that are read alike
    for lemma in sorted(set(parts) | set(wanted)):
        for form, analysis in language.verb_forms(lemma, parts):
            found.setdefault(form, {})[same.setdefault(analysis, analysis)] = None
    return {form: tuple(analyses) for form, analyses in found.items()}


class Grammar(Protocol):
    """What a language makes of the tokens of one sentence."""

    def split_clauses(self) -> list[Clause]:
        """Return the clauses in the order in which they begin."""

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verbs of a clause that a table knows as acts or operators."""

    def find_subject(self, clause: Clause, object_at: Callable[[Phrase], bool]) -> Phrase | None:
        """Return the phrase that is the grammatical subject of a clause; None if it has none of its own.

        `object_at` says whether a phrase is what the verb of the clause is done to.
        """

    def read_marks(self, clause: Clause) -> Set[str]:
        """Return what the helpers and adverbs of a clause say of its truth: future, shall, subj1, negator …."""

    def verb_form(self, i: int) -> str:
        """Return the form in which a word that may be a noun is a verb here; empty if it is none."""

    def find_mood(self, i: int) -> str:
        """Return the mood of a word as a finite verb: ind, subj1 or subj2; empty if it is none."""

    def is_adverb(self, i: int) -> bool:
        """Whether a word may stand between a verb and its particle."""


@dataclass(frozen=True)
class Language:
    """How a language is read."""

    code: str  # BCP 47, and the name of its folder
    grammar: Callable[[Sequence[Token], Lexicon], Grammar]  # makes the grammar of a sentence from its tokens
    # Yields the forms of a verb with their analyses; the second argument has the irregular verbs by lemma.
    verb_forms: Callable[[str, Mapping[str, Mapping[str, str]]], Iterable[tuple[str, Analysis]]]
    # Yields the forms of a name of a kind (table `names`), each with whether it is a genitive.
    name_forms: Callable[[str, str], Iterable[tuple[str, bool]]]
    agents: tuple[str, ...]  # the prepositions that name who acts in the passive
    given: str  # the preposition of whom something is given to
    whether: str  # the word that opens what is left open
    fixed_order: bool  # whether who acts stands before the verb and who is acted on behind it; else their case says
    capital_nouns: bool  # whether nouns are written with a capital letter, and compounds as one word
    # Whether a word says by its mood alone that others say so; only some languages have such a mood.
    reports: Callable[[Word], bool]


@derived
def read_language(reference: Reference, code: str) -> Language:
    """Return how a language is read.

    Raises
    ------
    InputError
        If it has no tables, or no code.
    """
    place, known = f"data/reference/lang/{code}", reference.languages
    modules = f"{__package__}.lang.{code}", f"lagebild_lang_{code}"
    name = next((module for module in modules if find_spec(module)), "") if code.isalnum() else ""
    if code not in known:
        if name:
            raise InputError(f"The language {show(code)} has code ({name}) but no tables: add the folder {place}.")
        raise InputError(f"The language {show(code)} is not read; choose one of {', '.join(known)}.")
    if not name:
        places = " or ".join(modules)
        raise InputError(f"{place} has tables of a language but no code reads it: add a module {places}.")
    found: Language = import_module(name).LANGUAGE
    return found
