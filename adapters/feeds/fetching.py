"""Fetches what lies at an address, and no more than that: named hosts only, https only, no redirect, no way inside.

The host must be in the list that whoever runs the program gave (``DUALGUARD_FEED_HOSTS``). Its name is resolved once,
every address that it has must be a public one (or lie in ``DUALGUARD_FEED_NETWORKS``, for feeds on one's own premises),
and the connection goes to the very address that was looked at. Size and time are bounded.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from adapters.feeds.safe_xml import MOST_BYTES
from adapters.network import CARRIERS, Address, Resolve, resolved
from adapters.problems import problem_of
from domain.labels import Term
from domain.refused import BadField, Refused
from domain.refused_feeds import (
    AddressUnfit,
    DocumentTooLarge,
    FeedNotReached,
    HostNotAllowed,
    InsideAddress,
)

if TYPE_CHECKING:
    import httpx

HOSTS, NETWORKS = "DUALGUARD_FEED_HOSTS", "DUALGUARD_FEED_NETWORKS"
SECONDS = 20.0
"""From looking up the name to the last byte."""
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Allowed:
    """Which hosts may be asked, and which networks of one's own they may stand in."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Allowed:
        """Both lists as the environment gives them, parted by commas; refuses a network that is none."""
        hosts = frozenset(one.strip().lower() for one in environment.get(HOSTS, "").split(",") if one.strip())
        given = [one.strip() for one in environment.get(NETWORKS, "").split(",") if one.strip()]
        try:
            return cls(hosts, tuple(ipaddress.ip_network(one) for one in given))
        except ValueError as error:
            raise BadField(
                field=NETWORKS,
                problem_zh=f"不是网段：{problem_of(error).zh}",
                problem_en=f"is no network: {error}",
            ) from None


@dataclass(frozen=True)
class Target:
    """An address that may be asked: the name for the certificate, the number to connect to."""

    host: str
    port: int
    number: str
    path: str


@dataclass
class Fetching:
    """Fetches within bounds; ``resolve`` and ``transport`` stand for the network in tests."""

    allowed: Allowed
    resolve: Resolve = resolved
    transport: httpx.BaseTransport | None = None
    seconds: float = SECONDS
    most: int = MOST_BYTES
    asked: list[str] = field(default_factory=list)
    """Every address that a connection was opened for."""

    def target(self, address: str) -> Target:
        """Where the address leads; refuses all but https, hosts that were not named, and addresses inside."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or 443
        except ValueError:
            raise AddressUnfit(why=Term("address_not_https")) from None
        if (
            parts.scheme != "https"
            or not host
            or not address.isascii()
            or any(one in address for one in " \\\t\r\n")
        ):
            raise AddressUnfit(why=Term("address_not_https"))
        if parts.username is not None or parts.password is not None:
            raise AddressUnfit(why=Term("address_with_secret"))
        name = host.lower().rstrip(".")
        if not {name if port == 443 else f"{name}:{port}"} & self.allowed.hosts:
            raise HostNotAllowed(host=name if port == 443 else f"{name}:{port}", setting=HOSTS)
        try:
            numbers = list(self.resolve(name, port))
        except (OSError, UnicodeError) as error:
            raise FeedNotReached(host=name, problem=problem_of(error)) from None
        for number in numbers:
            if not self._outside(number):
                raise InsideAddress(host=name, address=number, setting=NETWORKS)
        if not numbers:
            raise FeedNotReached(host=name, problem="no address")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(name, port, numbers[0], path)

    def _outside(self, number: str) -> bool:
        """Whether an address is a public one, or lies in a network that was named."""
        try:
            address: Address = ipaddress.ip_address(number.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if any(address in network for network in self.allowed.networks if network.version == address.version):
            return True
        if any(address in network for network in CARRIERS if network.version == address.version):
            return False
        return address.is_global and not address.is_multicast

    def get(self, address: str) -> bytes:
        """The bytes at the address. Refuses what ``target`` refuses, a redirect, an error, too much, and too long."""
        target = self.target(address)
        self.asked.append(f"{target.number}:{target.port}")
        came: list[bytes] = []
        failed: list[Refused] = []

        def ask() -> None:
            try:
                came.append(self._asked(target, opened))
            except Refused as refusal:
                failed.append(refusal)

        opened: list[Any] = []
        waiting = threading.Thread(target=ask, daemon=True)
        waiting.start()
        waiting.join(self.seconds)
        if waiting.is_alive():
            for client in opened:
                client.close()
            raise FeedNotReached(host=target.host, problem=f"{self.seconds:g} s")
        if failed:
            raise failed[0]
        return came[0]

    def _asked(self, target: Target, opened: list[Any]) -> bytes:
        import httpx

        number = f"[{target.number}]" if ":" in target.number else target.number
        client = httpx.Client(
            transport=self.transport,
            timeout=self.seconds,
            follow_redirects=False,
            trust_env=False,
        )
        opened.append(client)
        headers = {
            "Host": target.host if target.port == 443 else f"{target.host}:{target.port}",
            "Accept": "application/cap+xml, application/xml, application/json, */*;q=0.5",
            "Accept-Encoding": "identity",
            "User-Agent": "dualguard",
        }
        try:
            with (
                client,
                client.stream(
                    "GET",
                    f"https://{number}:{target.port}{target.path}",
                    headers=headers,
                    extensions={"sni_hostname": target.host},
                ) as answer,
            ):
                return self._body(target, answer)
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise FeedNotReached(host=target.host, problem=problem_of(error)) from None

    def _body(self, target: Target, answer: httpx.Response) -> bytes:
        if answer.status_code != 200:
            raise FeedNotReached(host=target.host, problem=f"HTTP {answer.status_code}")
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise FeedNotReached(host=target.host, problem="Content-Encoding")
        found = bytearray()
        for chunk in answer.iter_bytes():
            found += chunk
            if len(found) > self.most:
                raise DocumentTooLarge(most=self.most)
        return bytes(found)
