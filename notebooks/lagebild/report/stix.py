"""An edition as a bundle of STIX 2.1, for platforms of threat intelligence such as OpenCTI and MISP.

STIX (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html) knows no politics. Of what OpenCTI 6 and misp-stix
import without extensions, this mapping loses least:

- the edition, and each page, is a `report`: a page with title, day, address and grade, and with all that it tells. MISP
  makes an event of each and takes what reports refer to; it drops incidents, so descriptions tell them in words, too;
- an actor is an `identity`; a state is an *organization*, as the standard says, beside the `location` of its country;
- an event told as a fact or as somebody's claim is an `incident`; one that is denied, thought of or left open is a
  `note` instead: what did not happen, or may not have, looks like no fact. So is a condition, on those it is about;
- a source that denies an event or condition is an `opinion`, *strongly-disagree*;
- who acts, a dyad and an office are a `relationship` of the only type that the standard and OpenCTI allow between all
  things, `related-to`, described in words; a state is `located-at` its country.

`confidence` is the Admiralty grade of the information on the scale of the standard (appendix A). Where nobody graded it
there is none; an event whose occurrence is contested is at most *possibly true*. Labels are machine tags, the grades
those of MISP's taxonomy. Nothing is dated by the clock. The words of a date stand in the description, as vague as it
is; only whole days make the start and stop of a relationship. All words are English.

Of what the standard says SHOULD be, two things are not: ids are UUIDs of version 5, not drawn at random, so that a run
repeats them and a later edition is a later version of the same objects; and references hold no hash of the page, since
we hold none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from babel.core import get_global

from lagebild.core import HAPPENED, Case, Labels, Paths, Reference, ids, read_labels, records, shift_day
from lagebild.report.datapackage import escape_address, make_uuid, name_sides

# --- What All Objects Share ---

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
class StixContext:
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

    def relate(self, source: str, target: str, kind: str, day: str = BEGINNING, **fields: Any) -> Object:
        """Return a relationship between two objects; all that are no `located-at` are `related-to`."""
        ref = f"relationship--{make_uuid('relationship', kind, source, target)}"
        name = kind if kind == "located-at" else "related-to"
        return self.make(ref, day, relationship_type=name, source_ref=source, target_ref=target, **fields)

    def is_drafted(self, *names: str) -> bool:
        """Return whether there are mentions of these events and conditions, and nobody has reviewed any."""
        return {mention["reviewed"] for name in names for mention in self.mentions[name]} == {"no"}

    def cite(self, name: str) -> list[dict[str, str]]:
        """Return the pages that tell an event or a condition, as references."""
        pages = {mention["source_id"] for mention in self.mentions[name]}
        return [cite_page(self.pages[page]) for page in sorted(pages)]


def read_context(paths: Paths, tables: Mapping[str, pd.DataFrame], reference: Reference) -> StixContext:
    """Return what an edition tells, of a mention in two languages the one in English.

    Its actors are those who act, and those for whom they act in a relation or an office.
    """
    labels, mentions = read_labels(reference, "en"), dict[str, list[Row]]()
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
    told = rows["sources"], actors, rows["events"], rows["conditions"]
    return StixContext(paths.case, paths.as_of, labels, *told, mentions)


def refer_actor(actor_id: str, kind: str = "identity") -> str:
    """Return the id of the object that an actor is in all cases, or of the location of a state."""
    return f"{kind}--{make_uuid(kind, actor_id)}"


def cite_page(page: Row) -> dict[str, str]:
    """Return a page as an external reference."""
    reference = {"source_name": page["publisher"], "description": show(page["title"]), "external_id": page["source_id"]}
    return reference | ({"url": escape_address(page["url"])} if page["url"] else {})


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


# --- The Objects of an Edition ---

CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}  # of the Admiralty code; 6, cannot be judged, has none
POSSIBLE = CONFIDENCE["3"]
CLASSES = {"state": "organization", "organisation": "organization", "person": "individual", "group": "group"}
SIDES = ("source_actors", "target_actors")


def write_stix(paths: Paths, case: Case, tables: Mapping[str, pd.DataFrame], reference: Reference) -> str:
    """Return an edition as a bundle of STIX 2.1 in JSON, its objects in the order of their ids."""
    context = read_context(paths, tables, reference)
    conditions = context.conditions.items()
    made = [
        *_make_actors(context),
        *_make_events(context),
        *(_make_claim(context, name, row, label("lagebild", "kind", row["kind"])) for name, row in conditions),
        *_make_denials(context),
        *_make_dyads(context, tables["relations"]),
    ]
    ties: dict[str, list[str]] = {}
    for item in made:
        if item["type"] == "relationship":
            ties.setdefault(item["source_ref"], []).append(item["id"])
    maker = context.make(MAKER, name="Lagebild", identity_class="group", description=context.labels("stix.maker"))
    report = _make_edition(context, case, [item["id"] for item in made])
    objects = [CLEAR, maker, *made, *_make_pages(context, ties), report]
    bundle = {
        "type": "bundle",
        "id": f"bundle--{make_uuid('bundle', context.case, context.as_of)}",
        "objects": sorted(objects, key=lambda item: str(item["id"])),
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


def _make_actors(context: StixContext) -> Iterator[Object]:
    for name, actor in context.actors.items():
        known = {"source_name": "wikidata", "external_id": actor["wikidata"]}
        known["url"] = f"https://www.wikidata.org/wiki/{actor['wikidata']}"
        fields: dict[str, Any] = {"name": actor["name_en"], "external_references": [known] * bool(actor["wikidata"])}
        office = [actor["office_en"]] * bool(actor["office_en"])
        yield context.make(refer_actor(name), identity_class=CLASSES[actor["type"]], roles=office, **fields)
        country: list[str] = get_global("territory_aliases").get(name, []) if actor["type"] == "state" else []
        if len(country) == 1:
            place = refer_actor(name, "location")
            yield context.make(place, country=country[0], **fields)
            yield context.relate(refer_actor(name), place, "located-at")
        if actor["acts_for"] in context.actors:
            state = context.labels.actor(actor["acts_for"])
            words = show(context.labels("stix.office", office=actor["office_en"], of=state))
            yield context.relate(refer_actor(name), refer_actor(actor["acts_for"]), "office", description=words)


def _make_events(context: StixContext) -> Iterator[Object]:
    for name, event in context.events.items():
        yield _make_claim(context, name, event, label("plover", "type", event["event_type"]))
        if event["status"] not in HAPPENED:
            continue
        sides = [ids(event[side]) for side in SIDES]
        for actor in dict.fromkeys(sides[0] + sides[1]):
            part = "both" if all(actor in side for side in sides) else "source" if actor in sides[0] else "target"
            standing = context.labels(f"status.{event['status']}")
            words = show(context.labels(f"stix.{part}", who=context.labels.actor(actor), standing=standing))
            fields = {"description": words} | span_day(event["date"])
            yield context.relate(context.refer(name), refer_actor(actor), "side", event["known_from"], **fields)


def _make_claim(context: StixContext, name: str, row: Row, kind: str) -> Object:
    """Return an event or condition as an incident or a note, with its standing, its sentences and their pages."""
    labels, ref, mentions = context.labels, context.refer(name), context.mentions[name]
    drafted, contested = context.is_drafted(name), row["contested"] != "no"
    tags = [kind, label("lagebild", "status", row["status"])]
    tags += [label("admiralty-scale", "information-credibility", row["credibility"])]
    tags += [label("lagebild", "contested", row["contested"])] * contested
    tags += [label("lagebild", "review", "machine-draft")] * drafted
    lines = [_summarize(context, row), *[labels("stix.draft")] * drafted]
    lines += [labels(f"contested.{row['contested']}")] * contested
    text = "\n".join([*lines, *(_quote(context, mention) for mention in mentions)])
    most = POSSIBLE if row["contested"] == "occurrence" else 100
    confidence = min(CONFIDENCE.get(row["credibility"], 0), most) if row["status"] in HAPPENED else 0
    common = {"confidence": confidence, "labels": tags, "external_references": context.cite(name)}
    title = _title(context, row)
    if ref.startswith("incident"):
        return context.make(ref, row["known_from"], name=title, description=text, **common)
    refs = [refer_actor(actor) for actor in _list_actors(row) if actor in context.actors]
    refs = refs or sorted({context.refer(mention["source_id"]) for mention in mentions})
    return context.make(ref, row["known_from"], abstract=title, content=text, object_refs=refs, **common)


def _title(context: StixContext, row: Row) -> str:
    """Return the name of an event or condition; what is no plain fact says so wherever the name stands alone."""
    doubts = [context.labels(f"status.{row['status']}")] * (row["status"] not in HAPPENED)
    doubts += [context.labels("mark.contested")] * (row["contested"] == "occurrence")
    return f"{row['summary_en']} ({', '.join(doubts)})" if doubts else str(row["summary_en"])


def _list_actors(row: Row) -> list[str]:
    """Return who takes part in an event, or whom a condition is about, each once."""
    return list(dict.fromkeys(actor for side in (*SIDES, "actors") for actor in ids(row.get(side, ""))))


def _summarize(context: StixContext, row: Row) -> str:
    """Return in one line when what happened, of what kind it is, who does it to whom, and how sources put it."""
    labels = context.labels
    who = name_sides(row, labels) if "event_type" in row else labels.names(row["actors"])
    kind = labels.types[row["event_type"]] if "event_type" in row else labels(f"condition.{row['kind']}")
    facts = (labels.date(row["date"]), kind, show(who), labels(f"status.{row['status']}"))
    return "; ".join(fact for fact in facts if fact)


def _quote(context: StixContext, mention: Row) -> str:
    """Return the evidence of a mention as a line of a list, with who says so, and where."""
    page, labels = context.pages[mention["source_id"]], context.labels
    stance = f"{labels('stance.' + mention['stance'])}: " if mention["stance"] != "supports" else ""
    speaker = f"; {labels('annex.speaker')} {show(labels.names(mention['speaker']))}" if mention["speaker"] else ""
    where = f"{show(page['publisher'])}, {labels.date(page['published'])}, {mention['source_id']}"
    return f"- {stance}{show(mention['evidence'])} ({where}, {page['reliability']}{mention['credibility']}{speaker})"


def _make_denials(context: StixContext) -> Iterator[Object]:
    for name, mentions in context.mentions.items():
        denied = [mention for mention in mentions if mention["stance"] == "denies"]
        if not denied:
            continue
        pages = [context.pages[mention["source_id"]] for mention in denied]
        names = [
            context.labels.names(mention["speaker"]) if mention["speaker"] else page["publisher"]
            for mention, page in zip(denied, pages, strict=True)
        ]
        yield context.make(
            f"opinion--{make_uuid('opinion', context.case, name)}",
            min(page["known_from"] for page in pages),
            opinion="strongly-disagree",
            explanation="\n".join(_quote(context, mention) for mention in denied),
            authors=list(dict.fromkeys(names)),
            object_refs=[context.refer(name)],
        )


def _make_dyads(context: StixContext, relations: pd.DataFrame) -> Iterator[Object]:
    for row in records(relations):
        words = context.labels(
            "stix.dyad",
            net=context.labels.number(row["net"], signed=True),
            cooperation=context.labels.number(row["cooperation"]),
            conflict=context.labels.number(row["conflict"]),
            n=row["n_events"],
            outlets=row["n_publishers"],
            events=row["event_ids"].replace(";", ", "),
        )
        ends = [refer_actor(row[end]) for end in ("source_actor", "target_actor")]
        sign = label("lagebild", "sign", row["sign"])
        yield context.relate(ends[0], ends[1], f"dyad {context.case}", description=words, labels=[sign])


def _make_pages(context: StixContext, ties: Mapping[str, list[str]]) -> Iterator[Object]:
    """Make the page reports; each refers to what it tells, to who takes part, and to what ties these to each other."""
    tells: dict[str, list[str]] = {}
    for name, mentions in context.mentions.items():
        for mention in mentions:
            tells.setdefault(mention["source_id"], []).append(name)
    for name, page in context.pages.items():
        names = sorted(set(tells.get(name, ())))
        rows = {row_id: context.events.get(row_id) or context.conditions[row_id] for row_id in names}
        refs = {context.refer(row_id) for row_id in names}
        refs |= {tie for ref in refs for tie in ties.get(ref, ())}
        refs |= {refer_actor(actor) for row in rows.values() for actor in _list_actors(row) if actor in context.actors}
        grade = context.labels("exchange.reliability", grade=page["reliability"], reason=page["reliability_reason_en"])
        lines = [f"{show(page['publisher'])}, {context.labels.date(page['published'])}", show(grade)]
        lines += [context.labels("stix.note")] * (page["wording"] == "note")
        lines += [context.labels("stix.draft")] * context.is_drafted(*names)
        lines += [
            f"- {show(_title(context, row))} ({row_id}): {_summarize(context, row)}" for row_id, row in rows.items()
        ]
        yield context.make(
            context.refer(name),
            page["known_from"],
            name=page["title"],
            description="\n".join(lines),
            published=write_time(page["known_from"]),
            labels=[label("admiralty-scale", "source-reliability", page["reliability"].lower())],
            external_references=[cite_page(page)],
            object_refs=sorted(refs) or [MAKER],
        )


def _make_edition(context: StixContext, case: Case, held: list[str]) -> Object:
    lines = [show(case.question["en"]), *[context.labels("stix.draft")] * context.is_drafted(*context.mentions)]
    return context.make(
        f"report--{make_uuid('report', context.case)}",
        min((context.as_of, *case.editions)),
        name=f"{case.title['en']} ({context.labels('title.as_of', day=context.labels.day(context.as_of))})",
        description="\n".join(lines),
        published=write_time(context.as_of),
        object_refs=sorted(held) or [MAKER],
    )
