"""A corpus as `lagebild corpus` left it, opened to be asked: its parts are read in place by DuckDB, nothing is copied.

Only the columns that a question needs are read, and no value of a user or of a text ever becomes part of a question:
values are passed beside it. Nothing is written into the folder.
"""

from __future__ import annotations

import glob
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagebild.core.characters import find_unfit, show
from lagebild.core.files import hash_files, read_text
from lagebild.core.paths import InputError

if TYPE_CHECKING:
    import duckdb

MANIFEST, COPIES = "manifest.json", "copies.parquet"
MAKE = "`lagebild corpus IN… OUT` makes one"
AGAIN = "run `lagebild corpus` again, which makes only what is missing"
COUNTS = ("articles", "events", "faults")
# What is asked for of each part; what else stands there is nobody's business here.
COLUMNS = {
    "articles": "article_id title publisher url author language published text",
    "events": "article_id n published publisher event_type source_actors target_actors mutual earliest latest status "
    "evidence candidate",
    "copies": "article_id first_id",
}
# Nothing is fetched from the network. Rows come in any order, a third faster: whoever asks says how they are sorted.
SETTINGS: dict[str, Any] = {
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True, eq=False)
class Holdings:
    """A corpus that is open.

    Parameters
    ----------
    folder
        Where it lies, as the user names it.
    digest
        Hash of its manifest: another corpus, or the same one drafted by other rules, has another.
    counts
        How many articles, events and faults its manifest says there are.
    base
        Has the views `articles`, `events` and `copies`.
    """

    folder: str
    digest: str
    counts: dict[str, int]
    base: duckdb.DuckDBPyConnection


def open_holdings(folder: str, home: Path | None = None) -> Holdings:
    """Open a corpus; a folder that is no absolute path lies below `home`, or the working folder.

    Raises
    ------
    InputError
        If the folder is no corpus, or one that is not whole; or if DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise InputError('To ask a corpus needs DuckDB: pip install "lagebild[corpus]".') from None
    place = (home or Path()) / folder
    counts = _read_manifest(place, folder)
    # What does not fit into memory goes to the folder of the system for that, not to the one in which somebody works.
    base = duckdb.connect(config=SETTINGS | {"temp_directory": tempfile.gettempdir()})
    for name, columns in COLUMNS.items():
        inside = COPIES if f"{name}.parquet" == COPIES else f"{name}/*.parquet"
        try:
            part = base.read_parquet(f"{glob.escape(str(place))}/{inside}")
        except duckdb.Error as error:
            why = show(str(error).partition("\n")[0])
            raise InputError(
                f"The corpus {show(folder)} is not whole: {inside} cannot be read ({why}); {AGAIN}."
            ) from None
        if missing := sorted(set(columns.split()) - set(part.columns)):
            raise InputError(
                f"The corpus {show(folder)} is of another version: {inside} lacks {', '.join(missing)}; {AGAIN}."
            )
        part.create_view(name)
    return Holdings(folder, hash_files([place / MANIFEST]), counts, base)


def _read_manifest(place: Path, folder: str) -> dict[str, int]:
    """Return the counts of the manifest."""
    if not folder or find_unfit(folder, 0) or len(folder.splitlines()) > 1:
        raise InputError(f"The folder of a corpus must be named, on one line, not {show(folder)}: {MAKE}.")
    try:
        there = (place / MANIFEST).is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        raise InputError(f"There is no corpus in {show(folder)}: it has no {MANIFEST}; {MAKE}.")
    try:
        found = json.loads(read_text(place / MANIFEST, "JSON", MAKE))
        counts = {name: int(found[name]) for name in COUNTS}
    except (ValueError, TypeError, KeyError):
        raise InputError(f"The {MANIFEST} of the corpus {show(folder)} is none: {AGAIN}.") from None
    if not counts["articles"]:
        raise InputError(f"The corpus {show(folder)} holds no article: its faults.csv may say why.")
    return counts
