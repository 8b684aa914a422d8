"""An edition as an analyst opens it: its tables with days as days, lists as lists, names beside ids.

A table is read when it is first asked for, and handed out as a copy: whatever is done to a frame, the next is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

import pandas as pd

from lagebild.analysis.digest import centre_case, find_supported, keep_pairs
from lagebild.analysis.firmness import undirected
from lagebild.analysis.relations import PAIR, list_actors_of, weigh_ties
from lagebild.core import (
    TABLES,
    Case,
    InputError,
    Judgements,
    Labels,
    Paths,
    Reference,
    Table,
    characters,
    ids,
    judgements,
    load,
    locate,
    read_case,
    read_case_file,
    read_judgements,
    read_labels,
    read_offices,
    read_reference,
    schema,
    show,
)
from lagebild.dataset import choose_wording, grade_mentions

CASE_TABLES = ("decisions", "verdicts", "recoding")  # of the case, beside those that a run builds
LEAD = ["sentence", "publisher", "reliability", "url"]  # what the best mention says, on which page, of which grade


@dataclass(frozen=True, eq=False)
class OpenEdition:
    """An edition of a case to ask one's own questions of; `open_edition` makes it.

    Every table of the data dictionary is an attribute of that name, a pandas DataFrame:

    - days are ``datetime64`` (no day is ``NaT``), what is yes or no is ``bool``, a list of ids is a ``list``. A date as
      the texts put it stays EDTF in ``date``; the days that it allows are ``earliest`` and ``latest``;
    - beside each column of actors stands one of their names in the language of the edition: ``source_names`` beside
      ``source_actors``, ``one_name`` beside ``one``;
    - beside ``event_type`` stand ``type`` (its name), ``quad`` (one of PLOVER's four classes) and ``intensity`` (from
      -10 to 10, `data/reference/event_types.csv`).

    Beyond the dictionary:

    events
        with ``summary`` in the language, and ``sentence``, ``publisher``, ``reliability`` and ``url`` of the best
        mention that tells it. Persons are actors of their own here: Putin is not Russia.
    mentions
        one row each, in the language if it is held in that (the table on the disk has a row for each language), with
        ``sentence``, and ``publisher``, ``reporter``, ``country``, ``standing``, ``reliability``, ``known_from`` and
        ``url`` of its page (country and standing are the publisher's, ``reporter`` is whose report it passes on);
        ``speaks_for`` are the ids of those for whom the speakers held office on that day.
    acts
        what the relations are the sum of; see there.
    judgements
        the analyst's prose that is in force, with its likelihood, confidence and evidence; see there.

    Parameters
    ----------
    paths
        Where the files of the edition lie.
    reference
        What the method knows.

    Examples
    --------
    >>> edition = lagebild.open_edition("russia-iran", "2026-06-30", "en")
    >>> edition.events.loc[edition.events["type"] == "Assault", ["date", "summary", "publisher"]]
    >>> edition.ties.query("strength == 'firm'")[["one_name", "other_name", "net", "event_ids"]]
    """

    paths: Paths
    reference: Reference
    _kept: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def labels(self) -> Labels:
        """The words of the edition's language: ``labels.actor("IRN")``, ``labels.date("2025-06~")``."""
        return read_labels(self.reference, self.paths.language)

    @cached_property
    def case(self) -> Case:
        """The case file; whoever takes part in most events is its subject, if it names none."""
        return centre_case(read_case_file(self.paths), self._read("events"), read_offices(self.reference))

    @property
    def question(self) -> str:
        """What the case asks, in the language of the edition."""
        return self.case.question[self.paths.language]

    @property
    def names(self) -> pd.Series:
        """The names of all actors by their ids, for ``Series.map``."""
        return pd.Series(self.labels.actors, name="name", dtype=str)

    @property
    def tables(self) -> pd.DataFrame:
        """What there is: of each table that is built its number of rows, and what a row is."""
        built = [name for name in schema.built_tables() if (self.paths.built / TABLES[name].file).is_file()]
        rows = [(name, len(getattr(self, name)), TABLES[name].row) for name in built]
        return pd.DataFrame(rows, columns=["table", "rows", "row"]).set_index("table")

    @property
    def events(self) -> pd.DataFrame:
        """One row per event in the world, with the sentence and the page of the best mention that tells it."""
        return self._keep("events", lambda: self._say(self._type("events")).merge(self._lead(), "left", "event_id"))

    @property
    def conditions(self) -> pd.DataFrame:
        """One row per standing fact, assessment or hypothesis, with its ``summary``."""
        return self._keep("conditions", lambda: self._say(self._type("conditions")))

    @property
    def mentions(self) -> pd.DataFrame:
        """One row per event or condition as one source tells it, with its sentence and what is known of its page."""
        return self._keep("mentions", self._make_mentions)

    @property
    def acts(self) -> pd.DataFrame:
        """One row per event and directed pair of actors that it ties: what the relations are the sum of.

        Only what is told to have happened is here: plans, denials and open questions stand in `events` alone. Persons
        count for the state they acted for on that day, and who held no office for nobody, unless the run said
        otherwise; `list_acts` counts them for themselves.

        Columns: ``event_id``, ``day`` (its last, or the first on which an undated event was told), ``source_actor``,
        ``target_actor``, ``source_name``, ``target_name``, ``event_type`` (the one that weighs) with ``type``, ``quad``
        and ``intensity``, ``weighs`` (False if it is contested whether it happened), ``act`` (the process of which the
        event is a stage, or the event itself), ``adds`` (what it adds to the net of its pair: the stages of one act
        weigh once, with the strongest, so that a later stage adds only what it is stronger), ``joint`` (True for two
        who only act together, such as in a vote: that ties them like a talk); and ``date``, ``earliest``,
        ``latest``, ``status``, ``credibility``, ``n_publishers``, ``summary``, and of the best mention ``sentence``,
        ``publisher``, ``reliability``, ``url``. An offer of one side alone has a smaller ``intensity`` than its type.

        Examples
        --------
        >>> acts = edition.acts.query("source_actor == 'ISR' and target_actor == 'RUS' and weighs")
        >>> acts.groupby([acts["day"].dt.to_period("M"), "type"])["adds"].agg(["size", "sum"])
        """
        return self._keep("acts", self._make_acts)

    @property
    def relations(self) -> pd.DataFrame:
        """One row per directed pair: the sum of its acts, and what the one says that adds most to that sign."""
        return self._keep("relations", lambda: self._illustrate(self._type("relations"), PAIR))

    @property
    def ties(self) -> pd.DataFrame:
        """One row per pair, both directions together: its net, how firm it is, and what its weightiest act says.

        A mutual act adds to both directions, and so twice to the net; ``n_events`` counts each act once.
        """
        return self._keep("ties", lambda: self._illustrate(self._type("ties"), ["one", "other"]))

    @property
    def judgements(self) -> pd.DataFrame:
        """One row per judgement, explanation, option, scenario, indicator or question that is in force.

        Columns: ``part`` (of `judgements.yml`), ``entry_id``, ``as_of``, ``heading``, ``text``, ``likelihood``,
        ``confidence``, and ``evidence`` and ``against`` as lists of ids of events and conditions.
        """
        return self._keep("judgements", self._make_judgements)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table of the data dictionary by its name.

        Raises
        ------
        AttributeError
            If there is no such table, with the nearest.
        InputError
            If the step that builds it has not run.
        """
        if name not in (known := [*schema.built_tables(), *CASE_TABLES]):
            near = characters.name_nearest(name, [*known, "acts", "judgements"])
            raise AttributeError(f"An edition has no table {name!r}{near}.")
        return self._keep(name, lambda: self._type(name))

    def __dir__(self) -> list[str]:
        """Return the names of all that it has, tables included."""
        return sorted({*object.__dir__(self), *schema.built_tables(), *CASE_TABLES})

    def __repr__(self) -> str:
        """Return which edition it is, and how much it holds."""
        return f"<{self.paths.case}, {self.paths.as_of}, {self.paths.language}: {len(self._read('events'))} events>"

    def _repr_html_(self) -> str:
        return (
            f"<p><b>{escape(self.case.title[self.paths.language])}</b>, {self.paths.as_of}</p>{self.tables.to_html()}"
        )

    def _keep(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        if name not in self._kept:
            self._kept[name] = make()
            self._kept[name].attrs["language"] = self.paths.language  # in which `plots` speaks
        return self._kept[name].copy(deep=False)  # pandas copies on write

    def _read(self, name: str) -> pd.DataFrame:
        """Return a table as it lies on the disk."""
        return self._keep(f"{name}.csv", lambda: (read_case if name in CASE_TABLES else load)(self.paths, name))

    def _type(self, name: str) -> pd.DataFrame:
        """Return a table with its types, and with names and the scale of event types beside its ids."""
        table = TABLES[f"case/{name}" if name in CASE_TABLES else name]
        frame = type_columns(self._read(name), table)
        for key in table.foreign_keys:
            if key.table.rpartition("/")[2] == "actors" and len(key.columns) == 1 and table.name != "actors":
                frame = self._add_names(frame, key.columns[0], key.is_list)
        return self._add_scale(frame) if "event_type" in frame else frame

    def _add_names(self, frame: pd.DataFrame, column: str, is_list: bool = False) -> pd.DataFrame:
        """Return a table with the names of the actors of a column beside it."""
        name = f"{column.removesuffix('s').removesuffix('_actor')}_name{'s' if is_list else ''}"
        name_of = self.labels.actor
        named = [list(map(name_of, cell)) if is_list else name_of(cell) for cell in frame[column]]
        frame.insert(list(frame).index(column) + 1, name, pd.Series(named, frame.index, dtype=object))
        return frame

    def _add_scale(self, frame: pd.DataFrame) -> pd.DataFrame:
        scale = self.reference.table("event_types").set_index("event_type")
        named = {"type": f"name_{self.paths.language}", "quad": "quad", "intensity": "intensity"}
        frame = frame.copy(deep=False)
        for column, source in named.items():
            if column not in frame:
                frame[column] = frame["event_type"].map(scale[source])
        return frame

    def _say(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(summary=frame[f"summary_{self.paths.language}"])

    def _make_mentions(self) -> pd.DataFrame:
        frame = choose_wording(self._type("mentions"), self.paths.language)
        place = ["source_id", "language", "sentence_no"]
        texts = self._read("sentences")[[*place, "text"]].rename(columns={"text": "sentence"})
        of_page = ["publisher", "reporter", "country", "standing", "reliability", "known_from", "url"]
        pages = self._type("sources")[["source_id", *of_page]]
        told = frame.merge(texts, "left", place).merge(pages, "left", "source_id").reset_index(drop=True)
        spoken = choose_wording(self._read("mentions"), self.paths.language).assign(latest="")
        spoken = spoken.merge(self._read("sources")[["source_id", "known_from"]], "left", "source_id")
        voices = list_actors_of(spoken, "speaker", read_offices(self.reference), "folded")
        by_row = voices.groupby("row")["actor"].agg(list)
        held = pd.Series([by_row.get(row, []) for row in told.index], told.index, dtype=object)
        return self._add_names(told.assign(speaks_for=held), "speaks_for", is_list=True)

    def _lead(self) -> pd.DataFrame:
        """Return of each event what its best mention says: the one that gives it type, actors and status."""
        graded = grade_mentions(self._read("mentions"), self._read("sources"))
        best = graded.loc[graded["event_id"] != "", ["event_id", "mention_id"]].drop_duplicates("event_id")
        return best.merge(self.mentions[["mention_id", *LEAD]], on="mention_id")[["event_id", *LEAD]]

    def list_acts(self, actors: str = "folded") -> pd.DataFrame:
        """Return what `acts` holds with another answer to who counts for whom.

        Parameters
        ----------
        actors
            ``folded``: persons and bodies count for the state they acted for on that day, and who held no office for
            nobody; ``persons``: everybody for himself; ``states``: of the folded, states alone.

        Raises
        ------
        InputError
            If `actors` is none of the three.

        Examples
        --------
        >>> edition.list_acts("persons").query("source_actor == 'zarif' and weighs")
        """
        events, types = self._read("events"), self.reference.table("event_types")
        weighed = weigh_ties(events, read_offices(self.reference), types, actors)
        if self.case.draft:
            weighed = keep_pairs(weighed, find_supported(weighed, self._read("mentions"), self._read("drafts")))
        frame = weighed.drop(columns="counts").assign(day=pd.to_datetime(weighed["day"]))
        for column in PAIR:
            frame = self._add_names(frame, column)
        of_event = ["event_id", "date", "earliest", "latest", "status", "credibility", "n_publishers", "summary", *LEAD]
        frame = self._add_scale(frame).merge(self.events[of_event], "left", "event_id")
        frame = frame.sort_values(["day", "event_id", *PAIR]).reset_index(drop=True)
        frame.attrs["language"] = self.paths.language
        return frame

    def _make_acts(self) -> pd.DataFrame:
        made = self.paths.built / TABLES["relations_run"].file
        noted = self._read("relations_run").set_index("name")["value"] if made.is_file() else pd.Series(dtype=str)
        return self.list_acts(noted.get("actors", "folded"))

    def _illustrate(self, frame: pd.DataFrame, ends: list[str]) -> pd.DataFrame:
        """Return pairs with what the act says that adds most to the sign of their net; of several, the last one."""
        acts = self.acts[self.acts["weighs"]]
        told = (acts if ends == PAIR else undirected(acts))[[*ends, "day", "event_id", "adds", "summary", *LEAD]]
        pairs = frame[[*ends, "net"]].merge(told, on=ends)
        weight = pairs["adds"].where(pairs["net"] >= 0, -pairs["adds"])
        best = pairs.assign(weight=weight).sort_values(["weight", "day", "event_id"]).drop_duplicates(ends, keep="last")
        return frame.merge(best[[*ends, "summary", *LEAD]], "left", ends)

    def _make_judgements(self) -> pd.DataFrame:
        written: Judgements = read_judgements(self.paths)
        language = self.paths.language
        rows = []
        for part in judgements.PARTS:
            for entry in getattr(written, part):
                said = entry.heading.get(language, ""), entry.text[language], entry.likelihood, entry.confidence
                cited = [*entry.evidence], [*entry.against]
                rows.append((part, entry.entry_id, pd.Timestamp(entry.as_of), *said, *cited))
        columns = ["part", "entry_id", "as_of", "heading", "text", "likelihood", "confidence", "evidence", "against"]
        return pd.DataFrame(rows, columns=columns)


def type_columns(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a table with days as ``datetime64``, yes and no as ``bool``, and lists of ids as lists.

    Parameters
    ----------
    frame
        Columns as in `table`, as `core.load` returns it.
    table
        What the schema says of it.
    """
    typed = frame.copy(deep=False)
    for name, column in table.columns.items():
        if column["type"] == "date":
            typed[name] = pd.to_datetime(frame[name].replace("", None), format="%Y-%m-%d")
        elif column["constraints"].get("enum") == ["yes", "no"]:
            typed[name] = frame[name] == "yes"
        elif "joined by ;" in column.get("form", ""):
            typed[name] = pd.Series([[*ids(cell)] for cell in frame[name]], frame.index, dtype=object)
    return typed


def open_edition(case: str, as_of: str = "", language: str = "en", *, root: str = "", output: str = "") -> OpenEdition:
    """Open an edition that a run has built, to ask one's own questions of it.

    Parameters
    ----------
    case
        Folder under ``data/cases``.
    as_of
        Last day of knowledge, YYYY-MM-DD; empty for the last edition that is built.
    language
        Language of names and summaries, ``de`` or ``en``.
    root
        Folder that holds ``data/cases``; empty for the project that one works in.
    output
        Folder that holds ``data/built``; empty for `root`.

    Returns
    -------
    OpenEdition
        With every table of the data dictionary as an attribute.

    Raises
    ------
    InputError
        If there is no such case, edition or language, with the nearest one.

    Examples
    --------
    >>> import lagebild
    >>> edition = lagebild.open_edition("russia-iran", "2026-06-30", "en")
    >>> edition.events.groupby(edition.events["latest"].dt.to_period("M")).size()
    """
    built = [file.parent.name for file in Paths(case, "", language, root, output).built.glob("*/sources.csv")]
    paths = locate(case, as_of or max(built, default="0001-01-01"), language, root, output)
    if paths.as_of not in built:
        asked = f" --as-of {paths.as_of}" if as_of else ""
        which = f"No edition of {show(case)} is built" if not built or not as_of else f"{paths.as_of} is not built"
        nearest = min(built, key=lambda day: abs(pd.Timestamp(day) - pd.Timestamp(paths.as_of)), default="")
        hint = f"the nearest edition that is built is {nearest}; or " if nearest else ""
        raise InputError(f"{which}: {hint}run `lagebild run {paths.case}{asked}` first.")
    return OpenEdition(paths, read_reference(paths))
