"""Tries thousands of made-up articles and edits of a case: `python tests/benchmark_fuzz.py [EXAMPLES] [SEED]`.

Prints how many became a case, how many were refused in a sentence, and stops at the first that did neither.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from unittest import mock

from fuzz import case_files, files, look_at_case, read_once, samples, take_in
from hypothesis import HealthCheck, Phase, given, seed, settings
from known import REFERENCE
from lagebild.core.folders import Paths
from lagebild.core.reference import Reference, read_reference
from runs import copy_tiny

EXAMPLES = 10_000


def read_known(paths: Paths, known: Reference | None = None) -> Reference:
    """Return what the method knows, read once, with what a case says of actors."""
    return read_reference(paths, known or REFERENCE)


def main(examples: int, start: int) -> None:
    """Try so many of both kinds."""
    os.environ["SOURCE_DATE_EPOCH"] = "1751371200"
    warnings.simplefilter("error")
    loose = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    for room in ("newcase", "inputs"):  # what the method knows is read once
        mock.patch(
            f"lagebild.corpus.{room}.read_reference",
            lambda paths, known=None: read_reference(paths, known or REFERENCE),
        ).start()
    mock.patch("lagebild.core.tables.read_table", read_once()).start()
    for name, look, strategy in (
        ("articles", take_in, files(samples())),
        ("edits of a case", look_at_case, case_files()),
    ):
        with tempfile.TemporaryDirectory() as folder:
            ends, root, began = Counter[str](), copy_tiny(Path(folder)), time.perf_counter()

            def check(one: tuple[str, bytes]) -> None:
                ends["refused" if look(root, *one) else "fine"] += 1  # noqa: B023

            seed(start)(loose(given(strategy)(check)))()
            print(f"{name}: {sum(ends.values())} tried, {dict(ends)}, {time.perf_counter() - began:.0f} s")  # noqa: T201


if __name__ == "__main__":
    given_words = [int(word) for word in sys.argv[1:]]
    main(*(given_words + [EXAMPLES, 1][len(given_words) :]))
