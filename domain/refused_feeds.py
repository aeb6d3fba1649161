"""Why a feed is not followed, or what it brought is not taken."""

from __future__ import annotations

from domain.refused import Refused


class AddressUnfit(Refused):
    zh = "该地址不能作为数据源：{why}"
    en = "this address cannot be followed: {why}"
