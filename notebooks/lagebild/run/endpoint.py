"""A server that answers for a language model: on this machine, unless another one is allowed, as the texts go to it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lagebild.core.characters import HALF, show
from lagebild.core.paths import InputError

LARGEST = 4_000_000  # bytes of an answer
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for
LOCAL = "localhost"


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
        found = Address(secure, parts.hostname or "", parts.port or (443 if secure else 80), parts.path.rstrip("/"))
        fits = parts.scheme in ("http", "https") and found.host and not (parts.query or "@" in parts.netloc)
        fits = fits and text.isascii() and text.isprintable() and " " not in text
    except ValueError:
        fits = False
    if not fits:  # it may hold a password: it is not shown
        raise InputError("--endpoint must be an address such as http://127.0.0.1:8080/v1, without a name or password.")
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
        for one in opened:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        try:
            connection.connect()
        except OSError as fault:
            told = f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
            raise Unreachable(told) from None
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
