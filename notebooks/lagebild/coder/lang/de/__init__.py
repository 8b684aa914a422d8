"""German: case and the place of the finite verb say who acts and on whom, capitals what is a noun."""

from __future__ import annotations

from lagebild.coder.lang import Language
from lagebild.coder.lang.de.attribution import find_speech
from lagebild.coder.lang.de.forms import name_forms, verb_forms
from lagebild.coder.lang.de.grammar import GermanGrammar
from lagebild.coder.lang.de.words import German

LANGUAGE = Language(
    code="de",
    grammar=GermanGrammar,
    words=German,
    find_speech=find_speech,
    verb_forms=verb_forms,
    name_forms=name_forms,
    agents=("von", "durch"),
    given="an",
    whether="ob",
    fixed_order=False,
    capital_nouns=True,
    reports=frozenset({"wonach"}),
)
