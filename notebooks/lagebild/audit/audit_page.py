"""The audit of a report as a page and as PDF: both are made of one tree of sections, as those of a report are.

A claim that differs is shown beside the sentence that it differs from, word by word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from markupsafe import Markup

from lagebild.audit.audit_tables import give_reason, name_verdicts
from lagebild.audit.finding import VERDICTS, Audit, Difference, Finding, Reason, Verdict
from lagebild.core import Labels, Reference, make_printable, records
from lagebild.report import (
    Beside,
    Document,
    escape_address,
    open_templates,
    read_document,
    read_paper,
    set_pdf,
    write_page,
)

# --- Two Wordings, Word by Word ---

PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def compare_words(told: str, claimed: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of both wordings in order, each after ``same``, ``del`` (not in `claimed`) or ``ins``."""
    before, after = PIECE.findall(told), PIECE.findall(claimed)
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[i:j])
            continue
        if j > i:
            yield "del", "".join(before[i:j])
        if m > k:
            yield "ins", "".join(after[k:m])


# --- Claims, and the Text Round Them ---

Entry = dict[str, Any]


def describe_claim(number: int, one: Finding, addresses: Mapping[str, str], labels: Labels) -> Entry:
    """Return a claim as the templates show it: with a number from 1, words, and addresses that may be followed."""
    return {
        "n": number,
        "anchor": f"c{number}",
        "claim": one.claim,
        "verdict": one.verdict,
        "reason": give_reason(one, labels),
        "is_claim": one.is_claim,
        "is_nearest": one.reason == "nearest",
        "is_unsettled": one.reason in UNSETTLED,
        "overruled": one.overruled,
        "witnesses": [(each, _follow(addresses.get(each.source_id, ""))) for each in one.shown],
        "pieces": compare_quotations(one.difference),
    }


def compare_quotations(one: Difference | None) -> list[tuple[str, str]]:
    """Return a quotation and what comes nearest to it piece by piece; nothing of other differences."""
    return [*compare_words(one.told, one.claimed)] if one and one.kind == "quotation" and one.told else []


def _follow(url: str) -> str:
    """Return an address that a link may lead to; empty for any other."""
    try:
        return escape_address(url) if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def group_reasons(entries: Sequence[Entry]) -> list[tuple[str, list[int]]]:
    """Return the reasons why claims were not checked, the most frequent first, each with the numbers of the claims."""
    grouped: dict[str, list[int]] = {}
    for entry in entries:
        grouped.setdefault(entry["reason"], []).append(entry["n"])
    return sorted(grouped.items(), key=lambda item: (-len(item[1]), item[1]))


def split_text(audit: Audit, entries: Sequence[Entry]) -> Iterator[list[tuple[str, list[Entry]]]]:
    """Yield the paragraphs of a report, each as its pieces in order: words, and the claim that they make, if one.

    A paragraph ends with its line, unless a claim goes on beyond that.
    """
    paragraph: list[tuple[str, list[Entry]]] = []
    at = 0
    for one, entry in zip(audit.findings, entries, strict=True):
        first, *others = audit.text[at : one.start].split("\n")
        paragraph.append((first, []))
        for line in others:
            if _has_words(paragraph):
                yield paragraph
            paragraph = [(line, [])]
        paragraph.append((audit.text[one.start : one.end], [entry]))
        at = one.end
    first, *others = audit.text[at:].split("\n")
    paragraph.append((first, []))
    if _has_words(paragraph):
        yield paragraph
    for line in others:
        if line.strip():
            yield [(line, [])]


def _has_words(paragraph: Sequence[tuple[str, list[Entry]]]) -> bool:
    return any(words.strip() for words, _ in paragraph)


UNSETTLED: tuple[Reason, ...] = ("unsettled", "unheld", "evidence")  # reasons for which somebody must ask the author
FIRST: tuple[Verdict, ...] = (
    "differs",
    "not-found",
    "contested",
)  # the verdicts that a reader looks at first, in this order
MANY = 12  # claims that the head names by their numbers
MOST = 3  # sentences of the evidence for one claim that paper has room for


@dataclass(frozen=True, eq=False, kw_only=True)
class Audited:
    """All that the page of an audit is made from.

    Attributes
    ----------
    audit
        What was found.
    file, title, day
        Name of the file of the report, its title, and the day it says it is of; empty if it says none.
    case_title
        Title of the case in each language.
    sources
        The pages of the edition; columns as in the table `sources`.
    sha256
        Of the file, byte by byte.
    origin
        By which digits its place is known again, so that no other file of its name is taken for it.
    """

    audit: Audit
    file: str
    title: str
    day: str
    case_title: Mapping[str, str]
    sources: pd.DataFrame
    sha256: str = ""
    origin: str = ""


def write_audit_page(
    audited: Audited, reference: Reference, labels: Labels, beside: Sequence[Beside], head: str = ""
) -> str:
    """Return the page of an audit; `beside` are the files that lie beside it, `head` is HTML for its head."""
    labels = name_verdicts(audited.audit, labels)
    facts = _state(audited, labels) | {"origin": Markup(name_origin(audited.origin) + head)}
    return write_page(read_audit(audited, reference, labels), facts, labels, beside)


def name_origin(origin: str) -> str:
    """Return the words by which the page of an audit says of which file it is."""
    return f'<meta name="lagebild-origin" content="{origin}">'


def set_audit_pdf(
    audited: Audited, reference: Reference, labels: Labels, files: Mapping[str, str], paper: str
) -> bytes:
    """Return the PDF of an audit on a size of paper, with `files` attached; the same input gives the same bytes.

    Raises
    ------
    InputError
        If it cannot be set.
    """
    labels = name_verdicts(audited.audit, labels)
    facts = _state(audited, labels)
    facts |= {"standing": f"{labels('title.as_of', day=labels.day(facts['as_of']))}", "format": paper, "annex": ""}
    printed = read_paper(read_audit(audited, reference, labels))[""]
    return set_pdf(*printed, facts, files)[0]


def _state(audited: Audited, labels: Labels) -> dict[str, str]:
    """Return the facts of an audit as a page and a PDF ask for them; it belongs to no edition in their sense."""
    return {
        "title": labels("audit.title", title=audited.title or audited.file),
        "question": _rest(audited, labels),
        "as_of": audited.audit.as_of,
        "language": labels.language,
        "kind": labels("audit.kind"),
        "data": _fingerprint(audited),
        "draft": "" if audited.audit.coded else labels("audit.draft"),
        **dict.fromkeys(("case", "edition", "by", "written"), ""),
    }


def read_audit(audited: Audited, reference: Reference, labels: Labels) -> Document:
    """Return the sections of an audit as one tree."""
    audit = audited.audit
    addresses = {row["source_id"]: row["url"] for row in records(audited.sources)}
    entries = [describe_claim(n, one, addresses, labels) for n, one in enumerate(audit.findings, start=1)]
    groups: dict[str, list[Entry]] = {name: [] for name in (*VERDICTS, "claimless", "unsettled")}
    for entry in entries:
        groups[_sort(entry)].append(entry)
    measured = list_measured(reference, coded=audit.coded, judge=audit.judged)
    figures = _take_figures(measured, audit, labels)
    template = open_templates().get_template("audit.html.j2")
    bar: dict[str, list[str]] = {name: [] for name in VERDICTS}
    for entry in entries:
        if entry["verdict"] in bar:
            bar[entry["verdict"]].append(entry["n"])
    html = template.render(
        t=labels,
        labels=labels,
        lang=labels.language,
        audited=audited,
        audit=audit,
        facts=_state(audited, labels),
        rests=_rest(audited, labels),
        hash=_fingerprint(audited),
        shown=make_printable(audited.file, 120),
        answer=_say_checked(audit, labels),
        about=_say_subject(audit, labels),
        unchecked=say_unchecked(audit, labels),
        claimless_said=_count_claimless(audit, labels),
        bar=list(bar.items()),
        groups=groups,
        first=[(name, groups[name]) for name in FIRST if groups[name]],
        claimless_reasons=group_reasons(groups["claimless"]),
        judged=labels(f"audit.judge.{audit.judged}", model=audit.model),
        paragraphs=list(split_text(audit, entries)),
        measured=measured,
        figures=figures,
        wordings=sorted(set(audited.sources["wording"])),
        verdicts=VERDICTS,
        most=MOST,
    )
    return read_document([html], labels)


def _sort(entry: Entry) -> str:
    """Return the part of the page in which a claim stands: its verdict, or what is special of one not checked."""
    if entry["verdict"] != "not-checked":
        return str(entry["verdict"])
    if not entry["is_claim"]:
        return "claimless"
    return "unsettled" if entry["is_unsettled"] else "not-checked"


def list_measured(reference: Reference, *, coded: bool, judge: str) -> list[dict[str, Any]]:
    """Return the rows of `audit_quality` on cases like this one: sums, and the kinds of false claims nobody read."""
    table = reference.table("audit_quality")
    table = table[(table["claims"] > 0) & (table["truth"] != "none") & (table["judge"] == judge)]
    table = table[table["case"] == ("coded" if coded else "drafted")]
    unread, every, whole = table["half"] == "unread", table["language"] == "all", table["kind"] == "all"
    sums = table[whole & (unread | every)].assign(part=table["language"].where(~every, ""))
    sums = sums.sort_values(["half", "part", "truth"], ascending=[False, True, False], kind="stable")
    kinds = table[~whole & unread & every & (table["truth"] == "false")]
    return [*records(sums.drop(columns="part")), *records(kinds)]


def _take_figures(rows: Sequence[Mapping[str, Any]], audit: Audit, labels: Labels) -> dict[str, Any]:
    """Return how often the audit is right and wrong on claims that nobody had read before; empty if none was.

    These are claims in the language of the report, or in all languages if none in that one was measured.
    """
    unread = {(row["language"], row["truth"]): row for row in rows if (row["half"], row["kind"]) == ("unread", "all")}
    held = [one for one in (audit.language, "all") if {(one, "true"), (one, "false")} <= unread.keys()]
    if not held:
        return {}
    true, false = unread[held[0], "true"], unread[held[0], "false"]

    named = "audit.measured.every" if held[0] == "all" else "audit.measured.in"
    return {
        "case": labels(f"audit.case.{true['case']}"),
        "spoken": labels(named, language=labels.tongue(held[0])),
        "true": true["claims"],
        "false": false["claims"],
        "supported": labels.percent((true["supported"] + true["contested"]) / true["claims"]),
        "alarms": labels.percent((true["differs"] + true["not_found"]) / true["claims"]),
        "flagged": labels.percent((false["differs"] + false["not_found"]) / false["claims"]),
        "wrongly": labels.percent((false["supported"] + false["contested"]) / false["claims"]),
        "guess": labels.percent(true["guess"]),
        "judge": labels(f"audit.by.{true['judge']}"),
        "right": true["nearest"],
        "of": true["not_checked"],
    }


def _fingerprint(audited: Audited) -> str:
    return hashlib.sha256(audited.audit.text.encode()).hexdigest()


def _rest(audited: Audited, labels: Labels) -> str:
    pages, publishers = len(audited.sources), audited.sources["reporter"].nunique()
    case, day = audited.case_title[labels.language], labels.day(audited.audit.as_of)
    return labels("audit.rests", case=case, day=day, pages=pages, publishers=publishers)


def say_verdicts(audit: Audit, labels: Labels) -> str:
    """Return how many claims were not checked, first of all, and what became of the others."""
    return f"{say_unchecked(audit, labels)} {_say_checked(audit, labels)}".strip()


def _say_checked(audit: Audit, labels: Labels) -> str:
    """Return in one sentence what became of the claims that could be checked."""
    counts = audit.count()
    checked = len(audit.findings) - counts["not-checked"]
    if not checked:
        return labels("audit.answer.none")
    shown: list[Verdict] = [name for name in FIRST if counts[name]]
    if audit.coded and (audit.model or counts["supported"]):
        shown.insert(0, "supported")  # a draft supports nothing, nor do rules alone
    return labels("audit.answer", n=checked, what=labels.enumerate(_count_verdict(audit, one, labels) for one in shown))


def _count_verdict(audit: Audit, verdict: Verdict, labels: Labels) -> str:
    """Return how many claims have a verdict, and which, if these are few."""
    numbers = [str(n) for n, one in enumerate(audit.findings, start=1) if one.verdict == verdict]
    which = f" ({', '.join(numbers)})" if 0 < len(numbers) <= MANY else ""
    return labels(f"audit.answer.{verdict}", n=len(numbers), which=which)


def say_unchecked(audit: Audit, labels: Labels) -> str:
    """Return how many claims could not be checked, first of all; empty if the report makes no claim."""
    n, claims = audit.count_unchecked()
    if not claims:
        return ""
    told = labels("audit.unchecked", n=n, all=claims, share=labels.percent(n / claims))
    return told if audit.model else f"{told} {labels('audit.unchecked.rules')}"


def _say_subject(audit: Audit, labels: Labels) -> str:
    """Return how many sentences name anybody of the case, of a report of which most do not; else nothing."""
    n, of = audit.about, len(audit.findings)
    return labels("audit.about", n=n, of=of) if of and 2 * n < of else ""


def _count_claimless(audit: Audit, labels: Labels) -> str:
    n = audit.count_claimless()
    return labels("audit.claimless", n=n) if n else ""
