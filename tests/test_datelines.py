"""Datelines: place, day and agency are read, and no draft changes with one."""

from __future__ import annotations

import pytest
from known import REFERENCE
from lagebild.coder.article import Dateline, find_datelines
from lagebild.coder.coder import draft_text
from lagebild.coder.lexicon import read_lexicon
from lagebild.corpus.sentences import find_stops, split_sentences

DAY = "2025-06-16"
SENTENCES = {
    "de": (
        "Israel hat am Freitag Ziele im Iran angegriffen.",
        "Russland hat die Ukraine am Montag zu Verhandlungen aufgefordert.",
        "Außenminister Lawrow traf am Dienstag den iranischen Präsidenten.",
    ),
    "en": (
        "Israel struck targets in Iran on Friday.",
        "Russia urged Ukraine on Monday to negotiate.",
        "The United States imposed new sanctions on Iran on Tuesday.",
    ),
}
FORMS = [  # language, dateline, place, day, agency
    ("de", "Berlin (dpa) - ", "Berlin", "", "dpa"),
    ("de", "TEHERAN (dpa) - ", "TEHERAN", "", "dpa"),
    ("de", "Aleppo – ", "Aleppo", "", ""),
    ("de", "Wien/Brüssel – ", "Wien/Brüssel", "", ""),
    ("de", "Vatikanstadt – ", "Vatikanstadt", "", ""),
    ("de", "Kiew (dpa/AFP) – ", "Kiew", "", "dpa/AFP"),
    ("de", "(dpa) – ", "", "", "dpa"),
    ("de", "Moskau, 12. Juni (Reuters) - ", "Moskau", "12. Juni", "Reuters"),
    ("de", "Tel Aviv/Teheran, 13.6. (APA) – ", "Tel Aviv/Teheran", "13.6.", "APA"),
    ("de", "13. Juni 2025, Berlin (dpa) – ", "Berlin", "13. Juni 2025", "dpa"),
    ("de", "Straßburg, 13. Juni 2025 – ", "Straßburg", "13. Juni 2025", ""),
    ("de", "Frankfurt am Main (dpa/lhe) – ", "Frankfurt am Main", "", "dpa/lhe"),
    ("de", "Genf (epd). ", "Genf", "", "epd"),
    ("de", "WIEN (APA/Reuters) ", "WIEN", "", "APA/Reuters"),
    ("de", "BERLIN taz | ", "BERLIN", "", "taz"),
    ("de", "dpa Berlin. ", "Berlin", "", "dpa"),
    ("de", "London: ", "London", "", ""),
    ("en", "BEIRUT, March 7 (Reuters) – ", "BEIRUT", "March 7", "Reuters"),
    ("en", "KYIV, Ukraine (AP) — ", "KYIV, Ukraine", "", "AP"),
    ("en", "London (Reuters) - ", "London", "", "Reuters"),
    ("en", "(Reuters) - ", "", "", "Reuters"),
    ("en", "JERUSALEM, June 13 (Xinhua) -- ", "JERUSALEM", "June 13", "Xinhua"),
    ("en", "GAZA CITY, Gaza Strip (CNN) — ", "GAZA CITY, Gaza Strip", "", "CNN"),
    ("en", "NEW YORK/GENEVA (Reuters) - ", "NEW YORK/GENEVA", "", "Reuters"),
    ("en", "13 June 2025, Moscow (TASS) - ", "Moscow", "13 June 2025", "TASS"),
    ("en", "WASHINGTON — ", "WASHINGTON", "", ""),
    ("en", "Washington, D.C. – ", "Washington, D.C.", "", ""),
    ("en", "TEHRAN, Iran — ", "TEHRAN, Iran", "", ""),
    ("en", "BERLIN, 13 June 2025 — ", "BERLIN", "13 June 2025", ""),
    ("en", "AP - ", "", "", "AP"),
    ("en", "MOSCOW: ", "MOSCOW", "", ""),
]


def find(language: str, text: str) -> list[Dateline]:
    spans = split_sentences(text, find_stops(REFERENCE, language))
    return list(find_datelines(REFERENCE, text, spans, read_lexicon(REFERENCE, language)))


@pytest.mark.parametrize(("language", "form", "place", "day", "agency"), FORMS, ids=[row[1].strip() for row in FORMS])
def test_a_dateline_is_read(language: str, form: str, place: str, day: str, agency: str) -> None:
    assert find(language, form + SENTENCES[language][0]) == [Dateline(0, len(form), place, day, agency)]


@pytest.mark.parametrize(("language", "form"), [row[:2] for row in FORMS], ids=[row[1].strip() for row in FORMS])
def test_no_draft_changes_with_a_dateline(language: str, form: str) -> None:
    def read(text: str, before: int) -> list[object]:
        drafted = draft_text(REFERENCE, text, language, DAY)
        acts = [
            (one.event_type, one.source_actors, one.target_actors, one.date, one.status, one.confidence, one.start)
            for one in (*drafted.events, *drafted.candidates)
        ]
        dates = [(one.start - before, one.edtf) for one in drafted.dates if one.start >= before]
        return [*((*one[:-1], one[-1] - before) for one in acts), *dates]

    for sentence in SENTENCES[language]:
        alone = read(sentence, 0)
        assert alone
        assert read(form + sentence, len(form)) == alone


def test_a_dateline_may_stand_behind_a_headline() -> None:
    text = "Neue Angriffe im Iran\nTeheran – Israel hat den Iran angegriffen."
    assert [one.place for one in find("de", text)] == ["Teheran"]
    text = "Neue Angriffe befürchtet. Teheran – Israel hat den Iran angegriffen."
    assert [one.place for one in find("de", text)] == ["Teheran"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Aleppo – die zweitgrößte Stadt des Landes – ist gefallen."),
        ("de", "Putin – Der Mann im Kreml schweigt."),
        ("de", "Putin: Der Krieg geht weiter."),
        ("de", "Russland: Der Krieg geht weiter."),
        ("de", "Die Angreifer – Sie kamen nachts – sind entkommen."),
        ("de", "Präsident – Kanzler: wer regiert?"),
        ("en", "Putin: The war goes on."),
        ("en", "The president – Mr Putin – was silent."),
        ("en", "Exclusive: Moscow is silent."),
        ("en", "North-South talks stalled."),
        ("de", "Israel (Hauptstadt: Jerusalem) griff an."),
    ],
)
def test_a_look_alike_is_no_dateline(language: str, text: str) -> None:
    assert find(language, text) == []
