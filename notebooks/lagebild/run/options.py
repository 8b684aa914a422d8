"""Arguments and options of the command line, read before anything runs; those that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
