"""A model in a file, read in this process: no server is needed, and nothing is sent anywhere.

The engine is llama.cpp in the package xllamacpp (extra `reader`; wheels for Linux, macOS and Windows). It answers at an
address of its own on this machine, behind a key that is made for this run, so that the way to it is that to any server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex

from lagebild.core import InputError, show
from lagebild.reader.server import Host, read_address
from lagebild.reader.wire import Address

SUFFIX = ".gguf"
MAGIC = b"GGUF"  # the first bytes of such a file
CONTEXT = 8_192  # tokens: a part of a text with its instructions and answer
MORE = 1.2  # times the size of a file that the model takes in memory, the context of one text included
EXTRA = "pip install 'lagebild[reader]'"


def is_file(model: str) -> bool:
    """Whether a model is named by its file."""
    return model.lower().endswith(SUFFIX)


@contextmanager
def open_engine(file: Path) -> Iterator[tuple[Address, Host, str]]:
    """Load a model, and give where it answers, what is known of it, and the key.

    Raises
    ------
    InputError
        If the file is none of a model, the engine is not installed, or the memory will not do.
    """
    weights = _check(file)
    import xllamacpp

    key = token_hex(16)
    asked = xllamacpp.CommonParams()
    asked.model.path, asked.model_alias = str(file), {file.name}
    asked.hostnames, asked.port, asked.api_keys = ["127.0.0.1"], 0, [key]
    asked.n_ctx, asked.n_parallel, asked.warmup, asked.ui, asked.verbosity = CONTEXT, 1, False, False, -1
    try:
        engine = xllamacpp.Server(asked)
    except RuntimeError:
        raise InputError(f"{show(file.name)}: the engine cannot load this model; take another one.") from None
    try:
        yield read_address(f"{engine.listening_address}/v1"), Host("llama.cpp here", CONTEXT, weights), key
    finally:
        del engine  # it ends with its last name


def _check(file: Path) -> str:
    """Return the digest of a model's weights, once all is there that it takes."""
    if not file.is_file():
        raise InputError(f"{show(str(file))}: there is no such file of a model; check its name.")
    with file.open("rb") as content:
        if content.read(len(MAGIC)) != MAGIC:
            raise InputError(f"{show(file.name)}: this is no model in GGUF format.")
        if find_spec("xllamacpp") is None:
            raise InputError(f"To read with a model in a file, an engine is needed: {EXTRA}.")
        import psutil

        needed, free = file.stat().st_size * MORE / 1e9, psutil.virtual_memory().available / 1e9
        if needed > free:
            message = f"{show(file.name)} needs about {needed:.1f} GB of memory, and {free:.1f} GB are free"
            raise InputError(f"{message}: end other programs, or take a smaller model.")
        content.seek(0)
        return file_digest(content, "sha256").hexdigest()[:12]
