"""The tree's verifiers agree with the published test vectors of transparency-dev/merkle, accepted and refused alike."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from adapters.seal.tree import verify_consistency, verify_inclusion

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "merkle"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the Merkle vectors (shared/outside/merkle) are not here"
)


def cases(kind: str) -> list[Any]:
    paths = sorted((FOLDER / kind).rglob("*.json"))
    return [pytest.param(json.loads(path.read_bytes()), id=str(path.relative_to(FOLDER))) for path in paths]


INCLUSION, CONSISTENCY = cases("inclusion"), cases("consistency")


def proof_of(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(node) for node in case["proof"] or []]


def test_all_vectors_are_there() -> None:
    assert (len(INCLUSION), len(CONSISTENCY)) == (98, 98)


def test_some_vectors_are_to_be_accepted_and_some_refused() -> None:
    for each in (INCLUSION, CONSISTENCY):
        assert {param.values[0]["wantErr"] for param in each} == {True, False}


@pytest.mark.parametrize("case", INCLUSION)
def test_inclusion_is_judged_as_published(case: dict[str, Any]) -> None:
    leaf, root = b64decode(case["leafHash"]), b64decode(case["root"])
    verdict = verify_inclusion(case["leafIdx"], case["treeSize"], leaf, proof_of(case), root)
    assert verdict is not case["wantErr"]


@pytest.mark.parametrize("case", CONSISTENCY)
def test_consistency_is_judged_as_published(case: dict[str, Any]) -> None:
    root1, root2 = b64decode(case["root1"]), b64decode(case["root2"])
    verdict = verify_consistency(case["size1"], case["size2"], proof_of(case), root1, root2)
    assert verdict is not case["wantErr"]
