"""How densely an event is attested follows from publishers, agreement and status, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from examples import mentions, names, sources
from lagebild.core.schema import DENSITY, STATUSES
from lagebild.core.tables import records
from lagebild.dataset.coreference import grade_mentions, merge_events, rate_density

Reported = list[tuple[str, str, dict[str, str]]]  # reporter, reliability, what differs from a plain mention
ABC: Reported = [("A", "B", {}), ("B", "C", {}), ("C", "C", {})]
DENIES = {"stance": "denies", "status": "negated"}


def rated(reported: Reported) -> str:
    """Return the density of one event that is told so, as it stands in the table of events."""
    pages = sources(*({"reporter": reporter, "reliability": reliability} for reporter, reliability, _ in reported))
    by: list[dict[str, Any]] = [cells | {"source_id": f"S{n}"} for n, (*_, cells) in enumerate(reported, start=1)]
    row = merge_events(grade_mentions(mentions(*by), pages), names("events", "E1"), "2025-06-16").iloc[0]
    return str(row["density"])


@pytest.mark.parametrize(
    ("reported", "word"),
    [
        (ABC, "dense"),
        ([("A", "A", {}), ("B", "F", {}), ("C", "E", {})], "dense"),
        # three pages of which two relay one report are two publishers
        ([("A", "B", {}), ("A", "B", {}), ("C", "C", {})], "medium"),
        # nobody reliable among the three
        ([("A", "C", {}), ("B", "C", {}), ("C", "D", {})], "medium"),
        # the third one only passes on what somebody says
        ([*ABC[:2], ("C", "C", {"status": "reported"})], "medium"),
        # the reliable one only passes on what somebody says
        ([("A", "B", {"status": "reported"}), *ABC[1:], ("D", "C", {})], "medium"),
        # another account differs, or denies
        ([*ABC, ("D", "C", {"stance": "differs"})], "medium"),
        ([*ABC, ("D", "E", DENIES)], "sparse"),
        ([("A", "B", {}), ("B", "E", DENIES)], "sparse"),
        # two publishers, or one that is reliable
        ([("A", "C", {}), ("B", "C", {})], "medium"),
        ([("A", "E", {"status": "reported"}), ("B", "E", {"status": "reported"})], "medium"),
        ([("A", "A", {})], "medium"),
        ([("A", "B", {})], "medium"),
        # what is left
        ([("A", "C", {})], "sparse"),
        ([("A", "F", {})], "sparse"),
        ([("A", "B", {"status": "reported"})], "sparse"),
        ([("A", "C", {}), ("A", "D", {})], "sparse"),
        # one tells it, another holds it possible: that makes no second publisher
        ([("A", "C", {}), ("B", "A", {"status": "hypothetical"})], "sparse"),
        # nobody tells that it happened
        ([("A", "A", {"status": "hypothetical"})] * 3, ""),
        ([("A", "A", DENIES)], ""),
        ([("A", "A", {"status": "open"})], ""),
    ],
)
def test_the_word_of_an_event_follows_the_printed_rule(reported: Reported, word: str) -> None:
    assert rated(reported) == word
    assert rated(reported[::-1]) == word


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_told_to_have_happened_has_a_word(status: str) -> None:
    word = rated([("A", "A", {"status": status})])
    assert word in DENSITY if status in ("asserted", "reported") else word == ""


def test_one_more_publisher_who_agrees_never_lowers_the_word() -> None:
    order = ["sparse", "medium", "dense"]
    for reported in (ABC[:1], ABC[:2], ABC, ABC[1:]):
        assert order.index(rated([*reported, ("Z", "C", {})])) >= order.index(rated(reported))


def test_rating_changes_none_of_its_tables() -> None:
    reported = records(grade_mentions(mentions({}, {}), sources({})))
    before = [dict(row) for row in reported]
    rate_density(reported, "no")
    assert reported == before
