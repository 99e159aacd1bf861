"""The glossary of a report: which name is said to stand for which (平塘村镇银行 指 平塘某某村镇银行股份有限公司)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.model import DocumentText

_MEANS = "指"
_ROW = re.compile(r"(?P<words>[^\s|：:，。；]{2,40})[\s|：:]+[系是]?指[\s|：:]+(?P<name>[^\s|，。；]{4,60})[\s|；;。]*")
"""A row that stands in one line."""
_LIST = re.compile("[、/／，,或和及]")
_KIND = re.compile(
    "(?:村镇?|农商|农村|商业|合作|城商|理财|租赁|基金|保险|人寿|证券|信托|消费金融|股份|有限|责任|[子分母总])*"
    "(?:银行|公司|行|集团|联社)?"
)
"""A word for a kind of firm, which names none."""
_QUOTES = "“”\"'「」『』 \u3000"


def explained(document: DocumentText) -> Iterator[tuple[str, str]]:
    """Pairs of a word and the longer name for which a row of the document says that it stands.

    A word is one only if its letters stand in the name in this order: 股东 stands for a company too, and is no name of it.
    """
    texts = [passage.text.strip() for passage in document.passages]
    rows = [(before, after) for before, middle, after in zip(texts, texts[1:], texts[2:], strict=False) if middle == _MEANS]
    rows += [(row["words"], row["name"]) for text in texts if _MEANS in text and (row := _ROW.fullmatch(text))]
    for words, name in rows:
        full = name.strip(_QUOTES)
        for word in _LIST.split(words):
            short = word.strip(_QUOTES)
            if 2 <= len(short) < len(full) and not _KIND.fullmatch(short) and _shortens(short, full):
                yield short, full


def _shortens(short: str, full: str) -> bool:
    letters = iter(full)
    return all(letter in letters for letter in short)
