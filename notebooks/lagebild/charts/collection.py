"""All charts that step 04 draws, in the order of the report."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagebild.analysis import choose_parties
from lagebild.charts.bars import draw_reliability
from lagebild.charts.chart import Chart
from lagebild.charts.matrix import draw_relations
from lagebild.charts.net_bars import draw_parties
from lagebild.charts.own import draw_own
from lagebild.charts.relation_series import draw_series
from lagebild.core import Case, Labels


def draw_charts(tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw all charts of relations, and how far the draft coder's probabilities hold.

    `tables` holds events, relations, ties and relation_series, reliability of the reference, and what charts of one's
    own draw. The last chart is always drawn, the others if there is anything in them.
    """
    relations, ties = tables["relations"], tables["ties"]
    parties = choose_parties(relations, ties, case.subject)
    return [
        *draw_parties(relations, ties, parties, labels),
        *([draw_relations(relations, case.subject, labels, ties)] if len(relations) else []),
        *draw_series(tables["relation_series"], tables["events"], case, as_of, labels),
        *draw_own(tables, case, as_of, labels),
        draw_reliability(tables["reliability"], labels),
    ]
