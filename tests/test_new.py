"""A new case from files: what is read from each kind of file, what is refused, and what is written."""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from examples import open_case
from known import REFERENCE
from lagebild.__main__ import cli
from lagebild.core.case import read_case_file
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.tables import read_case
from lagebild.corpus import intake
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import FiledSource, make_case
from lagebild.corpus.plaintext import clean, paragraphs
from lagebild.corpus.readers.documents import pdf_paragraphs, read_pdf, strip_markdown
from lagebild.corpus.sentences import find_language
from pypdf import PdfReader, PdfWriter

pytestmark = pytest.mark.usefixtures("today")

GERMAN = "Die Armee des Landes hat am Montag mit Drohnen eine Stadt angegriffen. Der Nachbar drohte mit Vergeltung."
ENGLISH = "The army of the country attacked a town with drones on Monday. The neighbour said that it would respond."
GIVEN = Given(published="2025-06-16")

File = Callable[[str, str | bytes], str]
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the command `new`, which writes below `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, ["new", *words])


def make(
    tmp_path: Path, *files: str, case: str = "red-sea", given: Given = GIVEN, title: str = ""
) -> list[FiledSource]:
    return make_case(case, files, given, title, str(tmp_path)).filed


def read(file: str, given: Given = GIVEN) -> intake.Article:
    (article,) = intake.read_articles(REFERENCE, [file], given, "2025-07-01").articles
    return article


def pdf(*pages: str, title: str = "", password: str = "") -> bytes:
    """Return a PDF with one line of text for each line of a page."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        shown = "\n".join(f"({row}) Tj T*" for row in page.split("\n"))
        stream = f"BT /F1 10 Tf 12 TL 50 800 Td\n{shown}\nET".encode("cp1252")
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        resources = b"/Resources << /Font << /F1 3 0 R >> >>"
        box = b"/MediaBox [0 0 595 842]"
        parts.append(b"<< /Type /Page /Parent 2 0 R %s %s /Contents %d 0 R >>" % (box, resources, len(parts)))
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(parts) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (size, table, size)
    out += b"startxref\n%d\n%%%%EOF\n" % out.index(b"xref\n0 ")
    if not title and not password:
        return out
    writer, buffer = PdfWriter(clone_from=PdfReader(io.BytesIO(out))), io.BytesIO()
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(buffer)
    return buffer.getvalue()


def page(head: str = "", body: str = "", text: str = GERMAN) -> str:
    """Return a web page with an article, and a date in its foot that is not the article's."""
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8">{head}</head>'
        '<body><nav><a href="/">Start</a></nav>'
        f"<article><h1>Angriff am Montag</h1>{body}<p>{text}</p><p>Die Lage ist nach dem Angriff unklar, und die "
        "Regierung hat sich noch nicht zu den Berichten aus der Stadt geäußert.</p></article>"
        "<footer>Impressum, Stand 12.03.2021</footer></body></html>"
    )


META = '<meta property="article:published_time" content="2025-06-13T21:00:00Z">'
SITE = '<meta property="og:site_name" content="Beispielblatt"><meta name="author" content="Eva Muster">'
CANONICAL = '<link rel="canonical" href="https://www.beispiel.example/a.html">'


# --- what is written ------------------------------------------------------------------------------------------------


def test_several_files_become_a_case_in_the_order_of_their_days(tmp_path: Path, file: File, run: Run) -> None:
    late = file("b.txt", f"A headline\n\n{ENGLISH}")
    early = file("z.md", f"---\ntitle: Ein Angriff\npublished: 2025-06-13\npublisher: Blatt\n---\n{GERMAN}")
    also = file("a.html", page(META + SITE))
    done = run(
        "red-sea", late, early, also, "--published", "2025-06-16", "--publisher", "A Paper", "--title", "Red Sea"
    )
    assert done.exit_code == 0, done.output
    assert done.stderr == f"{tmp_path} is a project now: cases in data/cases, reports in reports.\n"
    assert done.stdout.splitlines() == [
        "S001  de  2025-06-13  Angriff am Montag  (3 sentences)",
        "S002  de  2025-06-13  Ein Angriff  (2 sentences)",
        "S003  en  2025-06-16  A headline  (3 sentences)",
        "No --question was given: write it in data/cases/red-sea/case.yml.",
        "Next: lagebild run red-sea",
    ]
    folder = tmp_path / "data" / "cases" / "red-sea"
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*")) == [
        "case.yml",
        "sources.csv",
        "texts/S001.de.txt",
        "texts/S002.de.txt",
        "texts/S003.en.txt",
    ]
    assert [path.name for path in folder.parent.iterdir()] == ["red-sea"]
    content = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    assert content == {
        "title": {"de": "Red Sea", "en": "Red Sea"},
        "question": {"de": "Wer hat wem was getan?", "en": "Who did what to whom?"},
        "editions": ["2025-06-16"],
        "draft": True,
    }
    here = Paths("red-sea", "2025-06-16", root=str(tmp_path))
    row = read_case(here, "sources").set_index("source_id").loc["S003"].to_dict()
    assert row == {
        "title": "A headline",
        "title_basis": "stated",
        "publisher": "A Paper",
        "reporter": "A Paper",
        "author": "",
        "published": "2025-06-16",
        "published_basis": "estimated",
        "published_reason": "given with --published by the user; the file names no day",
        "retrieved": "2025-07-01",
        "url": "",
        "language": "en",
        "kind": "article",
        "country": "",
        "standing": "",
        "reliability": "F",
        "reliability_reason_de": "Niemand hat diese Seite bisher beurteilt.",
        "reliability_reason_en": "Nobody has graded this page yet.",
        "wording": "original",
    }


def test_the_package_reads_what_was_written(tmp_path: Path, file: File) -> None:
    make(tmp_path, file("a.txt", GERMAN), case="red-sea-2")
    here = Paths("red-sea-2", "2025-06-16", root=str(tmp_path))
    case = read_case_file(here)
    assert (case.title["de"], case.editions, case.subject) == ("Red sea 2", ("2025-06-16",), "")
    assert list(open_case(here).corpus.sentences["sentence_no"]) == [1, 2]
    assert open_case(here).texts["S001", "de"] == f"{GERMAN}\n"


def test_the_same_files_give_the_same_case_in_any_order(tmp_path: Path, file: File) -> None:
    files = [file("a.txt", GERMAN), file("b.txt", ENGLISH)]
    for case, order in (("one", files), ("two", files[::-1])):
        make(tmp_path, *order, case=case, title="Same")
    one, two = (tmp_path / "data" / "cases" / case for case in ("one", "two"))
    for path in one.rglob("*.*"):
        assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


def test_words_of_a_stranger_stay_words(tmp_path: Path, file: File) -> None:
    head = (
        '---\ntitle: "=HYPERLINK(\\"http://evil.example\\")"\npublisher: "../../etc\\e[31m\\u202e\\ud800"\n'
        'author: ["@a", "b\\nc"]\nurl: "javascript:alert(1)"\ndate: 2025-06-13\n---\n'
    )
    make(tmp_path, file("$(touch x);..%2f\n.md", head + GERMAN), title="{{ 1 }}: [x\n---\n")
    here = Paths("red-sea", "2025-06-16", root=str(tmp_path))
    row = read_case(here, "sources").iloc[0]
    assert row[["title", "publisher", "author", "url"]].tolist() == [
        '=HYPERLINK("http://evil.example")',
        "../../etc[31m",
        "@a; b c",
        "",
    ]
    assert "'=HYPERLINK" in (here.inputs / "sources.csv").read_text(encoding="utf-8")
    assert read_case_file(here).title["en"] == "{{ 1 }}: [x ---"
    assert sorted(path.name for path in here.inputs.iterdir()) == ["case.yml", "sources.csv", "texts"]


# --- what is read ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850", "latin-1"])
def test_plain_text_is_read_in_any_encoding(file: File, encoding: str) -> None:
    text = f"Präsident Müller fährt nach Köln und prüft für alle die Lösung.\r\n{GERMAN}"
    assert read(file("a.TXT", text.encode(encoding))).text == text.replace("\r\n", "\n")


def test_the_first_line_is_the_title_cut_to_length(file: File) -> None:
    title = read(file("a.txt", f"{'Der Angriff und ' * 20}\n{GERMAN}")).title
    assert len(title) <= 120
    assert title.endswith(" …")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (["A headline", ENGLISH], "A headline"),
        (["Published June 15, 2023 4:05 pm", "A headline", ENGLISH], "A headline"),
        (["15 June 2023", "By Reuters", "A headline", ENGLISH], "A headline"),
        (["Who attacked the town?", ENGLISH], "Who attacked the town?"),
        (["“It was us!”", ENGLISH], "“It was us!”"),
    ],
)
def test_a_text_without_a_title_is_called_by_its_headline(file: File, rows: list[str], title: str) -> None:
    article = read(file("a.txt", "\n\n".join(rows)), Given("2025-06-16", "en"))
    assert (article.title, article.title_basis) == (title, "stated")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([ENGLISH], "The army of the country attacked a town with drones on …"),
        ([ENGLISH, ENGLISH], "The army of the country attacked a town with drones on …"),
        (
            ["15 June 2023", "By Reuters", f"{ENGLISH} {ENGLISH}"],
            "The army of the country attacked a town with drones on …",
        ),
        ([f"Drones struck a town. {ENGLISH}"], "Drones struck a town."),
        (["The minister said: “We will respond.”", ENGLISH], "The minister said: “We will respond.”"),
        (["15 June 2023"], "15 June 2023"),
    ],
)
def test_a_text_without_a_headline_is_called_by_its_first_words(
    tmp_path: Path, file: File, rows: list[str], title: str
) -> None:
    make(tmp_path, file("a.txt", "\n\n".join(rows)), given=Given("2025-06-16", "en"))
    (row,) = read_case(Paths("red-sea", "2025-06-16", root=str(tmp_path)), "sources").to_dict("records")
    assert (row["title"], row["title_basis"]) == (title, "opening")


def test_front_matter_describes_a_markdown_file(file: File) -> None:
    head = (
        "---\nTitle: Ein Titel\npublisher: Blatt\nauthor: [Eva Muster, B. Beispiel]\ndate: 2025-06-13T08:00:00+02:00\n"
    )
    article = read(
        file("a.md", f"{head}url: https://www.blatt.example/x\nlanguage: de-AT\n---\n\n# Anders\n\n{GERMAN}")
    )
    assert (article.title, article.publisher, article.author) == ("Ein Titel", "Blatt", "Eva Muster; B. Beispiel")
    assert (article.published, article.basis, article.language) == ("2025-06-13", "stated", "de")
    assert article.url == "https://www.blatt.example/x"
    assert article.text == f"Anders\n{GERMAN}"


@pytest.mark.parametrize(
    ("made", "created"),
    [
        ("D:20250613210000-04'00'", "2025-06-13"),
        ("D:20250613", "2025-06-13"),
        ("D:20310101", ""),
        ("13 June", ""),
        ("", ""),
    ],
)
def test_the_day_on_which_a_pdf_was_made_is_no_day_of_publication(made: str, created: str) -> None:
    writer, buffer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(GERMAN)))), io.BytesIO()
    writer.add_metadata({"/CreationDate": made})
    writer.write(buffer)
    (found,) = read_pdf(buffer.getvalue(), "2025-07-01")
    assert (found.created, found.published) == (created, "")


def test_marks_of_markdown_are_stripped(file: File) -> None:
    marked = (
        "# Der **Angriff**\n![Bild](x.png)\nDie [Armee](https://x.example/a_(b)) hat *am Montag*\n__eine Stadt__ "
        "angegriffen, Typ snake_case_x.\n\n- Der Nachbar <b>drohte</b>\n- 5 \\* 3\n\n> Das sei &auml;rger.\n\n"
        "16. Juni 2025 war\nder Tag.\n\nZweiter Teil\n---\n```\n`Ende`\n```\n[1]: http://x.example\n<!-- weg\nweg -->"
    )
    assert read(file("a.md", marked)).text.split("\n") == [
        "Der Angriff",
        "Die Armee hat am Montag eine Stadt angegriffen, Typ snake_case_x.",
        "Der Nachbar drohte",
        "5 * 3",
        "Das sei ärger.",
        "16. Juni 2025 war der Tag.",
        "Zweiter Teil",
        "`Ende`",
    ]
    assert read(file("b.md", marked)).title == "Der Angriff"


@pytest.mark.parametrize(
    ("marked", "lines"),
    [
        ("16. Juni 2025 war ein Tag.\n\n3. Mai auch.", ["16. Juni 2025 war ein Tag.", "3. Mai auch."]),
        ("Das war am\n1. Juli 2025 so.", ["Das war am 1. Juli 2025 so."]),
        ("1. eins\n\n2) zwei\n   - drei", ["1. eins", "2) zwei", "drei"]),
        ("eins  \nzwei\\\ndrei<br>vier", ["eins zwei drei vier"]),
        ("a <script>x</script> b <!-- x --> c", ["a b c"]),
        ("<div>\nDie *Armee*\n</div>\n\nEnde", ["Die *Armee*", "Ende"]),
        ("3 < 5, AT&T &amp; Co.", ["3 < 5, AT&T & Co."]),
        (">" * 30 + " tief", ["tief"]),
        ("<i>" * 999 + "tief", ["tief"]),
    ],
)
def test_a_text_in_markdown_keeps_its_words_and_its_days(marked: str, lines: list[str]) -> None:
    assert strip_markdown(marked)[0].split("\n") == lines


def test_a_web_page_gives_its_article_and_what_it_says_of_itself(file: File) -> None:
    article = read(file("a.html", page(META + SITE + CANONICAL)))
    assert GERMAN in article.text
    assert "Impressum" not in article.text
    assert (article.title, article.publisher, article.author) == ("Angriff am Montag", "Beispielblatt", "Eva Muster")
    assert (article.published, article.basis) == ("2025-06-13", "stated")
    assert article.url == "https://www.beispiel.example/a.html"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (META, "", "2025-06-13"),
        ('<meta content="2025-06-12" name="date">', "", "2025-06-12"),
        ('<script type="application/ld+json">{"datePublished": "2025-06-11T01:00"}</script>', "", "2025-06-11"),
        ('<link rel="canonical" href="https://x.example/2025/06/10/a.html">', "", "2025-06-10"),
        ("", '<time datetime="2025-06-09T10:00">gestern</time>', "2025-06-09"),
        ('<meta property="article:modified_time" content="2025-06-20">', "", "2025-06-16"),
        ('<meta property="article:published_time" content="2099-01-01">', "", "2025-06-16"),
        ('<meta property="article:published_time" content="0001-01-01">', "", "2025-06-16"),
        ('<meta property="article:published_time" content="2025-02-31">', "", "2025-06-16"),
        ("", "", "2025-06-16"),  # 12.03.2021 in the foot is no day of publication
    ],
)
def test_a_web_page_is_dated_by_marks_alone(file: File, head: str, body: str, published: str) -> None:
    article = read(file("a.html", page(head, body)))
    assert (article.published, article.basis) == (published, "estimated" if published == "2025-06-16" else "stated")


def test_a_web_page_in_another_encoding_is_read(file: File) -> None:
    declared = page(META).replace("utf-8", "iso-8859-1").encode("cp1252")
    assert "geäußert" in read(file("a.htm", declared)).text


@pytest.mark.parametrize(
    ("head", "given", "publisher"),
    [
        (SITE + CANONICAL, "Option", "Beispielblatt"),
        (CANONICAL, "Option", "beispiel.example"),
        ("", "Option", "Option"),
        ("", "", "[unknown publisher]"),
        ('<link rel="canonical" href="javascript:alert(1)">', "", "[unknown publisher]"),
    ],
)
def test_the_publisher_is_the_best_known(file: File, head: str, given: str, publisher: str) -> None:
    article = read(file("a.html", page(head)), Given("2025-06-16", "", given))
    assert article.publisher == publisher
    assert "javascript" not in article.url


def test_the_address_of_a_page_that_a_browser_saved_is_found(file: File) -> None:
    saved = page(META).replace("<html", "<!-- saved from url=(0030)https://www.blatt.example/a -->\n<html")
    article = read(file("a.html", saved))
    assert (article.url, article.publisher) == ("https://www.blatt.example/a", "blatt.example")


def test_a_saved_page_may_be_called_by_its_address(file: File) -> None:
    assert read(file("www.blatt.example.html", page(META))).language == "de"


def test_a_pdf_that_opens_without_a_password_is_read(file: File) -> None:
    writer, buffer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(GERMAN)))), io.BytesIO()
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(buffer)
    assert read(file("a.pdf", buffer.getvalue())).text == GERMAN


def test_a_pdf_gives_paragraphs_without_running_heads(file: File) -> None:
    first = (
        "Blatt vom 13. Juni - Seite 1\nAngriff am Montag\n"
        "Die Armee des Landes hat am Montag mit Drohnen eine Stadt ange-\n"
        "griffen. Der US-\nPräsident forderte einen Waffen-\nstillstand und nannte Innen-\nund Außenminister"
    )
    second = "Blatt vom 13. Juni - Seite 2\nals Vermittler. Die Su-\n35 blieb am Boden.\n2/2"
    article = read(file("a.pdf", pdf(first, second)))
    assert article.text.split("\n") == [
        "Angriff am Montag",
        "Die Armee des Landes hat am Montag mit Drohnen eine Stadt angegriffen. Der US-Präsident forderte einen "
        "Waffenstillstand und nannte Innen- und Außenminister als Vermittler. Die Su-35 blieb am Boden.",
    ]
    assert article.title == "Angriff am Montag"


@pytest.mark.parametrize(
    ("title", "expected"), [("Ein Titel", "Ein Titel"), ("Microsoft Word - x.docx", "Angriff"), ("a.pdf", "Angriff")]
)
def test_the_title_of_a_pdf_is_none_that_a_program_gave_it(file: File, title: str, expected: str) -> None:
    assert read(file("a.pdf", pdf(f"Angriff\n{GERMAN}", title=title))).title == expected


def test_what_the_user_says_holds_only_where_a_file_says_nothing(file: File) -> None:
    article = read(
        file("a.md", f"---\ndate: 2025-06-13\npublisher: Blatt\n---\n{GERMAN}"), Given("2025-06-16", "en", "X")
    )
    assert (article.published, article.publisher, article.language) == ("2025-06-13", "Blatt", "en")


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "", "no text"),
        ("a.txt", " \n\t\u200b 123 ...", "no text"),
        ("a.md", "---\ntitle: x\n---\n", "no text"),
        ("a.txt", b"\x00\x01\x02" * 9, "plain text in UTF-8"),
        ("a.txt", bytes(range(1, 256)) * 9, "plain text in UTF-8"),
        ("a.txt", f"{GERMAN}\0", "plain text in UTF-8"),
        ("a.odt", "x", "files of this kind"),
        ("a.docx", "x", "no Word file"),
        ("a", "x", "files of this kind"),
        ("a.md", f"---\ntitle: a: b\n---\n{GERMAN}", "no valid YAML"),
        ("a.md", f"---\ntitle: x\n{GERMAN}", "close it with a line ---"),
        ("a.md", f"---\n- x\n---\n{GERMAN}", "of the form"),
        ("a.md", f"---\ntitle: {{a: b}}\n---\n{GERMAN}", "of the form"),
        ("a.md", f"---\ndate: 2025-02-31\n---\n{GERMAN}", "no day"),
        ("a.md", f"---\ndate: gestern\n---\n{GERMAN}", "no past day"),
        ("a.md", f"---\ndate: 2099-01-01\n---\n{GERMAN}", "no past day"),
        ("a.md", f"---\nlanguage: fr\n---\n{GERMAN}", "only de and en"),
        ("a.html", "<html><body></body></html>", "no article"),
        ("a.html", "", "no article"),
        ("a.pdf", "x", "no PDF"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<<", "no PDF"),
        ("a.pdf", pdf(), "scan without text"),
        ("a.pdf", pdf("", ""), "scan without text"),
        ("a.pdf", pdf(GERMAN, password="geheim"), "encrypted"),
        ("a.txt", "Le président a déclaré que la Russie et l'Iran ont signé un traité de partenariat.", "neither"),
        ("a.txt", "Россия и Иран подписали договор о стратегическом партнёрстве.", "neither"),
    ],
)
def test_a_file_that_is_no_article_is_refused_in_one_sentence(
    tmp_path: Path, file: File, run: Run, name: str, content: str | bytes, says: str
) -> None:
    path, good = file(name, content), file("good.txt", ENGLISH)
    done = run("red-sea", good, path, "--published", "2025-06-16")
    assert isinstance(done.exception, InputError)
    message = str(done.exception)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message
    assert not list(tmp_path.glob("data/**/*"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.txt", "no such file"),
        ("x\0.txt", "no such file"),
        ("n" * 300 + ".txt", "no such file"),
        pytest.param("/dev/null", "no plain file", marks=pytest.mark.posix),
        ("https://www.example.org/a.html", "save the page"),
        ("HTTP://example.org", "save the page"),
        ("www.example.org/a.html", "save the page"),
        ("file:///etc/passwd", "save the page"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        make(tmp_path, name)


def test_a_file_of_more_than_50_mb_is_not_even_read(tmp_path: Path, file: File) -> None:
    path = Path(file("a.txt", GERMAN))
    with path.open("r+b") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(InputError, match=r"a\.txt: it has more than 50 MB"):
        make(tmp_path, str(path))


def test_a_second_file_with_the_same_text_is_left_out_and_named(tmp_path: Path, file: File) -> None:
    files = [file("a.txt", GERMAN), file("b.md", GERMAN.upper().replace(" ", "\n"))]
    made = make_case("red-sea", files, GIVEN, root=str(tmp_path))
    assert [row.source_id for row in made.filed] == ["S001"]
    assert [note.split("/")[-1] for note in made.notes] == ["a.txt; left out."]
    assert made.notes[0].startswith(f"{files[1]}: it has the same text as ")


@pytest.mark.parametrize(
    ("begin", "given", "published"),
    [
        ("Vertreter in Genf\nGenf, 3. Juni 2025 (dpa) – ", "", "2025-06-03"),
        ("13. Juni 2025, Wien – ", "2025-06-20", "2025-06-13"),
        ("Tel Aviv, 13. Juni (Reuters) - ", "2025-06-20", "2025-06-13"),
        ("Tel Aviv, 28. Dez. (Reuters) - ", "2025-01-02", "2024-12-28"),
        ("Tel Aviv, 30. Juni (Reuters) - ", "2025-06-20", "2025-06-20"),
        ("Am Dienstag, 3. Juni (Pfingsten) kam er. ", "2025-06-20", "2025-06-20"),
        ("Tel Aviv (Reuters) - Am 13. Juni 2025 kam er. ", "2025-06-20", "2025-06-20"),
    ],
)
def test_a_file_without_a_day_was_published_on_that_of_its_dateline(
    file: File, begin: str, given: str, published: str
) -> None:
    article = read(file("a.txt", begin + GERMAN), Given(given))
    assert (article.published, article.basis) == (published, "estimated")


def test_a_missing_day_is_asked_for_and_a_day_that_stands_there_is_named(tmp_path: Path, file: File) -> None:
    with pytest.raises(InputError, match=r"a\.txt: it does not say when it was published; .* --published"):
        make(tmp_path, file("a.txt", GERMAN), given=Given())
    with pytest.raises(InputError, match=r"b\.html: .* \(2021-03-12 is the only .* --published .* --days-found"):
        make(tmp_path, file("b.html", page()), given=Given())


def test_the_only_day_in_a_file_is_taken_if_the_user_says_so(tmp_path: Path, file: File, run: Run) -> None:
    done = run("red-sea", file("b.html", page()), file("c.html", page(META, text=GERMAN * 2)), "--days-found")
    assert done.exit_code == 0, done.output
    assert "S001  de  2021-03-12" in done.stdout
    assert "the only day found in it, taken with --days-found" in done.stdout
    rows = read_case(Paths("red-sea", "2025-06-16", root=str(tmp_path)), "sources").set_index("source_id")
    assert list(rows["published"]) == ["2021-03-12", "2025-06-13"]
    assert list(rows["published_basis"]) == ["estimated", "stated"]
    assert rows["published_reason"].str.contains("--days-found").tolist() == [True, False]


def test_of_two_days_in_a_file_none_is_taken(tmp_path: Path, file: File) -> None:
    text = f"Attack\n15 June 2023\n17 June 2023\n{ENGLISH}"
    asked = r"\(2023-06-15, 2023-06-17 contradict each other\); give the day with --published YYYY-MM-DD\.$"
    with pytest.raises(InputError, match=asked):
        make(tmp_path, file("a.txt", text), given=Given(days_found=True))
    (made,) = make(tmp_path, file("a.txt", text), given=Given("2023-06-20", days_found=True))
    assert made.article.published == "2023-06-20"


@pytest.mark.parametrize("published", ["16.6.2025", "2025-06", "2025-13-01", "2099-01-01", "0001-01-01"])
def test_a_published_option_that_is_no_past_day_is_refused(tmp_path: Path, file: File, published: str) -> None:
    with pytest.raises(InputError, match="--published"):
        make(tmp_path, file("a.txt", GERMAN), given=Given(published))


def test_an_unknown_language_is_refused(tmp_path: Path, file: File) -> None:
    with pytest.raises(InputError, match="choose one of de, en"):
        make(tmp_path, file("a.txt", GERMAN), given=Given("2025-06-16", "fr"))


@pytest.mark.parametrize("case", ["", ".", "..", "../x", "a/b", "A", "rotes-meer-", "a b", "ä", "a\n", "x" * 61])
def test_a_name_that_is_none_makes_no_case(tmp_path: Path, file: File, case: str) -> None:
    with pytest.raises(InputError, match="no name of a case"):
        make(tmp_path, file("a.txt", GERMAN), case=case)


def test_a_case_that_exists_is_left_alone(tmp_path: Path, file: File) -> None:
    make(tmp_path, file("a.txt", GERMAN))
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.*") if path.is_file()}
    with pytest.raises(InputError, match="exists already"):
        make(tmp_path, file("b.txt", ENGLISH))
    assert before == {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.*") if path.is_file()}


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = file("a.txt", GERMAN)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        make(tmp_path, path)
    assert not list((tmp_path / "data" / "cases").iterdir())


def test_a_bad_clock_is_named(tmp_path: Path, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        make(tmp_path, file("a.txt", GERMAN))


# --- raw text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("Waffen\u00adstill\u00ad\nstand", "Waffenstillstand"),
        ("zero\u200bwidth\ufeff \u202eleft", "zerowidth left"),
        ("Mu\u0308ller Konﬂikt", "Müller Konflikt"),
        (" a\u00a0\t b \x07", "a b"),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_lines_wrapped_by_hand_are_joined_and_paragraphs_stay() -> None:
    words = "Die Armee des Landes hat am Montag mit Drohnen eine Stadt\nangegriffen, wie die Regierung nebenan am Abend"
    wrapped = f"Ein Angriff\n\n{words}\nmitteilte. Der Nachbar drohte mit Vergeltung.\n\nEnde der Meldung.\n"
    assert paragraphs(wrapped).split("\n") == [
        "Ein Angriff",
        f"{words} mitteilte. Der Nachbar drohte mit Vergeltung.".replace("\n", " "),
        "Ende der Meldung.",
    ]


LONG = (
    "Die Armee des Landes hat am Montag mit Drohnen eine Stadt an der Küste angegriffen, wie die Regierung nebenan am "
    "Abend mitteilte. Der Nachbar drohte mit Vergeltung und rief seinen Botschafter zu Gesprächen in die Hauptstadt."
)
LISTED = [
    "Wer die Drohnen über der Küste gesehen hat und wann",
    "Wie die Regierung des Nachbarn darauf geantwortet hat",
    "Was der Botschafter in der Hauptstadt dazu gesagt hat",
]
HEADLINES = [
    "Armee greift Stadt an der Küste mit Drohnen an",
    "Nachbar ruft Botschafter zurück und droht mit Vergeltung",
    "Was über den Angriff bekannt ist, was nicht, und wie der Nachbar, der ihn kommen sah, darauf antworten könnte",
    "Minister reist in die Hauptstadt",
]
VERSES = [
    "Singe den Zorn, o Göttin, des Peleiaden Achilleus,",
    "Ihn, der entbrannt den Achaiern unnennbaren Jammer erregte,",
    "Und viel tapfere Seelen der Heldensöhne zum Ais",
    "Sendete, aber sie selbst zum Raub darstellte den Hunden,",
]


@pytest.mark.parametrize("width", [60, 75, 130])
@pytest.mark.parametrize(
    "long",
    [
        pytest.param(f"Das Wichtigste über den Angriff {LONG.replace('.', ',').rstrip(',')}", id="a headline"),
        pytest.param(f"{LONG} {LONG}", id="a paragraph that was not wrapped"),
    ],
)
def test_wrapped_lines_are_joined_however_long_another_line_is(width: int, long: str) -> None:
    rows = [long, LONG, LONG.replace("Montag", "Dienstag")]
    wrapped = [rows[0], *(textwrap.fill(row, width) for row in rows[1:])]
    assert paragraphs("\n\n".join(wrapped)).split("\n") == rows
    assert paragraphs("\n".join(wrapped)).split("\n")[0] == long


def test_one_wrapped_line_may_be_too_long() -> None:
    first, second, *others = textwrap.wrap(f"{LONG} {LONG}", 70)
    assert paragraphs("\n".join([f"{first} {second}", *others])) == f"{LONG} {LONG}"


@pytest.mark.parametrize(
    "rows",
    [
        HEADLINES,
        VERSES,
        [f"- {row}" for row in LISTED],
        [f"{n}. {row}" for n, row in enumerate(LISTED, start=1)],
        [
            row[0].lower() + row[1:]
            for row in ("Drohnen", "Eine Erklärung des Ministers zu allem, was war", "Raketen", *HEADLINES)
        ],
        ["Angriff am Montag", LONG, "Was noch geschah", LONG],
        ["Angriff am Montag", LONG.partition(". ")[2]],
        [*LONG.rstrip(".").split(". "), "Mehr dazu"],
    ],
)
def test_lines_of_their_own_stay(rows: list[str]) -> None:
    assert paragraphs("\n".join(rows)).split("\n") == rows


def test_headlines_and_items_between_wrapped_lines_stay() -> None:
    items = [f"- {row}" for row in LISTED]
    rows = ["Ein Angriff", *textwrap.wrap(LONG, 60), *items]
    assert paragraphs("\n".join(rows)).split("\n") == ["Ein Angriff", LONG, *items]


def test_lines_that_are_paragraphs_stay() -> None:
    rows = ["Russia attacked the town.", "The neighbour said on Monday that it would respond to this.", "It did."]
    assert paragraphs("\n\n".join(rows)) == paragraphs("\n".join(rows)) == "\n".join(rows)


def test_a_compound_that_the_text_writes_with_a_hyphen_keeps_it() -> None:
    rows = "The long-range drones flew far into the country.\nThe army of the neighbour has more long-\nrange drones."
    assert "more long-range drones" in pdf_paragraphs([rows])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (ENGLISH, "en"),
        (f"{GERMAN} „The army“, sagte er.", "de"),
        (f"{GERMAN} {ENGLISH}", ""),
        ("De president is in Moskou voor overleg met de regering over de oorlog, zei hij als eerste.", ""),
        ("Præsidenten er i Moskva for at drøfte krigen med den russiske regering, og det er første gang.", ""),
        ("Presidenten sa at den russiske hæren har angrepet en by, og at det er for tidlig å si mer om det.", ""),
        ("El presidente no ha dicho que me he equivocado de guerra en la ciudad.", ""),
        ("俄罗斯和伊朗签署了条约。", ""),
        ("Iran", ""),
        ("Israel hat am Freitag iranische Atomanlagen bombardiert. Teheran kündigte Vergeltung an.", "de"),
        ("Putin trifft Xi in Peking. Beide Präsidenten wollen über Energie sprechen.", "de"),
        ("Iran fires missiles at Israel. Israel strikes back.", "en"),
        ("Iran, Israel, Gaza, Hamas, Hisbollah", ""),
        ("Iran vuurt raketten af op Israël. Israël slaat terug.", ""),
        ("Iran affyrer missiler mod Israel. Israel slår igen.", ""),
        ("Iran skjuter robotar mot Israel. Israel slår tillbaka.", ""),
        ("L'Iran tire des missiles sur Israël. Israël riposte.", ""),
        ("Irán lanza misiles contra Israel. Israel responde.", ""),
        ("Putin incontra Xi a Pechino, in programma colloqui su energia e difesa.", ""),
        ("Иран выпустил ракеты по Израилю. Израиль отвечает.", ""),
        ("Iran wystrzelił rakiety na Izrael. Izrael odpowiada.", ""),
        ("Russland huet an der Nuecht Kiew mat Dronen ugegraff.", ""),
    ],
)
def test_the_language_is_found_or_left_open(text: str, language: str) -> None:
    assert find_language(REFERENCE, text) == language


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(InputError, match=r"inbox: this folder holds no file; name another one\.$"):
        intake.read_articles(REFERENCE, [str(tmp_path / "inbox")], GIVEN, "2025-07-01")


def test_a_text_in_another_language_may_be_read_by_a_model(file: File) -> None:
    with pytest.raises(InputError, match=r"neither clearly German nor clearly English; .*--model NAME"):
        read(file("a.txt", "俄罗斯和伊朗签署了条约。"))


def test_no_library_is_loaded_that_a_plain_text_does_not_need(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    formats = ("brotli", "docx", "feedparser", "markdown_it", "pypdf", "trafilatura", "warcio")
    for library in (*formats, "charset_normalizer", "lxml"):
        monkeypatch.setitem(sys.modules, library, None)
    assert read(file("a.txt", GERMAN)).text == GERMAN
