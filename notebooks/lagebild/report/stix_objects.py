"""The objects of STIX 2.1: what all have in common, how they are named and dated, and texts that nothing runs in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.core.edtf import shift_day
from lagebild.core.labels import Labels
from lagebild.core.reference import Reference
from lagebild.core.schema import HAPPENED
from lagebild.core.tables import records
from lagebild.report.identifiers import escape_address, make_uuid

BEGINNING = "2000-01-01"  # the day of what has none of its own, such as a state
MAKER = f"identity--{make_uuid('identity', '', 'Lagebild')}"
# TLP:WHITE, the one marking for what all may read that STIX 2.1 fixes; TLP 2.0 and OpenCTI call the same TLP:CLEAR.
CLEAR = {
    "type": "marking-definition",
    "spec_version": "2.1",
    "id": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "created": "2017-01-20T00:00:00.000Z",
    "name": "TLP:WHITE",
    "definition_type": "tlp",
    "definition": {"tlp": "white"},
}
Row = Mapping[str, Any]
Object = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Platforms show descriptions as Markdown: no text of a source becomes a tag, an image or a link there.
_MARKDOWN = re.compile(r"[\\<]|(?<=\])[(:]")


@dataclass(frozen=True, eq=False)
class Told:
    """What the objects of an edition are made from: its tables as rows by their ids, and the words.

    `mentions` are those of each event and condition, each once.
    """

    case: str
    as_of: str
    labels: Labels
    pages: Mapping[str, Row]
    actors: Mapping[str, Row]
    events: Mapping[str, Row]
    conditions: Mapping[str, Row]
    mentions: Mapping[str, Sequence[Row]]

    def refer(self, name: str) -> str:
        """Return the id of the object that a page, an event or a condition is."""
        if name in self.pages:
            kind = "report"
        else:
            kind = "incident" if name in self.events and self.events[name]["status"] in HAPPENED else "note"
        return f"{kind}--{make_uuid(kind, self.case, name)}"

    def make(self, ref: str, day: str = BEGINNING, **fields: Any) -> Object:
        """Return an object with what all have in common and those of its fields that hold something.

        It was created on `day`, on which a page first told it, and this version on the as-of date.
        """
        common = {"type": ref.split("--")[0], "spec_version": "2.1", "id": ref, "created_by_ref": MAKER}
        dated = {"created": write_time(min(day, self.as_of)), "modified": write_time(self.as_of)}
        held = {name: value for name, value in fields.items() if value}
        return common | dated | held | {"object_marking_refs": [CLEAR["id"]]}

    def relate(self, one: str, other: str, kind: str, day: str = BEGINNING, **fields: Any) -> Object:
        """Return a relationship between two objects; all that are no `located-at` are `related-to`."""
        ref = f"relationship--{make_uuid('relationship', kind, one, other)}"
        name = kind if kind == "located-at" else "related-to"
        return self.make(ref, day, relationship_type=name, source_ref=one, target_ref=other, **fields)

    def is_drafted(self, *names: str) -> bool:
        """Return whether there are mentions of these events and conditions, and nobody has reviewed any."""
        return {one["reviewed"] for name in names for one in self.mentions[name]} == {"no"}

    def cite(self, name: str) -> list[dict[str, str]]:
        """Return the pages that tell an event or a condition, as references."""
        return [cite_page(self.pages[page]) for page in sorted({one["source_id"] for one in self.mentions[name]})]


def read_told(case: str, as_of: str, tables: Mapping[str, pd.DataFrame], reference: Reference, labels: Labels) -> Told:
    """Return what an edition tells, of a mention in two languages the one in the language of the words.

    Its actors are those who act, and those for whom they act in a relation or an office.
    """
    mentions: dict[str, list[Row]] = {}
    ranked = tables["mentions"].assign(other=tables["mentions"]["language"] != labels.language)
    for row in records(ranked.sort_values(["mention_id", "other"]).drop_duplicates("mention_id")):
        mentions.setdefault(row["event_id"] or row["condition_id"], []).append(row)
    keys = {"sources": "source_id", "actors": "actor_id", "events": "event_id", "conditions": "condition_id"}
    rows = {name: {row[key]: row for row in records(tables[name])} for name, key in keys.items()}
    stood_for = {
        *tables["actors"]["acts_for"],
        *tables["relations"]["source_actor"],
        *tables["relations"]["target_actor"],
    }
    known = {row["actor_id"]: row | {"acts_for": "", "office_en": ""} for row in reference.rows("actors")}
    actors = {name: known[name] for name in sorted(stood_for & set(known))} | rows["actors"]
    return Told(case, as_of, labels, rows["sources"], actors, rows["events"], rows["conditions"], mentions)


def refer_actor(actor_id: str, kind: str = "identity") -> str:
    """Return the id of the object that an actor is in all cases, or of the location of a state."""
    return f"{kind}--{make_uuid(kind, actor_id)}"


def cite_page(page: Row) -> dict[str, str]:
    """Return a page as an external reference."""
    found = {"source_name": page["publisher"], "description": show(page["title"]), "external_id": page["source_id"]}
    return found | ({"url": escape_address(page["url"])} if page["url"] else {})


def label(space: str, name: str, value: str) -> str:
    """Return a machine tag, as MISP has them."""
    return f'{space}:{name}="{value}"'


def show(text: str) -> str:
    """Return a text on one line, in which Markdown finds no tag, no image and no link."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def span_day(date: str) -> dict[str, str]:
    """Return the start and stop of a date that is a whole day, or whole days; nothing for one that is less exact."""
    first, last = date.split("/")[0], date.split("/")[-1]
    if not (_DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return {}
    return {"start_time": write_time(first), "stop_time": write_time(shift_day(last, 1))}


def write_time(day: str) -> str:
    """Return the beginning of a day as a timestamp of STIX."""
    return f"{day}T00:00:00.000Z"
