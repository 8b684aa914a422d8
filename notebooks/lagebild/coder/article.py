"""An article as a whole: what stands in it and is no part of its report, and what it is about.

A dateline says where a report was written, on which day, and whose it is: it names no side of an act and dates none.
The others are known by words of the tables `sets`: a byline, a caption, a credit, a teaser of another story, a request
for consent, a list of topics, a note on the article. What they say happened elsewhere, at another time, or to the page
itself, so no act is drafted from them.

Sport, culture and opinion use the words of war and of talks as well, and what is drafted from them is more often wrong.
A text reports acts if more than a fifth of its sentences describe one, and if its words of foreign policy and war
(class ``matter`` of the table `sets`) are at least half as many as those of any other matter. On 285 texts of all
desks, whose matter a large model told from their beginning, this was right in 85 of 100. Of drafts that count a
strict reader found something false in 8 of 100 where a text reports acts, and in 30 of 100 elsewhere: there what has
both sides counts, and is not sure, and the rest is a candidate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import WORDS_KEPT, ByWord, Lexicon, split_cell
from lagebild.coder.speech import QUOTATION
from lagebild.coder.thresholds import FEW, LEAST, LONGEST_DATELINE, OLD, SHARE
from lagebild.coder.tokens import ENDS
from lagebild.core import Reference, derived, read_sets
from lagebild.corpus import SHORT, LinePatterns, classify_line, make_line_patterns, match_opening

# --- Datelines ---

WORD = r"[^\W\d_a-z][\w.'’]*(?:-[\w.'’]+)*"  # begins with a capital
PLACE = rf"{WORD}(?: (?:[a-z]{{1,3}} )?{WORD}){{0,3}}"  # Frankfurt am Main, Rio de Janeiro, Gaza City
PLACES = rf"(?P<place>{PLACE}(?:(?: ?/ ?|, ){PLACE}){{0,3}})"
DASH = "(?:–|—|--?)"
OPENING = r"""(?=["„“”»«'‘]?[^\W_a-z])"""  # what follows begins like a sentence
SIGN = re.compile(r"[])|.:–—-]\s")  # ends a dateline
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
    months: list[str] = []
    for row in reference.rows("calendar", language):
        if row["kind"] == "month":
            months += split_cell(row["words"])
    month = _any_of(months)
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
    piece = text[start : start + LONGEST_DATELINE]
    if not SIGN.search(piece):
        return None
    *signed, dashed, colon = find_dateline_forms(reference, words.language.code)
    for form in signed:
        if found := form.match(piece):
            return found
    if not early:
        return None
    found = dashed.match(piece) or colon.match(piece)
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
    if names:
        return names[0].kind in ("seat", "place") or (not sure and len(names[0].actor_id) == CODE)  # Singapur –
    if sure or not first:
        return False
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


# --- Matter ---

ACTS, HISTORY, OTHER = "acts", "history", "other"
SHOWN = 5  # words that are named
LETTERS, YEAR = re.compile(r"[^\W\d_]+"), re.compile(r"\b1\d{3}\b|\b20\d{2}\b")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about (`acts`, or another value of the class ``matter``), and by what that is told.

    Attributes
    ----------
    told, sentences
        Sentences that tell an act, and all.
    words
        The words of another matter, the most frequent first; the years of what is history.
    """

    kind: str
    told: int
    sentences: int
    words: tuple[str, ...] = ()


def find_matter(reference: Reference, text: str, words: Lexicon, published: str, told: int, sentences: int) -> Matter:
    """Return what a text is about.

    Parameters
    ----------
    reference
        The tables.
    text, words, published
        The article, the words of its language, and the day of publication.
    told, sentences
        In how many of its sentences the rules read an act, candidates too; and how many it has.
    """
    own = QUOTATION.sub(" ", text)  # what others say is no view of the author's
    met: dict[str, Counter[str]] = {}
    find = _find_matters(reference, words.language.code)
    for word in LETTERS.findall(own):
        for kind in find(word):
            met.setdefault(kind, Counter())[word if words.language.capital_nouns else word.lower()] += 1
    years = [year for year in YEAR.findall(own) if int(year) <= int(published[:4]) - OLD]
    met[HISTORY] = Counter(years)
    counts = {kind: found.total() for kind, found in met.items()}
    acts = counts.pop(ACTS, 0)
    kind = max(counts, key=lambda name: (counts[name], name))
    other = counts[kind] >= FEW
    if told >= SHARE * sentences and not (other and acts < LEAST * counts[kind]):
        return Matter(ACTS, told, sentences)
    if not other:
        return Matter(OTHER, told, sentences)
    return Matter(kind, told, sentences, tuple(word for word, _ in met[kind].most_common(SHOWN)))


@derived
def _find_matters(reference: Reference, language: str) -> Callable[[str], tuple[str, ...]]:
    """Return what tells of a word the matters that it belongs to."""
    sets = read_sets(reference, "matter", language)
    forms = {kind: _make_form(split_cell(words)) for kind, words in sets.items()}

    def find(word: str) -> tuple[str, ...]:
        return tuple(kind for kind, form in forms.items() if form.fullmatch(word))

    return ByWord(find, WORDS_KEPT).__getitem__


def _make_form(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words), re.IGNORECASE)
