"""What a language model answers: asked of a server once, and kept in a file.

With the file, the same texts give the same drafts without a server. The server answers on this machine, unless another
one is allowed, as the texts go to it.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lagebild.coder import Draft, DraftedText, Propose
from lagebild.core import HALF, InputError, Reference, lock_folder, show
from lagebild.dataset import admit_acts, build_request, digest, read_acts

# --- The Server ---

LARGEST = 4_000_000  # bytes of an answer
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for


class Address(NamedTuple):
    """Where a server answers."""

    secure: bool
    host: str
    port: int
    path: str


def read_address(text: str, *, remote: bool = False) -> Address:
    """Return an address such as ``http://127.0.0.1:8080/v1``.

    Raises
    ------
    InputError
        If it is none, or that of another machine, which takes `remote`.
    """
    try:
        parts = urlsplit(text)
        secure = parts.scheme == "https"
        address = Address(secure, parts.hostname or "", parts.port or (443 if secure else 80), parts.path.rstrip("/"))
        fits = parts.scheme in ("http", "https") and address.host and not (parts.query or "@" in parts.netloc)
        fits = fits and text.isascii() and text.isprintable() and " " not in text
    except ValueError:
        fits = False
    if not fits:  # it may hold a password: it is not shown
        raise InputError("--endpoint must be an address such as http://127.0.0.1:8080/v1, without a name or password.")
    if not (remote or _is_here(address.host)):
        raise InputError(
            f"--endpoint {show(text)} is another machine, to which the texts would go: --remote allows that."
        )
    return address


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Unreachable(InputError):
    """No server answers there."""


def ask(address: Address, request: dict[str, Any], seconds: float) -> str:
    """Ask a server, without a proxy and without going where it sends one, and end in time whatever it does."""
    key = os.environ.get(KEY, "")
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"{KEY} must be one line of plain characters.")
    heads = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    where = f"The server at {address.host}:{address.port}"
    connect = http.client.HTTPSConnection if address.secure else http.client.HTTPConnection
    connection = connect(address.host, address.port, timeout=seconds)
    late, opened = threading.Event(), list[socket.socket]()  # the connection forgets its socket while it still reads

    def stop() -> None:
        late.set()
        for open_socket in opened:
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        try:
            connection.connect()
        except OSError as fault:
            message = f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
            raise Unreachable(message) from None
        opened.append(connection.sock)
        if late.is_set():
            raise TimeoutError
        connection.request("POST", f"{address.path}/chat/completions", json.dumps(request), heads)
        reply = connection.getresponse()
        body = reply.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        if late.is_set() or isinstance(fault, TimeoutError):
            late.set()
        else:
            raise InputError(f"{where} breaks off ({type(fault).__name__}): look at what it writes.") from None
    finally:
        clock.cancel()
        connection.close()
    if late.is_set():
        raise InputError(f"{where} has not answered within {seconds:g} seconds: --timeout allows it more.")
    if len(body) > LARGEST:
        raise InputError(f"{where} answers more than {LARGEST:,} bytes: look at what it writes.")
    if reply.status != HTTPStatus.OK:
        raise InputError(f"{where} answers {reply.status}: look at what it writes, and at --model.")
    return _read_answer(body, where)


def _read_answer(body: bytes, where: str) -> str:
    """Return the text of a reply, if it went to its end."""
    try:
        choice = json.loads(body)["choices"][0]
        answer, ended = choice["message"]["content"], choice.get("finish_reason") != "length"
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        answer, ended = None, False
    if not isinstance(answer, str) or not ended:
        raise InputError(f"{where} answers nothing that can be read, or not to the end: allow it a longer answer.")
    return HALF.sub("?", answer)


# --- The File of Answers ---

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
        request = build_request(reference, text, language, published, model)
        note: dict[str, Any] = {"name": model, "digest": digest(request)}
        try:
            acts = read_acts(answers.answer(request))
        except InputError as fault:
            unasked.append(str(fault))
            return (), {"model": note | {"fault": str(fault)}}
        admission = admit_acts(reference, text, language, published, drafted, acts, model)
        refused = [{"quote": quote, "why": why} for quote, why in admission.refused]
        note |= {"admitted": len(admission.admitted), "agreed": admission.agreed, "refused": refused}
        return admission.admitted, {"model": note}

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
            message = f"{self.file} cannot be read or written ({type(fault).__name__})"
            raise InputError(f"{message}: name another file by --kept.") from None

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
                answer = ask(self.address, request, self.seconds)
            except Unreachable:
                self.failed += 1
                self.address = self.address if self.failed < PATIENCE else None  # nor will it for the next text
                raise
            read_acts(answer)
            with self._opened():
                self._keep(name, request, answer)
        return self.kept[name]

    def _keep(self, name: str, request: dict[str, Any], answer: str) -> None:
        """Add an answer to the file, unless another process has kept one meanwhile: then that counts."""
        line = {"digest": name, "request": request, "answer": answer, "answer_digest": _hash(answer)}
        with lock_folder(self.file.parent):
            self._read()
            if name not in self.kept:
                with self.file.open("r+b") as file:
                    file.seek(self.end)
                    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                    file.truncate()  # what an earlier process did not write to its end
                    file.flush()
                    os.fsync(file.fileno())
                self.kept[name] = answer

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
                    name, answer = str(row["digest"]), str(row["answer"])
                    same = name == digest(row["request"]) and row["answer_digest"] == _hash(answer)
                except (ValueError, TypeError, KeyError, RecursionError):
                    same, name, answer = False, "", ""
                if not same:
                    raise InputError(
                        f"{self.file}, line {self.lines}: this is not as it was kept; delete the line to ask again."
                    )
                self.kept.setdefault(name, answer)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
