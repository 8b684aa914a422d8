"""The report as PDF, set by Typst: accessible (PDF/UA-1) and fit for archives (PDF/A-3a), with its tables attached.

What a report says goes to Typst as data, its look is one template that no report changes. So no word of a source is
ever read as markup, and nothing is fetched: the templates are all that Typst may read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from lagebild.charts.fonts import FONTS
from lagebild.core.paths import TEMPLATES, InputError
from lagebild.report.paper import Node, break_words
from lagebild.report.pdf_finish import finish

LOG = logging.getLogger(__name__)
STANDARDS: tuple[Literal["ua-1", "a-3a"], ...] = ("ua-1", "a-3a")
HEAD = 64  # letters of the title that a running head has room for
KINDS = {".csv": "text/csv", ".json": "application/json"}
# What Typst says of a letter that no font has; neither standard allows one.
NO_LETTER = ("could not be displayed", "contains the codepoint")


def set_pdf(
    nodes: Sequence[Node], drawings: Sequence[str], facts: Mapping[str, str], files: Mapping[str, str]
) -> bytes:
    """Return the PDF of a report: `nodes` as `read_paper` gives them, `facts` and `files` those of its notebook.

    The same input gives the same bytes on every machine, for the font comes with the program. Only where it lacks a
    letter, such as of an Arabic title, the fonts of the system help out; a letter that those lack, too, costs the PDF
    its claim to the standards.

    Raises
    ------
    InputError
        If the report cannot be set.
    """
    attached = [
        {"name": name, "content": content, "kind": KINDS.get(Path(name).suffix, "text/plain")}
        for name, content in files.items()
    ]
    title = facts["title"]
    head = title if len(title) <= HEAD else f"{title[: HEAD - 1]}…"
    given = {"tree": nodes, "drawings": drawings, "facts": {**facts, "head": break_words(head)}, "files": attached}
    return finish(_compile(json.dumps(given), datetime.fromisoformat(facts["as_of"]).replace(tzinfo=UTC)))


def _compile(given: str, day: datetime) -> bytes:
    """Return the PDF of what a report says.

    Raises
    ------
    InputError
        If Typst refuses it.
    """
    fault = ""
    for system_fonts, standards in ((False, STANDARDS), (True, STANDARDS), (True, ())):
        fonts = typst.Fonts(include_system_fonts=system_fonts, font_paths=[FONTS])
        template, inputs = (TEMPLATES / "report.typ").read_bytes(), {"report": given}
        compiler = typst.Compiler(template, root=TEMPLATES, font_paths=fonts, sys_inputs=inputs)
        try:
            made = compiler.compile(format="pdf", pdf_standards=[*standards], timestamp=int(day.timestamp()))
        except typst.TypstError as error:
            fault = error.message
            if not any(words in fault for words in NO_LETTER):
                break
        else:
            assert isinstance(made, bytes)  # other formats come as a list of pages
            if not standards:
                LOG.warning("The PDF claims neither PDF/UA nor PDF/A, for no font has all of its letters: %s", fault)
            return made
    raise InputError(
        f"The PDF cannot be set: {fault}; correct the cells tagged `report` if they are your own, "
        "else report/templates/report.typ."
    )
