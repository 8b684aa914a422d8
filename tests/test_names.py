"""Who acts for whom, and when."""

from __future__ import annotations

import pandas as pd
import pytest
from known import REFERENCE
from lagebild.core.offices import acts_for, fold, fold_all

OFFICES = REFERENCE.table("offices")


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
    assert fold(OFFICES, actor, day) == state


def test_a_chain_of_offices_is_followed_to_its_end() -> None:
    offices = pd.DataFrame(
        [("a", "b", "", ""), ("b", "c", "", ""), ("c", "RUS", "2020", "2021")],
        columns=["actor_id", "acts_for", "from", "to"],
    )
    assert (fold(offices, "a", "2020-06-01"), fold(offices, "a", "2022-01-01")) == ("RUS", "c")


def test_offices_that_point_at_each_other_end_somewhere() -> None:
    offices = pd.DataFrame([("a", "b", "", ""), ("b", "a", "", "")], columns=["actor_id", "acts_for", "from", "to"])
    assert fold(offices, "a", "2020-06-01") == "b"


def test_actors_of_one_state_are_that_state_once_and_in_order() -> None:
    assert fold_all(OFFICES, ["putin", "araghchi", "lavrov", "IRN"], "2025-06-13") == ["RUS", "IRN"]


@pytest.mark.parametrize(
    ("day", "office"), [("2010-01-01", "Prime Minister of Russia"), ("2013-01-01", "President of Russia")]
)
def test_of_several_offices_the_one_held_on_the_day_counts(day: str, office: str) -> None:
    held = acts_for(OFFICES, "putin", day)
    assert held is not None
    assert held["office_en"] == office
