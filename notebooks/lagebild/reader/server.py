"""The servers of language models on this machine: found, and asked what they hold and how much they read at once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from anyio.from_thread import start_blocking_portal

from lagebild.core import InputError, characters, show
from lagebild.reader.wire import KEY, Address, explain, send

LOCAL = {"Ollama": 11434, "llama.cpp": 8080, "LM Studio": 1234, "vLLM": 8000}  # where they listen unless told otherwise
BRIEF = 2.0  # seconds for what a local server says at once
LOADING = 120.0  # … until it has loaded a model
NO_READERS = re.compile("embed|rerank|whisper|tts|bge-", re.IGNORECASE)  # names of models that do not chat
ENOUGH = 16_384  # tokens of context that a remedy names
LARGER = {  # how a server is given a larger context
    "Ollama": f"OLLAMA_CONTEXT_LENGTH={ENOUGH} ollama serve",
    "llama.cpp": f"llama-server -c {ENOUGH} -np 1",
    "LM Studio": f"load the model in LM Studio with a context length of {ENOUGH}",
    "vLLM": f"vllm serve --max-model-len {ENOUGH}",
}


class AnotherMachine(InputError):
    """A server is not on this machine, and nobody said that texts may go there."""


class Host(NamedTuple):
    """What a server tells of itself and a model: its kind, the tokens of its context (0 if unknown), the weights."""

    kind: str = ""
    context: int = 0
    weights: str = ""

    @property
    def remedy(self) -> str:
        """What gives the model a larger context."""
        return LARGER.get(self.kind, f"give the model a context of {ENOUGH} tokens")


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
    if not (remote or address.is_here):
        raise AnotherMachine(
            f"{show(text)} is another machine, to which the texts would go: --endpoint with --remote allows that."
        )
    return address


def read_key() -> str:
    """Return the key that servers may ask for, from the environment."""
    key = os.environ.get(KEY, "")
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"{KEY} must be one line of plain characters.")
    return key


def find_servers() -> dict[str, tuple[Address, tuple[str, ...]]]:
    """Return the servers that answer on this machine where such servers listen, with the models that can read."""
    found = {}
    for name, port in LOCAL.items():
        address = Address(False, "127.0.0.1", port, "/v1")
        with suppress(InputError):
            if models := list_models(address):
                found[name] = address, models
    return found


def list_models(address: Address) -> tuple[str, ...]:
    """Return the models that a server names, but for those that only make vectors of words or hear.

    Raises
    ------
    InputError
        If it does not answer, or not so.
    """
    names = [str(row.get("id") or "") for row in _list_rows(_ask_briefly(address, "GET", "/models")[1], "data")]
    fits = [name for name in names if name and name.isprintable() and not characters.HALF.search(name)]
    return tuple(name for name in fits if not NO_READERS.search(name))


def is_named(model: str, held: str) -> bool:
    """Whether a model that a server holds is the one that was said: a tag ``:latest`` goes without saying."""
    return held in (model, f"{model}:latest")


def look_up(address: Address, model: str) -> Host:
    """Return what a server on this machine tells of itself and a model.

    Each kind is known by a path that only it answers: llama.cpp `/props` (context of a slot), Ollama `/api/ps` (the
    models that are loaded), LM Studio `/api/v0/models`, vLLM `max_model_len` in `/v1/models`.
    """
    with suppress(InputError):  # it does not answer at once, or is on another machine
        root = address._replace(path=address.path.removesuffix("/v1"))
        for kind, look in KINDS.items() if address.is_here else ():
            if found := look(root, model):
                return Host(kind, *found)
    return Host()


def _look_at_llama_cpp(root: Address, _: str) -> tuple[int, str] | None:
    body = _ask_briefly(root, "GET", "/props")[1]
    row = _find_row(b'{"props": [%b]}' % body, "props", "")
    size = (row.get("default_generation_settings") or {}).get("n_ctx")
    return (_count(size), str(row.get("build_info") or "")) if size else None


def _look_at_ollama(root: Address, model: str) -> tuple[int, str] | None:
    status, body = _ask_briefly(root, "GET", "/api/ps")
    if status != HTTPStatus.OK or b'"models"' not in body:
        return None
    if not _find_row(body, "models", model):  # an empty question loads it
        _ask_briefly(root, "POST", "/api/generate", {"model": model}, seconds=LOADING)
        body = _ask_briefly(root, "GET", "/api/ps")[1]
    row = _find_row(body, "models", model)
    level = (row.get("details") or {}).get("quantization_level") or ""
    return _count(row.get("context_length")), f"{str(row.get('digest') or '')[:12]} {level}".strip()


def _look_at_lm_studio(root: Address, model: str) -> tuple[int, str] | None:
    row = _find_row(_ask_briefly(root, "GET", "/api/v0/models")[1], "data", model)
    size = _count(row.get("loaded_context_length"))
    return (size, str(row.get("quantization") or "")) if size else None


def _look_at_vllm(root: Address, model: str) -> tuple[int, str] | None:
    row = _find_row(_ask_briefly(root, "GET", "/v1/models")[1], "data", model)
    size = _count(row.get("max_model_len"))
    return (size, "") if size else None


KINDS = {
    "llama.cpp": _look_at_llama_cpp,
    "Ollama": _look_at_ollama,
    "LM Studio": _look_at_lm_studio,
    "vLLM": _look_at_vllm,
}


def count_tokens(address: Address, text: str) -> int:
    """Return how many tokens a server counts in a text; 0 if it does not tell, as most do not."""
    if not address.is_here:
        return 0
    root = address._replace(path=address.path.removesuffix("/v1"))
    with suppress(InputError, ValueError, TypeError, KeyError, RecursionError):
        status, body = _ask_briefly(root, "POST", "/tokenize", {"content": text, "prompt": text})
        return len(json.loads(body)["tokens"]) if status == HTTPStatus.OK else 0
    return 0


def _ask_briefly(
    address: Address, method: str, path: str, body: Mapping[str, Any] | None = None, seconds: float = BRIEF
) -> tuple[int, bytes]:
    """Return what a server says at once, and to whoever asks: without a key."""
    with start_blocking_portal() as portal, explain(address, seconds):
        reply: tuple[int, bytes] = portal.call(send, address, method, path, body, "", seconds)
    return reply


def _list_rows(body: bytes, key: str) -> list[dict[str, Any]]:
    """Return the objects of a list that a server answers; none for anything else."""
    try:
        rows = json.loads(body)[key]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _find_row(body: bytes, key: str, model: str) -> dict[str, Any]:
    for row in _list_rows(body, key):
        if is_named(model, str(row.get("id") or row.get("name") or "")):
            return row
    return {}


def _count(count: object) -> int:
    return count if type(count) is int and count > 0 else 0
