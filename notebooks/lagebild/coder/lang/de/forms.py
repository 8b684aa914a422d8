"""The forms of German verbs and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lagebild.coder.lexicon import Analysis, split

# German prefixes without ge- in the participle; separable ones are marked by a bar in the lemma.
INSEPARABLE = re.compile(r"(be|ge|er|ver|ent|emp|zer|miss|über|unter|wider|hinter|durch|um|voll)(?=[a-zäöü]{4})")
LINKED = re.compile(r"([td]|chn|[^aeiouäöülrhmn][mn])$")  # stems with an e before the ending: arbeitet, rechnet
ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
OLD = re.compile(r"ss(?=t|$)")  # before 1996 with ß: mußte, gewußt


def verb_forms(lemma: str, parts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, Analysis]]:
    """Yield the forms of a verb; a bar in the lemma parts the separable prefix from it."""
    prefix, bar, base = lemma.rpartition("|")
    finite, participles = _base_forms(base, parts)
    for form, tense in finite:
        yield prefix + form, Analysis(lemma, tense)
        if bar:
            yield form, Analysis(lemma, tense, prefix)
    yield prefix + base, Analysis(lemma, "inf")
    if bar:
        yield f"{prefix}zu{base}", Analysis(lemma, "inf", zu=True)
    for participle in participles:
        yield prefix + participle, Analysis(lemma, "part")
        for ending in ADJECTIVE_ENDINGS:
            yield prefix + participle + ending, Analysis(lemma, "attr")


def _base_forms(base: str, parts: Mapping[str, Mapping[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the finite forms and the participles of a verb without separable prefix."""
    own, start = parts.get(base, {}), ""
    inseparable = INSEPARABLE.match(base)
    if not own.get("past") and inseparable:
        simple = parts.get(base[inseparable.end() :], {})
        if simple.get("past"):
            own, start = simple, inseparable[0]
    bare = base.removeprefix(start)
    stem = bare[:-2] if bare.endswith("en") else bare[:-1]
    weak = stem + ("et" if LINKED.search(stem) else "t")
    ge = "" if inseparable or base.endswith("ieren") else "ge"
    participles = split(own.get("participle", "")) or [ge + weak]
    if start:
        participles = [one.removeprefix("ge") for one in participles]
    finite = _finite_forms(own, bare, stem, weak)
    return [(start + old, tense) for form, tense in finite for old in _with_old(form)], [
        start + old for one in participles for old in _with_old(one)
    ]


def _finite_forms(own: Mapping[str, str], bare: str, stem: str, weak: str) -> list[tuple[str, str]]:
    """Return the finite forms of a verb: its `own` as far as it is irregular, the others made of its `stem`."""
    pasts = split(own.get("past", "")) or [weak + "e"]
    finite = [(bare, "pres"), *((form, "pres") for form in split(own.get("present", "")) or [weak])]
    for form in pasts:
        finite += [(form, "past"), (form + ("n" if form.endswith("e") else "en"), "past")]
    if stem + "e" not in pasts:
        finite.append((stem + "e", "subj1"))
    for form in split(own.get("subjunctive", "")):
        if form not in pasts:
            finite += [(form, "subj2"), (form + "n", "subj2")]
    return finite


def _with_old(form: str) -> Iterable[str]:
    """Return a form, and how it was written before 1996 if in another way."""
    return dict.fromkeys((form, OLD.sub("ß", form))) if "ss" in form else (form,)


def name_forms(name: str, kind: str) -> Iterable[tuple[str, bool]]:
    """Yield the written forms of a name, and whether each is a genitive."""
    if kind == "adjective" and name[:1].islower():
        for ending in ("", *ADJECTIVE_ENDINGS):
            yield name + ending, False
            yield name[:1].upper() + name[1:] + ending, False
        return
    yield name, False
    if kind not in ("adjective", "inhabitant") and name[-1:].isalpha():
        if name[-1] in "sxzß":
            yield name + "’", True
            yield name + "'", True
        else:
            yield name + "s", True
