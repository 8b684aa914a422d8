"""What Typst leaves to do for a PDF: the heads of rows among its tags, links to places in another file, and its size.

Typst tags the cells of a table's head, and lets each cell below name those of its column. A cell that heads its row it
can tag only with its feature `a11y-extras`, which its Python package does not switch on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String


def finish(pdf: bytes, places: Sequence[tuple[str, int, float]] = (), other: str = "") -> bytes:
    """Return a PDF in which the first cell of each row heads it (ISO 14289-1, 7.5), written as small as it can be.

    Of the attributes of a cell that say how it looks none is kept: what a page shows says the same. A link to a place
    in the file `other` becomes one that a reader of PDF follows without a browser (ISO 32000-1, 12.6.4.3); the
    `places` of this file to which such links lead are named: by their page from 1 and their share of its height.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, named = opened.Root.StructTreeRoot, {}
        for number, element in enumerate(_walk(root.K)):
            if element.S == Name.TR:
                _name_row(element, String(f"row-{number}"))
            if "/ID" in element:
                named[bytes(element.ID)] = element
        pairs = [part for name in sorted(named) for part in (String(name), named[name])]
        _name_places(opened, places)
        for page in opened.pages if other else ():
            for note in page.get("/Annots", Array()):
                _lead_on(note, other)
        root.IDTree = opened.make_indirect(Dictionary(Names=Array(pairs)))
        small = io.BytesIO()
        opened.save(small, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return small.getvalue()


def _name_row(row: Any, name: String) -> None:
    """Make the first cell of a row below the head a header, and let the other cells of the row name it."""
    cells = list(row.K)
    heads = cells[0].S == Name.TD
    for cell in cells:
        cell.A = next(attributes for attributes in cell.A if Name.Table == attributes.O)
        if heads and cell != cells[0]:
            cell.A.Headers.append(name)
    if heads:
        cells[0].S, cells[0].ID, cells[0].A.Scope = Name.TH, name, Name.Row


def _name_places(pdf: pikepdf.Pdf, places: Sequence[tuple[str, int, float]]) -> None:
    """Name places, so that another file can lead there (ISO 32000-1, 12.3.2.3)."""
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    if "/Dests" not in pdf.Root.Names:
        pdf.Root.Names.Dests = NameTree.new(pdf).obj
    known = NameTree(pdf.Root.Names.Dests)
    for name, number, share in places:
        page = pdf.pages[number - 1]
        bottom, top = float(page.mediabox[1]), float(page.mediabox[3])
        known[name] = Array([page.obj, Name.XYZ, 0, round(top - share * (top - bottom), 2), 0])


def _lead_on(note: Any, other: str) -> None:
    """Let a link to a place in another file lead there."""
    file, _, place = str(note.get("/A", Dictionary()).get("/URI", "")).partition("#")
    if file == other and place:
        named = Dictionary(Type=Name.Filespec, F=String(other), UF=String(other))
        note.A = Dictionary(Type=Name.Action, S=Name.GoToR, F=named, D=String(place))


def _walk(part: Any) -> Iterator[Any]:
    """Yield the elements of the tags of a PDF in reading order."""
    for one in part if isinstance(part, Array) else [part]:
        if isinstance(one, Dictionary) and "/S" in one:
            yield one
            yield from _walk(one.get("/K", Array()))
