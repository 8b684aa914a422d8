"""Outlets that print one report of an agency, or of each other, are one voice."""

from __future__ import annotations

import pytest
from known import REFERENCE
from lagebild.corpus.copies import find_agency, find_copied

REPORT = " ".join(f"Der Minister von Land {k} empfing am Montag den Gesandten der Insel {k}." for k in range(9))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Teheran (dpa) – Der Minister reiste ab.", "Deutsche Presse-Agentur"),
        ("TEHRAN (Reuters) - The minister left.", "Reuters"),
        ("Teheran (dpa/lby) - Der Minister reiste ab.", "Deutsche Presse-Agentur"),
        ("Der Minister reiste ab, meldete die dpa.", ""),
        ("Das Amerikahaus (AP) zeigte Bilder.", ""),
        (f"{REPORT} Teheran (dpa) – Der Minister reiste ab.", ""),
        ("", ""),
    ],
)
def test_an_agency_is_named_in_brackets_at_the_head(text: str, agency: str) -> None:
    assert find_agency(REFERENCE, text) == agency


@pytest.mark.parametrize(
    ("texts", "copied"),
    [
        ([REPORT, REPORT.upper()], [0, 0]),
        ([REPORT, f"Eigener Vorspann des Blattes. {REPORT[:500]}"], [0, 0]),
        ([REPORT, REPORT.replace("Montag", "Freitag").replace("Gesandten", "König")], [0, 1]),
        (["Kurz.", "Kurz."], [0, 1]),
        (["Ganz anderes.", REPORT, REPORT], [0, 1, 1]),
        ([], []),
    ],
)
def test_a_copy_shares_most_runs_of_words(texts: list[str], copied: list[int]) -> None:
    assert find_copied(texts) == copied
