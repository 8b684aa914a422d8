"""SVG to PNG, by Typst: no browser, and no font but those that the package brings."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import typst
from PIL import Image

from lagebild.charts.fonts import FONTS, has_letters
from lagebild.core.paths import InputError

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
