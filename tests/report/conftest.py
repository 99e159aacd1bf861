"""A small alignment with every status in it, plain or with a hostile string in every field, and one shared browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mapper.model import (
    Alignment,
    Cell,
    Document,
    Evidence,
    Firm,
    FirmKind,
    InputFile,
    LeftOut,
    Part,
    PassageText,
    Policy,
    Reason,
    Requirement,
    Run,
    Signal,
    Source,
    Status,
    Words,
)
from mapper.report import html as page
from mapper.report.html import render_html
from tests.report.pages import page_of

HOSTILE = (
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "\"'><svg onload=window.hit=1>",
    "{{ 7*7 }}{% raw %}{name}",
    "a\u2028b\u2029c",
    "\u202eevil\u2066",
    "]]>--><!--",
    "javascript:window.hit=1",
)


def sample(mark: str = "", firms: int = 5) -> Alignment:
    """An alignment of two policies in which every status occurs; ``mark`` is put into every free field."""
    policies = (
        _policy("p1", mark, "verified", [("all",), ("bank",), ("insurer",), ("consumer-finance", "fintech")]),
        _policy("p2", mark, "partial", [("all",), ("all",), ("bank", "trust")]),
    )
    kinds: tuple[FirmKind, ...] = ("consumer-finance", "bank", "fintech", "consumer-finance", "trust")
    people = tuple(
        Firm(
            id=f"机构{n}{mark}",
            name=f"机构{n}{mark}",
            kind=kinds[n % 5],
            name_en=f"Firm {n}{mark}",
            aliases=(f"别名{n}{mark}",),
            products=(f"产品{mark}",),
            full_name=f"全称{mark}",
            parent=f"母公司{mark}",
        )
        for n in range(firms)
    )
    documents = (
        Document(
            id=f"a{mark}.txt",
            path=f"a{mark}.txt",
            sha256="0" * 64,
            title=f"文章甲{mark}",
            publisher=f"报社{mark}",
            date="2021-05",
            date_basis="stated",
            url="https://example.org/a?x=1&y=2",
            characters=1234,
            passages=40,
            repairs=("gloss", f"odd{mark}"),
            firms=tuple(firm.id for firm in people),
            text=(
                PassageText(number=0, start=900, end=910, text=f"标题{mark}", paragraph=0, role="heading"),
                PassageText(
                    number=1,
                    start=0,
                    end=20 + len(mark),
                    text=f"机构0推出大字版服务，覆盖县域用户0万人{mark}",
                    paragraph=1,
                    speaker=f"王某{mark}",
                ),
                PassageText(number=2, start=920, end=930, text=f"无标记{mark}。", paragraph=1, speaker=f"王某{mark}"),
            ),
        ),
        Document(
            id="b.txt",
            path="b.txt",
            sha256="1" * 64,
            date="2024-01-02",
            date_basis="inferred",
            url="javascript:alert(1)",
        ),
        Document(id="c.txt", path="c.txt", sha256="2" * 64),
    )
    plan = {
        (0, 0): ("outcome", "action"),
        (0, 3): ("action",),
        (0, 4): ("commitment",),
        (1, 0): ("adverse", "outcome"),
        (1, 3): ("action",),
        (2, 0): ("action",),
    }
    requirements = [requirement for policy in policies for requirement in policy.requirements]
    evidence: list[Evidence] = []
    cells: list[Cell] = []
    for (f, firm), (q, requirement) in product(enumerate(people), enumerate(requirements)):
        addressed = requirement.addresses(firm.kind)
        pieces: list[Evidence] = []
        for grade in plan.get((f, q), ()):
            number = len(evidence) + len(pieces)
            document = documents[number % 3]
            quote = f"机构{f}推出大字版服务，覆盖县域用户{number}万人{mark}"
            words = Words(start=3, end=5, text="推出")
            pieces.append(
                Evidence(
                    id=f"e{number}",
                    firm=firm.id,
                    requirement=requirement.id,
                    document=document.id,
                    start=10 * number,
                    end=10 * number + len(quote),
                    quote=quote,
                    grade=grade,  # type: ignore[arg-type]
                    score=round(0.5 + number / 40, 4),
                    reasons=(
                        Reason(kind="signal", code="signal-matched", words=(Words(start=5, end=8, text="大字版"),)),
                        Reason(kind="attribution", code="sign-named", params={"name": firm.name}, words=(words,)),
                        Reason(kind="grade", code=f"grade-{grade}", words=(words,)),
                        Reason(kind="grade", code=f"unheard-of{mark}", params={"what": mark}),
                    ),
                    before=f"前句{mark}。",
                    after=f"后句{mark}。",
                    section=f"小节{mark}",
                    page=3,
                    place="sheet 2 row 12" if number else f"odd{mark}",
                    acting_as=f"分行{mark}",
                    predates={"2021-05": True, "2024-01-02": False}.get(document.date or ""),
                    voluntary=not addressed,
                    sources=(
                        Source(document=document.id, start=10 * number, end=10 * number + len(quote)),
                        *([Source(document="b.txt", start=1, end=9)] if number == 0 else []),
                    ),
                )
            )
        evidence += pieces
        grades = {piece.grade for piece in pieces}
        status: Status = (
            "contrary" if "adverse" in grades
            else "evidenced" if grades & {"action", "outcome"}
            else "stated" if grades
            else "not-applicable" if not addressed
            else "unsearched" if f == 4
            else "none"
        )  # fmt: skip
        cells.append(
            Cell(
                firm=firm.id,
                requirement=requirement.id,
                status=status,
                score=max((one.score for one in pieces if (one.grade == "adverse") == (status == "contrary")), default=0.0),
                evidence=tuple(piece.id for piece in pieces),
                voluntary=bool(pieces) and not addressed,
                below=2 if (f, q) in ((0, 0), (3, 0)) else 0,
            )
        )
    return Alignment(
        run=Run(
            version=f"1{mark}",
            inputs=(InputFile(role="document", path=f"a{mark}", sha256="0" * 64),),
            options={"o": mark, "min_score": "0.60"},
        ),
        policies=policies,
        firms=people,
        documents=documents,
        evidence=tuple(evidence),
        cells=tuple(cells),
        left_out=(LeftOut(path=f"坏{mark}.pdf", code=f"no-such-code{mark}", params={"what": mark}),),
    )


def _policy(identifier: str, mark: str, basis: Any, addressees: list[tuple[Any, ...]]) -> Policy:
    return Policy(
        id=identifier,
        title=f"办法{mark}",
        short_title=f"办法{identifier}{mark}",
        title_en=f"Policy {identifier}{mark}",
        issuer=f"总局{mark}",
        issuer_en=f"Authority{mark}",
        number=f"1号{mark}",
        issued="2023-01-01",
        published="2023-01-02",
        url="https://example.org/p" if basis == "verified" else "javascript:alert(1)",
        basis=basis,
        note=f"说明{mark}",
        parts=(
            Part(id=f"甲{mark}", title=f"头部{mark}", title_en=f"First part{mark}"),
            Part(id="二", title=f"尾部{mark}", title_en=f"Second part{mark}"),
        )
        if identifier == "p1"
        else (),
        requirements=tuple(
            Requirement(
                id=f"{identifier}-{n}",
                policy=identifier,
                clause=f"第{'一一二三'[n]}目{mark}",
                part=(f"甲{mark}" if n < 2 else "二") if identifier == "p1" else None,
                title=f"要求{identifier}{n}{mark}",
                title_en=f"Requirement {identifier} {n}{mark}",
                text=f"内容{n}{mark}",
                text_en=f"Matter {n}{mark}",
                obligation="must",
                applies_to=applies_to,
                themes=(f"主题{mark}", "elderly"),
                signals=(Signal(need=(f"大字版{mark}", "@elderly"), unless=(f"非{mark}",), within="clause"),),
                examples=(f"例一{mark}", "例二"),
                counterexamples=(f"反例{mark}",),
            )
            for n, applies_to in enumerate(addressees)
        ),
    )


@pytest.fixture(scope="session")
def build() -> Callable[..., Alignment]:
    """The builder of sample alignments."""
    return sample


@pytest.fixture(scope="session")
def alignment() -> Alignment:
    """The plain sample."""
    return sample()


@pytest.fixture(scope="session")
def html(alignment: Alignment) -> str:
    """The page of the plain sample."""
    return render_html(alignment)


@pytest.fixture(scope="session")
def hostile() -> Alignment:
    """The sample with every hostile string in every free field."""
    return sample("".join(HOSTILE) + "长" * 2000)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, html: str, hostile: Alignment) -> dict[str, Path]:
    """The pages on disk; ``large`` is one of a very large run, ``wide`` has more columns than a screen."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {"plain": html, "hostile": render_html(hostile)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "LIMIT", 10)
        pages["large"] = render_html(sample())
        pages["wide"] = render_html(sample(firms=400))
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One chromium for all tests; skipped where there is none, unless MAPPER_REQUIRE_BROWSER demands it."""
    required = os.environ.get("MAPPER_REQUIRE_BROWSER") == "1"
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        why = "needs chromium and the package playwright"
        if required:
            pytest.fail(f"MAPPER_REQUIRE_BROWSER=1: {why}")
        pytest.skip(why)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Callable[..., Any]]:
    """Opens a page at an address; errors, console lines and requests fail the test."""
    stack: list[Any] = []

    def start(address: str = "", name: str = "plain", **options: Any) -> Any:
        manager = page_of(browser, files[name], address, **options)
        stack.append(manager)
        return manager.__enter__()

    yield start
    for manager in stack:
        manager.__exit__(None, None, None)
