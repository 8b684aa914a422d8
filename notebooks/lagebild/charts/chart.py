"""A chart: a picture with what one needs to read it without eyes or colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from lagebild.charts.drawing import Picture
from lagebild.charts.style import NARROW
from lagebild.charts.svg import make_image, write_svg


@dataclass(frozen=True)
class Chart:
    """A picture with its title, an alternative text, the table that it draws, and what it shows in a sentence.

    What draws it may stand for the picture: a report takes all but the drawing from here, and that from its file. As
    the output of a cell it is an image, which JupyterLab and every export of the notebook show.
    """

    name: str
    drawn: Picture | Callable[[], Picture]
    frame: pd.DataFrame
    title: str
    alt: str
    finding: str = ""

    @cached_property
    def picture(self) -> Picture:
        """The picture, drawn when somebody looks."""
        return self.drawn if isinstance(self.drawn, Picture) else self.drawn()

    @cached_property
    def svg(self) -> str:
        """The picture as SVG; a small screen has no pointer to hover with."""
        return write_svg(self.picture, self.alt, small=self.name.endswith(NARROW))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return make_image(self.svg, self.alt)
