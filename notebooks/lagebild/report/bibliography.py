"""What a report cites, as CSL-JSON for Zotero, pandoc and Word; how it is cited: as text and in CSL-JSON.

CSL-JSON is that of csl-data.json of the Citation Style Language, version 1.0.2, in which dates are parts, not EDTF
(https://github.com/citation-style-language/schema). It dates a page as exactly as we know its day: an interval in which
the day lies is *circa*. A grade is no part of a reference; it stands in the note, which styles do not print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild.core import Labels, edtf as dates, records
from lagebild.report.datapackage import escape_address

# --- The Report as a Reference ---

HASH = 12  # characters of the hash of the data that a report names


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
        "CSL-JSON": write_csl(facts, kind, edition, note, day),
    }


def write_csl(facts: Mapping[str, str], kind: str, edition: str, note: str, day: str) -> str:
    """Return a list of one item in the JSON of the Citation Style Language (version 1.0.2)."""
    item = {
        "id": "-".join(filter(None, ("lagebild", facts["case"], facts["as_of"], facts["language"]))),
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
    return json.dumps([_drop_empty(item)], ensure_ascii=False, indent=1)


def _drop_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


# --- The Pages of an Edition as References ---

# What a kind of page is in CSL.
KINDS = {"article": "article-newspaper", "official": "webpage", "analysis": "webpage", "note": "document"}
SEASONS = {"21": 1, "22": 2, "23": 3, "24": 4}  # of EDTF, as CSL counts them


def write_csl_json(sources: pd.DataFrame, labels: Labels) -> str:
    """Return the pages of the table `sources` as a list of CSL-JSON, in the order of their ids."""
    items = [_make_item(page, labels) for page in records(sources.sort_values("source_id"))]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def split_authors(author: str) -> list[dict[str, str]]:
    """Return the names in a cell as CSL has them: family and given name only where a comma parts the two.

    Which of two words is the family name, and whether they are a person at all, cannot be told from them. Names end at
    a semicolon, or at a comma if every name has a blank in it.
    """
    if ";" not in author and all(" " in name.strip() for name in author.split(",")):
        return [{"literal": name.strip()} for name in author.split(",")]
    authors = []
    for name in filter(None, re.split(r"\s*;\s*", author.strip())):
        family, _, given = (part.strip() for part in name.partition(","))
        if family and given and "," not in given:
            authors.append({"family": family, "given": given})
        else:
            authors.append({"literal": name})
    return authors


def date_csl(edtf: str) -> dict[str, Any]:
    """Return a date as the parts of CSL, never more exact; empty if there is none, `raw` where CSL has no parts for it.

    An interval is that in which the one day lies: *circa*, as what is approximate or uncertain.
    """
    if not edtf:
        return {}
    span = dates.parse(edtf)
    ends = [span.start] if span.start == span.end else [span.start, span.end]
    plain = [end.rstrip("~?%") for end in ends]
    circa = {"circa": True} if len(ends) > 1 or plain != ends else {}
    if len(ends) == 1 and plain[0][5:] in SEASONS and len(plain[0]) == 7:
        return {"date-parts": [[int(plain[0][:4])]], "season": SEASONS[plain[0][5:]]} | circa
    parts = []
    for end in plain:
        if not re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", end):
            return {"raw": edtf}
        parts.append([int(part) for part in end.split("-")])
    return {"date-parts": parts} | circa


def _make_item(page: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    return _drop_empty(
        {
            "id": page["source_id"],
            "type": KINDS[page["kind"]],
            "title": page["title"],
            "author": split_authors(page["author"]),
            "container-title": labels.outlet(page["publisher"]),
            "issued": date_csl(page["published"]),
            "accessed": date_csl(page["retrieved"]),
            "URL": escape_address(page["url"]),
            "language": page["language"],
            "note": _describe(page, labels),
        }
    )


def _describe(page: Mapping[str, Any], labels: Labels) -> str:
    """Return what a reference cannot say of a page: its grade with the reason, and what of it we only reckon."""
    reason = page[f"reliability_reason_{labels.language}"]
    notes = [labels("exchange.reliability", grade=page["reliability"], reason=reason)]
    if page["reporter"] != page["publisher"]:
        notes.append(labels("sources.reporter", name=labels.outlet(page["reporter"])))
    if page["title_basis"] != "stated":
        notes.append(labels(f"sources.title.{page['title_basis']}"))
    if page["published_basis"] == "estimated":
        estimated = labels("exchange.estimated", day=labels.date(page["published"]))
        notes.append(": ".join(filter(None, (estimated, page["published_reason"]))))
    return "; ".join(notes)
