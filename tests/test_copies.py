"""Outlets that print one report of an agency, or of each other, are one voice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from known import REFERENCE
from lagebild.corpus.boilerplate import find_agency
from lagebild.corpus.intake import Article, find_copied
from lagebild.corpus.newcase import HeldSource, file_articles

DPA, AP, AFP = "Deutsche Presse-Agentur", "Associated Press", "Agence France-Presse"
REPORT = (
    "Der Minister des Nachbarlandes ist am Montag zu Gesprächen über die Grenze eingetroffen.\n"
    "Er empfing zunächst den Gesandten der Insel, danach die Vertreter der Fischer aus dem Norden.\n"
    "Nach Angaben der Regierung wurden drei Verträge über Öl, Holz und Wasser vorbereitet.\n"
    "Ob sie noch in dieser Woche unterzeichnet werden, blieb bis zum späten Abend offen.\n"
    "Vor dem Palast protestierten Hunderte Menschen gegen die Pläne, zehn wurden festgenommen."
)
OTHER = (
    "Zu Gesprächen über die Grenze kam am Montag Besuch aus dem Nachbarland.\n"
    "Die Fischer im Norden hoffen seit Jahren auf ein Abkommen, der Minister versprach ihnen eine Lösung.\n"
    "Drei Verträge liegen bereit, doch die Opposition warnt davor, dem Nachbarn so viel Holz zu überlassen.\n"
    "Am Abend sprach die Polizei von zehn Festnahmen bei einer Kundgebung, die Veranstalter von zwanzig."
)
QUOTED = (
    "„Wir haben lange über diese Verträge verhandelt, und wir werden sie heute, morgen oder nächste Woche "
    "unterzeichnen, denn niemand in diesem Land kann wollen, dass der Streit noch ein weiteres Jahr dauert“"
)
NEXT = (
    "Die Börse schloss am Freitag deutlich im Minus, weil die Notenbank ihre Zinsen noch einmal erhöht hatte.\n"
    "Besonders Aktien von Banken verloren, während sich Hersteller von Maschinen ein wenig erholten."
)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Teheran (dpa) – Der Minister reiste ab.", DPA),
        ("TEHRAN (Reuters) - The minister left.", "Reuters"),
        ("Teheran (dpa/lby) - Der Minister reiste ab.", DPA),
        ("WASHINGTON, June 5 (Xinhua) -- The minister left.", "Xinhua"),
        ("MOSCOW, August 5. /TASS/. The minister left.", "TASS"),
        ("Reuters - The minister left.", "Reuters"),
        ("BERLIN AFP | Der Minister reiste ab.", AFP),
        ("Minister leaves\nAP — The minister left.", AP),
        ("Minister leaves\nBy The Associated Press\nThe minister left.", AP),
        ("Minister leaves\nThe Associated Press\nThe minister left.", AP),
        ("Minister leaves\nBy JANE DOE, Associated Press\nThe minister left.", AP),
        ("Minister leaves\nSource: Xinhua | 2019/6/17 19:11:29\nThe minister left.", "Xinhua"),
        ("Minister reist ab\nVon dpa/AFP\nDer Minister reiste ab.", DPA),
        ("Minister reist ab\ndpa, 15. Juni 2023\nDer Minister reiste ab.", DPA),
        ("Der Minister reiste ab. (dpa/AFP)", DPA),
        ("Der Minister reiste ab.\n(dpa, 15.06.2023)", DPA),
        ("Der Minister sagte: „Ich reise.“ dpa", DPA),
        ("Der Minister reiste ab.\ndpa", DPA),
        ("Der Minister reiste ab.\nQuelle: dpa", DPA),
        ("Der Minister reiste ab.\n© dpa-infocom, dpa:230615-99-64123/2", DPA),
        ("The minister left.\n© Reuters", "Reuters"),
        ("The minister left.\n© 2023 AFP", AFP),
        ("The minister left.\nCopyright 2023 The Associated Press. All rights reserved.", AP),
        ("Der Minister reiste ab, meldete die dpa.", ""),
        ("Der Minister reiste ab. Das berichtete die Nachrichtenagentur AFP", ""),
        ("„Ich reise“, sagte der Minister der dpa", ""),
        ("The minister left, he told Reuters.", ""),
        ("The minister left.\n— With files from Reuters", ""),
        ("Der Minister reiste ab.\nMit Material von dpa", ""),
        ("Der Minister reiste ab.\nQuelle: ntv.de, mau/dpa", ""),
        ("Der Minister reiste ab. (Foto: dpa)", ""),
        ("Reuters: Minister left\nThe minister left.", ""),
        ("AP-1 is a road\nThe minister left.", ""),
        ("Minister leaves\nBy Jane Doe and Reuters\nThe minister left.", ""),
        ("Minister leaves\nBy Jane Doe\nThe minister left.", ""),
        ("Der Minister reiste ab. (red)", ""),
        ("Das Amerikahaus (AP) zeigte Bilder.", ""),
        (f"{REPORT} Teheran (dpa) – Der Minister reiste ab.", ""),
        ("", ""),
    ],
)
def test_a_text_names_the_agency_that_it_is_from(text: str, agency: str) -> None:
    assert find_agency(REFERENCE, text) == agency


@pytest.mark.parametrize(
    ("author", "publisher", "agency"),
    [
        ("Reuters", "A Paper", "Reuters"),
        ("Reuters Staff", "A Paper", "Reuters"),
        ("By The Associated Press", "A Paper", AP),
        ("dpa", "Blatt", DPA),
        ("DPA", "Blatt", DPA),
        ("Von dpa/AFP", "Blatt", DPA),
        ("Agence France-Presse", "A Paper", AFP),
        ("Deutsche Presse-Agentur GmbH", "Blatt", DPA),
        ("JON DOE Associated Press", "A Paper", AP),
        ("Jon Doe, Associated Press", "A Paper", AP),
        ("Canadian Press", "A Paper", "The Canadian Press"),
        ("Bloomberg News", "A Paper", "Bloomberg News"),
        ("", "TASS", "TASS"),
        ("", "AP News", AP),
        ("", "Emirates News Agency", "Emirates News Agency"),
        ("", "Emirates", ""),
        ("", "BBC", ""),
        ("BBC News", "BBC", ""),
        ("BBC News", "A Paper", "British Broadcasting Corporation"),
        ("", "Associated Press of Pakistan Monitor", ""),
        ("Jon Doe and Reuters", "A Paper", ""),
        ("Eva Muster mit dpa", "Blatt", ""),
        ("Eva Muster und AFP", "Blatt", ""),
        ("red", "Blatt", ""),
        ("Ani Muster", "Blatt", ""),
        ("Idea", "Blatt", ""),
        ("", "", ""),
    ],
)
def test_an_author_or_a_publisher_may_be_an_agency(author: str, publisher: str, agency: str) -> None:
    assert find_agency(REFERENCE, "The minister left.", author, publisher) == agency


def edit(text: str) -> str:
    """Return a text in another spelling, with a word changed in each of its lines."""
    return text.replace("ß", "ss").replace("ä", "ae").replace(" am ", " an diesem ").replace("drei", "3")


@pytest.mark.parametrize(
    ("texts", "copied"),
    [
        ([REPORT, REPORT.upper()], [0, 0]),
        ([REPORT, f"Neue Überschrift\nEigener Vorspann des Blattes, der länger ist.\n{REPORT}"], [0, 0]),
        ([REPORT, REPORT[:330]], [0, 0]),
        ([REPORT, REPORT.replace("\n", f"\n{NEXT}\n", 1)], [0, 0]),
        ([REPORT, edit(REPORT)], [0, 0]),
        ([REPORT, "\n".join(reversed(REPORT.split("\n")))], [0, 0]),
        ([NEXT, REPORT, REPORT], [0, 1, 1]),
        ([REPORT[:330], f"{NEXT}\n{REPORT[230:]}", REPORT], [0, 0, 0]),  # two copies that only a third one joins
        ([REPORT, OTHER], [0, 1]),
        ([f"{REPORT}\n{QUOTED}, sagte er.", f"{OTHER}\n{QUOTED}, so der Minister."], [0, 1]),
        ([f"{QUOTED}, sagte der Minister.", f"{QUOTED}, so der Minister."], [0, 1]),  # nothing else to compare
        (["Kurz.", "Kurz."], [0, 1]),
        ([], []),
    ],
)
def test_a_copy_shares_many_runs_of_words(texts: list[str], copied: list[int]) -> None:
    assert find_copied(texts) == copied


ARTICLE = Article(
    file="a.txt",
    text=REPORT,
    language="de",
    title="Besuch",
    publisher="Blatt",
    author="",
    published="2023-06-15",
    basis="stated",
    reason="",
    url="",
)
AGENCY = replace(ARTICLE, text=f"{REPORT}\n(dpa)", publisher="Zeitung", agency=DPA)


@pytest.mark.parametrize(
    ("articles", "reporters"),
    [
        ([ARTICLE, replace(ARTICLE, publisher="Zeitung")], ["Blatt", "Blatt"]),
        ([ARTICLE, AGENCY], [DPA, DPA]),  # the agency of any copy
        (
            [ARTICLE, AGENCY, replace(ARTICLE, agency="Agence France-Presse")],
            [DPA, DPA, DPA],
        ),  # the first that is named
        ([ARTICLE, replace(ARTICLE, text=OTHER, publisher="Zeitung")], ["Blatt", "Zeitung"]),
        ([replace(ARTICLE, text=OTHER), AGENCY], ["Blatt", DPA]),
        ([], []),
    ],
)
def test_copies_are_reported_by_the_agency_or_the_first(articles: list[Article], reporters: list[str]) -> None:
    assert [one.reporter for one in file_articles(REFERENCE, articles)] == reporters


def test_a_copy_of_what_a_case_holds_is_reported_as_that_is() -> None:
    held = [HeldSource("S001", "Held", NEXT), HeldSource("S002", "Held as well", REPORT)]
    found = file_articles(REFERENCE, [AGENCY, replace(ARTICLE, text=OTHER)], held, 3)
    assert [(one.source_id, one.reporter) for one in found] == [("S003", "Held as well"), ("S004", "Blatt")]
