"""The folder in which a run is made, and from which it moves into place: locked meanwhile, cleared if it was killed."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from filelock import FileLock, Timeout

from lagebild.core.characters import show
from lagebild.core.paths import InputError, Paths
from lagebild.run.steps import Step

PREFIX = ".run-"
REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EXDEV)


@contextmanager
def stage(target: Path, case: str) -> Iterator[Path]:
    """Give a run an empty folder beside its outputs, which is gone when it ends.

    Another run of the case into the same outputs waits, and says so: the two would replace each other's files, and
    whoever starts a second one wants its result, not an error. Runs of other cases do not meet.

    Raises
    ------
    InputError
        If `target` cannot be written.
    """
    staging = target / f"{PREFIX}{case}"
    lock = FileLock(_lock_of(staging))
    try:
        target.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            click.echo(f"Another run of {case} is at work in {show(str(target))}: waiting until it is done.", err=True)
            lock.acquire()
    except OSError as error:
        raise _refuse(target, error) from None
    try:
        _clear(target, staging)
        staging.mkdir()
        yield staging
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise _refuse(target, error) from None
    finally:
        _discard(staging, lock)


def _refuse(target: Path, error: OSError) -> InputError:
    return InputError(
        f"The folder {show(str(target))} cannot be written ({error.strerror}): give another one with --output."
    )


def seed(before: Paths, paths: Paths, steps: Sequence[Step]) -> None:
    """Copy what the steps that are left out built into the staging folder, so that a run can start in the middle."""
    if before.built.is_dir() and not paths.built.is_dir():
        shutil.copytree(before.built, paths.built)
    again = {name.split("-")[0] for step in steps for name in step.writes}
    for figure in sorted(before.figures.glob("*.*")):
        if figure.stem.split("-")[0] not in again:
            paths.figures.mkdir(parents=True, exist_ok=True)
            shutil.copy(figure, paths.figures)


def move(staging: Path, target: Path, case: str) -> None:
    """Move finished outputs into place: whole folders of tables and figures, single files of reports.

    A folder that is replaced is moved aside first, not deleted: a run that is killed leaves the old one or the new one.
    """
    for made in _finished(staging, case):
        place = target / made.relative_to(staging)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            place.rename(Path(tempfile.mkdtemp(dir=staging)) / place.name)
        made.replace(place)


def _finished(staging: Path, case: str) -> Iterator[Path]:
    yield from sorted((staging / "data" / "built" / case).glob("*"))
    yield from sorted((staging / "figures" / case).glob("*.js"))
    yield from sorted((staging / "figures" / case).glob("*/*"))
    yield from sorted((staging / "reports" / case / "runs").glob("*"))
    yield from sorted(file for file in (staging / "reports" / case).glob("*") if file.is_file())


def _lock_of(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}.lock")


def _clear(target: Path, own: Path) -> None:
    """Remove what killed runs left behind: no other process holds the lock of such a folder."""
    shutil.rmtree(own, ignore_errors=True)
    for staging in sorted({found.with_suffix("") for found in target.glob(f"{PREFIX}*")} - {own}):
        lock = FileLock(_lock_of(staging))
        with suppress(OSError):  # among them a Timeout: that run is alive
            lock.acquire(blocking=False)
            _discard(staging, lock)


def _discard(staging: Path, lock: FileLock) -> None:
    """Remove a folder and its lock, which is held meanwhile: who waits for it sees that, and makes it anew."""
    shutil.rmtree(staging, ignore_errors=True)
    with suppress(OSError):  # Windows deletes no open file; there the library does it
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
