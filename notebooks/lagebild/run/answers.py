"""What a language model answers: asked of a server once, and kept in a file.

With the file, the same texts give the same drafts without a server.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from lagebild.coder.coder import DraftedText, Propose
from lagebild.coder.drafts import Draft
from lagebild.core.characters import HALF
from lagebild.core.files import lock_folder
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.dataset.candidates import admit
from lagebild.dataset.request import ask_about, digest, read_acts
from lagebild.run.endpoint import Address, Unreachable, ask, read_address

BEGIN = b'{"digest": "'  # of each line
PATIENCE = 2  # times that no server may answer before no other text is asked about


def ask_model(
    reference: Reference, model: str, kept: str, endpoint: str, seconds: float, *, remote: bool, unasked: list[str]
) -> Propose:
    """Return what proposes the candidates of a model for a text; why one got no answer is added to `unasked`.

    Raises
    ------
    InputError
        If the model or the file is not named, the address is none, or the file is not as it was kept.
    """
    if not (model and kept) or HALF.search(model):
        raise InputError("A model takes its name and a file for its answers: --model NAME --kept FILE.")
    answers = Answers(Path(kept), read_address(endpoint, remote=remote) if endpoint else None, seconds)

    def propose(
        text: str, language: str, published: str, drafted: DraftedText
    ) -> tuple[Iterable[Draft], dict[str, Any]]:
        request = ask_about(reference, text, language, published, model)
        told: dict[str, Any] = {"name": model, "digest": digest(request)}
        try:
            acts = read_acts(answers.answer(request))
        except InputError as fault:
            unasked.append(str(fault))
            return (), {"model": told | {"fault": str(fault)}}
        found = admit(reference, text, language, published, drafted, acts, model)
        refused = [{"quote": quote, "why": why} for quote, why in found.refused]
        told |= {"admitted": len(found.admitted), "agreed": found.agreed, "refused": refused}
        return found.admitted, {"model": told}

    return propose


class Answers:
    """The answers of a model: kept in a file, or asked of a server and kept there if they can be read.

    Parameters
    ----------
    file
        Where they are kept, one JSON object a line: digest, request, answer, and the digest of the answer.
    address
        The server; without one, only what is kept is answered.
    seconds
        How long one answer may take.

    Raises
    ------
    InputError
        If the file is not as it was kept, or cannot be written though a server is to be asked.
    """

    def __init__(self, file: Path, address: Address | None = None, seconds: float = 120.0) -> None:
        self.file, self.address, self.seconds = file, address, seconds
        self.kept: dict[str, str] = {}
        self.end, self.lines, self.failed = 0, 0, 0  # of the file as far as it was read; how often no server answered
        with self._opened():
            if address:
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("ab"):
                    pass
            self._read()

    @contextmanager
    def _opened(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            told = f"{self.file} cannot be read or written ({type(fault).__name__})"
            raise InputError(f"{told}: name another file by --kept.") from None

    def answer(self, request: dict[str, Any]) -> str:
        """Return the answer to a request.

        Raises
        ------
        InputError
            If none is kept and no server gives one that can be read.
        """
        name = digest(request)
        if name not in self.kept:
            if self.address is None:
                raise InputError(f"{self.file} keeps no answer for this text, and no server answers: see --endpoint.")
            try:
                told = ask(self.address, request, self.seconds)
            except Unreachable:
                self.failed += 1
                self.address = self.address if self.failed < PATIENCE else None  # nor will it for the next text
                raise
            read_acts(told)
            with self._opened():
                self._keep(name, request, told)
        return self.kept[name]

    def _keep(self, name: str, request: dict[str, Any], told: str) -> None:
        """Add an answer to the file, unless another process has kept one meanwhile: then that counts."""
        line = {"digest": name, "request": request, "answer": told, "answer_digest": _hash(told)}
        with lock_folder(self.file.parent):
            self._read()
            if name not in self.kept:
                with self.file.open("r+b") as file:
                    file.seek(self.end)
                    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                    file.truncate()  # what an earlier process did not write to its end
                    file.flush()
                    os.fsync(file.fileno())
                self.kept[name] = told

    def _read(self) -> None:
        """Read what is kept and was not read yet; the first answer to a request counts."""
        with self.file.open("rb") if self.file.exists() else BytesIO() as file:
            file.seek(self.end)
            for line in file:
                if not line.endswith(b"\n") and (line.startswith(BEGIN) or BEGIN.startswith(line)):
                    break  # one of ours that was cut off
                self.end, self.lines = self.end + len(line), self.lines + 1
                try:
                    row = json.loads(line)
                    name, told = str(row["digest"]), str(row["answer"])
                    same = name == digest(row["request"]) and row["answer_digest"] == _hash(told)
                except (ValueError, TypeError, KeyError, RecursionError):
                    same, name, told = False, "", ""
                if not same:
                    raise InputError(
                        f"{self.file}, line {self.lines}: this is not as it was kept; delete the line to ask again."
                    )
                self.kept.setdefault(name, told)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
