"""Articles to a case that there is: new sources behind the old ones, and a new edition; nothing that stands is touched.

Ids never change, so that what people decided stays valid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from lagebild.core.appending import append_case
from lagebild.core.case import read_case_file
from lagebild.core.edtf import day
from lagebild.core.files import lock_folder, write_bytes
from lagebild.core.paths import InputError, Paths
from lagebild.corpus.filing import Held, file_articles, read_today, tabulate, write_texts
from lagebild.corpus.inputs import Inputs, read_inputs
from lagebild.corpus.intake import Given, read_articles
from lagebild.corpus.newcase import Made

LINE_END = re.compile(r"\r?\n|\Z")
NUMBER = re.compile(r"S(\d{1,6})(?=\.|\Z)")  # of a source, in its id or in the name of its text


def add_articles(paths: Paths, files: Sequence[str], given: Given, as_of: str = "") -> Made:
    """Add files to a case, and the edition `as_of` if it is given.

    Texts are written first and rows last: whoever stops the program between the two leaves files that no row names, and
    the next addition takes other numbers.

    Raises
    ------
    InputError
        If the case cannot be read, a file is no article, or all of them are there already.
    """
    edition = day(as_of, "as-of") if as_of else ""
    try:
        with lock_folder(paths.texts):  # who adds at the same time waits: both would give the same numbers
            made = _add(read_inputs(paths), files, given) if files else Made([], [], [])
            if edition and edition not in read_case_file(paths).editions:
                add_edition(paths, edition)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/texts cannot be written ({error.strerror}): check rights and free space."
        ) from None
    return made


def _add(inputs: Inputs, files: Sequence[str], given: Given) -> Made:
    today = read_today()
    held = {f"{source} of the case": text for (source, _), text in sorted(inputs.texts.items())}
    batch = read_articles(inputs.reference, files, given, today, held)
    filed = file_articles(inputs.reference, batch.articles, _list_held(inputs), _count(inputs) + 1)
    write_texts(inputs.paths.inputs, filed)
    append_case(inputs.paths, "sources", tabulate(filed, today))
    return Made(filed, batch.left, batch.notes)


def add_edition(paths: Paths, as_of: str) -> None:
    """Write an edition into `case.yml` behind those that stand there; nothing else in it changes, comments neither.

    Raises
    ------
    InputError
        If the file cannot be read or written.
    """
    file = paths.inputs / "case.yml"
    text = file.read_bytes().decode("utf-8-sig")
    found = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(found, yaml.MappingNode)  # it was read before
    node = next(value for key, value in found.value if key.value == "editions")
    last = node.value[-1]
    place, between, quote = last.end_mark.index, ", ", last.style or ""  # as the others are written
    if not node.flow_style:  # a comment may stand behind the last one
        end = LINE_END.search(text, place)
        assert end is not None
        place, between = end.start(), (end[0] or "\n") + " " * node.start_mark.column + "- "
    try:
        write_bytes(file, f"{text[:place]}{between}{quote}{as_of}{quote}{text[place:]}".encode(), lasting=True)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/case.yml cannot be written ({error.strerror}): check rights."
        ) from None


def _list_held(inputs: Inputs) -> list[Held]:
    rows = inputs.corpus.sources
    reporters = dict(zip(rows["source_id"], rows["reporter"], strict=True))
    return [Held(source, reporters[source], text) for (source, _), text in sorted(inputs.texts.items())]


def _count(inputs: Inputs) -> int:
    """Return the highest number of a source: of a row, or of a text that no row names."""
    names = [*inputs.corpus.sources["source_id"], *(file.name for file in inputs.paths.texts.glob("S*.txt"))]
    return max((int(found[1]) for name in names if (found := NUMBER.match(name))), default=0)
