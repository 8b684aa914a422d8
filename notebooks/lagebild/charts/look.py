"""What all charts share: their sizes, fonts and colours."""

from __future__ import annotations

WIDTH = 720  # pixels; fills the text column of an A4 page
FONT = "Inter, DejaVu Sans, sans-serif"
PHONE = 344  # pixels that a small screen has for a picture of the first page
TEXT = 11
LEADING = 1.26  # from line to line, in font sizes; the boxes of Inter are 1.21 high
NARROW = "-narrow"  # ends the name of the chart for a small screen beside the one for the page
COLOURS = {1: "#0072B2", -1: "#C04A00", 0: "#5F5F5F"}  # Okabe and Ito (2008), the orange darkened for contrast
FAINT = {1: "#5B9BC8", -1: "#D17A45", 0: "#949494"}  # the same, of what nobody dates: three to one on white
INK, SOFT, RULE, GRID, PALE, WHITE = "#222222", "#555555", "#C9C9C9", "#E8E8E8", "#F4F1EA", "#FFFFFF"
CLEAR = "rgba(0,0,0,0)"  # of a mark that shows nothing, but tells on hovering
MARKS = {1: "triangle-up", -1: "triangle-down", 0: "circle"}  # direction shown by form, so that greyscale is enough
