"""Small worlds for tests: a document from plain sentences, a tiny registry, a tiny catalog.

All firms, products, people and sentences are invented.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mapper.catalog.load import Catalog, load_catalog
from mapper.firms.registry import Registry
from mapper.model import Document, DocumentText, Firm, Passage, Role
from mapper.shipped import folder as policies

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
"""Reference material beside the checkout; what needs it is skipped where it is absent."""

# ---- documents -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sentence:
    """A sentence that is more than body text: said by somebody, a question, a heading."""

    text: str
    role: Role = "body"
    speaker: str | None = None
    damaged: bool = False


Paragraph = str | Sentence | Iterable[str | Sentence]


def said(speaker: str, text: str) -> Sentence:
    """What somebody says in an interview, under a label with the speaker's name."""
    return Sentence(text, speaker=speaker)


def asked(text: str) -> Sentence:
    """What the interviewer asks."""
    return Sentence(text, role="question")


def heading(text: str) -> Sentence:
    """A heading."""
    return Sentence(text, role="heading")


def document(*paragraphs: Paragraph, id: str = "a.txt", **facts: Any) -> DocumentText:
    """A document of these paragraphs; a paragraph is one sentence or several. ``facts`` are fields of Document."""
    text = ""
    passages: list[Passage] = []
    section: str | None = None
    for number, paragraph in enumerate(paragraphs):
        sentences = [paragraph] if isinstance(paragraph, str | Sentence) else list(paragraph)
        for entry in sentences:
            sentence = entry if isinstance(entry, Sentence) else Sentence(entry)
            if sentence.speaker and not text.endswith(f"{sentence.speaker}："):
                text += f"{sentence.speaker}："
            start = len(text)
            text += sentence.text
            if sentence.role == "heading":
                section = sentence.text
            passages.append(
                Passage(
                    document=id,
                    number=len(passages),
                    start=start,
                    end=len(text),
                    text=sentence.text,
                    paragraph=number,
                    role=sentence.role,
                    section=section if sentence.role != "heading" else None,
                    speaker=sentence.speaker,
                    damaged=sentence.damaged,
                )
            )
        text += "\n"
    described: dict[str, Any] = {"id": id, "path": id, "sha256": f"sha256 of {id}", "characters": len(text)}
    return DocumentText(document=Document(**(described | facts)), text=text, passages=tuple(passages))


# ---- firms -----------------------------------------------------------------------------------------------------


def firm(name: str, kind: Any, **fields: Any) -> Firm:
    """A firm whose id is its name."""
    return Firm(id=name, name=name, kind=kind, **fields)


FIRMS = (
    firm(
        "云岭银行", "bank", full_name="云岭银行股份有限公司", aliases=("云行",), products=("云岭e贷",), people=("周岚",)
    ),
    firm("海港银行", "bank", products=("海e通",)),
    firm("江州银行", "bank"),
    firm(
        "青禾消费金融",
        "consumer-finance",
        aliases=("青禾消金",),
        former=("春苗消费金融",),
        parent="云岭银行",
        products=("禾苗贷", "青禾分期"),
        people=("林晓",),
    ),
    firm("远山消费金融", "consumer-finance", aliases=("远山消金",), people=("高原",)),
    firm("泰和保险", "insurer", products=("泰和安康",)),
    firm("启明科技", "fintech", products=("启明星",), people=("秦川",)),
    firm("丰源小贷", "microloan"),
    firm("长青绿色租赁", "leasing"),
)


def registry(*more: Firm, own: Iterable[str] = ()) -> Registry:
    """The tiny registry; ``own`` names firms that the corpus folder itself lists."""
    return _registry(more, frozenset(own))


@cache
def _registry(more: tuple[Firm, ...], own: frozenset[str]) -> Registry:
    return Registry({one.id: one for one in (*FIRMS, *more)}, own=own)


# ---- a catalog -------------------------------------------------------------------------------------------------

LEXICON = """\
concepts:
  elderly: [老年人, 老年客户, 长者, 银发]
  disabled: [残疾人, 视障, 听障]
  vulnerable: ["@elderly", "@disabled"]
  loan: [贷款, 授信]
  penalty: [罚款, 处罚, 通报, 责令]
masks: [绿色通道]
negation: [尚未, 从未, 没有, 暂未, 不再, 取消]
"""

HEAD = """\
policy:
  id: {id}
  title: {title}
  short_title: {title}
  title_en: Opinions
  issuer: 监管部门
  number: 〔{year}〕1号
  issued: {published}
  published: {published}
  basis: verified
  note: 虚构的政策。
requirements:
"""

REQUIREMENT = """\
  - id: {id}
    clause: 第一条
    title: {id}
    title_en: Title of {id}
    text: 自拟的重述。
    obligation: should
    applies_to: {applies_to}
    signals:
{signals}
    examples: [{example}, {example}再来一遍]
    counterexamples: [今天天气不错]
"""


def a_requirement(id: str, *signals: str, applies_to: str = "[all]", example: str = "示例", more: str = "") -> str:
    """One requirement as YAML; a signal is written as in the file, ``{need: […]}``."""
    lines = "\n".join(f"      - {signal}" for signal in signals or ("{need: [示例]}",))
    return REQUIREMENT.format(id=id, applies_to=applies_to, signals=lines, example=example) + more


def a_policy(*requirements: str, id: str = "op23", published: str = "2023-10-11") -> str:
    """A policy as YAML."""
    head = HEAD.format(id=id, title=f"意见{id}", year=published[:4], published=published)
    return head + "".join(requirements or (a_requirement(f"{id}-1"),))


def folder(path: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return it."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).write_text(content, encoding="utf-8")
    return path


def catalog_of(*policies: str, lexicon: str = LEXICON) -> Catalog:
    """A catalog from policies written as YAML. Fails with the problems if there are any."""
    with tempfile.TemporaryDirectory() as place:
        files = {f"p{number}.yaml": policy for number, policy in enumerate(policies)}
        catalog, problems = load_catalog(folder(Path(place), files | {"lexicon.yaml": lexicon}))
    assert catalog is not None, [str(problem) for problem in problems]
    return catalog


ELDERLY = "op23-elderly"
GREEN = "op23-green"
SMALL = "op23-small"
FARM = "op23-farm"
COMPLAINT = "op21-complaint"


@cache
def shipped_catalog() -> Catalog:
    """The catalog that ships, read once in a process: what is made of it when first asked for stays with it."""
    catalog, problems = load_catalog(policies("policies"))
    assert catalog is not None, [str(problem) for problem in problems]
    return catalog


@cache
def tiny_catalog() -> Catalog:
    """Two policies, of 2023 and of 2021, with five requirements addressed to different kinds of firm."""
    young = a_policy(
        a_requirement(
            ELDERLY,
            '{need: ["@elderly", "大字版|人工服务|上门服务|爱心窗口"], strength: strong}',
            more='    breaches:\n      - {need: ["@elderly", "@penalty"]}\n',
        ),
        a_requirement(GREEN, '{need: ["绿色", "@loan"]}', "{need: [绿色信贷]}", applies_to="[bank]"),
        a_requirement(SMALL, "{need: [小额分散]}", applies_to="[consumer-finance, microloan]"),
        a_requirement(FARM, "{need: [农业保险]}", applies_to="[insurer]"),
    )
    old = a_policy(
        a_requirement(
            COMPLAINT,
            '{need: [投诉, "渠道|热线|办结"]}',
            more='    breaches:\n      - {need: [投诉, "@penalty"]}\n',
        ),
        id="op21",
        published="2021-05-01",
    )
    return catalog_of(young, old)
