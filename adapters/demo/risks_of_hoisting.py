"""The risks of hoisting and haulage as the mine found them in January, each with its controls in layers.

``inputs`` are L, E and C of the LEC method; a control names its layer, what is done, and who answers for it.
"""

from __future__ import annotations

from typing import Any

from adapters.demo.mine import (
    AIR_LEAD,
    ELECTRO_LEAD,
    FITTER,
    HOIST_CREW,
    HOIST_DRIVER,
    HOIST_LEAD,
    SAFETY_OFFICER,
)
from adapters.demo.steps import T

HOISTING: tuple[dict[str, Any], ...] = (
    {
        "risk": "R-0001",
        "unit": "U-3-1-4-1",
        "day": "2026-01-19",
        "by": HOIST_LEAD,
        "name": T("罐笼过卷", "overwinding of the cage"),
        "factor": "210202",
        "accidents": T("其他伤害", "other injury"),
        "cause": T(
            "过卷开关单一，失效后无后备保护", "a single overwind switch with nothing behind it when it fails"
        ),
        "consequence": T(
            "罐笼冲撞天轮，钢丝绳断裂，多人坠落", "the cage strikes the sheave, the rope parts, many fall"
        ),
        "impact": T(
            "罐笼内人员、井口和井底人员", "people in the cage, at the collar and at the shaft bottom"
        ),
        "inputs": {"L": "1", "E": "6", "C": "100"},
        "with": (HOIST_CREW, HOIST_DRIVER),
        "controls": (
            (
                "engineering",
                T("每班空载试验过卷开关", "test the overwind switch empty on every shift"),
                HOIST_CREW,
            ),
            (
                "management",
                T("司机持证上岗，一人操作一人监护", "certified operators, one drives and one watches"),
                HOIST_LEAD,
            ),
            (
                "protection",
                T("井口现场处置方案，每半年演练", "response plan at the collar, drilled every half year"),
                SAFETY_OFFICER,
            ),
        ),
    },
    {
        "risk": "R-0002",
        "unit": "U-3-1-2-2",
        "day": "2026-01-19",
        "by": HOIST_LEAD,
        "name": T("提升钢丝绳断裂", "the hoisting rope parts"),
        "factor": "210101",
        "accidents": T("其他伤害", "other injury"),
        "cause": T("断丝、锈蚀、磨损超限未及时发现", "broken wires, rust or wear found too late"),
        "consequence": T(
            "罐笼坠落，防坠器不动作时全员伤亡", "the cage falls; if the arrester fails, nobody survives"
        ),
        "impact": T("罐笼内人员", "people in the cage"),
        "inputs": {"L": "0.5", "E": "6", "C": "100"},
        "with": (HOIST_CREW, FITTER),
        "controls": (
            (
                "engineering",
                T("钢丝绳在线探伤，防坠器定期试验", "the rope is scanned in service, the arrester tested"),
                ELECTRO_LEAD,
            ),
            (
                "management",
                T("每日检查断丝和直径并签字", "broken wires and diameter checked and signed daily"),
                HOIST_CREW,
            ),
            ("protection", T("备用提升出口和救援罐笼", "a second way out and a rescue cage"), HOIST_LEAD),
        ),
    },
    {
        "risk": "R-0003",
        "unit": "U-3-1-3-1",
        "day": "2026-01-20",
        "by": HOIST_LEAD,
        "name": T("提升机制动失效", "the hoist does not brake"),
        "factor": "210110",
        "accidents": T("其他伤害", "other injury"),
        "cause": T(
            "闸瓦间隙超限、制动盘油污、液压站残压高",
            "shoe clearance too wide, oil on the disc, residual pressure",
        ),
        "consequence": T("罐笼失控下滑", "the cage runs away"),
        "impact": T("罐笼内人员、井底人员", "people in the cage and at the shaft bottom"),
        "inputs": {"L": "1", "E": "6", "C": "40"},
        "with": (HOIST_CREW, FITTER),
        "controls": (
            (
                "engineering",
                T(
                    "闸瓦间隙和残压在线监测，超限闭锁",
                    "clearance and pressure are watched and lock the hoist",
                ),
                ELECTRO_LEAD,
            ),
            (
                "management",
                T("每月测量间隙，每年制动力矩试验", "clearance measured monthly, torque tested yearly"),
                HOIST_CREW,
            ),
            ("protection", T("手动紧急制动演练", "the manual emergency brake is drilled"), HOIST_DRIVER),
        ),
    },
    {
        "risk": "R-0004",
        "unit": "U-3-1-1-1",
        "day": "2026-01-20",
        "by": HOIST_LEAD,
        "name": T("提升机司机误操作", "the operator makes a mistake"),
        "factor": "120201",
        "accidents": T("其他伤害", "other injury"),
        "cause": T("信号听错、疲劳、单人值班", "a signal misheard, fatigue, one person alone"),
        "consequence": T("超速、撞罐、人员摔伤", "overspeed, a hard landing, people thrown down"),
        "impact": T("罐笼内人员、各中段马头门人员", "people in the cage and at the landings"),
        "inputs": {"L": "1", "E": "6", "C": "15"},
        "with": (HOIST_DRIVER,),
        "controls": (
            ("engineering", T("声光信号与提升机闭锁", "signals interlocked with the hoist"), ELECTRO_LEAD),
            (
                "management",
                T("手指口述，四小时轮换", "pointing and calling, relief after four hours"),
                HOIST_CREW,
            ),
            ("protection", T("操作台设紧急停车按钮", "an emergency stop at the desk"), HOIST_DRIVER),
        ),
    },
    {
        "risk": "R-0005",
        "unit": "U-3-1-4-3",
        "day": "2026-01-21",
        "by": HOIST_LEAD,
        "name": T("井口坠人、坠矿车", "people or cars fall down the shaft"),
        "factor": "210202",
        "accidents": T("高处坠落", "fall from height"),
        "cause": T("安全门未关、阻车器磨损", "a gate left open, a worn car stop"),
        "consequence": T("人员或矿车坠井", "a person or a car falls to the bottom"),
        "impact": T("井口和井筒内人员", "people at the collar and in the shaft"),
        "inputs": {"L": "1", "E": "6", "C": "15"},
        "with": (HOIST_CREW,),
        "controls": (
            (
                "engineering",
                T("安全门、阻车器与信号闭锁", "gate and car stop interlocked with the signals"),
                ELECTRO_LEAD,
            ),
            (
                "management",
                T("把钩工专人看守，每班点检", "a banksman at the gate, checked on every shift"),
                HOIST_CREW,
            ),
            ("protection", T("井口作业系安全带", "harness at the collar"), HOIST_CREW),
        ),
    },
    {
        "risk": "R-0011",
        "unit": "U-3-2-1",
        "day": "2026-01-27",
        "by": HOIST_LEAD,
        "name": T("无轨人员运输车失控", "the personnel vehicle runs away"),
        "factor": "210110",
        "accidents": T("车辆伤害", "vehicle injury"),
        "cause": T("长坡制动热衰退、驻车制动失效", "brakes fade on the long ramp, the parking brake fails"),
        "consequence": T("撞壁翻车，乘员伤亡", "the vehicle hits the wall and overturns"),
        "impact": T("车内人员、斜坡道行人", "passengers and people on the ramp"),
        "inputs": {"L": "1", "E": "6", "C": "40"},
        "with": (FITTER,),
        "controls": (
            (
                "engineering",
                T("湿式制动器，斜坡道设避险硐", "wet brakes, escape bays along the ramp"),
                ELECTRO_LEAD,
            ),
            (
                "management",
                T("出车前检查，限载限速", "checked before each trip, load and speed limited"),
                HOIST_LEAD,
            ),
            ("protection", T("系安全带，随车灭火器", "seat belts and an extinguisher on board"), HOIST_LEAD),
        ),
    },
    {
        "risk": "R-0013",
        "unit": "U-4-1-1",
        "day": "2026-01-28",
        "by": AIR_LEAD,
        "name": T("主通风机绞伤", "the main fan catches somebody"),
        "factor": "210108",
        "accidents": T("机械伤害", "machinery injury"),
        "cause": T("检修时未断电挂牌", "serviced without lock-out"),
        "consequence": T("肢体绞伤", "a limb is crushed"),
        "impact": T("检修人员", "the people who service it"),
        "inputs": {"L": "0.5", "E": "3", "C": "7"},
        "with": (FITTER,),
        "controls": (
            ("engineering", T("联轴器防护罩", "a guard over the coupling"), AIR_LEAD),
            ("management", T("检修断电、挂牌、上锁", "cut off, tag and lock before service"), ELECTRO_LEAD),
        ),
    },
)
