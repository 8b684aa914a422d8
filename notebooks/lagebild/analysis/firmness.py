"""How firm the sign of a relation is: whether any single change would turn or cancel it.

Four kinds of change are tried, one at a time: an act less (all stages of a process at once), a publisher less (see
`jackknife`), another type of one event that its coder calls defensible too (`type_alt`), and all talks less, for who
only met or mediated has taken no side. Such one-at-a-time sensitivity analysis says what a sign hangs on, not how
likely it is wrong (Saltelli et al. 2008, Global Sensitivity Analysis, ch. 1).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagebild.analysis.jackknife import Jackknife
from lagebild.analysis.relations import PAIR, count_acts, count_publishers, drop_talks, sign, weigh_ties
from lagebild.core.offices import Offices
from lagebild.core.schema import TABLES

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
    left = jackknife.ties[jackknife.ties["replicate_id"].isin(publishers)]
    was = net.reindex(pd.MultiIndex.from_frame(left[PAIR]), fill_value=0.0).to_numpy()
    parts = [
        (-by_act).rename_axis(["change", *PAIR]).rename("shift").reset_index(),
        left.rename(columns={"replicate_id": "change"}).assign(shift=left["net"] - was),
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
            "event_ids": by_pair["event_id"].agg(lambda told: ";".join(sorted(set(told)))),
        }
    ).reset_index()
    table = table.fillna({"n_publishers": 0}).astype({"n_publishers": int})
    return table.assign(sign=sign(table["net"]), **_rate_signs(table, shifts, by))


def _rate_signs(pairs: pd.DataFrame, shifts: pd.DataFrame, by: list[str]) -> dict[str, pd.Series]:
    """Return how firm the sign of each pair is (`strength`), and the changes that would turn it (`turned_by`).

    *Undecided*: the net is zero, or a single change turns or cancels it. *Thin*: one act or one publisher carries it.
    *Firm*: the rest. `pairs` has net, n_events and n_publishers, `shifts` has change and shift.
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
    told = events[events["type_alt"] != ""]
    trials = told.assign(event_type=told["type_alt"].str.split(";")).explode("event_type")
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
