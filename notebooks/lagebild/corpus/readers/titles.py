"""The title of a web page without the name of the site, and that name as a reader would say it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lagebild.corpus.plaintext import line, plain

SEPARATOR = re.compile(r"\s+[|–—·•›»>~-]+\s+|\s*[|›]\s*|(?<=\w): ")
BARS = "|›»"  # signs that no headline has in it
RUBRIC = (2, 4)  # words that a rubric has at most between dashes, and between bars
LONGEST_NAME, LONGEST_SIGNS = 5, 45  # words and characters of a name; what is longer is a slogan
BEGINNING = 2000  # characters of a text that show its alphabet
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
    return plain(parts[-1]) if parts else ""


def _bare(name: str) -> str:
    """Return the letters of a name without article and ending of an address."""
    return re.sub(r"^(?:the|der|die|das)(?=\w)", "", plain(DOMAIN.sub("", re.sub(r"^www\d*\.", "", name.strip()))))


def _is_near(bare: str, label: str) -> bool:
    """Whether a bare name is the label of a host, or is much of it, or the other way round."""
    short, long = sorted((bare, label.removeprefix("the")), key=len)
    return short == long or (len(short) >= 4 and short in long and 2 * len(short) >= len(long))


def strip_site(title: str, site: Site) -> tuple[str, str]:
    """Return a title without the name of the site before or behind it, and that name as it stands there.

    A rubric between headline and site goes, too, if the same sign stands on both of its sides.
    """
    seams = list(SEPARATOR.finditer(title))
    parts = [line(part) for part in SEPARATOR.split(title)]
    signs = [seam[0].strip() for seam in seams]
    for k in range(len(seams)):
        if site.is_called(parts[k + 1]) and all(len(part.split()) <= LONGEST_NAME for part in parts[k + 1 :]):
            cut = k
            while cut and signs[cut - 1] == signs[cut] != ":" and len(parts[cut].split()) <= RUBRIC[signs[cut] in BARS]:
                cut -= 1
            return title[: seams[cut].start()].strip(), parts[k + 1]
    if seams and site.is_called(parts[0]):
        return title[seams[0].end() :].strip(), parts[0]
    return title, ""


def choose_title(headline: str, shown: Iterable[str], social: Iterable[str], tab: str, site: Site) -> tuple[str, str]:
    """Return the title on which most parts of a page agree, and the name of the site if the tab of the browser has it.

    Parameters
    ----------
    headline
        That of the data for machines.
    shown
        The first headings of the page.
    social
        What the head of the page gives for previews; one after another says the same.
    tab
        The title of the window.
    """
    shown = list(shown)
    previews = [strip_site(one, site)[0] for one in social if not _is_cut(one, [tab, headline, *shown])]
    headline = strip_site(headline, site)[0]
    bare, name = strip_site(tab, site)
    heads = [_find_within(one, (headline, *previews)) for one in shown]
    bare = _find_within(bare, (headline, *previews, *heads))
    if not (name or site.names or site.label) and (rest := SEPARATOR.split(tab.removeprefix(bare))[1:]):
        name = line(rest[-1])  # nothing else names the site
    votes = [{plain(one) for one in said} for said in ([headline], previews, [bare], heads)]
    candidates = [one for one in (headline, *previews, bare, *heads) if plain(one)]
    return max(candidates, key=lambda one: sum(plain(one) in vote for vote in votes), default=""), name


def _is_cut(preview: str, others: Iterable[str]) -> bool:
    """Whether a quotation mark within a title ended it early, as in content="He said "no" to it"."""
    begin = preview.rstrip()
    return any(one.startswith(begin) and one[len(begin) :].lstrip()[:1] == '"' for one in others)


def _find_within(text: str, titles: Iterable[str]) -> str:
    """Return the longest title with which a text begins or ends, without a rubric or the like; else the text."""
    whole = plain(text)
    long = [one for one in titles if len(plain(one)) >= SHORTEST_TITLE]
    fits = [one for one in long if whole.startswith(plain(one)) or whole.endswith(plain(one))]
    return max(fits, key=len, default=text)


def choose_publisher(names: Iterable[str], site: Site, text: str) -> str:
    """Return the name by which a reader of a text would call its publisher; empty if there is none.

    The first one of the fewest faults: it is in another script than the text, an address, an account, a slogan, or has
    nothing to do with the host.
    """
    alphabet = _script(text)
    candidates = []
    for name in names:
        name = strip_firm(name)
        if name and not name.startswith(("@", "http")) and (_script(name) in (alphabet, "") or not alphabet):
            candidates.append(name)
    return min(candidates, key=lambda name: _faults(name, site), default="")


def strip_firm(name: str) -> str:
    """Return the name of a firm without its seat and its legal form."""
    return LEGAL.sub("", SEAT.sub("", line(name))).strip(" -–|")


def _faults(name: str, site: Site) -> int:
    is_slogan = len(name.split()) > LONGEST_NAME or len(name) > LONGEST_SIGNS
    is_strange = bool(site.label) and not _fits(name, site)
    return bool(ADDRESS.fullmatch(name.casefold())) + 2 * is_slogan + 2 * is_strange


def _fits(name: str, site: Site) -> bool:
    """Whether a name has to do with the host: they are near each other, or its first letters are the label."""
    words = re.findall(r"\w+", name.casefold())
    firsts = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in ("the", "of"))}
    return _is_near(_bare(name), site.label) or site.label in firsts or site.label in words


def _script(text: str) -> str:
    """Return the alphabet of most letters of a text, as Unicode calls it."""
    letters = Counter(unicodedata.name(sign, "").split(" ")[0] for sign in text[:BEGINNING] if sign.isalpha())
    return letters.most_common(1)[0][0] if letters else ""
