"""The commands that hand a run over and look at it again: export, verify, diff."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapper.cli.codes import DONE, NOT_HELD, OUT, WORSE, WRONG
from mapper.cli.result import opened
from mapper.cli.terminal import tell, written
from mapper.messages import say
from mapper.problems import Problem, nearest
from mapper.shipped import folder

if TYPE_CHECKING:
    from mapper.model import Alignment

_UNNAMED = re.compile(r"[^\w.-]")
"""What of an id is left out of the name of a file."""
AlignmentFile = Annotated[Path, typer.Option(metavar="FILE", help="option-alignment-read")]
DEFAULT_ALIGNMENT = OUT / "alignment.json"


def known_formats(names: str) -> list[str] | None:
    """The formats that a comma list names; None, and a message, where one is unknown."""
    from difflib import get_close_matches

    from mapper.report.formats import FORMATS

    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            tell(_unknown(name, ", ".join(get_close_matches(name, FORMATS, n=1, cutoff=0.5)), FORMATS))
            return None
    return wanted


def _unknown(name: str, near: str, formats: Iterable[str]) -> Problem:
    """That there is no such format, what comes nearest if anything does, and what there is."""
    return Problem("format-unknown", params={"name": name, "formats": ", ".join(formats), **nearest(near)})


def tell_missing(extra: str, format: str) -> None:
    """Say which part of the installation a format needs, and how it is had."""
    tell(say("cli.extra-missing", format=format, extra=extra))


def export(
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="option-format")],
    alignment: AlignmentFile = DEFAULT_ALIGNMENT,
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="option-out-export")] = None,
    firm: Annotated[str | None, typer.Option(metavar="FIRM", help="option-firm")] = None,
    requirement: Annotated[str | None, typer.Option(metavar="REQUIREMENT", help="option-requirement")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="option-bom")] = False,
) -> int:
    from mapper.cli.terminal import put
    from mapper.report.formats import FORMATS

    names = known_formats(format)
    if not names:
        return WRONG
    if bom and (plain := [name for name in names if FORMATS[name].for_excel is None]):
        tell(say("cli.bom-not-here", format=", ".join(plain)))
        return WRONG
    made = opened(alignment)
    if made is None:
        return WRONG
    part = ""
    if firm is not None or requirement is not None:
        made, part = _narrowed(made, firm, requirement)
        if not (made.evidence or made.undecided):
            tell(say("cli.export-nothing"))
    rendered = _rendered(names, made, bom)
    if rendered is None:
        return WRONG
    target = out or alignment.parent
    single = len(names) == 1 and bool(target.suffix) and not target.is_dir()
    files = {target if single else target / _named(FORMATS[name].file, part): data for name, data in rendered.items()}
    if any(path.exists() and path.samefile(alignment) for path in files) and (firm or requirement):
        tell(say("cli.out-is-input", path=alignment))
        return WRONG
    if not written(files, target):
        return WRONG
    put(map(str, files))
    return DONE


def _named(file: str, part: str) -> str:
    """What a file is called that holds the whole, or else a part: the whole may lie beside it and stays.

    An alignment has the name by which other commands find it.
    """
    stem, dot, suffix = file.partition(".")
    return f"{stem}-{_UNNAMED.sub('_', part)}{dot}{suffix}" if part and file != DEFAULT_ALIGNMENT.name else file


def _narrowed(made: Alignment, firm: str | None, requirement: str | None) -> tuple[Alignment, str]:
    """What is of this firm and this requirement, by any of their names, and the ids of both. Raises InputError for one
    that is unknown.
    """
    from mapper.catalog.find import find_requirement
    from mapper.explain import find_firm
    from mapper.report.narrow import narrowed

    of_firm = find_firm(made, firm).id if firm is not None else None
    of = find_requirement(made.policies, requirement)[1].id if requirement is not None else None
    return narrowed(made, firm=of_firm, requirement=of), "-".join(one for one in (of_firm, of) if one)


def _rendered(names: list[str], made: Alignment, bom: bool) -> dict[str, bytes] | None:
    """The bytes of each format, with ``bom`` as Excel wants them; None, and a message, where a part is not installed."""
    from mapper.problems import ExtraMissingError
    from mapper.report.formats import FORMATS

    rendered: dict[str, bytes] = {}
    for name in names:
        one = FORMATS[name]
        try:
            rendered[name] = one.for_excel(made) if bom and one.for_excel is not None else one.render(made)
        except ExtraMissingError as missing:
            tell_missing(missing.extra, name)
            return None
    return rendered


def verify(
    alignment: AlignmentFile = DEFAULT_ALIGNMENT,
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="option-corpus")] = None,
) -> int:
    from mapper.cli.terminal import progress, put
    from mapper.corpus import read_corpus
    from mapper.proof import verify as proved

    documents = corpus or folder("seeds")
    made = opened(alignment)
    if made is None:
        return WRONG
    if not documents.exists():
        tell(say("cli.no-file", path=documents))
        return WRONG
    with progress() as show:
        found = proved(made, read_corpus(documents, progress=show).documents)
    for document in found.changed:
        tell(say("cli.verify-changed", path=document.path))
    for quote in found.moved:
        at = quote.at or quote.place
        tell(say("cli.verify-moved", path=quote.place.document, start=quote.place.start, new=at.document, at=at.start))
    put(
        say(
            f"cli.verify-{quote.found}",
            path=quote.place.document,
            place=f"{quote.place.start}–{quote.place.end}",
            cell=f"{quote.firm} × {quote.requirement}",
            words=quote.words,
        )
        for quote in found.broken
    )
    held = len(found.quotes) - len(found.broken) - len(found.moved)
    counts = {"number": len(found.quotes), "held": held, "moved": len(found.moved), "broken": len(found.broken)}
    tell(say("cli.verified", **counts))
    return NOT_HELD if found.broken else DONE


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="argument-old")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="argument-new")],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="option-format-diff")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="option-out-diff")] = None,
) -> int:
    from mapper.cli.terminal import put
    from mapper.report.changes import compare
    from mapper.report.told import as_html, as_json, as_text
    from mapper.results import ALIGNMENT

    if format not in ("text", "json", "html"):
        tell(_unknown(format, "", ("text", "json", "html")))
        return WRONG
    paths = [path / ALIGNMENT if path.is_dir() else path for path in (old, new)]
    made = [opened(path, "cli.no-file") for path in paths]
    before, after = made
    if before is None or after is None:
        return WRONG
    changes = compare(before, after)
    render = {"json": as_json, "html": as_html}.get(format, lambda one: "".join(f"{line}\n" for line in as_text(one)))
    told = render(changes)
    if out is None:
        put(told)
    elif not written({out: told.encode()}):
        return WRONG
    tell(say("cli.compared", cells=len(changes.cells), worse=len(changes.worse)))
    return WORSE if changes.worse else DONE
