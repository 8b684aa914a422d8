"""What WeasyPrint leaves to do for a PDF: true page numbers, tags by which screen readers find their way, its size."""

from __future__ import annotations

import re
from typing import Any

import pydyf
import weasyprint
from weasyprint.pdf.stream import Stream

from lagebild.core.paths import InputError

VARIANT = "pdf/ua-1"
LAYOUTS = 8  # the reports of the first case settle in two or three
SILENT = ("/Span", "/NonStruct")  # elements that say nothing of the words in them
MORE = re.compile(rb"(\.\d{3})\d+")


def lay_out(page: weasyprint.HTML) -> weasyprint.Document:
    """Return the page laid out on sheets, each link into it with the number of the sheet it leads to in `data-page`.

    The numbers are those of the layout before, until they are its own. WeasyPrint's `target-counter` would fill them in
    while it lays out: a note that moves to the next sheet then leaves the numbers of the sheets after it behind.

    Raises
    ------
    InputError
        If the numbers move the sheets that they name, and so never come true.
    """
    links = [
        (link, link.get("href")[1:]) for link in page.etree_element.iter("a") if link.get("href", "").startswith("#")
    ]
    sheets: dict[str, int] = {}
    for _ in range(LAYOUTS):
        for link, anchor in links:
            link.set("data-page", str(sheets.get(anchor, "")) if sheets else "00")  # room for two digits
        document = page.render(pdf_variant=VARIANT)
        before, sheets = sheets, {}
        for number, sheet in enumerate(document.pages, start=1):
            sheets = dict.fromkeys(sheet.anchors, number) | sheets
        if sheets == before:
            return document
    raise InputError(f"The page numbers of the PDF do not settle in {LAYOUTS} layouts: choose another --paper for it.")


def finish(_: Any, pdf: Any) -> None:
    """Mend the tags of a PDF, and write its numbers as short as they can be."""
    mend_tags(pdf)
    round_numbers(pdf)


def mend_tags(pdf: Any) -> None:
    """Add to the tags of a PDF what WeasyPrint leaves out, and take out what says nothing.

    Header cells say whether they head a row or a column, items of lists have a body (ISO 14289-1, 7.5 and 7.6), links
    are printed as they are shown (7.18.1), and words belong to their paragraph, not to a span for each line.
    """
    # https://github.com/Kozea/WeasyPrint/issues/2508 (header cells), 2497 (bodies of items), 2482 (spans): all open
    elements = {one.reference: one for one in pdf.objects if hasattr(one, "get")}
    for element in list(elements.values()):
        if element.get("Subtype") == "/Link":
            element["F"] = 4
        if element.get("S") == "/TH":
            part = elements[elements[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"
        if element.get("S") == "/LI":
            inside = [kid for kid in element["K"] if elements[kid]["S"] != "/Lbl"]
            if not any(elements[kid]["S"] == "/LBody" for kid in inside):
                body = pydyf.Dictionary({**element, "S": "/LBody", "K": pydyf.Array(inside), "P": element.reference})
                pdf.add_object(body)
                elements[body.reference] = body
                for kid in inside:
                    elements[kid]["P"] = body.reference
                element["K"] = pydyf.Array([kid for kid in element["K"] if kid not in inside] + [body.reference])
    free_spans(pdf, elements)


def free_spans(pdf: Any, elements: dict[bytes, Any]) -> None:
    """Take elements out of the tags of a PDF that say nothing of the words in them: a twentieth of the file."""
    free = pydyf.Object()
    free.free, free.generation = "f", 65535  # never used again (ISO 32000-1, 7.5.4); pydyf miscounts a lower one
    holders: dict[bytes, bytes] = {}
    for reference, element in reversed(elements.items()):  # what lies in another element comes after it
        says = element.keys() - {"Type", "S", "P", "Pg", "K"}  # such as another language
        if element.get("S") in SILENT and not says and [type(kid) for kid in element["K"]] == [int]:
            above = elements[element["P"]]
            if above.get("Pg") == element["Pg"]:
                above["K"][above["K"].index(reference)] = element["K"][0]
                holders[reference] = element["P"]
                pdf.objects[element.number] = free
    for reference in holders:
        while holders[reference] in holders:
            holders[reference] = holders[holders[reference]]
    (root,) = [one for one in elements.values() if one.get("Type") == "/StructTreeRoot"]
    for entry in elements[root["ParentTree"]]["Nums"]:
        if isinstance(entry, list):
            entry[:] = [holders.get(reference, reference) for reference in entry]


def round_numbers(pdf: Any) -> None:
    """Write what the pages of a PDF draw with three decimals instead of six: a thousandth of a point is no distance.

    A scale (operator cm) stays as it is: it is multiplied by the width of a page.
    """
    for one in pdf.objects:
        if isinstance(one, Stream):  # WeasyPrint's own: neither fonts nor attachments are
            one.stream = [_round(line) for line in one.stream]
        elif hasattr(one, "get") and one.get("Subtype") == "/Link":
            one["Rect"] = pydyf.Array([round(edge, 2) for edge in one["Rect"]])


def _round(line: bytes | str) -> bytes | str:
    return MORE.sub(rb"\1", line) if isinstance(line, bytes) and not line.endswith(b"cm") else line
