"""The evaluation as plain text: aligned tables, Chinese first with English beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from mapper.evaluate.figures import Balance, Evaluation, FalseMark, GroupFigures, Lost, Miss, Share
from mapper.evaluate.labels import Label
from mapper.letters import one_line, width
from mapper.messages import say, text
from mapper.model import Evidence, Reason

NOTHING = "—"


def render(evaluation: Evaluation, *, errors: bool = False) -> str:
    """All figures as text; with ``errors`` also every miss and every false mark. Ends with a line break."""
    return "\n".join(_lines(evaluation, errors)) + "\n"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines with equal columns: the first flush left, the others flush right, two spaces between."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (column - width(cell)) for cell, column in zip(row, widths, strict=True)]
        cells = [row[0] + gaps[0], *(gap + cell for gap, cell in zip(gaps[1:], row[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return lines


def _lines(evaluation: Evaluation, errors: bool) -> Iterator[str]:
    yield say("evaluate.counted", marks=evaluation.marks, labels=evaluation.labels)
    for what, count in asdict(evaluation.outside).items():
        if count:
            yield say(f"evaluate.outside-{what}", count=count)
    yield from _section("overall", _overall(evaluation))
    for key, groups in (("policies", evaluation.policies), ("firms", evaluation.firms)):
        yield from _section(key, _by_group(groups))
        if not all(group.known for group in groups):
            yield f"* {say('evaluate.unknown')}"
        adverse = [group for group in groups if _speaks(group.figures.adverse)]
        if adverse:
            yield from _section(f"{key}-adverse", _adverse_by_group(adverse))
    yield from _section("reliability", _reliability(evaluation))
    yield say("evaluate.reliability-note")
    if errors:
        yield from ("", say("evaluate.lost", count=len(evaluation.lost)))
        for number, one in enumerate(evaluation.lost, start=1):
            yield from ("", *_lost(number, one))
        yield from ("", say("evaluate.misses", count=len(evaluation.misses)))
        for number, miss in enumerate(evaluation.misses, start=1):
            yield from ("", *_miss(number, miss))
        yield from ("", say("evaluate.false-marks", count=len(evaluation.false_marks)))
        for number, false in enumerate(evaluation.false_marks, start=1):
            yield from ("", *_false_mark(number, false))


# ---- tables ----------------------------------------------------------------------------------------------------


def _section(title: str, rows: list[list[str]]) -> Iterator[str]:
    yield from ("", say(f"evaluate.{title}"), *aligned(rows))


def _head(*keys: str) -> list[list[str]]:
    """Two rows of column heads, Chinese above English; an empty key stands for an empty head."""
    return [
        [text(f"evaluate.{key}", "zh") if key else "" for key in keys],
        [text(f"evaluate.{key}", "en") if key else "" for key in keys],
    ]


def _overall(evaluation: Evaluation) -> list[list[str]]:
    figures = evaluation.overall
    return [
        *_head("figure", "precision", "recall", "f1"),
        [say("evaluate.cells"), *_balance(figures.cells)],
        [say("evaluate.evidence"), *_balance(figures.evidence)],
        [say("evaluate.grade"), _share(figures.grade), "", ""],
        [say("evaluate.attribution"), _share(figures.attribution), "", ""],
        [say("evaluate.adverse"), *_balance(figures.adverse)],
        [say("evaluate.ceiling"), "", _share(evaluation.ceiling), ""],
    ]


def _by_group(groups: Sequence[GroupFigures]) -> list[list[str]]:
    heads = ("cells-p", "cells-r", "cells-f1", "evidence-p", "evidence-r", "evidence-f1", "grade", "attribution")
    rows = _head("", *heads)
    for group in groups:
        figures = group.figures
        cells, evidence = _balance(figures.cells), _balance(figures.evidence)
        rows.append([_name(group), *cells, *evidence, _share(figures.grade), _share(figures.attribution)])
    return rows


def _adverse_by_group(groups: Sequence[GroupFigures]) -> list[list[str]]:
    rows = [[_name(group), *_balance(group.figures.adverse)] for group in groups]
    return [*_head("", "precision", "recall", "f1"), *rows]


def _reliability(evaluation: Evaluation) -> list[list[str]]:
    rows = [
        [f"{band.low:.1f}–{band.high:.1f}", str(band.right.whole), _mean(band.mean), _share(band.right)]
        for band in evaluation.reliability
    ]
    return [*_head("score", "count", "mean", "right"), *rows]


def _name(group: GroupFigures) -> str:
    return group.name if group.known else f"{group.name} *".lstrip()


def _speaks(balance: Balance) -> bool:
    return balance.precision.whole + balance.recall.whole > 0


def _balance(balance: Balance) -> list[str]:
    return [_share(balance.precision), _share(balance.recall), _percent(balance.f1)]


def _share(share: Share) -> str:
    return f"{_percent(share.value)} ({share.part}/{share.whole})"


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1%}"


def _mean(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


# ---- errors ----------------------------------------------------------------------------------------------------


def _lost(number: int, one: Lost) -> Iterator[str]:
    yield from _label(number, one.label)
    yield f"   {say('evaluate.given')}: {', '.join(one.given)}" if one.given else f"   {say('evaluate.given-nobody')}"


def _label(number: int, label: Label) -> Iterator[str]:
    yield f"{number}. {label.firm} · {label.requirement} · {'/'.join((label.grade, *label.also))} · {label.document}"
    yield f"   {say('evaluate.quote')}: {one_line(label.quote)}"


def _miss(number: int, miss: Miss) -> Iterator[str]:
    yield from _label(number, miss.label)
    if miss.nearest is None:
        yield f"   {say('evaluate.no-nearest')}"
    else:
        yield f"   {say('evaluate.nearest')}: {_mark(miss.nearest)}"
        yield from _why(miss.nearest)


def _false_mark(number: int, false: FalseMark) -> Iterator[str]:
    place = false.place
    yield f"{number}. {_mark(false.evidence)} · {place.document} {place.start}–{place.end}"
    yield from _why(false.evidence)
    said = {
        "passage-firms": false.passage_firms,
        "passage-requirements": false.passage_requirements,
        "document-firms": false.document_firms,
    }
    for key, values in said.items():
        if values:
            yield f"   {say(f'evaluate.{key}')}: {', '.join(values)}"
    if not any(said.values()):
        yield f"   {say('evaluate.unlabelled')}"


def _mark(piece: Evidence) -> str:
    return f"{piece.firm} · {piece.requirement} · {piece.grade} · {piece.score:.2f}"


def _why(piece: Evidence) -> Iterator[str]:
    """The passage and its reasons; words of the passage in corner brackets."""
    yield f"   {say('evaluate.passage')}: {one_line(piece.quote)}"
    for reason in piece.reasons:
        words = "".join(f"「{one_line(words.text)}」" for words in reason.words)
        yield f"   {say(f'evaluate.reason-{reason.kind}')}: {_said(reason)} {words}".rstrip()


def _said(reason: Reason) -> str:
    """The reason's message; a code that no sheet knows (of a newer or a foreign alignment) is shown as it stands."""
    try:
        return say(f"reasons.{reason.code}", **reason.params)
    except KeyError:
        return " ".join([reason.code, *(f"{key}={value}" for key, value in sorted(reason.params.items()))])
