"""Tables to pictures. In: tables of an edition, and the labels of a language. Out: charts, and their files.

style             sizes, fonts and colours of all charts, and how wide a text is drawn
drawing           shapes, marks and words, and axes of time, reckoned in pixels
chart             a picture with its title, words and table
heading           a chart with its finding above it and its source below, so that it stands alone
svg               a drawing as SVG, and SVG as PNG
matrix            a matrix of cells, with the names beside it, and that of all relations
net_bars          how those that matter act towards each other, as net bars
relation_series   the course of dyads, in the phases of the case
bars              counts as bars in parts, likelihoods, how often probabilities are right
ladder_chart      how far an actor went for a partner, from words to force
timeline          the events in time, on pages
own               charts of one's own, found by themselves
plots             figures of plotly with real axes, for analysts to change
render            all that step 04 draws; charts to svg, png and csv
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
