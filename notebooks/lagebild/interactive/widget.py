"""A part of a notebook that people work with in the browser: its script, its style, its words.

A script is one module of the browser, which anywidget brings to JupyterLab and its kin (https://anywidget.dev). It is
put together from the modules in ``widgets/src``, by ``make widgets``, and lies beside the styles.
"""

from __future__ import annotations

import getpass
import hashlib
from typing import Any
from weakref import WeakValueDictionary

import anywidget
import pandas as pd
import traitlets
from IPython.core.getipython import get_ipython

from lagebild.core import TABLES, InputError, Labels, Paths, Reference, folders, read_case, read_labels, records, tables

_made: WeakValueDictionary[str, anywidget.AnyWidget] = WeakValueDictionary()  # by the names of their models


class Widget(anywidget.AnyWidget):
    """A widget of the script and the style called `name`, and of the style that it shares with others of its `family`.

    It is known to the notebook by the id of its cell: so the notebook can hold, in its metadata, what stands in its
    place once the kernel is gone. A widget that the same cell made before is closed.
    `words` holds those words of the reader's language whose keys start with one of `prefixes`; `language` is its code.
    """

    _esm = traitlets.Unicode().tag(sync=True)  # read for each widget: importing the package opens no file
    _css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, labels: Labels, prefixes: tuple[str, ...], family: str = "", **values: Any) -> None:
        words = choose_words(labels, prefixes)
        script, style = (folders.WIDGETS / f"{name}.js").read_text(encoding="utf-8"), read_style(name, family)
        if model := _name_model():
            if before := _made.pop(model, None):
                before.close()
            values["model_id"], _made[model] = model, self
        super().__init__(_esm=script, _css=style, words=words, language=labels.language, **values)

    def __repr__(self) -> str:
        """Return what stands in the place of the widget where none can be shown."""
        return f"{type(self).__name__}: run this cell in JupyterLab"


def choose_words(labels: Labels, prefixes: tuple[str, ...]) -> dict[str, str]:
    """Return those words whose keys start with one of the prefixes."""
    return {key: text for key, text in labels.words.items() if key.startswith(prefixes)}


def _name_model() -> str:
    """Return how the notebook knows the widget of the cell that runs; empty where no notebook says which one runs."""
    parent = getattr(get_ipython(), "parent_header", None) or {}
    cell = parent.get("metadata", {}).get("cellId", "")
    return f"lagebild-{cell}" if cell else ""


def read_style(name: str, family: str = "") -> str:
    """Return the style of a widget: what all share, its parts and those of its family, the whole."""
    parts = [file for one in (family, name) if one for file in sorted(folders.WIDGETS.glob(f"{one}-*.css"))]
    files = [folders.WIDGETS / "shared.css", *parts, folders.WIDGETS / f"{name}.css"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


# --- A Desk: a Widget that Writes Decisions ---

# --- The Table of Decisions ---

UNREAD = (-1, -1)  # the stamp of no file


class Ledger:
    """The `rows` of such a table, called ``case/`` and `table`, as they were read last, and the name of its `file`."""

    def __init__(self, paths: Paths, table: str) -> None:
        self._paths, self._table = paths, table
        self.file = TABLES[f"case/{table}"].file
        self._stamp, self.rows = self._find_stamp(), read_case(paths, table)

    def _find_stamp(self) -> tuple[int, int]:
        """Return what changes when somebody else writes the file: its length and when it was written."""
        file = self._paths.inputs / self.file
        if not file.is_file():
            return 0, 0
        stat = file.stat()
        return stat.st_size, stat.st_mtime_ns

    def forget(self) -> None:
        """Read the file again before the next answer, whatever it is."""
        self._stamp = UNREAD

    def refresh(self) -> tuple[bool, int]:
        """Read what others wrote meanwhile; return whether they did, and how many rows of ours they had lost.

        Rows of ours that somebody lost by writing an older copy come back.
        """
        if self._stamp == self._find_stamp():
            return False, 0
        stamp, rows = self._find_stamp(), read_case(self._paths, self._table)
        lost = self.rows[~self.rows["decision_id"].isin(rows["decision_id"])]
        if not lost.empty:
            tables.append_case(self._paths, self._table, lost)
            stamp, rows = self._find_stamp(), read_case(self._paths, self._table)
        self._stamp, self.rows = stamp, rows
        return True, len(lost)

    def append(self, new: pd.DataFrame) -> bool:
        """Append rows; return whether they are there, and nobody came in between: else refresh and try again."""
        before, after = tables.append_case(self._paths, self._table, new, self._stamp[0])
        stamp = self._find_stamp()
        if after <= before or (before, after) != (self._stamp[0], stamp[0]):
            return False
        self._stamp, self.rows = stamp, pd.concat([self.rows, new], ignore_index=True)
        return True


def name_folder(paths: Paths) -> str:
    """Return by which digits a browser keeps apart what was decided in the folders of different cases."""
    return hashlib.sha256(str(paths.inputs.resolve()).encode()).hexdigest()[:16]


def find_meetings(decisions: pd.DataFrame, new: pd.DataFrame, seen: Any, labels: Labels) -> dict[str, list[Any]]:
    """Return the decisions of other desks on the rows of an act that whoever took it had not seen, by row.

    `decisions` are those in the file, `new` those of the act, `seen` the id of the latest decision on each row that the
    desk had shown. The desk is the first part of an id, ``DESK-NUMBER.NUMBER``: what it wrote itself, it knows. What
    was decided and taken back since then leaves the row as it was. Each decision is given by action, field, value, who,
    and when in words.
    """
    known = seen if isinstance(seen, dict) else {}
    meetings: dict[str, list[Any]] = {}
    for name in new["row"].unique():
        rows = records(decisions[decisions["row"] == name])
        ids = [row["decision_id"] for row in rows]
        start = ids.index(known[name]) + 1 if known.get(name) in ids else 0
        later = [row for row in rows[start:] if _desk(row["decision_id"]) != _desk(new["decision_id"].iloc[0])]
        there = {row["decision_id"] for row in later}
        back = {row["value"] for row in later if row["action"] == "undo"} & there
        left = [row for row in later if row["decision_id"] not in back and row["value"] not in back]
        if left:
            meetings[str(name)] = [
                [row["action"], row["field"], row["value"], row["by"], labels.date(row["date"])] for row in left
            ]
    return meetings


def know_titles(decisions: pd.DataFrame, seen: Any) -> dict[str, Any]:
    """Return what a desk had seen, with the latest decision among `decisions` on each event that has a title.

    A desk shows the titles that its kernel has read, but no ids of the decisions on them.
    """
    titled = decisions[decisions["row"].isin(decisions.loc[decisions["action"] == "title", "row"])]
    latest = dict(zip(titled["row"], titled["decision_id"], strict=True))
    return latest | {row: last for row, last in (seen if isinstance(seen, dict) else {}).items() if last}


def _desk(decision: str) -> str:
    return decision.partition("-")[0]


# --- The Widget ---

LONGEST = 500  # decisions that undo reaches once the page was loaded anew


class Desk(Widget):
    """A widget at which people decide; what they decide is appended to its ledger.

    Each message from the browser has a `number` that its answer repeats; what it asks for, `_reply` returns.
    """

    reviewer = traitlets.Unicode().tag(sync=True)
    login = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, name: str, labels: Labels, prefixes: tuple[str, ...], ledger: Ledger, reviewer: str, **values: Any
    ) -> None:
        self._ledger, self._prefixes = ledger, prefixes
        super().__init__(name, labels, prefixes, "desk", reviewer=reviewer.strip(), login=find_login(), **values)
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: dict[str, Any], __: Any) -> None:
        answer = {"number": message.get("number"), "fault": "", "wait": "", "note": ""}
        try:
            answer |= self._reply(message)
        except Exception as error:  # whatever it was, the browser must hear of it and keep what it sent
            self._ledger.forget()  # what others wrote may not have been told: it is with the next answer
            answer |= {"wait": str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"}
        self.send(answer)

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return what a message asks for."""
        raise NotImplementedError

    def _speak(self, reference: Reference, language: str) -> Labels:
        """Return the words of a language, and speak it from now on, also where the desk is opened again.

        Raises
        ------
        InputError
            If the desk does not speak it.
        """
        labels = read_labels(reference, folders.check_language(language))
        self.words, self.language = choose_words(labels, self._prefixes), language
        return labels

    def _read_others(self, labels: Labels) -> tuple[bool, dict[str, Any]]:
        """Read what others wrote meanwhile; return whether anybody did, and what to say of rows that they had lost."""
        changed, lost = self._ledger.refresh()
        return changed, {"note": labels("desk.restored", file=self._ledger.file, n=lost)} if lost else {}


def find_login() -> str:
    """Return the name under which the reviewer is logged in; empty if the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
