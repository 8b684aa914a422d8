"""A language model behind an OpenAI-compatible server: found, asked several things at once, and what it counts.

Texts go where the user said and nowhere else: no proxy, no redirect. An answer is bounded, and one deadline holds for
the whole exchange: the timeouts of httpx alone start again with every byte that drips in (encode/httpx#1450), so that
of asyncio lies around them. All is done in a loop of a thread of its own, for that of a notebook runs already.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
from anyio.from_thread import start_blocking_portal

from lagebild.core import Answer, Answers, InputError, characters, show
from lagebild.reader.request import Request, read_acts

LARGEST = 4_000_000  # bytes of an answer
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for
LOCAL = {"Ollama": 11434, "llama.cpp": 8080, "LM Studio": 1234, "vLLM": 8000}  # where they listen unless told otherwise
BRIEF = 2.0  # seconds for what a local server says at once
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PAUSE = 2.0  # seconds before a busy server is asked again, if it does not say how many
STRANGE = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
SHUT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class Address(NamedTuple):
    """Where a server answers."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def where(self) -> str:
        """The server as a message names it."""
        return f"The server at {self.host}:{self.port}"


class Reply(NamedTuple):
    """What a model answers, and the tokens that the server counts: read and written; 0 if it does not tell."""

    text: str
    read: int
    written: int


class AnotherMachine(InputError):
    """A server is not on this machine, and nobody said that texts may go there."""


class Unreachable(InputError):
    """No server answers there, or none for us: it is no use to go on asking."""


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
        raise AnotherMachine(
            f"{show(text)} is another machine, to which the texts would go: --endpoint with --remote allows that."
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
    _, body = _ask_briefly(address, "GET", "/models")
    try:
        names = [str(row["id"]) for row in json.loads(body)["data"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        names = []
    return tuple(name for name in names if name and name.isprintable() and not characters.HALF.search(name))


def count_tokens(address: Address, text: str) -> int:
    """Return how many tokens a server counts in a text; 0 if it does not tell, as most do not."""
    if not is_here(address):
        return 0
    root = address._replace(path=address.path.removesuffix("/v1"))
    with suppress(InputError, ValueError, TypeError, KeyError, RecursionError):
        status, body = _ask_briefly(root, "POST", "/tokenize", {"content": text, "prompt": text})
        return len(json.loads(body)["tokens"]) if status == HTTPStatus.OK else 0
    return 0


async def ask(address: Address, body: Mapping[str, Any], seconds: float, key: str = "") -> Reply:
    """Ask a server, and end in time whatever it does.

    One that does not know how to keep to a form, or how to answer the same always, is asked again without that.

    Raises
    ------
    InputError
        If it does not answer, or nothing that can be read, or not to the end.
    """
    plain = ("model", "messages")
    with _explained(address, seconds):
        async with asyncio.timeout(seconds):
            for names in ([*body], [*plain, "temperature", "seed"], plain):
                asked = {name: body[name] for name in names}
                status, reply = await _send(address, "POST", "/chat/completions", asked, key, seconds)
                if status not in STRANGE:
                    break
    if status in SHUT:
        raise Unreachable(f"{address.where} answers {status}: look at --model and --endpoint, or set {KEY} to its key.")
    if status != HTTPStatus.OK:
        raise Unfit(f"{address.where} answers {status}: look at what it writes, and at --model.")
    return _read_reply(reply, address.where)


def _read_reply(body: bytes, where: str) -> Reply:
    """Return the text of a reply, if it went to its end."""
    try:
        whole = json.loads(body)
        choice = whole["choices"][0]
        text, ended = choice["message"]["content"], choice.get("finish_reason") != "length"
        usage = whole.get("usage") or {}
        read, written = usage.get("prompt_tokens"), usage.get("completion_tokens")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        text, ended, read, written = None, False, None, None
    if not isinstance(text, str) or not ended:
        raise Unfit(f"{where} answers nothing that can be read, or not to the end: allow it a longer answer.")
    return Reply(characters.HALF.sub("?", text.rpartition("</think>")[2]), _read_count(read), _read_count(written))


def _read_count(count: object) -> int:
    """Return a number of tokens; 0 for what is none."""
    return count if type(count) is int and count >= 0 else 0


def read_key() -> str:
    """Return the key that servers may ask for, from the environment."""
    key = os.environ.get(KEY, "")
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"{KEY} must be one line of plain characters.")
    return key


@contextmanager
def _explained(address: Address, seconds: float) -> Iterator[None]:
    """Make one sentence of what goes wrong with a server."""
    where = address.where
    try:
        yield
    except httpx.ConnectError as fault:
        message = f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
        raise Unreachable(message) from None
    except TimeoutError:
        message = f"{where} has not answered within {seconds:g} seconds: --timeout allows it more."
        raise Unreachable(message) from None
    except OverflowError:
        raise Unfit(f"{where} answers more than {LARGEST:,} bytes: look at what it writes.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        raise Unfit(f"{where} breaks off ({type(fault).__name__}): look at what it writes.") from None


def _ask_briefly(address: Address, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, bytes]:
    """Return what a server says at once, and to whoever asks: without a key."""
    with start_blocking_portal() as portal, _explained(address, BRIEF):
        reply: tuple[int, bytes] = portal.call(_send, address, method, path, body, "", BRIEF)
    return reply


async def _send(
    address: Address, method: str, path: str, body: Mapping[str, Any] | None, key: str, seconds: float
) -> tuple[int, bytes]:
    """Return the status and the bytes of a reply, once the server is not busy."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    url = f"http{'s' * address.secure}://{host}:{address.port}{address.path}{path}"
    heads = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client,
    ):
        while True:
            content = b""
            async with client.stream(method, url, json=body, headers=heads) as reply:
                if reply.headers.get("Content-Encoding", "identity") != "identity":
                    raise httpx.DecodingError("it was asked not to")  # a few bytes may be gigabytes
                async for piece in reply.aiter_raw():
                    content += piece
                    if len(content) > LARGEST:
                        raise OverflowError
            if reply.status_code not in BUSY:
                return reply.status_code, content
            after = reply.headers.get("Retry-After", "")
            await asyncio.sleep(float(after) if after.isascii() and after.isdigit() else PAUSE)


# --- Many Requests ---

AT_ONCE = 4  # requests: what one graphics card serves well; a server that takes one at a time lets the others wait
PATIENCE = 2  # times one after another that no server may answer before no other text is asked about
LETTERS_A_TOKEN = 3.5  # characters; English has about 4, German 3: for servers that do not count
ANSWERED = 0.6  # tokens of an answer for each of its text: measured on the recorded answers


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, and how: model, server and key, seconds for one answer, who is told of each, and what reads it."""

    model: str
    address: Address
    key: str = ""
    seconds: float = 300.0
    tell: Callable[[int], object] = lambda _: None
    read: Callable[[str], object] = read_acts


def list_unanswered(requests: Iterable[Request], answers: Answers) -> list[Request]:
    """Return the requests to which no answer is kept, each once."""
    unanswered = {}
    for one in requests:
        if one.digest not in answers.kept:
            unanswered[one.digest] = one
    return list(unanswered.values())


def describe_cost(requests: Sequence[Request], address: Address) -> str:
    """Return in a few words what asking will cost: requests and tokens, by the server's own count where it tells."""
    texts = []
    for one in requests:
        instructions, asked_about = one.body["messages"]
        texts.append(f"{instructions['content']}\n{asked_about['content']}")
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
    faults, failed, rest = list[str](), 0, iter(requests)

    async def ask_next() -> None:
        nonlocal failed
        for one in rest:
            try:
                reply = await ask(asking.address, one.body, asking.seconds, asking.key)
                asking.read(reply.text)  # only what can be read is kept
            except InputError as fault:
                faults.append(str(fault))
                failed += isinstance(fault, Unreachable)
            else:
                today = date.today().isoformat()
                answers.keep(one.digest, Answer(reply.text, asking.model, today, reply.read, reply.written))
                failed = 0
            asking.tell(1)
            if failed >= PATIENCE:
                return

    async def ask_every() -> None:
        await asyncio.gather(*(ask_next() for _ in range(AT_ONCE)))

    if requests:
        answers.check_writable()
        with start_blocking_portal() as portal:  # Ctrl-C ends what is under way
            portal.call(ask_every)
    return faults
