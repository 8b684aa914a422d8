"""A server that answers for a language model, and the file that keeps what it was asked and answered.

What was asked once is not asked again: with the file, the same texts give the same drafts without a server. Only a
server on this machine is asked, unless another one is allowed: the texts go to it.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lagebild.coder.candidates import admit
from lagebild.coder.coder import DraftedText, Propose
from lagebild.coder.drafts import Draft
from lagebild.coder.request import ask_about, digest
from lagebild.core.characters import show
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference

LARGEST = 4_000_000  # bytes of an answer
PIECE = 65_536
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for
LOCAL = "localhost"


class Address(NamedTuple):
    """Where a server answers."""

    secure: bool
    host: str
    port: int | None
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
        found = Address(parts.scheme == "https", parts.hostname or "", parts.port, parts.path.rstrip("/"))
    except ValueError:
        found, parts = Address(False, "", None, ""), urlsplit("")
    if parts.scheme not in ("http", "https") or not found.host or parts.query or parts.username:
        raise InputError(f"--endpoint is {show(text)}, but must be an address such as http://127.0.0.1:8080/v1.")
    if not (remote or _is_here(found.host)):
        raise InputError(
            f"--endpoint {show(text)} is another machine, to which the texts would go: --remote allows that."
        )
    return found


def _is_here(host: str) -> bool:
    try:
        return host == LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False


def ask_model(
    reference: Reference, model: str, kept: str, endpoint: str, seconds: float, *, remote: bool, unasked: list[str]
) -> Propose:
    """Return what proposes the candidates of a model for a text; why one got no answer is added to `unasked`.

    Raises
    ------
    InputError
        If the model or the file is not named, the address is none, or the file is not as it was kept.
    """
    if not (model and kept):
        raise InputError("A model takes its name and a file for its answers: --model NAME --kept FILE.")
    answers = Answers(Path(kept), read_address(endpoint, remote=remote) if endpoint else None, seconds)

    def propose(
        text: str, language: str, published: str, drafted: DraftedText
    ) -> tuple[Iterable[Draft], dict[str, Any]]:
        request = ask_about(reference, text, language, published, model)
        told: dict[str, Any] = {"name": model, "digest": digest(request)}
        try:
            found = admit(reference, text, language, published, drafted, answers.answer(request), model)
        except InputError as fault:
            unasked.append(str(fault))
            return (), {"model": told | {"fault": str(fault)}}
        refused = [{"quote": quote, "why": why} for quote, why in found.refused]
        told |= {"admitted": len(found.admitted), "agreed": found.agreed, "refused": refused}
        return found.admitted, {"model": told}

    return propose


class Unreachable(InputError):
    """No server answers there."""


class Answers:
    """The answers of a model: kept in a file, or asked of a server and kept there.

    Parameters
    ----------
    file
        Where they are kept, one JSON object a line: digest, request, answer, and the digest of the answer.
    address
        The server; without one, only what is kept is answered.
    seconds
        How long one answer may take.
    """

    def __init__(self, file: Path, address: Address | None = None, seconds: float = 120.0) -> None:
        self.file, self.address, self.seconds = file, address, seconds
        self.kept = dict(_read_kept(file))

    def answer(self, request: dict[str, Any]) -> str:
        """Return the answer to a request.

        Raises
        ------
        InputError
            If none is kept and no server gives one.
        """
        name = digest(request)
        if name not in self.kept:
            if self.address is None:
                raise InputError(f"{self.file} keeps no answer for this text: name a server by --endpoint.")
            try:
                told = _ask(self.address, request, self.seconds)
            except Unreachable:
                self.address = None  # nor will it for the next text
                raise
            line = {"digest": name, "request": request, "answer": told, "answer_digest": _hash(told)}
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            self.kept[name] = told
        return self.kept[name]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _read_kept(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the digests of requests with their answers; a last line that was cut off is dropped, and asked again."""
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{file} cannot be read ({type(fault).__name__}): name another file by --kept.") from None
    whole, _, rest = text.rpartition("\n")
    if rest:
        file.write_text(whole + "\n" * bool(whole), encoding="utf-8")
    for number, line in enumerate(whole.split("\n") if whole else (), start=1):
        try:
            row = json.loads(line)
            name, told = str(row["digest"]), str(row["answer"])
            same = name == digest(row["request"]) and row["answer_digest"] == _hash(told)
        except (ValueError, TypeError, KeyError, RecursionError):
            same, name, told = False, "", ""
        if not same:
            raise InputError(f"{file}, line {number}: this is not as it was kept; delete the line to ask again.")
        yield name, told


def _ask(address: Address, request: dict[str, Any], seconds: float) -> str:
    """Ask a server, without a proxy and without going where it sends one."""
    connect = http.client.HTTPSConnection if address.secure else http.client.HTTPConnection
    connection = connect(address.host, address.port, timeout=seconds)
    key = os.environ.get(KEY, "")
    heads = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    where = f"The server at {address.host}{f':{address.port}' if address.port else ''}"
    try:
        connection.request("POST", f"{address.path}/chat/completions", json.dumps(request), heads)
        reply = connection.getresponse()
        body = _read_body(reply, time.monotonic() + seconds)
    except TimeoutError:
        raise InputError(f"{where} has not answered within {seconds:g} seconds: --timeout allows it more.") from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable(
            f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
        ) from None
    finally:
        connection.close()
    if reply.status != HTTPStatus.OK:
        raise InputError(f"{where} answers {reply.status}: look at what it writes, and at --model.")
    try:
        choice = json.loads(body)["choices"][0]
        told = choice["message"]["content"]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        told, choice = None, {}
    if not isinstance(told, str) or choice.get("finish_reason") == "length":
        raise InputError(
            f"{where} answers nothing that can be read, or not to the end: allow the model a longer answer."
        )
    return told.encode("utf-8", "replace").decode()


def _read_body(reply: http.client.HTTPResponse, until: float) -> bytes:
    """Return what a server answers, as long as it is not too much and does not take too long."""
    body = b""
    while piece := reply.read1(PIECE):
        body += piece
        if len(body) > LARGEST:
            raise ValueError("too long an answer")
        if time.monotonic() > until:
            raise TimeoutError
    return body
