"""Opening a page in chromium, and finding a cell in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CELL = '#grid [role="gridcell"]'
SHOWN = '#grid [role="gridcell"]:not(.dim):visible'
ROWS = "#grid .body .row:not(.policyrow, .partrow)"
NAMES = "#grid .names .th"
HERE = "(() => { const { q, f } = document.activeElement.place; return [q, f]; })()"


@contextmanager
def page_of(browser: Any, file: Path, address: str = "", **options: Any) -> Iterator[Any]:
    """A page opened from disk with the network cut; errors, console lines and requests fail the test."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else trouble.append(request.url))
    page.goto(file.as_uri() + address)
    if options.get("java_script_enabled", True):
        page.wait_for_selector("html.unpacked", state="attached")
    yield page
    assert page.evaluate("window.hit") is None if options.get("java_script_enabled", True) else True
    context.close()
    assert not trouble


def cell_at(page: Any, f: int, q: int) -> Any:
    """The element of a cell, once it is drawn."""
    return page.wait_for_function(
        f"[...document.querySelectorAll('#grid .td')].find(({{ place }}) => place.f === {f} && place.q === {q})"
    ).as_element()


def go(page: Any, view: str) -> None:
    """Puts another view into the address."""
    page.goto(f"{page.url.partition('#')[0]}#{view}")


def choose(page: Any, name: str, *values: str) -> None:
    """Opens the list of a filter, ticks or unticks values, and closes it."""
    group = "policy" if name == "part" else name
    page.click(f'.choices[data-name="{group}"] summary')
    for value in values:
        page.click(f'.choices[data-name="{group}"] input[name="{name}"][value="{value}"]')
    page.keyboard.press("Escape")


def rows_of(page: Any) -> int:
    return int(page.locator(f"{ROWS}:visible").count())


def column_sums(page: Any) -> dict[str, str]:
    names = page.locator(f"{NAMES} a").all_inner_texts()
    return dict(zip(names, page.locator("#grid .sums .th").all_inner_texts(), strict=True))


def shown(page: Any) -> list[str]:
    names: list[str] = page.locator("main > .view:visible").evaluate_all("all => all.map(one => one.id)")
    return names
