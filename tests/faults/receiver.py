"""A receiver of webhooks on this machine that behaves as it is told: well, badly, slowly, or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Receiver:
    """``plan`` holds what the next requests get, in order; after that all are taken (204).

    A number is a status; ``(status, headers)`` has headers too; ``cut`` closes the connection without an answer;
    ``slow`` answers only when the receiver ends; ``kill`` ends the process ``victim`` before answering.
    """

    port: int
    plan: list[Any] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    victim: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.got]

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What a receiver keeps that knows each id: the first of each."""
        return list({one["id"]: one for one in reversed(self.got)}.values())[::-1]

    def positions(self) -> list[int]:
        return [item["position"] for one in self.kept for item in one["body"]["data"]["items"]]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def receiver(secret: str, plan: list[Any] | None = None, port: int = 0) -> Iterator[Receiver]:
    """A receiver that checks every signature; leaving the block takes it down."""
    told = Receiver(port, plan or [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            Webhook(secret).verify(content, dict(self.headers))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = json.loads(content)
            told.got.append({"id": headers["webhook-id"], "body": body, "headers": headers, "raw": content})
            planned = told.plan.pop(0) if told.plan else 204
            if planned == "kill":
                os.kill(told.victim, signal.SIGKILL)
            if planned in ("cut", "kill"):
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if planned == "slow":
                told.ended.wait(30)
                planned = 204
            status, more = planned if isinstance(planned, tuple) else (planned, {})
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    told.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield told
    finally:
        told.ended.set()
        server.shutdown()
        server.server_close()
