"""Files from anywhere to articles: plain text, Markdown, saved web pages and PDF; reads, and writes nothing.

What a file says of itself is a stranger's word: it becomes a cell of a table or a line of text, never a path.
"""

from __future__ import annotations

import codecs
import logging
import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lagebild.core.characters import LONGEST_ADDRESS, show
from lagebild.core.edtf import day
from lagebild.core.paths import LANGUAGES, InputError
from lagebild.core.yaml_files import parse_yaml
from lagebild.corpus.plaintext import clean, find_language, line, paragraphs, pdf_paragraphs
from lagebild.corpus.sentences import find_wrong

LARGEST = 50_000_000  # bytes; an article has a thousandth of it
EARLIEST = "1980-01-01"  # a page that claims to be older has a fault in its date
TITLE_LENGTH = 120
LONGEST_HOST = 253  # characters (RFC 1035)
UNKNOWN = "[unknown publisher]"

WEB = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|www\.")
# Where a web page marks its day of publication, in the order in which the marks are believed.
PUBLISHED_META = re.compile(
    r"(?i)<meta\b(?=[^<>]*[\"' =](?:article:published_time|(?:og:)?pub(?:lish)?_?date|datePublished|"
    r"dc(?:terms)?[.:](?:date(?:\.issued)?|created|issued)|date)[\"' >])[^<>]*\bcontent\s*=\s*[\"']?(\d{4}-\d\d-\d\d)"
)
PUBLISHED_JSON = re.compile(r"\"datePublished\"\s*:\s*\"(\d{4}-\d\d-\d\d)")
PUBLISHED_TIME = re.compile(r"(?i)<time\b[^<>]*\bdatetime\s*=\s*[\"']?(\d{4}-\d\d-\d\d)")
PUBLISHED_URL = re.compile(r"/(\d{4})[/-](\d\d)[/-](\d\d)(?=[/-]|$)")
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
CHARSET = re.compile(rb"(?i)<meta[^<>]*charset\s*=\s*[\"']?([\w-]+)")
# What German and English news are made of in Windows 1252; other signs, or quotes inside words, speak for another code.
WESTERN = re.compile("[\\x00-\\x7fäöüÄÖÜßàáâãåæçèéêëíîïñóôõøúûýÅÆÇÉØ€‚„…‘’“”•–—«»‹›§°·´½²³£©®\u00a0\u00ad]*")
INSIDE = re.compile(r"[^\W\d_][„‚“”…][^\W\d_]")
HEADING = r"#{1,6}[ \t]+((?:[ \t#]*+[^ \t#\n]++)*)[ \t#]*$"  # of Markdown, without the marks that close it
NO_TITLE = re.compile(r"(?i)microsoft \w+ - |untitled|unbenannt|.*\.(docx?|odt|pdf|indd|qxd|html?|tmp)$")


@dataclass(frozen=True)
class Given:
    """What the user says of files that do not say it themselves."""

    published: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Article:
    """One file as it was read: its text, one paragraph a line, and what is known of the page."""

    file: str
    text: str
    language: str
    title: str
    publisher: str
    author: str
    published: str
    basis: str
    reason: str
    url: str


@dataclass(frozen=True)
class _Page:
    """What a file holds and says of itself; empty where it says nothing."""

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    reason: str = ""
    url: str = ""
    language: str = ""
    hint: str = ""


def read_articles(files: Iterable[str], given: Given, today: str) -> list[Article]:
    """Read files in the order of their day of publication.

    Parameters
    ----------
    files
        Files as the user names them.
    given
        What holds for files that do not say it themselves.
    today
        The day of reading; nothing was published later.

    Raises
    ------
    InputError
        On the first file that is no article, with its name and the remedy.
    """
    if given.language and given.language not in LANGUAGES:
        raise InputError(f"The language {show(line(given.language))} is unknown: choose one of {', '.join(LANGUAGES)}.")
    if given.published and not EARLIEST <= day(given.published, "--published") <= today:
        raise InputError(
            f"The --published date {show(given.published)} must lie between {EARLIEST} and today, {today}."
        )
    articles, seen = [], dict[str, str]()
    for file in files:
        article = read_article(file, given, today)
        same = " ".join(article.text.casefold().split())
        if same in seen:
            raise InputError(f"{article.file}: it has the same text as {seen[same]}; leave one of them out.")
        seen[same] = article.file
        articles.append(article)
    return sorted(articles, key=lambda article: (article.published, Path(article.file).name, article.file))


def read_article(file: str, given: Given, today: str) -> Article:
    """Read one file; parameters and faults are those of `read_articles`."""
    name, path = line(file), Path(file)
    try:
        page = _reader(path, name)(path.read_bytes(), today)
    except OSError as error:
        raise InputError(f"{name}: it cannot be read ({error.strerror}); check its rights.") from None
    except InputError as fault:
        raise InputError(f"{name}: {fault}") from None
    if not re.search(r"[^\W\d_]", page.text):
        raise InputError(f"{name}: there is no text in it; give a file with the article's text.")
    if wrong := find_wrong(page.text):
        raise InputError(f"{name}, {wrong}.")
    language = page.language or given.language or find_language(page.text)
    if not language:
        raise InputError(
            f"{name}: its text is neither clearly German nor clearly English; "
            "give --language de or --language en if it is, or leave the file out."
        )
    published = page.published or day(given.published, "--published")
    if not published:
        hint = f" ({page.hint} stands in it)" if page.hint else ""
        raise InputError(
            f"{name}: it does not say when it was published{hint}; give the day with --published YYYY-MM-DD."
        )
    url = _address(page.url)
    return Article(
        name,
        page.text,
        language,
        _short(page.title) or _short(page.text.split("\n", 1)[0]),
        _short(page.publisher) or _host(url) or _short(given.publisher) or UNKNOWN,
        _short(page.author),
        published,
        "stated" if page.published else "estimated",
        page.reason if page.published else "given with --published by the user; the file names no day",
        url,
    )


def _reader(path: Path, name: str) -> Callable[[bytes, str], _Page]:
    try:
        is_folder, is_file, size = path.is_dir(), path.is_file(), path.stat().st_size
    except (OSError, ValueError):  # not there, or a name that no file can have
        if WEB.match(name):
            raise InputError(
                "this is an address; open it in a browser, save the page and give the saved file."
            ) from None
        raise InputError("there is no such file; check its name.") from None
    if is_folder:
        raise InputError("this is a folder; name the files in it.")
    if not is_file:
        raise InputError("this is no plain file; copy its content into one.")
    if path.suffix.lower() not in READERS:
        raise InputError(f"files of this kind cannot be read; save it as {', '.join(READERS)}.")
    if size > LARGEST:
        raise InputError(f"it has more than {LARGEST // 1_000_000} MB; save the article alone.")
    return READERS[path.suffix.lower()]


def _read_txt(content: bytes, today: str) -> _Page:
    return _Page(paragraphs(_decode(content)))


def _read_markdown(content: bytes, today: str) -> _Page:
    text = re.sub(r"\r\n?", "\n", _decode(content))
    head: dict[str, str] = {}
    if re.match(r"---[ \t]*\n", text):
        parts = re.split(r"(?m)^(?:---|\.\.\.)[ \t]*$", text, maxsplit=2)
        if len(parts) < 3:
            raise InputError("the front matter has no end; close it with a line ---.")
        head, text = _front_matter(parts[1]), parts[2]
    heading = re.search(f"(?m)^{HEADING}", text)
    return _Page(
        _strip_markdown(text),
        head.get("title", "") or _strip_markdown(heading[1] if heading else ""),
        head.get("publisher", ""),
        head.get("author", ""),
        _front_day(head.get("published") or head.get("date") or "", today),
        "day given in the front matter",
        head.get("url", ""),
        _front_language(head.get("language", "")),
    )


def _front_matter(text: str) -> dict[str, str]:
    try:
        head = parse_yaml(text)
    except InputError as fault:
        raise InputError(f"the front matter, {fault}") from None
    if head is None:
        return {}
    known = {str(key).lower(): value for key, value in head.items()} if isinstance(head, dict) else {"": head}
    plain = {}
    for name, value in known.items():
        values = value if isinstance(value, list) else [value]
        if not name or any(isinstance(part, (dict, list)) for part in values):
            raise InputError("the front matter must be lines of the form 'title: words'; rewrite it so.")
        plain[name] = ", ".join(str(part) for part in values if part is not None)
    return plain


def _front_day(text: str, today: str) -> str:
    try:
        found = date.fromisoformat(re.split(r"[T ]", text)[0]).isoformat() if text else ""
    except ValueError:
        found = "?"
    if found and not EARLIEST <= found <= today:
        raise InputError(
            f"the date {show(line(text))} in the front matter is no past day or no day; write it as YYYY-MM-DD."
        )
    return found


def _front_language(text: str) -> str:
    found = re.split(r"[-_]", text.strip().lower())[0]
    if found and found not in LANGUAGES:
        raise InputError(f"the language {show(line(text))} in the front matter cannot be read; only de and en can.")
    return found


def _strip_markdown(text: str) -> str:
    for start, end in (("<!--", "-->"), (r"<script\b", r"</script\s*>"), (r"<style\b", r"</style\s*>")):
        text = _cut(text, re.compile(f"(?i){start}"), re.compile(f"(?i){end}"))
    for pattern, instead in (
        (r"(?m)^[ \t]*(?:```|~~~).*$", ""),  # fences of code
        (r"(?m)^[ \t]*\[[^\]\n]+\]:.*$", ""),  # addresses of links
        (r"(?m)^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t]*=+[ \t]*$", "\n"),  # rules, underlined headings
        (r"!\[[^\[\]]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])", ""),  # images
        (r"\[([^\[\]]+)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])", r"\1"),  # links
        (rf"(?m)^[ \t]*{HEADING}", r"\n\1\n"),
        (r"(?m)^[ \t]*(?:>[ \t]?)+", ""),
        (r"(?m)^[ \t]*[-*+][ \t]+", "\n"),  # lists; numbers stay: a line may begin with "16. Juni"
        (r"</?[A-Za-z][^<>]*>", ""),
        (r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)([^\n]{0,200}?\S)\1(?!\w)", r"\2"),
        (r"\*\*|`+", ""),
        (r"\\([!-/:-@\[-`{-~])", r"\1"),
    ):
        text = re.sub(pattern, instead, text)
    blocks = re.split(r"\n[ \t]*\n", clean(unescape(text)))
    return "\n".join(joined for block in blocks if (joined := " ".join(block.split())))


def _cut(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    """Leave out what stands between two marks, in time that grows with the text alone."""
    kept, last = [], 0
    while (first := start.search(text, last)) and (second := end.search(text, first.end())):
        kept.append(text[last : first.start()])
        last = second.end()
    return "".join([*kept, text[last:]])


def _read_html(content: bytes, today: str) -> _Page:
    from trafilatura import bare_extraction

    _hush("trafilatura", "htmldate", "courlan", "justext")
    page = _decode(content, CHARSET.search(content))
    found: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    text = clean(found.text or "") if found else ""
    if not text.strip():
        raise InputError("there is no article in this page; save the page of the article itself, or its text as .txt.")
    saved = SAVED_FROM.search(page)
    url = _address(found.url or "") or _address(saved[1] if saved else "")
    published, reason = _marked_day(page, url, today)
    return _Page(
        "\n".join(re.sub(r"^[-•*] (?=\S)", "", row.strip()) for row in text.split("\n") if row.strip()),
        found.title or "",
        found.sitename or "",
        found.author or "",
        published,
        reason,
        url,
        hint=line(found.date or ""),
    )


def _marked_day(page: str, url: str, today: str) -> tuple[str, str]:
    """Return the day that a web page marks as that of its publication, and where; not one that merely stands in it."""
    headline = page.find("<h1")
    for reason, found in (
        ("day marked in the head of the page", PUBLISHED_META.findall(page)),
        ("day marked in the data of the page", PUBLISHED_JSON.findall(page)),
        ("day given in the address", ["-".join(parts) for parts in PUBLISHED_URL.findall(url)]),
        ("day marked below the headline", PUBLISHED_TIME.findall(page, headline)[:1] if headline >= 0 else []),
    ):
        for text in found:
            try:
                if EARLIEST <= date.fromisoformat(text).isoformat() <= today:
                    return text, reason
            except ValueError:
                continue
    return "", ""


def _read_pdf(content: bytes, today: str) -> _Page:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    _hush("pypdf")
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in reader.pages]
        title = "" if locked else line((reader.metadata and reader.metadata.title) or "")
    except DependencyError:  # a cipher that pypdf leaves to another library
        locked = True
    except Exception:  # a broken file can make the library fail in any way
        raise InputError("this is no PDF that can be read; open it in a viewer and print it to PDF again.") from None
    if locked:
        raise InputError("this PDF is encrypted; save it without a password.")
    text = pdf_paragraphs(pages)
    if not text:
        raise InputError("this PDF is a scan without text; have its text recognised (OCR) and save it again.")
    return _Page(text, "" if NO_TITLE.match(title) else title)


READERS: dict[str, Callable[[bytes, str], _Page]] = {
    ".txt": _read_txt,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}


def _decode(content: bytes, declared: re.Match[bytes] | None = None) -> str:
    """Return a text of any encoding that German or English news come in."""
    names = ["utf-8-sig"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names = ["utf-16"]
    elif declared:
        name = declared[1].decode("ascii").lower()
        names.append("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)  # as browsers do
    for name in names:
        try:
            text = content.decode(name)
            break
        except (UnicodeError, LookupError, ValueError):
            continue
    else:
        text = content.decode("cp1252", "replace")
        if not WESTERN.fullmatch(text) or INSIDE.search(text):
            from charset_normalizer import from_bytes

            text = str(from_bytes(content, cp_isolation=["cp1252", "mac_roman", "cp850"]).best() or text)
    if "\0" in text or len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f\ufffd]", text)) > len(text) / 100:
        raise InputError("this is no text that can be read; save the article as plain text in UTF-8.")
    return text


def _short(text: str) -> str:
    return textwrap.shorten(line(text), TITLE_LENGTH, placeholder=" …") if text else ""


def _address(text: str) -> str:
    text = text.strip()
    fits = len(text) <= LONGEST_ADDRESS and re.fullmatch(r"https?://[^\s\"'<>\\]+", text)
    return text if fits and _host(text) and line(text) == text else ""


def _host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if len(host) <= LONGEST_HOST else ""


def _hush(*libraries: str) -> None:
    """Keep a library from writing its remarks between our lines."""
    for name in libraries:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
