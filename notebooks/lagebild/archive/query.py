"""A corpus as `lagebild corpus` left it, opened to be asked: its parts are read in place by DuckDB, nothing is copied.

Only the columns that a question needs are read, and no value of a user or of a text ever becomes part of a question:
values are passed beside it. Nothing is written into the folder.

What is selected, by actors, period, words, types, status and publishers, are *mentions*: an event as one article tells
it. Many articles tell one event, so that mentions are told as such, and reckoned to events only roughly: the same type
between the same sides on the same day is one.
"""

from __future__ import annotations

import glob
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagebild.core import HAPPENED, InputError, characters, disk, filters, show

if TYPE_CHECKING:
    import duckdb


EXTRA = {"distributed": "Dask", "duckdb": "DuckDB", "rensa": "rensa"}  # packages of the extra `corpus`
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
class Archive:
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


def check_extra() -> None:
    """Refuse to code or to ask a corpus where the packages for it are not installed.

    Raises
    ------
    InputError
        If one is missing.
    """
    missing = [name for package, name in EXTRA.items() if not _is_installed(package)]
    if missing:
        raise InputError(f'A corpus needs {" and ".join(missing)}: pip install "lagebild[corpus]".')


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # it is kept from being loaded
        return False


def open_archive(folder: str, home: Path | None = None) -> Archive:
    """Open the archive of a corpus; a folder that is no absolute path lies below `home`, or the working folder.

    Raises
    ------
    InputError
        If the folder is no corpus, or one that is not whole; or if what is needed is not installed.
    """
    check_extra()
    import duckdb

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
    return Archive(folder, disk.hash_files([place / MANIFEST]), counts, base)


def _read_manifest(place: Path, folder: str) -> dict[str, int]:
    if not folder or characters.find_unfit(folder, 0) or len(folder.splitlines()) > 1:
        raise InputError(f"The folder of a corpus must be named, on one line, not {show(folder)}: {MAKE}.")
    try:
        there = (place / MANIFEST).is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        raise InputError(f"There is no corpus in {show(folder)}: it has no {MANIFEST}; {MAKE}.")
    try:
        manifest = json.loads(disk.read_text(place / MANIFEST, "JSON", MAKE))
        counts = {name: int(manifest[name]) for name in COUNTS}
    except (ValueError, TypeError, KeyError):
        raise InputError(f"The {MANIFEST} of the corpus {show(folder)} is none: {AGAIN}.") from None
    if not counts["articles"]:
        raise InputError(f"The corpus {show(folder)} holds no article: its faults.csv may say why.")
    return counts


# --- The Selection ---

LONGEST = 200  # characters of a word that is looked for
LISTED = ("actors", "types", "status")  # ids, which hold no comma: it parts them as well as a semicolon does

# A mention by its sides: of what is mutual both are all who take part. Its day is that of the event if the text gives
# one, else that of publication. It `happened` if it is told so, not denied, planned or open.
FOUND = """
CREATE TEMP TABLE found AS
SELECT row_number() OVER () AS id, told.* FROM (
  SELECT article_id, n, published, publisher, event_type, status, mutual,
    CASE WHEN mutual THEN list_sort(list_distinct(list_concat(source_actors, target_actors)))
         WHEN len(source_actors) < 2 THEN source_actors ELSE list_sort(list_distinct(source_actors)) END AS sources,
    CASE WHEN mutual THEN list_sort(list_distinct(list_concat(source_actors, target_actors)))
         WHEN len(target_actors) < 2 THEN target_actors ELSE list_sort(list_distinct(target_actors)) END AS targets,
    CASE WHEN earliest = latest THEN earliest ELSE published END AS day,
    list_contains(?, status) AS happened, false AS copied
  FROM events WHERE NOT candidate
) AS told WHERE true"""
# Of articles that are copies of each other, the earliest that is selected speaks; the others only repeat it.
REPEATS = """
UPDATE found SET copied = true WHERE article_id IN (
WITH alike AS (
  SELECT article_id, first_id FROM copies UNION SELECT first_id, first_id FROM copies
), told AS (
  SELECT DISTINCT first_id, article_id, published FROM found JOIN alike USING (article_id)
)
SELECT article_id FROM told QUALIFY row_number() OVER (PARTITION BY first_id ORDER BY published, article_id) > 1)"""
CHOSEN = "CREATE TEMP VIEW chosen AS SELECT * FROM found WHERE NOT copied"
TAKES_PART = "(list_contains(sources, ?) OR list_contains(targets, ?))"
ACTS_TOWARDS = "(list_contains(sources, ?) AND list_contains(list_concat(sources, targets), ?))"
HOLDS = "contains(lower(title), lower(?)) OR contains(lower(text), lower(?))"
EXTENT = "SELECT count(*), count(DISTINCT publisher), min(published), max(published) FROM events WHERE NOT candidate"


@dataclass(frozen=True)
class Selection(filters.Scope):
    """Which mentions one looks at: as `Scope` says, but the period is that of publication; and by words.

    Parameters
    ----------
    words
        Each as it may stand in the title or the text of an article, in small or capital letters; one is enough.
    """

    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a selection leaves of a corpus.

    Parameters
    ----------
    base
        Has `found`, each selected mention, `copied` if its article only copies another one that is selected; and
        `chosen`, the others.
    """

    archive: Archive
    selection: Selection
    base: duckdb.DuckDBPyConnection


def read_selection(values: Mapping[str, str], actors: Mapping[str, str], archive: Archive) -> Selection:
    """Return the selection that parameters describe, those of `Scope` and `words`; all may be missing.

    `actors` are the names of the known ones by their ids.

    Raises
    ------
    InputError
        If a value is unknown, naming the nearest one or all, or if a word is none.
    """
    asked = dict(values) | {name: values.get(name, "").replace(",", ";") for name in LISTED}
    publishers = set[str]()
    if asked.get("publishers"):
        rows = archive.base.execute("SELECT DISTINCT publisher FROM events").fetchall()
        publishers = {row[0] for row in rows}
    scope = filters.read_scope(asked, actors, publishers)
    words = filters.split_list(asked.get("words", ""))
    for word in (*words, *scope.publishers):  # they come to stand in a line of `case.yml`
        if characters.find_unfit(word) or len(word) > LONGEST or len(word.splitlines()) > 1:
            raise InputError(
                f"The selection holds {show(word)}: a word or name must stand on one line, have at most {LONGEST} "
                "characters, and none that cannot be seen."
            )
    return Selection(**vars(scope), words=words)


def write_selection(selection: Selection) -> dict[str, str]:
    """Return a selection as the parameters that describe it, those that leave something out."""
    return filters.write_scope(selection) | ({"words": filters.join_list(selection.words)} if selection.words else {})


def choose_mentions(archive: Archive, selection: Selection) -> Chosen:
    """Select mentions of a corpus.

    Raises
    ------
    InputError
        If none fits, saying what there is.
    """
    import duckdb

    base = archive.base.cursor()  # its tables are its own
    conditions, values = _limit(selection)
    try:
        base.execute("".join((FOUND, *(f" AND ({condition})" for condition in conditions))), [list(HAPPENED), *values])
        (n,) = base.execute("SELECT count(*) FROM found").fetchall()[0]
        for step in (REPEATS, CHOSEN) if n else ():
            base.execute(step)
    except duckdb.Error as error:
        why = show(str(error).partition("\n")[0])
        raise InputError(f"The corpus {show(archive.folder)} cannot be read: {why}.") from None
    if n:
        return Chosen(archive, selection, base)
    mentions, publishers, first, last = archive.base.execute(EXTENT).fetchall()[0]
    there = f"{mentions:,} by {publishers:,} publishers, from {first} to {last}" if mentions else "none at all"
    raise InputError(f"No mention of an event in the corpus {show(archive.folder)} fits; there are {there}.")


def _limit(selection: Selection) -> tuple[list[str], list[Any]]:
    """Return the conditions of a selection, all of them texts of this module, and the values for their gaps."""
    conditions, values = _limit_period(selection)
    for column, named in (
        ("event_type IN (SELECT unnest(?))", selection.types),
        ("status IN (SELECT unnest(?))", selection.status),
        ("publisher IN (SELECT unnest(?))", selection.publishers),
    ):
        for asked, fits in zip(filters.part_values(named), (column, f"NOT {column}"), strict=True):
            if asked:
                conditions.append(fits)
                values.append(list(asked))
    for actors, negation in zip(filters.part_values(selection.actors), ("", "NOT "), strict=True):
        if actors:
            sides = [_limit_sides(actor) for actor in actors]
            conditions.append(f"{negation}({' OR '.join(condition for condition, _ in sides)})")
            values += [value for _, bound in sides for value in bound]
    if selection.words:
        inside, period = _limit_period(selection)
        holds = " OR ".join([HOLDS] * len(selection.words))
        within = " AND ".join((*inside, f"({holds})"))
        conditions.append(f"article_id IN (SELECT article_id FROM articles WHERE {within})")
        values += [*period, *(word for word in selection.words for _ in range(2))]
    return conditions, values


def _limit_period(selection: Selection) -> tuple[list[str], list[Any]]:
    bounds = (("published >= ?", selection.since), ("published <= ?", selection.until))
    asked = [(condition, date.fromisoformat(day)) for condition, day in bounds if day]
    return [condition for condition, _ in asked], [day for _, day in asked]


def _limit_sides(named: str) -> tuple[str, list[str]]:
    """Return the condition for an actor, for who acts towards whom, or for a pair in either direction."""
    tie = filters.TIE.fullmatch(named)
    if not tie:
        return TAKES_PART, [named, named]
    first, sign, second = tie.groups()
    if sign == ">":
        return ACTS_TOWARDS, [first, second]
    return f"({ACTS_TOWARDS} OR {ACTS_TOWARDS})", [first, second, second, first]
