"""What a run costs: `python tests/benchmark_run.py [--old FOLDER] [--times N] [--edition DAY]`.

Each line is one piece of work, in seconds of the clock and of the processors (all processes together, the least of N
times, taken in turn), and as a ratio of what it is compared with. The plain chain is what somebody would do without
`lagebild run`: stock papermill five times, then nbconvert for each form of the report. FOLDER is a checkout of an
earlier version, set up (`make .venv/ready` there), whose plain chain is timed, too. If doit is installed, it drives the
plain chain as a build tool would. Linux only: the processes that nobody waits for are counted, too.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from examples import PROJECT

CASE, LANGUAGE, OTHER = "russia-iran", "de", "2025-06-16"
STEPS = ("01-sources", "02-dataset", "03-timeline", "04-relations", "05-report")
TOLD_BY_PARENT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
DODO = """
import glob
CASE = sorted(glob.glob("data/cases/{case}/**", recursive=True))
CASE = [name for name in CASE if not name.endswith("/") and "." in name]
def task_step():
    before = []
    for name in {steps!r}:
        notebook = "{notebooks}/" + name + ".ipynb"
        yield {{"name": name, "file_dep": [notebook, *CASE, *before], "targets": [name + ".ipynb"],
               "actions": ["{papermill} " + notebook + " " + name + ".ipynb {words}"]}}
        before.append(name + ".ipynb")
    for form in {forms!r}:
        yield {{"name": form, "file_dep": ["05-report.ipynb"], "targets": ["report-" + form],
               "actions": ["{nbconvert} --to " + form + " 05-report.ipynb && touch report-" + form]}}
"""


@dataclass
class Work:
    """One piece of work: what is prepared, what is timed, and with which other it is compared."""

    name: str
    run: Callable[[Path], None]
    against: str = ""
    prepare: Callable[[Path], None] = lambda folder: None
    seconds: list[tuple[float, float]] = field(default_factory=list)


def call(*words: str, cwd: Path, **environment: str) -> None:
    """Run a program that must succeed."""
    done = subprocess.run(words, cwd=cwd, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def measure(work: Work, folder: Path) -> tuple[float, float]:
    """Return the seconds of the clock and of the processors that a piece of work takes."""
    work.prepare(folder)
    _reap()
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work.run(folder)
    wall = time.perf_counter() - start
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _reap() -> None:
    """Wait for the processes that others have left to us."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def plain_chain(checkout: Path, forms: tuple[str, ...], edition: str) -> Callable[[Path], None]:
    """Return the work of stock papermill and nbconvert on the notebooks of a checkout, with its own environment."""
    programs = checkout / ".venv" / "bin"

    def run(folder: Path) -> None:
        places = ["-p", "root", str(checkout), "-p", "output", str(folder)]  # an earlier version has an earlier case
        words = ["-p", "case", CASE, "-p", "as_of", edition, "-p", "language", LANGUAGE, *places]
        for name in STEPS:
            notebook = str(checkout / "notebooks" / f"{name}.ipynb")
            call(str(programs / "papermill"), notebook, f"{name}.ipynb", *words, cwd=folder)
        for form in forms:
            call(str(programs / "jupyter-nbconvert"), "--to", form, "05-report.ipynb", cwd=folder)

    return run


def lagebild(*words: str) -> Callable[[Path], None]:
    """Return the work of a run of ours."""

    def run(folder: Path) -> None:
        command = (sys.executable, "-m", "lagebild", "run", CASE, "--root", str(folder), *words)
        call(*command, cwd=folder, PYTHONPATH=str(PROJECT / "notebooks"))

    return run


def several(*works: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return several pieces of work one after the other, each from nothing."""

    def run(folder: Path) -> None:
        for work in works:
            empty(folder)
            work(folder)

    return run


def build_tool(edition: str) -> Callable[[Path], None]:
    """Return the plain chain driven by doit, which makes again what depends on a file that has changed."""

    def run(folder: Path) -> None:
        programs = Path(sys.executable).parent
        words = f"-p case {CASE} -p as_of {edition} -p language {LANGUAGE} -p root {folder}"
        content = DODO.format(
            case=CASE,
            steps=STEPS,
            forms=FORMS,
            notebooks=PROJECT / "notebooks",
            papermill=programs / "papermill",
            nbconvert=programs / "jupyter-nbconvert",
            words=words,
        )
        (folder / "dodo.py").write_text(content, encoding="utf-8")
        call(sys.executable, "-m", "doit", cwd=folder)

    return run


FORMS = ("lagebild_html", "lagebild_pdf", "lagebild_annex", "lagebild_docx")


def empty(folder: Path) -> None:
    """Remove what was made in a folder, and put the case there as it is."""
    for made in folder.iterdir():
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    shutil.copytree(PROJECT / "data" / "cases" / CASE, folder / "data" / "cases" / CASE)


def edit_decision(folder: Path) -> None:
    """Take back the last decision of the case, or put it there again."""
    file = folder / "data" / "cases" / CASE / "decisions.csv"
    *rows, last = file.read_text(encoding="utf-8").splitlines(keepends=True)
    whole = (PROJECT / file.relative_to(folder)).read_text(encoding="utf-8")
    file.write_text("".join(rows) if "".join([*rows, last]) == whole else whole, encoding="utf-8")


def edit_word(folder: Path) -> None:
    """Change a word of the answer that the last edition gives, which stands once in the judgements."""
    file = folder / "data" / "cases" / CASE / "judgements.yml"
    text = file.read_text(encoding="utf-8")
    part = text[text.rindex("  - id: A") : text.index("\nkey_judgements:")]
    german = part[part.index("de:") : part.index("en:")]
    word = next(word for word in re.findall(r"[A-ZÄÖÜ]\w{6,}", german) if text.count(word) == 1)
    file.write_text(text.replace(word, f"{word}x"), encoding="utf-8")


def list_works(edition: str, old: Path | None) -> list[Work]:
    """Return the pieces of work, in the order in which they are done and printed."""
    single = ("--as-of", edition, "--language", LANGUAGE)
    singles = [lagebild("--as-of", day, "--language", tongue) for day in (OTHER, edition) for tongue in ("de", "en")]
    works = []
    if old:
        works.append(Work("plain chain, earlier version", plain_chain(old, FORMS[:2], edition), prepare=empty))
    works += [
        Work("plain chain", plain_chain(PROJECT, FORMS, edition), prepare=empty),
        Work("one edition, one language", lagebild(*single), "plain chain", empty),
        Work("  nothing changed", lagebild(*single), "one edition, one language"),
        Work("  one decision edited", lagebild(*single), "one edition, one language", edit_decision),
        Work("  one word of a judgement edited", lagebild(*single), "one edition, one language", edit_word),
        Work("four single runs", several(*singles), prepare=empty),
        Work("both editions, both languages", lagebild(), "four single runs", empty),
        Work("  nothing changed", lagebild(), "both editions, both languages"),
        Work("  one decision edited", lagebild(), "both editions, both languages", edit_decision),
        Work("  one word of a judgement edited", lagebild(), "both editions, both languages", edit_word),
    ]
    if importlib.util.find_spec("doit"):
        works += [
            Work("plain chain by doit", build_tool(edition), "plain chain", empty),
            Work("  nothing changed", build_tool(edition), "plain chain by doit"),
            Work("  one decision edited", build_tool(edition), "plain chain by doit", edit_decision),
        ]
    return works


def main() -> None:
    """Print one line for each piece of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=Path, help="checkout of an earlier version, with its .venv")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--edition", default="2026-06-30")
    asked = parser.parse_args()
    ctypes.CDLL(None).prctl(TOLD_BY_PARENT, 1, 0, 0, 0)
    works = list_works(asked.edition, asked.old)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(asked.times):
            for work in works:
                work.seconds.append(measure(work, Path(folder)))
                print(work.name, work.seconds[-1], file=sys.stderr)  # noqa: T201
    least = {id(work): [min(column) for column in zip(*work.seconds, strict=True)] for work in works}
    print(f"{'':36}{'wall':>8}{'cpu':>8}   ratio of wall, cpu")  # noqa: T201
    for work in works:
        wall, cpu = least[id(work)]
        line = f"{work.name:36}{wall:8.2f}{cpu:8.2f}"
        for name in (work.against, works[0].name if work.name == "one edition, one language" else ""):
            other = next((one for one in works if name and one.name == name), None)
            if other:
                ratios = (mine / theirs for mine, theirs in zip((wall, cpu), least[id(other)], strict=True))
                line += f"   {', '.join(f'{ratio:.3f}' for ratio in ratios)} of {name}"
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
