"""Where channels lead, on this machine: a settings file in TOML, and secrets that stand in the environment or in files.

Nothing of it is in an event or a log: a subscription names a channel, and this file says what the name means here.
"""

from __future__ import annotations

import binascii
import ipaddress
import os
import tomllib
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from adapters.border import bad_field
from adapters.problems import problem_of
from domain.refused import BadField, Refused
from domain.subscriptions import need_channel

VARIABLE = "DUALGUARD_NOTIFY"
"""Names the settings file where no option does."""
SECRET_LEAST = 24
"""The fewest bytes a signing secret may have; the Standard Webhooks convention says 24 to 64."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileChannel(_Strict):
    """One file of JSON lines for each recipient, and if asked a calendar of what they owe."""

    kind: Literal["file"]
    folder: Path
    calendar: bool = False
    lang: Literal["zh", "en"] = "zh"


class WebhookChannel(_Strict):
    """A receiver by HTTP; its secret stands in a variable of the environment or in a file, several while it changes."""

    kind: Literal["webhook"]
    url: str
    secret_env: str | None = None
    secret_file: Path | None = None
    timeout_seconds: float = Field(10.0, gt=0, le=60)
    allow_networks: tuple[str, ...] = ()
    allow_http_loopback: bool = False

    @field_validator("allow_networks")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            ipaddress.ip_network(one)
        return given

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()


Channel = Annotated[FileChannel | WebhookChannel, Field(discriminator="kind")]


class Settings(_Strict):
    """``hosts``: the only ones that a webhook may lead to; ``elsewhere``: channels that another machine delivers."""

    hosts: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    channels: dict[str, Channel] = Field(default_factory=dict)


def load_settings(given: str | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of ``--settings`` or of the variable; none where neither is given. Refuses a bad file."""
    name = given or environment.get(VARIABLE)
    if not name:
        return Settings()
    path = Path(name)
    field = "--settings" if given else VARIABLE
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        problem = problem_of(error)
        raise _bad(field, f"无法读取“{path}”：{problem.zh}", f"cannot read '{path}': {problem}") from error
    try:
        settings = Settings.model_validate(read)
    except ValidationError as error:
        raise bad_field(error) from None
    for channel, one in settings.channels.items():
        _check(channel, one, settings)
    folders = {
        channel: one.model_copy(update={"folder": path.parent / one.folder})
        for channel, one in settings.channels.items()
        if isinstance(one, FileChannel)
    }
    return settings.model_copy(update={"channels": settings.channels | folders})


def _check(channel: str, one: FileChannel | WebhookChannel, settings: Settings) -> None:
    field = f"channels.{channel}"
    try:
        need_channel(channel)
    except Refused as refusal:
        raise _bad(field, refusal.because("zh"), refusal.because("en")) from None
    if isinstance(one, FileChannel):
        return
    parts = urlsplit(one.url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise _bad(
            f"{field}.url",
            "应为 https:// 地址，且不含用户名",
            "should be an https:// address without a user name",
        )
    if parts.scheme == "http" and not one.allow_http_loopback:
        raise _bad(
            f"{field}.url",
            "只允许 https；仅本机回环地址可用 allow_http_loopback 放行",
            "only https is allowed; allow_http_loopback lets loopback addresses through",
        )
    if one.host not in {host.lower() for host in settings.hosts}:
        raise _bad(
            "hosts",
            f"主机“{one.host}”不在许可名单中",
            f"the host '{one.host}' is not in the list of allowed hosts",
        )
    if (one.secret_env is None) == (one.secret_file is None):
        raise _bad(
            field,
            "须且只须写明 secret_env 或 secret_file 之一",
            "name one of secret_env and secret_file, and not both",
        )


def secrets_of(
    channel: str, one: WebhookChannel, environment: Mapping[str, str] = os.environ
) -> tuple[bytes, ...]:
    """The signing secrets, the newest first: ``whsec_`` and base64, separated by blanks or lines."""
    if one.secret_env is not None:
        text, where = environment.get(one.secret_env, ""), one.secret_env
    else:
        assert one.secret_file is not None
        where = str(one.secret_file)
        try:
            text = one.secret_file.read_text("utf-8")
        except (OSError, ValueError) as error:
            raise _bad(
                f"channels.{channel}.secret_file",
                f"无法读取“{where}”",
                f"cannot read '{where}'",
            ) from error
    found = tuple(_secret(channel, word) for word in text.split())
    if not found:
        raise _bad(f"channels.{channel}", f"“{where}”中没有密钥", f"there is no secret in '{where}'")
    return found


def _secret(channel: str, word: str) -> bytes:
    try:
        secret = b64decode(word.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not word.startswith("whsec_") or len(secret) < SECRET_LEAST:
        raise _bad(
            f"channels.{channel}",
            f"密钥应为 whsec_ 加 base64，解码后至少 {SECRET_LEAST} 字节",
            f"a secret is whsec_ and base64, of {SECRET_LEAST} bytes or more",
        )
    return secret


def _bad(field: str, zh: str, en: str) -> BadField:
    return BadField(field=field, problem_zh=zh, problem_en=en)
