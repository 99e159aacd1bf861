"""A build that is killed leaves the old output or the new one, whole: a handful of what benchmarks/kill.py tries."""

from __future__ import annotations

from benchmarks.kill import trials


def test_a_killed_build_leaves_the_old_output_or_the_new_one() -> None:
    outcomes = trials(4, seed=2)
    assert outcomes.total() == 4
    assert set(outcomes) <= {"old", "new"}
