"""How to cite a report: as a line of text, for BibTeX, and as CSL-JSON for Zotero and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lagebild.core.labels import Labels
from lagebild.report.bibtex import escape, keep, write_entry

HASH = 12  # characters of the hash of the data that a report names
TONGUES = {"de": "ngerman", "en": "british"}  # what BibTeX's babel calls the languages


def cite_report(facts: Mapping[str, str], labels: Labels) -> dict[str, str]:
    """Return the citations of a report by the name of their form; `facts` are those of its notebook.

    An edition is dated by the day on which its judgements were written; without any, by the day that it stands for.
    What is no situation report says so in a fact `kind`.
    """
    day = facts["written"] or facts["as_of"]
    kind = facts.get("kind") or labels("title.kind")
    edition = labels("title.edition", n=facts["edition"]) if facts["edition"] else ""
    standing = labels("title.as_of", day=labels.day(facts["as_of"]))
    note = ", ".join(filter(None, (standing, edition, labels("title.hash", hash=facts["data"][:HASH]))))
    who = f"{facts['by']} ({day[:4]}): " if facts["by"] else ""
    year = "" if facts["by"] else f" {day[:4]}."
    return {
        labels("cite.plain"): f"{who}{facts['title']}. {kind}, {note}.{year}",
        "BibTeX": write_bibtex(facts, kind, note, day),
        "CSL-JSON": write_csl(facts, kind, edition, note, day),
    }


def write_bibtex(facts: Mapping[str, str], kind: str, note: str, day: str) -> str:
    """Return an entry for BibTeX: what its fields hold is escaped, names of organisations stay whole."""
    fields = {
        "author": keep(facts["by"]),
        "title": keep(facts["title"]),
        "year": day[:4],
        "month": str(int(day[5:7])),
        "howpublished": escape(kind),
        "note": escape(note),
        "language": TONGUES[facts["language"]],
    }
    return write_entry("misc", _key(facts), fields)


def write_csl(facts: Mapping[str, str], kind: str, edition: str, note: str, day: str) -> str:
    """Return a list of one item in the JSON of the Citation Style Language (version 1.0.2)."""
    item: dict[str, Any] = {
        "id": _key(facts),
        "type": "report",
        "title": facts["title"],
        "author": [{"literal": facts["by"]}] if facts["by"] else [],
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]},
        "genre": kind,
        "edition": edition,
        "version": facts["data"][:HASH],
        "note": note,
        "abstract": facts["question"],
        "language": facts["language"],
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _key(facts: Mapping[str, str]) -> str:
    return "-".join(filter(None, ("lagebild", facts["case"], facts["as_of"], facts["language"])))
