"""One question to an OpenAI-compatible server, and what comes back: sent, streamed, bounded, and its faults in words.

Texts go where the user said and nowhere else: no proxy, no redirect. What servers of 2026 differ in is dealt with here
and does not reach the digest of a request: whether the model thinks aloud and in which field, which fields the server
knows, how long an answer may get, and quotation marks that end a string of JSON too early (`soften`).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, NamedTuple

import httpx

from lagebild.core import InputError, characters

LARGEST = 4_000_000  # bytes of an answer
KEY = "LAGEBILD_MODEL_KEY"  # environment variable with the key that a server may ask for
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PAUSE = 2.0  # seconds before a busy server is asked again, if it does not say how many
SHUT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
STRANGE = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)  # it does not know all that it was sent
BLANKS = 200  # at the end of an answer: models in a form write blanks without end (vllm#38696, omlx#2990)
LONGEST_WORDS = 200  # characters of a server's own words that a message repeats
MOST_ACTS, MOST_NAMES, LONGEST_STRING = 40, 10, 400  # in a form: an array without `maxItems` may never end
LEAST_ANSWER = 600  # tokens that an answer may have at least

# What a server may not know. Without a word of which it is, the first that may go are those that only save time.
EXTRAS = ("reasoning_effort", "chat_template_kwargs", "stream_options", "stream", "max_tokens")
SAMPLING = ("temperature", "seed")
FORM = ("response_format",)
WITHOUT: tuple[tuple[str, ...], ...] = ((), EXTRAS, EXTRAS + SAMPLING, EXTRAS + FORM, EXTRAS + SAMPLING + FORM)
NAMED = {  # words of a message that name a field; the longer names first
    "response_format": "response_format|json_schema|schema|grammar|structured",
    "chat_template_kwargs": "chat_template_kwargs|enable_thinking",
    "reasoning_effort": "reasoning",
    "stream_options": "stream_options",
    "stream": "stream",
    "max_tokens": "max_tokens",
    "temperature": "temperature",
    "seed": "seed",
}
CONTEXT = re.compile(r"context|too many tokens|maximum .{0,30}tokens|prompt is too long", re.IGNORECASE)
SIZE = re.compile(r"(?:context (?:size|length|window)|n_ctx)\D{0,20}(\d+)", re.IGNORECASE)
OPENING, CLOSING = "„«‟", "”»"  # marks whose side is clear


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

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


class Reply(NamedTuple):
    """What a model answers, the tokens that the server counts (0 if it does not tell), and how the answer came about.

    `finish` is ``stop``, ``length`` for an answer that was cut, or what else the server says; `fingerprint` is the
    server's word for its build and weights; `form` whether it was asked to keep to a form.
    """

    text: str
    read: int = 0
    written: int = 0
    finish: str = ""
    fingerprint: str = ""
    form: bool = False


class Unreachable(InputError):
    """No server answers there, or none for us: it is no use to go on asking."""


class Unfit(InputError):
    """A server answers, but not what can be read."""


class Passing(Unfit):
    """It broke off or took too long: it may do better when it is asked nothing else."""


class TooLong(Unfit):
    """A question is longer than the server's context; `context` in tokens, 0 if it does not say."""

    def __init__(self, message: str, context: int = 0) -> None:
        super().__init__(message)
        self.context = context


class Wire:
    """The way to one server.

    Parameters
    ----------
    address
        Where it answers.
    seconds
        How long it may take to begin an answer, and again to end it.
    key
        What it is sent as a key, if it asks for one.
    think
        Whether the model may think before it answers.
    """

    def __init__(self, address: Address, seconds: float, key: str = "", *, think: bool = False) -> None:
        self.address, self.seconds, self.key, self.think = address, seconds, key, think
        self.unknown: set[str] = set()  # fields that this server refused

    async def ask(
        self, body: Mapping[str, Any], letters: int, tell: Callable[[int], object] = lambda _: None, **others: Any
    ) -> Reply:
        """Ask, and end in time whatever the server does.

        Parameters
        ----------
        body
            The request as its digest knows it.
        letters
            How long the text is that is asked about, in characters: its answer is bounded by it.
        tell
            Told how many characters more are written.
        **others
            Fields that stand for this time instead of those of the body.

        Raises
        ------
        InputError
            If it does not answer, or nothing that can be read.
        """
        attempts = iter(WITHOUT)
        left_out = set(next(attempts))
        while True:
            sent = dress(body, letters, think=self.think) | others
            for name in self.unknown | left_out:
                sent.pop(name, None)
            with explain(self.address, self.seconds):
                status, content = await send(
                    self.address, "POST", "/chat/completions", sent, self.key, self.seconds, tell
                )
            said = read_fault(content)
            self._check(status, content, said)
            if status == HTTPStatus.OK:
                self.unknown |= left_out
                return _read_reply(content, self.address.where)._replace(form="response_format" in sent)
            named = next((name for name, words in NAMED.items() if name in sent and re.search(words, said)), "")
            if named:
                self.unknown.add(named)
            elif (more := next(attempts, None)) is not None:
                left_out = set(more)
            else:
                raise Unfit(f"{self.address.where} answers {status}{said}: look at what it writes, and at --model.")

    def _check(self, status: int, content: bytes, said: str) -> None:
        """Raise what the status and the words of a reply mean, unless they may be about a field that is not known."""
        where = self.address.where
        if said and CONTEXT.search(said):
            size = SIZE.search(said) or re.search(r'"n_ctx": ?(\d+)', content.decode("utf-8", "replace"))
            raise TooLong(f"{where} answers {status}{said}", int(size[1]) if size else 0)
        if status in SHUT:
            remedy = f"look at --model and --endpoint, or set {KEY} to its key."
            raise Unreachable(f"{where} answers {status}{said}: {remedy}")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Passing(f"{where} answers {status}{said}: look at what it writes.")
        if status not in (HTTPStatus.OK, *STRANGE) or (status == HTTPStatus.OK and said):
            raise Unfit(f"{where} answers {status}{said}: look at what it writes, and at --model.")


def dress(body: Mapping[str, Any], letters: int, *, think: bool) -> dict[str, Any]:
    """Return a request as it goes over the wire: bounded, streamed, without thinking, marks of quotation softened."""
    sent = dict(body)
    sent["max_tokens"] = max(LEAST_ANSWER, letters // 2)
    sent["stream"], sent["stream_options"] = True, {"include_usage": True}
    if think:
        del sent["max_tokens"]  # nobody knows how long a model thinks
    else:
        sent["reasoning_effort"] = "none"
        sent["chat_template_kwargs"] = {"enable_thinking": False}
    form = body["response_format"]["json_schema"]
    sent["response_format"] = {"type": "json_schema", "json_schema": {**form, "schema": _bound(form["schema"])}}
    instructions, asked = body["messages"]
    sent["messages"] = [instructions, {**asked, "content": soften(asked["content"])}]
    return sent


def _bound(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON schema whose lists and strings end, and each of whose parts has a type, as strict servers ask."""
    bounded = dict(form)
    if "enum" in form:
        bounded["type"] = "string"
    elif form.get("type") == "string":
        bounded["maxLength"] = LONGEST_STRING
    elif form.get("type") == "array":
        bounded["items"] = _bound(form["items"])
        bounded["maxItems"] = MOST_ACTS if form["items"].get("type") == "object" else MOST_NAMES
    elif "properties" in form:
        bounded["properties"] = {name: _bound(one) for name, one in form["properties"].items()}
    return bounded


def soften(asked: str) -> str:
    """Return a question, a JSON object, with the double quotation marks in its texts as single ones.

    A model that copies „…“ closes it by the mark that ends a string of JSON (json_repair#198). Each mark is one
    character, as before, and the gate takes all marks for the same.

    Examples
    --------
    >>> soften('{"text": "„Nein“, sagt er."}')
    '{"text": "‹Nein›, sagt er."}'
    """
    whole = json.loads(asked)
    for name, value in whole.items():
        if isinstance(value, str):
            whole[name] = re.sub('[„«‟”»“"]', _soften_mark, value)
    return json.dumps(whole, ensure_ascii=False)


def _soften_mark(mark: re.Match[str]) -> str:
    """“ opens an English quotation and closes a German one, and " does both: what stands before it tells."""
    if mark[0] in OPENING:
        return "‹"
    if mark[0] in CLOSING:
        return "›"
    before = mark.string[: mark.start()][-1:]
    return "‹" if not before or before.isspace() or before in "([" else "›"


# --- The Reply ---


def read_fault(content: bytes) -> str:
    """Return a server's own words of a fault, in brackets; nothing if it reports none."""
    said: object = None
    for line in content.decode("utf-8", "replace").splitlines():
        with suppress(ValueError, RecursionError):
            row = json.loads(re.sub("^(data|error):", "", line))
            if isinstance(row, dict) and "choices" not in row:
                said = said or row.get("error") or row.get("detail") or row.get("message")
    if isinstance(said, dict):
        said = said.get("message") or json.dumps(said, ensure_ascii=False)
    words = _plain(" ".join(str(said).split())) if said else ""
    return f" ({words})" if words else ""


def _read_reply(content: bytes, where: str) -> Reply:
    """Return a reply, whole or in a stream; from the field of thoughts if the answer stands there alone."""
    parts: dict[str, Any] = {"text": "", "thought": "", "finish": "", "fingerprint": "", "usage": {}}
    with suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
        for row in _list_rows(content):
            _add_row(parts, row)
    text, finish, usage = parts["text"], parts["finish"], parts["usage"]
    if not text.strip() and "{" in parts["thought"]:
        text = parts["thought"]  # LM Studio and MLX put the form on the thoughts (lmstudio-bug-tracker#1773)
    if not text.strip():
        raise Unfit(f"{where} answers nothing that can be read: look at what it writes, and at --model.")
    text = characters.HALF.sub("?", text.rpartition("</think>")[2])
    if len(text) - len(text.rstrip()) >= BLANKS:
        finish = "length"
    read, written = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    return Reply(text, read, written, _plain(finish), _plain(parts["fingerprint"]))


def _add_row(parts: dict[str, Any], row: Mapping[str, Any]) -> None:
    """Add a piece of a reply, or all of it, to what is known of it."""
    parts["usage"] = row.get("usage") or parts["usage"]
    parts["fingerprint"] = row.get("system_fingerprint") or parts["fingerprint"]
    for choice in row.get("choices") or ():
        told = choice.get("delta") or choice.get("message") or {}
        parts["text"] += told.get("content") or ""
        parts["thought"] += told.get("reasoning_content") or told.get("reasoning") or ""
        parts["finish"] = choice.get("finish_reason") or parts["finish"]


def _list_rows(content: bytes) -> list[Any]:
    """Return the objects of a reply: one, or those of a stream."""
    text = content.decode()
    if not text.lstrip().startswith(("data:", ":", "event:")):
        return [json.loads(text)]
    rows = []
    for line in text.splitlines():
        word = line.removeprefix("data:").strip()
        if line.startswith("data:") and word != "[DONE]":
            rows.append(json.loads(word))
    return rows


def _count(count: object) -> int:
    """Return a number of tokens; 0 for what is none."""
    return count if type(count) is int and count >= 0 else 0


def _plain(words: object) -> str:
    return "".join(filter(str.isprintable, words))[:LONGEST_WORDS] if isinstance(words, str) else ""


# --- The Exchange ---


@contextmanager
def explain(address: Address, seconds: float) -> Iterator[None]:
    """Make one sentence of what goes wrong with a server."""
    where = address.where
    try:
        yield
    except httpx.ConnectError as fault:
        message = f"{where} does not answer ({type(fault).__name__}): start it, or correct --endpoint."
        raise Unreachable(message) from None
    except TimeoutError:
        raise Passing(f"{where} has not answered within {seconds:g} seconds: --timeout allows it more.") from None
    except OverflowError:
        raise Unfit(f"{where} answers more than {LARGEST:,} bytes: look at what it writes.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        raise Passing(f"{where} breaks off ({type(fault).__name__}): look at what it writes.") from None


async def send(
    address: Address,
    method: str,
    path: str,
    body: Mapping[str, Any] | None,
    key: str,
    seconds: float,
    tell: Callable[[int], object] = lambda _: None,
) -> tuple[int, bytes]:
    """Return the status and the bytes of a reply, once the server is not busy.

    One deadline holds until it begins, and one from then to the end: the timeouts of httpx alone start again with every
    byte that drips in (encode/httpx#1450). An answer that has become nothing but blanks is left.
    """
    host = f"[{address.host}]" if ":" in address.host else address.host
    url = f"http{'s' * address.secure}://{host}:{address.port}{address.path}{path}"
    heads = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
    async with (
        asyncio.timeout(seconds) as deadline,
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client,
    ):
        while True:
            content, begun = b"", False
            async with client.stream(method, url, json=body, headers=heads) as reply:
                if reply.headers.get("Content-Encoding", "identity") != "identity":
                    raise httpx.DecodingError("it was asked not to")  # a few bytes may be gigabytes
                async for piece in reply.aiter_raw():
                    if not begun and not piece.startswith(
                        b":"
                    ):  # a comment keeps the line open while others are served
                        begun = True
                        deadline.reschedule(asyncio.get_running_loop().time() + seconds)
                    content += piece
                    tell(piece.count(b"data:"))
                    if len(content) > LARGEST:
                        raise OverflowError
                    if piece.startswith(b"data:") and _is_blank(content):
                        break
            if reply.status_code not in BUSY:
                return reply.status_code, content
            after = reply.headers.get("Retry-After", "")
            await asyncio.sleep(float(after) if after.isascii() and after.isdigit() else PAUSE)


_BLANK = re.compile(rb'"content": ?"((?:\\n|\\t|\\r| )*)"')


def _is_blank(content: bytes) -> bool:
    """Whether a stream has been writing nothing but blanks."""
    last = content[-BLANKS * 400 :].split(b"data:")[-BLANKS:]
    return len(last) == BLANKS and all(map(_BLANK.search, last))
