"""How saved web pages are read: `python tests/benchmark_intake.py FOLDER [--show]`.

FOLDER holds saved pages, gzipped, and `truth.jsonl` with what is true of each: title, day of publication, paragraphs.
Every second page of each language is for development, the rest is held out: of these only totals are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.corpus.intake import Article, Given, read_articles

GRAM = 4  # words
TODAY = "2026-12-31"
# The name by which a reader calls who made a page, where it is more than the name of the file with blanks between its
# words; a host counts, too, if it says no less.
NAMES = {
    "APNews": ("AP News", "Associated Press", "The Associated Press"),
    "BBC": ("BBC", "BBC News"),
    "BusinessInsiderDE": ("Business Insider", "Business Insider Deutschland"),
    "DailyStar": ("Daily Star",),
    "DerFreitag": ("der Freitag",),
    "DieWelt": ("DIE WELT", "WELT"),
    "EveningStandard": ("Evening Standard", "The Standard", "London Evening Standard"),
    "Express": ("Express", "Express.co.uk", "Daily Express"),
    "FAZ": ("FAZ", "FAZ.NET", "Frankfurter Allgemeine Zeitung", "Frankfurter Allgemeine"),
    "Focus": ("Focus", "FOCUS online"),
    "Hessenschau": ("hessenschau", "hessenschau.de"),
    "MDR": ("MDR", "MDR.DE", "Mitteldeutscher Rundfunk"),
    "Metro": ("Metro", "Metro.co.uk", "Metro News"),
    "NineNews": ("9News", "Nine News", "9 News"),
    "Postillon": ("Postillon", "Der Postillon"),
    "SpiegelOnline": ("DER SPIEGEL", "SPIEGEL ONLINE", "Spiegel"),
    "Stern": ("stern", "stern.de"),
    "Tagesschau": ("tagesschau", "tagesschau.de"),
    "TheGuardian": ("The Guardian", "Guardian"),
    "TheMirror": ("The Mirror", "Mirror", "Daily Mirror"),
    "TheProvince": ("The Province", "theprovince"),
    "TheSun": ("The Sun", "The US Sun", "The Scottish Sun", "The Irish Sun"),
    "VoiceOfAmerica": ("Voice of America", "VOA", "VOA News"),
    "WAZ": ("WAZ", "Westdeutsche Allgemeine Zeitung"),
    "WDR": ("WDR", "Westdeutscher Rundfunk"),
    "WinFuture": ("WinFuture", "WinFuture.de"),
    "WorldTruth": ("World Truth", "WorldTruth.TV", "World Truth TV"),
}


@dataclass(frozen=True)
class Read:
    """A page as it was read beside what is true of it; `article` is missing if the page was refused."""

    truth: dict[str, Any]
    article: Article | None
    fault: str
    seconds: float

    @property
    def right(self) -> dict[str, bool]:
        """Which of title, day, language and publisher are right."""
        if self.article is None:
            return dict.fromkeys(("title", "day", "language", "publisher"), False)
        name = self.truth["page"].partition("_")[0]
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        called = {_bare(one) for one in (spaced, name, *NAMES.get(name, ()))}
        title = _plain(self.article.title).removesuffix(" …")
        true = _plain(self.truth["title"])
        cut = self.article.title.endswith(" …") and len(title) > 60 and true.startswith(title)
        return {
            "title": title == true or cut,
            "day": self.article.published == self.truth["published"][:10],
            "language": self.article.language == self.truth["language"],
            "publisher": _bare(self.article.publisher) in called,
        }

    @property
    def rates(self) -> tuple[float, float]:
        """Recall and precision of the text by runs of words."""
        true = _grams("\n".join(self.truth["paragraphs"]))
        found = _grams(self.article.text if self.article is not None else "")
        common = sum((true & found).values())
        return common / max(1, sum(true.values())), common / max(1, sum(found.values()))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="list what is wrong, of the pages for development")
    asked = parser.parse_args()
    lines = (asked.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = sorted(map(json.loads, lines), key=lambda one: (one["language"], one["page"]))
    halves: dict[str, list[Read]] = defaultdict(list)
    count = Counter[str]()
    for truth in truths:
        half = ("development", "held out")[count[truth["language"]] % 2]
        count[truth["language"]] += 1
        halves[half].append(_read(asked.folder, truth))
    for half, pages in halves.items():
        if asked.show and half == "development":
            for page in pages:
                _show(page)
        n = len(pages)
        right = {name: sum(page.right[name] for page in pages) for name in pages[0].right}
        recall, precision = (sum(values) / n for values in zip(*(page.rates for page in pages), strict=True))
        told = "  ".join(f"{name} {found}" for name, found in right.items())
        print(  # noqa: T201
            f"{half:11} of {n} pages right: {told}  recall {recall:.3f}  precision {precision:.3f}"
            f"  seconds {sum(page.seconds for page in pages):.1f}"
        )


def _read(folder: Path, truth: dict[str, Any]) -> Read:
    """Read a page from a file whose name says nothing of it."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "page.html")
        file.write_bytes(gzip.decompress((folder / truth["page"]).read_bytes()))
        begin = time.perf_counter()
        try:
            (article,), fault = read_articles(REFERENCE, [str(file)], Given(), TODAY).articles, ""
        except InputError as error:
            article, fault = None, str(error)
        return Read(truth, article, fault, time.perf_counter() - begin)


def _plain(text: str) -> str:
    """Return a text without what differs between two spellings of it: quotes, dashes, blanks."""
    text = re.sub(r"[\"'„“”‚‘’«»‹›`´]+", "'", re.sub(r"[‐‑‒–—―−]|--", "-", text))
    return " ".join(text.casefold().split())


def _bare(name: str) -> str:
    """Return a name without its article."""
    return re.sub(r"^(?:the|der|die|das) ", "", _plain(name))


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(zip(*(words[k:] for k in range(GRAM)), strict=False))


def _show(page: Read) -> None:
    recall, precision = page.rates
    print(f"{page.truth['page']}  recall {recall:.3f}  precision {precision:.3f}")  # noqa: T201
    if page.article is None:
        print(f"  {page.fault}")  # noqa: T201
        return
    true = {"title": page.truth["title"], "day": page.truth["published"], "language": page.truth["language"]}
    found = {"title": page.article.title, "day": page.article.published, "language": page.article.language}
    found["publisher"] = page.article.publisher
    for name in [name for name, right in page.right.items() if not right]:
        print(f"  {name}: {found[name]!r}, true {true.get(name, '?')!r}")  # noqa: T201
    texts = {"-": "\n".join(page.truth["paragraphs"]), "+": page.article.text}
    grams = {sign: _grams(text) for sign, text in texts.items()}
    for (sign, text), other in zip(texts.items(), ("+", "-"), strict=True):
        for row in text.split("\n"):
            mine = _grams(row)
            if sum((mine - grams[other]).values()) > sum(mine.values()) / 2:
                print(f"  {sign} {row}")  # noqa: T201


if __name__ == "__main__":
    main()
