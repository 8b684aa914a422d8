"""A picture as SVG, small, without styles of its own, with links to the evidence; and SVG as PNG.

The content security policy of a report lets no element style itself (CSP 3, `style-src-attr`), so attributes say how
everything looks: those that neighbours share are said once, by a group. Nothing has an id: several pictures may stand
in one page. Texts come from anywhere, and are escaped. Typst draws the images: no browser, and no font but those that
the package brings.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import chain, groupby
from math import sqrt
from typing import NamedTuple

import typst
from PIL import Image

from lagebild.charts.drawing import Mark, Picture, Point, Shape, Text
from lagebild.charts.style import CLEAR, FONT, FONTS, INK, TEXT, WHITE, has_letters
from lagebild.core import InputError

# --- SVG to PNG ---

SCALE = 1.25  # pixels of the image for one of the drawing
PAGES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for svg in json(bytes(sys.inputs.drawings)) { page(image(bytes(svg), format: "svg")) }"""


def draw_images(drawings: Sequence[str], scale: float = SCALE) -> list[bytes]:
    """Return drawings in SVG as PNG, `scale` pixels for one of the drawing.

    Letters that Inter lacks are taken from the fonts of the machine.

    Raises
    ------
    InputError
        If what is given is no drawing.
    """
    if not drawings:
        return []
    own = all(map(has_letters, drawings))
    fonts = typst.Fonts(include_system_fonts=not own, include_embedded_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(PAGES, root=FONTS, font_paths=fonts, sys_inputs={"drawings": json.dumps(drawings)})
    try:
        pages = compiler.compile(format="png", ppi=96 * scale)
    except typst.TypstError as error:
        raise InputError(f"A drawing cannot be made a picture: {error.message}; run the notebook again.") from None
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page]


def shrink_images(images: Sequence[bytes]) -> list[bytes]:
    """Return pngs with half as many bytes, for a file that holds many of them; it takes as long as drawing them did."""
    with ThreadPoolExecutor() as threads:  # Pillow lets others run while it counts colours
        return list(threads.map(_shrink, images))


def _shrink(image: bytes) -> bytes:
    """Return a png with a palette: with fewer colours the cells of a matrix would take on those of others."""
    buffer = io.BytesIO()
    whole = Image.open(io.BytesIO(image)).convert("RGB")
    # To pack it as tightly as can be takes six times as long, for a twentieth less.
    whole.quantize(256, dither=Image.Dither.NONE).save(buffer, "png", compress_level=6)
    return buffer.getvalue()


# --- Pictures to SVG ---

BREAK = 1.3  # from line to line, in font sizes
RISE = 0.364  # from the middle of a line of Inter down to its baseline, in font sizes
ANCHORS = {"left": "", "center": "middle", "right": "end"}
POINTERS, WEIGHTS = {True: "", False: "none"}, {True: "bold", False: ""}
FINGER = 12.0  # pixels from which on a bar is a link on a small screen
INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no such characters


class _Element(NamedTuple):
    """An element: its tag, its place, what it shares with others, what stands in it, and the link round it."""

    tag: str
    place: str
    look: tuple[str, ...]
    inner: str = ""
    link: tuple[str, str] = ("", "")


def write_svg(picture: Picture, alt: str, small: bool = False) -> str:
    """Return a picture as SVG whose title is the alternative text.

    Each mark, label and named shape is linked to what it stands for and tells its particulars on hovering, so the
    drawing needs no script to lead to its sentences. The links are left out of the order of the tabulator key, since
    the table beside the chart holds the same ones. What a mark tells, the label of the same event need not tell again.
    On a `small` screen one does not hover, and the links are the labels, and broad bars that have none: a mark is
    smaller than a finger.
    """
    drawing, width, height = picture
    labelled = {text.name for text in drawing.words}
    told: set[tuple[str, str]] = set()
    elements: dict[type, list[_Element]] = {Shape: [], Mark: [], Text: []}
    items: tuple[Shape | Mark | Text, ...] = (*drawing.shapes, *drawing.marks, *drawing.words)
    for item in items:
        if isinstance(item, Mark) and item.colour == CLEAR and (small or not (item.name or item.hover)):
            continue
        link = "", ""
        if not small:
            link = _link(item, "" if (item.name, item.hover) in told else item.hover)
            told.add((item.name, item.hover))
        elif isinstance(item, Text) or (item.name not in labelled and isinstance(item, Shape) and _is_broad(item)):
            link = _link(item, "")
        elements[type(item)].append(_Element(*_write_item(item), link=link))
    elements[Text].sort(key=lambda element: element.look)
    inked = "".join(chain(*map(_nest, elements.values())))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="{TEXT}" fill="{_hex(INK)}">'
        f'<title>{_clean(alt)}</title><path fill="{_hex(WHITE)}" d="M0 0h{width}v{height}H0z"/>'
        f"{inked}</svg>"
    )


def encode_svg(svg: str) -> str:
    """Return the address of a drawing that holds it whole, for an image."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def make_image(svg: str, alt: str) -> dict[str, str]:
    """Return a drawing as the output of a cell: as an image, since nbconvert gives a plain SVG no alternative text."""
    return {"text/html": f'<img src="{encode_svg(svg)}" alt="{escape(alt)}">', "text/plain": alt}


def _link(item: Shape | Mark | Text, hover: str) -> tuple[str, str]:
    """Return the ends of the link round a drawn thing, with what it tells on hovering."""
    title = f"<title>{_clean(hover)}</title>"
    if item.name and hover:
        return f'<a href="#{_clean(item.name)}" tabindex="-1">{title}', "</a>"
    if item.name:
        return f'<a href="#{_clean(item.name)}" tabindex="-1">', "</a>"
    if hover:
        return f"<g>{title}", "</g>"
    return "", ""


def _is_broad(shape: Shape) -> bool:
    """Whether a finger finds a bar, about: its neighbours in a row are other bars of the same course."""
    lefts, tops = zip(*shape.points, strict=True)
    return bool(max(lefts) - min(lefts) >= FINGER and max(tops) - min(tops) >= FINGER)


def _nest(pieces: Sequence[_Element], depth: int = 0) -> Iterator[str]:
    """Yield the elements in order; what neighbours say alike is said by a group; `depth` is how much one round says."""
    for head, run in groupby(pieces, key=lambda piece: piece.look[depth : depth + 1]):
        alike = list(run)
        if not head or len(alike) == 1:
            yield from (_write(piece, depth) for piece in alike)
            continue
        until = depth + 1
        while len({piece.look[: until + 1] for piece in alike}) == 1 and len(alike[0].look) > until:
            until += 1
        yield f"<g {' '.join(alike[0].look[depth:until])}>"
        yield from _nest(alike, until)
        yield "</g>"


def _write(piece: _Element, depth: int) -> str:
    start = " ".join([piece.tag, *piece.look[depth:], piece.place])
    element = f"<{start}>{piece.inner}</{piece.tag}>" if piece.inner else f"<{start}/>"
    return element.join(piece.link)


def _write_item(item: Shape | Mark | Text) -> tuple[str, str, tuple[str, ...], str]:
    """Return tag, place, look and content of a drawn thing."""
    if isinstance(item, Text):
        return "text", *_write_text(item)
    return *(_write_mark(item) if isinstance(item, Mark) else _write_shape(item)), ""


def _write_shape(shape: Shape) -> tuple[str, str, tuple[str, ...]]:
    """Return tag, place and look of a shape."""
    (x0, y0), (x1, y1), *_ = shape.points
    look = _outline(shape.stroke, shape.width, shape.dash)
    if shape.fill:
        look += (f'fill="{_hex(shape.fill)}"', *_say("fill-opacity", _number(shape.opacity), "1"))
    elif len(shape.points) > 2 or shape.form != "line":
        look += ('fill="none"',)
    if shape.form == "circle":
        return "circle", _circle((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2), look
    if shape.form == "rect":
        wide, high = _number(x1 - x0), _number(y1 - y0)
        return "path", f'd="M{_point(x0, y0)}h{wide}v{high}h-{wide}z"', look
    return "path", f'd="{_path(shape.points)}{"z" if shape.form == "area" else ""}"', look


def _write_mark(mark: Mark) -> tuple[str, str, tuple[str, ...]]:
    """Return tag, place and look of a mark."""
    kind, x, y, r = mark.symbol.removesuffix("-open"), mark.x, mark.y, mark.size / 2
    if mark.colour == CLEAR:
        look: tuple[str, ...] = ('fill-opacity="0"',)
    else:
        look = _outline(mark.edge or mark.colour, mark.width, "")
        look += (f'fill="{"none" if mark.symbol.endswith("-open") else _hex(mark.colour)}"',)
    if kind == "circle":
        return "circle", _circle(x, y, r), look
    if kind == "x-thin":
        return "path", f'd="{_path(((x - r, y - r), (x + r, y + r)))}{_path(((x + r, y - r), (x - r, y + r)))}"', look
    up = {"triangle-up": 1, "triangle-down": -1}[kind]
    half = r * 2 / sqrt(3)
    return "path", f'd="{_path(((x - half, y + up * r / 2), (x + half, y + up * r / 2), (x, y - up * r)))}z"', look


def _write_text(words: Text) -> tuple[str, tuple[str, ...], str]:
    """Return place, look and lines of words."""
    look = (
        *_say("pointer-events", POINTERS[bool(words.name)]),  # the number of a cell lies on its link
        *_say("font-size", _number(words.size), _number(TEXT)),
        *_say("font-weight", WEIGHTS[words.bold]),
        *_say("fill", _hex(words.colour), _hex(INK)),
        *_say("text-anchor", ANCHORS[words.anchor]),
    )
    turned = ""
    if words.angle:
        turned = f'transform="rotate({words.angle} {_point(words.x, words.y)})"'
    first = words.y + words.size * (RISE - BREAK * (len(words.lines) - 1) / 2)
    places = [f'x="{_number(words.x)}" y="{_number(first + n * BREAK * words.size)}"' for n in range(len(words.lines))]
    if len(places) == 1:
        return f"{places[0]} {turned}".strip(), look, _clean(words.lines[0])
    lines = zip(places, words.lines, strict=True)
    return turned, look, "".join(f"<tspan {place}>{_clean(line)}</tspan>" for place, line in lines)


def _outline(stroke: str, width: float, dash: str) -> tuple[str, ...]:
    if not stroke:
        return ()
    widths, dashes = _say("stroke-width", _number(width), "1"), _say("stroke-dasharray", dash)
    return *_say("stroke", _hex(stroke)), *widths, *dashes


def _say(name: str, value: str, usual: str = "") -> tuple[str, ...]:
    """Return an attribute, unless it has its usual value."""
    if value == usual:
        return ()
    return (f'{name}="{value}"',)


def _circle(x: float, y: float, radius: float) -> str:
    return f'cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"'


def _path(points: Sequence[Point]) -> str:
    """Return a path through points; what runs level or upright says one number only."""
    (x, y), *rest = [(_number(x), _number(y)) for x, y in points]
    path = f"M{x} {y}"
    for right, down in rest:
        path += f"H{right}" if down == y else f"V{down}" if right == x else f"L{right} {down}"
        x, y = right, down
    return path


def _point(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _hex(colour: str) -> str:
    long = colour.lower()
    return long[0] + long[1::2] if long[1::2] == long[2::2] else long


def _clean(text: str) -> str:
    return escape(INVALID.sub("", text))
