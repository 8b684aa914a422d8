"""A chart: a picture with what one needs to read it without eyes or colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.drawing import Picture
from lagebild.charts.figure import assemble
from lagebild.charts.look import NARROW
from lagebild.charts.svg import write_svg

BAR = 30  # pixels that the bar of plotly is high


@dataclass(frozen=True)
class Chart:
    """A picture with its title, an alternative text, and the table that it draws.

    What draws it may stand for the picture: a report takes all but the drawing from here, and that from its file. As
    the output of a cell it is a figure to explore, and beside it a drawing for every export of the notebook.
    """

    name: str
    drawn: Picture | Callable[[], Picture]
    frame: pd.DataFrame
    title: str
    alt: str

    @cached_property
    def picture(self) -> Picture:
        """The picture, drawn when somebody looks."""
        return self.drawn if isinstance(self.drawn, Picture) else self.drawn()

    @cached_property
    def figure(self) -> go.Figure:
        """The picture as a figure of plotly."""
        return go.Figure(assemble(self.picture), layout_template="none")

    @cached_property
    def svg(self) -> str:
        """The picture as SVG; a small screen has no pointer to hover with."""
        return write_svg(self.picture, self.alt, small=self.name.endswith(NARROW))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        figure = assemble(self.picture)
        layout: dict[str, Any] = figure["layout"]
        loose: dict[str, Any] = {axis: layout[axis] | {"fixedrange": False} for axis in ("xaxis", "yaxis")}
        # plotly's bar stands above the drawing, so that it covers none of it
        loose |= {"height": layout["height"] + BAR, "margin": layout["margin"] | {"t": BAR}, "dragmode": "zoom"}
        return {
            "application/vnd.plotly.v1+json": figure | {"layout": layout | loose},
            "image/svg+xml": self.svg,
            "text/plain": self.alt,
        }
