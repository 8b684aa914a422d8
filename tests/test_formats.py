"""Word files, mails, web archives, feeds and lists of sources: what is read from each, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import brotli
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.corpus import intake
from lagebild.corpus.formats import READERS, read_pages
from lagebild.corpus.intake import Given
from lagebild.corpus.page import Page
from lagebild.corpus.readers.collections import read_feed, read_warc
from lagebild.corpus.readers.column import strip_html
from lagebild.corpus.readers.documents import read_word
from lagebild.corpus.readers.mail import read_mail
from lagebild.corpus.readers.source_lists import read_csl
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TODAY = "2025-07-01"
GERMAN = "Die Armee des Landes hat am Montag mit Drohnen eine Stadt angegriffen. Der Nachbar drohte mit Vergeltung."
SECOND = "Die Lage ist nach dem Angriff unklar, und die Regierung hat sich noch nicht zu den Berichten geäußert."
LONG = f"{GERMAN} {SECOND} Am Abend sprachen die beiden Minister in der Hauptstadt über einen Waffenstillstand."


def only(pages: list[Page]) -> Page:
    (page,) = pages
    return page


def refusal(read: Callable[[bytes, str], object], content: bytes) -> str:
    with pytest.raises(InputError) as fault:
        read(content, TODAY)
    message = str(fault.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


# --- HTML in other files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Eins <b>zwei</b></p><p>drei</p>", ["Eins zwei", "drei"]),
        ("eins<br>zwei<br/>drei", ["eins", "zwei", "drei"]),
        ("<html><head><title>weg</title></head><body>da</body></html>", ["da"]),
        ("<?xml version='1.0' encoding='utf-8'?><p>ä</p>", ["ä"]),
        ("a<script>x</script><style>y</style><template>z</template><!-- w -->b", ["ab"]),
        ("<p style='display: none'>weg</p><p hidden>weg</p>da", ["da"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("AT&amp;T &lt;b&gt; 3 < 5", ["AT&T <b> 3 < 5"]),
        ("<div>" * 1500 + "tief", ["tief"]),
        ("<div>" * 200_000, []),
        ("", []),
        (" \n ", []),
        ("<!-- -->", []),
    ],
)
def test_html_becomes_paragraphs(html: str, lines: list[str]) -> None:
    assert strip_html(html).split("\n") == (lines or [""])


# --- Word -----------------------------------------------------------------------------------------------------------

BOX = (
    '<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>Im Kasten.</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>Im Kasten.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
TRACKED = (
    "<w:p {ns}><w:del><w:r><w:delText>Weg.</w:delText></w:r></w:del><w:ins><w:r><w:t>Neu.</w:t></w:r></w:ins>"
    "<w:moveFrom><w:r><w:t>Verschoben.</w:t></w:r></w:moveFrom>"
    "<w:r><w:t> Vor</w:t><w:footnoteReference w:id='2'/><w:noBreakHyphen/><w:t>ort</w:t>"
    "<w:br/><w:t>Zeile</w:t></w:r></w:p>"
)


def word(change: Callable[[Any], object] = lambda document: None, **said: object) -> bytes:
    document, buffer = Document(), io.BytesIO()
    for name, value in said.items():
        setattr(document.core_properties, name, value)
    change(document)
    document.save(buffer)
    return buffer.getvalue()


def fill(document: Any) -> None:
    document.add_paragraph("Angriff am Montag", style="Heading 1")
    document.add_paragraph(GERMAN)._p.append(parse_xml(BOX.format(ns=nsdecls("w"))))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Stadt", "Tote\n12"
    document.element.body.insert(-1, parse_xml(TRACKED.format(ns=nsdecls("w"))))
    document.sections[0].header.paragraphs[0].text = "Kopfzeile"


def test_a_word_file_gives_its_paragraphs_in_their_order() -> None:
    page = only(read_word(word(fill), TODAY))
    assert page.text.split("\n") == [
        "Angriff am Montag",
        GERMAN,
        "Im Kasten.",
        "Stadt",
        "Tote",
        "12",
        "Neu. Vor-ort",
        "Zeile",
    ]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({}, "Angriff am Montag"),
        ({"title": "Dokument1"}, "Angriff am Montag"),
        ({"title": "Microsoft Word - angriff.docx"}, "Angriff am Montag"),
        ({"title": "Die Lage"}, "Die Lage"),
        ({"title": "Dokumente der Zeit"}, "Dokumente der Zeit"),
    ],
)
def test_the_title_of_a_word_file_is_not_that_of_a_program(said: dict[str, object], title: str) -> None:
    assert only(read_word(word(fill, **said), TODAY)).title == title


def test_a_word_file_says_who_made_it_when_but_not_when_it_was_published() -> None:
    page = only(read_word(word(fill, author="Eva Muster", created=datetime(2025, 6, 13, 9), language="de-AT"), TODAY))
    assert (page.author, page.created, page.published, page.language) == ("Eva Muster", "2025-06-13", "", "de")
    assert only(read_word(word(fill, author="Eva Muster", created=datetime(2031, 1, 1)), TODAY)).created == ""
    unsaid = only(read_word(word(fill), TODAY))
    assert (unsaid.author, unsaid.created) == ("", "")  # both would be those of the template of the library


def bomb(parts: int, size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(parts):
            archive.writestr(f"word/{number}.xml", bytes(size))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is no Word file"),
        (b"PK\x03\x04 no zip", "this is no Word file"),
        (bomb(1, 100), "this is no Word file"),
        (word(fill)[:-400], "this is no Word file"),
        (word(), "there is no text in this Word file"),
        (bomb(11, 10_000_000), "it unpacks to more than 100 MB"),
    ],
)
def test_what_is_no_word_file_with_text_is_refused(content: bytes, fault: str) -> None:
    assert refusal(read_word, content).startswith(fault)


def test_a_word_file_can_pull_in_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim")
    source, changed = zipfile.ZipFile(io.BytesIO(word(fill))), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret"><!ENTITY f "{"f" * 99}">]>'
                content = content.replace(b"<w:document", head.encode() + b"<w:document", 1)
                content = content.replace(b"Angriff am Montag", b"Angriff &e; &f;")
            archive.writestr(name, content)
    try:
        text = only(read_word(changed.getvalue(), TODAY)).text
    except InputError:
        text = ""
    assert "geheim" not in text


# --- mails ----------------------------------------------------------------------------------------------------------


def mail(text: str = GERMAN, html: str = "", **heads: str) -> bytes:
    message = EmailMessage()
    said = {"From": "Eva Muster <eva@b.example>", "Date": "Mon, 16 Jun 2025 23:30:00 -0400", "Subject": "Lage"} | heads
    for name, value in said.items():
        if value:
            message[name.replace("_", "-")] = value
    if text:
        message.set_content(text, charset="iso-8859-1", cte="quoted-printable")
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html", cte="base64")
    return bytes(message)


def test_a_mail_says_who_sent_what_when() -> None:
    page = only(read_mail(mail(f"{GERMAN}\n\nZweiter Absatz: äöü."), TODAY))
    assert page.text == f"{GERMAN}\nZweiter Absatz: äöü."
    assert (page.title, page.author, page.publisher, page.place) == ("Lage", "Eva Muster", "", "")
    assert (page.published, page.reason) == ("2025-06-16", "day on which the mail was sent")  # in UTC it is the 17th


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ({"Subject": "Fwd: WG: Die Lage"}, {"title": "Die Lage"}),
        ({"Subject": "AW: Re[2]: Fw: Die Lage"}, {"title": "Die Lage"}),
        ({"Subject": "Reise: die Lage"}, {"title": "Reise: die Lage"}),
        ({"Subject": "Übergriffe – „Lage“"}, {"title": "Übergriffe – „Lage“"}),
        ({"Subject": ""}, {"title": ""}),
        ({"List_Unsubscribe": "<https://b.example/u>"}, {"publisher": "Eva Muster", "author": ""}),
        ({"List_Id": "<x.b.example>", "From": "news@b.example"}, {"publisher": "news@b.example"}),
        ({"From": '"Blatt, Das" <x@b.example>'}, {"author": "Blatt, Das"}),
        ({"Date": "16 Jun 2025 09:12 +0200"}, {"published": "2025-06-16"}),
        ({"Date": ""}, {"published": "", "reason": "", "hint": ""}),
        ({"Date": "Mon, 16 Jun 2031 23:30:00 -0400"}, {"published": "", "hint": "Mon, 16 Jun 2031 23:30:00 -0400"}),
    ],
)
def test_the_head_of_a_mail_is_read(heads: dict[str, str], expected: dict[str, str]) -> None:
    page = only(read_mail(mail(**heads), TODAY))
    assert {name: getattr(page, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "html", "expected"),
    [
        (GERMAN, "", GERMAN),
        ("Nur <https://b.example> im Browser.", f"<p>{GERMAN}</p><p>{SECOND}</p>", f"{GERMAN}\n{SECOND}"),
        ("", f"<div>{GERMAN}<br><br>{SECOND}</div>", f"{GERMAN}\n{SECOND}"),
        (GERMAN, "<img src=x>", GERMAN),
        ("> Zitat eins\n> Zitat zwei", "", "Zitat eins\nZitat zwei"),
    ],
)
def test_the_body_of_a_mail_is_its_html_or_else_its_text(text: str, html: str, expected: str) -> None:
    assert only(read_mail(mail(text, html), TODAY)).text == expected


def test_an_article_in_a_mail_comes_without_what_stands_around_it() -> None:
    top = "<nav><a href='/'>Im Browser</a></nav>"
    html = f"<html><body>{top}<article><h1>Lage</h1><p>{LONG}</p><p>{SECOND}</p></article></body></html>"
    text = only(read_mail(mail("", html), TODAY)).text
    assert LONG in text
    assert "Im Browser" not in text


OUTLOOK_DE = """Zur Kenntnis
Gruß, Karl

-----Ursprüngliche Nachricht-----
Von: Das Blatt <news@t.example>
Gesendet: Sonntag, 15. Juni 2025 09:12
An: Karl Meier; Eva Muster;
Hans Huber
Betreff: Angriff am Montag

"""
GMAIL_DE = """---------- Forwarded message ---------
Von: Das Blatt <news@t.example>
Date: So., 15. Juni 2025 um 09:12 Uhr
Subject: Angriff am Montag
To: <x@y.example>


"""
GMAIL_EN = GMAIL_DE.replace("Von", "From").replace("So., 15. Juni 2025 um 09:12 Uhr", "Sun, Jun 15, 2025 at 9:12 AM")
APPLE_EN = """Begin forwarded message:

> From: Das Blatt <news@t.example>
> Subject: Angriff am Montag
> Date: 15 June 2025 at 09:12:33 CEST
> To: x@y.example
>
> """
OUTLOOK_EN = """From: news@t.example [mailto:news@t.example] On Behalf Of Das Blatt
Sent: Sunday, June 15, 2025 9:12 AM
To: x@y.example
Subject: FW: Angriff am Montag

"""
NUMBERS_DE = OUTLOOK_DE.replace("Sonntag, 15. Juni 2025 09:12", "15.06.2025 09:12")
TWICE = GMAIL_DE.replace("Das Blatt", "Karl Meier").replace("15. Juni", "16. Juni") + OUTLOOK_DE


@pytest.mark.parametrize("head", [OUTLOOK_DE, GMAIL_DE, GMAIL_EN, APPLE_EN, OUTLOOK_EN, NUMBERS_DE, TWICE])
def test_a_mail_that_was_passed_on_is_read_as_it_was_first_sent(head: str) -> None:
    page = only(read_mail(mail(head + GERMAN, Subject="WG: Angriff am Montag"), TODAY))
    assert page.text == GERMAN
    assert (page.title, page.publisher, page.author) == ("Angriff am Montag", "Das Blatt", "")
    assert (page.published, page.reason) == ("2025-06-15", "day on which the mail was first sent")


def test_a_mail_in_html_that_was_passed_on_is_read_as_it_was_first_sent() -> None:
    head = "<p><b>Von:</b> Das Blatt &lt;n@t.example&gt;<br><b>Gesendet:</b> Sonntag, 15. Juni 2025 09:12<br>"
    html = f"<p>Zur Info</p>{head}<b>An:</b> Karl<br><b>Betreff:</b> Angriff</p><p>{LONG}</p><p>{LONG}</p>"
    page = only(read_mail(mail("", html), TODAY))
    assert page.text == f"{LONG}\n{LONG}"
    assert (page.title, page.publisher, page.published) == ("Angriff", "Das Blatt", "2025-06-15")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("AW: Lage", f"{GERMAN}\n\n{OUTLOOK_DE}Alt."),  # an answer with what it answers
        ("Lage", f"{LONG}\n\n{LONG}\n\n{OUTLOOK_DE}Alt."),  # long words above are no note to the addressee
        ("Lage", f"Von: unten\nDatum: unklar\n\n{GERMAN}"),
    ],
)
def test_what_is_no_mail_passed_on_stays_as_it_is(subject: str, text: str) -> None:
    page = only(read_mail(mail(text, Subject=subject), TODAY))
    assert (page.author, page.published, page.text[:9]) == ("Eva Muster", "2025-06-16", text[:9])


@pytest.mark.parametrize(
    "date", ["05/06/2025 09:12", "irgendwann", "31. Juni 2025", "15. Juni um 09:12", "Juni 2025", "09:12"]
)
def test_a_date_that_is_none_or_two_stays_a_hint(date: str) -> None:
    text = GMAIL_DE.replace("So., 15. Juni 2025 um 09:12 Uhr", date) + GERMAN
    page = only(read_mail(mail(text), TODAY))
    assert (page.published, page.reason, page.hint) == ("", "", date)


def carry(*inner: bytes, text: str = "Zur Info") -> bytes:
    from email import message_from_bytes, policy

    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = "Karl", "WG: Lage", "Tue, 17 Jun 2025 10:00:00 +0200"
    outer.set_content(text)
    for one in inner:
        outer.add_attachment(message_from_bytes(one, policy=policy.default))
    return bytes(outer)


def test_mails_attached_to_a_mail_are_read_each() -> None:
    page = only(read_mail(carry(mail()), TODAY))
    assert (page.text, page.published, page.place) == (GERMAN, "2025-06-16", "")
    pages = read_mail(carry(mail(), mail(SECOND)), TODAY)
    assert [(page.text, page.place) for page in pages] == [(GERMAN, "mail 1"), (SECOND, "mail 2")]
    pages = read_mail(carry(mail(), text=f"{LONG}\n\n{LONG}"), TODAY)
    assert [page.published for page in pages] == ["2025-06-17", "2025-06-16"]


def attach() -> bytes:
    message = EmailMessage()
    message["Subject"] = "x"
    message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="../../x.exe")
    message.add_attachment("Text", filename="a.txt")
    return bytes(message)


NESTED = b"Subject: x\n" + b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is no mail"),
        (GERMAN.encode(), "this is no mail"),
        (attach(), "there is no text in this mail"),
        (mail("Zur Info")[:20] + b"\n\n", "there is no text in this mail"),
        (NESTED, ""),
        (mail().replace(b"quoted-printable", b"base64"), ""),
    ],
)
def test_what_is_no_mail_with_text_is_refused(content: bytes, fault: str) -> None:
    try:
        read_mail(content, TODAY)
    except InputError as error:
        assert str(error).startswith(fault)
    else:
        assert not fault


def test_a_head_without_end_is_cut_and_takes_no_time() -> None:
    page = only(read_mail(mail().replace(b"Subject: Lage", b"Subject: " + b"=?utf-8?q?=C3=A4?= " * 50_000), TODAY))
    assert page.title.startswith("äää")
    assert len(page.title) < 2000
    assert page.text == GERMAN


# --- web archives ---------------------------------------------------------------------------------------------------


def article(title: str = "Angriff am Montag") -> bytes:
    head = f'<meta charset="utf-8"><title>{title}</title>'
    date = '<meta property="article:published_time" content="2025-06-13T21:00:00Z">'
    body = f"<article><h1>{title}</h1><p>{title}: {LONG}</p><p>{SECOND}</p></article>"
    return f"<!doctype html><html><head>{head}{date}</head><body>{body}</body></html>".encode()


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def archive(*rows: tuple[str, str, str, bytes, dict[str, str]], gzipped: bool = True) -> bytes:
    """Return a web archive of rows of address, status, kind of content, body and further lines of the head."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for url, status, kind, body, more in rows:
        head = StatusAndHeaders(status, [("Content-Type", kind), *more.items()], protocol="HTTP/1.1")
        dates = {"WARC-Date": "2025-06-30T10:00:00Z"}
        record = writer.create_warc_record(
            url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=dates
        )
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


HTML = "text/html; charset=utf-8"
ROWS: list[tuple[str, str, str, bytes, dict[str, str]]] = [
    ("https://b.example/1", "200 OK", HTML, article("Eins"), {}),
    ("https://b.example/2", "200 OK", HTML, gzip.compress(article("Zwei"), mtime=0), {"Content-Encoding": "gzip"}),
    ("https://b.example/3", "200 OK", HTML, chunked(article("Drei")), {"Transfer-Encoding": "chunked"}),
    ("https://b.example/4", "200 OK", "TEXT/HTML", brotli.compress(article("Vier")), {"Content-Encoding": "br"}),
    ("https://b.example/1", "200 OK", HTML, article("Noch einmal"), {}),
    ("https://b.example/5", "404 Not Found", HTML, article("Fehlt"), {}),
    ("https://b.example/6", "200 OK", "image/png", article("Bild"), {}),
    ("https://b.example/7", "200 OK", HTML, b"<html><body><p>Zu kurz.</p></body></html>", {}),
    ("https://b.example/8", "200 OK", HTML, b"", {}),
    ("urn:embeds:x", "200 OK", HTML, article("Ohne Adresse"), {}),
]


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive_gives_the_articles_among_its_pages(gzipped: bool) -> None:
    pages = read_warc(archive(*ROWS, gzipped=gzipped), TODAY)
    assert [(page.title, page.url, page.place) for page in pages] == [
        ("Eins", "https://b.example/1", "page 1"),
        ("Zwei", "https://b.example/2", "page 2"),
        ("Drei", "https://b.example/3", "page 3"),
        ("Vier", "https://b.example/4", "page 4"),
    ]
    assert all(page.published == "2025-06-13" and LONG in page.text for page in pages)


def test_the_day_of_the_fetch_is_not_that_of_publication() -> None:
    undated = article().replace(b"article:published_time", b"x")
    page = only(read_warc(archive(("https://b.example/1", "200 OK", HTML, undated, {})), TODAY))
    assert (page.published, page.reason) == ("", "")


def test_a_page_is_in_the_encoding_that_its_server_named() -> None:
    polish = article("Lage in Łódź").decode().encode("iso-8859-2", "ignore")
    row: tuple[str, str, str, bytes, dict[str, str]] = (
        "https://b.example/1",
        "200 OK",
        "text/html; charset=ISO-8859-2",
        polish,
        {},
    )
    assert only(read_warc(archive(row), TODAY)).title == "Lage in Łódź"


def test_of_a_broken_archive_stands_what_came_before(capsys: pytest.CaptureFixture[str]) -> None:
    whole = archive(*ROWS[:2], gzipped=False)
    for cut in (
        whole[:-300],
        whole + b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n",
        whole + b"\0\1" * 99,
    ):
        assert read_warc(cut, TODAY)[0].title == "Eins"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is no web archive"),
        (GERMAN.encode(), "this is no web archive"),
        (gzip.compress(GERMAN.encode()), "this is no web archive"),
        (archive(*ROWS[5:]), "there is no article"),
        (archive(("https://b.example/1", "200 OK", HTML, bytes(11_000_000), {})), "there is no article"),
    ],
)
def test_an_archive_without_article_is_refused(content: bytes, fault: str) -> None:
    assert refusal(read_warc, content).startswith(fault)


# --- feeds ----------------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Das Blatt</title><link>https://b.example/</link><language>de-DE</language>
<item><title>Angriff &amp;amp; Abwehr</title><link>https://b.example/1</link><dc:creator>Eva Muster</dc:creator>
<pubDate>Mon, 16 Jun 2025 23:30:00 -0400</pubDate><description>Kurz.</description>
<content:encoded><![CDATA[<p>{GERMAN}</p><script>alert(1)</script><p>{SECOND}</p>]]></content:encoded></item>
<item><title>Zwei</title><link>javascript:alert(1)</link><author>x@b.example</author><dc:date>2025-06-15T01:00:00+02:00</dc:date>
<source url="https://c.example/f">Anderes Blatt</source><description>&lt;b&gt;{GERMAN}&lt;/b&gt;</description></item>
<item><title>Nur ein Titel</title><pubDate>Mon, 16 Jun 2031 23:30:00 -0400</pubDate></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Das Blatt</title><updated>2025-06-20T00:00:00Z</updated>
<entry><title type="html">Eins &lt;b&gt;fett&lt;/b&gt;</title><link href="https://b.example/1"/><id>1</id>
<author><name>Eva Muster</name></author><published>2025-06-16T23:30:00-04:00</published>
<updated>2025-06-20T00:00:00Z</updated><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{GERMAN}</p><p>{SECOND}</p></div></content></entry>
<entry><title>Zwei</title><id>2</id><updated>2025-06-18T00:00:00Z</updated><summary>{GERMAN}</summary></entry></feed>"""


def test_a_feed_gives_every_entry() -> None:
    first, second, third = read_feed(RSS.encode(), TODAY)
    assert first == Page(
        f"{GERMAN}\n{SECOND}",
        title="Angriff & Abwehr",
        publisher="Das Blatt",
        author="Eva Muster",
        published="2025-06-16",
        reason="day given in the feed",
        url="https://b.example/1",
        language="de",
        place="item 1",
    )
    assert (second.text, second.publisher, second.author, second.url) == (GERMAN, "Anderes Blatt", "", "")
    assert second.published == "2025-06-15"  # in UTC it is the 14th
    assert (third.text, third.title, third.place) == ("", "Nur ein Titel", "item 3")
    assert (third.published, third.hint) == ("", "Mon, 16 Jun 2031 23:30:00 -0400")


def test_an_atom_feed_says_when_an_entry_was_published_and_when_it_was_changed() -> None:
    first, second = read_feed(ATOM.encode(), TODAY)
    assert (first.text, first.title, first.author) == (f"{GERMAN}\n{SECOND}", "Eins fett", "Eva Muster")
    assert (first.published, first.publisher, first.language) == ("2025-06-16", "Das Blatt", "de")
    assert (second.published, second.hint, second.text) == ("", "2025-06-18T00:00:00Z", GERMAN)


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</channel></rss>", ""),
        RSS.replace("Kurz.", "Kurz & gut &nbsp; <br>"),
        RSS.replace("UTF-8", "us-ascii"),
        "\n\n" + RSS,
    ],
)
def test_a_feed_with_faults_is_read(broken: str) -> None:
    assert read_feed(broken.encode(), TODAY)[0].text == f"{GERMAN}\n{SECOND}"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is no RSS or Atom feed"),
        (b"<?xml version='1.0'?><library><book>x</book></library>", "this is no RSS or Atom feed"),
        (GERMAN.encode(), "this is no RSS or Atom feed"),
        (b"https://b.example/feed", "this is no RSS or Atom feed"),
        (b"/etc/passwd", "this is no RSS or Atom feed"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "this feed has no entry"),
    ],
)
def test_what_is_no_feed_is_refused(content: bytes, fault: str) -> None:
    assert refusal(read_feed, content).startswith(fault)


def test_a_feed_can_pull_in_no_file_and_swell_to_no_size(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim")
    kinds = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "file://{tmp_path}/secret">{LAUGHS}]>'
    hostile = RSS.replace("<rss", f"{kinds}<rss", 1).replace("Kurz.", "&e;&l8;")
    hostile = hostile.replace("<content:encoded>", "<x>").replace("</content:encoded>", "</x>")
    text = "".join(page.text + page.title for page in read_feed(hostile.encode(), TODAY))
    assert "geheim" not in text
    assert len(text) < 10_000


# --- lists of sources -----------------------------------------------------------------------------------------------

CSL = [
    {
        "id": "http://zotero.org/users/1/items/A",
        "type": "article-newspaper",
        "title": "Angriff am <i>Montag</i>",
        "container-title": "Das Blatt",
        "author": [{"family": "Berg", "given": "Eva", "non-dropping-particle": "von"}, {"literal": "dpa"}],
        "issued": {"date-parts": [["2025", 6, 16]]},
        "URL": "https://b.example/1",
        "language": "de-DE",
        "note": "Section: Politik",
        "abstract": GERMAN,
    },
    5,
    {"title": "Monat", "issued": {"date-parts": [[2025, 6]]}, "language": "fr", "URL": "javascript:alert(1)"},
    {"title": "Zeitraum", "issued": {"date-parts": [[2025, 6, 1], [2025, 6, 9]]}, "author": "Eva", "note": LONG},
    {"title": {"x": []}, "issued": {"literal": "16 June 2025"}, "author": [None, 5, {"family": ["x"]}]},
    {"title": "Roh", "issued": {"raw": "2025-06-16T10:00"}},
]


def describe(pages: list[Page], *names: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(page, name) for name in names) for page in pages]


def test_csl_json_is_read() -> None:
    items = read_csl(json.dumps(CSL).encode(), TODAY)
    assert items[0] == Page(
        GERMAN,
        title="Angriff am Montag",
        publisher="Das Blatt",
        author="Eva von Berg; dpa",
        published="2025-06-16",
        reason="day given in the list of sources",
        url="https://b.example/1",
        language="de",
        place="item 1",
    )
    assert describe(items[1:], "title", "published", "hint", "language", "url") == [
        ("", "", "", "", ""),
        ("Monat", "", "2025-06", "", ""),
        ("Zeitraum", "", "2025-06-01/2025-06-09", "", ""),
        ("", "", "16 June 2025", "", ""),
        ("Roh", "2025-06-16", "", "", ""),
    ]
    assert (items[1].fault, items[3].text) == ("this item is no source; leave it out.", LONG)
    assert describe(read_csl(json.dumps({"items": CSL}).encode(), TODAY), "title") == describe(items, "title")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b"[{}]", b'"title"', b'{"items": 5}', b"1" * 5000, b"\xff\xfe\x00"]
)
def test_what_is_no_list_of_sources_is_refused(content: bytes) -> None:
    assert refusal(read_csl, content).startswith("this is no ")


def test_a_library_that_zotero_saved_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "storage" / "12").mkdir(parents=True)
    (tmp_path / "storage" / "12" / "a.html").write_bytes(article("Zwei"))
    (tmp_path / "storage" / "12" / ".zotero-ft-cache").write_text("Zwei")
    (tmp_path / "list.json").write_text(json.dumps(CSL[:1]), encoding="utf-8")
    (tmp_path / "list.bib").write_text("@misc{a, title = {Zwei}}")
    batch = intake.read_articles(REFERENCE, [str(tmp_path)], Given(), TODAY)
    assert [(one.title, one.published) for one in batch.articles] == [
        ("Zwei", "2025-06-13"),
        ("Angriff am Montag", "2025-06-16"),
    ]
    assert batch.notes == [f"{tmp_path}: 1 file of other kinds passed over (.bib)."]


# --- all kinds ------------------------------------------------------------------------------------------------------

SAMPLES: dict[str, bytes] = {
    ".docx": word(fill),
    ".eml": carry(mail(OUTLOOK_DE + GERMAN), mail("x", f"<p>{LONG}</p>")),
    ".warc.gz": archive(*ROWS[:3]),
    ".warc": archive(*ROWS[:3], gzipped=False),
    ".xml": RSS.encode(),
    ".rss": RSS.encode(),
    ".atom": ATOM.encode(),
    ".json": json.dumps(CSL).encode(),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_is_known_by_the_end_of_its_name(kind: str, tmp_path: Path) -> None:
    assert kind in READERS
    file = tmp_path / f"A.B{kind.upper()}"
    file.write_bytes(SAMPLES[kind])
    assert read_pages(str(file), TODAY)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("warc", r"save it as \.txt, "),
        ("a.doc", r"save it as \.txt, "),
        ("a.json.gz", "unpack it"),
        ("a.ZIP", "unpack it"),
        ("a.bib", "export the list as CSL-JSON"),
        ("a.msg", r"save it as \.eml"),
    ],
)
def test_other_kinds_are_refused(name: str, remedy: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError, match=f"^files of this kind cannot be read; {remedy}"):
        read_pages(str(tmp_path / name), TODAY)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    file = tmp_path / f"a{kind}"
    for _ in range(25):
        damaged = bytearray(SAMPLES[kind])
        for _ in range(chance.choice((1, 5, 50))):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 10, 34, 60, 92, 123, 125, 255))
        file.write_bytes(bytes(damaged[: chance.choice((len(damaged), chance.randrange(len(damaged))))]))
        try:
            pages = read_pages(str(file), TODAY)
        except InputError as fault:
            assert str(fault).endswith(".")
        else:
            assert all(type(value) in (str, bool, tuple) for page in pages for value in vars(page).values())
