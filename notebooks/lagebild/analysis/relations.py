"""From events to the signed relation matrix: who does what to whom, what changed since a day, and the way to today."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lagebild.core import HAPPENED, TABLES, InputError, Offices, edtf, schema

ACTORS = ("folded", "persons", "states")
PAIR = ["source_actor", "target_actor"]


@dataclass(frozen=True, eq=False)
class EditionTables:
    """What an edition knows, as the steps after its dataset read it; columns as in the tables of these names."""

    sources: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    drafts: pd.DataFrame = field(default_factory=pd.DataFrame)


def dyads(events: pd.DataFrame, offices: Offices, actors: str = "folded") -> pd.DataFrame:
    """Return one row per event and directed pair of actors; a pair of one actor with itself is left out.

    Columns: those of `events`, and source_actor, target_actor, joint. Those who do something together, to somebody else
    or to nobody in particular, are `joint`: a strike, a motion or an exercise of two states ties them to each other
    too. With `actors` "folded" persons and bodies count for the state they acted for on the day of the event, and who
    acted for nobody on that day is left out; with "states" pairs of two states are all that is left of that, and with
    "persons" everybody counts for himself.

    Raises
    ------
    InputError
        If `actors` is none of the three.
    """
    sources = list_actors_of(events, "source_actors", offices, actors)
    targets = list_actors_of(events, "target_actors", offices, actors)
    if actors == "folded":
        sources = sources[~sources["actor"].isin(offices.persons)]
        targets = targets[~targets["actor"].isin(offices.persons)]
    mutual = set(np.flatnonzero(events["mutual"] == "yes"))
    both = pd.concat([sources, targets])
    both = both[both["row"].isin(mutual)].drop_duplicates()
    together = sources[~sources["row"].isin(mutual) & sources["row"].duplicated(keep=False)]
    tied = pd.concat(
        [
            sources.merge(targets, on="row").assign(joint=False),
            both.merge(both, on="row").assign(joint=False),
            together.merge(together, on="row").assign(joint=True),
        ]
    )
    order = ["row", "actor_x", "actor_y"]
    tied = tied[tied["actor_x"] != tied["actor_y"]].drop_duplicates(order).sort_values(order)
    ends = tied[["actor_x", "actor_y", "joint"]].set_axis([*PAIR, "joint"], axis=1).reset_index(drop=True)
    return events.iloc[tied["row"]].reset_index(drop=True).assign(**ends)


def list_actors_of(events: pd.DataFrame, column: str, offices: Offices, actors: str) -> pd.DataFrame:
    """Return one row per event and actor in a list column: row (position in `events`) and actor, as `dyads` has them.

    The offices of the last day of an event count, or of the first day on which an undated one was told.

    Raises
    ------
    InputError
        If `actors` is none of the three that `dyads` names.
    """
    if actors not in ACTORS:
        raise InputError(f"There is no way {actors!r} to count actors: choose one of {', '.join(ACTORS)}.")
    named = part_cells(events[column])
    if actors != "persons":
        named = offices.fold(named, last_days(events).loc[named.index])
    if actors == "states":
        named = named[named.str.fullmatch(schema.COUNTRY)]
    return pd.DataFrame({"row": named.index, "actor": named.to_numpy()}).drop_duplicates()


def part_cells(cells: pd.Series) -> pd.Series:
    """Return what the cells of a list column hold, by the position of the cell; each list is read once."""
    at, lists = pd.factorize(cells)
    parts = [cell.split(";") if cell else [] for cell in lists]
    rows: list[int] = []
    named: list[str] = []
    for row, place in enumerate(at):
        rows += [row] * len(parts[place])
        named += parts[place]
    return pd.Series(named, index=np.array(rows, dtype=int), dtype=str)


def last_days(events: pd.DataFrame) -> pd.Series:
    """Return the last day of each event, or the first on which an undated one was told; numbered from 0."""
    return events["latest"].where(events["latest"] != "", events["known_from"]).reset_index(drop=True)


def weigh_ties(events: pd.DataFrame, offices: Offices, types: pd.DataFrame, actors: str = "folded") -> pd.DataFrame:
    """Return each directed pair that an event ties which happened or is said to have, with what it weighs.

    The intensity is that of the PLOVER type in `data/reference/event_types.csv`: for an offer or a promise that one
    side makes alone that of `one_sided`, for those who act together that of the type under `joint`. The stages of one
    process are one act: a stage adds to a pair only what it is stronger than the stages before it.

    Columns: source_actor, target_actor, event_id, event_type (the one that weighs), act (its process, or the event
    itself), day (its last, or the first on which an undated one was told), intensity, weighs (False if it is contested
    whether it happened), adds (what it adds to the sum of the pair), counts (1 if it is the first stage of its act that
    weighs, else 0), joint (True if the two only do it together; see `dyads`).
    """
    happened = events[events["status"].isin(HAPPENED)]
    read = ["event_id", "event_type", "process", "source_actors", "target_actors", "mutual", "latest", "known_from"]
    slim = happened[read].assign(day=last_days(happened).to_numpy(), weighs=happened["contested"] != "occurrence")
    ties = rate_ties(dyads(slim, offices, actors), types)
    ties = ties.assign(act=name_acts(ties))
    columns = ["event_id", "event_type", "act", "day", "intensity", "weighs", "adds", "counts", "joint"]
    return count_acts(ties)[[*PAIR, *columns]]


def keep_counting(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that count: told to have happened, and nobody contests that they did."""
    return events[events["status"].isin(HAPPENED) & (events["contested"] != "occurrence")]


def name_acts(events: pd.DataFrame) -> pd.Series:
    """Return the act that each event is a step of: its process, or the event itself if it is of none."""
    return events["process"].where(events["process"] != "", events["event_id"])


def rate_ties(ties: pd.DataFrame, types: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that `dyads` returns with the type that weighs as event_type, and its intensity; see above."""
    scale = types.set_index("event_type")
    kind = ties["event_type"].where(~ties["joint"], ties["event_type"].map(scale["joint"]))
    offered = kind.map(scale["one_sided"]).where(~ties["joint"] & (ties["mutual"] != "yes"))
    return ties.assign(event_type=kind, intensity=offered.fillna(kind.map(scale["intensity"])).astype(float))


def count_acts(ties: pd.DataFrame) -> pd.DataFrame:
    """Return ties with what each adds to its pair, and whether it counts: the stages of an act weigh once.

    Columns: those of `ties`, of which act, day, intensity and weighs are read, and adds, counts; see `weigh_ties`.
    """
    ties = ties.sort_values([*PAIR, "act", "day", "event_id"], kind="stable").reset_index(drop=True)
    keys = [ties[name] for name in (*PAIR, "act")]
    weight = ties["intensity"].where(ties["weighs"], 0.0)
    before = weight.abs().groupby(keys).cummax().groupby(keys).shift(fill_value=0.0)
    strongest = weight.where(weight.abs() > before).groupby(keys).ffill().fillna(0.0)
    adds = strongest - strongest.groupby(keys).shift(fill_value=0.0)
    first = ties["weighs"] & (ties["weighs"].groupby(keys).cumsum() == 1)
    return ties.assign(adds=adds, counts=first.astype(int))


def drop_talks(ties: pd.DataFrame, types: pd.DataFrame) -> pd.DataFrame:
    """Return what `count_acts` makes of ties without talks: who only met or mediated has taken no side."""
    return count_acts(ties[~ties["event_type"].isin(types.loc[types["talk"] == "yes", "event_type"])])


def relate(
    events: pd.DataFrame,
    mentions: pd.DataFrame,
    sources: pd.DataFrame,
    offices: Offices,
    types: pd.DataFrame,
    as_of: str,
    actors: str = "folded",
) -> pd.DataFrame:
    """Return the relation matrix in long form; columns as in the table `relations`.

    Each act adds the intensity of its PLOVER type to the directed pairs that it ties (see `weigh_ties`). An event whose
    occurrence is contested is listed, but does not weigh. A pair without an event has no row: unknown is not zero.
    Independent publishers are those that report, each counted once however often it tells, without those that deny.
    """
    return tabulate_ties(weigh_ties(events, offices, types, actors), mentions, sources, as_of)


def tabulate_ties(ties: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return what `relate` makes of events from the ties that `weigh_ties` makes of them."""
    table = _sum_ties(ties).rename(columns={"n": "n_events"})
    table = table.join(count_publishers(ties[ties["weighs"]], mentions, sources, PAIR), how="left")
    contested = ties[~ties["weighs"]].sort_values("event_id", kind="stable").groupby(PAIR)["event_id"]
    listed = pd.DataFrame({"n_contested": contested.size(), "contested_ids": contested.agg(";".join)})
    table = table.join(listed, how="left").reset_index()
    table = table.fillna({"n_publishers": 0, "n_contested": 0, "contested_ids": ""}).assign(as_of=as_of)
    return table.astype({"n_publishers": int, "n_contested": int})[list(TABLES["relations"].columns)]


def change_relations(weighed: pd.DataFrame, types: pd.DataFrame, since: str) -> pd.DataFrame:
    """Return what the events after the day `since` did to each relation; columns as in the table `relation_changes`.

    `weighed` is what `weigh_ties` makes of the events.
    An event belongs to the time after a day if its last day does: a vague one may be counted too late, never too early.
    Both halves are what is known today; `net_before` is empty if nothing had tied the pair, and so is its sign. A sign
    that only talks gave was none that could turn round.
    """
    ties = weighed[weighed["weighs"]]
    later = ties["day"] > since
    before, after = _sum_ties(ties[~later]).add_suffix("_before"), _sum_ties(ties[later]).add_suffix("_since")
    table = before.join(after, how="outer").reset_index()
    empty = {"n_before": 0, "n_since": 0, "net_since": 0.0, "sign_before": "", "event_ids_since": ""}
    table = table.fillna(empty).astype({"n_before": int, "n_since": int})
    net = (table["net_before"].fillna(0.0) + table["net_since"]).round(1) + 0.0
    table = table.assign(since=since, sign_now=sign(net), net_now=net, event_ids=table["event_ids_since"])
    flipped = (table["sign_before"] + table["sign_now"]).isin(["+-", "-+"])
    taken = _sum_ties(drop_talks(ties[~later], types))["sign"].reindex(pd.MultiIndex.from_frame(table[PAIR]))
    flipped &= table["sign_before"] == taken.to_numpy()
    return table.assign(flipped=np.where(flipped, "yes", "no"))[list(TABLES["relation_changes"].columns)]


def trace_relations(weighed: pd.DataFrame, events: pd.DataFrame, chosen: list[tuple[str, str]]) -> pd.DataFrame:
    """Return the course of chosen dyads in both directions, event by event; columns as in the table `relation_series`.

    `weighed` is what `weigh_ties` makes of the events.
    An event enters on its last day, an undated one on the day on which it was first told; what enters so is `vague`.
    """
    ties = weighed[weighed["weighs"]].merge(events[["event_id", "date", "earliest", "latest"]], on="event_id")
    exact = (ties["earliest"] == ties["latest"]) & (ties["latest"] != "")
    order = {frozenset(dyad): ";".join(dyad) for dyad in chosen}
    pairs = zip(ties["source_actor"], ties["target_actor"], strict=True)
    named = [order.get(frozenset(pair), "") for pair in pairs]
    ties = ties.assign(dyad=named, vague=np.where(exact, "no", "yes"))
    ties = ties[ties["dyad"] != ""].sort_values([*PAIR, "day", "event_id"], kind="stable").reset_index(drop=True)
    net = ties.groupby(PAIR)["adds"].cumsum().round(1) + 0.0
    return ties.assign(net=net, intensity=ties["adds"])[list(TABLES["relation_series"].columns)]


def find_earlier(compare: str, previous: str, as_of: str) -> str:
    """Return the day with which the relations of today are compared.

    It is `compare`; if that is empty, the day of the previous edition; without one, the day a year before `as_of`.

    Raises
    ------
    InputError
        If `compare` is no day, or does not lie before `as_of`.
    """
    asked = edtf.day(compare, "compare")
    if asked >= as_of:
        raise InputError(f"The compare date {asked} does not lie before {as_of}: choose an earlier day.")
    return asked or previous or (pd.Timestamp(as_of) - pd.DateOffset(years=1)).date().isoformat()


def _sum_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the ties that weigh, per pair of the ties: also of those of which none weighs."""
    by_act = ties.groupby([*PAIR, "act"])["adds"].sum()
    parts = pd.DataFrame({"cooperation": by_act.clip(lower=0), "conflict": by_act.clip(upper=0), "net": by_act})
    table = parts.groupby(PAIR).sum().round(1) + 0.0  # there is no minus zero
    by_pair = ties[ties["weighs"]].sort_values("event_id", kind="stable").groupby(PAIR)
    table = table.assign(n=ties.groupby(PAIR)["counts"].sum(), event_ids=by_pair["event_id"].agg(";".join))
    return table.fillna({"event_ids": ""}).assign(sign=sign(table["net"]))


def count_publishers(ties: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, by: list[str]) -> pd.Series:
    """Return how many reporters, without those that deny, stand behind the events of each pair, which `by` names."""
    affirmed = mentions[mentions["stance"] != "denies"].merge(sources[["source_id", "reporter"]], on="source_id")
    reporters = affirmed[["event_id", "reporter"]].drop_duplicates()
    behind = ties[[*by, "event_id"]].drop_duplicates().merge(reporters, on="event_id")
    return behind.drop_duplicates([*by, "reporter"]).groupby(by).size().rename("n_publishers")


def sign(net: pd.Series) -> pd.Series:
    """Return the sign of each net: ``+``, ``-`` or ``0``."""
    return pd.Series(np.select([net > 0, net < 0], ["+", "-"], "0"), index=net.index, dtype=str)
