"""The parties of a case: which firm a ruling means by «the defendant» or «the appellant»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.mentions import Mention
from mapper.model import DocumentText


def with_parties(document: DocumentText, mentions: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions of a document, with the words for a party that stands for one firm where it is a subject.

    A party is known where a firm's name stands right behind the word (被告：禾丰银行, 被告禾丰银行); one that is several
    firms, or somebody else behind a colon too (上诉人：李四), is left alone.
    """
    holding = [number for number, one in enumerate(document.passages) if _holds(one.text)]
    if not holding:
        return list(mentions)
    known: defaultdict[str, set[str]] = defaultdict(set)
    for number in holding:
        starts = {one.start: one.firm for one in mentions[number] if one.firm and one.kind == "name"}
        for match in cues.PARTY_NAMED.finditer(document.passages[number].text):
            if match.end() in starts or match[0].endswith(("：", ":")):
                known[match["party"]].add(starts.get(match.end()) or "")
    alone = {word: next(iter(firms)) for word, firms in known.items() if len(firms) == 1 and "" not in firms}
    found = list(mentions)
    for number in holding if alone else ():
        named = found[number]
        own = [
            Mention(*match.span("party"), "back", match["party"], alone[match["party"]])
            for match in cues.PARTY_ACTS.finditer(document.passages[number].text)
            if match["party"] in alone
            and not any(one.start <= match.end("party") + 1 and match.start("party") < one.end for one in named)
        ]
        found[number] = tuple(sorted((*named, *own), key=lambda one: (one.start, one.end)))
    return found


def _holds(text: str) -> bool:
    """Whether a word for a party can stand in a text."""
    return "告" in text or "诉人" in text or "第三人" in text or "申请人" in text or "执行人" in text
