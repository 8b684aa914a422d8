"""For whom a name stands on a side of an act that a language model reads, and as what it acts.

A name that the tables know is that actor; any other is an unknown one, which is kept. Who acts for himself is no state,
whatever state he is of: a firm, a party, a citizen who writes a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from lagebild.coder import OFFICES, Name, find_names, read_language, read_lexicon
from lagebild.core import Reference, derived, stands_for
from lagebild.reader.request import PRIVATE, AskedText

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("determiner", "coordinator", "preposition"))  # classes of words that make a name no other one
LATIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ə": "e"})
SPOKEN = "en"  # language of the names that a model gives for those of a text in a language without tables


CROWD = ("CVL", "EDU")  # sectors whose people stand for their state where an act befalls them, and in protest
ARTICLE = 2  # words of a name that an article leads, at least


class NamedSide(NamedTuple):
    """A name as an act has it: its words in the text, in English, for whom it acts by the model, and its kind.

    `alone` is whether it acts for itself, whatever state it is of.
    """

    words: str
    english: str
    principal: str
    person: bool
    alone: bool = False


def find_full_names(persons: Iterable[str]) -> dict[str, str]:
    """Return the full names of persons who are also called by their last name alone, where only one has it."""
    longer: dict[str, list[str]] = {}
    for name in sorted({*persons}):
        last = name.split()[-1]
        if name != last:
            longer.setdefault(last, []).append(name)
    return {last: names[0] for last, names in longer.items() if len(names) == 1}


def list_persons(act: Mapping[str, Any]) -> list[str]:
    """Return the names of an act that are those of persons, as far as they have the form of such."""
    cell = act.get("persons")
    return [name for name in cell if isinstance(name, str) and name.strip()] if isinstance(cell, list) else []


def list_names(
    names: Mapping[str, Sequence[str]], side: str, full: Mapping[str, str], tables: bool, kind: str
) -> Iterator[NamedSide]:
    """Yield the names on a side of an act of a type, with what stands for each in lists of one length beside them."""
    beside = {}
    for what in ("for", "as", "en"):
        cells = names.get(f"{side}_{what}", ())
        beside[what] = cells if len(cells) == len(names[side]) else [""] * len(names[side])
    for words, principal, sector, english in zip(names[side], *beside.values(), strict=True):
        known = "" if tables else english
        is_crowd = sector in CROWD and (side == "target" or kind == "PROTEST")
        alone = sector in PRIVATE and not is_crowd
        yield NamedSide(
            words, known or full.get(words, words), "" if alone else principal, words in names.get("persons", ()), alone
        )


def is_private(names: Mapping[str, Sequence[str]], kind: str) -> bool:
    """Whether all who are named on both sides of an act act for themselves: a firm, its customer."""
    sectors = [*names.get("source_as", ()), *names.get("target_as", ())]
    told = bool(names["source"]) and len(sectors) == len(names["source"]) + len(names["target"])
    return told and kind != "PROTEST" and {*sectors} <= {*PRIVATE} - {"PTY"}


def read_name(
    reference: Reference, named: NamedSide, known: tuple[str, ...], article: AskedText, day: str
) -> tuple[str, ...]:
    """Return for whom a name stands on a day; `known` are those for whom it does by the tables.

    It is the state that the tables read in the words of the text; else whom the model says that it acts for, if the
    tables know that one; without that, the actor of the tables; else an unknown person or organisation, if it is a name
    at all.
    """
    states = _list_states(reference)
    if named.alone and known and states.issuperset(known):  # the Swiss: a citizen, who has no other name
        return ()
    is_state = bool(known) and states.issuperset(known) and article.language in reference.languages
    if named.principal in (known if is_state else states):  # of two states the model may choose: envoy to Israel
        return (named.principal,)
    if is_state:
        return known
    if named.principal and (principal := look_up(reference, named.principal, replace(article, language=SPOKEN), day)):
        return principal
    name = trim_name(reference, named.english, article.language)
    if known or not (slug := make_slug(name)):
        return known
    return (f"PER:{name}" if named.person else f"ORG:{slug.upper()}",)


def describe_unknown(reference: Reference, named: NamedSide, article: AskedText) -> dict[str, str]:
    """Return an actor whom no table knows as a row of ``case/unknown``."""
    name = trim_name(reference, named.english, article.language)
    return {"actor_id": make_slug(name), "type": "person" if named.person else "organisation", "name": name}


def trim_name(reference: Reference, name: str, language: str) -> str:
    """Return a name without an article before it; empty if what is left is no name: the rebels, die Opposition, He."""
    spoken = _choose_language(reference, language)
    known, words = read_lexicon(reference, spoken), name.split()
    led = bool(words) and "determiner" in known.word(words[0]).classes
    kept = words[1:] if led else words
    alone = led and len(kept) < ARTICLE and read_language(reference, spoken).capital_nouns
    described = kept[:1] and kept[0].isalpha() and kept[0].islower()  # mutmaßlicher Anhänger, suspected gunmen
    if alone or described:
        return ""
    for word in kept:
        if word != word.lower() and not known.word(word).classes:
            return " ".join(kept)
    return ""


def _choose_language(reference: Reference, language: str) -> str:
    """Return the language whose tables read the names of a text: its own, or that of the names that a model gives."""
    return language if language in reference.languages else SPOKEN


@derived
def _list_states(reference: Reference) -> frozenset[str]:
    return frozenset(row["actor_id"] for row in reference.rows("actors") if row["type"] == "state")


def look_up(reference: Reference, name: str, article: AskedText, day: str) -> tuple[str, ...]:
    """Return the actors of the tables for whom a name stands; nobody if other words make it another name.

    Beside a known name only words may stand that leave it who it is: president, of, the. *Critics of X* are not X.
    """
    language = _choose_language(reference, article.language)
    known = find_names(reference, name, language, article.published)
    if known and known[0].start == 0 and known[0].type in ("organisation", "group"):
        known = known[:1]  # Islamic State of Iraq and the Levant
    elif _has_beside(reference, name, known, language):
        return ()
    states = [one.actor_id for one in known if one.type == "state"]
    return tuple(dict.fromkeys(_stand(reference, one.actor_id, day, article, states) for one in known))


def _has_beside(reference: Reference, name: str, known: Sequence[Name], language: str) -> bool:
    """Whether beside the known names of a name words stand that may make it another one."""
    lexicon = read_lexicon(reference, language)
    for match in WORD.finditer(name):
        word = lexicon.word(match[0])
        is_named = any(one.start <= match.start() < one.end for one in known)
        is_small = word.head in OFFICES or not SMALL.isdisjoint(word.classes)
        if not (is_named or is_small or match[0] == "s"):
            return True
    return False


def _stand(reference: Reference, actor_id: str, day: str, article: AskedText, states: Sequence[str]) -> str:
    state = next((one for one in states if one != actor_id), "")
    code = stands_for(reference, actor_id, day or article.published, state)
    if code.startswith("PER:") and day > article.published:  # who is in office today, of what is to come
        code = stands_for(reference, actor_id, article.published, state)
    return code


def make_slug(name: str) -> str:
    """Return a name as an id: small letters without accents, digits and hyphens."""
    plain = normalize("NFKD", name.lower()).translate(LATIN)
    return "-".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not combining(sign))))


def is_known(reference: Reference, code: str) -> bool:
    """Whether the tables know an actor; nobody at all counts as known."""
    kind, _, name = code.partition(":")
    return not name or (name.lower() if kind == "ORG" else name) in _list_known(reference)


@derived
def _list_known(reference: Reference) -> frozenset[str]:
    """Return ids and names of the actors of the tables; who stands in `unknown.csv` of a case is none of them."""
    nobody = set(reference.case.unknown["actor_id"]) if reference.case else set()
    known = set[str]()
    for row in reference.rows("actors"):
        if row["actor_id"] not in nobody:
            known |= {row["actor_id"], row["name_en"]}
    return frozenset(known)
