"""What a report cites against the sources of a case: which of them it means, if any.

A false match is worse than none: an address must be the same but for what does not choose a page, a title the same but
for what a typist or a site changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from lagebild.audit.report_text import Citation
from lagebild.core import records, strip_marks

if TYPE_CHECKING:
    import pandas as pd

# Parameters of an address that say from where a reader came, or in which dress the page is shown; none chooses a page.
TRACKING = re.compile(
    r"utm_\w+|[a-z]?clid|fbclid|gclsrc|igshid|mc_[ce]id|at_\w+|ns_\w+|ref(?:_?src|errer)?|cmp(?:id)?|smid|share|amp|"
    r"output(?:type)?|traffic_source|src|wt_\w+|xtor|_ga"
)
DRESS = re.compile(r"^(?:www\d?|m|mobile|amp)\.")  # of a host
COPIES = (
    re.compile(r"(?i)^https?://(?:web\.)?archive\.(?:org|is|ph|today)/(?:web/)?\d{4,14}[a-z_]*/(https?:/{1,2}.+)$"),
    re.compile(r"(?i)^https?://(?:www\.)?google\.[a-z.]+/amp/(?:s/)?(.+)$"),
)
END = re.compile(r"(?:/amp|\.amp|/index\.(?:html?|php))?/*$")
WORDS, SHORTENED = 4, 6  # words that a title has at least; that the beginning of a shortened one has
LONG, ALIKE = 6, 0.8  # letters of a word in which a slip may stand, and how much of it must be the same

Words = tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """A citation, whether the case holds what it cites (``held`` or ``not-held``), and as which sources."""

    citation: Citation
    verdict: str
    source_ids: tuple[str, ...] = ()


def check_citations(citations: Iterable[Citation], sources: pd.DataFrame) -> list[Cited]:
    """Return which sources of a case the citations of a report mean.

    Parameters
    ----------
    citations
        As a report gives them.
    sources
        The table `sources` of an edition: of its columns source_id, title, publisher and url are read.
    """
    shelf = _Shelf(sources)
    found = [(one, shelf.find(one)) for one in citations]
    return [Cited(one, "held" if ids else "not-held", ids) for one, ids in found]


def cited_at(citations: Iterable[Citation], start: int, end: int) -> list[Citation]:
    """Return the citations of a sentence at text[start:end]: those inside it, and those at its end before the next."""
    return [one for one in citations if start <= one.start <= end or one.start < start < one.end]


def fold_address(url: str) -> str:
    """Return an address without what does not choose a page, as its scheme and fragment; of a copy its original."""
    for form in COPIES:
        if copied := form.match(url):
            url = re.sub(r"^(?!https?:)", "https://", re.sub(r"^(https?:)/(?!/)", r"\1//", copied[1]))
    try:
        parts = urlsplit(url.strip())
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not TRACKING.fullmatch(key.lower()))
    path = END.sub("", unquote(parts.path))
    own = f":{port}" if port not in (None, 80, 443) else ""
    return f"{DRESS.sub('', name)}{own}{path}{'?' * bool(query)}{urlencode(query)}" if name else ""


def fold_title(title: str) -> Words:
    """Return the words of a title, without case, marks and punctuation."""
    return tuple(re.findall(r"\w+", re.sub(r"['’ʼ]", "", strip_marks(title).casefold())))


class _Shelf:
    """The sources of a case by their addresses and titles."""

    def __init__(self, sources: pd.DataFrame) -> None:
        self.addresses: dict[str, list[str]] = defaultdict(list)
        self.titles: list[tuple[Words, Words, str, str]] = []
        for row in records(sources):
            folded = fold_address(str(row["url"]))
            if folded:
                self.addresses[folded].append(row["source_id"])
            title, publisher = fold_title(row["title"]), fold_title(row["publisher"])
            self.titles.append((title, publisher, _host(folded), row["source_id"]))

    def find(self, citation: Citation) -> tuple[str, ...]:
        """Return the ids of the sources that a citation means; by its title only if its address does not gainsay it."""
        folded = fold_address(citation.url)
        if folded in self.addresses:
            return tuple(self.addresses[folded])
        said = fold_title(citation.title)
        return tuple(
            source_id
            for title, publisher, host, source_id in self.titles
            if _host(folded) in ("", host) and _is_same(said, title, publisher, citation.title.rstrip().endswith("…"))
        )


def _host(folded: str) -> str:
    return re.split(r"[/?:]", folded)[0]


def _is_same(said: Words, title: Words, publisher: Words, shortened: bool) -> bool:
    """Whether a title is the one that is said: alone, or with its publisher before or soon behind it."""
    if min(len(said), len(title)) < WORDS:
        return False
    if shortened and len(said) >= SHORTENED and title[: len(said)] == said:
        return True
    before = said[: len(publisher)]
    if publisher and before == publisher and _differ_by_slip(said[len(before) :][: len(title)], title):
        return True
    rest = said[len(title) :]
    named = any(rest[k : k + len(publisher)] == publisher for k in range(WORDS)) if publisher else False
    return (named or not rest) and _differ_by_slip(said[: len(title)], title)


def _differ_by_slip(said: Words, title: Words) -> bool:
    """Whether two titles are the same words, but for one long word with a slip in it."""
    if len(said) != len(title):
        return False
    others = [(a, b) for a, b in zip(said, title, strict=True) if a != b]
    return not others or (
        len(others) == 1
        and min(map(len, others[0])) >= LONG
        and not any(sign.isdigit() for word in others[0] for sign in word)
        and SequenceMatcher(None, *others[0], autojunk=False).ratio() > ALIKE
    )
