"""Arguments and options of the command line, read before anything runs; those that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

import click

from lagebild.core import InputError, list_cases, show

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
        from lagebild.core import day

        return day(text, name)

    return click.option(f"--{name}", default="", metavar="DATE", callback=checked(check), help=explanation)


def _name_cases(context: click.Context, argument: click.Parameter, value: str) -> str:
    """Refuse a command without a case, and name those that there are."""
    if not value:
        known = ", ".join(list_cases(context.params.get("root", "")))
        says = f"cases here: {known}" if known else f"there is none here yet: {HOW_TO_BEGIN}"
        raise click.UsageError(f"Missing argument 'CASE': {says}.", context)
    return value


def _complete_case(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:
    return [name for name in list_cases(context.params.get("root") or "") if name.startswith(begun)]


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
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")


class ReaderWords(NamedTuple):
    """What was said of the model that reads: its name, server, a file of answers, seconds for one, whether remote."""

    model: str = ""
    endpoint: str = ""
    kept: str = ""
    timeout: float = 300.0
    remote: bool = False

    @property
    def given(self) -> bool:
        """Whether anything was said of it."""
        return bool(self.model or self.endpoint or self.kept or self.remote)


def _is_number(context: click.Context, option: click.Parameter, value: float) -> float:
    if isnan(value):
        raise click.UsageError("--timeout must be a number of seconds.", context)
    return value


def takes_reader(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name a language model as second reader; the command is passed them as `reader`."""

    @wraps(command)
    def called(model: str, endpoint: str, kept: str, timeout: float, remote: bool, **words: Any) -> None:
        command(reader=ReaderWords(model, endpoint, kept, timeout, remote), **words)

    for option in (
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
        click.option("--model", default="", metavar="NAME", help="A language model that reads the texts, too."),
    ):
        called = option(called)
    return called
