"""Where a webhook may lead: to an address that is looked up once, is allowed, and is the very one connected to."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from adapters.network import CARRIERS, Address


def choose(numbers: Iterable[str], networks: Iterable[str], loopback: bool) -> str | None:
    """The address to connect to; None where any of them is not allowed, so that a name with two faces leads nowhere."""
    found = list(numbers)
    if not found or not all(allowed(one, networks, loopback) for one in found):
        return None
    return found[0]


def allowed(number: str, networks: Iterable[str], loopback: bool) -> bool:
    """Whether an address is public, stands in a network that was named, or is this machine where that was allowed."""
    try:
        address: Address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if loopback:
        return address.is_loopback
    named = [ipaddress.ip_network(one) for one in networks]
    if any(address in one for one in named if one.version == address.version):
        return True
    if any(address in one for one in CARRIERS if one.version == address.version):
        return False
    return address.is_global and not address.is_multicast
