"""Which role may give which command about the level of a risk and the methods behind it, apart from the code."""

from __future__ import annotations

ALLOWED_LEVELS = {
    "administrator": "AdoptMethod AdoptOwnMethod",
    "principal": "DecideLowering ChooseMethod AdoptMethod AdoptOwnMethod",
    "safety_officer": "DecideLowering ChooseMethod",
}
