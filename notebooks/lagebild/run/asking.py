"""A case put to the language model that reads it beside the rules, before anything is made of the answers.

Whoever names a model by `--model`, or in `case.yml`, has its texts read once: what is answered lies in `answers.jsonl`
of the case, and the notebooks know that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

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
    Host,
    Request,
    Unanswered,
    Unfit,
    Unreachable,
    ask_all,
    describe_cost,
    find_servers,
    is_file,
    is_named,
    list_case_requests,
    list_met,
    list_requests,
    list_unanswered,
    look_up,
    open_engine,
    read_acts,
    read_address,
    read_article,
    read_key,
    shorten,
)
from lagebild.run.options import ReaderWords, show_progress

AMPLE = 8_192  # tokens of context in which a whole part of a text fits, with instructions and answer
SHOWN = 5  # texts that a message names


def ask_case(paths: Paths, words: ReaderWords, quiet: bool = False) -> None:
    """Ask the model that reads a case, if one does, about what it has not answered yet; `case.yml` names it then.

    Raises
    ------
    InputError
        If a model that was named for this run cannot be asked, or, with ``--strict``, does not answer all; what it
        answered is kept.
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
    faults = ask_missing(inputs.reference, requests, answers, reader, words, quiet, f" for the case {paths.case}")
    note_unknown(inputs, answers)
    tell_faults(faults, words, "the rules read alone", f"`lagebild run {paths.case}` asks for the rest")


def join_words(said: ModelReader | None, words: ReaderWords) -> ModelReader | None:
    """Return who reads: as the words say, else as `case.yml` does."""
    if said is None and not words.model:
        if any((words.endpoint, words.kept, words.remote)):
            raise click.UsageError("--endpoint, --kept and --remote take the name of a model: --model NAME.")
        return None
    if characters.HALF.search(words.model) or not words.model.isprintable():
        raise click.UsageError("--model must be the name of a model, in plain characters.")
    name = Path(words.model).name if is_file(words.model) else words.model
    known = said or ModelReader(name)
    if name not in ("", known.model):
        known = ModelReader(name)
    return replace(known, endpoint=words.endpoint or known.endpoint)


def ask_claims(
    requests: Sequence[Request], answers: Answers, reader: ModelReader, words: ReaderWords, paths: Paths, quiet: bool
) -> None:
    """Ask the model that judges claims about those that it has not judged yet.

    Raises
    ------
    InputError
        If a model that was named for this audit cannot be asked, or, with ``--strict``, does not answer all.
    """
    for file in _list_kept(paths, reader, words):
        _take_kept(requests, answers, file, read_judgement)
    faults = ask_missing(None, requests, answers, reader, words, quiet, " about claims", read_judgement)
    tell_faults(faults, words, "only exact differences are told", "audit the report again to ask for the rest")


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


class Shortfall(NamedTuple):
    """What got no answer: one sentence, empty if all did, and whether that is for want of a server that can read."""

    says: str = ""
    absent: bool = False


def tell_faults(found: Shortfall, words: ReaderWords, instead: str, remedy: str) -> None:
    """Say what got no answer; stop whoever named a server that is not there, or wants all or nothing.

    Raises
    ------
    InputError
        If a model that was named for this run cannot be asked, or, with ``--strict``, does not answer all.
    """
    named = bool(words.model or words.endpoint)
    if found.says and (words.strict or (found.absent and named)):
        raise InputError(f"{found.says} What was answered is kept; {remedy}.")
    if found.says:
        click.echo(make_printable(f"{found.says} There {instead}."), err=True)


def ask_missing(
    reference: Reference | None,
    requests: Sequence[Request],
    answers: Answers,
    reader: ModelReader,
    words: ReaderWords,
    quiet: bool = False,
    about: str = "",
    read: Callable[[str], object] = read_acts,
) -> Shortfall:
    """Ask for what is not answered yet, say before what it will cost, and return what got no answer, and why.

    `reference` has the short instructions for acts; without it, there are none.
    """
    faults, absent = list[tuple[str, str]](), False
    for one in requests:
        if one.digest in answers.refused:
            faults.append((one.name, f"{answers.refused[one.digest]} Delete its line in {ANSWERS} to ask again."))
    if missing := list_unanswered(requests, answers):
        try:
            for fault in _ask(reference, missing, answers, reader, words, quiet, read):
                faults.append((fault.request.name, str(fault.why)))
                absent = absent or not isinstance(fault.why, Unfit)
        except (Unreachable, AnotherMachine) as why:
            faults, absent = [("", str(why))] * len(missing), True
    if not faults:
        return Shortfall()
    names = sorted({name for name, _ in faults if name})
    listed = ", ".join(names[:SHOWN]) + ", …" * (len(names) > SHOWN)
    of = f"{len(faults)} of {len({one.digest for one in requests})} requests{about} got no answer"
    absent = absent or not any(one.digest in answers.kept for one in requests)
    return Shortfall(f"{of}{f' ({listed})' if names and not absent else ''}: {faults[-1][1]}", absent)


def _ask(
    reference: Reference | None,
    missing: Sequence[Request],
    answers: Answers,
    reader: ModelReader,
    words: ReaderWords,
    quiet: bool,
    read: Callable[[str], object],
) -> list[Unanswered]:
    letters = sum(one.end - one.start for one in missing)
    with _reached(reader, words) as (address, host, key):
        if not quiet:
            click.echo(make_printable(f"{reader.model} reads: {describe_cost(missing, address)}"), err=True)
            if 0 < host.context < AMPLE:
                held = f"{host.kind} gives {reader.model} {host.context:,} tokens"
                click.echo(make_printable(f"{held}, so it reads in small pieces; better: {host.remedy}."), err=True)
        with show_progress(letters, "Reading", "character", quiet) as tell:
            asking = Asking(
                model=reader.model,
                address=address,
                host=host,
                key=key,
                seconds=words.timeout,
                think=words.think,
                tell=tell,
                read=read,
                shorten=partial(shorten, reference) if reference else None,
            )
            return ask_all(missing, asking, answers)


@contextmanager
def _reached(reader: ModelReader, words: ReaderWords) -> Iterator[tuple[Address, Host, str]]:
    """Give where a model answers, what is known of it, and the key; a model in a file is loaded for so long."""
    if not is_file(reader.model):
        address = find_address(reader, words)
        yield address, look_up(address, reader.model), read_key() if reader.endpoint else ""  # not to whoever listens
        return
    if not words.model:
        raise Unreachable(f"{show(reader.model)} is a model in a file: name it by --model PATH.")
    with open_engine(Path(words.model)) as reached:
        yield reached


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
        if any(is_named(reader.model, held) for held in models):
            return address
    held = "; ".join(f"{name} has {', '.join(models)}" for name, (_, models) in servers.items())
    found = held or "none answers on this machine"
    raise Unreachable(
        f"No server has the model {show(reader.model)}: {found}. Start one, or name it by --endpoint URL."
    )


def ask_lines(reference: Reference, lines: Sequence[bytes], words: ReaderWords) -> tuple[ReadText, Shortfall]:
    """Ask a model about texts, one JSON object a line, and return what reads them, and what got no answer.

    Raises
    ------
    InputError
        If the model is not named, or its file of answers is not as it was kept.
    """
    reader = join_words(None, words)
    assert reader
    answers = Answers(Path(words.kept or ANSWERS))
    requests = list[Request]()
    for name, text in _read_texts(reference, lines):
        requests += (replace(one, name=name) for one in list_requests(reference, text, reader.model))
    found = ask_missing(reference, requests, answers, reader, words)

    def read(text: str, language: str, published: str) -> tuple[DraftedText, dict[str, Any]]:
        reading = read_article(reference, AskedText(text, language, published), reader.model, answers.kept)
        refused = [{"quote": quote, "why": why} for quote, why in reading.gated.refused]
        note = {"name": reader.model, "admitted": len(reading.gated.admitted), "refused": refused}
        note |= {"undated": reading.gated.undated, "unanswered": [list(part) for part in reading.unanswered]}
        return reading.drafted, {"model": note}

    return read, found


def _read_texts(reference: Reference, lines: Sequence[bytes]) -> Iterator[tuple[str, AskedText]]:
    for number, line in enumerate(lines, start=1):
        with suppress(InputError):  # told when the line is drafted
            if line.strip():
                name, text, language, published = read_line(reference, line, number, any_language=True)
                yield str(name), AskedText(text, language, published)


MEASURED = ("agency", "heldout")  # gold sentences that nobody tuned to, of our own


def measure_model(reference: Reference, gold: Path, words: ReaderWords) -> tuple[pd.DataFrame, Shortfall]:
    """Return how the rules, a model, and both do on gold sentences, and what got no answer.

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
    shortfall = ask_missing(reference, [one for each in requests for one in each], answers, reader, words)
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
    return pd.DataFrame(rows), shortfall


def note_unknown(inputs: Inputs, answers: Answers) -> None:
    """Write the actors whom the model names and no table knows into `unknown.csv` of the case."""
    table = TABLES["case/unknown"]
    file = inputs.paths.inputs / table.file
    rows = pd.DataFrame(list_met(inputs, inputs.case.model, answers.kept), columns=list(table.columns), dtype=str)
    if len(rows) or file.is_file():
        disk.write_bytes(file, csv_files.to_csv(tables.validate(rows, table, file)).encode())
