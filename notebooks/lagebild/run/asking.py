"""A case put to the language model that reads it beside the rules, before anything is made of the answers.

Whoever names a model by `--model`, or in `case.yml`, has its texts read once: what is answered lies in `answers.jsonl`
of the case, and the notebooks know that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pandas as pd

from lagebild.audit import read_judgement
from lagebild.coder import ALL, DraftedText, ReadText, drop_unknown, match, read_gold, read_line, tally
from lagebild.core import (
    ANSWERS,
    TABLES,
    Answers,
    InputError,
    ModelReader,
    Paths,
    Reference,
    characters,
    csv_files,
    disk,
    make_printable,
    read_case_file,
    show,
    tables,
)
from lagebild.corpus import Inputs, read_inputs, set_reader
from lagebild.reader import (
    Address,
    AnotherMachine,
    AskedText,
    Asking,
    Request,
    Unreachable,
    ask_all,
    describe_cost,
    find_servers,
    list_case_requests,
    list_met,
    list_requests,
    list_unanswered,
    read_acts,
    read_address,
    read_article,
    read_key,
)
from lagebild.run.options import ReaderWords, show_progress


def ask_case(paths: Paths, words: ReaderWords, quiet: bool = False) -> None:
    """Ask the model that reads a case, if one does, about what it has not answered yet; `case.yml` names it then.

    Raises
    ------
    InputError
        If a model that was named for this run cannot be asked, or does not answer all; what it answered is kept.
    """
    said = read_case_file(paths).reader
    reader = join_words(said, words)
    if reader is None:
        return
    if reader != said:
        set_reader(paths, reader)
    inputs = read_inputs(paths)
    answers = Answers(paths.inputs / ANSWERS)
    requests = list_case_requests(inputs, reader.model)
    for file in _list_kept(paths, reader, words):
        _take_kept(requests, answers, file)
    why = ask_missing(requests, answers, reader, words, quiet, f" for the case {paths.case}")
    note_unknown(inputs, answers)
    if why and (words.model or words.endpoint):
        raise InputError(f"{why} What was answered is kept; `lagebild run {paths.case}` asks for the rest.")
    if why:
        click.echo(make_printable(f"{why} There the rules read alone."), err=True)


def join_words(said: ModelReader | None, words: ReaderWords) -> ModelReader | None:
    """Return who reads: as the words say, else as `case.yml` does."""
    if said is None and not words.model:
        if any((words.endpoint, words.kept, words.remote)):
            raise click.UsageError("--endpoint, --kept and --remote take the name of a model: --model NAME.")
        return None
    if characters.HALF.search(words.model) or not words.model.isprintable():
        raise click.UsageError("--model must be the name of a model, in plain characters.")
    known = said or ModelReader(words.model)
    if words.model not in ("", known.model):
        known = ModelReader(words.model)
    return replace(known, endpoint=words.endpoint or known.endpoint)


def ask_claims(
    requests: Sequence[Request], answers: Answers, reader: ModelReader, words: ReaderWords, paths: Paths, quiet: bool
) -> None:
    """Ask the model that judges claims about those that it has not judged yet.

    Raises
    ------
    InputError
        If a model that was named for this audit cannot be asked, or does not answer all; what it answered is kept.
    """
    for file in _list_kept(paths, reader, words):
        _take_kept(requests, answers, file, read_judgement)
    why = ask_missing(requests, answers, reader, words, quiet, " about claims", read_judgement)
    if why and (words.model or words.endpoint):
        raise InputError(f"{why} What was answered is kept; audit the report again to ask for the rest.")
    if why:
        click.echo(make_printable(f"{why} There the rules judge."), err=True)


def _list_kept(paths: Paths, reader: ModelReader, words: ReaderWords) -> list[Path]:
    """Return the files whose answers may be used, too."""
    files = [Path(words.kept)] if words.kept else []
    return files + ([paths.inputs / reader.kept] if reader.kept else [])


def _take_kept(
    requests: Sequence[Request], answers: Answers, file: Path, read: Callable[[str], object] = read_acts
) -> None:
    """Take answers that another file holds into that of the case."""
    others = Answers(file).kept
    for one in list_unanswered(requests, answers):
        with suppress(KeyError, InputError):
            read(others[one.digest].text)  # what cannot be read is no answer
            answers.keep(one.digest, others[one.digest])


def ask_missing(
    requests: Sequence[Request],
    answers: Answers,
    reader: ModelReader,
    words: ReaderWords,
    quiet: bool = False,
    about: str = "",
    read: Callable[[str], object] = read_acts,
) -> str:
    """Ask for what is not answered yet, say before what it will cost, and return how many got no answer, and why."""
    if not (missing := list_unanswered(requests, answers)):
        return ""
    try:
        address = find_address(reader, words)
        if not quiet:
            click.echo(make_printable(f"{reader.model} reads: {describe_cost(missing, address)}"), err=True)
        with show_progress(len(missing), "Asking", "request", quiet) as tell:
            key = read_key() if reader.endpoint else ""  # not to whoever listens on a port
            faults = ask_all(missing, Asking(reader.model, address, key, words.timeout, tell, read), answers)
    except (Unreachable, AnotherMachine) as fault:
        faults = [str(fault)]
    count = f"{len(list_unanswered(requests, answers))} of {len({one.digest for one in requests})}"
    return f"{count} requests{about} got no answer: {faults[0]}" if faults else ""


def find_address(reader: ModelReader, words: ReaderWords) -> Address:
    """Return where a model answers: as it was said, else a server on this machine that names it.

    Texts and a key go to another machine only if it is named on the command line, not by `case.yml` alone.

    Raises
    ------
    InputError
        If no server is there, or none names the model.
    """
    if reader.endpoint:
        return read_address(reader.endpoint, remote=words.remote and bool(words.endpoint))
    servers = find_servers()
    for address, models in servers.values():
        if reader.model in models:
            return address
    held = "; ".join(f"{name} has {', '.join(models)}" for name, (_, models) in servers.items())
    found = held or "none answers on this machine"
    raise Unreachable(
        f"No server has the model {show(reader.model)}: {found}. Start one, or name it by --endpoint URL."
    )


def ask_lines(reference: Reference, lines: Sequence[bytes], words: ReaderWords) -> tuple[ReadText, str]:
    """Ask a model about texts, one JSON object a line, and return what reads them, and why some got no answer.

    Raises
    ------
    InputError
        If the model is not named, or its file of answers is not as it was kept.
    """
    reader = join_words(None, words)
    assert reader
    answers = Answers(Path(words.kept or ANSWERS))
    requests = [one for text in _read_texts(reference, lines) for one in list_requests(reference, text, reader.model)]
    why = ask_missing(requests, answers, reader, words)

    def read(text: str, language: str, published: str) -> tuple[DraftedText, dict[str, Any]]:
        reading = read_article(reference, AskedText(text, language, published), reader.model, answers.kept)
        refused = [{"quote": quote, "why": why} for quote, why in reading.gated.refused]
        note = {"name": reader.model, "admitted": len(reading.gated.admitted), "refused": refused}
        note |= {"undated": reading.gated.undated, "unanswered": [list(part) for part in reading.unanswered]}
        return reading.drafted, {"model": note}

    return read, why


def _read_texts(reference: Reference, lines: Sequence[bytes]) -> Iterator[AskedText]:
    for number, line in enumerate(lines, start=1):
        with suppress(InputError):  # told when the line is drafted
            if line.strip():
                yield AskedText(*read_line(reference, line, number, any_language=True)[1:])


MEASURED = ("agency", "heldout")  # gold sentences that nobody tuned to, of our own


def measure_model(reference: Reference, gold: Path, words: ReaderWords) -> tuple[pd.DataFrame, str]:
    """Return how the rules, a model, and both do on gold sentences, and why some got no answer.

    Returns
    -------
    pd.DataFrame
        Counts as in the table `quality`; `split` is the part of the gold sentences and who reads.
    """
    reader = join_words(None, words)
    assert reader
    answers = Answers(Path(words.kept or ANSWERS))
    items = [item for item in read_gold(gold) if item["split"] in MEASURED]
    asked = [AskedText(item["text"], item["lang"], item["published"]) for item in items]
    requests = [list_requests(reference, text, reader.model) for text in asked]
    why = ask_missing([one for each in requests for one in each], answers, reader, words)
    found: dict[tuple[str, str], list[Any]] = {}
    for item, text, each in zip(items, asked, requests, strict=True):
        if all(one.digest in answers.kept for one in each):
            alone, both = (read_article(reference, text, model, answers.kept) for model in ("", reader.model))
            readings = {"rules": alone.drafted.events, "model": both.gated.admitted, "both": both.drafted.events}
            for name, drafts in readings.items():
                matched = item["events"], match(item["events"], [drop_unknown(draft) for draft in drafts])
                found.setdefault((f"{item['split']}, {name}", item["lang"]), []).append(matched)
    rows = [
        {"split": split, "language": language, "event_type": ALL} | tally(sentences)[ALL]
        for (split, language), sentences in sorted(found.items())
    ]
    return pd.DataFrame(rows), why


def note_unknown(inputs: Inputs, answers: Answers) -> None:
    """Write the actors whom the model names and no table knows into `unknown.csv` of the case."""
    table = TABLES["case/unknown"]
    file = inputs.paths.inputs / table.file
    rows = pd.DataFrame(list_met(inputs, inputs.case.model, answers.kept), columns=list(table.columns), dtype=str)
    if len(rows) or file.is_file():
        disk.write_bytes(file, csv_files.to_csv(tables.validate(rows, table, file)).encode())
