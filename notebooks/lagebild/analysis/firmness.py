"""How firm the sign of a relation is: whether any single change would turn or cancel it.

Four kinds of change are tried, one at a time: an act less (all stages of a process at once), a publisher less, another
type of one event that its coder calls defensible too (`type_alt`), and all talks less, for who only met or mediated has
taken no side. Such one-at-a-time sensitivity analysis says what a sign hangs on, not how likely it is wrong (Saltelli
et al. 2008, Global Sensitivity Analysis, ch. 1). A tie of one act or of one publisher is thin, whatever a change would
do to it; of the others it is undecided if a change turns or cancels its sign, and else firm.

A publisher less, or one page, or all media of one country, is the jackknife (Quenouille 1949; Tukey 1958): take one
unit out of the sample, compute again what that touches, compare. Here it gives no error bar, for pages are no random
sample; it shows what hangs on whom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagebild.analysis.relations import PAIR, EditionTables, count_acts, count_publishers, drop_talks, sign, weigh_ties
from lagebild.core import HAPPENED, TABLES, Offices, group_rows
from lagebild.dataset import grade_mentions, merge_conditions, merge_events

# --- The jackknife ---

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
    data: EditionTables, offices: Offices, types: pd.DataFrame, as_of: str, actors: str = "folded"
) -> Jackknife:
    """Leave out each page, publisher and country of an edition, one at a time.

    `actors` says for whom persons count, as in `relations.dyads`.
    Only what the pages left out tell is merged and weighed anew, and that of all subsets in one go.
    """
    sources, events, conditions = data.sources, data.events, data.conditions
    graded = grade_mentions(data.mentions, sources)
    graded = graded.assign(row=graded["event_id"] + graded["condition_id"], rank=range(len(graded)))
    replicates, pages = _list_replicates(sources)
    touched = pages.merge(graded[["source_id", "row"]], on="source_id")[["subset", "row"]].drop_duplicates()
    kept = touched.merge(graded, on="row").merge(pages, on=["subset", "source_id"], how="left", indicator=True)
    kept = kept[kept["_merge"] == "left_only"].sort_values("rank", kind="stable").drop(columns="_merge")
    kept = _mark(kept, "event_id", "condition_id", "row")
    left = merge_events(kept, _copy_names(touched, events, "events"), as_of)
    lasting = merge_conditions(kept, _copy_names(touched, conditions, "conditions"), as_of)
    before, after = _describe_standing(events, conditions, graded), _describe_standing(left, lasting, kept)
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
            pages = tuple(sorted(page["source_id"] for page in group))
            subset = subsets.setdefault(pages, str(len(subsets)))
            known_as = name if kind == "country" else pages[0]
            rows.append((f"{kind}-{known_as}", kind, name, len(pages), subset))
    rows_of_pages = []
    for pages, subset in subsets.items():
        rows_of_pages += [(subset, page) for page in pages]
    columns = [*list(TABLES["jackknife"].columns)[:4], "subset"]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(rows_of_pages, columns=["subset", "source_id"])


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


def _describe_standing(events: pd.DataFrame, conditions: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Return how each event and condition stands: told at all, told to have happened, told not by denials alone."""
    rows = [frame.set_index(key)["status"] for frame, key in ((events, "event_id"), (conditions, "condition_id"))]
    status = pd.concat(rows)
    supported = set(kept.loc[kept["stance"] != "denies", "row"])
    return pd.DataFrame(
        {"reported": True, "happened": status.isin(HAPPENED), "supported": status.index.isin(supported)},
        index=status.index,
    )


def _copy_names(touched: pd.DataFrame, merged: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return what people wrote about the touched rows of a table, under their marked ids and processes."""
    columns = [column for column in TABLES[f"case/{table}"].columns if column in merged]
    marked = [column for column in (columns[0], "process") if column in columns]
    return _mark(touched.merge(merged[columns], left_on="row", right_on=columns[0]), *marked)[columns]


def _mark(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a table of which the ids in some columns begin with the number of the trial."""
    return frame.assign(**{column: _marked(frame, column) for column in columns})


def _marked(frame: pd.DataFrame, column: str) -> pd.Series:
    return (frame["subset"] + MARK + frame[column]).where(frame[column] != "", "")


# --- Single changes, and the ties that they turn ---

ENDS = ["one", "other"]
TALKS = "all:talks"  # no id holds a colon, and `talks` is no type


def find_shifts(
    events: pd.DataFrame,
    weighed: pd.DataFrame,
    jackknife: Jackknife,
    offices: Offices,
    types: pd.DataFrame,
    actors: str = "folded",
) -> pd.DataFrame:
    """Return what each single change would do to the net of each directed pair.

    `weighed` is what `relations.weigh_ties` makes of the events, `jackknife` what leaving out does to them.

    Columns: change (an act, an event with its other type as ``E1:AGREE``, a replicate of the jackknife, or `TALKS`),
    source_actor, target_actor, shift.
    """
    weighing = weighed[weighed["weighs"]]
    by_act = weighing.groupby(["act", *PAIR])["adds"].sum()
    net = weighed.groupby(PAIR)["adds"].sum()
    silent = drop_talks(weighed, types).groupby(PAIR)["adds"].sum()
    publishers = jackknife.replicates.loc[jackknife.replicates["kind"] == "publisher", "replicate_id"]
    without = jackknife.ties[jackknife.ties["replicate_id"].isin(publishers)]
    was = net.reindex(pd.MultiIndex.from_frame(without[PAIR]), fill_value=0.0).to_numpy()
    parts = [
        (-by_act).rename_axis(["change", *PAIR]).rename("shift").reset_index(),
        without.rename(columns={"replicate_id": "change"}).assign(shift=without["net"] - was),
        _retype(events, weighing, offices, types, actors),
        (silent.reindex(net.index, fill_value=0.0) - net).rename("shift").reset_index().assign(change=TALKS),
    ]
    return pd.concat(parts)[["change", *PAIR, "shift"]].reset_index(drop=True)


def tie_states(
    weighed: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, shifts: pd.DataFrame, offices: Offices
) -> pd.DataFrame:
    """Return how two sides stand to each other, both directions together; columns as in the table `ties`.

    `weighed` is what `relations.weigh_ties` returns, `shifts` what `find_shifts` does. Bodies are left out: what states
    do towards one, such as a vote against a draft in the Security Council, does not show how they stand to its members.
    """
    states = undirected(weighed[~weighed[PAIR].isin(offices.bodies).any(axis=1)])
    return _rate_pairs(states, mentions, sources, undirected(shifts), ENDS)[list(TABLES["ties"].columns)]


def cell_states(
    weighed: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, shifts: pd.DataFrame
) -> pd.DataFrame:
    """Return how firm each cell of the relation matrix is by the rule of the ties: one direction, and bodies, too.

    The arguments are those of `tie_states`. Columns: source_actor, target_actor, and those of the table `ties` but for
    its ends.
    """
    return _rate_pairs(weighed, mentions, sources, shifts, PAIR)


def _rate_pairs(
    weighed: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, shifts: pd.DataFrame, by: list[str]
) -> pd.DataFrame:
    """Return what carries each pair, which the columns `by` of `weighed` and `shifts` name, and how firm its sign is.

    A pair without an act that weighs something has no row: a request weighs nothing, and carries no tie.
    """
    weight = weighed["adds"].abs().groupby([weighed[name] for name in (*by, "act")]).transform("sum")
    weighed = weighed[weighed["weighs"] & (weight > 0)]
    by_pair = weighed.groupby(by)
    table = pd.DataFrame(
        {
            "net": by_pair["adds"].sum().round(1) + 0.0,  # there is no minus zero
            "n_events": by_pair["act"].nunique(),
            "n_publishers": count_publishers(weighed, mentions, sources, by),
            "event_ids": by_pair["event_id"].agg(lambda events: ";".join(sorted(set(events)))),
        }
    ).reset_index()
    table = table.fillna({"n_publishers": 0}).astype({"n_publishers": int})
    return table.assign(sign=sign(table["net"]), **_rate_signs(table, shifts, by))


def _rate_signs(pairs: pd.DataFrame, shifts: pd.DataFrame, by: list[str]) -> dict[str, pd.Series]:
    """Return how firm the sign of each pair is (`strength`), and the changes that would turn it (`turned_by`).

    *Undecided*: the net is zero. *Thin*: one act or one publisher carries it. Else *undecided* if a single change turns
    or cancels it, or *firm*. `pairs` has net, n_events and n_publishers, `shifts` has change and shift.
    """
    moved = shifts.groupby(["change", *by])["shift"].sum().reset_index().merge(pairs[[*by, "net"]], on=by)
    left = (moved["net"] + moved["shift"]).round(1)
    turning = moved[(moved["net"] != 0) & (left * moved["net"] <= 0)].sort_values("change")
    turns = turning.groupby(by)["change"].agg(";".join)
    turned_by = turns.reindex(pd.MultiIndex.from_frame(pairs[by]), fill_value="").set_axis(pairs.index).astype(str)
    thin = (pairs["n_events"] == 1) | (pairs["n_publishers"] <= 1)
    strength = np.select([pairs["net"] == 0, thin, turned_by != ""], ["undecided", "thin", "undecided"], "firm")
    return {"strength": pd.Series(strength, index=pairs.index, dtype=str), "turned_by": turned_by}


def undirected(frame: pd.DataFrame) -> pd.DataFrame:
    """Return directed pairs with their ends in one order, as the columns one and other."""
    return frame.assign(one=frame[PAIR].min(axis=1), other=frame[PAIR].max(axis=1))


def _retype(
    events: pd.DataFrame, weighed: pd.DataFrame, offices: Offices, types: pd.DataFrame, actors: str
) -> pd.DataFrame:
    """Return the shift of each pair if one event had another type; a stage is weighed with the rest of its process.

    Of the rest the strongest stage decides: with two stages kept of each act, one of them is not the event itself.
    """
    retyped = events[events["type_alt"] != ""]
    trials = retyped.assign(event_type=retyped["type_alt"].str.split(";")).explode("event_type")
    trials = trials.assign(event_id=trials["event_id"] + ":" + trials["event_type"])
    tried = weigh_ties(trials, offices, types, actors).drop(columns="act").rename(columns={"event_id": "change"})
    tried = tried[tried["weighs"]].assign(event_id=lambda frame: frame["change"].str.split(":").str[0])
    tried = tried.merge(weighed[["event_id", "act"]].drop_duplicates(), on="event_id")
    order = weighed.assign(size=-weighed["intensity"].abs()).sort_values(["size", "day", "event_id"], kind="stable")
    strongest = order.groupby(["act", *PAIR]).head(2)
    rest = tried[["change", "event_id", "act", *PAIR]].merge(strongest, on=["act", *PAIR], suffixes=("_tried", ""))
    rest = rest[rest["event_id"] != rest["event_id_tried"]]
    columns = ["change", *PAIR, "event_id", "day", "intensity", "weighs"]
    staged = pd.concat([tried, rest])[columns].assign(act=lambda frame: frame["change"])
    now = count_acts(staged).groupby(["change", *PAIR])["adds"].sum().rename("now").reset_index()
    was = weighed.groupby(["act", *PAIR])["adds"].sum().rename("was").reset_index()
    both = now.merge(tried[["change", "act"]].drop_duplicates(), on="change").merge(was, on=["act", *PAIR])
    return both.assign(shift=both["now"] - both["was"])
