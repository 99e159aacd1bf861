"""Take the README's picture: ``python docs/picture.py`` builds the shipped matrix and photographs it in chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from mapper import run
from mapper.shipped import folder

PICTURE = Path(__file__).with_name("matrix.png")
WIDTH, HEIGHT = 1280, 860
CELL = "#matrix?cell=" + "微众银行~fa25-15.a"


def main() -> int:
    """Write docs/matrix.png. Returns 1 where there is no chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no chromium here", file=sys.stderr)
        return 1
    alignment = run.build(run.read_inputs(folder("policies"), folder("seeds")))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        _, page_file = run.write(alignment, Path(name))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
        page.goto(page_file.as_uri() + CELL)
        page.wait_for_timeout(1000)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
