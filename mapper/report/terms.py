"""What a requirement says of its time and of the size of the firms it means, and what a run says of its line, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mapper.binding import Binding
from mapper.model import Requirement
from mapper.report.phrases import Both, both


def terms(requirement: Requirement, binding: Binding) -> Iterator[Both]:
    """Sizes, the day from which it binds, the end of its transition, its last day, and whether it is not in force."""
    for size in requirement.sizes:
        kind = both(f"page.kind-{size.kind}") if size.kind != "all" else both("page.kind-any")
        if size.assets_from is not None:
            yield both("page.term-from", kind=kind, assets=f"{size.assets_from:,g}")
        if size.assets_below is not None:
            yield both("page.term-below", kind=kind, assets=f"{size.assets_below:,g}")
    term = binding.terms[requirement.id]
    if requirement.effective:
        yield both("page.term-effective", date=requirement.effective)
    if term.until:
        yield both("page.term-until", date=term.until)
    if term.expires:
        yield both("page.term-expires", date=term.expires)
    phase = binding.phase(requirement.id)
    if phase != "in-force":
        yield both(f"page.term-{phase}", date=binding.day or "")


def score_line(options: Mapping[str, str]) -> Both:
    """The score below which nothing is listed, that of faults beside it where it is another."""
    percent, adverse = percent_of(options, "min_score"), percent_of(options, "min_score_adverse")
    if not adverse or adverse == percent:
        return Both(f"{percent}%", f"{percent}%")
    return both("page.line-adverse", percent=percent, adverse=adverse)


def percent_of(options: Mapping[str, str], name: str) -> int:
    """An option of a run that is a score (0–1), in per cent; 0 where there is none, or what is no number."""
    try:
        return round(100 * float(options.get(name) or 0))
    except (ValueError, OverflowError):
        return 0
