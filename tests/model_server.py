"""A server that speaks as an OpenAI-compatible one does, for tests: it answers all alike, or what a function says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def say(content: object, finish: str = "stop", **usage: int) -> dict[str, Any]:
    """Return a reply with a content."""
    choice = {"finish_reason": finish, "message": {"role": "assistant", "content": content}}
    return {"choices": [choice]} | ({"usage": usage} if usage else {})


def stream(*pieces: str, finish: str = "stop", field: str = "content", **usage: int) -> bytes:
    """Return a whole answer in a stream of pieces, as servers of 2026 give it, with the tokens at its end."""
    rows: list[dict[str, Any]] = [{"choices": [{"delta": {field: piece}}]} for piece in pieces]
    rows += [{"choices": [{"delta": {}, "finish_reason": finish}]}, {"choices": [], "usage": usage}]
    lines = [": others are served before", *(f"data: {json.dumps(row)}" for row in rows), "data: [DONE]"]
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    return (head + "\n\n".join(lines) + "\n\n").encode()


def fail(status: int, message: str, **more: object) -> bytes:
    """Return a whole answer that reports a fault in words, as OpenAI-compatible servers do."""
    body = json.dumps({"error": {"message": message, **more}})
    return f"HTTP/1.1 {status} Fault\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


class Asked(list[Any]):
    """Paths and bodies of what a server was asked, and beside them the keys that came with anything."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = set[str | None]()


class _Silent(ThreadingHTTPServer):
    """A server that prints nothing of clients that give up: what a test sees on the error channel is the program's."""

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def serve(
    reply: Any, status: int = 200, wait: float = 0.0, told: dict[str, Any] | None = None
) -> Iterator[tuple[str, Asked]]:
    """Yield the address of a server, and what it was asked.

    `reply` is what it says to all, or a function of the body: what is sent as JSON, or a whole answer from its first
    byte, ``HTTP/1.1``, or pieces of one, perhaps without end; `wait` the seconds that it takes; `told` what it says at
    other paths.
    """
    asked = Asked()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.keys.add(self.headers["Authorization"])
            models = {"data": [{"id": "m"}, {"id": 7}]}
            self.answer(json.dumps((told or {}).get(self.path, models)).encode(), 200)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.keys.add(self.headers["Authorization"])
            if not self.path.endswith("/chat/completions"):
                self.answer(b"{}", 404)
                return
            asked.append((self.path, body))
            time.sleep(wait)
            said = reply(body) if callable(reply) else reply
            if isinstance(said, bytes) and said.startswith(b"HTTP/1.1"):
                self.wfile.write(said)
                return
            if isinstance(said, Iterator):  # pieces without end
                for piece in said:
                    self.wfile.write(piece)
                return
            self.answer(said if isinstance(said, bytes) else json.dumps(said).encode(), status)

        def answer(self, body: bytes, code: int) -> None:
            self.send_response(code)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = _Silent(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
