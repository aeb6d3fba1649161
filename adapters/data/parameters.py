"""Parameters of places and risks in the demo's enterprises: invented figures of plausible size, nobody's equipment."""

import csv
from importlib.resources import files
from typing import Final

FILE: Final = "demo_parameters.csv"


def parameters() -> dict[str, tuple[str, str]]:
    """Kind of place, or code of a risk -> its parameters in Chinese and English; what is not named has none."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {
        row["of"]: (row["parameters_zh"], row["parameters_en"]) for row in csv.DictReader(text.splitlines())
    }
