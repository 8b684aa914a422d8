"""The agency whose report an article is: its dateline, its author, its byline or its last line names one.

An article that quotes an agency, or takes only part of its matter from one, is the outlet's own report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lagebild.core.reference import Reference, derived
from lagebild.corpus.daylines import read_imprint
from lagebild.corpus.writtendays import any_of, find_months

HEAD = 300  # characters of a text in which its dateline begins
LINES = 6  # of a text among which its byline is
FOOT = 3  # lines at its end in which it is signed
LONGEST = 100  # characters of such a line
SIGNS = r"(?:[/,;] ?[\w.-]{1,20}| [a-z]{2,4} [\w.-]{1,20}){0,3}"  # of a desk or of a second agency: dpa/lby
DESK = re.compile(r"[a-z]{0,4}")
PLACE = r"[^\W\d_a-zß-ÿ][^\n()\[\]:.–—|]{0,60}"  # begins with a capital
OPENING = r"(?=[\"„“»'‘]?[^\W\d_a-zß-ÿ])"  # what follows begins like a sentence


@dataclass(frozen=True)
class _Forms:
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
def _find_forms(reference: Reference) -> _Forms:
    rows = [row for row in reference.rows("agencies") if row["kind"] != "own"]
    sellers = [row for row in rows if row["kind"] == "agency"]
    known, seller = (any_of(row["agency"] for row in some) for some in (rows, sellers))
    byline, source, desk = (
        "|".join(read_imprint(reference, one, kind) for one in reference.languages)
        for kind in ("byline", "source", "desk")
    )
    joining, article = _list_words(reference, "joining", ""), _list_words(reference, "prefix", "skip")
    month = any_of({word for one in reference.languages for word in find_months(reference, one)})
    return _Forms(
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
    rows = (row for one in reference.languages for row in reference.rows("calendar", one))
    alike = (row for row in rows if (row["kind"], row["value"]) == (kind, value))
    return any_of({word for row in alike for word in row["words"].split("|")})


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

    Parameters
    ----------
    reference
        What the method knows: agencies, and words of bylines.
    text
        Text of the article, one paragraph a line.
    author, publisher
        Who wrote and who published it, as the page says.
    beside
        Lines around the text that may say so, too.
    """
    forms = _find_forms(reference)
    own = _name(forms, publisher, by=False)
    found = next(filter(None, [*_name_all(forms, text, author), *(_read_line(forms, row) for row in beside)]), "")
    if found and found != own:
        return found
    return own if own in forms.sellers else ""  # an outlet's own report is no agency's


def is_signature(reference: Reference, row: str) -> bool:
    """Whether a line is nothing but the signature, the byline or the rights of an agency."""
    return bool(_read_line(_find_forms(reference), row))


def _name_all(forms: _Forms, text: str, author: str) -> Iterator[str]:
    """Yield the agencies that an article names as its own, the surest first."""
    rows = text.split("\n")
    if found := forms.bracketed.search(text, 0, HEAD):
        yield _look_up(forms, found[1]) or _look_up(forms, found[1].lower())
    for row in rows[:LINES]:
        if found := forms.begins.match(row):
            yield forms.names[found["slashed"] or found["plain"]]
    lines = [_name(forms, author, by=True), *(_read_line(forms, row) for row in rows[:LINES])]
    for row in reversed(rows[-FOOT:]):
        if found := forms.ends.search(row[-LONGEST:]):
            lines.append(_look_up(forms, found[2] or found[1]) or _look_up(forms, found[1].lower()))
        lines.append(_read_line(forms, row))
    yield from filter(None, lines)


def _read_line(forms: _Forms, row: str) -> str:
    """Return the agency that a byline, a signature or a note of source or rights names alone or behind a person."""
    if len(row) > LONGEST:
        return ""
    byline, credit = forms.byline.match(row), forms.credit.match(row)
    if byline:
        return _name(forms, row, by=True)
    rest = row[credit.end() :].partition(". ")[0] if credit else row
    return _name(forms, rest.strip("()[]. "), by=False)


def _name(forms: _Forms, line: str, *, by: bool) -> str:
    """Return the agency that a line names, if it names nothing else; `by` a person of the agency it may be, too."""
    label = forms.byline.match(line)
    rest = line[label.end() :] if label else line
    parts = [part.strip(" .–—-") for part in re.split(r"[,/;|]", forms.joining.sub("|", rest))]
    found = [_look_up(forms, part) for part in parts]
    others = [
        part for part, name in zip(parts, found, strict=True) if not name and not DESK.fullmatch(_plain(forms, part))
    ]
    if not others:
        return next(filter(None, found), "")
    if not by or forms.joining.search(rest):  # Jane Doe and Reuters
        return ""
    tail = others[-1].casefold()
    return found[-1] or next(
        (name for form, name in forms.names.items() if " " in form and tail.endswith(f" {form}")), ""
    )


def _look_up(forms: _Forms, part: str) -> str:
    for form in (part, _plain(forms, part)):
        if name := forms.names.get(form.casefold() if " " in form else form):
            return name
    return ""


def _plain(forms: _Forms, part: str) -> str:
    """Return a part of a line without articles, days, and words such as staff."""
    return " ".join(forms.aside.sub(" ", part).split()).strip(" .–—-")
