"""What stands in an article and is no part of its report: datelines, bylines, captions, teasers.

A dateline says where a report was written, on which day, and whose it is: it names no side of an act and dates none.
The others are known by words of the tables `sets`: a byline, a caption, a credit, a teaser of another story, a request
for consent, a list of topics, a note on the article. What they say happened elsewhere, at another time, or to the page
itself, so no act is drafted from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import Lexicon, split_cell
from lagebild.coder.tokens import ENDS
from lagebild.core import Reference, derived
from lagebild.corpus import SHORT, LinePatterns, classify_line, make_line_patterns, match_opening

# --- Datelines ---

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
def find_dateline_forms(reference: Reference, language: str) -> tuple[re.Pattern[str], ...]:
    """Return how datelines are written in a language: with an agency, with its bare name, and with a dash alone."""
    words = (split_cell(row["words"]) for row in reference.rows("calendar", language) if row["kind"] == "month")
    month = _any_of(form for forms in words for form in forms)
    year = r"(?:,? ?\d{4})?"
    day = rf"(?:\d{{1,2}}\.? ?(?:(?:{month})\.?|\d{{1,2}}\.){year}|(?:{month})\.? \d{{1,2}}{year})"
    written = f"(?i:{_any_of(row['agency'] for row in reference.rows('agencies'))})"
    agency = rf"(?P<agency>{written}(?:(?: ?[/,;] ?| [a-z]{{2,4}} )[\w.-]{{1,20}}){{0,3}})"
    where = rf"(?:(?P<d1>{day}),? )?(?:{PLACES})?(?:,? (?P<d2>{day}))?"
    return (
        re.compile(rf"{where},? ?[(\[]{agency}[)\]](?: ?{DASH}|[.:])?\s+{OPENING}"),
        re.compile(rf"(?:{PLACES} )?{agency}(?: ?\||[.:] ?{DASH}?| ?{DASH})\s+{OPENING}"),
        re.compile(rf"{agency} {PLACES}(?:[.:]| ?{DASH})\s+{OPENING}"),
        re.compile(rf"{where}\.? ?{DASH}\s+{OPENING}"),
        re.compile(rf"{PLACES}(?:, (?P<d2>{day}))?:\s+{OPENING}"),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def find_datelines(
    reference: Reference, text: str, spans: Sequence[tuple[int, int]], words: Lexicon
) -> Iterator[Dateline]:
    """Yield the datelines of a text; `spans` are its sentences."""
    last = 0
    for number, (start, end) in enumerate(spans):
        match = _match(reference, text, start, end, words, number < FIRST) if start >= last else None
        if match is not None:
            named = match.groupdict(default="")
            day = named.get("d1", "") or named.get("d2", "")
            last = start + match.end()
            yield Dateline(start, last, named.get("place", ""), day, named.get("agency", ""))


def _match(reference: Reference, text: str, start: int, end: int, words: Lexicon, early: bool) -> re.Match[str] | None:
    """Return the dateline that a sentence begins with; one without an agency only where it is `early` in the text."""
    piece = text[start : start + LONGEST]
    if not SIGN.search(piece):
        return None
    *signed, dashed, colon = find_dateline_forms(reference, words.language.code)
    if found := next((match for form in signed if (match := form.match(piece))), None):
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
    return first.isupper() or not any(word.classes or word.nouns or word.head for word in known)


def _is_aside(rest: str, words: Lexicon) -> bool:  # Aleppo – die zweitgrößte Stadt – liegt in Trümmern
    inside, dash, _ = rest.partition(" – ")
    verbs = (words.word(word) for word in re.findall(r"\w+", inside))
    return bool(dash) and not any({"pres", "past"} & word.forms for word in verbs)


HEADLINE, SEVERAL = 110, 3  # characters of a headline, and how many of them are a list
LINE = re.compile(r"\S[^\n]*(?<=\S)")
CROSSES = "+ "


def find_kinds(reference: Reference, text: str, spans: Sequence[tuple[int, int]], words: Lexicon) -> Iterator[str]:
    """Yield of each sentence of a text what it is instead of a part of the report; nothing if it is one."""
    forms: LinePatterns = make_line_patterns(reference, words.language.code)
    end_of_line, whole = -1, ""
    listed = _find_listed(text)
    for number, (start, end) in enumerate(spans):
        opens = start > end_of_line
        if opens:
            stop = text.find("\n", end)
            end_of_line = stop if stop >= 0 else len(text)
            line = text[start:end_of_line].rstrip()
            whole = classify_line(line, forms) if len(line) <= SHORT else ""
            if not whole and number and len(line) <= SHORT and line[-1] not in ENDS:
                whole = match_opening(forms["later"], line)
            whole = whole or ("teaser" if start in listed else "")
        sentence = text[start:end]
        kind = whole or match_opening(forms["start"], sentence)
        kind = kind or next((name for name, form in forms["any"] if form.search(sentence)), "")
        whole = kind if opens else whole  # what opens a line goes on to its end
        yield kind


def _find_listed(text: str) -> frozenset[int]:
    """Return where the lines begin that list headlines of other stories: several below a paragraph, with no mark."""
    rows = list(LINE.finditer(text))
    if len(rows) <= SEVERAL or any(row[0][0].islower() for row in rows):
        return frozenset()  # lines that were wrapped by hand begin anywhere
    places: list[int] = []
    run: list[int] = []
    paragraph, before = False, ""  # whether a paragraph came before; the last mark before the run
    for row in (*rows, None):
        if row is not None and row[0][0].isalpha() and row[0][-1].isalnum() and len(row[0]) <= HEADLINE:
            run.append(row.start())
            continue
        if paragraph and before != ":" and len(run) >= SEVERAL:
            places += run
        run, before = [], row[0][-1] if row is not None else ""
        paragraph = paragraph or before in ENDS
    return frozenset(places)


def trim_ticker(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without the crosses around it: +++ Israel greift Ziele in Syrien an +++."""
    inner = text[start:end].strip(CROSSES) if text[start] in CROSSES else ""
    begin = text.find(inner, start) if inner else start
    return begin, begin + len(inner) if inner else end
