"""Checks a case as a sceptic would: tables, ids, evidence spans, coverage, and whether its reports can be traced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdf
from lxml import html

from lagebild.analysis import last_revisions
from lagebild.core import LANGUAGES, TABLES, InputError, Paths, folders, read_case, read_judgements, schema, tables
from lagebild.corpus import Inputs, read_inputs
from lagebild.dataset import Drafts, assemble, draft_case, find_faults, find_faulty_verdicts
from lagebild.report import check_prose, find_misnamed


@dataclass(frozen=True)
class CheckLine:
    """One line of the check: a fault, or a figure that was found in order."""

    text: str
    is_fault: bool = False


def check_case(paths: Paths) -> Iterator[CheckLine]:
    """Check a case and yield a line for each fault, and one for each thing that is in order."""
    try:
        inputs = read_inputs(paths)
        for name in ("agreement", "searches"):  # which nothing but the report reads
            read_case(paths, name)
        verdicts = read_case(paths, "verdicts")
        drafts = draft_case(inputs)
        faults = [*_find_broken(inputs), *find_faults(inputs, drafts)]
        for row, name, fault in find_faulty_verdicts(verdicts):
            faults.append(f"data/cases/{paths.case}/verdicts.csv, row {row} ({name}): {fault}")
    except InputError as fault:
        yield CheckLine(str(fault), True)
        return
    if inputs.case.draft and not faults:
        data = assemble(inputs, drafts, inputs.corpus, "9999-12-31")
        once = data.mentions.drop_duplicates("mention_id")
        reviewed = int((once["reviewed"] == "yes").sum())
        yield CheckLine(f"A draft case: {reviewed} of {len(once)} mentions are reviewed.")
    n = len(inputs.mentions)
    fine = (
        f"{n} mentions: every id resolves, every evidence span stands in its text."
        if n or not inputs.case.draft
        else ""
    )
    yield from _sum_up(faults, fine)
    if not faults:
        yield from () if inputs.case.draft else _coverage(inputs)
        for as_of in inputs.case.editions:
            yield from _edition(inputs, drafts, replace(paths, as_of=as_of))


def _find_broken(inputs: Inputs) -> Iterator[str]:
    """Yield a sentence for each reference between reference tables, or from the case to them, that leads nowhere.

    Mentions and decisions are left to `find_faults`, which knows what else they may refer to; what a case says of
    actors was checked when it was read.
    """
    reference = inputs.reference.plain or inputs.reference  # whose rows are counted as they stand in the files
    known, actors = reference.tables(), {"reference/actors": inputs.reference.table("actors")}
    written = {"case/events": inputs.events, "case/conditions": inputs.conditions}
    for broken in (*tables.find_broken_keys(known), *tables.find_broken_keys(written, actors)):
        table = TABLES[broken.table]
        folder = table.folder.replace("CASE", inputs.paths.case)
        yield f"{folder}/{table.file}, row {broken.row}: {broken.message}"
    for event in sorted(set(inputs.case.elsewhere) - set(inputs.events["event_id"])):
        yield f"data/cases/{inputs.paths.case}/case.yml: elsewhere names {event}, but events.csv has no such event."
    for language in reference.languages:
        folder = schema.FOLDERS["language"].replace("LANGUAGE", language)
        for broken in tables.find_broken_keys(reference.tables(language), beside=known):
            yield f"{folder}/{TABLES[broken.table].file}, row {broken.row}: {broken.message}"


def _sum_up(faults: list[str], fine: str) -> Iterator[CheckLine]:
    """Yield a line for each fault, or the one line that says what is in order."""
    yield from (CheckLine(fault, True) for fault in faults)
    if fine and not faults:
        yield CheckLine(fine)


def _coverage(inputs: Inputs) -> Iterator[CheckLine]:
    """Say on how many sentences of the texts at least one mention rests, and name the others."""
    sentences, mentions = inputs.corpus.sentences, inputs.mentions
    reported = set(zip(mentions["source_id"], mentions["sentence_no"], strict=True))
    held = sorted(set(zip(sentences["source_id"], sentences["sentence_no"], strict=True)))
    missing = [place for place in held if place not in reported]
    share, pages = f"{len(held) - len(missing)} of {len(held)} sentences", len({source for source, _ in held})
    yield CheckLine(f"{share} in {pages} source{'s' * (pages != 1)} are told by a mention.")
    for source, number in missing:
        where = f"data/cases/{inputs.paths.case}/texts/{source}"
        yield CheckLine(f"{where}: sentence {number} is told by no mention; code it, or say why not.", True)


def _edition(inputs: Inputs, drafts: Drafts, paths: Paths) -> Iterator[CheckLine]:
    try:
        judgements = read_judgements(paths)
        data = assemble(inputs, drafts, inputs.known(paths.as_of), paths.as_of)
    except InputError as fault:
        yield CheckLine(str(fault), True)
        return
    held = f"{len(data.events)} events, {len(judgements.entries())} judgements in force"
    faults = list(find_misnamed(inputs.reference, paths, inputs.case, judgements, data))
    yield from _sum_up(faults, f"{paths.as_of}: {held}, all evidence known.")
    if not faults and judgements.entries():
        prose = list(check_prose(inputs.reference, paths, judgements, data))
        yield from _sum_up(prose, f"{paths.as_of}: the prose of the judgements keeps the rules of estimates (ICD 203).")
    if revised := last_revisions(paths):
        yield CheckLine(f"{paths.as_of}: the last run revised {revised}.")
    for language in LANGUAGES:
        here = replace(paths, language=language)
        if here.report("html").is_file():
            page = here.report("html").read_text(encoding="utf-8")
            yield from _report(here, page, set(data.events["event_id"]) | set(data.conditions["condition_id"]))
        for paper in folders.PAPERS:
            for part in ("", folders.ANNEX):
                yield from _pdf(here, paper, part)


def _pdf(paths: Paths, paper: str, part: str) -> Iterator[CheckLine]:
    """Check that every link of a part leads to a place in it, or in the other part."""
    file = paths.report("pdf", paper, part)
    if not file.is_file():
        return
    pdf = pypdf.PdfReader(file)
    notes = [note.get_object() for sheet in pdf.pages for note in sheet.get("/Annots") or []]
    targets = [note["/Dest"] for note in notes if "/Dest" in note]
    actions = [note["/A"] for note in notes if note.get("/A", {}).get("/S") == "/GoToR"]
    far = [(str(action["/D"]), str(action["/F"]["/F"])) for action in actions]
    name = f"reports/{paths.case}/{file.name}"
    places = {sheet.indirect_reference for sheet in pdf.pages} | set(pdf.named_destinations)
    lost = {words for place, words in map(_read_target, targets) if place not in places}
    other = paths.report("pdf", paper, "" if part else folders.ANNEX)
    if far:
        known = _read_places(other)
        lost |= {f"{place} in {target}" for place, target in far if (place, target) not in known}
    faults = [f"{name}: the link to {target} leads nowhere; rebuild the report." for target in sorted(lost)]
    fine = f"{len(targets)} links inside it, {len(far)} to {other.name}, all lead to a place."
    yield from _sum_up(faults, f"{name}: {fine}")


def _read_places(file: Path) -> set[tuple[str, str]]:
    """Return the places that a PDF names, each with the name of the file; none if it was not built."""
    return {(place, file.name) for place in pypdf.PdfReader(file).named_destinations} if file.is_file() else set()


def _read_target(target: Any) -> tuple[Any, str]:
    """Return what a link of a PDF leads to, a page or a name, and how a fault calls it."""
    if isinstance(target, pypdf.generic.ArrayObject):
        return list.__getitem__(target, 0), "a page that it does not have"
    return str(target), repr(str(target))


def _report(paths: Paths, page: str, known: set[str]) -> Iterator[CheckLine]:
    """Check that every link of a report leads somewhere, every event has an entry, and every claim has evidence."""
    tree = html.document_fromstring(page)
    ids, links = set(tree.xpath("//@id")), tree.xpath("//a/@href[starts-with(., '#')]")
    claims = tree.find_class("claim")
    bare = [claim.text_content().strip() for claim in claims if not claim.xpath(".//a[starts-with(@href, '#')]")]
    name = f"reports/{paths.case}/{paths.report('html').name}"
    lost = sorted({link[1:] for link in links} - ids)
    faults = [f"{name}: the link #{target} leads nowhere; rebuild the report." for target in lost]
    faults += [f"{name}: {row} has no entry in the annex; rebuild the report." for row in sorted(known - ids)]
    faults += [
        f"{name}: this claim cites nothing: {claim[:80]!r}; give it evidence in judgements.yml." for claim in bare
    ]
    fine = f"{len(links)} links to evidence, all lead to it; {len(claims)} claims, each with evidence."
    yield from _sum_up(faults, f"{name}: {fine}")
