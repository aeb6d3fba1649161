"""That the benchmarks run and write what they promise; how fast anything is, is never asserted."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import folding
from tests.benchmarks.index import BARS, BENCHMARKS, KEYS
from tests.benchmarks.running import main


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What a tiny run of two cheap keys wrote."""
    folder = tmp_path_factory.mktemp("benchmarks")
    out = folder / "out.json"
    asked = ["--only", "fold_vs_library", "append_sqlite_vs_raw"]
    assert main(["--tiny", "--json", str(out), "--dir", str(folder), *asked]) == 0
    assert list(folder.iterdir()) == [out], "nothing is left behind"
    found: dict[str, dict[str, object]] = json.loads(out.read_text("utf-8"))
    return found


def test_only_the_keys_that_were_asked_for_are_written(written: dict[str, dict[str, object]]) -> None:
    assert set(written) == {"fold_vs_library", "append_sqlite_vs_raw"}


def test_each_key_has_its_median_its_spread_its_runs_and_how_it_was_measured(
    written: dict[str, dict[str, object]],
) -> None:
    for figure in written.values():
        runs = figure["runs"]
        assert isinstance(runs, list)
        assert figure["min"] == min(runs)
        assert figure["max"] == max(runs)
        assert min(runs) <= figure["median"] <= max(runs)
        assert figure["scale"] == "tiny"
        assert isinstance(figure["how"], str)
        assert isinstance(figure["met"], bool)


def test_every_key_has_one_bar_and_one_benchmark() -> None:
    assert sorted(key for keys, _ in BENCHMARKS for key in keys) == sorted(KEYS)
    assert len(set(KEYS)) == len(BARS)


def test_both_sides_fold_the_same_hazard_to_the_same_state() -> None:
    assert folding.agree(folding.Ours().fold(), folding.Theirs().fold())


def test_what_cannot_be_measured_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(bench: object) -> None:
        raise OSError("no such disk")

    monkeypatch.setattr("tests.benchmarks.running.BENCHMARKS", ((("fold_vs_library",), fails),))
    out = tmp_path / "out.json"
    assert main(["--tiny", "--json", str(out), "--only", "fold_vs_library"]) == 1
    assert json.loads(out.read_text("utf-8")) == {}
    assert "not measured: fold_vs_library" in capsys.readouterr().err
