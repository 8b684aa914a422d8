"""A chart: a picture with what one needs to read it without eyes or colour, and as a figure of plotly to explore.

The axes of the figure are pixels, from the top left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.drawing import Mark, Picture, Shape, Text, escape
from lagebild.charts.style import CLEAR, FONT, INK, NARROW, TEXT, WHITE
from lagebild.charts.svg import make_image, write_svg

SIDES = {"left": "middle right", "right": "middle left", "center": "middle center"}  # plotly names the other side


def assemble(picture: Picture) -> dict[str, Any]:
    """Return data and layout of the figure of a picture, as plotly's JSON has them."""
    drawing, width, height = picture
    bent = [shape for shape in drawing.shapes if _is_bent(shape)]
    marks = [*map(_mark_shape, (shape for shape in drawing.shapes if shape.hover or shape.name)), *drawing.marks]
    level = sorted((text for text in drawing.words if not text.angle), key=_get_look)
    axis = {"visible": False, "fixedrange": True}
    return {
        "data": [
            *(_trace(line.points, "lines") | {"line": _stroke(line), "hoverinfo": "skip"} for line in bent),
            *([_trace_marks(marks)] if marks else []),
            *(_trace_words(list(group)) for _, group in groupby(level, key=_get_look)),
        ],
        "layout": {
            "width": width,
            "height": height,
            "margin": dict.fromkeys("lrtb", 0),
            "font": {"family": FONT, "size": TEXT, "color": INK},
            "plot_bgcolor": WHITE,
            "paper_bgcolor": WHITE,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"font": {"family": FONT}},
            "shapes": [_draw_shape(shape) for shape in drawing.shapes if not _is_bent(shape)],
            "annotations": [_annotate(text) for text in drawing.words if text.angle],
            "xaxis": axis | {"range": [0, width]},
            "yaxis": axis | {"range": [height, 0]},
        },
    }


def _is_bent(shape: Shape) -> bool:
    return shape.form == "line" and len(shape.points) > 2


def _draw_shape(shape: Shape) -> dict[str, Any]:
    (x0, y0), (x1, y1), *_ = shape.points
    place: dict[str, Any] = {"type": shape.form, "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    if shape.form == "area":
        place = {"type": "path", "path": f"M{' L'.join(f'{x},{y}' for x, y in shape.points)} Z"}
    line = _stroke(shape) if shape.stroke else {"width": 0}
    fill = {"fillcolor": shape.fill, "opacity": shape.opacity} if shape.fill else {}
    return place | fill | {"line": line, "layer": "below"}


def _mark_shape(shape: Shape) -> Mark:
    """Return the unseen mark in a shape that tells on hovering what plotly lets no shape tell."""
    (x0, x1), (y0, y1) = ((min(part), max(part)) for part in zip(*shape.points, strict=True))
    size = round(min(x1 - x0, y1 - y0), 2)
    return Mark(round((x0 + x1) / 2, 2), round((y0 + y1) / 2, 2), "square", CLEAR, size, shape.name, shape.hover)


def _stroke(shape: Shape) -> dict[str, Any]:
    return {"color": shape.stroke, "width": shape.width, "dash": shape.dash or "solid"}


def _trace_marks(marks: Sequence[Mark]) -> dict[str, Any]:
    look = {
        "symbol": [mark.symbol for mark in marks],
        "size": [mark.size for mark in marks],
        "color": [mark.colour for mark in marks],
        "line": {"width": [mark.width for mark in marks], "color": [mark.edge or mark.colour for mark in marks]},
        "opacity": 1,  # plotly makes marks of several sizes translucent
    }
    return _trace([(mark.x, mark.y) for mark in marks], "markers") | {"marker": look} | _describe(marks)


def _trace_words(words: Sequence[Text]) -> dict[str, Any]:
    first = words[0]
    return (
        _trace([(text.x, text.y) for text in words], "text")
        | {"text": [_mark_up(text) for text in words], "textposition": SIDES[first.anchor]}
        | {"textfont": {"size": first.size, "color": first.colour}}
        | (_describe(words) if first.name else {"hoverinfo": "skip"})
    )


def _trace(points: Sequence[tuple[float, float]], mode: str) -> dict[str, Any]:
    x, y = ([point[end] for point in points] for end in (0, 1))
    return {"type": "scatter", "x": x, "y": y, "mode": mode, "showlegend": False, "cliponaxis": False}


def _describe(named: Sequence[Mark | Text]) -> dict[str, Any]:
    return {
        "customdata": [[item.name] for item in named],
        "hovertext": [item.hover for item in named],
        "hovertemplate": ["%{hovertext}<extra></extra>" if item.hover else "<extra></extra>" for item in named],
    }


def _annotate(words: Text) -> dict[str, Any]:
    ends = {"left": "bottom", "right": "top", "center": "middle"}  # of what runs upwards
    look = {"font": {"size": words.size, "color": words.colour}, "showarrow": False, "textangle": words.angle}
    place = {"x": words.x, "y": words.y, "xanchor": "center", "yanchor": ends[words.anchor]}
    return place | look | {"text": _mark_up(words), "align": words.anchor}


def _get_look(words: Text) -> tuple[str, float, str, bool]:
    return words.anchor, words.size, words.colour, bool(words.name)


def _mark_up(words: Text) -> str:
    text = "<br>".join(map(escape, words.lines))
    return f"<b>{text}</b>" if words.bold else text


BAR = 30  # pixels that the bar of plotly is high


@dataclass(frozen=True)
class Chart:
    """A picture with its title, an alternative text, the table that it draws, and what it shows in a sentence.

    What draws it may stand for the picture: a report takes all but the drawing from here, and that from its file. As
    the output of a cell it is a figure to explore, and beside it a drawing for every export of the notebook.
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
        shown = {"application/vnd.plotly.v1+json": figure | {"layout": layout | loose}}
        return shown | make_image(self.svg, self.alt)
