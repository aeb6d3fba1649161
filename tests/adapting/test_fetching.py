"""Only hosts that were named are asked, by https, at public addresses that were looked at, within size and time."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from adapters.feeds.fetching import HOSTS, NETWORKS, Allowed, Fetching, resolved
from domain.refused import BadField, Refused
from domain.refused_feeds import (
    AddressUnfit,
    DocumentTooLarge,
    FeedNotReached,
    HostNotAllowed,
    InsideAddress,
)
from tests.deciding.given import sayable

HOST = "feeds.example.org"
PUBLIC = "93.184.216.34"


class Net:
    """What the name leads to, and what is answered there."""

    def __init__(
        self, *numbers: str, answer: Callable[[httpx.Request], httpx.Response] | None = None
    ) -> None:
        self.numbers = numbers or (PUBLIC,)
        self.names: list[tuple[str, int]] = []
        self.requests: list[httpx.Request] = []
        self._answer = answer or (lambda request: httpx.Response(200, content=b"<alert/>"))

    def resolve(self, host: str, port: int) -> list[str]:
        self.names.append((host, port))
        return list(self.numbers)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._answer(request)

    def fetching(self, hosts: str = HOST, networks: str = "", **more: Any) -> Fetching:
        allowed = Allowed.of({HOSTS: hosts, NETWORKS: networks})
        return Fetching(allowed, self.resolve, httpx.MockTransport(self.handle), **more)

    def refused(self, address: str = f"https://{HOST}/a", **more: Any) -> Refused:
        with pytest.raises(Refused) as caught:
            self.fetching(**more).get(address)
        assert sayable(caught.value)
        return caught.value


def test_the_connection_goes_to_the_address_that_was_looked_at_under_the_name_of_the_host() -> None:
    net = Net()
    assert net.fetching().get(f"https://{HOST}/rest/list?pageNo=1") == b"<alert/>"
    [request] = net.requests
    assert str(request.url) == f"https://{PUBLIC}/rest/list?pageNo=1"
    assert (request.headers["Host"], request.extensions["sni_hostname"]) == (HOST, HOST)
    assert net.names == [(HOST, 443)], "resolved once: a second answer could lead elsewhere"


def test_a_name_that_changes_its_mind_is_not_asked_twice() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    fetching = Net().fetching()
    fetching.resolve = lambda host, port: next(answers)
    fetching.get(f"https://{HOST}/")
    assert fetching.asked == [f"{PUBLIC}:443"]


@pytest.mark.parametrize(
    "address",
    [
        f"http://{HOST}/",
        "file:///etc/passwd",
        f"gopher://{HOST}/",
        f"ftp://{HOST}/",
        "https:///a",
        "https://",
        f"https://{HOST}:99999/",
        f"https://{HOST}/a b",
        f"https://{HOST}\\@evil.example/",
        "https://[::1",
        "https://féeds.example.org/",
        "https://feeds．example.org/",
        "",
    ],
)
def test_what_is_no_whole_https_address_is_refused(address: str) -> None:
    net = Net()
    assert type(net.refused(address)) is AddressUnfit
    assert not net.names and not net.requests


@pytest.mark.parametrize(
    "address", [f"https://me:word@{HOST}/", f"https://me@{HOST}/", f"https://evil.example@{HOST}/"]
)
def test_an_address_with_an_account_is_refused(address: str) -> None:
    assert type(Net().refused(address)) is AddressUnfit


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        f"https://{HOST}.evil.example/",
        f"https://evil.example/{HOST}",
        f"https://evil.example?{HOST}",
        f"https://x{HOST}/",
        f"https://{HOST}:8443/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://xn--feds-bpa.example.org/",
    ],
)
def test_a_host_that_was_not_named_is_neither_looked_up_nor_asked(address: str) -> None:
    net = Net()
    assert type(net.refused(address)) is HostNotAllowed
    assert not net.names and not net.requests


@pytest.mark.parametrize("address", [f"https://{HOST.upper()}/", f"https://{HOST}./", f"https://{HOST}:443/"])
def test_one_host_in_several_spellings_is_one_host(address: str) -> None:
    assert Net().fetching().get(address)


def test_another_port_is_named_with_its_host() -> None:
    net = Net()
    assert net.fetching(hosts=f"{HOST}:8443").get(f"https://{HOST}:8443/")
    assert net.requests[0].headers["Host"] == f"{HOST}:8443"
    assert type(net.refused(f"https://{HOST}/", hosts=f"{HOST}:8443")) is HostNotAllowed


INSIDE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104 - refused ones
    *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "nonsense"),
)


@pytest.mark.parametrize("number", INSIDE)
def test_a_named_host_that_leads_inside_is_refused_before_anything_is_asked(number: str) -> None:
    net = Net(number)
    refused = net.refused()
    assert type(refused) is InsideAddress
    assert refused.values["address"] == number
    assert not net.requests


def test_one_address_inside_among_public_ones_is_enough() -> None:
    assert type(Net(PUBLIC, "10.0.0.8").refused()) is InsideAddress


def test_the_networks_of_one_s_own_are_named() -> None:
    assert Net("10.1.0.8").fetching(networks="10.1.0.0/16, fd00::/8").get(f"https://{HOST}/")
    assert Net("fd00::8").fetching(networks="10.1.0.0/16, fd00::/8").get(f"https://{HOST}/")
    assert Net("::ffff:10.1.0.8").fetching(networks="10.1.0.0/16").get(f"https://{HOST}/")
    assert type(Net("10.2.0.8").refused(networks="10.1.0.0/16")) is InsideAddress
    assert type(Net("127.0.0.1").refused(networks="10.1.0.0/16")) is InsideAddress


def test_a_network_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(BadField) as caught:
        Allowed.of({NETWORKS: "10.1.0.0/16,inside"})
    assert caught.value.values["field"] == NETWORKS


def test_a_public_address_of_the_new_kind_is_asked_in_brackets() -> None:
    net = Net("2606:2800:220:1::1")
    assert net.fetching().get(f"https://{HOST}/a")
    assert net.requests[0].url.host == "2606:2800:220:1::1"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 204, 304, 401, 404, 500])
def test_no_redirect_is_followed_and_no_error_is_read(status: int) -> None:
    net = Net(
        answer=lambda request: httpx.Response(
            status, headers={"Location": "https://127.0.0.1/"}, content=b"x"
        )
    )
    refused = net.refused()
    assert type(refused) is FeedNotReached
    assert str(status) in refused.because("en")
    assert len(net.requests) == 1


def test_what_is_too_large_is_left_in_the_middle() -> None:
    sent = []

    def endless() -> Any:
        for _ in range(1000):
            sent.append(1)
            yield b"x" * 1000

    net = Net(answer=lambda request: httpx.Response(200, content=endless()))
    refused = net.refused(most=10_000)
    assert (type(refused), refused.values["most"]) == (DocumentTooLarge, 10_000)
    assert len(sent) < 20


def test_a_packed_answer_is_not_unpacked() -> None:
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=b"")
    assert type(Net(answer=lambda request: packed).refused()) is FeedNotReached


@pytest.mark.parametrize("where", ["before the first byte", "between bytes"])
def test_an_answer_that_does_not_end_is_given_up(where: str) -> None:
    stop = threading.Event()

    def slow() -> Any:
        while not stop.wait(0.01):
            yield b"x"

    def answer(request: httpx.Request) -> httpx.Response:
        if where == "before the first byte":
            stop.wait(30)
        return httpx.Response(200, content=slow())

    begin = time.monotonic()
    refused = Net(answer=answer).refused(seconds=0.2)
    stop.set()
    assert type(refused) is FeedNotReached
    assert time.monotonic() - begin < 10


def test_a_name_that_nobody_knows_is_refused() -> None:
    fetching = Net().fetching()

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    fetching.resolve = unknown
    with pytest.raises(FeedNotReached) as caught:
        fetching.get(f"https://{HOST}/")
    assert "not known" in caught.value.because("en")


def test_a_name_without_an_address_is_refused() -> None:
    net = Net()
    net.numbers = ()
    assert type(net.refused()) is FeedNotReached


def test_the_settings_of_proxies_are_not_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look the name up once more, and connect for us to where it likes."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert Net().fetching().get(f"https://{HOST}/") == b"<alert/>"


def test_the_machine_s_own_resolver_gives_numbers() -> None:
    found = resolved("127.0.0.1", 443)
    assert [ipaddress.ip_address(one) for one in found] == [ipaddress.ip_address("127.0.0.1")]


def test_a_real_connection_is_made_to_the_number_and_checks_the_certificate() -> None:
    """A listener on this machine that speaks no TLS: it is reached at its number, and nothing is sent in the clear."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def listen() -> None:
            peer, _ = server.accept()
            with peer:
                heard.append(peer.recv(5))

        waiting = threading.Thread(target=listen, daemon=True)
        waiting.start()
        allowed = Allowed(frozenset({f"{HOST}:{port}"}), (ipaddress.ip_network("127.0.0.0/8"),))
        with pytest.raises(FeedNotReached):
            Fetching(allowed, lambda host, number: ["127.0.0.1"], seconds=5).get(f"https://{HOST}:{port}/")
        waiting.join(5)
    assert heard and heard[0][:2] == b"\x16\x03", "the beginning of a TLS handshake"
