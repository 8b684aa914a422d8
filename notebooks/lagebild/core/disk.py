"""Files: read as UTF-8, written whole or not at all, locked, and fingerprinted."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from lagebild.core.errors import InputError

LOCK = ".lock"  # stands beside what is locked, and stays there


def short_path(file: Path) -> str:
    """Return a path from `data` or `reports` on, so that messages read the same on every machine."""
    parts = file.parts
    starts = [i for i, part in enumerate(parts) if part in ("data", "figures", "reports")]
    return "/".join(parts[starts[-1] :]) if starts else file.name


def read_text(file: Path, kind: str, missing: str) -> str:
    """Return the text of a file of a `kind`; `missing` says what to do if there is none.

    Raises
    ------
    InputError
        If the file is missing, is not UTF-8 or cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{short_path(file)} is missing: {missing}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{short_path(file)} is not UTF-8: save it as {kind} in UTF-8.") from None
    except OSError as error:
        raise InputError(f"{short_path(file)} cannot be read ({error.strerror}): put a file there.") from None


def read_lines(file: Path) -> list[str]:
    """Return the lines of a text file that hold something.

    Raises
    ------
    InputError
        If the file is missing, is not UTF-8 or cannot be read.
    """
    lines = read_text(file, "plain text", "take it from the repository again").splitlines()
    return [line for line in lines if line.strip()]


def write_bytes(file: Path, content: bytes, lasting: bool = False) -> None:
    """Write a file beside its place and move it there, so that no reader ever sees half of it.

    If it shall be `lasting`, it is on the disk before it is moved: not even a power cut leaves less than before.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    with temporary.open("wb") as stream:
        stream.write(content)
        if lasting:
            stream.flush()
            os.fsync(stream.fileno())
    if lasting and file.exists():
        shutil.copymode(file, temporary)
    temporary.replace(file)


@contextmanager
def make_folder(folder: Path) -> Iterator[Path]:
    """Give a place beside a folder to be made, and move it there once it is filled; a fault leaves nothing behind.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    temporary = folder.with_name(f".run-{folder.name}-{os.getpid()}")
    try:
        yield temporary
        temporary.rename(folder)
    except OSError as error:
        why = error.strerror or "not all files of it"  # of a whole tree shutil gives no reason
        raise InputError(f"{short_path(folder)} cannot be written ({why}): check rights and free space.") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Let nobody else on this machine lock a folder meanwhile, and put on the disk which files it holds then.

    The system lifts the lock of a program that died.
    """
    with FileLock(folder / LOCK, mode=0o666):  # whoever may write in the folder, as far as the umask allows
        yield
        if sys.platform != "win32":  # Windows cannot open a folder
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def hash_files(files: Iterable[Path]) -> str:
    """Return one SHA-256 over the names and contents of files; empty if none of them is there."""
    present = [file for file in files if file.is_file()]
    digest = hashlib.sha256()
    for file in present:
        digest.update(f"{file.name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest() if present else ""
