"""Who acts for whom, and when."""

from __future__ import annotations

import pandas as pd
import pytest
from known import REFERENCE
from lagebild.core.offices import acts_for, group_offices, resolve_actor

HELD = group_offices(REFERENCE.table("offices"))


@pytest.mark.parametrize(
    ("actor", "day", "state"),
    [
        ("trump", "2017-01-19", "trump"),
        ("trump", "2017-01-20", "USA"),
        ("trump", "2021-01-20", "USA"),
        ("trump", "2021-01-21", "trump"),
        ("trump", "2024-11-07", "trump"),
        ("trump", "2025-01-19", "trump"),
        ("trump", "2025-01-20", "USA"),
        ("sullivan", "2025-01-21", "sullivan"),
        ("netanyahu", "2022-06-01", "netanyahu"),
        ("netanyahu", "2025-06-13", "ISR"),
        ("putin", "2010-01-01", "RUS"),
        ("bashar-al-assad", "2024-12-07", "SYR"),
        ("bashar-al-assad", "2024-12-08", "bashar-al-assad"),
        # an office held from some day of a month or year counts from its first day
        ("rudenko", "2019-08-31", "rudenko"),
        ("rudenko", "2019-09-01", "RUS"),
        ("farahi", "2023-01-01", "IRN"),
        # ... and to its last
        ("shadmani", "2025-06-30", "IRN"),
        ("shadmani", "2025-07-01", "shadmani"),
        # bodies act for their state whenever
        ("kremlin", "1999-01-01", "RUS"),
        ("majlis", "2025-01-01", "IRN"),
        # a state stands for itself, and so does who is not in the table
        ("IRN", "2025-01-01", "IRN"),
        ("bild", "2025-01-01", "bild"),
        ("nobody", "2025-01-01", "nobody"),
    ],
)
def test_a_person_stands_for_a_state_only_while_in_office(actor: str, day: str, state: str) -> None:
    assert resolve_actor(HELD, actor, day) == state


def test_a_chain_of_offices_is_followed_to_its_end() -> None:
    offices = pd.DataFrame(
        [("a", "b", "", ""), ("b", "c", "", ""), ("c", "RUS", "2020", "2021")],
        columns=["actor_id", "acts_for", "from", "to"],
    )
    assert [resolve_actor(group_offices(offices), "a", day) for day in ("2020-06-01", "2022-01-01")] == ["RUS", "c"]


def test_offices_that_point_at_each_other_end_somewhere() -> None:
    offices = pd.DataFrame([("a", "b", "", ""), ("b", "a", "", "")], columns=["actor_id", "acts_for", "from", "to"])
    assert resolve_actor(group_offices(offices), "a", "2020-06-01") == "b"


@pytest.mark.parametrize(
    ("day", "office"), [("2010-01-01", "Prime Minister of Russia"), ("2013-01-01", "President of Russia")]
)
def test_of_several_offices_the_one_held_on_the_day_counts(day: str, office: str) -> None:
    held = acts_for(HELD, "putin", day)
    assert held is not None
    assert held["office_en"] == office
