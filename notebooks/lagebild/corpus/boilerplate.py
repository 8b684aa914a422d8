"""What stands in a page of news and is no part of its report, told by words of the tables `sets` of a language.

A caption, a credit, a teaser of another story, a request for consent, a list of topics, a note on the article: a line
that is nothing else is cut from what a page of the web holds.

Some lines name the agency whose report an article is: its dateline, its author, its byline or its last line does.
An article that quotes an agency, or takes only part of its matter from one, is the outlet's own report.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lagebild.core import Reference, derived
from lagebild.corpus.page import Page
from lagebild.corpus.publication import find_months, make_alternation, read_imprint

LOGGER = logging.getLogger(__name__)

# --- The Agency Whose Report an Article Is ---

HEAD = 300  # characters of a text in which its dateline begins
LINES = 6  # of a text among which its byline is
FOOT = 3  # lines at its end in which it is signed
LONGEST = 100  # characters of such a line
SIGNS = r"(?:[/,;] ?[\w.-]{1,20}| [a-z]{2,4} [\w.-]{1,20}){0,3}"  # of a desk or of a second agency: dpa/lby
DESK = re.compile(r"[a-z]{0,4}")
PLACE = r"[^\W\d_a-zß-ÿ][^\n()\[\]:.–—|]{0,60}"  # begins with a capital
OPENING = r"(?=[\"„“»'‘]?[^\W\d_a-zß-ÿ])"  # what follows begins like a sentence


@dataclass(frozen=True)
class _AgencyPatterns:
    """The full `names` of agencies by each form, of those that sell reports (`sellers`), and how articles name them."""

    names: dict[str, str]
    sellers: frozenset[str]
    bracketed: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    aside: re.Pattern[str]
    joining: re.Pattern[str]


@derived
def _make_agency_patterns(reference: Reference) -> _AgencyPatterns:
    rows = [row for row in reference.rows("agencies") if row["kind"] != "own"]
    sellers = [row for row in rows if row["kind"] == "agency"]
    known, seller = (make_alternation(row["agency"] for row in some) for some in (rows, sellers))
    byline, source, desk = (
        "|".join(read_imprint(reference, language, kind) for language in reference.languages)
        for kind in ("byline", "source", "desk")
    )
    joining, article = _list_words(reference, "joining", ""), _list_words(reference, "prefix", "skip")
    month = make_alternation({word for language in reference.languages for word in find_months(reference, language)})
    return _AgencyPatterns(
        _list_names(rows, article),
        frozenset(row["name"] for row in sellers),
        re.compile(rf"[(\[](?i:({known})){SIGNS}[)\]]\s*[–—.:-]"),
        re.compile(
            rf"{PLACE}[.,] /(?P<slashed>{seller})/\.? {OPENING}|"
            rf"(?:{PLACE},? )?(?P<plain>{seller})(?:/(?:{seller}))* (?:[–—|]|--?) {OPENING}"
        ),
        re.compile(rf"[.!?…][\"'»«”“’]* (?:[(\[](?i:({seller})){SIGNS}[)\]]\.?|({seller})(?:/(?:{seller}))*)$"),
        re.compile(rf"(?i)(?:{byline})(?!\w):? *"),
        re.compile(rf"(?i)(?:(?:{source})(?!\w):?|©|\(c\)) *"),
        re.compile(rf"(?i)(?<![\w-])(?:{article}|{desk}|{month}|\S*\d\S*)(?![\w-])"),
        re.compile(rf"(?i)&|(?<!\w)(?:{joining})(?!\w)"),
    )


def _list_words(reference: Reference, kind: str, value: str) -> str:
    """Return a pattern of words of a kind that dates are made with, in all languages."""
    words = set[str]()
    for language in reference.languages:
        for row in reference.rows("calendar", language):
            if (row["kind"], row["value"]) == (kind, value):
                words.update(row["words"].split("|"))
    return make_alternation(words)


def _list_names(rows: Sequence[Mapping[str, str]], article: str) -> dict[str, str]:
    """Return the names of agencies by all their forms, the surest last: it prevails."""
    names = {re.sub(rf"^(?:{article}) ", "", row["name"].casefold()): row["name"] for row in rows}
    names |= {row["name"].casefold(): row["name"] for row in rows}
    names |= {form: row["name"] for row in rows for form in (row["agency"].upper(), row["agency"].lower())}
    return names | {row["agency"]: row["name"] for row in rows}


def find_agency(
    reference: Reference, text: str, author: str = "", publisher: str = "", beside: Iterable[str] = ()
) -> str:
    """Return the name of the agency whose report an article is; the empty string if it is the outlet's own.

    The lines `beside` the text may say so, too, and who wrote and published it as the page says.
    """
    forms = _make_agency_patterns(reference)
    own = _read_agency(forms, publisher, by=False)
    named = [*_list_agencies(forms, text, author), *(_read_credit(forms, row) for row in beside)]
    agency = next(filter(None, named), "")
    if agency and agency != own:
        return agency
    return own if own in forms.sellers else ""  # an outlet's own report is no agency's


def is_signature(reference: Reference, row: str) -> bool:
    """Whether a line is nothing but the signature, the byline or the rights of an agency."""
    return bool(_read_credit(_make_agency_patterns(reference), row))


def _list_agencies(forms: _AgencyPatterns, text: str, author: str) -> Iterator[str]:
    """Yield the agencies that an article names as its own, the surest first."""
    rows = text.split("\n")
    if match := forms.bracketed.search(text, 0, HEAD):
        yield _look_up(forms, match[1]) or _look_up(forms, match[1].lower())
    for row in rows[:LINES]:
        if match := forms.begins.match(row):
            yield forms.names[match["slashed"] or match["plain"]]
    lines = [_read_agency(forms, author, by=True), *(_read_credit(forms, row) for row in rows[:LINES])]
    for row in reversed(rows[-FOOT:]):
        if match := forms.ends.search(row[-LONGEST:]):
            lines.append(_look_up(forms, match[2] or match[1]) or _look_up(forms, match[1].lower()))
        lines.append(_read_credit(forms, row))
    yield from filter(None, lines)


def _read_credit(forms: _AgencyPatterns, row: str) -> str:
    """Return the agency that a byline, a signature or a note of source or rights names alone or behind a person."""
    if len(row) > LONGEST:
        return ""
    byline, credit = forms.byline.match(row), forms.credit.match(row)
    if byline:
        return _read_agency(forms, row, by=True)
    rest = row[credit.end() :].partition(". ")[0] if credit else row
    return _read_agency(forms, rest.strip("()[]. "), by=False)


def _read_agency(forms: _AgencyPatterns, line: str, *, by: bool) -> str:
    """Return the agency that a line names, if it names nothing else; `by` a person of the agency it may be, too."""
    label = forms.byline.match(line)
    rest = line[label.end() :] if label else line
    parts = [part.strip(" .–—-") for part in re.split(r"[,/;|]", forms.joining.sub("|", rest))]
    agencies = [_look_up(forms, part) for part in parts]
    persons = [
        part
        for part, agency in zip(parts, agencies, strict=True)
        if not agency and not DESK.fullmatch(_strip_asides(forms, part))
    ]
    if not persons:
        return next(filter(None, agencies), "")
    if not by or forms.joining.search(rest):  # Jane Doe and Reuters
        return ""
    tail = persons[-1].casefold()
    return agencies[-1] or next(
        (name for form, name in forms.names.items() if " " in form and tail.endswith(f" {form}")), ""
    )


def _look_up(forms: _AgencyPatterns, part: str) -> str:
    for form in (part, _strip_asides(forms, part)):
        if name := forms.names.get(form.casefold() if " " in form else form):
            return name
    return ""


def _strip_asides(forms: _AgencyPatterns, part: str) -> str:
    """Return a part of a line without articles, days, and words such as staff."""
    return " ".join(forms.aside.sub(" ", part).split()).strip(" .–—-")


# --- Lines That Are No Part of a Report ---

CLASSES = ("byline", "caption", "consent", "credit", "note", "tags", "teaser")
PLACES = ("start", "later", "end", "line", "any")
SHORT = 300  # characters of a line that may be a caption, or be cut as a whole
EDGE = 4  # lines at the beginning and at the end among which signatures are looked for
PARTS = re.compile(r"[.!?(\[|] *(?=\S)")  # what a credit stands behind
MARKS = re.compile(r"[\s+•·▪●*→»>|–—-]*")  # before an item of a list or a ticker
CLOSED = re.compile(r"[.!?…:;,][\"'»«”“’)\]]*$")
LinePatterns = dict[str, list[tuple[str, re.Pattern[str]]]]  # the kinds by the place where their words stand


@derived
def make_line_patterns(reference: Reference, language: str) -> LinePatterns:
    """Return by which words a language tells each kind, by the place where they stand, in capitals as they are written.

    They open a sentence (`start`) or a headline below the first line (`later`), end a short line as a sentence of its
    own or in brackets (`end`), or stand anywhere in a short line (`line`) or in a sentence (`any`).
    """
    patterns: LinePatterns = {place: [] for place in PLACES}
    for row in reference.rows("sets", language):
        if row["class"] in CLASSES and row["value"] in PLACES:
            patterns[row["value"]].append((row["class"], _make_pattern(row["words"].split("|"))))
    return patterns


def _make_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of some words, which end where they end in the text."""
    ends = "|".join(re.escape(word) + r"(?!\w)" * word[-1].isalnum() for word in words)
    return re.compile(rf"(?<!\w)(?:{ends})")


def match_opening(forms: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str:
    """Return the kind of a text by the words that open it, behind the mark of an item."""
    begin = MARKS.match(text)
    return next((kind for kind, form in forms if form.match(text, begin.end() if begin else 0)), "")


def classify_line(line: str, forms: LinePatterns) -> str:
    """Return the kind of a short line by what it holds or how it ends; nothing if it is long."""
    if len(line) > SHORT:
        return ""
    held = next((kind for kind, form in forms["line"] if form.search(line)), "")
    last = PARTS.split(line.rstrip(".)] "))[1:][-1:]
    return held or (match_opening(forms["end"], last[0]) if last else "")


# Marks of endnotes, such as [12] or [iv], behind a word or a sentence or before one; a number that somebody put into
# words of others stands alone between two of them: we lost [12] men.
NOTES = r"(?:\[(?:\d{1,3}|[ivx]{1,6})\])+"
QUOTES = "[\"'»«”“’‘]"
MARKED = re.compile(
    rf"(?m)^{NOTES}(?![a-zß-ÿ]) *|(?:(?<=[\w.!?…,;:)%])|(?<=[\w.!?…,;:)%]{QUOTES})){NOTES}|"
    rf"(?:(?<=[.!?…])|(?<=[.!?…]{QUOTES})) {NOTES}(?= |$)| {NOTES}(?=[.,;:!?)]|$)"
)


def strip_boilerplate(reference: Reference, page: Page, language: str) -> Page:
    """Return a page without marks of endnotes, and one of the web without the lines that are no part of its report.

    If nothing would be left, all stays.
    """
    page = replace(page, text=MARKED.sub("", page.text))
    if not page.has_boilerplate:
        return page
    rows, forms, kept = page.text.split("\n"), make_line_patterns(reference, language), list[str]()
    for number, row in enumerate(rows):
        is_edge = number < EDGE or number >= len(rows) - EDGE
        if _is_boilerplate(row, forms, is_edge=is_edge) or (is_edge and is_signature(reference, row)):
            LOGGER.debug("no part of the report: %s", row)
        else:
            kept.append(row)
    return replace(page, text="\n".join(kept or rows))


def _is_boilerplate(row: str, forms: LinePatterns, *, is_edge: bool) -> bool:
    """Whether a line is short and no part of a report; what may stand in one is none at the edges of a text only."""
    if len(row) > SHORT:
        return False
    if not re.search(r"\w", row) or match_opening(forms["start"], row):
        return True
    asked = sum(len(form.findall(row)) for _, form in forms["any"])
    kind = classify_line(row, forms)
    if kind == "credit" or asked > (not is_edge):
        return True
    return not CLOSED.search(row) and bool(kind or match_opening(forms["later"], row))
