"""German sentences: clauses, verb groups and noun phrases from word order, capitals, articles and verb forms."""

from __future__ import annotations

from lagebild.coder.lang.de.clauses import split_clauses
from lagebild.coder.lang.de.phrases import find_phrases
from lagebild.coder.lang.de.verbs import predicates, read_marks

__all__ = ["find_phrases", "predicates", "read_marks", "split_clauses"]
