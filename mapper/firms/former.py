"""Names by which a firm went before: where a document says so, what it tells under one name is told of the firm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from mapper.firms.mentions import find_mentions
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.firms.voice import voice_of
from mapper.letters import lowered
from mapper.model import DocumentText, Firm
from mapper.rules import pattern

_FAR = 60
"""Characters between a firm's name and what the same sentence says of its predecessor."""
_SENTENCE = re.compile("[。；;\n]")
Pair = tuple[str, str]
"""A name of before, as it stands, and the id of the firm that bore it."""


_rule = partial(pattern, "former")


def known_by_former_name(
    document: DocumentText, firms: dict[str, Firm], registry: Registry, words: dict[str, str]
) -> tuple[dict[str, Firm], dict[str, str]]:
    """The firms without those that a document says are others by the name of before; and the further words of the others.

    A name that belongs to a firm of the list stays its own: the list knows better than a sentence.
    """
    texts = [one.text for one in document.passages if _rule("hint").search(one.text)]
    if not texts:
        return firms, words
    extended = registry.with_firms(tuple(firms.values())).with_words(words)
    told: dict[str, set[str]] = {}
    for name, id in _told(texts, document, extended):
        told.setdefault(name, set()).add(id)
    for name, ids in sorted(told.items()):
        id = next(iter(ids))
        known = extended.surfaces.get(lowered(name))
        old = firms.get(known[0]) if known is not None else None
        if len(ids) > 1 or (old is None and (known is not None or not _own(name))) or (old is not None and old.id == id):
            continue
        called = {name} if old is None else {old.name, *old.aliases, name}
        if old is not None:
            firms = {key: one for key, one in firms.items() if key != old.id}
            words = {word: id if firm == old.id else firm for word, firm in words.items()}
        if id in firms:
            firms[id] = firms[id].model_copy(update={"aliases": tuple(sorted({*firms[id].aliases, *called} - {firms[id].name}))})
        else:
            words = words | dict.fromkeys(sorted(called), id)
    return firms, words


def _told(texts: Sequence[str], document: DocumentText, registry: Registry) -> Iterator[Pair]:
    own: list[str | None] = []
    for text in texts:
        start = 0
        for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
            sentence = text[start:end]
            start = end + 1
            if not _rule("hint").search(sentence):
                continue
            found = [(at, to, registry.surfaces[word][0]) for at, to, word in registry.matches(lowered(sentence))
                     if registry.surfaces[word][1] == "name"]
            yield from _beside(sentence, found)
            ours = _rule("our").match(sentence) is not None
            if not ours:
                yield from _within(sentence, found)
            if ours and _rule("predecessor").search(sentence):
                own = own or [_speaks(document, registry)]
                yield from _within(sentence, [(0, 0, own[0])]) if own[0] else ()


def _speaks(document: DocumentText, registry: Registry) -> str | None:
    """The firm that calls itself 本行 in its own document."""
    voice = voice_of(document, registry, [find_mentions(one.text, registry) for one in document.passages])
    return voice.firm if voice.kind == "own" else None


def _beside(sentence: str, found: Sequence[tuple[int, int, str]]) -> Iterator[Pair]:
    """Names of before that stand next to the firm's: F（原N）, F由N改制而来, N更名为F."""
    for _, end, firm in found:
        bracket = _rule("in-brackets").match(sentence[end : end + _FAR])
        if bracket is not None:
            yield from ((name, firm) for name in _name(sentence, end + bracket.end()))
        by = _rule("made-from").match(sentence[end:])
        if by is not None:
            yield from ((name, firm) for name in _name(sentence, end + by.end(), "made-into"))
    for start, end, firm in found:
        renamed = _rule("renamed").match(sentence[end:])
        after = next((one for at, _, one in found if renamed is not None and at == end + renamed.end()), None)
        if after is not None and after != firm and not _rule("merged").search(sentence):
            yield sentence[start:end], after


def _within(sentence: str, found: Sequence[tuple[int, int, str]]) -> Iterator[Pair]:
    """What a sentence on a firm says further on of its predecessor, and of the names that it bore in between."""
    before = _rule("predecessor").search(sentence)
    if before is None or _rule("merged").search(sentence):
        return
    ahead = [one for one in found if one[1] <= before.start()]
    if not ahead or len({firm for _, _, firm in ahead}) != 1 or before.start() - ahead[-1][1] > _FAR:
        return
    firm = ahead[0][2]
    if not _rule("its").match(sentence[ahead[-1][1] : before.start()]):
        return
    yield from ((name, firm) for name in _name(sentence, before.end()))
    for later in _rule("later").finditer(sentence, before.end()):
        yield from ((name, firm) for name in _name(sentence, later.end()))


def _name(sentence: str, at: int, behind: str = "ends") -> Iterator[str]:
    """The whole name that stands at a place, where it is one firm's and something fit stands behind it."""
    called = _rule("called").match(sentence[at:])
    if called is not None and _rule(behind).match(sentence[at + called.end() :]) and not _rule("merged").search(sentence[at:]):
        yield called.group()


def _own(name: str) -> bool:
    """Whether a name that nobody knows has a stem of its own: a county's credit union, not «the credit union»."""
    called = _rule("called").match(name)
    stem = re.sub("[省市县区州]", "", called["stem"]) if called is not None else ""
    return len(stem) >= 2 and not any(name_rule(id).search(stem) for id in ("common", "numeral", "nation"))
