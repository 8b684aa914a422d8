"""The options of an actor: which ties each would move and on whose word, and what that would do to the balance.

An option is an act that is open to an actor. Three grounds say which ties it moves: the act itself, a condition of the
dataset that states what follows from this act, and what the analyst infers in `judgements.yml`. How far a tie would
move nobody says; so the balance after an option is that of ties which move all the way, and no forecast.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lagebild.analysis.balance import around, find_triads, flip_ties
from lagebild.analysis.frustration import Graph, frustration
from lagebild.core.case import Entry
from lagebild.core.schema import BASES, BEARINGS, TABLES, ids
from lagebild.core.tables import records

SIGN = {1: "+", -1: "-"}


def weigh_options(
    options: tuple[Entry, ...], conditions: pd.DataFrame, graph: Graph, types: pd.DataFrame
) -> pd.DataFrame:
    """Return the ties that each option would move beside their sign today; columns as in the table `options`.

    If several grounds agree, the first of act, text and analyst is the basis, and the evidence of all is joined. A tie
    that is told to move both ways has two rows and flips neither way. A tie without a sign today cannot flip.
    """
    rows = []
    for option in options:
        moves: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        for target, change, basis, evidence in _moves(option, conditions, types):
            grounds = moves.setdefault((target, change), {})
            grounds[basis] = grounds.get(basis, ()) + evidence
        for (target, change), grounds in moves.items():
            tie = graph.get_edge_data(option.actor, target)
            today = "" if tie is None else SIGN[tie["sign"]]
            both = sum(other == target for other, _ in moves) > 1
            flips = "yes" if today and today != change and not both else "no"
            basis = next(basis for basis in BASES if basis in grounds)
            joined = dict.fromkeys(one for basis in BASES for one in grounds.get(basis, ()))
            rows.append((option.entry_id, option.actor, target, today, change, flips, basis, ";".join(joined)))
    return pd.DataFrame(rows, columns=list(TABLES["options"].columns))


def weigh_outcomes(
    options: tuple[Entry, ...], weighed: pd.DataFrame, conditions: pd.DataFrame, graph: Graph
) -> pd.DataFrame:
    """Return what each option would do to triads and frustration, and what the texts say of it, as in `outcomes`.

    `weighed` is what `weigh_options` returns. Only a tie that exists today is turned round: none is made up.
    """
    today, before = find_triads(graph), frustration(graph)
    balanced = _states(today)
    rows = []
    for option in options:
        mine = weighed[(weighed["option_id"] == option.entry_id) & (weighed["flips"] == "yes")]
        flipped = flip_ties(graph, [(option.actor, target) for target in mine["target"]])
        after, triads = frustration(flipped), find_triads(flipped)
        changed = {triad: state for triad, state in _states(triads).items() if state != balanced[triad]}
        bearing = _find_bearing(option.choice, conditions)
        rows.append(
            {
                "option_id": option.entry_id,
                "choice": option.choice,
                "flips": ";".join(sorted(mine["target"])),
                "settles": ";".join(sorted("~".join(triad) for triad, state in changed.items() if state == "yes")),
                "upsets": ";".join(sorted("~".join(triad) for triad, state in changed.items() if state == "no")),
                "unbalanced_before": int((around(today, option.actor)["balanced"] == "no").sum()),
                "unbalanced_after": int((around(triads, option.actor)["balanced"] == "no").sum()),
                "frustration_before": before.index,
                "frustration_after": after.index,
                "exact": "yes" if before.exact and after.exact else "no",
                **{name: ";".join(bearing.loc[bearing["bearing"] == name, "condition_id"]) for name in BEARINGS},
            }
        )
    return pd.DataFrame(rows, columns=list(TABLES["outcomes"].columns))


def _moves(
    option: Entry, conditions: pd.DataFrame, types: pd.DataFrame
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield target, change, basis and evidence of each tie that an option would move, one ground at a time."""
    if option.choice:
        event_type, _, sides = option.choice.partition(":")
        intensity = float(types.set_index("event_type")["intensity"][event_type])
        if intensity:
            yield sides.partition(">")[2], "+" if intensity > 0 else "-", "act", ()
        for condition in records(_find_bearing(option.choice, conditions)):
            for tie in ids(condition["ties"]):
                ends, _, change = tie.rpartition(":")
                if ends.startswith(f"{option.actor}-"):
                    yield ends.removeprefix(f"{option.actor}-"), change, "text", (condition["condition_id"],)
    for target, change, evidence in option.changes:
        yield target, change, "analyst", evidence


def _find_bearing(choice: str, conditions: pd.DataFrame) -> pd.DataFrame:
    """Return the conditions that bear on a choice; what is denied, left open or contested as such bears on none."""
    stands = ~conditions["status"].isin(["negated", "open"]) & (conditions["contested"] != "occurrence")
    bears = [choice in ids(cell) for cell in conditions["choice"]]
    return conditions[stands & pd.Series(bears, index=conditions.index, dtype=bool)].sort_values("condition_id")


def _states(triads: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    return {(row["a"], row["b"], row["c"]): row["balanced"] for row in records(triads)}
