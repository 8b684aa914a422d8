"""What several commands share: their arguments and options, read before anything runs, and what they say of their work.

What a command will take is said before it starts, and how far it is meanwhile: a bar on a terminal, elsewhere a line.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from math import isnan
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import click

from lagebild.core import InputError, Paths, folders, log, make_printable, show
from lagebild.run.steps import Step

Callback = Callable[[click.Context, click.Parameter, str | None], object]
ANY_DAY = "1980-01-01"  # for what is asked of a case whatever the edition
HOW_TO_BEGIN = "`lagebild new NAME FILE…` makes one, `lagebild example` copies one"


def checked(check: Callable[[str], object]) -> Callback:
    """Return a callback for an option whose value `check` reads or refuses: then the words were wrong, not the case.

    An option whose default is None has no value to check where it is not given.
    """

    def callback(context: click.Context, option: click.Parameter, value: str | None) -> object:
        try:
            return None if value is None else check(value)
        except InputError as fault:
            raise click.UsageError(str(fault), context) from None

    return callback


def day_option(name: str, explanation: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--name`` whose value is a day; a command that is given none is passed the empty text."""

    def check(text: str) -> str:
        from lagebild.core import edtf

        return edtf.day(text, name)

    return click.option(f"--{name}", default="", metavar="DATE", callback=checked(check), help=explanation)


def _name_cases(context: click.Context, argument: click.Parameter, value: str) -> str:
    """Refuse a command without a case, and name those that there are."""
    if not value:
        known = ", ".join(folders.list_cases(context.params.get("root", "")))
        says = f"cases here: {known}" if known else f"there is none here yet: {HOW_TO_BEGIN}"
        raise click.UsageError(f"Missing argument 'CASE': {says}.", context)
    return value


def _complete_case(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:
    return [name for name in folders.list_cases(context.params.get("root") or "") if name.startswith(begun)]


def _find_folder(context: click.Context, option: click.Parameter, value: str) -> str:
    if value and not Path(value).is_dir():
        raise click.UsageError(f"There is no folder {show(value)} (--root): check its name, or make it.", context)
    return str(Path(value).absolute()) if value else ""


CASE = click.argument(
    "case", metavar="CASE", required=False, default="", callback=_name_cases, shell_complete=_complete_case
)
ROOT = click.option(
    "--root",
    default="",
    envvar="LAGEBILD_ROOT",
    metavar="DIR",
    is_eager=True,  # before the case, which lies in it
    callback=_find_folder,
    help="Folder of the project; without it, the next one from here upwards that holds data/cases, or else this one.",
)


def _show_log(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        log.show_log(logging.DEBUG)


VERBOSE = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_show_log,
    help="Say on standard error what is refused or left out, and why.",
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")


def last_edition(paths: Paths) -> str:
    """Return the last edition of a case that a run has built, or else the last one in its `case.yml`."""
    from lagebild.core import read_case_file  # only here: reading YAML by its models would make `--help` wait

    built = [day.name for day in paths.built.parent.glob("????-??-??")]
    return max(built or read_case_file(paths).editions)


class ReaderWords(NamedTuple):
    """What was said of the model that reads.

    Its name, server, a file of answers, seconds for one, whether it may be on another machine, whether it thinks first,
    and whether a text without an answer is an error.
    """

    model: str = ""
    endpoint: str = ""
    kept: str = ""
    timeout: float = 300.0
    remote: bool = False
    think: bool = False
    strict: bool = False

    @property
    def given(self) -> bool:
        """Whether anything was said of it."""
        return bool(self.model or self.endpoint or self.kept or self.remote)


NOBODY = ReaderWords()


def _is_number(context: click.Context, option: click.Parameter, value: float) -> float:
    if isnan(value):
        raise click.UsageError("--timeout must be a number of seconds.", context)
    return value


def takes_reader(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name a language model as second reader; the command is passed them as `reader`."""

    @wraps(command)
    def called(**words: Any) -> None:
        command(reader=ReaderWords(**{name: words.pop(name) for name in ReaderWords._fields}), **words)

    for option in (
        click.option("--strict", is_flag=True, help="End with 1 if it cannot read a text, instead of saying so."),
        click.option("--think", is_flag=True, help="Let it think before it answers: several times slower."),
        click.option("--remote", is_flag=True, help="Allow a server on another machine: the texts go to it."),
        click.option(
            "--timeout",
            default=300.0,
            metavar="SECONDS",
            type=click.FloatRange(0.1, 86_400),
            callback=_is_number,
            help="Wait so long for an answer.",
        ),
        click.option(
            "--kept", default="", metavar="FILE", help="Use answers that FILE holds, too; none is asked twice."
        ),
        click.option(
            "--endpoint",
            default="",
            metavar="URL",
            help="Its OpenAI-compatible server, such as http://127.0.0.1:11434/v1; without it, one on this machine.",
        ),
        click.option("--model", default="", metavar="NAME", help="A language model that reads, too."),
    ):
        called = option(called)
    return called


# --- What a Command Will Take, and How Far It Is ---
# The figures were measured on two idle cores of a Xeon (2026-12-01): runs from nothing of five cases of 10 to 274 news
# texts (105 to 4,700 sentences) and of the example, whose mentions people coded; pages and PDFs read one after another.
# They fit these to a third. Where other processes want the processors already, all takes as much longer: with 5.4 of
# them on two cores 73 seconds instead of 35 (2026-12-03).

WORTH = 5.0  # seconds from which somebody wants to know
EVERY = 10.0  # seconds between two lines where no terminal is
DELAY = 2.0  # seconds before a bar appears

# Of a run: seconds for it, a part, a sentence of an edition, a passage in a report; MB of a report, a passage in it.
START, PART, SENTENCE, PASSAGE = 5.0, 0.7, 0.005, 0.008
REPORT_SIZE, PASSAGE_SIZE = 10.0, 0.04
LETTERS = 125  # bytes of a sentence
DRAFTED = 0.12  # passages that the draft coder finds in one

# Of articles: seconds for a file, a MB of it by kind (a page of the web), and the comparison of two; MB of its text.
FILE, MEGABYTE, MEGABYTES, PAIR = 0.002, 0.16, {".pdf": 2.7}, 2.7e-6
TEXT_SIZE = 0.005


class Forecast(NamedTuple):
    """What will be done, in a few words, how many seconds it takes, and how many MB it writes."""

    what: str
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        """Return it as one sentence, as exact as it is."""
        minutes, fives = round(self.seconds / 60), 5 * round(self.seconds / 5)
        time = f"{minutes} minutes" if self.seconds >= 90 else f"{fives} seconds"
        return f"{self.what}: about {time} and {max(1, round(self.megabytes))} MB."


def read_slowdown() -> float:
    """Return how much longer all takes than on an idle machine, by the processes that want each processor."""
    if not hasattr(os, "getloadavg"):
        return 1.0
    return max(1.0, os.getloadavg()[0] / count_cores())


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def forecast_run(paths: Paths, parts: Sequence[Step | None], workers: int) -> Forecast:
    """Return what the parts of a run take that are still to be made: steps, and None for each report."""
    texts = [file.name.split(".") for file in paths.texts.glob("*.txt")]
    sentences = sum(file.stat().st_size for file in paths.texts.glob("*.txt")) / LETTERS
    coded = paths.inputs / "mentions.csv"
    rows = coded.read_bytes().count(b"\n") - 1 if coded.is_file() else 0
    ids = len({name[0] for name in texts})
    passages = max(DRAFTED * sentences, rows * len(texts) / max(1, ids))
    editions = sum(part is not None and part.name == "02" for part in parts)
    reports = sum(part is None for part in parts)
    seconds = START + SENTENCE * sentences * editions / max(1, min(workers, editions))
    seconds += (PART * len(parts) + PASSAGE * passages * reports) / max(1, min(workers, reports))
    spoken = " and ".join(sorted({name[1] for name in texts if len(name) > 2}))
    read = f"{ids} text{'s' * (ids != 1)} (about {_round(sentences):,} sentences in {spoken})"
    what = f"Making {reports} report{'s' * (reports != 1)} from {read}"
    return Forecast(what, seconds * read_slowdown(), reports * (REPORT_SIZE + PASSAGE_SIZE * passages))


def forecast_reading(files: Sequence[str]) -> Forecast:
    """Return what it takes to read files into a case."""
    n, seconds = len(files), 0.0
    for file in map(Path, files):
        with suppress(OSError, ValueError):  # whoever reads it says what is wrong
            seconds += FILE + file.stat().st_size / 1e6 * MEGABYTES.get(file.suffix.lower(), MEGABYTE)
    return Forecast(f"Reading {n} file{'s' * (n != 1)}", (seconds + PAIR * n**2) * read_slowdown(), TEXT_SIZE * n)


def _round(number: float) -> int:
    """Return a number with two digits that say something."""
    whole = round(number)
    return round(whole, 2 - len(str(whole)))


def announce(forecast: Forecast, quiet: bool) -> None:
    """Say what is coming, if it takes more than a few seconds."""
    from tqdm import tqdm

    if not quiet and forecast.seconds >= WORTH:
        tqdm.write(make_printable(str(forecast)), file=sys.stderr)  # a bar may be there already


@contextmanager
def show_progress(total: int, what: str, unit: str, quiet: bool) -> Iterator[Callable[[int], object]]:
    """Give a function that is told how many more are done; what it shows goes to standard error."""
    from tqdm import tqdm

    done, told = 0, monotonic()

    def tell(more: int = 1) -> None:
        nonlocal done, told
        done, now = done + more, monotonic()
        if not quiet and done < total and now - told >= EVERY:
            told = now
            print(f"{what}: {done} of {total} {unit}s are done.", file=sys.stderr)  # noqa: T201

    with tqdm(total=total, desc=what, unit=unit, disable=quiet or None, file=sys.stderr, delay=DELAY) as bar:
        yield tell if bar.disable else bar.update
