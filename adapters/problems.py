"""What is wrong with something from outside, in Chinese and in English: what libraries and the system say of it.

A text that stands in no table here is quoted as it came, and said to be English.
"""

from __future__ import annotations

import errno
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

from domain.labels import Both, label
from domain.language import Day, is_day
from domain.refused import BadField

PROBLEMS: dict[str, tuple[str, str]] = {
    "missing": ("必填", "is required"),
    "missing_argument": ("必填", "is required"),
    "extra_forbidden": ("没有这个字段", "is not a field here"),
    "invalid_key": ("名称必须是文字", "its name must be text"),
    "string_type": ("必须是文字", "must be text"),
    "string_sub_type": ("必须是文字", "must be text"),
    "string_unicode": ("不是有效的文字", "is no valid text"),
    "int_type": ("必须是整数", "must be a whole number"),
    "int_from_float": ("必须是整数", "must be a whole number"),
    "int_parsing": ("必须是整数", "must be a whole number"),
    "int_parsing_size": ("数字过大", "is too large a number"),
    "float_type": ("必须是数字", "must be a number"),
    "float_parsing": ("必须是数字", "must be a number"),
    "finite_number": ("必须是有限的数", "must be a finite number"),
    "bool_type": ("必须是 true 或 false", "must be true or false"),
    "bool_parsing": ("必须是 true 或 false", "must be true or false"),
    "list_type": ("必须是列表", "must be a list"),
    "tuple_type": ("必须是列表", "must be a list"),
    "set_type": ("必须是列表", "must be a list"),
    "dict_type": ("必须是对象", "must be an object"),
    "mapping_type": ("必须是对象", "must be an object"),
    "model_type": ("必须是对象", "must be an object"),
    "model_attributes_type": ("必须是对象", "must be an object"),
    "dataclass_type": ("必须是对象", "must be an object"),
    "none_required": ("必须留空", "must be empty"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_pattern_mismatch": ("写法不符", "is not written as it must be"),
    "date_type": ("不是有效日期（YYYY-MM-DD）", "is not a day written YYYY-MM-DD"),
    "date_parsing": ("不是有效日期（YYYY-MM-DD）", "is not a day written YYYY-MM-DD"),
    "date_from_datetime_parsing": ("不是有效日期（YYYY-MM-DD）", "is not a day written YYYY-MM-DD"),
    "url_type": ("必须是网址", "must be an address"),
    "url_parsing": ("不是有效的网址", "is no address"),
    "url_scheme": ("网址的协议不对", "is an address of another scheme"),
    "path_type": ("必须是路径", "must be a path"),
    "union_tag_invalid": ("类别不对", "is of no known kind"),
    "union_tag_not_found": ("缺少类别", "does not say of which kind it is"),
    "value_error": ("取值不对", "is no fitting value"),
    "code": (
        "不是有效编码（1 至 64 个字母、数字、- _ .，以字母或数字开头）",
        "is not a code (1 to 64 letters, digits, - _ . beginning with a letter or digit)",
    ),
    "day": ("不是有效日期（YYYY-MM-DD）", "is not a day written YYYY-MM-DD"),
    "decimal": ('必须是文字写成的十进制数，例如 "0.5"', 'must be a decimal written as text, such as "0.5"'),
    "area": (
        "不是行政区划代码（2、4、6、9 或 12 位数字）",
        "is not an administrative code (2, 4, 6, 9 or 12 digits)",
    ),
    "hash": ("不是 SHA-256（64 位小写十六进制）", "is not a SHA-256 (64 hexadecimal digits, lower case)"),
    "moment": (
        "不是带时区的时间（例如 2026-07-10T08:00:00+08:00）",
        "is not a time with its offset, such as 2026-07-10T08:00:00+08:00",
    ),
    "control": ("含有控制字符或不可见字符", "holds control characters, or others that nobody sees"),
    "blank": ("只有空白", "holds nothing but blanks"),
}
"""Kind of a validation's error -> Chinese, English."""

_CHOICE = re.compile("'([^']*)'")
_BOUNDED: dict[str, tuple[str, str, str]] = {
    "string_too_long": ("max_length", "超过 {} 个字符", "is longer than {} characters"),
    "bytes_too_long": ("max_length", "超过 {} 字节", "is longer than {} bytes"),
    "too_long": ("max_length", "超过 {} 项", "has more than {} items"),
    "too_short": ("min_length", "少于 {} 项", "has fewer than {} items"),
    "greater_than": ("gt", "必须大于 {}", "must be greater than {}"),
    "greater_than_equal": ("ge", "不能小于 {}", "must be {} or more"),
    "less_than": ("lt", "必须小于 {}", "must be less than {}"),
    "less_than_equal": ("le", "不能大于 {}", "must be {} or less"),
    "multiple_of": ("multiple_of", "必须是 {} 的倍数", "must be a multiple of {}"),
    "literal_error": ("expected", "可选值：{}", "must be one of {}"),
    "enum": ("expected", "可选值：{}", "must be one of {}"),
}
"""Kind of an error -> the bound that it names, and the sentences with it."""


def problem(error: Mapping[str, Any]) -> tuple[str, str]:
    """An error of a validation as a sentence in Chinese and in English."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in PROBLEMS:
        return PROBLEMS[kind]
    if kind in _BOUNDED:
        name, zh, en = _BOUNDED[kind]
        bound = context.get(name, "")
        return zh.format(_choices(str(bound))), en.format(bound)
    return quoted(str(error["msg"])), str(error["msg"])


def day_field(field: str, given: Day | None) -> Day | None:
    """A civil day given from outside; ``BadField`` when it is none."""
    if given is not None and not is_day(given):
        zh, en = PROBLEMS["day"]
        raise BadField(field=field, problem_zh=zh, problem_en=en)
    return given


def _choices(expected: str) -> str:
    """What may be given, each identifier with the word that a person reads for it."""
    codes = _CHOICE.findall(expected)
    if not codes:
        return expected
    words = ((code, label(code, "zh")) for code in codes)
    return "、".join(f"'{code}'" if told == code else f"'{code}'（{told}）" for code, told in words)


def quoted(text: str) -> str:
    """A text that nobody translated, marked as what it is."""
    return f"（英文原文）{text}"


_SYSTEM: dict[int, str] = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "它是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "文件已存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额不足",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件过大",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "符号链接成环",
    errno.EMFILE: "打开的文件过多",
    errno.EPIPE: "对方已关闭",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接被中断",
    errno.ETIMEDOUT: "连接超时",
    errno.EHOSTUNREACH: "主机不可达",
    errno.ENETUNREACH: "网络不可达",
}
_XML: dict[int, str] = {
    2: "语法错误",
    3: "没有任何元素",
    4: "不是有效的 XML",
    5: "标记没有结束",
    6: "字符不完整",
    7: "起止标记不匹配",
    8: "属性重复",
    9: "根元素之后还有内容",
    11: "使用了未定义的实体",
    17: "字符编码转换出错",
    18: "不认识的字符编码",
    19: "与所写的字符编码不符",
    20: "CDATA 段没有结束",
    27: "命名空间前缀未声明",
    30: "XML 声明有误",
    31: "XML 声明有误",
}
"""The parser's codes of what is wrong."""
_TEXTS: tuple[tuple[str, str], ...] = (
    (r"database is locked.*", "数据库被占用"),
    (r"(disk I/O error|database or disk is full).*", "磁盘读写出错或空间不足"),
    (r"file is not a database.*", "不是数据库文件"),
    (r"attempt to write a readonly database.*", "数据库是只读的"),
    (r"unable to open database file.*", "无法打开数据库文件"),
    (r"database disk image is malformed.*", "数据库文件已损坏"),
    (r"no such table: (\S+)", r"没有表 \1"),
    (r".*(timed out|timeout).*", "超时"),
    (
        r".*(Name or service not known|nodename nor servname|Temporary failure in name resolution).*",
        "找不到主机",
    ),
    (r".*CERTIFICATE_VERIFY_FAILED.*", "服务器证书无法核实"),
    (r".*[Cc]onnection refused.*", "连接被拒绝"),
    (r"Expecting value.*", "此处应有一个值"),
    (r"Expecting property name.*", "此处应有带双引号的名称"),
    (r"Expecting ',' delimiter.*", "此处应有逗号"),
    (r"Expecting ':' delimiter.*", "此处应有冒号"),
    (r"Extra data.*", "后面还有多余的内容"),
    (r"Unterminated string.*", "字符串没有结束"),
    (r"Invalid control character.*", "字符串中有控制字符"),
    (r"Invalid \\.*", "转义写法有误"),
    (r"Illegal trailing comma.*", "多了一个逗号"),
    (r"this is not UTF-8 text.*", "不是 UTF-8 文字"),
    (r"this is (\d+) bytes long, and more than (\d+) are not read.*", r"共 \1 字节，超过可读的 \2 字节"),
    (r"(.+) is too large a number.*", r"数字 \1 过大"),
    (r"(.+) is a number of more than (\d+) characters.*", r"数字 \1 超过 \2 个字符"),
    (r"(.+) is no JSON number.*", r"\1 不是 JSON 数字"),
    (r"lists and objects lie deeper than (\d+) levels.*", r"列表和对象的层次超过 \1 层"),
    (r"half of a surrogate pair is no text.*", "半个代理对不是文字"),
    (r"the name (.+) stands twice in one object", r"同一对象中名称 \1 出现两次"),
    (r"is a whole number of 2\^53 or beyond.*", "整数过大（2^53 及以上），请写成文字"),
    (r"lies deeper than (\d+) levels.*", r"层次超过 \1 层"),
    (r"has the name (.+): names are ASCII text", r"名称 \1 含有非 ASCII 字符"),
    (r"is not JSON: .*", "不能写成 JSON"),
)
"""Texts of libraries -> Chinese."""
_WORDED = tuple((re.compile(pattern, re.DOTALL), zh) for pattern, zh in _TEXTS)
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def in_chinese(text: str) -> str:
    """A library's text in Chinese, or quoted."""
    text = text.removeprefix("this is not JSON: ")
    for pattern, zh in _WORDED:
        if found := pattern.fullmatch(text):
            return found.expand(zh)
    return quoted(text)


def problem_of(error: BaseException) -> Both:
    """What an error says, in both languages: English in the library's own words, on one line."""
    said = (isinstance(error, OSError) and error.strerror) or str(error)
    text = " ".join(said.split())[:200] or type(error).__name__
    return Both(text, _chinese(error, text))


def _chinese(error: BaseException, text: str) -> str:
    if isinstance(error, ParseError):
        line, column = error.position
        return f"第 {line} 行第 {column + 1} 列：{_XML.get(error.code, '不是有效的 XML')}"
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 列：{in_chinese(error.msg)}"
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _TOML_PLACE.search(text)
        where = f"第 {place[1]} 行第 {place[2]} 列：" if place and place[1] else "文件末尾：" if place else ""
        return f"{where}TOML 写法有误"
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 文字"
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        return _SYSTEM[error.errno]
    return in_chinese(text)
