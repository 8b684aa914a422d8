"""A part of the report as PDF, set by Typst: accessible (PDF/UA-1) and fit for archives (PDF/A-3a), tables attached.

What a report says goes to Typst as data, its look is one template that no report changes. So no word of a source is
ever read as markup, and nothing is fetched: the templates are all that Typst may read. What Typst leaves to do is done
to the PDF afterwards: the heads of rows among its tags, links to places in the other file, and its size.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, NameTree, String

from lagebild.charts import FONTS
from lagebild.core import InputError, folders
from lagebild.report.paper import Node, Printed, break_words, walk

# --- What Typst Leaves to Do ---
# Typst tags the cells of a table's head, and lets each cell below name those of its column. A cell that heads its row
# it can tag only with its feature `a11y-extras`, which its Python package does not switch on.


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
        ids = Array()
        for name in sorted(named):
            ids.extend([String(name), named[name]])
        _name_places(opened, places)
        for page in opened.pages if other else ():
            for note in page.get("/Annots", Array()):
                if action := _find_action(note, other):
                    note.A = action
        root.IDTree = opened.make_indirect(Dictionary(Names=ids))
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


def _find_action(note: Any, other: str) -> Dictionary | None:
    """Return what leads to a place in the file `other` if a link does; else nothing."""
    file, _, place = str(note.get("/A", Dictionary()).get("/URI", "")).partition("#")
    if file != other or not place:
        return None
    named = Dictionary(Type=Name.Filespec, F=String(other), UF=String(other))
    return Dictionary(Type=Name.Action, S=Name.GoToR, F=named, D=String(place))


def _walk(part: Any) -> Iterator[Any]:
    """Yield the elements of the tags of a PDF in reading order."""
    for element in part if isinstance(part, Array) else [part]:
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            yield from _walk(element.get("/K", Array()))


# --- What Typst Does ---

# Returns what Typst makes of a text of JSON: from before, or by the function that makes it.
Remember = Callable[[str, Callable[[], bytes]], bytes]
LOGGER = logging.getLogger(__name__)
STANDARDS: tuple[Literal["ua-1", "a-3a"], ...] = ("ua-1", "a-3a")
HEAD = 64  # letters of the title that a running head has room for
KINDS = {".csv": "text/csv", ".json": "application/json"}
# What Typst says of a letter that no font has; neither standard allows one.
NO_LETTER = ("could not be displayed", "contains the codepoint")


def make_anew(given: str, make: Callable[[], bytes]) -> bytes:
    """Remember nothing."""
    return make()


def set_parts(
    parts: Mapping[str, Printed],
    facts: Mapping[str, str],
    files: Mapping[str, str],
    remember: Remember = make_anew,
) -> dict[str, bytes]:
    """Return the parts of a report as PDF; `facts` and `files` are those of its notebook.

    The annex is most of the work, and few words of the analysts stand in it: `remember` may know it from before.

    The annex is set first, since what is said names its pages. What leads from one part to the other leads to a place
    there if the two files lie side by side.

    Raises
    ------
    InputError
        If a part cannot be set.
    """
    named = (facts["case"], facts["as_of"], facts["language"], facts["format"])
    made, pages = {}, dict[str, int]()
    for part, other in ((folders.ANNEX, ""), ("", folders.ANNEX)):
        asked = sorted({node["far"] for node in walk(parts[other].nodes) if "far" in node})
        part_facts = {**facts, "part": part, "other": folders.name_report(*named, other)}
        if part == folders.ANNEX:
            part_facts.pop("words", "")  # else it were made anew with each word of the brief
        known = remember if part == folders.ANNEX else make_anew
        made[part], pages = set_pdf(*parts[part], part_facts, files, pages, asked, known)
    return made


def set_pdf(
    nodes: Sequence[Node],
    drawings: Sequence[str],
    facts: Mapping[str, str],
    files: Mapping[str, str],
    pages: Mapping[str, int] | None = None,
    asked: Sequence[str] = (),
    remember: Remember = make_anew,
) -> tuple[bytes, dict[str, int]]:
    """Return the PDF of a part of a report, and on which of its pages what is `asked` for stands.

    `nodes` and `drawings` are as `read_paper` gives them. The fact `other` names the file to which what leads to the
    other part leads on, `pages` on which of its pages what stands.

    The same input gives the same bytes on every machine, for the font comes with the program. Only where it lacks a
    letter, such as of an Arabic title, the fonts of the system help out; a letter that those lack, too, costs the PDF
    its claim to the standards.

    Raises
    ------
    InputError
        If it cannot be set.
    """
    attached = []
    for name, content in files.items():
        kind = KINDS.get(Path(name).suffix, "text/plain")
        attached.append({"name": name, "content": content, "kind": kind})
    title = facts["title"]
    head = title if len(title) <= HEAD else f"{title[: HEAD - 1]}…"
    given = {"tree": nodes, "drawings": drawings, "facts": {**facts, "head": break_words(head)}, "files": attached}
    day = datetime.fromisoformat(facts["as_of"]).replace(tzinfo=UTC)
    request = json.dumps(given | {"pages": pages or {}, "asked": asked})
    listed, _, made = remember(request, lambda: _compile(request, day)).partition(b"\n")
    places = json.loads(listed)
    return finish(made, places, facts.get("other", "")), {name: page for name, page, _ in places}


def _compile(given: str, day: datetime) -> bytes:
    """Return the PDF of what a report says, after a line of JSON: of each place asked for its name, page and height.

    Raises
    ------
    InputError
        If Typst refuses it.
    """
    fault = ""
    for system_fonts, standards in ((False, STANDARDS), (True, STANDARDS), (True, ())):
        fonts = typst.Fonts(include_system_fonts=system_fonts, font_paths=[FONTS])
        template = str(folders.TEMPLATES / "report.typ")
        compiler = typst.Compiler(template, root=folders.TEMPLATES, font_paths=fonts, sys_inputs={"report": given})
        try:
            made = compiler.compile(format="pdf", pdf_standards=[*standards], timestamp=int(day.timestamp()))
        except typst.TypstError as error:
            fault = error.message
            if not any(words in fault for words in NO_LETTER):
                break
        else:
            assert isinstance(made, bytes)  # other formats come as a list of pages
            if not standards:
                LOGGER.warning("The PDF claims neither PDF/UA nor PDF/A, for no font has all of its letters: %s", fault)
            places = json.loads(compiler.query("<places>", field="value", one=True))
            return json.dumps(places).encode() + b"\n" + made
    raise InputError(
        f"The PDF cannot be set: {fault}; correct the cells tagged `report` if they are your own, "
        "else report/templates/report.typ."
    )
