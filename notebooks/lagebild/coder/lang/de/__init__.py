"""German: case and the place of the finite verb say who acts and on whom, capitals what is a noun."""

from __future__ import annotations

from lagebild.coder.lang.de.grammar import GermanGrammar
from lagebild.coder.lang.de.verbs import is_reporting, name_forms, verb_forms
from lagebild.coder.lexicon import Language

LANGUAGE = Language(
    code="de",
    grammar=GermanGrammar,
    verb_forms=verb_forms,
    name_forms=name_forms,
    agents=("von", "durch"),
    given="an",
    whether="ob",
    fixed_order=False,
    capital_nouns=True,
    reports=is_reporting,
)
