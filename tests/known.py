"""The reference tables of the project, read once for all tests of a process."""

from __future__ import annotations

from lagebild.coder import Draft, draft_text, take_offers
from lagebild.core import folders
from lagebild.core.case import read_case_file
from lagebild.core.reference import Reference

REFERENCE = Reference(folders.REFERENCE)
# The editions of the real case.
EDITIONS = read_case_file(folders.locate("russia-iran", "2025-06-16")).editions
# The sections of a report, in the order in which its reader meets them: what it says, and the annex.
MAIN = (
    "brief",
    "judgements",
    "explanations",
    "interests",
    "options",
    "outlook",
    "timeline",
    "contested",
    "relations",
    "basis",
)
ANNEXED = (
    "opening",
    "chronicle",
    "ties",
    "disputes",
    "ratings",
    "stakes",
    "forecasts",
    "robustness",
    "balance",
    "changes",
    "actors",
    "method",
    "quality",
    "sources",
    "annex",
)
SECTIONS = MAIN + ANNEXED


def read_acts(language: str, text: str, day: str) -> list[Draft]:
    """Return the acts that the rules read in a text with whoever stands in a slot, whether they count or not."""
    drafted = draft_text(REFERENCE, text, language, day)
    drafts = sorted((*drafted.events, *drafted.candidates), key=lambda one: (one.start, one.end, one.rule))
    return [take_offers(one) for one in drafts]
