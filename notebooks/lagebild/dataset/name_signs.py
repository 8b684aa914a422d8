"""Whether words with capital letters are a name, and of what: told by their signs, for no list holds all names.

A list of which most is silly is not read. So a name must show that it is one: by a title or a given name before it, a
word such as *Verband* in it, capital letters throughout, or, where nouns are written small, by its capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from lagebild.coder.gazetteer import first_names
from lagebild.coder.lang import read_language
from lagebild.coder.lexicon import lexicon
from lagebild.core.reference import Reference
from lagebild.dataset.acting import MARKS, Named, words_of_kind

ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][a-z]{1,2}[A-Z]{1,2}")
INITIAL = re.compile(r"[A-Z]\.")
LONGEST_GIVEN = 10  # letters; a longer word before a name is a German compound: Friedensnobelpreisträger
LONGEST, LONGEST_SHOWN = 3, 8  # words of a name: of one that nothing else shows to be one, and of any other

Place = tuple[str, str, int]  # source, language and number of a sentence


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


@dataclass(frozen=True)
class Signs:
    """What tells a name from other words: the tables, and what the texts say.

    `common` are the words of a language that its texts also use as common ones, `alone` the names as they stand there.
    """

    reference: Reference
    common: Mapping[str, Set[str]]
    alone: Set[str]

    def has_capitals(self, one: Sight) -> bool:
        """Whether the language of the text writes every noun with a capital letter."""
        return read_language(self.reference, one.language).capital_nouns

    def is_common(self, word: str, language: str) -> bool:
        """Whether a word is also a common one, as the texts or the tables have it."""
        known = lexicon(self.reference, language).word(word)
        return word.lower() in self.common[language] or bool(known.head or known.nouns or known.classes)

    def is_kind(self, words: Iterable[str], kind: str) -> bool:
        """Whether one of some words is of a kind in the table `name_words`, in any language."""
        patterns = [words_of_kind(self.reference, language, kind) for language in self.reference.languages]
        return any(pattern.fullmatch(word.lower()) for pattern in patterns for word in words)

    def trim(self, one: Sight) -> Sight:
        """Return a name without common nouns before it, where nouns have a capital letter: (Ökonom) Clemens Fuest.

        A word for an organisation is one only if the rest also stands alone, and is noted: (Linkspartei) Podemos.
        """
        words, mark = one.words, one.named.mark
        while len(words) > 1 and self.has_capitals(one) and not self.is_kind(words[1:], "organisation"):
            if words[0] in first_names(self.reference) or not self._stands_before(words, one.language):
                break
            mark = next((kind for kind in MARKS if self.is_kind(words[:1], kind)), mark)
            words = words[1:]
        return replace(one, named=replace(one.named, words=words, mark=mark))

    def _stands_before(self, words: tuple[str, ...], language: str) -> bool:
        """Whether the first of some words is a common noun, and no part of the name."""
        if len(words) > 2 and words[1] in first_names(self.reference):
            return True  # Anti-Islam-Bewegung Martin Konvička
        if self.is_kind(words[:1], "organisation"):
            return " ".join(words[1:]) in self.alone
        return (len(words[0]) > LONGEST_GIVEN and "-" not in words[0]) or self.is_common(words[0], language)

    def has_given(self, one: Sight) -> bool:
        """Whether a name of several words begins with a given name that the tables know, or an initial."""
        given = one.words[0] in first_names(self.reference) or bool(INITIAL.fullmatch(one.words[0]))
        return len(one.words) > 1 and given

    def is_person(self, one: Sight) -> bool:
        """Whether a name of several words shows by a given name, an initial or a title that it is a person's."""
        return self.has_given(one) or (len(one.words) > 1 and one.named.mark == "title")

    def is_name(self, one: Sight) -> bool:
        """Whether words show by themselves that they are a name."""
        plain = [word for word in one.words if not self.is_common(word, one.language)]
        if len(one.words) > 1:
            shown = self.is_person(one) or self.is_kind(one.words, "organisation")
            clear = len(plain) == len(one.words) or (bool(plain) and not self.has_capitals(one))
            return len(one.words) <= (LONGEST_SHOWN if shown else LONGEST) and (shown or clear)
        marked = bool(ACRONYM.fullmatch(one.words[0])) or one.named.mark != "" or not self.has_capitals(one)
        return bool(plain) and marked

    def judge_kind(self, name: str, seen: Iterable[Sight]) -> str:
        """Return what a name looks like, given where it stands: person, organisation, or unknown."""
        if self.is_kind(name.split(), "organisation") or ACRONYM.fullmatch(name):
            return "organisation"
        marks = {one.named.mark for one in seen}
        surname = " " in name and any(one.words == (name.split()[-1],) for one in seen)
        if surname or "title" in marks or any(self.is_person(one) for one in seen):
            return "person"
        return "organisation" if "organisation" in marks else "unknown"
