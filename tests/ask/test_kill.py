"""A process killed while it asks: the small version of ``benchmarks/ask.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.ask import RETRIES, trial

pytest.importorskip("httpx")


def test_nothing_recorded_is_lost_or_asked_again_however_often_the_process_is_killed(tmp_path: Path) -> None:
    found = trial(tmp_path, number=200, kills=3)
    assert (found.answered, found.kills, found.lost, found.again) == (200, 3, 0, 0)
    assert found.worst <= RETRIES + 1 + found.kills
