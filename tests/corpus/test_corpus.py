"""The shipped articles, and whatever a user makes of them: nothing is lost, and every passage points at its words."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper.corpus import normalised, read_corpus
from mapper.corpus.document import document_text
from mapper.corpus.readers import read
from mapper.corpus.readers.html import html_blocks
from mapper.corpus.repair import repair
from mapper.corpus.textmap import TextMap
from mapper.model import DocumentText

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

CLEAN = ("000_7f35fe313b4d8090.txt", "001_94d2b693a81cb436.txt", "003_528cf213c8b04a03.txt")
DAMAGED = ("002_39a2c90d8ccbd885.txt", "004_4fa231b7368f1dff.txt")


def labelled(gold: Path) -> dict[str, set[str]]:
    quotes: defaultdict[str, set[str]] = defaultdict(set)
    for line in gold.read_text("utf-8").splitlines():
        label = json.loads(line)
        quotes[label["document"]].add(label["quote"])
    return quotes


def lost(documents: tuple[DocumentText, ...], gold: Path) -> list[tuple[str, str]]:
    """Labelled quotes that no passage, nor two that follow each other, holds."""
    missing = []
    quotes = labelled(gold)
    for document in documents:
        # The labels keep 著 in two places where the simplified text has 着.
        found = [normalised(passage.text).replace("著", "着") for passage in document.passages]
        held = [*found, *(one + two for one, two in pairwise(found))]
        for quote in quotes[document.document.id]:
            if not any(normalised(quote).replace("著", "着") in one for one in held):
                missing.append((document.document.id, quote))
    return missing


def points_at_its_words(document: DocumentText, raw: bytes) -> None:
    """The original from ``start`` to ``end``, repaired as the document was, holds each passage."""
    context = [block.words for block in read(raw).blocks]
    slices = []
    for passage in document.passages:
        words = document.text[passage.start : passage.end]
        if document.document.format == "html":
            words = "".join(block.words.text for block in html_blocks(words, 0)[0])
        slices.append(TextMap.of(words))
    repaired, _ = repair([*context, *slices])
    for passage, found in zip(document.passages, repaired[len(context) :], strict=True):
        assert normalised(passage.text) in normalised(found.text), passage


def test_the_seeds_are_read_whole(seeds: Path) -> None:
    corpus = read_corpus(seeds)
    assert corpus.problems == ()
    assert len(corpus.documents) == 5
    assert lost(corpus.documents, seeds / "gold.jsonl") == []


def test_every_passage_of_the_seeds_points_at_its_words(seeds: Path) -> None:
    for document in read_corpus(seeds).documents:
        points_at_its_words(document, (seeds / document.document.path).read_bytes())


def test_passages_are_numbered_in_reading_order_and_do_not_overlap(seeds: Path) -> None:
    for document in read_corpus(seeds).documents:
        passages = document.passages
        assert [passage.number for passage in passages] == list(range(len(passages)))
        assert all(one.end <= two.start for one, two in pairwise(passages))
        assert document.document.passages == len(passages)
        assert document.document.characters == len(document.text)


def test_the_seeds_bear_what_is_known_of_them(seeds: Path) -> None:
    known = {text.document.id[:3]: text.document for text in read_corpus(seeds).documents}
    assert [known[key].date for key in sorted(known)] == ["2022-01", "2023-10", "2025-07", "2023-06-29", "2023-07"]
    assert [known[key].date_basis for key in sorted(known)] == [
        "inferred",
        "inferred",
        "inferred",
        "stated",
        "inferred",
    ]
    assert known["003"].speaker == "微众银行"
    assert known["002"].repairs == ("gloss", "traditional", "width")
    assert known["004"].repairs == ("gloss", "lost-characters", "shifted-bytes", "traditional", "width")


def test_the_article_that_stands_there_several_times_counts_once(seeds: Path) -> None:
    [document] = [text for text in read_corpus(seeds).documents if text.document.id.startswith("004")]
    texts = [passage.text for passage in document.passages]
    assert len(texts) == len(set(texts))
    assert sum("为强化金融向实、负责任的金融理念" in text for text in texts) == 1
    assert not any(passage.damaged for passage in document.passages)
    assert document.document.dropped > 5000


def test_an_interview_keeps_its_speaker(seeds: Path) -> None:
    [document] = [text for text in read_corpus(seeds).documents if text.document.id.startswith("003")]
    ours = [passage for passage in document.passages if "我行" in passage.text]
    assert ours
    assert {passage.speaker for passage in ours} == {"王立鹏"}
    assert sum(passage.role == "question" for passage in document.passages) >= 5


# ---- the same articles in other clothes


def said(document: object) -> list[str]:
    """What the body of a document says, sentence by sentence, without regard to spaces and punctuation."""
    assert isinstance(document, DocumentText), document
    return [normalised(passage.text) for passage in document.passages if passage.role != "caption"]


@pytest.fixture(scope="module")
def article(seeds: Path) -> str:
    return (seeds / CLEAN[0]).read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", [*CLEAN, *DAMAGED])
def test_in_another_encoding_every_passage_is_the_same(seeds: Path, name: str, encoding: str) -> None:
    text = (seeds / name).read_text("utf-8")
    encoded = document_text("a", text.encode(encoding))
    plain = document_text("a", text.encode())
    assert isinstance(encoded, DocumentText)
    assert isinstance(plain, DocumentText)
    assert encoded.passages == plain.passages


def test_in_big5_every_sentence_is_the_same(article: str) -> None:
    from opencc import OpenCC

    big5 = OpenCC("s2tw").convert(article).encode("big5hkscs", "ignore")
    assert said(document_text("a", big5)) == said(document_text("a", big5.decode("big5hkscs").encode()))


@pytest.mark.parametrize("width", [30, 38])
def test_wrapped_at_a_fixed_width_every_sentence_is_the_same(article: str, width: int) -> None:
    lines = [line[i : i + width] for line in article.split("\n") for i in range(0, len(line), width)]
    wrapped = document_text("a", "\n".join(lines).encode())
    same, original = set(said(wrapped)), said(document_text("a", article.encode()))
    # A paragraph whose last line happens to fill the page is joined to the next: its sentences stay what they are.
    assert [sentence for sentence in original if sentence not in same] == []


def test_glossed_every_sentence_is_the_same(seeds: Path, make: Make) -> None:
    from opencc import OpenCC

    article = (seeds / CLEAN[1]).read_text("utf-8")
    traditional = OpenCC("s2tw").convert(article).encode("gbk", "ignore").decode("gbk")
    damaged = "\n".join(make.glossed(line) for line in traditional.split("\n"))
    intact = said(document_text("a", traditional.encode()))
    found = document_text("a", damaged.encode())
    assert isinstance(found, DocumentText)
    whole = {normalised(passage.text) for passage in found.passages if not passage.damaged}
    assert whole <= set(intact)
    assert len(whole) >= 0.97 * len(intact)


def test_in_other_formats_every_sentence_is_the_same(article: str, make: Make) -> None:
    pytest.importorskip("pypdfium2")
    lines = [line for line in article.split("\n") if line.strip()]
    original = said(document_text("a", article.encode()))
    markdown = "# 某文\n\n" + "\n\n".join(f"**{line}**" for line in lines)
    html = "<html><body><div class='nav'>首页</div>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    jsonl = "\n".join(json.dumps({"text": line}) for line in lines)
    rows = [line[i : i + 40] for line in lines for i in range(0, len(line), 40)]
    pages = [["某银行2023年年度报告", *rows[i : i + 50]] for i in range(0, len(rows), 50)]
    assert said(document_text("a", markdown.encode()))[1:] == original
    assert said(document_text("a", html.encode())) == original
    assert said(document_text("a", jsonl.encode())) == original
    assert said(document_text("a", make.docx(lines))) == original
    found = set(said(document_text("a", make.pdf(pages))))
    assert [sentence for sentence in original if sentence not in found] == []


# ---- documents that are not ours to ship


def test_the_development_corpus_is_read_whole(shared: Path) -> None:
    pytest.importorskip("pypdfium2")
    corpus = read_corpus(shared / "corpora" / "dev")
    assert corpus.problems == ()
    assert lost(corpus.documents, shared / "gold" / "dev.jsonl") == []
    for document in corpus.documents:
        points_at_its_words(document, (shared / "corpora" / "dev" / document.document.path).read_bytes())


def test_the_development_corpus_loses_nothing_that_is_said(shared: Path) -> None:
    """All but a little of the plain files is in their passages; the rest is heads, tails and imprints."""
    for document in read_corpus(shared / "corpora" / "dev").documents:
        if document.document.format != "text":
            continue
        kept = sum(len(normalised(passage.text)) for passage in document.passages)
        there = len(normalised(re.sub(r"\{IMG:\d+\}", "", document.text)))
        assert there - kept <= max(0.02 * there, 90), document.document.id
