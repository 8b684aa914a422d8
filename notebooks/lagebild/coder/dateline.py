"""Datelines: where a report was written, on which day, and whose it is. They name no side of an act and date none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import Lexicon, split
from lagebild.core.reference import Reference, derived

WORD = r"[^\W\d_a-z][\w.'’]*(?:-[\w.'’]+)*"  # begins with a capital
PLACE = rf"{WORD}(?: (?:[a-z]{{1,3}} )?{WORD}){{0,3}}"  # Frankfurt am Main, Rio de Janeiro, Gaza City
PLACES = rf"(?P<place>{PLACE}(?:(?: ?/ ?|, ){PLACE}){{0,3}})"
DASH = "(?:–|—|--?)"
OPENING = r"""(?=["„“”»«'‘]?[^\W_a-z])"""  # what follows begins like a sentence
SIGN = re.compile(r"[])|.:–—-]\s")  # ends a dateline
LONGEST = 120  # characters
CODE = 3  # letters of the id of a state
FIRST = 3  # sentences of a text that a dateline without an agency may stand before: behind a headline and a teaser


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline text[start:end], up to the first word of the report; what it does not name is empty."""

    start: int
    end: int
    place: str
    day: str
    agency: str


@derived
def find_forms(reference: Reference, language: str) -> tuple[re.Pattern[str], ...]:
    """Return how datelines are written in a language: with an agency, with its bare name, and with a dash alone."""
    words = (split(row["words"]) for row in reference.rows("calendar", language) if row["kind"] == "month")
    month = _any_of(one for forms in words for one in forms)
    year = r"(?:,? ?\d{4})?"
    day = rf"(?:\d{{1,2}}\.? ?(?:(?:{month})\.?|\d{{1,2}}\.){year}|(?:{month})\.? \d{{1,2}}{year})"
    one = f"(?i:{_any_of(row['agency'] for row in reference.rows('agencies'))})"
    agency = rf"(?P<agency>{one}(?:(?: ?[/,;] ?| [a-z]{{2,4}} )[\w.-]{{1,20}}){{0,3}})"
    where = rf"(?:(?P<d1>{day}),? )?(?:{PLACES})?(?:,? (?P<d2>{day}))?"
    return (
        re.compile(rf"{where},? ?[(\[]{agency}[)\]](?: ?{DASH}|[.:])?\s+{OPENING}"),
        re.compile(rf"(?:{PLACES} )?{agency}(?: ?\||[.:] ?{DASH}?| ?{DASH})\s+{OPENING}"),
        re.compile(rf"{agency} {PLACES}(?:[.:]| ?{DASH})\s+{OPENING}"),
        re.compile(rf"{where}\.? ?{DASH}\s+{OPENING}"),
        re.compile(rf"{PLACES}(?:, (?P<d2>{day}))?:\s+{OPENING}"),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda one: (-len(one), one)))


def find_datelines(
    reference: Reference, text: str, spans: Sequence[tuple[int, int]], words: Lexicon
) -> Iterator[Dateline]:
    """Yield the datelines of a text; `spans` are its sentences."""
    last = 0
    for number, (start, end) in enumerate(spans):
        found = _match(reference, text, start, end, words, number < FIRST) if start >= last else None
        if found is not None:
            named = found.groupdict(default="")
            day = named.get("d1", "") or named.get("d2", "")
            last = start + found.end()
            yield Dateline(start, last, named.get("place", ""), day, named.get("agency", ""))


def _match(reference: Reference, text: str, start: int, end: int, words: Lexicon, early: bool) -> re.Match[str] | None:
    """Return the dateline that a sentence begins with; one without an agency only where it is `early` in the text."""
    piece = text[start : start + LONGEST]
    if not SIGN.search(piece):
        return None
    *signed, dashed, colon = find_forms(reference, words.language.code)
    if found := next((one for form in signed if (one := form.match(piece))), None):
        return found
    found = (dashed.match(piece) or colon.match(piece)) if early else None
    if found is None or not _is_place(reference, found["place"] or "", words, sure=found.re is colon):
        return None
    return None if found.re is dashed and _is_aside(text[start + found.end() : end], words) else found


def _is_place(reference: Reference, place: str, words: Lexicon, *, sure: bool) -> bool:
    """Whether a dateline without an agency begins with a place: a city that the tables know, or a word that they don't.

    If it has to be `sure`, only a city that they know is one: Moscow: …, but not Putin: …, Exclusive: ….
    """
    first = re.split(r" ?[/,]", place)[0]
    shown = first.title() if first.isupper() else first
    names = find_names(reference, shown, words.language.code, "")
    if names or sure or not first:
        city = bool(names) and names[0].kind in ("seat", "place")
        return city or (bool(names) and not sure and len(names[0].actor_id) == CODE)  # Singapur –
    known = map(words.word, re.findall(r"\w+", first))
    return first.isupper() or not any(one.classes or one.nouns or one.head for one in known)


def _is_aside(rest: str, words: Lexicon) -> bool:
    """Whether a second dash closes what the first one opened: Aleppo – die zweitgrößte Stadt – liegt in Trümmern."""
    inside, dash, _ = rest.partition(" – ")
    verbs = (words.word(one) for one in re.findall(r"\w+", inside))
    return bool(dash) and not any({"pres", "past"} & one.forms for one in verbs)
