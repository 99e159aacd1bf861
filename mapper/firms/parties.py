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
    known: defaultdict[str, set[str]] = defaultdict(set)
    for passage, named in zip(document.passages, mentions, strict=True):
        starts = {one.start: one.firm for one in named if one.firm and one.kind == "name"}
        for match in cues.PARTY_NAMED.finditer(passage.text):
            if match.end() in starts or match[0].endswith(("：", ":")):
                known[match["party"]].add(starts.get(match.end()) or "")
    alone = {word: next(iter(firms)) for word, firms in known.items() if len(firms) == 1 and "" not in firms}
    if not alone:
        return list(mentions)
    found = []
    for passage, named in zip(document.passages, mentions, strict=True):
        own = [
            Mention(*match.span("party"), "back", match["party"], alone[match["party"]])
            for match in cues.PARTY_ACTS.finditer(passage.text)
            if match["party"] in alone
            and not any(one.start <= match.end("party") + 1 and match.start("party") < one.end for one in named)
        ]
        found.append(tuple(sorted((*named, *own), key=lambda one: (one.start, one.end))))
    return found
