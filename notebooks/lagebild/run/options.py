"""Arguments and options of the command line, read before anything runs; those that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from lagebild.core.characters import show
from lagebild.core.paths import LANGUAGES, InputError, list_cases

Callback = Callable[[click.Context, click.Parameter, str], object]
ANY_DAY = "1980-01-01"  # for what is asked of a case whatever the edition
NO_CASE = "there is none here yet: `lagebild new NAME FILE…` makes one, `lagebild example` copies one"


def checked(check: Callable[[str], object]) -> Callback:
    """Return a callback for an option whose value `check` reads or refuses: then the words were wrong, not the case."""

    def callback(context: click.Context, option: click.Parameter, value: str) -> object:
        try:
            return check(value)
        except InputError as fault:
            raise click.UsageError(str(fault), context) from None

    return callback


def checked_day(name: str) -> Callback:
    """Return a callback for an option that is a day; `name` is that of the option."""

    def check(text: str) -> str:
        from lagebild.core.edtf import day

        return day(text, name)

    return checked(check)


def _name_cases(context: click.Context, argument: click.Parameter, value: str) -> str:
    """Refuse a command without a case, and name those that there are."""
    if not value:
        known = ", ".join(list_cases(context.params.get("root", "")))
        raise click.UsageError(f"Missing argument 'CASE': {f'cases here: {known}' if known else NO_CASE}.", context)
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
AS_OF = click.option(
    "--as-of",
    default="",
    metavar="DATE",
    callback=checked_day("as-of"),
    help="Last day of knowledge, YYYY-MM-DD; without it, every edition of the case.",
)
REPORT_LANGUAGE = click.option(
    "--language", default="all", type=click.Choice((*LANGUAGES, "all")), help="Language of the reports."
)
