"""Does the time grow with the text and no faster: ``python -m benchmarks.growth [--characters N] [--only NAME]``.

Kinds of text that grow without end, each read, attributed and matched with the shipped policies at a size and at double
that size. Printed: seconds of the processor at the size, and how many times longer the double took. The exit code is 1
where that is more than :data:`MOST` times, shorter times than :data:`SHORT` aside.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache

from mapper import run
from mapper.align.alignment import align
from mapper.corpus.document import read_file
from mapper.memory import seldom_searched
from mapper.model import Run
from mapper.report.json import dump
from mapper.shipped import folder

MOST = 2.3
SHORT = 0.3
"""Seconds below which a ratio says more about the machine than about the program."""
_HAN = "银行贷款服务客户小微企业老年乡村振兴绿色金融数字风险投诉消费者权益保护产品网点科技支持提供万元"


def _letters(number: int, seed: int = 1) -> str:
    pick = random.Random(seed)
    return "".join(pick.choice(_HAN) for _ in range(number))


def _stems(number: int) -> Iterator[str]:
    return (_letters(4, seed) for seed in range(number))


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(firm.name for firm in known().registry.firms.values()))


@cache
def known() -> run.Inputs:
    """The shipped policies and registry."""
    return run.read_inputs(folder("policies"), folder("seeds"))


def _named(number: int) -> Iterator[str]:
    names = _names()
    return (names[at % len(names)] for at in range(number))


def _invented(number: int) -> Iterator[str]:
    pick = random.Random(2)
    for _ in range(number):
        yield "".join(chr(pick.randrange(0x4E00, 0x8000)) for _ in range(3)) + "农村商业银行"


ARTICLE = "云岭银行在全部网点为老年客户保留人工柜台，并向小微企业发放贷款120,132.5万元，同比增长8.2%。"
OWN = "微众银行2024年社会责任报告\n\n"
"""Makes whatever follows the firm's own words, so that all of it is matched."""
KINDS: dict[str, Callable[[int], str]] = {
    "prose": lambda n: ARTICLE * (n // len(ARTICLE)),
    "paragraphs": lambda n: (ARTICLE + "\n\n") * (n // len(ARTICLE)),
    "no punctuation": lambda n: _letters(n),
    "no punctuation, Latin": lambda n: "loan " * (n // 5),
    "figures and commas": lambda n: "120,132,101.5," * (n // 14),
    "one long figure": lambda n: "1" * n,
    "commas": lambda n: (_letters(9) + "，") * (n // 10),
    "names only": lambda n: "".join(_named(n // 5))[:n],
    "names in a list": lambda n: ("、".join(_named(n // 6)) + "开展适老服务。")[:n],
    "one name": lambda n: "微众银行" * (n // 4),
    "invented names": lambda n: "、".join(_invented(n // 10)),
    "invented names acting": lambda n: "。".join(f"{name}为老年客户提供贷款" for name in _invented(n // 20)),
    "companies defined": lambda n: "".join(f"{one}科技有限公司（以下简称“{one}”）开会。" for one in _stems(n // 28)),
    "insurers' branches": lambda n: "".join(f"{one}财险支公司赔付。" for one in _stems(n // 13)),
    "negations": lambda n: "没有" * (n // 2),
    "negated words": lambda n: "没有贷款" * (n // 4),
    "masks": lambda n: "绿色通道" * (n // 4),
    "quotation marks": lambda n: "“" * (n // 2) + "”" * (n // 2),
    "open brackets": lambda n: "（贷款" * (n // 3),
    "stops": lambda n: "。！？" * (n // 3),
    "years": lambda n: "2023年1月至2024年12月" * (n // 16),
    "rows of one firm": lambda n: "机构,正文,日期\n" + "微众银行,为老年客户保留人工柜台。,2025-01-02\n" * (n // 28),
    "JSON lines": lambda n: (json.dumps({"text": ARTICLE}, ensure_ascii=False) + "\n") * (n // 60),
    "JSON lines with a source": lambda n: "".join(
        json.dumps({"title": f"报道{at}", "text": ARTICLE}, ensure_ascii=False) + "\n" for at in range(n // 80)
    ),
    "short lines": lambda n: "贷款\n" * (n // 3),
    "HTML": lambda n: "<html><body>" + "<div><p>为老年客户保留人工柜台</p>" * (n // 30),
    "Markdown": lambda n: "# 标题\n\n" + "**[贷款](http://a)**" * (n // 20),
    "glosses": lambda n: "監(jiān)管務(wù)業(yè)數(shù)" * (n // 28),
    "traditional": lambda n: "為老年客戶提供貸款服務與風險" * (n // 14),
    "white space": lambda n: "贷款" + " " * n + "服务",
    "speakers": lambda n: "记者：请问贷款？\n赵国庆：我行提供贷款。\n" * (n // 24),
}


def measured(text: str) -> dict[str, float]:
    """Seconds of the processor that each stage takes for one document."""
    inputs = known()
    begun = time.process_time()
    found = read_file("a", ((OWN if text[0] not in '{<机' else "") + text).encode())
    read = time.process_time()
    made = align(found.documents, inputs.catalog, inputs.registry, Run(version="0"), shelf=inputs.shelf)
    aligned = time.process_time()
    written = len(dump(made))
    return {
        "read": read - begun, "align": aligned - read, "write": time.process_time() - aligned, "MB": written / 1e6,
    }


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=24_000)
    parser.add_argument("--only")
    asked = parser.parse_args()
    measured(ARTICLE)
    failures = 0
    print(f"{'kind':<26}{'read':>7}{'align':>8}{'write':>7}{'MB':>7}   twice the text: read, align")
    for kind, made in KINDS.items():
        if asked.only and asked.only not in kind:
            continue
        with seldom_searched():
            once, twice = (measured(made(asked.characters * times)) for times in (1, 2))
        told = " ".join(f"{once[stage]:7.2f}" for stage in ("read", "align", "write", "MB"))
        slow = [stage for stage in ("read", "align") if twice[stage] > max(SHORT, MOST * once[stage])]
        failures += bool(slow)
        ratios = " ".join(f"{twice[stage] / max(once[stage], 1e-6):5.1f}" for stage in ("read", "align"))
        print(f"{kind:<26}{told}   {ratios} {'<-- ' + ', '.join(slow) if slow else ''}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
