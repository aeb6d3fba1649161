"""The clock delivers what its tick recorded, and a delivery that fails never spoils a tick."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.verbs import notifying
from adapters.verbs.frame import Frame
from adapters.verbs.notifying import delivering
from domain.refused import BadField, JournalUnavailableError
from tests.faults.command_line import call, examples

NOW = "2026-04-02T09:00:00+08:00"


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    """The example mine with a folder for what falls to the team lead, who was just assigned something."""
    db = str(tmp_path / "d.db")
    (tmp_path / "n.toml").write_text('[channels.board]\nkind = "file"\nfolder = "out"\n')
    for words, text in (
        (["--now", "2026-01-05T08:00:00+08:00", "init", "--practice"], ""),
        (["--now", "2026-04-01T08:00:00+08:00", "do", "--batch"], examples()),
    ):
        assert call(["--db", db, *words], text).returncode == 0
    subscribed = ["--body", "KS-01", "--subscription", "B-1", "--channel", "board", "--person", "P-TEAM"]
    duty = [
        "--body",
        "KS-01",
        "--duty",
        "D-1",
        "--title",
        "drill",
        "--owed-by",
        "P-TEAM",
        "--due",
        "2026-05-06",
    ]
    for words in (["notify", "subscribe", *subscribed], ["duty", "raise", *duty]):
        assert call(["--db", db, "--now", NOW, *words, "--as", "P-PRINCIPAL"]).returncode == 0
    from adapters.journal.wallclock import wall_clock

    return Frame(clock=wall_clock, lang="en", db=f"sqlite:///{db}", now=NOW)


class Log(list[tuple[str, dict[str, Any]]]):
    def __call__(self, event: str, /, **values: object) -> None:
        self.append((event, dict(values)))


def test_what_falls_to_somebody_is_delivered_after_the_tick(frame: Frame, tmp_path: Path) -> None:
    log = Log()
    beat = delivering(frame, str(tmp_path / "n.toml"), 60, lambda: "ticked", log)
    assert beat() == "ticked"
    [(event, values)] = log
    assert event == "notified" and values["delivered"] >= 1
    lines = (tmp_path / "out" / "P-TEAM.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["data"]["items"][0]["code"] for line in lines] == ["D-1"]
    assert beat() == "ticked" and log[1] == ("notified", {"calendars": 0})
    frame.close()


def test_a_channel_that_leads_nowhere_is_logged_at_every_tick(frame: Frame, tmp_path: Path) -> None:
    (tmp_path / "n.toml").write_text('[channels.other]\nkind = "file"\nfolder = "out"\n')
    log = Log()
    beat = delivering(frame, str(tmp_path / "n.toml"), 60, lambda: "ticked", log)
    for _ in range(2):
        beat()
    told = [values for event, values in log if event == "notify-leads-nowhere"]
    assert len(told) == 2
    assert told[0]["channels"] == ["board"] and told[0]["waiting"] >= 1
    frame.close()


def test_where_nobody_can_ask_which_channels_lead_nowhere_it_is_logged_and_the_tick_counts(
    frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*given: object) -> None:
        raise JournalUnavailableError(where="views", problem="they are being replaced")

    monkeypatch.setattr(notifying, "nowhere", failing)
    log = Log()
    assert delivering(frame, str(tmp_path / "n.toml"), 60, lambda: "ticked", log)() == "ticked"
    assert [event for event, _ in log] == ["notified", "notify-failed"]
    frame.close()


def test_settings_that_are_none_are_refused_before_the_clock_begins(frame: Frame, tmp_path: Path) -> None:
    with pytest.raises(BadField):
        delivering(frame, str(tmp_path / "none.toml"), 60, lambda: None, Log())
    frame.close()


def test_a_secret_that_is_missing_is_logged_and_the_tick_counts(frame: Frame, tmp_path: Path) -> None:
    (tmp_path / "n.toml").write_text(
        'hosts = ["a.cn"]\n[channels.hook]\nkind = "webhook"\nurl = "https://a.cn/"\nsecret_env = "NOT_SET_AT_ALL"\n'
    )
    log = Log()
    assert delivering(frame, str(tmp_path / "n.toml"), 60, lambda: "ticked", log)() == "ticked"
    assert log[0][0] == "notify-failed" and "NOT_SET_AT_ALL" in log[0][1]["because"]
    frame.close()
