"""Why a work that may reach neighbours was not begun, or an answer of theirs not recorded (YT-28)."""

from __future__ import annotations

from domain.refused import Refused


class NeighboursNotTold(Refused):
    """Who may be reached is told before the work begins."""

    zh = "{work}尚未告知：{neighbours}；开工前须先告知，确属紧急的应写明理由（emergency）"
    en = "{work} was not yet told to: {neighbours}; they are told before it begins, or say which emergency cannot wait"


class ObjectionStands(Refused):
    zh = "{work}有未处理的异议：{neighbours}；先研究处理并答复，确属紧急的应写明理由（emergency）"
    en = "{neighbours} object to {work} and nobody weighed that; do so first, or say which emergency cannot wait"


class AnswersAwaited(Refused):
    zh = "{work}已征求意见、尚未答复：{neighbours}，答复期限至 {until}；期满前开工应写明紧急理由（emergency）"
    en = "{neighbours} may answer about {work} until {until}; it begins after that, or say which emergency cannot wait"


class NothingToWeigh(Refused):
    zh = "{neighbour}对{work}没有待处理的异议"
    en = "{neighbour} has no objection to {work} that waits to be weighed"
