"""How far an actor went for an attacked partner: the rungs of a ladder from words to force, and what stands on each.

The picture is that of escalation ladders (Kahn 1965), read from the side of the helper. Rungs and the PLOVER types that
reach them are the table `rungs`; nothing else decides. The order of the rungs is one of what help costs the helper, no
measure.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NamedTuple

import pandas as pd

from lagebild.analysis.relations import dyads, last_days
from lagebild.core import HAPPENED, Case, Offices, edtf, ids, records, resolve_actor

# What stands on a rung, the firmest first; what no event reaches is "none" if a search for it is on file (`searches`),
# else "unsearched": absence is only as good as the search.
STANDINGS = {
    **{"asserted": "done", "reported": "said", "disputed": "disputed", "doubted": "doubted"},
    **{"negated": "denied", "hypothetical": "floated", "open": "floated"},
}
DOUBTFUL = ("4", "5")  # Admiralty: doubtful, improbable


class Ladder(NamedTuple):
    """Who helps whom, and what stands on each rung in each stretch of time; columns as `build_ladder` has them."""

    helper: str
    partner: str
    rungs: pd.DataFrame
    names: dict[str, dict[str, str]]  # of the stretches, in each language, by their first day


def build_ladder(
    events: pd.DataFrame,
    ties: pd.DataFrame,
    case: Case,
    offices: Offices,
    types: pd.DataFrame,
    rungs: pd.DataFrame,
    searches: pd.DataFrame,
    as_of: str,
) -> Ladder | None:
    """Return the ladder of the subject of a case; nothing if no partner of it is attacked.

    Nothing of a machine draft either: nobody has said whom it is about. The partner is whoever the subject has the
    strongest firm good tie with of those who are attacked (ASSAULT, told as fact or attributed); the attackers are
    all who do that, the bodies all organisations; what the case says is about somebody `elsewhere` reaches no rung.
    Time is cut at the turns of the case, else at the first attack; each event stands in the stretch of its last
    possible day, what was done by a day in that of the day before. An offer that one side makes alone is a talk, as
    in the relations (`one_sided` of the types). What the doer says on record of an act of words, it has done: see
    `affirm_own_acts`, which makes `events` so.

    Returns
    -------
    Ladder
        Its rungs, from words to force, by stretch: start (empty: open), end, rung_id, standing (done, said, disputed,
        doubted, denied, floated, none, unsearched), n_acts (those told as fact or attributed; the stages of a process
        are one), shown (the event that says it best: the firmest, then one that certainly lies in the stretch, then
        that of most publishers, then the first), event_ids (of all, also of what was only floated) and search_ids (of
        the searches that asked for it).
    """
    if case.draft:
        return None
    last = [
        edtf.shift_day(day, -int(not first)) for day, first in zip(last_days(events), events["earliest"], strict=True)
    ]
    acts = dyads(events.assign(last=last), offices)
    acts = acts[~acts["joint"]]
    assaults = acts[(acts["event_type"] == "ASSAULT") & acts["status"].isin(HAPPENED)]
    partner = _find_partner(ties, case.subject, set(assaults["target_actor"]))
    if not partner:
        return None
    attacks = assaults[assaults["target_actor"] == partner]
    attackers = set(attacks["source_actor"]) - {case.subject}
    sides = {"partner": {partner}, "attackers": attackers, "bodies": offices.bodies}
    alone = acts["event_type"].isin(types.loc[types["one_sided"].notna(), "event_type"]) & (acts["mutual"] != "yes")
    acts = acts.assign(
        reaches=acts["event_type"].where(~alone, types.loc[types["talk"] == "yes", "event_type"].iloc[0])
    )
    own = records(acts[(acts["source_actor"] == case.subject) & ~acts["event_id"].isin(case.elsewhere)])
    rows, upwards = [], records(rungs.sort_values("rank"))
    searches = searches[searches["end"] <= as_of]
    reached = [act | {"rung": _find_rung(act, upwards, sides)} for act in own]
    turns = [turn.day for turn in case.turns] or [min(attacks["last"])]
    for start, end in _split_time(turns, as_of):
        known = [act for act in reached if start <= act["last"] <= end]
        for rung in upwards:
            acts_on = {act["event_id"]: act for act in known if act["rung"] == rung["rung_id"]}
            asked = _find_searches(searches, rung["rung_id"], start or case.start, end)
            standing, *best = _summarise(list(acts_on.values()), start)
            standing = "unsearched" if standing == "none" and not asked else standing
            rows.append((start, end, rung["rung_id"], standing, *best, ";".join(asked)))
    columns = ["start", "end", "rung_id", "standing", "n_acts", "shown", "event_ids", "search_ids"]
    names = {turn.day: turn.name for turn in case.turns}
    return Ladder(case.subject, partner, pd.DataFrame(rows, columns=columns), names)


def affirm_own_acts(
    events: pd.DataFrame, mentions: pd.DataFrame, offices: Offices, types: pd.DataFrame
) -> pd.DataFrame:
    """Return events of which those count as told for a fact that their doer tells on record, of acts of words.

    An offer that the Kremlin confirms was made, whatever becomes of it; that a missile hit is not true because who
    fired it says so.
    """
    verbal = set(types.loc[types["quad"].str.startswith("verbal"), "event_type"])
    told = mentions[
        (mentions["stance"] == "supports") & (mentions["status"] == "reported") & (mentions["speaker"] != "")
    ]
    owned = set()
    for row in records(told[told["event_type"].isin(verbal)]):
        doers = {*ids(row["source_actors"]), *(ids(row["target_actors"]) if row["mutual"] == "yes" else ())}
        spoke = {resolve_actor(offices.held, one, "") for one in ids(row["speaker"])}
        did = {resolve_actor(offices.held, one, "") for one in doers}
        if spoke & did:
            owned.add(row["event_id"])
    own = events["event_id"].isin(owned) & (events["status"] == "reported") & (events["contested"] != "occurrence")
    return events.assign(status=events["status"].mask(own, "asserted"))


def _find_rung(act: dict[str, Any], upwards: list[dict[str, Any]], sides: dict[str, Set[str]]) -> str:
    """Return the highest rung that an act reaches; what both do together reaches none that is not `joint`."""
    fit = [
        rung["rung_id"]
        for rung in upwards
        if act["target_actor"] in sides[rung["whom"]]
        and act["reaches"] in ids(rung["event_types"])
        and (not rung["contexts"] or set(ids(act["context"])) & set(ids(rung["contexts"])))
        and (rung["joint"] == "yes" or act["mutual"] != "yes")
    ]
    return str(fit[-1]) if fit else ""


def _find_searches(searches: pd.DataFrame, rung: str, start: str, end: str) -> list[str]:
    """Return the ids of the searches that asked for a rung in the whole of a stretch of time."""
    long = searches[(searches["start"] <= start) & (searches["end"] >= end)]
    return [row["search_id"] for row in records(long) if rung in ids(row["rung"])]


def _find_partner(ties: pd.DataFrame, subject: str, attacked: Set[str]) -> str:
    """Return with whom of those who are attacked a subject has the strongest firm good tie; empty without one."""
    friends = [
        (tie["net"], tie["other"] if tie["one"] == subject else tie["one"])
        for tie in records(ties)
        if tie["strength"] == "firm" and tie["sign"] == "+" and subject in (tie["one"], tie["other"])
    ]
    return str(max((friend for friend in friends if friend[1] in attacked), default=(0.0, ""))[1])


def _split_time(turns: list[str], as_of: str) -> list[tuple[str, str]]:
    """Return the stretches of time: before the first turn, and from each to the next."""
    cuts = sorted({day for day in turns if day <= as_of})
    return list(zip(["", *cuts], [*(edtf.shift_day(cut, -1) for cut in cuts), as_of], strict=True))


def _summarise(acts: list[dict[str, Any]], start: str) -> tuple[str, int, str, str]:
    """Return what stands on a rung that these events reach since a day: standing, n_acts, shown, event_ids.

    What is only floated counts in the stretch in which it certainly lies: a plan for a year is none of its last week.
    """
    acts = [act for act in acts if STANDINGS[_find_status(act)] != "floated" or act["earliest"] >= start]
    if not acts:
        return "none", 0, "", ""
    best = min(acts, key=lambda act: _rank_act(act, start))
    counting = [act for act in acts if act["status"] in HAPPENED or act is best]
    n_acts = len({act["process"] or act["event_id"] for act in counting})
    event_ids = ";".join(sorted(act["event_id"] for act in acts))
    return STANDINGS[_find_status(best)], n_acts, best["event_id"], event_ids


def _rank_act(act: dict[str, Any], start: str) -> tuple[int, bool, int, str]:
    """Return what sorts first the event that says best what stands on a rung; see `build_ladder`."""
    return list(STANDINGS).index(_find_status(act)), act["earliest"] < start, -act["n_publishers"], act["last"]


def _find_status(act: dict[str, Any]) -> str:
    """Return how an event is told: as fact by nobody if its occurrence is contested, doubtful if its best page is."""
    if act["status"] not in HAPPENED:
        return str(act["status"])
    if act["status"] == "reported" and act["credibility"] in DOUBTFUL:
        return "doubted"
    return "disputed" if act["contested"] == "occurrence" else str(act["status"])
