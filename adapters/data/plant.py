"""What can go wrong at each kind of place in a machine works, in Chinese and English: the demo's catalogue.

General knowledge in our own words, invented in its details; nobody's register. Factors are codes of GB/T 13861-2022,
accident types names of GB 6441-1986, ``L``, ``E`` and ``C`` inputs of the LEC method.
"""

import csv
from importlib.resources import files
from typing import Final

FILE: Final = "plant_risks.csv"


def catalogue() -> dict[str, list[dict[str, str]]]:
    """Kind of place -> its risks in printed order; every column as text."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["place"], []).append(row)
    return found
