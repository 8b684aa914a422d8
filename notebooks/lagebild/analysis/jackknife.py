"""Leave out one page, one publisher, all media of one country, and build anew what that touches.

The jackknife (Quenouille 1949; Tukey 1958): take one unit out of the sample, compute again, compare. Here it gives no
error bar, for pages are no random sample; it shows what hangs on whom.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagebild.analysis.relations import PAIR, weigh_ties
from lagebild.core.grouping import group_rows
from lagebild.core.offices import Offices
from lagebild.core.schema import HAPPENED, TABLES
from lagebild.dataset.coreference import grade, merge_conditions, merge_events

UNITS = (("page", "source_id"), ("publisher", "reporter"), ("country", "country"))  # what is left out, by which column
MARK = "|"  # parts the number of a subset from an id, in which it cannot stand


@dataclass(frozen=True)
class Jackknife:
    """What leaving out did.

    Attributes
    ----------
    replicates
        What was left out; columns as in the table `jackknife`, up to n_lost.
    lost
        replicate_id and row: the events and conditions that lose their support. Nobody tells them any more, or only
        denials are left, or what was told to have happened no longer is.
    ties
        One row per replicate and directed pair whose events it touches: replicate_id, source_actor, target_actor, and
        net, n_events and n_contested of what is left, as in the table `relations`.
    """

    replicates: pd.DataFrame
    lost: pd.DataFrame
    ties: pd.DataFrame


def leave_out(
    sources: pd.DataFrame,
    mentions: pd.DataFrame,
    events: pd.DataFrame,
    conditions: pd.DataFrame,
    offices: Offices,
    types: pd.DataFrame,
    as_of: str,
    actors: str = "folded",
) -> Jackknife:
    """Leave out each page, publisher and country, one at a time; the tables are those of one edition.

    `actors` says for whom persons count, as in `relations.dyads`.
    Only what the pages left out tell is merged and weighed anew, and that of all subsets in one go.
    """
    graded = grade(mentions, sources)
    graded = graded.assign(row=graded["event_id"] + graded["condition_id"], rank=range(len(graded)))
    replicates, pages = _list_replicates(sources)
    touched = pages.merge(graded[["source_id", "row"]], on="source_id")[["subset", "row"]].drop_duplicates()
    kept = touched.merge(graded, on="row").merge(pages, on=["subset", "source_id"], how="left", indicator=True)
    kept = kept[kept["_merge"] == "left_only"].sort_values("rank", kind="stable").drop(columns="_merge")
    kept = _mark(kept, "event_id", "condition_id", "row")
    left = merge_events(kept, _names(touched, events, "events"), as_of)
    lasting = merge_conditions(kept, _names(touched, conditions, "conditions"), as_of)
    before, after = _stand(events, conditions, graded), _stand(left, lasting, kept)
    marked = _marked(touched, "row")
    stood, stands = before.loc[touched["row"]].to_numpy(), after.reindex(marked, fill_value=False).to_numpy()
    lost = touched[(stood & ~stands).any(axis=1)]
    gone = touched[~marked.isin(after.index)].groupby("subset").size()
    mentioned = pages.merge(graded, on="source_id").groupby("subset").size()
    counts = {"n_mentions": mentioned, "n_lost": gone}
    filled = {name: replicates["subset"].map(count).fillna(0).astype(int) for name, count in counts.items()}
    stages = _find_stages(touched, events)
    same = stages.merge(events, left_on="row", right_on="event_id")
    left = pd.concat([left, _mark(same, "event_id", "process")], ignore_index=True)
    weighed = (weigh_ties(tables, offices, types, actors) for tables in (events, left))
    ties = _weigh_anew(pd.concat([touched, stages]), *weighed)
    subset = replicates[["replicate_id", "subset"]]
    return Jackknife(
        replicates.assign(**filled).drop(columns="subset"),
        subset.merge(lost, on="subset")[["replicate_id", "row"]],
        subset.merge(ties, on="subset").drop(columns="subset"),
    )


def _list_replicates(sources: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what can be left out with the number of its subset, and the pages of each subset.

    A publisher has the id of its first page, for its name may hold any letters. A page of no known country goes with no
    country. A publisher with one page shares the subset of that page.
    """
    rows, subsets = [], dict[tuple[str, ...], str]()
    for kind, column in UNITS:
        for name, group in group_rows(sources, column).items():
            held = tuple(sorted(page["source_id"] for page in group))
            subset = subsets.setdefault(held, str(len(subsets)))
            known_as = name if kind == "country" else held[0]
            rows.append((f"{kind}-{known_as}", kind, name, len(held), subset))
    pages = [(subset, page) for held, subset in subsets.items() for page in held]
    columns = [*list(TABLES["jackknife"].columns)[:4], "subset"]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(pages, columns=["subset", "source_id"])


def _find_stages(touched: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the other stages of the processes of touched rows, themselves untouched: what one adds depends on all."""
    staged = events.loc[events["process"] != "", ["event_id", "process"]]
    reached = touched.merge(staged, left_on="row", right_on="event_id")[["subset", "process"]].drop_duplicates()
    stages = reached.merge(staged, on="process").rename(columns={"event_id": "row"})[["subset", "row"]]
    return pd.concat([touched, touched, stages]).drop_duplicates(keep=False, ignore_index=True)


def _weigh_anew(touched: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the touched pairs of each subset with what weighs in them without the pages left out."""
    after = after.assign(subset=after["event_id"].str.split(MARK).str[0])
    whole = _weigh(before, [])
    out = _weigh(touched.merge(before, left_on="row", right_on="event_id"), ["subset"])
    change = _weigh(after, ["subset"]).sub(out, fill_value=0).reset_index()
    now = change[list(whole)] + whole.reindex(pd.MultiIndex.from_frame(change[PAIR]), fill_value=0).to_numpy()
    rounded = now.round({"net": 1}).astype({"n_events": int, "n_contested": int}) + 0
    return pd.concat([change[["subset", *PAIR]], rounded], axis=1)


def _weigh(ties: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return net, n_events and n_contested of the ties of each pair, with floats throughout."""
    parts = ties.assign(
        net=ties["adds"],
        n_events=ties["counts"].astype(float),
        n_contested=(~ties["weighs"]).astype(float),
    )
    return parts.groupby([*by, *PAIR])[["net", "n_events", "n_contested"]].sum()


def _stand(events: pd.DataFrame, conditions: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Return how each event and condition stands: told at all, told to have happened, told not by denials alone."""
    rows = [frame.set_index(key)["status"] for frame, key in ((events, "event_id"), (conditions, "condition_id"))]
    status = pd.concat(rows)
    supported = set(kept.loc[kept["stance"] != "denies", "row"])
    return pd.DataFrame(
        {"reported": True, "happened": status.isin(HAPPENED), "supported": status.index.isin(supported)},
        index=status.index,
    )


def _names(touched: pd.DataFrame, merged: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return what people wrote about the touched rows of a table, under their marked ids and processes."""
    columns = [column for column in TABLES[f"case/{table}"].columns if column in merged]
    marked = [column for column in (columns[0], "process") if column in columns]
    return _mark(touched.merge(merged[columns], left_on="row", right_on=columns[0]), *marked)[columns]


def _mark(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a table of which the ids in some columns begin with the number of the trial."""
    return frame.assign(**{column: _marked(frame, column) for column in columns})


def _marked(frame: pd.DataFrame, column: str) -> pd.Series:
    return (frame["subset"] + MARK + frame[column]).where(frame[column] != "", "")
