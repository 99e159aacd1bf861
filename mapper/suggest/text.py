"""Suggestions as lines of text, Chinese first with English beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mapper.letters import Highlighter, Span
from mapper.messages import say
from mapper.suggest.letters import merged_spans
from mapper.suggest.near import Near
from mapper.suggest.suggestions import Suggestion, Suggestions
from mapper.suggest.words import Word

_GROUP = 36
"""Characters of a group that are shown."""


def render(suggestions: Suggestions, mark: Highlighter) -> list[str]:
    """The lines; ``mark`` marks the words that a passage shares with the requirement."""
    asked = suggestions.requirement
    lines = [
        f"{asked.id} {asked.title} / {asked.title_en}",
        asked.text,
        say("suggest.counted", matched=suggestions.matched, unmatched=suggestions.unmatched),
    ]
    lines += _passages("close", suggestions.close, "score-words", mark)
    lines += _passages("others", suggestions.others, "score-words", mark)
    if suggestions.meant is not None:
        lines += _passages("meant", suggestions.meant, "score-meaning", mark)
    return [*lines, *_words(suggestions.words, suggestions.matched)]


def _passages(heading: str, found: Sequence[Suggestion], score: str, mark: Highlighter) -> Iterator[str]:
    yield from ("", say(f"suggest.{heading}") if found else say(f"suggest.{heading}-none"))
    form = "{:.2f}" if score == "score-meaning" else "{:.1f}"
    for number, one in enumerate(found, start=1):
        yield f"{number}. {'、'.join(one.seen.firms)} · {say(f'suggest.{score}', score=form.format(one.score))}"
        if one.near is not None:
            yield f"   {_lack(one.near)}"
        spans = (*one.words, *(one.near.words if one.near is not None else ()))
        yield f"   “{marked(one.seen.passage.text, spans, mark)}”"
        title = f" · 《{one.seen.document.title}》" if one.seen.document.title else ""
        yield f"   {one.seen.document.id}{title}"


def _lack(near: Near) -> str:
    said = say(f"suggest.near-{near.kind}", what=_shortened(near.what))
    return f"{say('suggest.breach')} · {said}" if near.breach else said


def _shortened(group: str) -> str:
    """The first alternatives of a long group."""
    if len(group) <= _GROUP:
        return group
    return group[: group.rfind("|", 0, _GROUP) + 1 or _GROUP] + "…"


def marked(text: str, spans: Iterable[Span], mark: Highlighter) -> str:
    """The text on one line, each run of touching spans marked once."""
    parts: list[str] = []
    done = 0
    for start, end in merged_spans(spans):
        parts += (text[done:start], mark(text[start:end]))
        done = end
    return " ".join("".join((*parts, text[done:])).split())


def _words(words: Sequence[Word], matched: int) -> Iterator[str]:
    yield from ("", say("suggest.words") if words else say("suggest.words-none"))
    for word in words:
        yield f"  {word.text} · {say('suggest.word', inside=word.matched, matched=matched, outside=word.others)}"
