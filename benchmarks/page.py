"""The page of a national run, opened as a person would: python -m benchmarks.page [--firms N] [--evidence N].

Generates an alignment of 2,000 firms, the shipped requirements and 300,000 pieces of evidence (always the same),
renders it, and opens it in chromium from disk with the network cut; beside it the same data as one plain HTML table.
Prints size, time to the first painted screen, time until the page answers, filters, scrolling and memory.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from mapper.catalog.load import load_catalog
from mapper.model import (
    Alignment,
    Cell,
    Document,
    Evidence,
    Firm,
    FirmKind,
    Grade,
    Policy,
    Reason,
    Run,
    Source,
    Status,
    Words,
)
from mapper.report.html import render_html
from mapper.shipped import folder

KINDS: tuple[tuple[FirmKind, int], ...] = (
    ("bank", 60), ("insurer", 12), ("securities", 7), ("consumer-finance", 3), ("trust", 4), ("leasing", 4), ("fintech", 10),
)  # fmt: skip
ACTS = ("推出", "上线", "设立", "发放", "优化", "建成", "开展", "完善", "覆盖", "下调", "计划推出", "承诺完善")
THINGS = ("大字版手机银行", "县域普惠网点", "绿色信贷产品", "小微企业首贷", "投诉处理平台", "适老化柜台", "科技型企业贷款",
          "个人信息保护制度", "新市民消费信贷", "供应链金融服务", "反诈宣传", "残疾人上门服务", "利率减免", "续贷服务")  # fmt: skip
PLACES = (
    "浙江",
    "四川",
    "甘肃",
    "云南",
    "湖南",
    "吉林",
    "广西",
    "河北",
    "安徽",
    "贵州",
    "江西",
    "陕西",
    "山东",
    "福建",
)
RESULTS = (
    "服务客户{}万户",
    "贷款余额{}亿元",
    "平均利率下降{}个基点",
    "办理业务{}万笔",
    "覆盖行政村{}个",
    "减免费用{}万元",
)


def made(firms: int, evidence: int) -> Alignment:
    """An alignment of that size; the same numbers always give the same one."""
    chance = Random(17)
    catalog, _ = load_catalog(folder("policies"))
    policies: tuple[Policy, ...] = catalog.policies if catalog else ()
    requirements = [requirement for policy in policies for requirement in policy.requirements]
    kinds = [kind for kind, weight in KINDS for _ in range(weight)]
    people = tuple(
        Firm(id=name, name=name, kind=kinds[n * len(kinds) // firms], name_en=f"Firm {n:04}")
        for n in range(firms)
        for name in [f"{PLACES[n % len(PLACES)]}{'东南西北中'[n % 5]}{n:04}号机构"]
    )
    documents = tuple(
        Document(
            id=f"{n:05}.txt", path=f"{n:05}.txt", sha256=f"{n:064}", title=f"{people[n % firms].name}社会责任报告（第{n // firms + 1}辑）",
            publisher=people[n % firms].name, date=f"{2019 + n % 7}-{1 + n % 12:02}", date_basis="stated", characters=9000, passages=220,
        )
        for n in range(firms * 3)
    )  # fmt: skip
    pieces: dict[tuple[int, int], list[Evidence]] = {}
    total = 0
    before = ""
    while total < evidence:
        f = min(
            int(chance.paretovariate(0.9) - 1) * 7 % firms if chance.random() < 0.3 else chance.randrange(firms),
            firms - 1,
        )
        d = f + firms * chance.randrange(3)
        act, thing = chance.choice(ACTS), chance.choice(THINGS)
        head = f"截至{2019 + d % 7}年末，{people[f].name}在{chance.choice(PLACES)}"
        result = chance.choice(RESULTS).format(chance.randrange(1, 99999))
        quote = (
            f"{head}{act}{thing}，{chance.choice(ACTS)}{chance.choice(THINGS)}{chance.randrange(2, 60)}项，{result}。"
        )
        start = chance.randrange(9000)
        for q in sorted(chance.sample(range(len(requirements)), chance.choice((1, 1, 2, 3)))):
            roll = chance.random()
            grade: Grade = (
                "outcome" if roll < 0.35 else "action" if roll < 0.85 else "commitment" if roll < 0.985 else "adverse"
            )
            at = len(head)
            span = Words(start=at, end=at + len(act), text=act)
            matter = Words(start=at + len(act), end=at + len(act) + len(thing), text=thing)
            pieces.setdefault((f, q), []).append(
                Evidence.model_construct(
                    id=f"e{total}", firm=people[f].id, requirement=requirements[q].id, document=documents[d].id,
                    start=start, end=start + len(quote), quote=quote, grade=grade, score=round(0.4 + 0.6 * chance.random(), 4),
                    reasons=(
                        Reason.model_construct(kind="signal", code="signal-matched", params={}, words=(matter,)),
                        Reason.model_construct(kind="attribution", code="sign-named", params={"name": people[f].name}, words=()),
                        Reason.model_construct(kind="grade", code=f"grade-{grade}", params={}, words=(span,)),
                    ),
                    before=before, after="", predates=2019 + d % 7 < 2023, voluntary=not requirements[q].addresses(people[f].kind),
                    sources=(Source.model_construct(document=documents[d].id, start=start, end=start + len(quote)),),
                )
            )  # fmt: skip
            total += 1
        before = quote if chance.random() < 0.4 else ""
    ordered = {
        key: sorted(found, key=lambda one: (one.grade != "adverse", -one.score)) for key, found in pieces.items()
    }
    return Alignment.model_construct(
        run=Run(version="benchmark"),
        policies=policies,
        firms=people,
        documents=documents,
        evidence=tuple(one for key in sorted(ordered) for one in ordered[key]),
        cells=tuple(_cells(people, policies, ordered)),
        left_out=(),
    )


def _cells(
    firms: tuple[Firm, ...], policies: tuple[Policy, ...], pieces: dict[tuple[int, int], list[Evidence]]
) -> Iterator[Cell]:
    requirements = [requirement for policy in policies for requirement in policy.requirements]
    for f, firm in enumerate(firms):
        for q, requirement in enumerate(requirements):
            found = pieces.get((f, q), [])
            grades = {one.grade for one in found}
            addressed = requirement.addresses(firm.kind)
            status: Status = (
                "contrary" if "adverse" in grades else "evidenced" if grades & {"action", "outcome"}
                else "stated" if grades else "none" if addressed else "not-applicable"
            )  # fmt: skip
            yield Cell.model_construct(
                firm=firm.id, requirement=requirement.id, status=status, score=max((one.score for one in found), default=0.0),
                evidence=tuple(one.id for one in found), voluntary=bool(found) and not addressed,
            )  # fmt: skip


def plain(alignment: Alignment) -> str:
    """The same data as one HTML table, as a data frame would print it: a firm a row, every quote in its cell."""
    requirements = [requirement for policy in alignment.policies for requirement in policy.requirements]
    by_id = {one.id: one for one in alignment.evidence}
    titles = {document.id: document.title or "" for document in alignment.documents}
    cells = {(cell.firm, cell.requirement): cell for cell in alignment.cells}

    def body(cell: Cell) -> str:
        found = [by_id[identifier] for identifier in cell.evidence]
        lines = [
            f"{one.grade} {one.score:.0%} {one.before}{one.quote} ({titles[one.document]} {one.start})" for one in found
        ]
        return "<br>".join(escape(line) for line in [cell.status, *lines])

    head = "".join(f"<th>{escape(f'{one.id} {one.title}')}</th>" for one in requirements)
    rows = "\n".join(
        f"<tr><th>{firm.name}</th>{''.join(f'<td>{body(cells[firm.id, one.id])}</td>' for one in requirements)}</tr>"
        for firm in alignment.firms
    )
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>t</title><h1>t</h1>'
        f'<table border="1"><thead><tr><th></th>{head}</tr></thead><tbody>\n{rows}</tbody></table></html>'
    )


PAINTED = "(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)"
FRAMES = """async ([selector, down, across]) => {
  const frame = document.querySelector(selector) ?? document.scrollingElement;
  const taken = [];
  let last = performance.now();
  for (let step = 0; step < 60; step += 1) {
    frame.scrollBy(across, down);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    taken.push(now - last);
    last = now;
  }
  return taken;
}"""
FILTER = """async ([name, value]) => {
  const fields = [...document.querySelectorAll(`#filters [name="${name}"]`)];
  const field = fields.find((one) => one.type === 'checkbox' && one.value === value) ?? fields[0];
  const said = document.querySelector('#shown').textContent;
  const begun = performance.now();
  if (field.type === 'checkbox') field.click();
  else { field.value = value; field.dispatchEvent(new Event('input', { bubbles: true })); }
  document.body.offsetHeight;
  return [performance.now() - begun, document.querySelector('#shown').textContent !== said];
}"""


def painted(browse: Any, file: Path, times: int) -> float:
    """Seconds until something of the file is painted: the median of so many fresh browsers, asked seldom so as not to disturb."""
    taken = []
    for _ in range(times):
        browser = browse()
        page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(600_000)
        page.goto(file.as_uri(), wait_until="commit", timeout=600_000)
        found = 0.0
        while not found:
            time.sleep(0.8)
            found = page.evaluate(PAINTED)
        taken.append(found / 1000)
        browser.close()
    return median(taken)


def opened(browser: Any, file: Path) -> tuple[Any, float]:
    """Open a file; seconds until it answers (two frames after the parser is done)."""
    page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(600_000)
    page.goto(file.as_uri(), wait_until="commit", timeout=600_000)
    until(page, f"document.readyState === 'complete' && {PAINTED} > 0")
    answers = page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
    )
    return page, answers / 1000


def until(page: Any, condition: str) -> None:
    """Wait for a condition; asked from outside, since the page's policy forbids evaluation inside."""
    while not page.evaluate(f"Boolean({condition})"):
        time.sleep(0.02)


def memory(page: Any) -> float:
    """Megabytes of the JavaScript heap after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    figures = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(figures["JSHeapUsedSize"]) / 1e6


def resident() -> float:
    """Megabytes of the largest renderer process, from the process table; 0 where there is none to read."""
    largest = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            if b"--type=renderer" in command and b"chrom" in command:
                line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
                largest = max(largest, int(line.split()[1]) / 1024)
        except (OSError, StopIteration):
            continue
    return largest


def main() -> int:
    """Generate, render, open and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=2000)
    parser.add_argument("--evidence", type=int, default=300_000)
    parser.add_argument("--keep", type=Path, help="write both pages into this folder and leave them there")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    def timed(what: str, call: Any) -> Any:
        begun = time.perf_counter()
        result = call()
        print(f"{what:<34}{time.perf_counter() - begun:>9.1f} s")
        return result

    alignment = timed("generated", lambda: made(options.firms, options.evidence))
    print(
        f"{len(alignment.firms):,} firms, {len(alignment.cells):,} cells, {len(alignment.evidence):,} pieces of evidence"
    )
    with tempfile.TemporaryDirectory() as scratch:
        target = options.keep or Path(scratch)
        target.mkdir(parents=True, exist_ok=True)
        ours, table = target / "matrix.html", target / "plain.html"
        ours.write_text(timed("rendered", lambda: render_html(alignment)), encoding="utf-8")
        table.write_text(timed("plain table written", lambda: plain(alignment)), encoding="utf-8")
        found = next(
            (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
        )
        if found is None:
            print("chromium is not installed: nothing is measured")
            return 2
        with sync_playwright() as playwright:

            def browse() -> Any:
                return playwright.chromium.launch(
                    executable_path=found, args=["--no-sandbox", "--enable-precise-memory-info"]
                )

            report(browse, ours, table)
    return 0


def report(browse: Any, ours: Path, table: Path) -> None:
    """Measure both files and print them side by side."""
    first, slow_first = painted(browse, ours, 7), painted(browse, table, 3)
    browser = browse()
    page, answers = opened(browser, ours)
    page.evaluate("location.hash = '#matrix'")
    until(page, "[...document.querySelectorAll('#grid [role=gridcell]')].some((one) => /\\d/.test(one.textContent))")
    unpacked = page.evaluate("performance.now()") / 1000
    page.wait_for_timeout(3000)
    print("\nfilters, then arrangement (ms: first, median)")
    worst = 0.0
    for name, values in {
        "policy": ["fa25", "ph25", "fa25"], "part": ["cp22~第二章", "fa25~二"], "kind": ["bank", "insurer", "bank"],
        "theme": ["elderly", "green"], "grade": ["outcome", "adverse", "outcome"], "score": ["80", "90", ""],
        "when": ["before", "2024", ""], "words": ["县域", "绿色信贷", "反诈 浙江", "首贷"], "holes": ["1", "1"], "swap": ["1", "1"],
        "sort": ["least", "most", ""],
    }.items():  # fmt: skip
        told = [page.evaluate(FILTER, [name, value]) for value in values]
        taken = [time for time, _ in told]
        arranging = name in ("swap", "sort")
        worst = worst if arranging else max(worst, *taken)
        idle = "" if arranging or all(changed for _, changed in told) else "  (one of them changed nothing)"
        print(f"  {name:<10}{taken[0]:>8.0f}{median(taken):>8.0f}{idle}")
        page.evaluate("document.querySelector('#filters').reset()")
    down = page.evaluate(FRAMES, ["#grid", 90, 0])
    across = page.evaluate(FRAMES, ["#grid", 0, 160])
    frames = sorted(down + across)
    heap, held = memory(page), resident()
    browser.close()
    browser = browse()
    other, slow_answers = opened(browser, table)
    slow_frames = sorted(other.evaluate(FRAMES, ["none", 90, 0]))
    slow_heap, slow_held = memory(other), resident()
    browser.close()

    rows = [
        ("file, MB", ours.stat().st_size / 1e6, table.stat().st_size / 1e6),
        ("first screen painted, s", first, slow_first),
        ("first screen answers, s", answers, slow_answers),
        ("scroll frame, median ms", median(frames), median(slow_frames)),
        ("scroll frame, 95 % ms", frames[int(len(frames) * 0.95)], slow_frames[int(len(slow_frames) * 0.95)]),
        ("script heap, MB", heap, slow_heap),
        ("renderer, MB", held, slow_held),
    ]
    print(f"\n{'':<28}{'page':>10}{'plain table':>14}{'ratio':>9}")
    for name, mine, theirs in rows:
        print(f"{name:<28}{mine:>10.2f}{theirs:>14.2f}{theirs / mine if mine else 0:>9.1f}")
    print(f"{'evidence ready by, s':<28}{unpacked:>10.2f}")
    print(
        f"slowest filter {worst:.0f} ms (to reach: < 100); first screen painted {slow_first / first:.1f} x sooner, "
        f"answering {slow_answers / answers:.1f} x (to reach: 10)"
    )


if __name__ == "__main__":
    sys.exit(main())
