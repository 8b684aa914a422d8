"""A claim beside a sentence of the evidence: which of what it says is said there, or near it on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.audit.items import Item, is_name, overlap
from lagebild.audit.reading import Reading
from lagebild.audit.retrieval import EvidenceIndex, EvidenceSentence, fits, is_fresh
from lagebild.audit.vocabulary import STEM

HERE, NEAR, PAGE = 1.0, 0.7, 0.4  # how much it counts where something is said: here, two sentences away, on the page
CLOSE = 2  # sentences
BEST = 40  # sentences that are compared in full
KEPT = 6  # that are judged
UNSEEN = 4.0  # weight of what no sentence holds
LIGHT = 0.3  # how much less a title or an office does, or a word that a paraphrase leaves out
NAMED = 1.3  # how much more a name tells than a word
STALE = 0.5  # how far such a day bears out that of a claim
LONG = 3  # words of a quotation that hardly anybody else says
EXACT = {"number": 2.0, "date": 2.0, "quote": 4.0}  # weights of what is compared as it is


class Match(NamedTuple):
    """A thing of a claim, how much it weighs, and what of the evidence fits it how far; `where` is empty if nothing."""

    item: Item
    weight: float
    other: Item | None = None
    fit: float = 0.0
    where: str = ""

    @property
    def counts_same(self) -> bool:
        """Whether a number counts the same in both: three of the crew are not three hostages."""
        return self.other is not None and bool(self.item.also & self.other.also)


@dataclass(frozen=True, eq=False)
class Comparison:
    """A claim beside a sentence.

    `share` is how much of its names and words is said there or near, `words` how much of its words but light ones, 0 to
    1 each. `score` is what was said by weight, by which sentences are sorted.
    """

    told: EvidenceSentence
    matches: Sequence[Match]
    score: float
    share: float
    words: float = 0.0

    def of(self, *kinds: str) -> list[Match]:
        """Return the matches of things of some kinds."""
        return [one for one in self.matches if one.item.kind in kinds]


def compare(evidence: EvidenceIndex, claim: Reading) -> list[Comparison]:
    """Return the sentences that say most of what a claim says, the nearest first, each in one language."""
    quoted = [(one.start, one.end) for one in claim.of("quote")]
    words = [one for one in claim.of("name", "word") if not any(a <= one.start < b for a, b in quoted)]
    words = words or claim.of("name", "word")
    found = [evidence.find(item, claim.language) for item in words]
    weights = [_weigh(evidence, item, rows) for item, rows in zip(words, found, strict=True)]
    first: dict[int, float] = defaultdict(float)
    for rows, weight in zip(found, weights, strict=True):
        for n, fit in rows.items():
            first[n] += weight * fit
    for item in claim.of("number", "quote"):
        for n in evidence.hold(item):
            first[n] += EXACT[item.kind]
    best = [_best_of_pages(evidence, rows) for rows in found]
    nearest = sorted(first, key=lambda n: (-first[n], n))[:BEST]
    compared = [_compare(evidence, claim, n, words, weights, found, best) for n in nearest]
    compared.sort(key=lambda one: (-one.score, one.told.language != claim.language))
    once = {(one.told.source_id, one.told.sentence_no): one for one in reversed(compared)}  # of both its languages
    return [one for one in compared if once[one.told.source_id, one.told.sentence_no] is one][:KEPT]


def _weigh(evidence: EvidenceIndex, item: Item, rows: Mapping[int, float]) -> float:
    weight = evidence.weigh(rows) if rows else UNSEEN
    if item.light:
        return weight * LIGHT
    return weight * NAMED if is_name(item) else weight


def _best_of_pages(evidence: EvidenceIndex, rows: Mapping[int, float]) -> dict[tuple[str, str], float]:
    best: dict[tuple[str, str], float] = defaultdict(float)
    for n, fit in rows.items():
        page = evidence.told[n].source_id, evidence.told[n].language
        best[page] = max(best[page], fit)
    return best


def _compare(
    evidence: EvidenceIndex,
    claim: Reading,
    n: int,
    words: Sequence[Item],
    weights: Sequence[float],
    found: Sequence[Mapping[int, float]],
    pages: Sequence[Mapping[tuple[str, str], float]],
) -> Comparison:
    told = evidence.told[n]
    page = told.source_id, told.language
    around = [k for k in evidence.around(n, CLOSE) if k != n]
    matches, said, total, bonus = list[Match](), 0.0, 0.0, 0.0
    for item, weight, rows, best in zip(words, weights, found, pages, strict=True):
        near = max((rows.get(k, 0.0) for k in around), default=0.0)
        options = [(rows.get(n, 0.0), HERE, "here"), (near, NEAR, "near"), (best.get(page, 0.0), PAGE, "page")]
        fit, counts, where = max(options, key=lambda one: one[0] * one[1])
        other = evidence.pair(item, told.reading, claim.language) if where == "here" and fit else None
        matches.append(Match(item, weight, other, fit, where if fit else ""))
        total += weight
        said += weight * fit * counts
    for item in claim.of("number", "date", "quote"):
        match = _find_exact(evidence, claim, item, n, around)
        matches.append(match)
        if item.kind == "quote" and not match.where:
            bonus += match.weight * overlap(item.key, told.reading.text)
        bonus += match.weight * match.fit * (HERE if match.where == "here" else NEAR if match.where else 0.0)
    total = max(total, 1e-9)
    heavy = [one for one in matches if one.item.kind == "word" and not one.item.light]
    held = sum(one.weight * one.fit * (NEAR if one.where == "near" else one.where == "here") for one in heavy)
    words_here = held / max(sum(one.weight for one in heavy), 1e-9) if heavy else 0.5
    return Comparison(told, matches, said + bonus, said / total, words_here)


def _find_exact(evidence: EvidenceIndex, claim: Reading, item: Item, n: int, around: Sequence[int]) -> Match:
    """Return where a number, a date or a quotation of a claim is said."""
    weight = EXACT[item.kind]
    for k, where in ((n, "here"), *((k, "near") for k in around)):
        told = evidence.told[k]
        for other in evidence.list_exact(told, item.kind):
            if fit := fits(item, other):
                return Match(item, weight, other, fit, where)
        if item.kind == "number" and where == "here" and _is_listed(item, told):
            return Match(item, weight, None, STEM, where)
        if item.kind == "quote" and evidence.quotes(told, item):
            return Match(item, weight, None, 1.0, where)
    told = evidence.told[n]
    if item.kind == "quote" and len(item.key.split()) >= LONG:
        page = evidence.sources[told.source_id, told.language]
        held = any(evidence.quotes(evidence.told[k], item) for k in page)
        return Match(item, weight, None, 1.0, "page" if held else "")
    fresh = item.kind == "date" and is_fresh(item, told.day)  # news of the days before it came out, if it gives no day
    if fresh and not any(evidence.list_exact(evidence.told[k], "date") for k in (n, *around)):
        return Match(item, weight, None, STALE, "page")
    return Match(item, weight)


def _is_listed(item: Item, told: EvidenceSentence) -> bool:
    """Whether a sentence lists as many things as a number counts, and has no number for them itself."""
    counted = any(item.also & other.also for other in told.reading.of("number"))
    return bool(item.also) and item.value in told.listed and not counted
