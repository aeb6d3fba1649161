"""The command line: an index of the verbs and the only place that hands out the real clock.

``dualguard NOUN VERB``: every noun is a module under ``adapters/verbs`` that is loaded only when it is used.
"""

from __future__ import annotations

import os
import sys

if __package__:  # installed as dualguard.cli: our rooms stand beside this file, under their flat names
    sys.path.insert(0, os.path.dirname(__file__))

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from domain.labels import Lang

INDEX: dict[str, tuple[str, str, str, str]] = {
    # name: module under adapters.verbs, factory, 中文, English
    "demo": ("demo", "demo", "一条命令看完主要工作", "the main job in one command, on a practice file"),
    "init": ("init", "init", "建立数据库（或演练文件）", "make a database, or a practice file"),
    "body": ("bodies", "bodies", "责任单位", "responsible bodies"),
    "people": ("people", "people", "人员、姓名与账户", "people, their names and accounts"),
    "role": ("people", "roles", "角色授权", "roles and grants"),
    "rules": ("rules", "rules", "规则与规则包", "rules and rule packs"),
    "calendar": ("calendar", "calendar", "工作日历", "working days, year by year"),
    "org": ("org", "org", "组织机构、任职与负责人", "departments, posts, groups, and who answered on a day"),
    "training": ("papers", "trainings", "教育培训", "trainings, who attended and who was not trained"),
    "document": ("papers", "documents", "文件资料与内外部信息", "documents and context, in versions"),
    "unit": ("units", "units", "评估单元", "assessment units"),
    "area": ("areas", "areas", "区域与四色分级", "areas, their levels and colours"),
    "stop": ("stops", "stops", "停产撤人", "stops of units: at once, without approval"),
    "hold": ("stops", "holds", "异常情况与临时作业", "holds of abnormal conditions and temporary work"),
    "confirm": ("confirmations", "confirmations", "岗位安全确认", "post confirmations and re-checks"),
    "checklist": ("checklists", "checklists", "检查清单", "checklists: what is checked, by whom, how often"),
    "visit": (
        "visits",
        "visits",
        "监管部门监督检查",
        "inspections by authorities, their orders and the answers",
    ),
    "holiday": ("holidays", "holiday", "重要节假日", "important holidays to come"),
    "campaign": ("holidays", "campaign", "专项整治", "special campaigns of authorities"),
    "monitor": ("monitoring", "monitor", "风险监测与应急处置", "monitored risks: plan, readings, warnings"),
    "neighbour": ("neighbours", "neighbours", "周边单位和居民", "neighbours: who may be reached by our work"),
    "work": (
        "neighbours",
        "works",
        "危险作业与新改扩建",
        "declared works: told to neighbours before they begin",
    ),
    "evidence": ("evidence", "evidence", "证据文件", "files that prove records: add, check, erase"),
    "inspection": ("inspections", "inspections", "检查", "inspections: rounds, answers, evidence, coverage"),
    "intake": ("intake", "intake", "线索受理：风险还是隐患", "what anybody saw: is it a risk or a hazard"),
    "risk": ("risks", "risks", "安全风险", "risks, the first line of defence"),
    "control": (
        "controls",
        "controls",
        "管控措施",
        "controls of risks: proposed, reviewed, adopted, assigned",
    ),
    "hazard": ("hazards", "hazards", "事故隐患", "hazards, the second line of defence"),
    "change": (
        "changes",
        "changes",
        "变更与重新评估",
        "changes, the risks that they touch, and whose they are",
    ),
    "duty": ("duties", "duties", "应办事项", "what is owed, by whom, by when"),
    "report": (
        "reports",
        "reports",
        "报送报告：编制、审批、报送",
        "reports: compile, approve, submit, explain",
    ),
    "draw": ("draws", "draws", "双随机抽查", "random draws of whom to inspect"),
    "notify": ("notify", "notify", "通知与投递", "notices: who hears of what, and delivery"),
    "feed": (
        "feed",
        "feed",
        "数据源：气象预警、设备事件",
        "feeds: warnings, equipment events, which are silent",
    ),
    "clock": ("clock", "clock", "时钟：到期、逾期", "the clock: what falls due and becomes overdue"),
    "audit": ("audit", "audit", "核对封印", "verify the seal"),
    "projections": ("projections", "projections", "视图：状态、重建、核对", "views: status, rebuild, check"),
    "schema": ("machine", "schema", "全部格式", "every command, event and question"),
    "do": ("machine", "do", "JSON 命令", "give commands as JSON"),
    "ask": ("machine", "ask", "JSON 查询", "ask a question as JSON"),
}


class Index(click.Group):
    """The verbs, loaded one by one when used; the help needs none of them."""

    def __init__(self, lang: Lang, **more: Any) -> None:
        super().__init__(**more)
        self.lang = lang

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader has gone: caught before click makes a refusal's exit code of it
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing may be written any more
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(INDEX)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = INDEX.get(cmd_name)
        if entry is None:
            return None
        made: click.Command = getattr(import_module(f"adapters.verbs.{entry[0]}"), entry[1])(self.lang)
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令" if self.lang == "zh" else "Commands"):
            formatter.write_dl(
                [(name, entry[2 if self.lang == "zh" else 3]) for name, entry in INDEX.items()]
            )


def wiring() -> dict[str, Callable[..., Any]]:
    """What the verbs of the clock need of the scheduler, which adapters may not import."""

    def tick(ports: Any) -> Any:
        return import_module("scheduler.tick").tick(ports)

    def run(*given: Any, **more: Any) -> Any:
        return import_module("scheduler.runner").run_clock(*given, **more)

    def raise_begun(*given: Any) -> Any:
        return import_module("scheduler.raising").raise_begun(*given)

    def ports(**given: Any) -> Any:
        return import_module("scheduler.ports").Ports(**given)

    return {"tick": tick, "run": run, "ports": ports, "raise": raise_begun}


def build(arguments: list[str]) -> tuple[click.Group, Any]:
    """The command line for one invocation, and its frame."""
    from adapters.journal.wallclock import wall_clock
    from adapters.verbs.frame import Frame, common_options, preferred_language

    lang = preferred_language(arguments, os.environ)
    if lang == "zh" or "adapters.verbs.chinese" in sys.modules:
        import_module("adapters.verbs.chinese").speak(chinese=lang == "zh")
    frame = Frame(clock=wall_clock, lang=lang, wiring=wiring())
    text = (
        "双控（Dualguard）：双重预防机制的事件引擎。"
        if lang == "zh"
        else "Dualguard: an event-sourced engine for the dual prevention mechanism (双重预防机制)."
    )
    index = Index(lang, name="dualguard", help=text, params=common_options(lang))
    if lang == "zh":
        index.options_metavar, index.subcommand_metavar = "[选项]", "命令 [参数]..."
    return index, frame


def main(arguments: list[str] | None = None) -> None:
    """Run one verb; exit with 0 done, 1 refused, 2 misuse, 3 fault."""
    given = sys.argv[1:] if arguments is None else arguments
    index, frame = build(given)
    code = 0
    try:
        result = index.main(given, prog_name="dualguard", obj=frame, standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except click.ClickException as misuse:
        misuse.show()
        code = misuse.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except Exception as told:  # noqa: BLE001 - this is where every refusal, fault and mistake becomes a sentence
        code = explain(told, frame)
    finally:
        frame.close()
    sys.exit(code)


def explain(told: Exception, frame: Any) -> int:
    """Say a refusal or fault in one sentence and return its exit code; anything else is a fault of ours."""
    from adapters.verbs.telling import tell

    return tell(told, frame)


if __name__ == "__main__":
    main()
