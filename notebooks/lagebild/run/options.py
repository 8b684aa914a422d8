"""Options of the command line that are read before anything runs."""

from __future__ import annotations

from collections.abc import Callable

import click

from lagebild.core.paths import InputError

Callback = Callable[[click.Context, click.Parameter, str], object]


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
