"""The file of a model's answers, `answers.jsonl` of a case: what was answered once is not asked again.

One JSON object a line: digest of the request, the answer with its digest, who gave it, and how (`Answer`). With the
file, the same texts give the same drafts without a server.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lagebild.core.disk import lock_folder, short_path
from lagebild.core.errors import InputError

ANSWERS = "answers.jsonl"  # in the folder of a case
BEGIN = b'{"digest": "'  # of each line


class Answer(NamedTuple):
    """What a model answered to a request, and how that came about; lines of older files say less."""

    text: str  # or the answers about the pieces of a text put together
    model: str = ""
    day: str = ""  # ISO 8601
    read: int = 0  # tokens as the server counted them, here and in `written`; 0 if nobody did
    written: int = 0
    server: str = ""  # the kind of it
    weights: str = ""  # its word for its build and the weights: digest, quantization
    context: int = 0  # tokens that the server let the model have at once; 0 if it does not tell
    form: str = ""  # whether the answer keeps to the form: "kept", "broken", or "not asked" of a server that knows none
    told: str = ""  # which instructions were sent: "short" where the context is small
    pieces: int = 1  # how many answers were put together
    finish: str = ""  # of the last piece: "stop" or "length"
    refused: str = ""  # why the text counts as not readable; it is not asked about again, and `text` is empty


class Answers:
    """The answers that a file holds, by the digests of their requests.

    Parameters
    ----------
    file
        Where they lie; it need not be there yet.

    Raises
    ------
    InputError
        If the file is not as it was kept.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.kept: dict[str, Answer] = {}
        self.refused: dict[str, str] = {}  # why there will be no answer
        self._end, self._lines = 0, 0  # of the file as far as it was read
        with self._opened():
            if file.exists() and not file.is_file():
                raise IsADirectoryError  # or a device, which never ends
            self._read()

    @contextmanager
    def _opened(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            message = f"{short_path(self.file)} cannot be read or written ({type(fault).__name__})"
            raise InputError(f"{message}: name another file by --kept.") from None

    def check_writable(self) -> None:
        """Refuse a file that cannot be written, before anybody is asked for what it shall hold."""
        with self._opened():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("ab"):
                pass

    def keep(self, digest: str, answer: Answer) -> None:
        """Add an answer to the file, unless another process has kept one meanwhile: then that counts."""
        line = {"digest": digest} | answer._asdict() | {"hash": _hash(answer.text)}
        with self._opened(), lock_folder(self.file.parent):
            self._read()
            if digest not in self.kept and digest not in self.refused:
                with self.file.open("r+b" if self.file.exists() else "w+b") as file:
                    file.truncate(self._end)  # what an earlier process did not write to its end
                    file.seek(self._end)
                    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                self._read()

    def _read(self) -> None:
        """Read what is kept and was not read yet; the first answer to a request counts."""
        with self.file.open("rb") if self.file.exists() else BytesIO() as file:
            file.seek(self._end)
            for line in file:
                if not line.endswith(b"\n") and (line.startswith(BEGIN) or BEGIN.startswith(line)):
                    break  # one of ours that was cut off
                self._end, self._lines = self._end + len(line), self._lines + 1
                digest, answer = self._parse(line)
                if answer.refused:
                    self.refused.setdefault(digest, str(answer.refused))
                else:
                    self.kept.setdefault(digest, answer)

    def _parse(self, line: bytes) -> tuple[str, Answer]:
        try:
            row = json.loads(line)
            digest, same = str(row.pop("digest")), row.pop("hash") == _hash(row["text"])
            answer = Answer(**row)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            same, digest, answer = False, "", Answer("")
        if not same:
            place = f"{short_path(self.file)}, line {self._lines}"
            raise InputError(f"{place}: this is not as it was kept; delete the line to ask again.")
        return digest, answer


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
