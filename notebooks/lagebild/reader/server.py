"""A language model behind an OpenAI-compatible server: found, asked several things at once, and what it counts.

Texts go where the user said and nowhere else: no proxy, no redirect. An answer is bounded, and one deadline holds for
the whole exchange: the timeouts of httpx alone start again with every byte that drips in (encode/httpx#1450), so that
of asyncio lies around them.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from lagebild.core import HALF, Answer, Answers, InputError, show
from lagebild.reader.request import Request, read_acts

LARGEST = 4_000_000  # bytes of an answer
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for
LOCAL = {"Ollama": 11434, "llama.cpp": 8080, "LM Studio": 1234, "vLLM": 8000}  # where they listen unless told otherwise
BRIEF = 2.0  # seconds for what a local server says at once


class Address(NamedTuple):
    """Where a server answers."""

    secure: bool
    host: str
    port: int
    path: str


class Reply(NamedTuple):
    """What a model answers, and the tokens that the server counts: read and written; 0 if it does not tell."""

    text: str
    read: int
    written: int


class Unreachable(InputError):
    """No server answers there."""


class Unfit(InputError):
    """A server answers, but not what can be read."""


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
    if not (remote or is_here(address)):
        raise InputError(
            f"--endpoint {show(text)} is another machine, to which the texts would go: --remote allows that."
        )
    return address


def is_here(address: Address) -> bool:
    """Whether a server is on this machine."""
    try:
        return address.host == "localhost" or ip_address(address.host).is_loopback
    except ValueError:
        return False


def find_servers() -> dict[str, tuple[Address, tuple[str, ...]]]:
    """Return the servers that answer on this machine where such servers listen, with the models that they name."""
    found = {}
    for name, port in LOCAL.items():
        address = Address(False, "127.0.0.1", port, "/v1")
        with suppress(InputError):
            if models := list_models(address):
                found[name] = address, models
    return found


def list_models(address: Address) -> tuple[str, ...]:
    """Return the models that a server names.

    Raises
    ------
    InputError
        If it does not answer, or not so.
    """
    _, body = _exchange(address, "GET", "/models", None, BRIEF)
    try:
        names = [str(row["id"]) for row in json.loads(body)["data"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        names = []
    return tuple(name for name in names if name and name.isprintable() and not HALF.search(name))


def count_tokens(address: Address, text: str) -> int:
    """Return how many tokens a server counts in a text; 0 if it does not tell, as most do not."""
    if not is_here(address):
        return 0
    root = address._replace(path=address.path.removesuffix("/v1"))
    with suppress(InputError, ValueError, TypeError, KeyError, RecursionError):
        status, body = _exchange(root, "POST", "/tokenize", {"content": text, "prompt": text}, BRIEF)
        return len(json.loads(body)["tokens"]) if status == HTTPStatus.OK else 0
    return 0


def ask(address: Address, body: Mapping[str, Any], seconds: float) -> Reply:
    """Ask a server, and end in time whatever it does.

    One that does not know how to keep to a form is asked again without it.

    Raises
    ------
    InputError
        If it does not answer, or nothing that can be read, or not to the end.
    """
    where = f"The server at {address.host}:{address.port}"
    status, reply = _exchange(address, "POST", "/chat/completions", body, seconds)
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
        plain = {name: body[name] for name in ("model", "messages")}
        status, reply = _exchange(address, "POST", "/chat/completions", plain, seconds)
    if status != HTTPStatus.OK:
        raise Unfit(f"{where} answers {status}: look at what it writes, and at --model.")
    return _read_reply(reply, where)


def _read_reply(body: bytes, where: str) -> Reply:
    """Return the text of a reply, if it went to its end."""
    try:
        whole = json.loads(body)
        choice = whole["choices"][0]
        text, ended = choice["message"]["content"], choice.get("finish_reason") != "length"
        usage = whole.get("usage") or {}
        read, written = (usage.get(name, 0) for name in ("prompt_tokens", "completion_tokens"))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        text, ended, read, written = None, False, 0, 0
    if not isinstance(text, str) or not ended:
        raise Unfit(f"{where} answers nothing that can be read, or not to the end: allow it a longer answer.")
    counts = (n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else 0 for n in (read, written))
    return Reply(HALF.sub("?", text.rpartition("</think>")[2]), *counts)


def _exchange(
    address: Address, method: str, path: str, body: Mapping[str, Any] | None, seconds: float
) -> tuple[int, bytes]:
    """Return the status and the bytes of a reply."""
    key = os.environ.get(KEY, "")
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"{KEY} must be one line of plain characters.")
    heads = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
    where = f"The server at {address.host}:{address.port}"
    host = f"[{address.host}]" if ":" in address.host else address.host
    url = f"http{'s' * address.secure}://{host}:{address.port}{address.path}{path}"
    try:
        with ThreadPoolExecutor(1) as aside:  # in a notebook this thread has a loop of its own, which runs already
            return aside.submit(lambda: asyncio.run(_send(method, url, body, heads, seconds))).result()
    except httpx.ConnectError as fault:
        raise Unreachable(
            f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
        ) from None
    except TimeoutError:
        raise Unfit(f"{where} has not answered within {seconds:g} seconds: --timeout allows it more.") from None
    except OverflowError:
        raise Unfit(f"{where} answers more than {LARGEST:,} bytes: look at what it writes.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        raise Unfit(f"{where} breaks off ({type(fault).__name__}): look at what it writes.") from None


async def _send(
    method: str, url: str, body: Mapping[str, Any] | None, heads: Mapping[str, str], seconds: float
) -> tuple[int, bytes]:
    content = b""
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client,
        client.stream(method, url, json=body, headers=heads) as reply,
    ):
        async for piece in reply.aiter_bytes():
            content += piece
            if len(content) > LARGEST:
                raise OverflowError
        return reply.status_code, content


# --- Many Requests ---

AT_ONCE = 4  # requests: what one graphics card serves well; a server that takes one at a time lets the others wait
PATIENCE = 2  # times that no server may answer before no other text is asked about
LETTERS_A_TOKEN = 3.5  # characters; English has about 4, German 3: for servers that do not count
ANSWERED = 0.6  # tokens of an answer for each of its text: measured on the recorded answers


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, and how: the model, its server, the seconds for one answer, and who is told of each that came."""

    model: str
    address: Address | None
    seconds: float = 300.0
    tell: Callable[[int], object] = lambda _: None


def list_unanswered(requests: Iterable[Request], answers: Answers) -> list[Request]:
    """Return the requests to which no answer is kept, each once."""
    return [one for digest, one in {one.digest: one for one in requests}.items() if digest not in answers.kept]


def describe_cost(requests: Sequence[Request], address: Address) -> str:
    """Return in a few words what asking will cost: requests and tokens, by the server's own count where it tells."""
    texts = ["\n".join(message["content"] for message in one.body["messages"]) for one in requests]
    letters = sum(map(len, texts))
    longest = max(texts, key=len)
    counted = count_tokens(address, longest)
    rate = len(longest) / counted if counted else LETTERS_A_TOKEN
    asked = sum(one.end - one.start for one in requests) / rate
    how = "by the server's count" if counted else "estimated"
    count = "1 request" if len(requests) == 1 else f"{len(requests)} requests"
    where = "this machine" if is_here(address) else address.host
    return f"{count} to {where}: about {letters / rate:,.0f} tokens to read ({how}), {asked * ANSWERED:,.0f} to write"


def ask_all(requests: Sequence[Request], asking: Asking, answers: Answers) -> list[str]:
    """Ask for what is not answered yet, and keep each answer as it comes; return why some got none.

    An interruption loses nothing but the answers that were still to come.
    """
    faults, failed = list[str](), 0
    if not requests or asking.address is None:
        return faults
    answers.check_writable()
    rest, running = iter(requests), set[Future[None]]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            while True:
                while len(running) < AT_ONCE and failed < PATIENCE and (one := next(rest, None)):
                    running.add(pool.submit(_ask_one, one, asking, answers))
                if not running:
                    return faults
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    asking.tell(1)
                    fault = future.exception()
                    if isinstance(fault, InputError):
                        faults.append(str(fault))
                        failed += isinstance(fault, Unreachable)
                    elif fault:
                        raise fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _ask_one(request: Request, asking: Asking, answers: Answers) -> None:
    assert asking.address
    reply = ask(asking.address, request.body, asking.seconds)
    read_acts(reply.text)  # only what can be read is kept
    answers.keep(request.digest, Answer(reply.text, asking.model, date.today().isoformat(), reply.read, reply.written))
