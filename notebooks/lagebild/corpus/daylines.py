"""Lines in which an article says when it was published: a day, with a byline, a place, a time or such words around it.

A day within a sentence is one that the report tells of, and that in the line of a picture is the picture's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.core.reference import Reference, derived
from lagebild.corpus.plaintext import ENDED
from lagebild.corpus.writtendays import any_of, find_weekdays, find_written

LONGEST = 120  # characters of such a line
PROSE = 80  # characters: a longer line that ends like a sentence is running text
HEAD = 15  # lines of a text among which its first ones are, as far as its second paragraph of prose
FOOT = 3  # lines at its end
NAMES = r"[^\W\d_a-zß-ÿ][\w.'’&-]*(?: [^\W\d_a-zß-ÿ][\w.'’&-]*){0,3}"  # each begins with a capital
DAY = "\x01"


@dataclass(frozen=True)
class DayLine:
    """A day in such a line.

    Parameters
    ----------
    days
        The days that it can be, ISO 8601.
    updated
        Whether it is that of a change.
    said
        Whether a word or an agency before it says whose day it is.
    bare
        Whether nothing else stands in the line, as in a chronicle.
    """

    days: tuple[str, ...]
    updated: bool
    said: bool
    bare: bool


@derived
def read_imprint(reference: Reference, language: str, kind: str) -> str:
    """Return a pattern for the words of one kind in the table `imprint` of a language."""
    rows = reference.rows("imprint", language)
    return any_of(word for row in rows if row["kind"] == kind for word in row["words"].split("|"))


@derived
def _find_parts(reference: Reference, language: str) -> tuple[re.Pattern[str], ...]:
    """Return what may stand beside a day, what says whose it is, and how names and bylines are written."""
    issued, updated, byline, source, clock, beside, picture = (
        read_imprint(reference, language, kind)
        for kind in ("issued", "updated", "byline", "source", "clock", "beside", "picture")
    )
    calendar = [(row, word) for row in reference.rows("calendar", language) for word in row["words"].split("|")]
    article, before = (
        any_of(word for row, word in calendar if row["kind"] == "prefix" and row["value"] in values)
        for values in (("skip",), ("skip", "at"))
    )
    units = any_of({word for row, word in calendar if row["kind"] in ("unit", "units")})
    agency = any_of({row["agency"] for row in reference.rows("agencies")})
    time = rf"\d{{1,2}}(?:[:.]\d\d){{0,2}} ?(?:{clock})(?!\w)|\d{{1,2}}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?"
    label = rf"(?:{issued}|{updated}|{source})(?!\w)(?: ?:|(?: (?:{before}))+(?!\w))?"
    weekday = any_of(find_weekdays(reference, language))
    beside = rf"{label}|(?<=, )(?:{article})(?!\w)|(?:{beside}|{units}|{weekday})(?!\w)\.?"
    known = (
        rf"(?i:\bT?(?:{time})(?: ?\(?(?-i:[A-Z]{{2,5}})(?!\w)\)?)?|(?<!\w)(?:{beside}))"
        rf"|(?<!\w)(?:{agency}|\d{{1,3}})(?!\w)"
    )
    return (
        re.compile(known),
        re.compile(rf"(?i)(?<!\w)(?:{updated})(?!\w)"),
        re.compile(rf"(?i:(?<!\w)(?:{issued})(?!\w))|(?<!\w)(?:{agency})(?!\w)"),
        re.compile(rf"(?i)(?<!\w)(?:{picture})(?!\w)"),
        re.compile(rf"(?i:{byline}):?(?: [^\s{DAY}]+){{1,8}}(?: ?{DAY})?"),
        re.compile(rf"(?:{NAMES})?|{DAY}"),
    )


def read_dayline(reference: Reference, language: str, row: str, latest: str) -> Iterator[DayLine]:
    """Yield the days in a line up to the `latest`, if it is one that says when an article was published."""
    known, updated, issued, picture, signed, named = _find_parts(reference, language)
    found = list(find_written(reference, language, row, latest)) if len(row) <= LONGEST else []
    if not found or picture.search(row):
        return
    rest, last, lines = "", 0, []
    for one in found:
        before = row[last : one.start]
        changed = bool(updated.search(before))
        bare = (one.start, one.end) == (0, len(row))
        lines.append(DayLine(one.days, changed, changed or bool(issued.search(before)), bare))
        rest, last = f"{rest}{before}{DAY}", one.end
    parts = re.split(r"[,|·•/()\[\]©–—\t;]| -+ |\s-+|-+\s", known.sub("|", rest + row[last:]))
    plain = [part.strip(" .:*_#>") for part in parts]
    if all(named.fullmatch(part) or signed.fullmatch(part) for part in plain):
        yield from lines


def find_head(rows: Sequence[str]) -> list[str]:
    """Return the first lines of a text: headline, teaser, byline, and the text as far as its second paragraph."""
    prose = [n for n, row in enumerate(rows) if len(row) >= PROSE and ENDED.search(row)]
    return list(rows[: min(HEAD, prose[1] if len(prose) > 1 else HEAD)])


def find_daylines(reference: Reference, language: str, rows: Sequence[str], latest: str) -> tuple[list[DayLine], ...]:
    """Return the days in the first lines of a text, and those of its last lines that are said to be of publication."""
    head = find_head(rows)
    lines = [(n, one) for n, row in enumerate(rows) for one in read_dayline(reference, language, row, latest)]
    said = [n for n, one in lines if one.said]
    signs = [n for n in said if n >= max(len(head), len(rows) - FOOT)]
    if len(rows) > FOOT:  # a short text is signed in its last line, though all of it is among the first ones
        signs += [n for n in said if n == len(rows) - 1]
    top = [one for n, one in lines if n < len(head) and n not in signs]
    if any(one.bare for one in top):  # the days of a chronicle contradict each other
        top += [one for n, one in lines if n >= len(head) and one.bare]
    return top, [one for n, one in lines if one.said and n in signs]
