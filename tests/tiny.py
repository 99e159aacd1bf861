"""A tiny workspace for tests: one policy with one requirement, one document that evidences it, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

POLICY = """\
policy:
  id: "tp"
  title: "试行办法"
  short_title: "试行办法"
  title_en: "Trial measures"
  issuer: "某局"
  number: "某发〔2024〕1号"
  issued: "2024-01-01"
  published: "2024-01-02"
  basis: "verified"
  note: "made for tests"
requirements:
  - id: tp-1
    clause: "第一条"
    title: "适老服务"
    title_en: "Service for the elderly"
    text: "为老年人保留人工服务。"
    obligation: must
    applies_to: [all]
    signals:
      - {need: ["@elderly", "人工|柜台"], strength: strong}
    examples:
      - "我行为老年客户保留人工柜台。"
      - "该行面向长者开设人工专线。"
    counterexamples:
      - "全国老年人口继续增长。"
"""
LEXICON = """\
concepts:
  elderly: [老年, 长者]
"""
ARTICLE = """\
某地金融机构服务老年客户

5月6日，微众银行在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。

微众银行今年还组织了多场面向社区居民的金融知识活动，讲解如何识别诈骗信息。
"""


@dataclass(frozen=True)
class Workspace:
    """Three folders side by side: policies, corpus, and out (not made yet)."""

    root: Path

    @property
    def policies(self) -> Path:
        return self.root / "policies"

    @property
    def corpus(self) -> Path:
        return self.root / "corpus"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def arguments(self) -> list[str]:
        return ["--policies", str(self.policies), "--corpus", str(self.corpus)]

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def change(self, path: str, old: str, new: str) -> None:
        """Replace words of a file; they must be there."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def workspace(root: Path) -> Workspace:
    """A workspace in which everything is right: one firm, one piece of evidence, score above the default."""
    made = Workspace(root)
    made.write("policies/tp.yaml", POLICY)
    made.write("policies/lexicon.yaml", LEXICON)
    made.write("corpus/a.txt", ARTICLE)
    return made
