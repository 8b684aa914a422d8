"""Saved web pages: what is read of the article, what a page says of itself, and what is cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from known import REFERENCE
from lagebild.corpus import intake
from lagebild.corpus.boilerplate import find_agency, strip_boilerplate
from lagebild.corpus.intake import Given
from lagebild.corpus.page import Page
from lagebild.corpus.readers.metadata import Site, choose_publisher, choose_title, find_label, strip_site
from lagebild.corpus.readers.webpage import read_webpage

TODAY = "2025-07-01"
FIRST = "Die Armee des Landes hat am Montag mit Drohnen eine Stadt im Süden angegriffen, wie die Regierung mitteilte."
SECOND = "Der Nachbar drohte mit Vergeltung und berief seinen Botschafter ab, der am Abend die Hauptstadt verließ."
THIRD = "Die Lage ist nach dem Angriff unklar, und die Regierung hat sich zu den Berichten noch nicht geäußert."
LAST = "Am Dienstag will der Rat der Vereinten Nationen über den Vorfall beraten, hieß es aus New York."
TEXT = [FIRST, SECOND, THIRD, LAST]
TITLE = "Armee greift Stadt mit Drohnen an"


def write(*rows: str, head: str = "", title: str = TITLE, before: str = "") -> str:
    """Return a page whose article has some rows, each an element or the text of a paragraph."""
    inner = "".join(row if row.startswith("<") else f'<p class="text">{row}</p>' for row in rows)
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><ul><li><a href="/">Start</a></li><li><a href="/p">Politik</a></li></ul></nav>'
        f'<main><div class="wrap"><h1>{title}</h1>{before}<div class="body">{inner}</div></div></main>'
        "<footer><p>Impressum und Kontakt, alle Rechte bei uns im Haus.</p></footer></body></html>"
    )


def ld(*values: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def read(html: str | bytes) -> Page:
    (page,) = read_webpage(html if isinstance(html, bytes) else html.encode(), TODAY)
    return page


def finish(tmp_path: Path, html: str) -> intake.Article:
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    (article,) = intake.read_articles(REFERENCE, [str(file)], Given("2025-06-16"), TODAY).articles
    return article


@pytest.mark.parametrize(("opening", "end"), [("[", "]"), ('{"name": [', "]}"), ('{"name": ', "}")])
@pytest.mark.parametrize("depth", [200, 450, 900])
def test_data_nested_without_end_are_passed_over(opening: str, end: str, depth: int) -> None:
    data = f'{{"@type": "NewsArticle", "author": {opening * depth}"x"{end * depth}}}'
    page = read(write(*TEXT, head=f'<script type="application/ld+json">{data}</script>'))
    assert (page.title, page.author) == (TITLE, "")


# --- the text -------------------------------------------------------------------------------------------------------


def test_the_title_is_no_part_of_the_text() -> None:
    page = read(write(*TEXT, head=f'<title>{TITLE} | Blatt</title><meta property="og:site_name" content="Blatt">'))
    assert page.title == TITLE
    assert page.text.split("\n") == TEXT


INTRO = "Nach Wochen der Ruhe ist der Krieg in den Süden des Landes zurückgekehrt"


@pytest.mark.parametrize(
    ("head", "before", "found"),
    [
        (f'<meta name="description" content="{INTRO} – eine Übersicht.">', f"<h2>{INTRO}</h2>", True),
        (ld({"@type": "NewsArticle", "description": INTRO}), f"<div>{INTRO}</div>", True),
        ("", f'<p class="article-intro">{INTRO}</p>', True),
        ("", f'<p class="photo-caption">{INTRO}.</p>', False),
        ("", f'<div><a href="/x">{INTRO}.</a></div>', False),
        ("", "<div>Von Eva Muster.</div>", False),
    ],
)
def test_a_standfirst_belongs_to_the_text(head: str, before: str, found: bool) -> None:
    rows = read(write(*TEXT, head=head, before=before)).text.split("\n")
    assert rows[-4:] == TEXT
    assert (rows[0].startswith(INTRO[:20]) and len(rows) == 5) is found
    assert found or len(rows) == 4


@pytest.mark.parametrize(
    "box",
    [
        "<figure><img src='a.png'><figcaption>Rauch steigt über der Stadt auf, die brannte.</figcaption></figure>",
        "<aside><p>Abonnieren Sie unseren Brief, der an jedem Morgen über den Krieg berichtet.</p></aside>",
        '<div class="infobox"><h3>Die Drohnen des Landes</h3><p>Das Land hat Hunderte von Drohnen aller Art.</p></div>',
        '<div class="RelatedStory"><h3>Mehr zum Krieg</h3><p>Wie der Krieg im Süden vor Jahren begann.</p></div>',
        '<div id="jp-relatedposts"><p>Wie der Krieg im Süden vor Jahren begann.</p></div>',
        "<amp-ad><p>Kaufen Sie jetzt dieses Auto zum besten Preis.</p></amp-ad>",
        '<div role="complementary"><p>Dieser Kasten steht neben dem Text und gehört nicht zu ihm.</p></div>',
    ],
)
def test_what_stands_in_a_box_is_no_part_of_the_text(box: str) -> None:
    assert read(write(FIRST, SECOND, box, THIRD, LAST)).text.split("\n") == TEXT


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["<h2>Wer beraten will</h2>"], ["Wer beraten will"]),
        (
            ["<ul><li>Erstens gilt dies.</li><li>Zweitens gilt das.</li></ul>"],
            ["Erstens gilt dies.", "Zweitens gilt das."],
        ),
        (["<blockquote><p>Wir werden antworten.</p></blockquote>"], ["Wir werden antworten."]),
        (['<p class="text">Der <a href="/x">Rat</a> <b>tagt</b> heute.</p>'], ["Der Rat tagt heute."]),
        (['<p class="text">Er kam.<br>Sie ging.</p>'], ["Er kam.", "Sie ging."]),
        (['<p class="text">Er kam.<script>x()</script><style>p{}</style></p>'], ["Er kam."]),
    ],
)
def test_what_stands_between_the_paragraphs_of_a_column_belongs_to_it(rows: list[str], expected: list[str]) -> None:
    page = read(write(FIRST, SECOND, *rows, THIRD, LAST))
    assert page.text.split("\n") == [FIRST, SECOND, *expected, THIRD, LAST]


def test_a_heading_below_which_nothing_of_the_text_stands_goes_with_its_box() -> None:
    ends = '<h2>Mehr aus dem Süden</h2><ul class="list"><li><a href="/a">Wie der Krieg begann</a></li></ul>'
    assert read(write(*TEXT, ends)).text.split("\n") == TEXT


def test_links_behind_the_text_are_no_part_of_it() -> None:
    links = '<p class="text"><a href="/a">Wie der Krieg begann</a></p><p class="text"><a href="/b">Wer hilft?</a></p>'
    assert read(write(*TEXT, links)).text.split("\n") == TEXT


def test_a_text_that_a_page_hides_is_read_from_its_data() -> None:
    body = "\n".join([*TEXT, *(f"{row} Das war neu." for row in TEXT)])
    page = read(write(FIRST, "Weiter mit dem Abonnement.", head=ld(NEWS | {"articleBody": body})))
    assert page.text == body
    shown = read(write(*TEXT, head=ld(NEWS | {"articleBody": FIRST})))
    assert shown.text.split("\n") == TEXT


def test_a_page_of_line_breaks_has_paragraphs() -> None:
    for between in ("<br><br>", "<br>\n<br/>", "<br>"):
        assert read(write(f"<div>{between.join(TEXT)}</div>")).text.split("\n") == TEXT


def test_a_box_that_holds_the_article_is_none() -> None:
    page = read(write(*TEXT).replace('class="body"', 'class="social-widget paywall"'))
    assert page.text.split("\n") == TEXT


# --- what is cut by the words of a language --------------------------------------------------------------------------

BODY = {
    "de": ["Israel hat am Freitag den Iran angegriffen.", "Die USA drohten Syrien.", "Paris schwieg.", "Rom auch."],
    "en": ["Israel attacked Iran on Friday.", "The US threatened Syria.", "Paris was silent.", "So was Rome."],
}


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("de", "Stand: 16. Juni 2025, 14:05 Uhr"),
        ("de", "Lesen Sie auch: China droht Taiwan"),
        ("de", "Rauch über Odessa nach dem Angriff. Foto: Muster/Agentur"),
        ("de", "Themen: Russland, Iran"),
        ("de", "Mit Ihrer Zustimmung zeigen wir externe Inhalte. Ihre Daten gehen an Dritte."),
        ("en", "Read more: China threatens Taiwan"),
        ("en", "Russian troops in Kharkiv (file photo)"),
        ("en", "Sign up to our newsletters to get the best stories in your inbox"),
        ("en", "Additional reporting by Jo Sample"),
        ("de", "Mehr lesen: China droht Taiwan"),
        ("de", "Fehler gefunden?Jetzt melden."),
        ("en", "CLICK HERE TO GET THE SAMPLE NEWS APP"),
        ("en", "* * *"),
    ],
)
def test_a_line_that_is_no_part_of_the_report_is_cut(language: str, row: str) -> None:
    body = BODY[language]
    page = Page("\n".join([body[0], row, *body[1:]]), has_boilerplate=True)
    assert strip_boilerplate(REFERENCE, page, language).text.split("\n") == body
    plain = Page(page.text)
    assert strip_boilerplate(REFERENCE, plain, language) == plain


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("de", "Von Berlin aus führte der Minister Gespräche."),
        ("de", "Von der Regierung kam am Abend keine Antwort"),
        ("de", "Am 16. Juni 2025 um 14 Uhr griff Israel an."),
        ("de", "Der Minister (links) sprach mit dem Präsidenten."),
        ("de", "Die Behörde gab zu, Ihre Daten seien verloren, wie es in dem Brief an die Kunden in Wien hieß. " * 4),
        ("de", "Mehr Soldaten für den Osten"),
        ("de", "Mehr lesen die Leute nicht"),
        ("de", "Von Berlin nach Kiew"),
        ("en", "By Friday the army had left."),
        ("en", "On 16 June 2025 Israel struck."),
        ("en", "Related attacks hit two towns."),
    ],
)
def test_a_line_of_the_report_stays(language: str, row: str) -> None:
    page = Page("\n".join([BODY[language][0], row.strip(), *BODY[language][1:]]), has_boilerplate=True)
    assert strip_boilerplate(REFERENCE, page, language).text == page.text


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("Rom griff an.[i] Paris schwieg.", "Rom griff an. Paris schwieg."),
        ("Rom[12] griff an[3][4], sagte er.", "Rom griff an, sagte er."),
        ("Er sagte: „Rom griff an.“[5]", "Er sagte: „Rom griff an.“"),
        ("Rom griff an. [iv] Paris schwieg [7].", "Rom griff an. Paris schwieg."),
        ("[iv] Rom griff an.\n[12] Paris schwieg.", "Rom griff an.\nParis schwieg."),
        ("[i]t was bad, he said.", "[i]t was bad, he said."),
        ("We lost [12] men in [2014] and [i]t was bad.", "We lost [12] men in [2014] and [i]t was bad."),
        (
            "1.8 bill[ion], he said, “[12] men”, [sic] […] [they] left.",
            "1.8 bill[ion], he said, “[12] men”, [sic] […] [they] left.",
        ),
    ],
)
def test_marks_of_endnotes_are_cut_and_what_stands_in_brackets_stays(marked: str, bare: str) -> None:
    for page in (Page(marked), Page(marked, has_boilerplate=True)):
        assert strip_boilerplate(REFERENCE, page, "en").text == bare


@pytest.mark.parametrize(
    ("row", "agency"),
    [
        ("sak/Reuters", "Reuters"),
        ("(dpa/AFP)", "Deutsche Presse-Agentur"),
        ("Quelle: dpa", "Deutsche Presse-Agentur"),
        ("© Associated Press", "Associated Press"),
        ("dpa meldete das am Abend.", ""),
        ("Er sprach mit Reuters über den Krieg", ""),
    ],
)
def test_an_agency_that_signs_is_read_and_cut(tmp_path: Path, row: str, agency: str) -> None:
    inside = finish(tmp_path, write(FIRST, *TEXT[1:], row))
    assert inside.agency == agency
    assert (row in inside.text) is (not agency)
    page = Page("\n".join(BODY["de"]), author="Eva Muster", has_boilerplate=True, beside=(row,))
    assert find_agency(REFERENCE, page.text, page.author, beside=page.beside) == agency


def test_a_text_of_nothing_but_such_lines_stays() -> None:
    page = Page("Lesen Sie auch: China droht Taiwan", has_boilerplate=True)
    assert strip_boilerplate(REFERENCE, page, "de").text == page.text


def test_an_article_is_cleared_when_it_is_taken_in(tmp_path: Path) -> None:
    article = finish(tmp_path, write(FIRST, "Lesen Sie auch: China droht", *TEXT[1:], "eva/dpa"))
    assert article.text.split("\n") == TEXT
    assert article.agency == "Deutsche Presse-Agentur"


# --- title and publisher --------------------------------------------------------------------------------------------

BLATT = Site(("Das Blatt", "Blatt Medien"), "blatt")
CBC = Site(("CBC",), "cbc")


@pytest.mark.parametrize(
    ("title", "site", "bare", "name"),
    [
        ("Krieg im Süden | CBC News", CBC, "Krieg im Süden", "CBC News"),
        ("Krieg im Süden - DAS BLATT", BLATT, "Krieg im Süden", "DAS BLATT"),
        ("Krieg im Süden – blatt.example", BLATT, "Krieg im Süden", "blatt.example"),
        ("Das Blatt: Krieg im Süden", BLATT, "Krieg im Süden", "Das Blatt"),
        ("Krieg im Süden – wer hilft?", BLATT, "Krieg im Süden – wer hilft?", ""),
        ("Iran: Krieg - und kein Ende", BLATT, "Iran: Krieg - und kein Ende", ""),
        ("Krieg – wer hilft? - Das Blatt", BLATT, "Krieg – wer hilft?", "Das Blatt"),
        ("Merz: Das Blatt hat sich gewendet", BLATT, "Merz: Das Blatt hat sich gewendet", ""),
        ("Krieg - Das Blatt hat sich im Süden gewendet", BLATT, "Krieg - Das Blatt hat sich im Süden gewendet", ""),
    ],
)
def test_a_title_loses_the_name_of_the_site_and_nothing_else(title: str, site: Site, bare: str, name: str) -> None:
    assert strip_site(title, site) == (bare, name)


@pytest.mark.parametrize(
    ("headline", "shown", "social", "tab", "title"),
    [
        (TITLE, ["Anders"], [TITLE], "", TITLE),
        ("Anders", [TITLE], [TITLE], TITLE, TITLE),
        (TITLE, ["Krieg im Süden Armee greift Stadt mit Drohnen an"], [], "", TITLE),
        ("", [TITLE], [], f"Welt: {TITLE}", TITLE),
        ("", [], [], f"{TITLE} | Das Blatt", TITLE),
        ("Der „Krieg“", ['Der "Krieg"'], ["Anderes"], "", "Der „Krieg“"),
        ("", ["Anmelden", TITLE], [f"{TITLE} - Das Blatt"], "", TITLE),
        ("", [], ["Sieger und Besuch"], 'Sieger und "hoher Besuch"', "Sieger und Besuch"),
        ("", [TITLE], [], "Krieg im Süden: Das Neueste", TITLE),
        ("", ["Navigation"], [], TITLE, TITLE),
        ("", ["Blatt Nachrichtenportal"], [], TITLE, TITLE),
        (f"{TITLE[:20]}...", [TITLE], ["Anderes"], f"{TITLE} | Das Blatt", TITLE),
        ("Anderes", [TITLE], [f"{TITLE[:20]} …"], TITLE, TITLE),
        ("Und nun ...", ["Und nun"], [], "", "Und nun ..."),
        ("", [], [], "", ""),
    ],
)
def test_the_title_is_the_one_on_which_most_parts_agree(
    headline: str, shown: list[str], social: list[str], tab: str, title: str
) -> None:
    assert choose_title(headline, shown, social, tab, BLATT)[0] == title


@pytest.mark.parametrize(
    ("names", "host", "publisher"),
    [
        (["www.blatt.de", "Das Blatt"], "blatt.de", "Das Blatt"),
        (["blatt.de", "Abendblatt Verlag Nord"], "blatt.de", "blatt.de"),
        (["@blatt", "Blatt"], "blatt.de", "Blatt"),
        (["Große Medien AG", "Blatt"], "blatt.de", "Blatt"),
        (["Blatt GmbH & Co. KG"], "blatt.de", "Blatt"),
        (["Das Blatt, Hamburg, Germany"], "blatt.de", "Das Blatt"),
        (["Alle Nachrichten aus Welt und Land – Blatt", "Blatt"], "blatt.de", "Blatt"),
        (["Nordwestdeutsche Allgemeine Zeitung"], "naz.de", "Nordwestdeutsche Allgemeine Zeitung"),
        ([], "blatt.de", ""),
    ],
)
def test_the_publisher_has_the_name_that_a_reader_calls_it(names: list[str], host: str, publisher: str) -> None:
    assert choose_publisher(names, Site(tuple(names), find_label(host))) == publisher


def test_the_tab_names_the_publisher_if_nothing_else_does() -> None:
    assert read(write(*TEXT, head=f"<title>{TITLE} - Das Blatt</title>")).publisher == "Das Blatt"
    named = f'<title>{TITLE} - Politik</title><link rel="canonical" href="https://blatt.example/a/b">'
    assert read(write(*TEXT, head=named)).publisher == ""


@pytest.mark.parametrize(
    ("host", "label"),
    [("mirror.co.uk", "mirror"), ("www1.wdr.de", "wdr"), ("edition.cnn.com", "cnn"), ("abc.net.au", "abc"), ("", "")],
)
def test_the_name_of_a_host_is_told_from_its_domains(host: str, label: str) -> None:
    assert find_label(host) == label


# --- what the page says to machines ---------------------------------------------------------------------------------

NEWS = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-06-13T08:00:00+02:00"}
BY_EVA = NEWS | {"author": "Eva Muster", "publisher": "Blatt"}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(NEWS | {"author": {"name": "Eva Muster"}, "publisher": {"name": "Blatt"}}),
        json.dumps([{"@type": "WebSite", "name": "Blatt"}, NEWS | {"author": ["Eva Muster"]}]),
        json.dumps(
            {
                "@graph": [
                    NEWS | {"author": {"@id": "#eva"}, "publisher": {"@id": "#blatt"}},
                    {"@type": "Person", "@id": "#eva", "name": "Eva Muster"},
                    {"@type": "Organization", "@id": "#blatt", "name": "Blatt"},
                ]
            }
        ),
        json.dumps(
            {"@type": "WebPage", "mainEntity": NEWS | {"author": "Von Eva Muster | 12. Mai", "publisher": "Blatt"}}
        ),
        "<!-- "
        + json.dumps(NEWS | {"author": [{"givenName": "Eva", "familyName": "Muster"}], "publisher": "Blatt"})
        + " -->",
        json.dumps(BY_EVA)[:-1] + ",}",
        json.dumps(BY_EVA) + ";\n" + json.dumps({"@type": "Thing"}),
        json.dumps(
            {
                "@graph": [
                    {"@type": "NewsArticle", "headline": "Eine andere Nachricht", "datePublished": "2025-06-01"},
                    BY_EVA,
                ]
            }
        ),
    ],
)
def test_data_for_machines_are_read_in_any_form(script: str) -> None:
    page = read(write(*TEXT, head=f'<script type="application/ld+json">{script}</script>'))
    assert (page.title, page.author, page.publisher) == (TITLE, "Eva Muster", "Blatt")
    assert (page.published, page.reason) == ("2025-06-13", "day marked in the data of the page")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 5000,
        '{"@type": "NewsArticle", "author": {"name": {"name": 1}}}',
        '{"headline": 7, "@type": [1]}',
        "null",
    ],
)
def test_data_that_are_none_do_no_harm(script: str) -> None:
    assert read(write(*TEXT, head=f'<script type="application/ld+json">{script}</script>')).text.split("\n") == TEXT


def test_what_can_be_read_of_broken_data_is_read() -> None:
    script = '{"@type": "NewsArticle", "datePublished": "2025-06-13", "keywords": "a "b" c", "author": {'
    assert read(write(*TEXT, head=f'<script type="application/ld+json">{script}</script>')).published == "2025-06-13"


def test_microdata_are_read() -> None:
    before = (
        '<span itemprop="author" itemscope><span itemprop="name">Eva Muster</span></span>'
        '<time itemprop="datePublished" datetime="2025-06-13T23:30:00+02:00">Freitag</time>'
    )
    page = read(write(*TEXT, before=before))
    assert (page.author, page.published) == ("Eva Muster", "2025-06-13")


@pytest.mark.parametrize(
    ("authors", "metas", "author"),
    [
        (["Eva Muster"], ["Das Blatt GmbH"], "Eva Muster"),
        (["Eva Muster"], ["eva muster", "https://blatt.example/eva"], "Eva Muster"),
        (["Staff reporter"], ["Associated Press in Valencia"], "Staff reporter; Associated Press in Valencia"),
        ([], ["By Eva Muster"], "Eva Muster"),
        ([], ["Das Blatt"], "Das Blatt"),
        (["@blatt", "<b>Eva</b> Muster"], [], "Eva Muster"),
    ],
)
def test_the_authors_are_names(authors: list[str], metas: list[str], author: str) -> None:
    data = NEWS | {"publisher": {"name": "Das Blatt"}, "author": [{"name": name} for name in authors]}
    head = ld(data) + "".join(f'<meta name="author" content="{name}">' for name in metas)
    assert read(write(*TEXT, head=head)).author == author


def dated(text: str) -> str:
    return ld(NEWS | {"datePublished": text})


def mark(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (mark("article:published_time", "2025-06-13T23:30:00+02:00"), "2025-06-13"),  # the day of the place, not of UTC
        (mark("date", "2025-06-14T00:30:00+02:00") + dated("2025-06-13T22:30:00Z"), "2025-06-14"),
        (mark("published_at", "2025-06-12 18:30:00") + dated("2025-06-13T00:30:00Z"), "2025-06-12"),
        (mark("date", "2025-06-20T08:00:00+02:00") + dated("2025-06-13T22:30:00Z"), "2025-06-13"),
        (mark("date", "Fri Jun 13 19:20:36 CEST 2025"), "2025-06-13"),
        (mark("date", "13.06.2025 08:00"), "2025-06-13"),
        (mark("date", "June 13, 2025"), "2025-06-13"),
        (mark("date", "20250613"), "2025-06-13"),
        (mark("date", "13/06/2025"), "2025-06-13"),
        (mark("date", "06/05/2025"), ""),  # the fifth of June, or the sixth of May
        (mark("date", "June 2025"), ""),
        (mark("date", "gestern"), ""),
        (mark("date", "2025-06-20") + mark("article:published_time", "2025-06-13"), "2025-06-13"),
        (mark("article:modified_time", "2025-06-20") + mark("dc.date.issued", "2025-06-13"), "2025-06-13"),
        (mark("og:url", "https://x.example/20250613/a.html"), "2025-06-13"),
        (mark("og:url", "https://x.example/2025/1306/a.html"), ""),
    ],
)
def test_the_day_is_that_of_publication_where_it_was_published(head: str, published: str) -> None:
    assert read(write(*TEXT, head=head)).published == published


def test_the_time_of_an_update_below_the_title_is_none_of_publication() -> None:
    times = '<time class="updated" datetime="2025-06-20">heute</time><time datetime="2025-06-13">vor Tagen</time>'
    assert read(write(*TEXT, before=times)).published == "2025-06-13"


@pytest.mark.parametrize(
    ("comment", "head", "url"),
    [
        (
            "<!--\n Page saved with SingleFile \n url: https://www.blatt.example/a/b.html \n"
            " saved date: Fri Jun 13 2025 12:00:00 GMT+0200 \n-->",
            "",
            "https://www.blatt.example/a/b.html",
        ),
        ("<!-- saved from url=(0030)https://www.blatt.example/a/b -->", "", "https://www.blatt.example/a/b"),
        (
            "<!-- saved from url=(0030)https://blatt.example/a/b?utm=1 -->",
            '<link rel="canonical" href="https://www.blatt.example/a/b">',
            "https://www.blatt.example/a/b",
        ),
        (
            "",
            '<link rel="canonical" href="https://anderes.example/a/b"><meta property="og:url" content="https://blatt.example/a/b">',
            "https://blatt.example/a/b",
        ),
        (
            "",
            '<link rel="canonical" href="https://blatt.example/"><meta property="og:url" content="https://blatt.example/a/b">',
            "https://blatt.example/a/b",
        ),
        ("", '<link rel="canonical" href="/a/b">', ""),
        ("<!-- saved from url=(0014)about:internet -->", "", ""),
    ],
)
def test_the_address_is_that_of_the_page_where_it_was_saved(comment: str, head: str, url: str) -> None:
    assert read(write(*TEXT, head=head).replace("<html", f"{comment}<html", 1)).url == url


# --- encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        ("utf-8", lambda html: html.encode().decode("cp1252", "replace").replace("\ufffd", "").encode()),
        ("utf-8", lambda html: html.encode("cp1252")),
        ("iso-8859-1", lambda html: html.encode()),
        ("windows-1252", lambda html: html.encode("cp1252")),
        ("utf-8", lambda html: html.encode()[:-5] + b"\xc3"),
        ("utf-8", lambda html: html.encode("utf-16")),
    ],
    ids=["read twice", "declared wrong", "declared old", "declared right", "cut off", "utf-16"],
)
def test_a_page_is_read_whatever_its_bytes_are_called(declared: str, content: Any) -> None:
    html = write(*TEXT).replace("utf-8", declared)
    assert read(content(html)).text.split("\n") == TEXT


def test_signs_that_only_look_misread_stay() -> None:
    words = "Das Café in der Straße „À la carte“ ist am Montag wegen der Angriffe geschlossen geblieben, hieß es dort."
    assert words in read(write(*TEXT, words)).text


@pytest.mark.parametrize(
    ("head", "changed"),
    [
        (ld(NEWS | {"datePublished": "2024-01-10", "dateModified": "2025-03-01T08:00:00+01:00"}), "2025-03-01"),
        (
            f'{ld(NEWS | {"datePublished": "2024-01-10"})}<meta property="article:modified_time" content="2025-03-01">',
            "2025-03-01",
        ),
        (ld(NEWS | {"datePublished": "2024-01-10", "dateModified": "2024-01-20"}), ""),  # soon after
        (ld(NEWS | {"datePublished": "2024-01-10", "dateModified": "2099-01-20"}), ""),
        (ld(NEWS | {"datePublished": "2024-01-10", "dateModified": "yesterday"}), ""),
        (ld(NEWS | {"datePublished": "2024-01-10"}), ""),
    ],
)
def test_a_page_that_was_changed_long_after_its_day_says_so(tmp_path: Path, head: str, changed: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(write(*TEXT, head=head), encoding="utf-8")
    batch = intake.read_articles(REFERENCE, [str(file)], Given(), TODAY)
    (article,) = batch.articles
    assert article.published == "2024-01-10"
    assert article.reason.endswith(f"; last changed on {changed}") is bool(changed)
    assert [note.endswith("an edition between these days may know too much.") for note in batch.notes] == [True] * bool(
        changed
    )
