"""English: word order and function words say what is a verb, who acts and on whom."""

from __future__ import annotations

from lagebild.coder.lang.en.grammar import EnglishGrammar
from lagebild.coder.lang.en.verbs import name_forms, verb_forms
from lagebild.coder.lexicon import Language

LANGUAGE = Language(
    code="en",
    grammar=EnglishGrammar,
    verb_forms=verb_forms,
    name_forms=name_forms,
    agents=("by",),
    given="to",
    whether="whether",
    fixed_order=True,
    capital_nouns=False,
    reports=lambda _: False,
)
