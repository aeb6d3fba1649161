"""The five kinds of control that YT Art. 21 names, told from the layer, the aspect and the means of a control."""

from __future__ import annotations

from collections.abc import Collection

CONTROL_KINDS = ("engineering", "management_rules", "education", "personal_protection", "emergency")
"""Engineering, rules of management, education and training, personal protection, emergency handling."""


def control_kinds(layer: str | None, aspect: str | None, means: Collection[str]) -> list[str]:
    """Which of the five kinds a control is; it may be several. What is in no layer yet is none of them."""
    if layer is None:
        return []
    educates, protects = "educate" in means, "personal_protection" in means
    held = {
        "engineering": layer == "engineering",
        "management_rules": layer == "management" and (not educates or len(means) > 1),
        "education": educates,
        "personal_protection": protects or (layer == "protection" and aspect != "emergency"),
        "emergency": aspect == "emergency",
    }
    return [kind for kind in CONTROL_KINDS if held[kind]]
