"""The tags of a PDF, by which screen readers find their way: what WeasyPrint leaves out of them."""

from __future__ import annotations

from typing import Any

import pydyf


def mend_tags(_: Any, pdf: Any) -> None:
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
    holders = {}
    for reference, element in elements.items():
        if element.get("S") == "/Span" and [type(kid) for kid in element["K"]] == [int]:
            above = elements[element["P"]]
            if above.get("Pg") == element["Pg"]:
                above["K"][above["K"].index(reference)] = element["K"][0]
                holders[reference] = element["P"]
                element.clear()  # pydyf would count a freed object wrongly
    (root,) = [one for one in elements.values() if one.get("Type") == "/StructTreeRoot"]
    for entry in elements[root["ParentTree"]]["Nums"]:
        if isinstance(entry, list):
            entry[:] = [holders.get(reference, reference) for reference in entry]
