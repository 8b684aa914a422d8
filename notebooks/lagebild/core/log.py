"""What the program says of its work beside its results, `lagebild -v`: plain lines on standard error.

A module that refuses or leaves out something says so by `LOGGER.debug`, with `LOGGER = logging.getLogger(__name__)`.
"""

from __future__ import annotations

import logging
import sys

NAME = "lagebild"


def show_log(level: int) -> None:
    """Send what modules log from a level on to standard error, in this process; `read_log_level` gives that of another.

    The lines name no time, so that those of two runs can be compared. What lies above DEBUG goes there anyway.
    """
    logger = logging.getLogger(NAME)
    logger.setLevel(level)
    if level == logging.NOTSET or logger.handlers:
        return
    handler = logging.StreamHandler(sys.__stderr__)  # also in a kernel, whose own one ends up in the notebook
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger.addHandler(handler)


def read_log_level() -> int:
    """Return the level that `show_log` set here, for the processes that this one starts."""
    return logging.getLogger(NAME).level
