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
def serve(reply: Any, status: int = 200, wait: float = 0.0) -> Iterator[tuple[str, Asked]]:
    """Yield the address of a server, and what it was asked.

    `reply` is what it says to all, or a function of the body: what is sent as JSON, or a whole answer from its first
    byte, ``HTTP/1.1``; `wait` the seconds that it takes.
    """
    asked = Asked()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.keys.add(self.headers["Authorization"])
            self.answer(json.dumps({"data": [{"id": "m"}, {"id": 7}]}).encode(), 200)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.keys.add(self.headers["Authorization"])
            if self.path.endswith("/tokenize"):
                self.answer(b"{}", 404)
                return
            asked.append((self.path, body))
            time.sleep(wait)
            said = reply(body) if callable(reply) else reply
            if isinstance(said, bytes) and said.startswith(b"HTTP/1.1"):
                self.wfile.write(said)
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
