"""What a web page says of itself: its title, its publisher, the data that it holds for machines, when it was published.

The data are JSON-LD and microdata of schema.org, and the `meta` of its head. A title loses the name of the site, which
becomes the publisher as a reader would call it. The day is the one on which the page says that it was published: not
one that merely stands in it, nor that of an update.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from lagebild.corpus.page import parse_clear_day, parse_day
from lagebild.corpus.plaintext import clean_line, normalize

# --- Title and Publisher ---

SEPARATOR = re.compile(r"\s+[|–—·•›»>~-]+\s+|\s*[|›]\s*|(?<=\w): ")
LONGEST_NAME, LONGEST_SIGNS = 5, 45  # words and characters of a name; what is longer is a slogan
SHORTEST_TITLE = 15  # letters, so that a title may be told from the name of a rubric
LEGAL = re.compile(
    r"(?i)[, ]+(?:gmbh(?: & co\.? (?:kg|ohg)(?:aa)?)?|ag|kg|se|e\. ?v|llc|l\.l\.c|inc|ltd|limited|plc)\.?(?: \d.*)?$"
)
SEAT = re.compile(r"(?<=\w), [^\W\d_][\w ]*, [^\W\d_][\w ]*$")  # Blatt, Hamburg, Germany
DOMAIN = re.compile(r"(?i)(?:\.[a-z]{2,10})+$")
ADDRESS = re.compile(r"(?:https?://)?(?:www\d?\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?")
DOMAINS = re.compile("www\\d*|m|amp|com?|org|net|ac|gov|edu|news|online")


@dataclass(frozen=True)
class Site:
    """The names of a site, and the part of its host that names it, such as ``mirror`` in www.mirror.co.uk."""

    names: tuple[str, ...]
    label: str

    def is_called(self, text: str) -> bool:
        """Whether a text is a name of the site, one with a word behind it (CBC News), or nearly that of its host."""
        words, mine = text.split(), _bare(text)
        known = {_bare(name) for name in (*self.names, self.label)} - {""}
        if not mine or len(words) > LONGEST_NAME:
            return False
        return mine in known or (len(words) == 2 and _bare(words[0]) in known) or _is_near(mine, self.label)


def find_label(host: str) -> str:
    """Return the part of a host that names the site."""
    parts = [part for part in host.split(".")[:-1] if not DOMAINS.fullmatch(part)]
    return normalize(parts[-1]) if parts else ""


def _bare(name: str) -> str:
    """Return the letters of a name without article and ending of an address."""
    return re.sub(r"^(?:the|der|die|das)(?=\w)", "", normalize(DOMAIN.sub("", re.sub(r"^www\d*\.", "", name.strip()))))


def _is_near(bare: str, label: str) -> bool:
    """Whether a bare name is the label of a host, or is much of it, or the other way round."""
    short, long = sorted((bare, label.removeprefix("the")), key=len)
    return short == long or (len(short) >= 4 and short in long and 2 * len(short) >= len(long))


def strip_site(title: str, site: Site) -> tuple[str, str]:
    """Return a title without the name of the site before or behind it, and that name as it stands there."""
    seams = list(SEPARATOR.finditer(title))
    parts = [clean_line(part) for part in SEPARATOR.split(title)]
    for seam, name in zip(seams, parts[1:], strict=True):
        if site.is_called(name):
            return title[: seam.start()].strip(), name
    if seams and site.is_called(parts[0]):
        return title[seams[0].end() :].strip(), parts[0]
    return title, ""


def choose_title(headline: str, shown: Iterable[str], social: Iterable[str], tab: str, site: Site) -> tuple[str, str]:
    """Return the title on which most parts of a page agree, and the name of the site if the tab of the browser has it.

    The `headline` is that of the data for machines, `shown` are the first headings of the page, `social` is what its
    head gives for previews, one after another the same, and `tab` is the title of the window. If none agree, the first
    of these counts; of the headings one that is long enough, and no name of the site or a rubric.
    """
    bare, name = strip_site(tab, site)
    if not (name or site.names or site.label) and len(parts := SEPARATOR.split(tab)) > 1:
        name, bare = clean_line(parts[-1]), clean_line(parts[0])  # nothing else names the site
    headings = [heading for heading in shown if not site.is_called(heading)]
    previews = [strip_site(title, site)[0] for title in social]
    long = [heading for heading in headings if len(normalize(heading)) >= SHORTEST_TITLE]
    candidates = [strip_site(headline, site)[0], *previews, *long, bare, *headings]
    votes = Counter(normalize(title) for title in [candidates[0], *dict.fromkeys(previews), bare, *headings])
    return max(filter(normalize, candidates), key=lambda title: votes[normalize(title)], default=""), name


def choose_publisher(names: Iterable[str], site: Site) -> str:
    """Return the name by which a reader would call the publisher; empty if there is none.

    The first one of the fewest faults: it is an address, a slogan, or has nothing to do with the host.
    """
    firms = filter(None, map(strip_firm, names))
    candidates = [name for name in firms if not name.startswith(("@", "http"))]
    return min(candidates, key=lambda name: _count_faults(name, site), default="")


def strip_firm(name: str) -> str:
    """Return the name of a firm without its seat and its legal form."""
    return LEGAL.sub("", SEAT.sub("", clean_line(name))).strip(" -–|")


def _count_faults(name: str, site: Site) -> int:
    is_slogan = len(name.split()) > LONGEST_NAME or len(name) > LONGEST_SIGNS
    is_strange = bool(site.label) and not _suits_host(name, site)
    return bool(ADDRESS.fullmatch(name.casefold())) + 2 * is_slogan + 2 * is_strange


def _suits_host(name: str, site: Site) -> bool:
    """Whether a name has to do with the host: they are near each other, or its first letters are the label."""
    words = re.findall(r"\w+", name.casefold())
    firsts = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in ("the", "of"))}
    return _is_near(_bare(name), site.label) or site.label in firsts or site.label in words


# --- Data for Machines ---

ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review\w*|\w*Review)$")
PUBLISHER = re.compile(r"(?:\w*Organization|WebSite|Newspaper|Periodical)$")
# Under these keys stand other things than the page: parts of a ticker, stories beside it.
OTHERS = re.compile("author|hasPart|isPartOf|itemListElement|liveBlogUpdate|mentions|publisher|relatedLink|reviews?")
BROKEN = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
DEEPEST = 50
MOST = 50  # names in one value
Node = dict[str, Any]


@dataclass(frozen=True)
class Data:
    """What a page says to machines; what it does not say is empty.

    `article` is the node of the article itself, `hosts` are names of the site: of its organisations and of the site as
    such. `metas` are names of metadata, in small letters, with their contents.
    """

    article: Node
    hosts: tuple[str, ...]
    metas: tuple[tuple[str, str], ...]

    def say(self, *names: str) -> list[str]:
        """Return what the head of the page says under some names, in their order."""
        said = []
        for name in names:
            said += [content for known, content in self.metas if known == name]
        return said


def read_data(tree: Any) -> Data:
    """Return what a page says to machines; `tree` is its root as lxml read it."""
    nodes, by_id = _read_scripts(tree)
    dated = [node for node in nodes if "datePublished" in node]
    articles = [node for node in nodes if _is_of_type(node, ARTICLE)] or dated
    metas = tuple(_list_metas(tree))
    shown = {
        *(clean_line(" ".join(h1.itertext())) for h1 in tree.iter("h1")),
        *(text for key, text in metas if "title" in key),
    }
    main = max(
        articles,
        key=lambda node: (read_text(node.get("headline")) in shown, "headline" in node, "datePublished" in node),
        default={},
    )
    article = {key: _resolve(value, by_id) for key, value in main.items()}
    hosts = [name for node in nodes if _is_of_type(node, PUBLISHER) for name in names_of(node)]
    return Data(article, tuple(dict.fromkeys(hosts)), metas)


def _read_scripts(tree: Any) -> tuple[list[Node], dict[str, Node]]:
    """Return the nodes in the scripts of a page, and by their ids those that say more than it."""
    nodes, by_id = list[Node](), dict[str, Node]()
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            for node in _walk(_parse(script.text or ""), 0):
                nodes.append(node)
                if isinstance(name := node.get("@id"), str) and len(node) > 2:
                    by_id.setdefault(name, node)
    return nodes, by_id


def _parse(text: str) -> list[Any]:
    """Return the values in a script, of which some pages have several in a row, or a comma too many."""
    text = BROKEN.sub("", BROKEN.sub("", text)).strip()
    decoder, values = json.JSONDecoder(strict=False), list[Any]()
    for source in (text, re.sub(r",(?=\s*[}\]])", "", text)):
        values, at = [], 0
        try:
            while at < len(source):
                value, at = decoder.raw_decode(source, at)
                values.append(value)
                at += len(source[at:]) - len(source[at:].lstrip(" \t\r\n;,"))
            return values
        except (ValueError, RecursionError):
            continue
    return values


def _walk(value: Any, depth: int) -> Iterator[Node]:
    """Yield the nodes that describe the page itself."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _walk(inner, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if not OTHERS.fullmatch(key):
                yield from _walk(inner, depth + 1)


def _is_of_type(node: Node, form: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and form.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _resolve(value: Any, by_id: dict[str, Node]) -> Any:
    """Return a value of a node with the nodes that it only points to."""
    if isinstance(value, list):
        return [_resolve(item, by_id) if isinstance(item, dict) else item for item in value]
    name = value.get("@id") if isinstance(value, dict) and not names_of(value) else None
    return by_id.get(name, value) if isinstance(name, str) else value


def names_of(value: Any) -> list[str]:
    """Return the names in a value of schema.org: a text, a thing with a name, or several."""
    names = list[str]()
    for thing in value[:MOST] if isinstance(value, list) else [value]:
        names += map(read_text, _list_names(thing))
    return list(filter(None, names))


def _list_names(thing: Any) -> list[Any]:
    if not isinstance(thing, dict):
        return [thing]
    named = thing.get("name")
    if isinstance(named, str | list):
        return named[:MOST] if isinstance(named, list) else [named]
    return [" ".join(part for key in ("givenName", "familyName") if isinstance(part := thing.get(key), str))]


def read_text(value: Any) -> str:
    """Return a text of the data as one clean line without markup; some pages escape it twice."""
    text = html.unescape(html.unescape(value)) if isinstance(value, str) else ""
    return clean_line(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))


def _list_metas(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        text = read_text(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            if text and meta.get(key):
                yield meta.get(key).lower(), text


def texts_of(article: Node, keys: Iterable[str]) -> list[str]:
    """Return the texts that a node has under some keys."""
    return [text for key in keys if (text := read_text(article.get(key)))]


# --- The Day of Publication ---

# The names under which the head of a page gives its day of publication, the surest first.
NAMES = (
    r"(?:og:|article[:.])?publish(?:ed)?[_-]?(?:time|date|at)|publication[_-]?date|datepublished|published",
    r"(?:\w+[.:-])*pub(?:lish)?[_-]?(?:date|time)|sailthru\.date|citation_(?:publication_)?date",
    r"dc(?:terms)?[.:](?:date(?:\.(?:issued|created))?|created|issued)|date\.(?:issued|created)|date",
)
IN_URL = re.compile(r"/(\d{4})[/-]?(\d\d)[/-]?(\d\d)(?=[/_-]|$)")
IN_BROKEN = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]*)")
CHANGED = re.compile(r"(?:article:|og:)?(?:modified|updated)_time|last-?modified|datemodified")
FARTHEST, OFFSETS = timedelta(hours=14), timedelta(minutes=15)  # of a place from UTC, and steps between places
LONGEST = 60  # characters of a time
UPDATED = re.compile(r"(?i)modified|updated|aktualisiert")


def find_marked_day(page: str, tree: Any, data: Data, url: str, today: str) -> tuple[str, str]:
    """Return the day that a web page marks as that of its publication, and where; empty if it marks none.

    If the surest mark is in UTC and another one gives the same moment in the time of the place, the day is that of the
    place.
    """
    marks = [(_parse_time(text), reason) for text, reason in _list_marks(page, tree, data, url)]
    times = [(moment, reason) for moment, reason in marks if moment and parse_day(moment.isoformat(), today)]
    if not times:
        return "", ""
    moment, reason = times[0]
    local = next((other for other, _ in times if _is_local(other, moment)), moment)
    return local.date().isoformat(), reason


def find_last_change(data: Data, today: str) -> str:
    """Return the last day on which a web page says that it was changed; empty if it names none."""
    marks = [*texts_of(data.article, ["dateModified"]), *(text for name, text in data.metas if CHANGED.fullmatch(name))]
    days = [moment.date().isoformat() for text in marks if (moment := _parse_time(text))]
    return max((day for day in days if parse_day(day, today)), default="")


def _is_local(other: datetime, moment: datetime) -> bool:
    """Whether a time is the same moment as one in UTC, in the time of a place, the offset of which it may not name."""
    if moment.tzinfo is None or moment.utcoffset():
        return False
    if other.tzinfo is not None:
        return bool(other.utcoffset()) and abs(other - moment) < timedelta(minutes=1)
    gap = other - moment.replace(tzinfo=None)
    return abs(gap) <= FARTHEST and not gap % OFFSETS


def _list_marks(page: str, tree: Any, data: Data, url: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that give a day of publication, the surest first, and where each stands."""
    for text in texts_of(data.article, ["datePublished"]):
        yield text, "day marked in the data of the page"
    for form in NAMES:
        for name, text in data.metas:
            if re.fullmatch(form, name):
                yield text, "day marked in the head of the page"
    for text in IN_BROKEN.findall(page):
        yield text, "day marked in the data of the page"
    for parts in IN_URL.findall(url):
        yield "-".join(parts), "day given in the address"
    for element in tree.xpath("(//h1)[1]/following::time[@datetime]")[:3]:
        if not UPDATED.search(f"{element.get('itemprop', '')} {element.get('class', '')}"):
            yield element.get("datetime"), "day marked below the headline"


def _parse_time(text: str) -> datetime | None:
    """Return the time that a text gives, as it writes it; nothing if its day is not clear."""
    text = text.strip()[:LONGEST]
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    day = parse_clear_day(text)
    return datetime.combine(day, time()) if day else None
