"""The sentences of records about organisation, trainings and documents; a part of the sentences of ``adapters.tell``."""

from __future__ import annotations

ORGANISATION: dict[str, tuple[str, str]] = {
    "department-registered.1": (
        "自 {since} 起设立“{name}”（{kind}，上级 {parent}）",
        "set up '{name}' ({kind}, under {parent}) from {since}",
    ),
    "department-renamed.1": (
        "自 {since} 起由“{was_name}”更名为“{name}”",
        "renamed it from '{was_name}' to '{name}' from {since}",
    ),
    "department-closed.1": (
        "自 {until} 起撤销（含下级）：{reason}",
        "closed it and everything below it from {until}: {reason}",
    ),
    "post-registered.1": (
        "自 {since} 起在 {department} 设立岗位“{name}”（重点岗位：{key_post}；危险场所：{dangerous_place}）",
        "set up the post '{name}' in {department} from {since} (key post: {key_post}; dangerous place: {dangerous_place})",
    ),
    "post-closed.1": ("自 {until} 起撤销岗位：{reason}", "closed the post from {until}: {reason}"),
    "person-appointed.1": (
        "{person} 自 {since} 起任职，至 {until}（同岗：{alongside}）",
        "{person} holds the post from {since} until {until} (alongside: {alongside})",
    ),
    "appointment-ended.1": (
        "{person} 自 {until} 起不再任职（{since} 起任，原定至 {was_until}）：{reason}",
        "{person}, who held the post from {since}, no longer holds it from {until} (it was to end on {was_until}): {reason}",
    ),
    "post-handed-over.1": (
        "{on} {person} 将岗位交接给 {successor}（任至 {until}）：{remarks}",
        "{person} handed the post over to {successor} on {on} (who holds it until {until}): {remarks}",
    ),
    "absence-recorded.1": (
        "{person} 自 {since} 起缺岗至 {until}，由 {deputy} 代理：{reason}",
        "{person} is absent from {since} until {until}; {deputy} stands in: {reason}",
    ),
    "absence-ended.1": (
        "{person} 自 {until} 起返岗（原定 {was_until}），{deputy} 不再代理：{reason}",
        "{person} is back from {until} (it was to be {was_until}); {deputy} no longer stands in: {reason}",
    ),
    "leading-group-formed.1": (
        "自 {since} 起成立领导小组，组长 {head}",
        "formed the leading group from {since}, headed by {head}",
    ),
    "special-group-formed.1": (
        "自 {since} 起成立专业小组“{name}”（{kind}：{of}），组长 {head}",
        "formed the special group '{name}' ({kind}: {of}) from {since}, headed by {head}",
    ),
    "coordinator-named.1": (
        "自 {since} 起由 {department} 负责协调（联系人 {person}）",
        "{department} coordinates from {since} (ask for {person})",
    ),
    "member-joined.1": ("{person} 自 {since} 起加入（{kind}）", "{person} joined as {kind} from {since}"),
    "member-left.1": (
        "{person}（{kind}）自 {until} 起退出；此后缺少：{lacking}。{reason}",
        "{person} ({kind}) left from {until}; since then it lacks: {lacking}. {reason}",
    ),
    "special-group-dissolved.1": ("自 {until} 起解散：{reason}", "dissolved it from {until}: {reason}"),
    "risk-control-assigned.1": (
        "自 {since} 起风险管控由部门 {department}、人员 {person} 负责",
        "department {department} and person {person} answer for risk control from {since}",
    ),
    "work-plan-adopted.1": (
        "采用工作方案 {version}，自 {since} 起；目标：{objectives}；经费：{budget}",
        "adopted work plan {version} from {since}; objectives: {objectives}; budget: {budget}",
    ),
    "role-tasks-adopted.1": (
        "采用隐患排查治理职责任务表 {version}，自 {since} 起",
        "adopted the role-task matrix {version} from {since}",
    ),
    "party-engaged.1": (
        "自 {since} 至 {until} 聘用（委托）{kind} {name}：{task}",
        "engaged the {kind} {name} from {since} until {until}: {task}",
    ),
    "staff-engaged.1": (
        "{person}（{kind}）自 {since} 至 {until} 在此工作",
        "{person} ({kind}) works under it from {since} until {until}",
    ),
    "staff-released.1": (
        "{person} 自 {until} 起不再在此工作：{reason}",
        "{person} no longer works under it from {until}: {reason}",
    ),
    "engagement-ended.1": (
        "自 {until} 起终止（原定 {was_until}）：{reason}",
        "ended it from {until} (it was to last until {was_until}): {reason}",
    ),
    "training-recorded.1": (
        "{day} 举办培训“{title}”，{hours} 学时，授课 {trainer}；参加：{attendees}；学习：{read}",
        "held the training '{title}' on {day}, {hours} hours, taught by {trainer}; attended by: {attendees}; read: {read}",
    ),
    "document-registered.1": (
        "登记文件资料“{title}”（{kind}，{number}）",
        "put '{title}' on the register ({kind}, {number})",
    ),
    "document-version-issued.1": (
        "版本 {version} 自 {valid_from} 起有效，取代 {supersedes}；文件 SHA-256：{sha256}",
        "version {version} is valid from {valid_from} and supersedes {supersedes}; SHA-256 of the file: {sha256}",
    ),
    "document-withdrawn.1": ("自 {until} 起废止：{reason}", "withdrew it from {until}: {reason}"),
}
"""Stored kind -> sentence in Chinese and in English."""
