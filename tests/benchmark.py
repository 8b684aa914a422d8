"""How long the steps take that grow with the case: `python tests/benchmark.py [ROWS …]` prints seconds and growth."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from known import REFERENCE

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "notebooks"))

from lagebild.analysis.firmness import Jackknife, find_shifts, leave_out, tie_states
from lagebild.analysis.relations import EditionTables, change_relations, dyads, relate, weigh_ties
from lagebild.analysis.statements_by_actor import collect_claims, collect_sayings
from lagebild.charts.timeline.pages import draw_timeline
from lagebild.core.case import read_case_file
from lagebild.core.folders import locate
from lagebild.core.labels import read_labels
from lagebild.core.offices import Offices, read_offices
from lagebild.core.schema import TABLES

SIZES = (100, 10_000, 1_000_000)
MOST = {"leave_out": 10_000}  # merges event by event what each page tells
STATUSES = ["asserted"] * 6 + ["reported"] * 2 + ["hypothetical", "negated"]


class Tables(NamedTuple):
    """Made-up tables of a case: one event per row, told by one mention or two."""

    events: pd.DataFrame
    mentions: pd.DataFrame
    sources: pd.DataFrame


def make_events(n: int) -> Tables:
    """Return `n` events with their mentions and sources, the same for the same `n`.

    A fifth of the sides are persons in or out of office, a tenth name two actors, a tenth of the dates is a month.
    """
    draw = np.random.default_rng(n)
    offices, types = read_offices(REFERENCE), REFERENCE.table("event_types")["event_type"].to_numpy()
    people = offices.table["actor_id"].unique()[:300]
    states = REFERENCE.table("actors").query("type == 'state'")["actor_id"].to_numpy()[:60]

    def side() -> np.ndarray:
        one = np.where(draw.random(n) < 0.2, draw.choice(people, n), draw.choice(states, n)).astype(object)
        return np.where(draw.random(n) < 0.1, one + ";" + draw.choice(states, n).astype(object), one)

    ids = np.char.add("E", np.arange(1, n + 1).astype(str)).astype(object)
    days = pd.Series(np.datetime64("2015-01-01") + draw.integers(0, 4000, n)).dt.strftime("%Y-%m-%d")
    vague = draw.random(n) < 0.1
    status, mutual = draw.choice(STATUSES, n), np.where(draw.random(n) < 0.2, "yes", "no")
    sources = pd.DataFrame({"source_id": [f"S{i}" for i in range(200)], "reporter": [f"R{i % 80}" for i in range(200)]})
    events = pd.DataFrame(
        {
            "event_id": ids,
            "event_type": draw.choice(types, n),
            "source_actors": side(),
            "target_actors": side(),
            "mutual": mutual,
            "date": days.str[:7].where(vague, days),
            "earliest": (days.str[:8] + "01").where(vague, days),
            "latest": (days.str[:8] + "28").where(vague, days),
            "status": status,
            "type_alt": np.where(np.arange(n) % 5 == 0, "AGREE", ""),
            "process": np.where(draw.random(n) < 0.3, draw.choice(["treaty", "war", "loan"], n), ""),
            "contested": draw.choice(["no"] * 18 + ["particulars", "occurrence"], n),
            "known_from": "2026-01-01",
            "n_publishers": 1,
            "summary_de": "Ereignis",
            "summary_en": "Event",
        }
    )
    reported = np.concatenate([np.arange(n), draw.integers(0, n, n // 3)])
    rows = events.iloc[reported].reset_index(drop=True)
    mentions = rows[["event_id", "event_type", "source_actors", "target_actors", "mutual", "status"]].assign(
        mention_id=np.char.add("m", np.arange(1, len(rows) + 1).astype(str)),
        source_id=draw.choice(sources["source_id"], len(rows)),
        speaker=np.where(draw.random(len(rows)) < 0.3, draw.choice(people, len(rows)), ""),
        stance=draw.choice(["supports"] * 8 + ["differs", "denies"], len(rows)),
    )
    return Tables(events, mentions, sources)


def _measured() -> dict[str, Callable[[Tables], object]]:
    offices, types = read_offices(REFERENCE), REFERENCE.table("event_types")
    case, words = read_case_file(locate("russia-iran", "2026-01-01")), read_labels(REFERENCE, "en")
    nothing = pd.DataFrame(columns=list(TABLES["conditions"].columns))
    untried = _leave_out(make_events(1), offices, types)
    return {
        "dyads": lambda t: dyads(t.events, offices),
        "relate": lambda t: relate(t.events, t.mentions, t.sources, offices, types, "2026-01-01"),
        "change_relations": lambda t: change_relations(weigh_ties(t.events, offices, types), types, "2025-01-01"),
        "collect_sayings": lambda t: collect_sayings(t.events, t.mentions, offices, types),
        "draw_timeline": lambda t: draw_timeline(t.events, nothing, case, offices, types, "2026-01-01", words),
        "collect_claims": lambda t: collect_claims(t.events, t.mentions, t.sources, offices),
        "leave_out": lambda t: _leave_out(t, offices, types),
        "find_shifts": lambda t: _find_shifts(t, untried, offices, types)[1],
        "with tie_states": lambda t: _tie_states(t, untried, offices, types),
    }


def _find_shifts(
    tables: Tables, untried: Jackknife, offices: Offices, types: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the events weigh, and what each single change would do."""
    weighed = weigh_ties(tables.events, offices, types)
    return weighed, find_shifts(tables.events, weighed, untried, offices, types)


def _tie_states(tables: Tables, untried: Jackknife, offices: Offices, types: pd.DataFrame) -> pd.DataFrame:
    weighed, shifts = _find_shifts(tables, untried, offices, types)
    return tie_states(weighed, tables.mentions, tables.sources, shifts, offices)


def _leave_out(tables: Tables, offices: Offices, types: pd.DataFrame) -> Jackknife:
    """Leave out each page of tables, with the columns that merging reads besides."""
    read: dict[str, str | int] = {
        "condition_id": "",
        "date_basis": "stated",
        "mode": "",
        "context": "",
        "credibility": "2",
        "sentence_no": 1,
    }
    mentions = tables.mentions.merge(tables.events[["event_id", "date"]], on="event_id").assign(**read)
    pages = tables.sources.assign(country="DEU", reliability="C", known_from="2026-01-01")
    nothing = pd.DataFrame(columns=list(TABLES["conditions"].columns))
    return leave_out(EditionTables(pages, mentions, tables.events, nothing), offices, types, "2026-01-01")


def main(sizes: tuple[int, ...]) -> None:
    """Print one line per step: seconds at each size, and how the last ten- or hundredfold multiplied them."""
    sys.stdout.write("step".ljust(20) + "".join(f"{size:>13,}" for size in sizes) + f"{'growth':>10}\n")
    made = [make_events(size) for size in sizes]
    for name, run in _measured().items():
        run(made[0])  # the first call also reads tables and imports
        seconds = []
        for tables in made:
            if len(tables.events) > MOST.get(name, len(tables.events)):
                break
            start = time.perf_counter()
            run(tables)
            seconds.append(time.perf_counter() - start)
        growth = f"{seconds[-1] / seconds[-2]:>9.0f}x" if len(seconds) > 1 else ""
        sys.stdout.write(
            name.ljust(20) + "".join(f"{second:>13.3f}" for second in seconds).ljust(13 * len(sizes)) + growth + "\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
