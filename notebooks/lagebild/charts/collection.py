"""All charts that step 04 draws, in the order of the report."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.relations import draw_relation_charts
from lagebild.charts.reliability import draw_reliability
from lagebild.charts.sayings import draw_saying_charts
from lagebild.core.case import Case
from lagebild.core.labels import Labels


def draw_charts(tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw all charts of relations, and sayings, and how far the draft coder's probabilities hold.

    `tables` holds events, relations, ties, relation_changes, relation_series, sayings and claims, and reliability of
    the reference.
    """
    charts = draw_relation_charts(tables, case, as_of, labels) + draw_saying_charts(tables, labels)
    charts.append(draw_reliability(tables["reliability"], labels))
    return charts
