"""A wire to PostgreSQL that breaks on request: between a client and the server, in this process, over loopback TCP.

    with Proxy(url) as wire:
        ledger = open_postgres(wire.url)
        wire.lose_reply(b"id-7")      # the next request that holds these bytes arrives; its reply does not
        wire.lose_request(b"id-8")    # ... does not arrive, and the connection breaks
        wire.stall()                  # nothing moves in either direction, and nobody is told
        wire.resume()
        wire.down()                   # all connections break and nobody is let in
        wire.up()

``losses`` counts what was lost, ``asked`` how often somebody was let in. ``every=3`` loses every third such request or
reply until ``whole`` is called.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

_READY = b"Z\x00\x00\x00\x05"
"""How the server says that it is done, transaction and all: after this, what was asked has taken effect or failed."""


class Proxy:
    """Listens on a port of its own and passes everything on to the server of ``url``."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        folder, port = (
            str(parsed.query.get("host", "")),
            parsed.port or int(str(parsed.query.get("port", 5432))),
        )
        if folder:
            self._server: str | tuple[str, int] = f"{folder}/.s.PGSQL.{port}"
        else:
            self._server = (parsed.host or "127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        rest = {name: value for name, value in parsed.query.items() if name not in ("host", "port")}
        self.url = parsed.set(host="127.0.0.1", port=self.port, query=rest).render_as_string(
            hide_password=False
        )
        self.losses = 0
        self.asked = 0
        self._mutex = threading.Lock()
        self._reply_of: bytes | None = None
        self._request_of: bytes | None = None
        self._every = 0
        self._met = 0
        self._moving = threading.Event()
        self._moving.set()
        self._down = False
        self._closed = False
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._threads = [threading.Thread(target=self._listen, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._moving.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._break_all()
        for thread in self._threads:
            thread.join(10)

    # ------------------------------------------------------------------------------------------- what goes wrong

    def lose_reply(self, of: bytes, every: int = 0) -> None:
        """Let the next request that holds these bytes take effect, throw its reply away and break the connection."""
        self._reply_of, self._every, self._met = of, every, 0

    def lose_request(self, of: bytes, every: int = 0) -> None:
        """Break the connection when the next request that holds these bytes comes, without passing it on."""
        self._request_of, self._every, self._met = of, every, 0

    def whole(self) -> None:
        """Lose nothing any more."""
        self._reply_of = self._request_of = None

    def stall(self) -> None:
        """Hold everything back; connections stay open."""
        self._moving.clear()

    def resume(self) -> None:
        """Deliver what was held back and go on."""
        self._moving.set()

    def down(self) -> None:
        """Break all connections and let nobody in."""
        self._down = True
        self._break_all()

    def up(self) -> None:
        self._down = False

    # ------------------------------------------------------------------------------------------- inside

    def _listen(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._down or self._closed:
                client.close()
                continue
            self.asked += 1
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, self._reach_server() as server:
            pair = (client, server)
            with self._mutex:
                self._pairs.add(pair)
            try:
                while self._pass_on(client, server):
                    pass
            except OSError:
                pass  # broken from outside
            finally:
                with self._mutex:
                    self._pairs.discard(pair)

    def _reach_server(self) -> socket.socket:
        if isinstance(self._server, tuple):
            return socket.create_connection(self._server)
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._server)
        return server

    def _pass_on(self, client: socket.socket, server: socket.socket) -> bool:
        """Move what has come from either side; False when the connection is over."""
        ready, _, _ = select.select([client, server], [], [])
        self._moving.wait()
        if server in ready:
            data = server.recv(1 << 20)
            client.sendall(data)
            if not data:
                return False
        if client in ready:
            data = client.recv(1 << 20)
            if not data:
                return False
            if self._struck("_request_of", data):
                return False
            lose = self._struck("_reply_of", data)
            server.sendall(data)
            if lose:
                reply = b""
                while _READY not in reply[-64:]:
                    part = server.recv(1 << 20)
                    if not part:
                        break
                    reply += part
                return False
        return True

    def _struck(self, name: str, data: bytes) -> bool:
        with self._mutex:
            sought = getattr(self, name)
            if sought is None or sought not in data:
                return False
            self._met += 1
            if not self._every:
                setattr(self, name, None)
            elif self._met % self._every:
                return False
            self.losses += 1
            return True

    def _break_all(self) -> None:
        with self._mutex:
            pairs = list(self._pairs)
        for pair in pairs:
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
