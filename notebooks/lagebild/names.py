"""Who acts for whom, and when: a person stands for a state only while in office."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lagebild.dates import parse


def acts_for(offices: pd.DataFrame, actor_id: str, day: str) -> pd.Series | None:
    """Return the office that an actor holds on a day, or None; `day` empty asks for any office.

    A chain is not followed here: the State Duma acts for Russia, its speaker for the Duma.
    """
    for _, office in offices[offices["actor_id"] == actor_id].iterrows():
        first = parse(office["from"]).earliest if office["from"] else ""
        last = parse(office["to"]).latest if office["to"] else "9999"
        if not day or first <= day <= last:
            return office
    return None


def fold(offices: pd.DataFrame, actor_id: str, day: str) -> str:
    """Return the state or organisation that an actor stood for on `day`; the actor itself if for none."""
    seen = {actor_id}
    while (office := acts_for(offices, actor_id, day)) is not None and office["acts_for"] not in seen:
        actor_id = office["acts_for"]
        seen.add(actor_id)
    return actor_id


def fold_all(offices: pd.DataFrame, actor_ids: Iterable[str], day: str) -> list[str]:
    """Return whom the actors stood for, each once, in order."""
    return list(dict.fromkeys(fold(offices, actor_id, day) for actor_id in actor_ids))
