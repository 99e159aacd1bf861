"""What a requirement says of its time and of the size of the firms it means, in words."""

from __future__ import annotations

from collections.abc import Iterator

from mapper.binding import Binding
from mapper.model import Requirement
from mapper.report.phrases import Both, both


def terms(requirement: Requirement, binding: Binding) -> Iterator[Both]:
    """Sizes, the day from which it binds, the end of its transition, and whether it does not bind yet."""
    for size in requirement.sizes:
        kind = both(f"page.kind-{size.kind}") if size.kind != "all" else both("page.kind-any")
        if size.assets_from is not None:
            yield both("page.term-from", kind=kind, assets=f"{size.assets_from:,g}")
        if size.assets_below is not None:
            yield both("page.term-below", kind=kind, assets=f"{size.assets_below:,g}")
    if requirement.effective:
        yield both("page.term-effective", date=requirement.effective)
    if requirement.until:
        yield both("page.term-until", date=requirement.until)
    if not binding.in_force(requirement.id):
        yield both("page.term-early", date=binding.day or "")
