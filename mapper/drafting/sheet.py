"""Proposals as YAML for a human to complete: the draft of a policy file, and entries of a crosswalk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mapper.drafting.crosswalk import SuggestedPair
from mapper.drafting.draft import Draft, Drafted
from mapper.messages import say, text
from mapper.model import Policy

_SHOWN = 40
"""Characters of what was left out that are shown."""


def as_yaml(draft: Draft) -> str:
    """The policy file as text. The same draft always gives the same text."""
    return "\n".join([*_policy(draft), *_requirements(draft.requirements), *_dropped(draft)]) + "\n"


def _policy(draft: Draft) -> Iterator[str]:
    said = draft.head
    yield f"# {say('drafting.head')}"
    yield f"# {say('drafting.source-note')}"
    yield "policy:"
    yield f"  id: {_quoted(draft.id)}"
    for field, value in (("title", said.title), ("short_title", said.title), ("issuer", said.issuer), ("number", said.number)):
        yield f"  {field}: {_quoted(value)}" + ("" if value else f"  # {say('drafting.fill-head')}")
    yield f"  issued: {_quoted(said.issued)}" + ("" if said.issued else f"  # {say('drafting.fill-day')}")
    day = said.published or said.issued
    note = "" if said.published else f"  # {say('drafting.as-issued' if day else 'drafting.fill-day')}"
    yield f"  published: {_quoted(day)}{note}"
    for field, value in (("effective", said.effective), ("expires", said.expires)):
        if value:
            yield f"  {field}: {_quoted(value)}"
    if said.term:
        yield f"  # expires: {say('drafting.fill-term', words=said.term)}"
    yield '  basis: "partial"'
    yield f"  note: {_quoted(text('drafting.note', 'zh'))}"
    if draft.parts:
        yield "  parts:"
        yield from (f"    - {{id: {_quoted(label)}, title: {_quoted(title or label)}}}" for label, title in draft.parts)


def _requirements(requirements: Iterable[Drafted]) -> Iterator[str]:
    yield f"requirements:  # {say('drafting.check-title')}"
    for one in requirements:
        yield f"  - id: {one.id}"
        yield f"    clause: {_quoted(one.clause)}"
        if one.part:
            yield f"    part: {_quoted(one.part)}"
        yield f"    title: {_quoted(one.title)}"
        yield f'    text: ""  # {say("drafting.fill")}'
        yield f"    obligation: {one.obligation}" + ("" if one.worded else f"  # {say('drafting.no-word')}")
        if one.forbids:
            yield f"    # {say('drafting.forbids', words=_plain(one.forbids))}"
        if one.asks:
            yield f"    # {say('drafting.asks-too', words=_plain(one.asks))}"
        yield f"    applies_to: [{', '.join(one.applies_to)}]"
        if one.effective:
            yield f"    effective: {_quoted(one.effective)}"
        yield "    source: |-"
        yield from (f"      {_plain(line)}" for line in one.source.split("\n"))


def _dropped(draft: Draft) -> Iterator[str]:
    if draft.dropped:
        yield f"# {say('drafting.dropped')}"
    for one in draft.dropped:
        words = one.words.replace("\n", " ")
        shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
        yield f"#   {one.clause}（{say(f'drafting.why-{one.why}')}）{shown}"


def crosswalk_yaml(suggestions: Iterable[SuggestedPair], policies: Iterable[Policy]) -> str:
    """Suggestions as entries of a crosswalk.yaml, with what each requirement asks beside it and why the pair is proposed."""
    titles = {one.id: one.title for policy in policies for one in policy.requirements}
    lines = [f"# {say('drafting.crosswalk-head')}", "crosswalk:"]
    for one in suggestions:
        told = {"shared": one.shared, "source": one.of[0], "target": one.of[1]}
        key = "drafting.crosswalk-why" if one.shared else "drafting.crosswalk-alike"
        why = text(key, "zh", **told, sentences=f"{one.sentences:.2f}", texts=f"{one.texts:.2f}")
        lines += [
            f"  - source: {one.source}  # {titles[one.source]}",
            f"    relation: {one.relation}",
            f"    target: {one.target}  # {titles[one.target]}",
            f"    why: {_quoted(why)}",
        ]
    return "\n".join(lines if len(lines) > 2 else [lines[0], "crosswalk: []"]) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(line: str) -> str:
    """The line without what YAML refuses."""
    return "".join(char if char.isprintable() else " " for char in line)
