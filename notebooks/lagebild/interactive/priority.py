"""Which rows of the desk pay most: those whose decision probably changes the dataset, and changes much in it.

How likely a decision changes something follows from the draft's probability: one that counts changes the dataset when
it is wrong, a candidate when it is right. So rows near the probability from which drafts count come first. How much it
changes is told by what the pair of its sides rests on: whether the sum of its weighted acts turns without the row, or
with it, and how few events carry it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from lagebild.core.reference import Reference
from lagebild.core.schema import ids

TURNS, CARRIES, LACKS, DOUBT = "turns", "carries", "lacks", "doubt"
EFFECT = {TURNS: 1.0, CARRIES: 0.7, LACKS: 0.4, DOUBT: 0.2}  # how much of the picture hangs on a row, the most first
FEW = 2  # events that carry a pair, beside which one more or less counts much
ASIDE = 0.6  # of an effect on a pair without the subject of the case
CODED = 0.95  # how sure a mention is that a person coded
TOLD = ("asserted", "reported")  # an act that may not have happened weighs nowhere
Row = Mapping[str, Any]
Pair = frozenset[str]


def rank_rows(
    reference: Reference, subject: str, rows: Sequence[Row], probabilities: Mapping[str, float]
) -> dict[str, tuple[int, str, str, int | None]]:
    """Return for each row its place in the order that pays, from 0, and why it stands there.

    Parameters
    ----------
    reference
        The tables of the method; of the type of an act its intensity counts.
    subject
        The actor in the middle of the case; empty if there is none.
    rows
        All rows of the desk, in the order of the texts.
    probabilities
        How likely each draft is right, 0 to 1, by its id.

    Returns
    -------
    dict
        By mention: its place; what hangs on it (``turns``, ``carries``, ``lacks``, ``doubt``); the pair on which it
        has that effect, as a list cell; and its probability in percent, None for a mention that a person coded.
    """
    intensity = {row["event_type"]: float(row["intensity"]) for row in reference.rows("event_types")}
    acts: dict[Pair, dict[str, float]] = defaultdict(dict)
    telling: dict[str, int] = defaultdict(int)
    for row in rows:
        if _counts(row):
            telling[row["event_id"]] += 1
            for pair in _pairs_of(row):
                acts[pair].setdefault(row["event_id"], intensity.get(row["event_type"], 0.0))
    scored = []
    for number, row in enumerate(rows):
        alone = telling[row["event_id"]] <= 1
        weight = intensity.get(row["event_type"], 0.0)
        why, pair = _find_effect(row, weight, [(one, acts[one]) for one in _pairs_of(row)], alone)
        p = probabilities.get(row["mention_id"])
        change = 1 - CODED if p is None else p if row["confidence"] == "C" else 1 - p
        near = 1.0 if not subject or subject in pair else ASIDE
        score = change * near * EFFECT[why]
        percent = None if p is None else round(100 * p)
        scored.append((-score, number, row["mention_id"], why, ";".join(sorted(pair)), percent))
    return {name: (place, *rest) for place, (_, _, name, *rest) in enumerate(sorted(scored))}  # type: ignore[misc]


def _counts(row: Row) -> bool:
    """Whether a row weighs in the dataset as long as nobody decides."""
    return bool(row["event_id"]) and row["confidence"] != "C" and row["status"] in TOLD


def _pairs_of(row: Row) -> list[Pair]:
    """Return the pairs that a row ties."""
    pairs = (frozenset(two) for two in product(ids(row["source_actors"]), ids(row["target_actors"])))
    return [pair for pair in dict.fromkeys(pairs) if len(pair) > 1]


def _find_effect(
    row: Row, weight: float, tied: Iterable[tuple[Pair, Mapping[str, float]]], alone: bool
) -> tuple[str, Pair]:
    """Return the greatest effect that a decision on a row may have, and on which pair.

    `tied` are its pairs with the weight of each event that ties them, `alone` whether no other row tells its event.
    """
    found = [(DOUBT, frozenset(ids(row["source_actors"])))]
    if not row["condition_id"] and row["mutual"] == "no" and not (row["source_actors"] and row["target_actors"]):
        found.append((LACKS, frozenset({*ids(row["source_actors"]), *ids(row["target_actors"])})))
    for pair, events in tied if alone and row["status"] in TOLD else ():
        without = sum(adds for name, adds in events.items() if name != row["event_id"])
        if _sign(without) != _sign(without + weight):
            found.append((TURNS, pair))
        elif len(events) <= FEW:
            found.append((CARRIES, pair))
    return max(found, key=lambda one: EFFECT[one[0]])


def _sign(net: float) -> int:
    return (net > 0) - (net < 0)
