"""How fast a corpus answers: `python tests/benchmark_holdings.py [ARTICLES]`, a million unless said otherwise.

Makes the parts of so many made-up articles in a temporary folder (a million: half a GB, two minutes), runs
`notebooks/corpus.ipynb` over them by stock papermill, twice, selects a case by pair and by words, and beside them does
the least of it, mentions per pair and week, in pandas over the same parts. Each is a process of its own; what it costs
is processor time, what one waits is wall time.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import papermill
from examples import PROJECT
from parts import make_parts

PLAIN = """
import sys
import pandas as pd
columns = ["published", "source_actors", "target_actors", "candidate"]
events = pd.read_parquet(sys.argv[1] + "/events", columns=columns)
events = events[~events["candidate"]]
pairs = events.explode("source_actors").explode("target_actors").dropna()
week = pd.to_datetime(pairs["published"]).dt.to_period("W")
print(len(pairs.groupby(["source_actors", "target_actors", week]).size()))
"""
SELECTIONS = (("--actors", "RUS~IRN"), ("--actors", "RUS~IRN", "--words", "grain question 77"))


def describe(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(name: str, work: Callable[[], object]) -> None:
    """Do some work in processes of its own, and say what it took: wall and processor time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    describe(f"{name:<58} {wall:6.1f} s   processor {cost:6.1f} s")


def run_notebook(corpus: Path, folder: Path) -> None:
    """Run the notebook, and say how long it took from its first cell to the first picture, and to the end."""
    notebook, asked = PROJECT / "notebooks" / "corpus.ipynb", {"corpus": str(corpus), "root": str(PROJECT)}
    done = papermill.execute_notebook(notebook, folder / "out.ipynb", asked, cwd=folder, progress_bar=False)
    begun = datetime.fromisoformat(done.metadata.papermill.start_time)
    cells = {cell.id: cell.metadata.papermill for cell in done.cells if cell.cell_type == "code"}
    start, picture, end = (
        datetime.fromisoformat(cells[name][which])
        for name, which in (
            ("corpus-imports", "end_time"),
            ("corpus-picture", "end_time"),
            ("corpus-assert", "end_time"),
        )
    )
    before = (start - begun).total_seconds()
    first, whole = (picture - start).total_seconds(), (end - start).total_seconds()
    describe(f"  kernel and imports {before:.1f} s, then to the first picture {first:.1f} s, to the end {whole:.1f} s")


def main(n: int) -> None:
    """Measure a made-up corpus of `n` articles."""
    os.environ["PYTHONPATH"] = str(PROJECT / "notebooks")
    with tempfile.TemporaryDirectory() as made:
        folder, corpus = Path(made), Path(made) / "corpus"
        start = time.perf_counter()
        make_parts(corpus, n)
        size = sum(file.stat().st_size for file in corpus.rglob("*") if file.is_file())
        describe(f"{n:,} made-up articles, {size / 1e6:,.0f} MB of parts, made in {time.perf_counter() - start:.0f} s")
        for time_of in ("first", "second"):
            measure(f"the notebook, {time_of} time", partial(run_notebook, corpus, folder))
        for number, words in enumerate(SELECTIONS):
            new = [sys.executable, "-m", "lagebild", "new", f"case-{number}", "--corpus", str(corpus), *words, "-q"]
            measure(f"a case by {' '.join(words)}", partial(subprocess.run, new, cwd=folder, check=True))
        plain = [sys.executable, "-c", PLAIN, str(corpus)]
        measure("pandas: mentions per pair and week alone", partial(subprocess.run, plain, check=True))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
