"""What the desks share: who reviews, and how the browser is answered so that it loses no decision."""

from __future__ import annotations

import getpass
from typing import Any

import traitlets

from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import InputError, check_language
from lagebild.core.reference import Reference
from lagebild.interactive.ledger import Ledger
from lagebild.interactive.widget import Widget, choose_words

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
        labels = read_labels(reference, check_language(language))
        self.words, self.language = choose_words(labels, self._prefixes), language
        return labels

    def _read_others(self, labels: Labels) -> tuple[bool, dict[str, Any]]:
        """Read what others wrote meanwhile; return whether anybody did, and what to say of rows that they had lost."""
        others, lost = self._ledger.refresh()
        return others, {"note": labels("desk.restored", file=self._ledger.file, n=lost)} if lost else {}


def find_login() -> str:
    """Return the name under which the reviewer is logged in; empty if the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
