"""Small alignments: sentences of one bank against five requirements, and the five articles against all that ship."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from hypothesis import strategies as st

from mapper.align.alignment import align
from mapper.catalog.load import Catalog
from mapper.corpus import read_corpus
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, Cell, DocumentText, InputFile, LeftOut, Run
from mapper.shipped import folder
from tests.builders import (
    document,
    registry,
    shipped_catalog,
    tiny_catalog,
)

PLAN = "云岭银行计划明年向长者推出大字版手机银行。"
ACTION = "云岭银行在各网点对老年客户保留人工服务。"
OUTCOME = "云岭银行的爱心窗口累计服务老年人12万人次。"
FINE = "云岭银行因拒绝老年人现金缴费被罚款20万元。"
NOTHING = "云岭银行举办了员工运动会。"


def a_run(documents: Iterable[DocumentText]) -> Run:
    inputs = [InputFile(role="document", path=one.document.path, sha256=one.document.sha256) for one in documents]
    return Run(version="0", inputs=tuple(sorted(inputs, key=lambda one: (one.role, one.path, one.sha256))))


def aligned(
    *documents: DocumentText, own: Iterable[str] = (), left_out: Sequence[LeftOut] = (), min_score: float = 0.0
) -> Alignment:
    return align(documents, tiny_catalog(), registry(own=own), a_run(documents), left_out=left_out, min_score=min_score)


def cell(alignment: Alignment, firm: str, requirement: str) -> Cell:
    (one,) = [c for c in alignment.cells if (c.firm, c.requirement) == (firm, requirement)]
    return one


SENTENCES = (
    PLAN,
    ACTION,
    OUTCOME,
    FINE,
    NOTHING,
    "该行还公布了投诉渠道。",
    "同时投放绿色贷款30亿元，同比增长两成。",
    "云岭银行与海港银行联合发放绿色贷款。",
    "青禾消费金融坚持小额分散，海港银行公布了投诉热线。",
    "消费金融公司普遍坚持小额分散。",
    "泰和保险计划推出农业保险。",
    "公司因投诉处理超期被通报。",
    "《实施意见》提出，银行要为老年人保留人工服务。",
    "远山消费金融尚未对老年人提供人工服务。",
    # firms that no registry knows, and short names that a document gives
    "白桦消费金融有限公司（以下简称“白桦消金”）公布了投诉渠道。",
    "白桦消费金融坚持小额分散。",
    "白桦消金投放了绿色贷款。",
    "江南晨光农村商业银行股份有限公司投放了绿色贷款。",
    "晨光农商银行公布了投诉热线。",
    "云岭银行（以下简称“岭行”）投放了绿色贷款。",
    "岭行公布了投诉渠道。",
)
DATES = (None, "2020", "2021-05", "2022-01-31", "2023-10-11", "2024-06")


@st.composite
def corpora(draw: st.DrawFn) -> list[DocumentText]:
    """Up to five small documents that share sentences, some dated, some not."""
    number = draw(st.integers(min_value=1, max_value=5))
    documents = []
    for i in range(number):
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=4))
        cut = draw(st.integers(min_value=0, max_value=len(sentences)))
        paragraphs = [part for part in (sentences[:cut], sentences[cut:]) if part]
        date, owner = draw(st.sampled_from(DATES)), draw(st.sampled_from((None, None, "云岭银行", "青禾消费金融")))
        documents.append(document(*paragraphs, id=f"{i}.txt", date=date, owner=owner))
    return documents


@st.composite
def groupings(draw: st.DrawFn) -> tuple[list[DocumentText], list[list[DocumentText]]]:
    """A corpus, and the same documents in any order, cut into groups."""
    documents = draw(corpora())
    shuffled = draw(st.permutations(documents))
    groups: list[list[DocumentText]] = [[]]
    for one in shuffled:
        if bool(groups[-1]) and draw(st.booleans()):
            groups.append([])
        groups[-1].append(one)
    return documents, groups


@cache
def shipped() -> tuple[tuple[DocumentText, ...], Catalog, Registry]:
    catalog = shipped_catalog()
    corpus = read_corpus(folder("seeds"))
    known, problems = load_registry(corpus.firms_file)
    assert known is not None, [str(problem) for problem in problems]
    return corpus.documents, catalog, known


@cache
def shipped_shelf() -> Shelf:
    return shelf(shipped()[1])


@cache
def of_seeds(numbers: frozenset[int]) -> Alignment:
    documents, catalog, known = shipped()
    chosen = [documents[number] for number in sorted(numbers)]
    return align(chosen, catalog, known, a_run(chosen), shelf=shipped_shelf())


ALL = frozenset(range(5))
