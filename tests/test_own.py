"""Charts of one's own: each module of the folder draws one; a fault in it is named with its line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import events
from known import REFERENCE
from lagebild.charts import own
from lagebild.core.case import Case
from lagebild.core.errors import InputError
from lagebild.core.labels import read_labels

CASE = Case({}, {}, "RUS", (), "2024-01-01", (), ())
HEAD = """\
import pandas as pd

from lagebild.charts.bars import draw_bars


def draw(tables, case, as_of, labels):
"""
BARS = f"""{HEAD}    rows = {{"A": pd.Series({{"n": len(tables["events"])}})}}
    return draw_bars("parties", rows, {{"n": "N"}}, "Title", labels)
"""
CASES = [  # the modules of the folder, and the charts that come of them, or what is said of the first fault
    ({}, []),
    ({"zoo": BARS, "ants": BARS}, ["own-ants", "own-zoo"]),
    ({"nothing": f"{HEAD}    return None\n", "some": BARS}, ["own-some"]),
    ({"torn": f"{HEAD}    return [\n"}, "torn.py: SyntaxError: '[' was never closed"),
    ({"bare": '"""Draws nothing."""\n'}, "bare.py: AttributeError: "),
    ({"lost": f'{HEAD}    return tables["sayings"]\n'}, "lost.py, line 7: KeyError: 'sayings'; correct it."),
    ({"mute": f'{HEAD}    return labels("own.mute")\n'}, "data/reference/words.csv has no row own.mute: add it"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder of charts of one's own; what was imported from it is forgotten."""
    monkeypatch.setattr(own, "__path__", [str(tmp_path)])
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith(f"{own.__name__}.")]:
        del sys.modules[name]


@pytest.mark.parametrize(("modules", "comes"), CASES)
def test_each_module_draws_a_chart_or_its_fault_is_named(
    folder: Path, modules: dict[str, str], comes: list[str] | str
) -> None:
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    words = read_labels(REFERENCE, "en")
    if isinstance(comes, str):
        with pytest.raises(InputError) as raised:
            list(own.draw_own({"events": events({})}, CASE, "2025-06-16", words))
        assert comes in str(raised.value)
        assert "\n" not in str(raised.value)
    else:
        charts = list(own.draw_own({"events": events({})}, CASE, "2025-06-16", words))
        assert [chart.name for chart in charts] == comes
        assert all(chart.alt == "Title: A 1." for chart in charts)
