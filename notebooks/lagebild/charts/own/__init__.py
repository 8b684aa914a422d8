"""Charts of one's own: each module in this folder draws one, which a run finds by itself and puts into the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from traceback import extract_tb

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.core import Case, InputError, Labels

OWN = "own-"  # begins the names of these charts, so that none takes that of another


def draw_own(tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels) -> Iterator[Chart]:
    """Yield what the modules of this folder draw, in the order of their names; the chart of NAME is called own-NAME.

    The function `draw` of a module takes what this one takes, and returns a `Chart`, or None where there is nothing to
    show.

    Raises
    ------
    InputError
        If a module cannot be read or drawn, with the line.
    """
    for name in sorted(module.name for module in iter_modules(__path__)):
        try:
            chart = import_module(f"{__name__}.{name}").draw(tables, case, as_of, labels)
            if chart is not None:
                yield replace(chart, name=f"{OWN}{name}")
        except InputError:
            raise
        except Exception as error:  # nobody knows what somebody else's code raises
            lines = [frame.lineno for frame in extract_tb(error.__traceback__) if Path(frame.filename).stem == name]
            place = f"lagebild/charts/own/{name}.py{f', line {lines[-1]}' if lines else ''}"
            raise InputError(f"{place}: {type(error).__name__}: {error}; correct it.") from None
