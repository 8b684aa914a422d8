"""Words by what they mean: lemmas, the concepts of the table `concept_words`, and how like two spellings are.

Lemmas are those of Simplemma (https://github.com/adbar/simplemma). A concept has words in each language, so a sentence
is found across languages by what it says; what no row holds is compared as it is written, since names of places and
things look alike in most languages.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from lagebild.coder import Token
from lagebild.core import Reference, characters, derived

# Prefixes of German verbs, the longest first: umgebracht is umbringen, beschossen beschießen. Behind one stand at least
# five letters.
PREFIX = re.compile(
    r"(zusammen|hinter|nieder|weiter|wieder|zurück|durch|unter|voran|wider|fest|fort|heim|miss|nach|über|auf|aus|bei"
    r"|ein|ent|her|hin|los|mit|ver|vor|weg|zer|ab|an|be|er|ge|um|zu)(?=.{5})"
)
# Classes of the table `grammar` whose words say nothing by themselves.
FUNCTION = frozenset(
    (
        *("determiner", "preposition", "subordinator", "coordinator", "relative", "pronoun", "possessive", "modal"),
        *("be", "have", "become", "been", "adverb", "neutral", "negator", "question", "complementizer", "infinitive"),
        *("reflexive", "personal", "fused", "number", "prefix", "this", "there", "us", "him", "continuing", "whether"),
        *("maybe", "hearsay", "undergone"),
    )
)
# How names from other scripts are written in German and in English, and what both make one.
FOLDED = (
    *(("tsch", "ch"), ("dsch", "j"), ("sch", "sh"), ("ß", "ss"), ("w", "v"), ("j", "y"), ("kh", "ch"), ("q", "k")),
    *(("z", "s"), ("ee", "i"), ("oo", "u"), ("ou", "u")),
)
SAME, MEANT, STEM = 1.0, 0.9, 0.7  # the same lemma; one concept; one stem, or one name written otherwise
ALIKE = 0.8  # ratio from which on two spellings are one name (Ratcliff and Obershelp)
PART = 4  # letters of the shortest part of a compound
STEMMED = 6  # letters that two words of one stem share, and at least two thirds of the longer one
LINKS = ("", "s", "n", "en", "es", "e", "er")  # between the parts of a German compound


class Vocabulary:
    """The concepts of a language by its words."""

    def __init__(self, reference: Reference, language: str) -> None:
        self.language = language
        self.compounds = language == "de"  # see `lang.Language.capital_nouns`
        self.words: dict[str, set[str]] = {}
        self.phrases: dict[str, list[tuple[str, str]]] = {}  # of a verb: its particle, and the concept of both
        self.ends: dict[str, set[str]] = {}
        for row in reference.rows("concept_words", language):
            for word in row["words"].lower().split("|"):
                self._add(word, row["concept"])

    def _add(self, word: str, concept: str) -> None:
        first, *rest = word.split(" ")
        if len(rest) == 1:  # auswärtig|es Amt, auswärtig|en Amt
            self.phrases.setdefault(lemmatize(first, self.language), []).append((rest[0], concept))
        elif word.startswith("*"):
            self.ends.setdefault(word[1:], set()).add(concept)
            self.words.setdefault(word[1:], set()).add(concept)
        elif not rest:
            self.words.setdefault(word, set()).add(concept)

    def find(self, lemma: str, *, noun: bool = False) -> tuple[frozenset[str], str]:
        """Return the concepts of a lemma in small letters, and the first part of a compound; either may be empty."""
        if lemma in self.words:
            return frozenset(self.words[lemma]), ""
        if not noun or not self.compounds:
            return frozenset(), ""
        for cut in range(PART - 1, len(lemma) - PART + 1):  # the longest end first
            end = lemma[cut:]
            found = self.ends.get(end)
            if not found and len(end) > PART:
                found = self.words.get(end)
            if found:
                return frozenset(found), self._read_head(lemma[:cut].strip("-"))
        return frozenset(), ""

    def find_verb(self, word: str) -> str:
        """Return the verb of an English form in -ing that has a lemma of its own: ruling, building; else nothing."""
        if not word.endswith("ing") or self.compounds:
            return ""
        stem = word.removesuffix("ing")
        for verb in (stem, f"{stem}e", stem[:-1]):
            if verb in self.words or verb in self.phrases:
                return verb
        return ""

    def _read_head(self, head: str) -> str:
        """Return the first part of a compound as a word: Drohnen- is Drohne, Rüstungs- Rüstung."""
        for link in LINKS:
            word = head.removesuffix(link)
            for form in (word, f"{word}e"):
                if form in self.words:
                    return form
        if len(head) > PART:
            return head.removesuffix("s")
        return head


@derived
def read_vocabulary(reference: Reference, language: str) -> Vocabulary:
    """Return the words of a language by their concepts."""
    return Vocabulary(reference, language)


@derived
def list_concepts(reference: Reference, role: str) -> frozenset[str]:
    """Return the concepts whose words say little by themselves (`light`), or nothing (`carrier`)."""
    return frozenset(row["concept"] for row in reference.rows("concepts") if row["role"] == role)


def is_function(token: Token) -> bool:
    """Whether a token is a word that says nothing by itself."""
    return not token.word.nouns and not token.word.classes.keys().isdisjoint(FUNCTION)


@lru_cache(2**16)
def is_word(word: str, language: str) -> bool:
    """Whether a word is one of the language, rather than a name; of a German compound, whether its end is."""
    from simplemma import is_known

    if is_known(word, language):
        return True
    if language == "de":
        for k in range(PART - 1, len(word) - PART):
            if is_known(word[k:].capitalize(), language):
                return True
    return False


@lru_cache(2**16)
def lemmatize(word: str, language: str) -> str:
    """Return the lemma of a word, in small letters; of a German verb that Simplemma lacks, by that of its stem."""
    from simplemma import (
        is_known,  # its tables take half a second
        lemmatize as look_up,
    )

    lemma = str(look_up(word, language))
    match = PREFIX.match(word)
    if language == "de" and lemma == word and match:
        rest = word[match.end() :]
        stem = str(look_up(rest, "de"))
        if stem.endswith("en") and stem != rest and is_known(match[0] + stem, "de"):
            return match[0] + stem
    return lemma.lower()


@lru_cache(2**18)
def compare_spelling(one: str, other: str, *, name: bool = False) -> float:
    """Return how like two lemmas are by their letters: `SAME`, `STEM` or 0; names may be written otherwise."""
    if one == other:
        return SAME
    if re.search(r"\d", one + other):
        return 0.0  # an S-300 is no S-400
    short, long = sorted((one, other), key=len)
    if len(short) >= STEMMED and long.startswith(short[:STEMMED]):
        shared = STEMMED
        while shared < len(short) and short[shared] == long[shared]:
            shared += 1
        if 3 * shared >= 2 * len(long):
            return STEM
    if name and len(short) > 3 and (one[0] == other[0] or {one[0], other[0]} <= set("ckgjdy")):
        first, second = sorted((fold_name(one), fold_name(other)))
        if SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE:
            return STEM
    return 0.0


@lru_cache(2**15)
def fold_name(word: str) -> str:
    """Return a name without accents, and as English writes what German writes otherwise: Tschad, Chad."""
    text = characters.strip_marks(word)
    for german, english in FOLDED:
        text = text.replace(german, english)
    return text
