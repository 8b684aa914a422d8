"""The languages that are read: each is a folder here, whose `LANGUAGE` says how, and one of tables.

The tables lie in `data/reference/lang/xx`. The code of a language may also be a module of its own, `lagebild_lang_xx`,
wherever Python finds modules: see "Another language to read" in the README.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from lagebild.core.characters import show
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference, derived

if TYPE_CHECKING:  # a language is made of these, and they ask it for its forms
    from lagebild.coder.lexicon import Analysis, Lexicon, Word
    from lagebild.coder.syntax import Clause, Phrase, Predicate
    from lagebild.coder.tokens import Token


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
    """How a language is read.

    Attributes
    ----------
    code
        BCP 47, and the name of its folder.
    grammar
        Makes the grammar of a sentence from its tokens.
    verb_forms
        Yields the forms of a verb with their analyses; the second argument has the irregular verbs by lemma.
    name_forms
        Yields the forms of a name of a kind (table `names`), each with whether it is a genitive.
    agents
        The prepositions that name who acts in the passive.
    given
        The preposition of whom something is given to.
    whether
        The word that opens what is left open.
    fixed_order
        Whether who acts stands before the verb and who is acted on behind it; else their case says.
    capital_nouns
        Whether nouns are written with a capital letter, and compounds as one word.
    reports
        Whether a word says by its mood alone that others say so; only some languages have such a mood.
    """

    code: str
    grammar: Callable[[Sequence[Token], Lexicon], Grammar]
    verb_forms: Callable[[str, Mapping[str, Mapping[str, str]]], Iterable[tuple[str, Analysis]]]
    name_forms: Callable[[str, str], Iterable[tuple[str, bool]]]
    agents: tuple[str, ...]
    given: str
    whether: str
    fixed_order: bool
    capital_nouns: bool
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
    name = _find_module(code)
    if code not in known:
        if name:
            raise InputError(f"The language {show(code)} has code ({name}) but no tables: add the folder {place}.")
        raise InputError(f"The language {show(code)} is not read; choose one of {', '.join(known)}.")
    if not name:
        places = " or ".join(_modules(code))
        raise InputError(f"{place} has tables of a language but no code reads it: add a module {places}.")
    found: Language = import_module(name).LANGUAGE
    return found


def _modules(code: str) -> tuple[str, str]:
    """Return the modules that may hold the code of a language."""
    return f"{__name__}.{code}", f"lagebild_lang_{code}"


def _find_module(code: str) -> str:
    """Return the module that holds the code of a language; empty if there is none."""
    return next((name for name in _modules(code) if find_spec(name)), "") if code.isalnum() else ""
