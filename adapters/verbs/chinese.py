"""The command line library's own words in Chinese: headings, and what it says of misuse.

The library asks gettext for them, which wants compiled files in a folder of the machine; here its modules get the
words themselves, and only where the reader wants Chinese. A word that is not here stays English.
"""

from __future__ import annotations

from gettext import gettext, ngettext
from importlib import import_module

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")

WORDS: dict[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Error: {message}": "用法错误：{message}",
    "Try '{command} {option}' for help.": "说明见：{command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少 {param_type}",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 要 {nargs} 个值。",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的 {number_type}。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是文件夹。",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 不可读。",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 不可写。",
    "Could not open file {filename!r}: {message}": "无法打开文件 {filename!r}：{message}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "required": "必填",
    "default: {default}": "缺省：{default}",
    "Aborted!": "已中止。",
    # where there is one and where there are several
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在可选值之中：{choices}。",
    "Option {name!r} requires an argument.": "选项 {name!r} 要有一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 要有 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要 {nargs} 个值，只给了 1 个。",
    "Takes {nargs} values but {len} were given.": "要 {nargs} 个值，给了 {len} 个。",
}


def one(message: str) -> str:
    """The word or sentence in Chinese, or as it is."""
    return WORDS.get(message, message)


def one_or_more(singular: str, plural: str, count: int) -> str:
    """The sentence for that many, in Chinese or as it is."""
    return one(singular if count == 1 else plural)


def speak(chinese: bool) -> None:
    """From here on the library speaks Chinese in this process, or English again."""
    for name in _MODULES:
        module = import_module(f"click.{name}")
        module.__dict__["_"] = one if chinese else gettext
        if "ngettext" in module.__dict__:
            module.__dict__["ngettext"] = one_or_more if chinese else ngettext
