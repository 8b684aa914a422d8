"""When an article was published: the day that its file marks, or else the best witness among what stands in and on it.

A wrong day is worse than none. So days that contradict each other date nothing unless another witness settles which of
them it is, and nothing was published after the day of its last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lagebild.core.edtf import day
from lagebild.core.reference import Reference
from lagebild.corpus.daylines import DayLine, find_daylines, find_head
from lagebild.corpus.headday import date_headday, find_headday
from lagebild.corpus.page import Page, find_day
from lagebild.corpus.writtendays import find_named

NEAR = timedelta(days=180)  # from a dateline without a year to the day that the user gives
CLOSE = timedelta(days=31)  # to a day in the text or of the file, which may have been saved much later
NAMED_YEAR = re.compile(r"(?<![\d.+])(?<!\d[ _-])(?:19|20)\d\d(?![\d.]|[ _-]\d)")
GIVEN = "given with --published by the user; the file names no day"


@dataclass(frozen=True)
class Witness:
    """Where a day stands, and the days that it can be: none, the one, or several that contradict each other."""

    place: str
    days: tuple[str, ...]


def find_publication(
    reference: Reference, page: Page, language: str, file: str, given: str, today: str
) -> tuple[str, str, str]:
    """Return when an article was published, and how that is known.

    Parameters
    ----------
    reference
        What the method knows: by its words days are read.
    page
        The article; the day that it marks as that of its publication goes before all else.
    language
        Language of its text.
    file
        Name of its file; that of a file of many articles dates none of them.
    given
        Day that the user gives for files that name none, ISO 8601, or the empty string.
    today
        The day of reading; nothing was published later.

    Returns
    -------
    tuple[str, str, str]
        The day, ISO 8601 (empty if nothing dates it), its basis (``stated`` or ``estimated``), and the reason; of an
        undated article the day that merely stands in its page.

    Raises
    ------
    InputError
        If the day that is given, and needed, is none.
    """
    if page.published:
        return page.published, "stated", page.reason + f"; last changed on {page.changed}" * is_changed_later(page)
    rows = page.text.split("\n")
    name = "" if page.place else Path(file).stem
    witnesses = _hear(reference, page, rows, language, name, today)
    found, reason = _read_dateline(reference, rows, language, witnesses, name, given, today)
    if not found:
        found, reason = _settle(witnesses)
    if found:
        return found, "estimated", reason
    if given:
        return day(given, "--published"), "estimated", GIVEN
    return "", "estimated", f"{page.hint} stands in it" if page.hint else ""


def is_changed_later(page: Page) -> bool:
    """Whether a page was changed so long after its publication that it may tell what nobody knew on that day."""
    late = date.fromisoformat(page.published) + CLOSE if page.published and page.changed else date.max
    return bool(page.changed) and page.changed > late.isoformat()


def _hear(reference: Reference, page: Page, rows: list[str], language: str, name: str, today: str) -> list[Witness]:
    """Return the witnesses below the dateline, the best first; those that say nothing are left out."""
    top, bottom = find_daylines(reference, language, rows, today)
    changed = _join(one for one in top if one.updated)
    latest = changed[0] if len(changed) == 1 else today
    known = [
        Witness("first lines of the text", _join(one for one in top if one.said and not one.updated)),
        Witness("first lines of the text", _join(one for one in top if not one.updated)),
        Witness("last lines of the text", _join(one for one in bottom if not one.updated)),
        Witness("name of the file", find_named(reference, language, name, latest)),
        Witness("first lines of the text, of its last change", changed),
        Witness("metadata of the file", (found,) if (found := find_day(page.created, latest)) else ()),
    ]
    past = [Witness(one.place, tuple(each for each in one.days if each <= latest)) for one in known]
    return [one for one in past if one.days]


def _join(lines: Iterable[DayLine]) -> tuple[str, ...]:
    """Return the days that all lines can mean, or, if they contradict each other, those that any of them can."""
    read = [set(one.days) for one in lines]
    if not read:
        return ()
    return tuple(sorted(read[0].intersection(*read) or read[0].union(*read)))


def _settle(witnesses: list[Witness]) -> tuple[str, str]:
    """Return the day of the best witness; if that is of several minds, the one that another witness names, too."""
    if not witnesses:
        return "", ""
    best, *others = witnesses
    also = {one.days[0] for one in others if len(one.days) == 1}
    days = best.days if len(best.days) == 1 else tuple(one for one in best.days if one in also)
    return (days[0], f"day in the {best.place}") if len(days) == 1 else ("", "")


def _read_dateline(
    reference: Reference,
    rows: list[str],
    language: str,
    witnesses: list[Witness],
    name: str,
    given: str,
    today: str,
) -> tuple[str, str]:
    """Return the day in the dateline; its year, if it names none, is what a day nearby or the name of the file says."""
    head = find_headday(reference, language, find_head(rows))
    reason = "day in the dateline of the text"
    if head is None:
        return "", ""
    if head.year:
        found = date_headday(head, today, NEAR)
        return found, reason if found else ""
    for one in witnesses:
        if len(one.days) == 1 and (found := date_headday(head, one.days[0], CLOSE)):
            return found, f"{reason}, its year in the {one.place}"
    years = set(NAMED_YEAR.findall(name))
    for year in years if len(years) == 1 else ():
        found = date_headday(head, min(f"{year}-12-31", today), NEAR * 3)
        if found.startswith(year):
            return found, f"{reason}, its year in the name of the file"
    found = date_headday(head, day(given, "--published"), NEAR) if given else ""
    return found, f"{reason}, its year given with --published by the user" if found else ""
