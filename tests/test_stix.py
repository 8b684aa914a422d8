"""The objects of STIX: texts in which Markdown finds nothing, days that are whole days, ids that stay."""

from __future__ import annotations

import re

import pytest
from hostile import HOSTILE
from lagebild.report.datapackage import NAMESPACE, make_uuid
from lagebild.report.stix import MAKER, refer_actor, show, span_day
from markdown_it import MarkdownIt


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_markdown_finds_no_tag_and_no_link_in_a_text(text: str) -> None:
    for place in ("{}", "- {} (Paper, 2025, S1)", "a\n{}\nb"):
        page = MarkdownIt("commonmark").render(place.format(show(text)))
        assert set(re.findall(r"</?(\w+)", page)) <= {"p", "ul", "li", "code", "em", "strong", "h1", "ol", "blockquote"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AT&T [de] a_b * c", "AT&T [de] a_b * c"),
        ("two\n lines", "two lines"),
        ("[x](https://evil.example)", r"[x]\(https://evil.example)"),
        ("![x](y)", r"![x]\(y)"),
        ("[x]: https://evil.example", r"[x]\: https://evil.example"),
        ("<b>", r"\<b>"),
        (r"\<b>", r"\\\<b>"),
    ],
)
def test_a_text_keeps_its_signs_where_markdown_reads_none_in_them(text: str, expected: str) -> None:
    assert show(text) == expected


@pytest.mark.parametrize(
    ("date", "start", "stop"),
    [
        ("2025-06-13", "2025-06-13", "2025-06-14"),
        ("2025-02-28/2025-03-02", "2025-02-28", "2025-03-03"),
        ("2025-06-13~", "", ""),
        ("2025-06-11~/2025-06-20~", "", ""),
        ("2025-06", "", ""),
        ("2025-06-13/..", "", ""),
        ("../2025-06-13", "", ""),
        ("", "", ""),
    ],
)
def test_only_whole_days_have_a_start_and_a_stop(date: str, start: str, stop: str) -> None:
    assert {name: time[:10] for name, time in span_day(date).items()} == (
        {"start_time": start, "stop_time": stop} if start else {}
    )


def test_ids_stay_as_they_are() -> None:
    assert str(NAMESPACE) == "60a4d96c-4b24-4d3b-9a0c-6f0f2f0fb1c7"
    assert str(NAMESPACE) != "00abedb4-aa42-466c-9c01-fed23315a9b7"  # that of observables, which no other may use
    assert make_uuid("identity", "RUS") == "29598abb-fec6-549f-a0c3-266d196a61fd"
    assert refer_actor("RUS") == f"identity--{make_uuid('identity', 'RUS')}"
    assert make_uuid("incident", "a", "E1") != make_uuid("incident", "b", "E1") != make_uuid("note", "b", "E1")
    assert refer_actor("Lagebild") != MAKER
