"""One attempt at a webhook: a signed POST by the Standard Webhooks convention, bounded in time, never redirected.

The answer's body is never read into anything: whether the receiver took the message is in the status alone.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from adapters.network import Resolve, resolved
from adapters.notify.addresses import choose
from adapters.notify.settings import WebhookChannel
from domain.deliveries import Why


@dataclass(frozen=True)
class Attempt:
    """What came of it: ``why`` None when the receiver took it; ``asked``: seconds that it wants us to wait."""

    why: Why | None = None
    status: int | None = None
    asked: int = 0


def post(
    channel: WebhookChannel,
    secrets: tuple[bytes, ...],
    message: str,
    content: bytes,
    clock: Callable[[], dt.datetime],
    resolve: Resolve = resolved,
) -> Attempt:
    """Try once. Takes at most the channel's time, from looking up the name to the last header."""
    came: list[Attempt] = []
    opened: list[httpx.Client] = []

    def attempt() -> None:
        came.append(_attempt(channel, secrets, message, content, clock(), resolve, opened))

    waiting = threading.Thread(target=attempt, daemon=True)
    waiting.start()
    waiting.join(channel.timeout_seconds)
    if came:
        return came[0]
    for client in opened:
        client.close()
    return Attempt("timeout")


def _attempt(
    channel: WebhookChannel,
    secrets: tuple[bytes, ...],
    message: str,
    content: bytes,
    now: dt.datetime,
    resolve: Resolve,
    opened: list[httpx.Client],
) -> Attempt:
    parts = urlsplit(channel.url)
    host = channel.host
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        number = choose(
            resolve(host, port), channel.allow_networks, parts.scheme == "http" or _local(channel)
        )
    except (OSError, UnicodeError):
        return Attempt("unreachable")
    if number is None:
        return Attempt("forbidden_address")
    client = httpx.Client(timeout=channel.timeout_seconds, follow_redirects=False, trust_env=False)
    opened.append(client)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = f"[{number}]" if ":" in number else number
    headers = {
        "Host": host if parts.port is None else f"{host}:{parts.port}",
        "Content-Type": "application/json",
        "User-Agent": "dualguard",
        **signed(secrets, message, content, now),
    }
    try:
        with (
            client,
            client.stream(
                "POST",
                f"{parts.scheme}://{shown}:{port}{path}",
                headers=headers,
                content=content,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            return _told(answer, now)
    except httpx.TimeoutException:
        return Attempt("timeout")
    except httpx.ConnectError:
        return Attempt("unreachable")
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError):
        return Attempt("cut")


def _local(channel: WebhookChannel) -> bool:
    """A receiver on this machine, where the settings let it be one."""
    return channel.allow_http_loopback


def signed(secrets: tuple[bytes, ...], message: str, content: bytes, now: dt.datetime) -> dict[str, str]:
    """The three headers: the id that never changes, the second of this attempt, a signature by each secret."""
    signatures = [Webhook(secret).sign(message, now, content.decode()) for secret in secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _told(answer: httpx.Response, now: dt.datetime) -> Attempt:
    status = answer.status_code
    if 200 <= status < 300:
        return Attempt(None, status)
    asked = retry_after(answer.headers.get("Retry-After"), now)
    if status == 429 or (status == 503 and asked):
        return Attempt("throttled", status, asked)
    if 300 <= status < 400:
        return Attempt("redirected", status)
    if status == 410:
        return Attempt("gone_for_good", status)
    return Attempt("status", status, asked)


def retry_after(given: Any, now: dt.datetime) -> int:
    """The wish in seconds, given as such or as a moment (RFC 9110, 10.2.3); 0 where there is none that can be read."""
    text = str(given or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), 2**31)
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return max(0, int((when - now).total_seconds()) + 1)
