"""The evidence as Web Annotations: each mention points at its words, and says how they were coded.

The form is the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/) in JSON-LD: one collection with one
page, in which every mention is one annotation. Its targets are

- the span in the text file that we hold, in each language, as a quotation and as a position, which counts code points
  as our offsets do; the file's address is relative to the place of `annotations.jsonld` in a project;
- the page on the web: with the quotation if the text is its wording, and as a whole if the text is a note of our own,
  of which no word stands on the page.

Its bodies name event and actors, describe the event in both languages, tag it, and hold the whole coding as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from lagebild import __version__
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.paths import Paths
from lagebild.core.schema import ids
from lagebild.core.tables import records
from lagebild.report.datapackage import LICENCE, is_own_wording
from lagebild.report.identifiers import escape_address, make_uuid, name_sides

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TEXTS = "../../../../cases/{case}/texts/{source}.{language}.txt"  # from data/built/CASE/AS_OF/exchange
AROUND = 32  # characters before and after a quotation, by which it is found again
CODING = (
    *("event_id", "condition_id", "event_type", "mode", "context", "source_actors", "target_actors", "mutual"),
    *("date", "date_basis", "status", "speaker", "stance", "credibility", "rule", "origin", "reviewed", "reason"),
)
LISTS = ("source_actors", "target_actors", "speaker")
Row = Mapping[str, Any]


def write_annotations(
    paths: Paths,
    case: Case,
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[tuple[str, str], str],
    coders: Mapping[str, Sequence[str]],
    spoken: Sequence[Labels],
) -> str:
    """Return the mentions of an edition as a collection of Web Annotations in JSON-LD, in the order of their ids.

    `texts` are those that we hold, by source and language, `coders` the people who coded or reviewed a mention,
    `spoken` the words of each language in which it is described.
    """
    named = {row["event_id"]: row for row in records(tables["events"])}
    named |= {row["condition_id"]: row for row in records(tables["conditions"])}
    pages = {row["source_id"]: row for row in records(tables["sources"])}
    items_of = {row["actor_id"]: row["wikidata"] for row in records(tables["actors"])}
    annotations = []
    mentions = records(tables["mentions"].sort_values(["mention_id", "language"]))
    for mention_id, rows in groupby(mentions, lambda row: str(row["mention_id"])):
        spans = list(rows)
        first = spans[0]
        page, about = pages[first["source_id"]], named[first["event_id"] or first["condition_id"]]
        annotations.append(
            {
                "id": _name(paths.case, "mention", mention_id),
                "type": "Annotation",
                "motivation": "classifying",
                "creator": [{"name": name} for name in coders.get(mention_id, ())] or _name_rule(first),
                "body": [*_describe(first, about, spoken), *_identify(first, items_of), _code(first, page)],
                "target": [*_point_at_texts(paths.case, spans, page, texts), *_point_at_page(spans, page)],
            }
        )
    rights = {"rights": LICENCE["path"]} if is_own_wording(tables["sources"]) else {}
    return json.dumps(_collect(paths, case, annotations, rights), ensure_ascii=False, indent=1) + "\n"


def _collect(paths: Paths, case: Case, annotations: list[dict[str, Any]], rights: Mapping[str, str]) -> dict[str, Any]:
    page = _name(paths.case, "annotations", paths.as_of, "page")
    filled = {"first": {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": annotations}, "last": page}
    return {
        "@context": CONTEXT,
        "id": _name(paths.case, "annotations", paths.as_of),
        "type": "AnnotationCollection",
        "label": [f"{title} ({paths.as_of})" for title in case.title.values()],
        **rights,
        "generator": {"type": "Software", "name": f"Lagebild {__version__}"},
        "total": len(annotations),
    } | (filled if annotations else {})


def _describe(mention: Row, about: Row, spoken: Sequence[Labels]) -> list[dict[str, Any]]:
    """Return what the words tell, in each language, and its type, or the kind of a condition."""
    described = [
        _text("describing", "; ".join(_list_facts(mention, about, labels)), language=labels.language)
        for labels in spoken
    ]
    name = mention["event_id"] or mention["condition_id"]
    return [_text("identifying", name), *described, _text("classifying", mention["event_type"] or about["kind"])]


def _list_facts(mention: Row, about: Row, labels: Labels) -> list[str]:
    """Return the name of an event or condition, who does it to whom, when, how the text puts it, and who says so."""
    acting = name_sides(mention, labels)
    status, stance = labels(f"status.{mention['status']}"), labels(f"stance.{mention['stance']}")
    facts = [about[f"summary_{labels.language}"], acting, labels.date(mention["date"]), status]
    facts += [stance] if mention["stance"] != "supports" else []
    facts += [f"{labels('annex.speaker')} {labels.names(mention['speaker'])}"] if mention["speaker"] else []
    return [fact for fact in facts if fact]


def _identify(mention: Row, items_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a tag for each actor and for the status; an actor that Wikidata knows is its item."""
    acting = dict.fromkeys(actor for side in LISTS for actor in ids(mention[side]))
    known = [
        {"type": "SpecificResource", "purpose": "identifying", "source": f"http://www.wikidata.org/entity/{item}"}
        for actor in acting
        if (item := items_of.get(actor))
    ]
    return [*known, *(_text("tagging", tag) for tag in (mention["status"], *acting))]


def _code(mention: Row, page: Row) -> dict[str, Any]:
    """Return the whole coding as JSON, which no program need know the vocabulary of annotations to read."""
    coding = {name: list(ids(mention[name])) if name in LISTS else mention[name] for name in CODING}
    coding |= {"mention_id": mention["mention_id"], "source_id": page["source_id"], "reliability": page["reliability"]}
    held = {name: value for name, value in coding.items() if value}
    return _text("classifying", json.dumps(held, ensure_ascii=False), "application/json")


def _point_at_texts(
    case: str, spans: Sequence[Row], page: Row, texts: Mapping[tuple[str, str], str]
) -> Iterator[dict[str, Any]]:
    scope = {"scope": escape_address(page["url"])} if page["url"] else {}
    for span in spans:
        start, end, language = span["start"], span["end"], span["language"]
        address = TEXTS.format(case=case, source=page["source_id"], language=language)
        text = texts[page["source_id"], language]
        around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
        yield {
            "type": "SpecificResource",
            "source": {"id": address, "type": "Text", "format": "text/plain", "language": language},
            "selector": [_quote(span, around), {"type": "TextPositionSelector", "start": start, "end": end}],
        } | scope


def _point_at_page(spans: Sequence[Row], page: Row) -> list[dict[str, Any]]:
    if not page["url"]:
        return []
    address = escape_address(page["url"])
    if page["wording"] == "note":
        return [{"id": address, "type": "Text", "language": page["language"]}]
    own = [span for span in spans if page["language"].split("-")[0] == span["language"]]  # the others are translated
    return [{"type": "SpecificResource", "source": address, "selector": _quote(span, {})} for span in own]


def _quote(span: Row, around: Mapping[str, str]) -> dict[str, str]:
    held = {name: text for name, text in around.items() if text}
    return {"type": "TextQuoteSelector", "exact": span["evidence"]} | held


def _name_rule(mention: Row) -> list[dict[str, str]]:
    return [{"type": "Software", "name": f"Lagebild {__version__}, {mention['rule']}"}]


def _text(purpose: str, value: str, form: str = "text/plain", **more: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": form} | more


def _name(*names: str) -> str:
    return f"urn:uuid:{make_uuid(*names)}"
