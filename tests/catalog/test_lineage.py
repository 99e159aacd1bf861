"""Versions of a policy that bear the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.catalog.load import load_catalog

POLICY = """\
policy: {{id: {id}, title: 某某办法, issued: "{issued}", number: "{number}"}}
requirements:
  - id: {id}-1
    title: 公示收费
    text: 公示收费标准。
    examples: [网点公示收费。, 官网公示收费。, 收费表已公示。, 公示收费标准。, 大厅公示收费。]
"""


@pytest.mark.parametrize(
    ("issued", "numbers", "names"),
    [
        (("2026-01-01", "2028-01-01"), ("1号", "2号"), ("2026", "2028")),
        (("2026-01-01", "2026-05-01"), ("1号", "2号"), ("1号", "2号")),
        (("", ""), ("", ""), ("old", "new")),
    ],
)
def test_versions_that_share_a_name_are_told_apart(
    tmp_path: Path, issued: tuple[str, str], numbers: tuple[str, str], names: tuple[str, str]
) -> None:
    for id, day, number in zip(("old", "new"), issued, numbers, strict=True):
        (tmp_path / f"{id}.yaml").write_text(POLICY.format(id=id, issued=day, number=number), encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert catalog is not None, problems
    called = {one.id: one.short_title for one in catalog.policies}
    assert called == {"old": f"（{names[0]}）某某办法", "new": f"（{names[1]}）某某办法"}
    assert {one.title for one in catalog.policies} == {"某某办法"}
