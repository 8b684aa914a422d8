"""English sentences: clauses, verb groups and noun phrases from word order and function words."""

from __future__ import annotations

from lagebild.coder.lang.en.clauses import split_clauses
from lagebild.coder.lang.en.phrases import find_phrases
from lagebild.coder.lang.en.verbs import is_adverb, predicates, verb_form, verb_group

__all__ = ["find_phrases", "is_adverb", "predicates", "split_clauses", "verb_form", "verb_group"]
