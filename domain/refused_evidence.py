"""Why a file was not taken into the evidence store, and when the store itself cannot serve."""

from __future__ import annotations

from domain.refused import FaultError, Refused


class FileTooLarge(Refused):
    zh = "文件“{name}”超过 {most} 字节"
    en = "the file '{name}' is larger than {most} bytes"


class FileNotKnown(Refused):
    zh = "文件“{name}”的内容不是可作证据的类型（可用：{allowed}）；看的是内容，不是文件名"
    en = "the content of '{name}' is no kind that serves as evidence ({allowed}); the content counts, not the name"


class FileNotThere(Refused):
    zh = "文件“{name}”无法读取：{problem}"
    en = "the file '{name}' cannot be read: {problem}"


class EvidenceNotHeld(Refused):
    zh = "证据库中没有文件 {evidence}"
    en = "the evidence store holds no file {evidence}"


class EvidenceStoreError(FaultError):
    zh = "证据库“{where}”无法使用：{problem}；没有留下半个文件"
    en = "the evidence store '{where}' cannot serve: {problem}; no half of a file was left"


class EvidenceDamagedError(FaultError):
    zh = "证据文件 {evidence} 已损坏：内容与其散列值不符"
    en = "the file {evidence} is damaged: its content no longer has its hash"
