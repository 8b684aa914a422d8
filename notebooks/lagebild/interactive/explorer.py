"""The explorer of an edition, in JupyterLab or in a page alone: its events travel to the browser, to be filtered there.

Columns travel as bytes of small numbers, lists of numbers as one column of where each list starts and one of all that
they hold; `widgets/src/explore/data.js` reads them as typed arrays.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import traitlets
from markupsafe import Markup

from lagebild.analysis import last_days, part_cells
from lagebild.charts import SATURATION
from lagebild.core import (
    STATUSES,
    InputError,
    edtf as days,
    filters as views,
    folders,
    join_names,
    load,
    read_case_file,
    records,
    schema,
)
from lagebild.interactive.evidence import Evidence, quote_events
from lagebild.interactive.widget import Widget, choose_words, read_style

WORDS = ("explore.", "quoted", "status.", "stance.", "annex.")
SENT = 3_000  # mentions up to which all sentences travel with the events, so that a click needs no kernel
OPEN = {0: -(2**31), 1: 2**31 - 1}  # a day that a date leaves open
PART = "\x1f"  # parts texts in a column; no text of a table may hold it
ABOUT, BEFORE, ONWARDS, RANGE = 1, 2, 4, 8  # of a date: vague, open at its beginning or end, more days than one
CONTESTED = ("no", "particulars", "occurrence")


class Explorer(Widget):
    """Timeline, matrix, graph and table of the events of an edition, linked by what one chooses in them.

    Only if there are more than `SENT` mentions does the browser send messages, each answered under its number:
    ``{"ask": "sentences", "event": event_id, "number": n}`` by the sentences, and ``{"ask": "words", "words": text,
    "number": n}`` by the events that hold the words, one bit per event, the lowest first, in base64. `view` holds the
    filters that are set in the browser, as parameters.
    """

    events = traitlets.Dict().tag(sync=True)
    lists = traitlets.Dict().tag(sync=True)
    place = traitlets.Dict().tag(sync=True)
    sentences = traitlets.Dict(allow_none=True).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, evidence: Evidence, filters: views.Filters | None = None) -> None:
        self._evidence = evidence
        super().__init__("explore", evidence.labels, WORDS, **gather_state(evidence, filters or views.Filters()))
        self.on_msg(self._answer)

    @property
    def chosen(self) -> views.Filters:
        """The filters that are set in the browser; before it shows anything, those with which it was made."""
        return views.read_filters(self.view, self._evidence.actors, self._evidence.publishers)

    def _answer(self, _: Any, message: dict[str, Any], __: Any) -> None:
        event, answer = str(message.get("event", "")), {"number": message.get("number"), "fault": ""}
        try:
            if message.get("ask") == "words":
                words = str(message.get("words", ""))
                hits = np.packbits(views.find_rows(self._evidence.fields, words, self.events["n"]), bitorder="little")
                self.send(answer | {"hits": _write_bytes(hits.tobytes())})
            else:
                self.send(answer | {"sentences": quote_events(self._evidence, [event])[event]})
        except InputError as fault:
            self.send(answer | {"fault": str(fault)})


def gather_state(evidence: Evidence, filters: views.Filters, everything: bool = False) -> dict[str, Any]:
    """Return what the script knows of an edition; the sentences if they are few, or if `everything` is to travel."""
    travels = everything or len(evidence.mentions) <= SENT
    return {
        "events": pack_events(evidence),
        "lists": list_values(evidence),
        "place": views.write_place(evidence.paths),
        "sentences": quote_events(evidence, list(evidence.events["event_id"])) if travels else None,
        "view": views.write_filters(filters),
    }


def write_handout(evidence: Evidence, filters: views.Filters) -> str:
    """Return the page in which one explores an edition with a browser alone, and what it shows at first.

    What the script knows lies in it packed (gzip, base64), all sentences with it, and nothing of the machine on which
    it was made. The content security policy names style and script by their hash: nothing else runs, nothing is
    fetched.
    """
    from lagebild.report import fingerprint, open_templates, say_reviewed  # only here: a kernel need not wait for them

    labels, paths, templates = evidence.labels, evidence.paths, open_templates()
    case = read_case_file(paths)
    state = gather_state(evidence, filters, everything=True) | {
        "words": choose_words(labels, WORDS),
        "language": labels.language,
        "place": views.write_place(replace(paths, root="", output="")),
    }
    told = json.dumps(state, ensure_ascii=False, separators=(",", ":"), default=_write_bytes)
    script = (folders.WIDGETS / "explore.js").read_text(encoding="utf-8").rstrip()
    style = f"{templates.get_template('handout.css').render()}\n{read_style('explore')}"
    return templates.get_template("handout.html.j2").render(
        title=case.title[labels.language],
        question=case.question[labels.language],
        draft=say_reviewed(load(paths, "mentions"), labels) if case.draft else "",
        as_of=paths.as_of,
        state=_write_bytes(gzip.compress(told.encode(), 6, mtime=0)),
        style=Markup(style),
        style_hash=fingerprint(style),
        script=Markup(script),
        script_hash=fingerprint(script),
        t=labels,
    )


def list_values(evidence: Evidence) -> dict[str, Any]:
    """Return what the numbers in the columns stand for: actors with all their names, types, status and publishers.

    `as_of` is the as-of date, `start` the day on which the overview of the case begins, both counted from 1970.
    """
    labels, other_language = evidence.labels, {"de": "en", "en": "de"}[evidence.labels.language]
    reference = evidence.reference
    known, forms = reference.table("actors").set_index("actor_id"), join_names(reference, labels.language)
    foreign = known[f"name_{other_language}"].to_dict()
    types = {row["event_type"]: row for row in reference.rows("event_types")}
    return {
        "actors": [
            [actor, name, f"{foreign.get(actor, '')} {forms.get(actor, '')}"] for actor, name in evidence.actors.items()
        ],
        "types": [
            [kind, labels.types[kind], types[kind]["quad"].replace(" ", "_"), float(types[kind]["intensity"])]
            for kind in schema.EVENT_TYPES
        ],
        "status": STATUSES,
        "publishers": evidence.publishers,
        "as_of": _count_days(evidence.paths.as_of, 1),
        "saturation": SATURATION,
        "start": _count_days(read_case_file(evidence.paths).start, 0),
    }


def pack_events(evidence: Evidence) -> dict[str, Any]:
    """Return the events as columns of bytes (little endian), and the dates as words and in EDTF.

    Numbers per event: date, type, status, contested, publishers (how many independent ones), process (0 if it is no
    stage of one), place (in the order in which stages add up); lists per event, each with a column of starts: sources
    and targets (actors as named), people (actors and whom they act for), outlets (publishers), ties (pairs of the
    matrix) and beside it intensity (thousandths). `span` holds the first and last day of each date, counted from 1970.
    """
    events = evidence.events
    dates = events[["date", "earliest", "latest"]].drop_duplicates("date").reset_index(drop=True)
    number = pd.Series(dates.index, index=dates["date"])
    actor = pd.Series(np.arange(len(evidence.actors)), index=list(evidence.actors))
    outlet = pd.Series(np.arange(len(evidence.publishers)), index=evidence.publishers)
    ties, stages = evidence.ties, events.assign(day=last_days(events)).sort_values(["day", "event_id"], kind="stable")
    pair = pd.factorize(ties["source_actor"] + ">" + ties["target_actor"])[0]
    pairs = ties.assign(pair=pair).drop_duplicates("pair")
    ends = [pairs[end].map(actor) for end in ("source_actor", "target_actor")]
    spans = [[_count_days(row["earliest"], 0), _count_days(row["latest"], 1)] for row in records(dates)]
    sides = {side: _list_side(events[f"{side[:-1]}_actors"], actor) for side in ("sources", "targets")}
    columns = {
        "date": _bytes(events["date"].map(number), "<u4"),
        "type": _bytes(pd.Categorical(events["event_type"], schema.EVENT_TYPES).codes, "u1"),
        "status": _bytes(pd.Categorical(events["status"], STATUSES).codes, "u1"),
        "contested": _bytes(pd.Categorical(events["contested"], CONTESTED).codes, "u1"),
        "mutual": _bytes(events["mutual"] == "yes", "u1"),
        "process": _bytes(pd.factorize(events["process"].where(events["process"] != ""))[0] + 1, "<u4"),
        "place": _bytes(np.argsort(stages.index), "<u4"),
        "intensity": _bytes((1000 * ties["intensity"]).round(), "<i4"),
        "publishers": _bytes(events["n_publishers"].clip(upper=2**16 - 1), "<u2"),
        "span": _bytes(np.array(spans, dtype=np.int64).reshape(-1), "<i4"),
        "dated": _bytes([_describe(edtf) for edtf in dates["date"]], "u1"),
        "words": _join(map(evidence.labels.date, dates["date"])),
        "edtf": _join(dates["date"]),
        "ids": _join(events["event_id"]),
        "summaries": _join(events[f"summary_{evidence.labels.language}"]),
        "pairs": _bytes(np.stack(ends, 1).ravel(), "<u4"),
    }
    lists = {
        **sides,
        "people": (evidence.people["row"], evidence.people["actor"].map(actor)),
        "outlets": (evidence.reported["row"], evidence.reported["name"].map(outlet)),
        "ties": (ties["row"], pair),
    }
    for name, (rows, values) in lists.items():
        starts = np.searchsorted(np.asarray(rows), np.arange(len(events) + 1))
        columns |= {f"{name}_from": _bytes(starts, "<u4"), name: _bytes(values, "<u4")}
    return {"n": len(events), **columns}


def _list_side(cells: pd.Series, actor: pd.Series) -> tuple[pd.Index, pd.Series]:
    """Return the positions and the actors of a column of lists, in the order of the lists."""
    named = part_cells(cells)
    return named.index, named.map(actor)


def _bytes(values: Any, kind: str) -> bytes:
    return np.ascontiguousarray(values, dtype=np.int64).astype(kind).tobytes()


def _write_bytes(value: bytes) -> str:
    return b64encode(value).decode()


def _join(texts: Iterable[str]) -> bytes:
    return PART.join(texts).encode()


def _count_days(iso: str, end: int) -> int:
    """Return a day counted from 1970; the first or last of all if it is open."""
    return int(np.datetime64(iso, "D").astype(int)) if iso else OPEN[end]


def _describe(edtf: str) -> int:
    """Return how a date is vague beyond its first and last day."""
    if not edtf:
        return BEFORE | ONWARDS | RANGE
    span = days.parse(edtf)
    vague = ABOUT * span.approximate + BEFORE * (not span.earliest) + ONWARDS * (not span.latest)
    return vague + RANGE * (span.earliest != span.latest)
