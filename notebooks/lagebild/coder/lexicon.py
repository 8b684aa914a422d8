"""The words of a language as the draft coder reads them: verb forms, nouns of acts, heads, function words.

All of it comes from the tables of the language: `frames` (which words describe which act), `verbs` (irregular forms),
`heads` (nouns that carry a name) and `grammar` (function words). Nothing here knows a single word of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from lagebild.coder.byword import ByWord
from lagebild.coder.lang import Language, read_language
from lagebild.coder.search import Pattern, find_any, find_ending, part_endings, widen
from lagebild.core.reference import Reference, derived

ORGANISATION = "@organisation"  # stands in `frames.object` for a target that is an organisation
EXACT = "="  # stands in `frames.object` if no synonyms count
NONE: Set[str] = frozenset()
HELPERS = ("have", "be", "become", "modal")  # classes of verbs that help others
WORDS_KEPT = 2**15  # distinct words remembered: the vocabulary of a newsroom, and memory stays flat over a corpus


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
    reflexive: bool
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
    """All that the tables know of a written word.

    `forms` are those in which it may be a verb; `acts` is whether it can describe an act, or what lasts, `reports`
    whether it says by its mood alone that others say so, `helps` whether it is a verb that helps others: to be, shall.
    """

    low: str
    verbs: tuple[Analysis, ...] = ()
    nouns: tuple[Frame, ...] = ()
    head: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)  # class of the table `grammar` -> value
    forms: frozenset[str] = frozenset()
    acts: bool = False
    reports: bool = False
    helps: bool = False


class Lexicon:
    """The tables of one language, looked up by word."""

    def __init__(self, reference: Reference, language: Language) -> None:
        tables = {
            name: reference.rows(name, language.code)
            for name in ("effects", "frames", "grammar", "heads", "sets", "speech", "verbs")
        }
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
        heads = {form.lower(): row["kind"] for row in tables["heads"] for form in [row["word"], *split(row["forms"])]}
        self._nouns, self._noun_ends = part_endings(
            {form: tuple((found | nouns.get(f"*{form}", {})).values()) for form, found in nouns.items()}
        )
        self._heads, self._head_ends = part_endings(heads)
        self.pairs: dict[str, dict[str, str]] = {}  # heads of two words, by the second and the first
        for form, kind in heads.items():
            if form.count(" ") == 1:
                first, second = form.split()
                self.pairs.setdefault(second, {})[first] = kind
        prefixes = (word for word, classes in self._classes.items() if "prefix" in classes)
        self._prefixes = tuple(sorted(prefixes, key=lambda word: (-len(word), word)))
        self.effects = [
            (row["effect_id"], {*map(_join, split(row["verbs"]))}, find_any(split(row["words"])), row["sign"])
            for row in tables["effects"]
        ]
        self.effect_verbs = {verb for _, verbs, _, _ in self.effects for verb in verbs}
        said = (row["words"] for row in tables["speech"] if row["kind"] == "verb")
        sayings = {_join(words.split()[0]) for cell in said for words in split(cell)}
        wanted = set(self.frames) | set(self.operators) | self.light | self.endings | self.scheduled | sayings
        self.verbs = _conjugate(language, tables["verbs"], wanted | self.effect_verbs)
        self.word = ByWord(self._word, WORDS_KEPT).__getitem__
        self.kept: dict[str, Any] = {}  # what the grammar of the language works out of function words

    def _read_classes(self, grammar: Iterable[Mapping[str, str]], sets: Iterable[Mapping[str, str]]) -> None:
        """Note the classes of function words, and of the words that count as one."""
        for row in grammar:
            for kind, _, value in (one.partition(":") for one in split(row["readings"])):
                self._listed.setdefault(kind, []).append(row["word"])
                self._classes.setdefault(row["word"], {})[kind] = value
        self._kinds = {word: set(classes) for word, classes in self._classes.items()}
        for row in sets:
            words = split(row["words"])
            self._listed.setdefault(row["class"], []).extend(words)
            for word in words:
                self._kinds.setdefault(word, set()).add(row["class"])
            if row["class"] == "operator":
                self.operators |= dict.fromkeys(map(_join, words), row["value"])

    def _read_frames(
        self, frames: Iterable[Mapping[str, str]], sets: Iterable[Mapping[str, str]]
    ) -> dict[str, dict[tuple[str, ...], Frame]]:
        """Note the frames of verbs; return those of nouns by the word at which they are found."""
        synonyms = [dict.fromkeys(split(row["words"])) for row in sets if row["class"] == "synonyms"]
        nouns: dict[str, dict[tuple[str, ...], Frame]] = {}
        for row in frames:
            verb = _verb(row["lemma"], self.listed("reflexive"))
            frame = _frame(row, verb, synonyms)
            if row["kind"] == "verb":
                self.frames.setdefault(verb[0], []).append(frame)
                if "be" in self._classes.get(verb[0], {}):
                    self.predicative.update(one.lower().split()[-1] for one in verb[1:] or split(row["object"]))
                continue
            for form in [row["lemma"], *split(row["forms"])]:
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
        forms = frozenset(one.form for one in verbs)
        acts = bool(noun) or low in self.frames or low in self.predicative
        acts = acts or any(one.lemma in self.frames or one.lemma in self.effect_verbs for one in verbs)
        classes = self._classes.get(low, {})
        helps = not classes.keys().isdisjoint(HELPERS)
        word = Word(low, verbs, noun, head, classes, forms, acts, helps=helps)
        return replace(word, reports=True) if text.islower() and self.language.reports(word) else word

    def _separable(self, low: str) -> tuple[Analysis, ...]:
        """Return the readings of a known verb behind a separable prefix: mitteilte, mitgeteilt, mitzuteilen."""
        for prefix in self._prefixes if low.startswith(self._prefixes) else ():
            base = low.removeprefix(prefix)
            if base != low and len(base) > 3:
                mark = next((one for one in self.listed("infinitive") if base.startswith(one)), "")
                known = self.verbs.get(base) or (self.verbs.get(base.removeprefix(mark)) if mark else None) or ()
                zu = base not in self.verbs
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


def _join(verb: str) -> str:
    """Return a verb with a bar behind its separable prefix, as frames write it; a cell has a slash there."""
    return verb.replace("/", "|")


def _verb(lemma: str, reflexive: Collection[str]) -> tuple[str, ...]:
    """Return the verb that has to be found for a frame, without its reflexive pronoun, and its particles."""
    first, *rest = lemma.split()
    return tuple(rest) if rest and first in reflexive else (first, *rest)


def _frame(row: Mapping[str, str], verb: tuple[str, ...], sets: Iterable[Mapping[str, None]]) -> Frame:
    objects = [word for word in split(row["object"]) if word not in (ORGANISATION, EXACT)]
    return Frame(
        row["frame_id"],
        row["lemma"],
        verb[1:] if row["kind"] == "verb" else (),
        find_any(widen(objects, () if row["event_type"] == "ASSAULT" or EXACT in split(row["object"]) else sets)),
        find_any(split(row["not"])),
        row["event_type"],
        tuple(split(row["type_alt"])),
        tuple(split(row["source"])) or ("subj",),
        tuple(split(row["target"])),
        row["sides"] == "both",
        EXACT in split(row["object"]),
        ORGANISATION in split(row["object"]),
        row["mutual"] == "yes",
        verb[0] != row["lemma"].split()[0],
        row["mode"],
    )


def _conjugate(
    language: Language, rows: Iterable[Mapping[str, str]], wanted: Iterable[str]
) -> dict[str, tuple[Analysis, ...]]:
    """Return the readings of every form of the verbs that the tables name."""
    parts = {row["lemma"]: row for row in rows}
    found: dict[str, dict[Analysis, None]] = {}
    same: dict[Analysis, Analysis] = {}  # a verb has many forms that are read alike
    for lemma in sorted(set(parts) | set(wanted)):
        for form, analysis in language.verb_forms(lemma, parts):
            found.setdefault(form, {})[same.setdefault(analysis, analysis)] = None
    return {form: tuple(analyses) for form, analyses in found.items()}
