"""The reference tables of the project, read once for all tests of a process."""

from __future__ import annotations

from lagebild.core import paths
from lagebild.core.case import read_case_file
from lagebild.core.reference import Reference

REFERENCE = Reference(paths.REFERENCE)
# The editions of the real case.
EDITIONS = read_case_file(paths.locate("russia-iran", "2025-06-16")).editions
# The sections of a report, in the order in which its reader meets them: what it says, and the annex.
MAIN = (
    "brief",
    "judgements",
    "explanations",
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
