"""The one exception that users see: what is wrong with what they gave, and how to mend it."""

from __future__ import annotations


class InputError(Exception):
    """Something a user can mend; the message is one sentence that names the file, the row and the remedy."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows of it: the sentence; where in the program it was noticed helps no user."""
        return [str(self)]
