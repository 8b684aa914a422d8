"""Events as a timeline for TimelineJS3, the storytelling tool of the Knight Lab: one slide each.

The form is https://timeline.knightlab.com/docs/json-format.html. A date is given to the year, month or day, as exactly
as the event's own and no further; the words beside it say the rest ("about", "since"). TimelineJS shows the texts as
HTML, so everything is escaped here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from lagebild.charts.timeline.lanes import place_events
from lagebild.core.case import Case
from lagebild.core.edtf import parse
from lagebild.core.grouping import group_rows
from lagebild.core.labels import Labels, read_labels
from lagebild.core.offices import read_offices
from lagebild.core.reference import Reference
from lagebild.core.tables import records

Date = dict[str, int]


def write_timelinejs(
    reference: Reference, tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, language: str
) -> str:
    """Return the dated events as JSON of TimelineJS3, in the order of their ids; the title says how many are left out.

    The group of an event is its lane in the charts.
    """
    labels = read_labels(reference, language)
    events, mentions = tables["events"], tables["mentions"].drop_duplicates("mention_id")
    pages = mentions.merge(tables["sources"], on="source_id", suffixes=("", "_page"))
    reported = group_rows(pages.sort_values("source_id", kind="stable"), "event_id")
    placed = place_events(events, case, read_offices(reference), reference.table("event_types"), labels)
    slides = [_make_slide(event, reported[event["event_id"]], labels) for event in records(placed)]
    slides.sort(key=lambda slide: str(slide["unique_id"]))
    undated = int((events["date"] == "").sum())
    notes = [case.question[language], labels("title.as_of", day=labels.day(as_of))]
    reviewed = mentions.drop_duplicates("mention_id")["reviewed"] == "yes"
    if case.draft and not reviewed.all():
        notes.append(labels("draft.banner", reviewed=int(reviewed.sum()), n=len(reviewed)))
    if undated:
        notes.append(labels("exchange.undated", n=undated))
    title = {
        "unique_id": "title",
        "text": {
            "headline": escape(case.title[language]),
            "text": "".join(f"<p>{escape(note)}</p>" for note in notes),
        },
    }
    return json.dumps({"title": title, "events": slides}, ensure_ascii=False, indent=1) + "\n"


def date_parts(edtf: str) -> tuple[Date, Date | None]:
    """Return start and end of a date as TimelineJS has them, never more exact than the date; no end if it has none.

    A date that leaves open since when stands at its end. An approximate day is given as its month, a season or quarter
    as its first and last month, a decade or century as its first and last year.
    """
    span = parse(edtf)
    start = _part(span.start, span.earliest) if span.earliest else _part(span.end, span.latest)
    end = _part(span.end, span.latest) if span.latest else start
    return start, end if end != start else None


def _part(part: str, bound: str) -> Date:
    """Return one end of a date: as exact as `part`, the day `bound` that it allows."""
    plain = part.rstrip("~?%")
    number = len(plain.split("-"))
    if plain != part:
        number = min(number, 2)  # about a day
    return dict(zip(("year", "month", "day")[:number], map(int, bound.split("-")), strict=False))


def _make_slide(event: Mapping[str, Any], reported: list[dict[str, Any]], labels: Labels) -> dict[str, Any]:
    start, end = date_parts(event["date"])
    standing = f"{labels.types[event['event_type']]}, {labels('status.' + event['status'])}"
    pages = "".join(
        f"<li>{_cite(page, labels)}</li>" for page in {page["source_id"]: page for page in reported}.values()
    )
    return {
        "unique_id": event["event_id"],
        "start_date": start,
        **({"end_date": end} if end else {}),
        "display_date": escape(labels.date(event["date"])),
        "group": escape(event["lane_name"]),
        "autolink": False,
        "text": {"headline": escape(event["label"]), "text": f"<p>{escape(standing)}</p><ul>{pages}</ul>"},
    }


def _cite(page: Mapping[str, Any], labels: Labels) -> str:
    title = escape(f"{page['publisher']}: {page['title']}")
    linked = f'<a href="{escape(page["url"])}">{title}</a>' if page["url"] else title
    return f"{linked}, {escape(labels.date(page['published']))}, {page['reliability']}{page['credibility']}"
