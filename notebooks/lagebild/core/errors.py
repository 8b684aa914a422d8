"""What is wrong with what a user gave."""

from __future__ import annotations


class InputError(Exception):
    """Something a user can mend; the message is one sentence that names the file, the row and the remedy."""
