"""The week that leads: the whole time as counts, and below it the seven days with the most events, each with its label.

Why a week: what a reader wants first is where things moved, day by day; seven days is the longest time whose days all
have room for a word on a page, and the unit in which situation reports appear. Why the one with the most events: that
is a rule which nobody can bend to his taste, and the picture above shows that it is a peak. Of an edition that follows
another, only what happened since is new.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.style import NARROW, PHONE, WIDTH
from lagebild.charts.timeline.lanes import Period, first_day, last_day, mark_weightiest, place_events, rank_events
from lagebild.charts.timeline.pages import SIZE, describe_lanes, draw_legend, draw_phases, stack, tabulate
from lagebild.charts.timeline.panels import SMALL_SCREEN, Layout, Panel, draw_lanes, make_axis
from lagebild.core import Case, Labels, Offices, edtf, records

NAME = "week"
DAYS = 7
FEWEST = 5  # events that make a picture of a week worth its room
HIGHEST = 700  # pixels: a page of A4 holds it below a heading and three lines
MOST = 60  # labels that a page can hold at all: of a week with thousands of events only these are tried


def find_week(events: pd.DataFrame, case: Case, as_of: str) -> Period | None:
    """Return the seven days up to the as-of date with the most events since the previous edition; of equals the last.

    What counts is what certainly happened, or began, in these days. What is dated "by" a day among them may have
    happened long before: it does not make a week the busiest, but belongs to the one that is. None if the week holds
    fewer than `FEWEST` events, or all that are dated: then the timeline is short enough to lead by itself. None of a
    machine draft either, of whose events most are undated. Reads the columns date, earliest, latest.
    """
    if case.draft:
        return None
    dated = events[events["date"] != ""]
    spans = dated[["date", "earliest", "latest"]].drop_duplicates()  # few, however many events there are
    known = spans.assign(first=list(map(first_day, records(spans))), last=list(map(last_day, records(spans))))
    placed = dated.merge(known.astype(object), how="left", on=["date", "earliest", "latest"]).set_index(dated.index)
    first, last = placed["first"], placed["last"]
    after = case.previous(as_of)
    inside = (first > after) & (last <= as_of) if len(dated) else first == last
    sure = inside & (dated["earliest"] != "")
    days = pd.DataFrame({"first": first[sure], "last": last[sure]}).value_counts().reset_index()
    latest_start = edtf.shift_day(as_of, 1 - DAYS)
    best = (0, "", "")
    for start in sorted({min(day, latest_start) for day in days["first"]}):
        end = edtf.shift_day(start, DAYS - 1)
        n_held = int(days.loc[(days["first"] >= start) & (days["last"] <= end), "count"].sum())
        best = max(best, (n_held, start, end))
    n, start, end = best
    if n < FEWEST or n == len(dated):
        return None
    return Period(start, end, dated[inside & (first >= start) & (last <= end)])


def draw_week(
    events: pd.DataFrame,
    case: Case,
    offices: Offices,
    types: pd.DataFrame,
    as_of: str,
    labels: Labels,
    lanes: str = "dyad",
) -> list[Chart]:
    """Draw the week that leads, for the page and for a small screen; nothing if there is none (`find_week`).

    The five weightiest events are bold (`lanes.mark_weightiest`). If a page cannot hold all, the lightest are left out,
    and the chart says how many. The parameters are those of `pages.draw_timeline`.
    """
    week = find_week(events, case, as_of)
    if week is None:
        return []
    placed = place_events(events, case, offices, types, labels, lanes)
    in_week = placed[placed["event_id"].isin(set(week.events["event_id"]))]
    order = list(rank_events(in_week)["event_id"])
    marked, kept = mark_weightiest(in_week), min(len(order), MOST)
    charts = []
    for name, width, size in ((NAME, WIDTH, SIZE), (NAME + NARROW, PHONE, SMALL_SCREEN)):
        layout = Layout(as_of, labels, width, size)
        whole = draw_phases(placed, week, case, layout)
        while True:
            shown = marked[marked["event_id"].isin(set(order[:kept]))]
            panels = [whole, *_draw_days(week, shown, layout)]
            if width != WIDTH or kept == 1 or sum(panel.height for panel in panels) <= HIGHEST:
                break
            kept -= 1
        alt = f"{describe_week(week, len(placed), case.previous(as_of), labels)} {describe_lanes(shown, labels)}"
        title = labels("figure.week", span=labels.date(week.edtf))
        words = "week.finding_since" if case.previous(as_of) else "week.finding"
        finding = labels(words, span=labels.date(week.edtf), n=_count_sure(week))
        charts.append(Chart(name, partial(stack, panels, width), tabulate(shown), title, alt, finding))
    return charts


def describe_week(week: Period, dated: int, previous: str, labels: Labels) -> str:
    """Return in a sentence which week leads, by which rule, and how many of the dated events it holds."""
    sure = _count_sure(week)
    values = {"span": labels.date(week.edtf), "sure": sure, "more": len(week.events) - sure, "n": dated}
    return (
        labels("week.lead_since", previous=labels.day(previous), **values)
        if previous
        else labels("week.lead", **values)
    )


def _count_sure(week: Period) -> int:
    """Return how many events certainly happened in a week; what is dated "by" a day may have happened before it."""
    return int((week.events["earliest"] != "").sum())


def _draw_days(week: Period, shown: pd.DataFrame, layout: Layout) -> tuple[Panel, Panel]:
    labels, left = layout.labels, len(week.events) - len(shown)
    heading = labels("week.heading", span=labels.date(week.edtf), n=len(week.events))
    heading += f"; {labels('week.left_out', n=left)}" if left else ""
    axis = make_axis(week.start, week.end, layout.width)
    return draw_lanes(heading, shown, axis, layout), draw_legend(shown, layout)
