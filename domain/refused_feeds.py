"""Why a feed is not followed, or what it brought is not taken."""

from __future__ import annotations

from domain.refused import Refused


class AddressUnfit(Refused):
    zh = "该地址不能作为数据源：{why}"
    en = "this address cannot be followed: {why}"


class DocumentTooLarge(Refused):
    zh = "文件超过 {most} 字节"
    en = "the document is larger than {most} bytes"


class DocumentTypeForbidden(Refused):
    zh = "XML 含有文档类型或实体定义（{found}），不予读取"
    en = "the XML defines a document type or entities ({found}) and is not read"


class NotReadable(Refused):
    zh = "不是完整的 XML 或 JSON：{problem}"
    en = "it is no well-formed XML or JSON: {problem}"


class NoWarning(Refused):
    zh = "其中没有预警信息：{found}"
    en = "it holds no warning message: {found}"


class WarningLacks(Refused):
    zh = "预警信息缺少可用的“{field}”（所给：{given}）"
    en = "the warning message lacks a usable {field} (given: {given})"


class HostNotAllowed(Refused):
    zh = "主机“{host}”不在允许访问的名单中（{setting}）"
    en = "the host '{host}' is not in the list of those that may be asked ({setting})"


class InsideAddress(Refused):
    zh = "“{host}”解析为非公网地址 {address}，不予访问；内部数据源的网段写在 {setting}"
    en = "'{host}' leads to {address}, which is no public address; networks of one's own are named in {setting}"


class FeedNotReached(Refused):
    zh = "无法从“{host}”读取：{problem}"
    en = "'{host}' could not be read: {problem}"
