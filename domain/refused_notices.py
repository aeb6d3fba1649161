"""What is refused about subscriptions to notices and about their delivery."""

from __future__ import annotations

from domain.refused import Refused


class OneListener(Refused):
    zh = "订阅 {subscription} 须写明一名人员或一个角色，且只写一个（所给：{given}）"
    en = "subscription {subscription} names one person or one role, and not both (given: {given})"


class NotAChannel(Refused):
    zh = "“{channel}”不能作通道名称：以小写字母开头，仅含小写字母和数字，最多 {most} 个字符"
    en = "'{channel}' is no name of a channel: small letters and digits, a letter first, at most {most} of them"


class LeadsNowhere(Refused):
    zh = "本机的通道设置没有通道“{channel}”（已有：{known}）；先写入设置，由别处投递的列入 elsewhere"
    en = (
        "the settings of this machine know no channel '{channel}' (known: {known}); write it there first, under "
        "elsewhere if another machine delivers it"
    )


class DeliveredAlready(Refused):
    zh = "发给 {recipient} 的第 {number} 号消息（通道 {channel}）已送达，不再重发"
    en = "message {number} to {recipient} through {channel} was delivered; it is not sent again"


class StillWaiting(Refused):
    zh = "发给 {recipient} 的第 {number} 号消息（通道 {channel}）尚未送达，请等待或重新投递该消息"
    en = "message {number} to {recipient} through {channel} has not arrived yet; wait for it, or have it tried again"
