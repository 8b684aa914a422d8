"""Kinds of text that are no part of a report: nothing is drafted from them, and all is drafted around them."""

from __future__ import annotations

import pytest
from known import REFERENCE, read_acts
from lagebild.coder.article import find_kinds
from lagebild.coder.lexicon import read_lexicon
from lagebild.corpus.sentences import find_stops, split_sentences

DAY = "2025-06-16"
AROUND = {
    "de": ("Israel hat am Freitag den Iran angegriffen.", "Die USA drohten Syrien mit Vergeltung."),
    "en": ("Israel attacked Iran on Friday.", "The United States threatened Syria with retaliation."),
}
LINES = [
    ("de", "byline", "Von unserem Korrespondenten Jan Muster, Teheran"),
    ("de", "caption", "Außenministerin Joly (links) beim Treffen mit Außenminister Lawrow in Ankara"),
    ("de", "caption", "Russische Truppen greifen Charkiw an (Archivbild)."),
    ("de", "credit", "Rauch über Odessa nach einem russischen Angriff. Foto: Muster/Agentur"),
    ("de", "credit", "Israel greift Damaskus an. © Agentur"),
    ("de", "consent", "Mit Ihrer Zustimmung werden Daten an Anbieter in den USA geliefert."),
    ("de", "note", "Korrektur: Russland hat Polen nicht gedroht."),
    ("de", "tags", "Themen: Russland, Angriff auf Kiew"),
    ("de", "teaser", "Lesen Sie auch: China droht Taiwan mit Krieg"),
    ("de", "teaser", "» Mehr zum Thema – Warum Russland Georgien angriff"),
    ("de", "teaser", "Podcast: Wie Russland Georgien angriff"),
    ("en", "byline", "Reporting by Ann Sample in Moscow; editing by Jo Sample in Kyiv"),
    ("en", "caption", "Russian troops attack Kharkiv (file photo)"),
    ("en", "credit", "Smoke over Odesa after a Russian attack. Photograph: Sample/Agency"),
    ("en", "consent", "The United States received your data and gave it to Israel."),
    ("en", "note", "Correction: Russia did not threaten Poland."),
    ("en", "tags", "Topics: Russia, attack on Kyiv"),
    ("en", "teaser", "Read more: China threatens Taiwan with war"),
    ("en", "teaser", "Watch: Russia attacks Georgia"),
]


def read(language: str, text: str) -> list[str]:
    spans = split_sentences(text, find_stops(REFERENCE, language))
    return list(find_kinds(REFERENCE, text, spans, read_lexicon(REFERENCE, language)))


def draft(language: str, text: str) -> list[tuple[object, ...]]:
    return [
        (one.event_type, one.source_actors, one.target_actors, one.date, text[one.start : one.end])
        for one in read_acts(language, text, DAY)
    ]


@pytest.mark.parametrize(("language", "kind", "line"), LINES, ids=[row[2][:30] for row in LINES])
def test_what_is_no_part_of_the_report_drafts_nothing(language: str, kind: str, line: str) -> None:
    first, last = AROUND[language]
    text = f"{first}\n{line}\n{last}"
    assert {*read(language, text)[1:-1]} == {kind}
    assert draft(language, text) == draft(language, f"{first}\n{last}")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Türkei gab ihre Zustimmung zum Beitritt Schwedens."),
        ("de", "Im Norden gibt es Neues\nHintergrund: Im Mai hatte Russland die Ukraine angegriffen."),
        ("de", "Video: Russland greift Odessa an\nDrei Menschen starben."),
        ("de", "In einer früheren Version des Abkommens hatte Iran mehr zugesagt."),
        ("de", "Foto und Film zeigen den Angriff. Die Quelle ist ein Diplomat."),
        ("en", "For more than a decade Israel has attacked Syria."),
        ("en", "Iran must sign up to the deal. The source was a diplomat."),
        ("en", "War goes on\nBackground: In May Russia attacked Ukraine."),
        ("en", "The left (and the right) condemned Russia."),
    ],
)
def test_a_look_alike_belongs_to_the_report(language: str, text: str) -> None:
    assert set(read(language, text)) == {""}


def test_a_teaser_within_a_line_takes_no_other_sentence_with_it() -> None:
    text = "Israel griff Syrien an. Lesen Sie auch: Iran droht Israel. Danach drohte Syrien Israel."
    assert read("de", text) == ["", "teaser", ""]


def test_headlines_below_one_another_are_of_other_stories() -> None:
    first, last = AROUND["de"]
    others = "China droht Taiwan\nRussland greift Odessa an\nPutin trifft Modi in Sotschi"
    assert read("de", f"{first}\n{others}\n{last}") == ["", *["teaser"] * 3, ""]
    assert set(read("de", f"Das Wichtigste:\n{others}\n{last}")) == {""}
    assert set(read("de", f"{others}\n{first}\n{last}")) == {""}
    assert set(read("de", f"{first}\nChina droht Taiwan\n{last}\nRussland greift Odessa an\n{first}")) == {""}
    wrapped = f"{first}\nIn der Nacht zum Montag griff\nRussland die Stadt Odessa\nMit Raketen an\nund drohte Polen."
    assert set(read("de", wrapped)) == {""}


def test_the_crosses_of_a_ticker_are_no_words() -> None:
    assert draft("de", "+++ Israel greift Ziele in Syrien an +++")[0][:3] == ("ASSAULT", ("ISR",), ("SYR",))
