"""What this program wrote itself, or is told by: no document, wherever it lies, and recognised by its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from mapper.messages import text

_HEAD = 8_000
"""Bytes at the beginning of a file that show what it is."""
_TAIL = 200_000
"""Bytes at the end of a packed file that list its parts."""
_PART = 64_000
"""Bytes of such a part that are looked at."""
_BOM = rb"\A(?:\xef\xbb\xbf)?\s*"
_MARKS = (
    re.compile(_BOM + rb'\{\s*"schema":\s*"mapper/'),
    re.compile(_BOM + rb'\{.{0,6000}(?:"format":\s*"mapper/learned/|"(?:\$?id|ns)":\s*"urn:mapper[:/])', re.DOTALL),
    re.compile(_BOM + rb'<!doctype html>.{0,400}<meta name="generator" content="mapper">', re.IGNORECASE | re.DOTALL),
    # examples that teach, and labels
    re.compile(_BOM + rb'\{"(?:text|document)":[^\n]{0,6000}"(?:evidences|requirement)":'),
    # exported records
    re.compile(_BOM + rb'\{"(?:id|firm)": "[^\n]{0,6000}"requirement": "[^"\n]{0,600}", "(?:requirement_title|ruling)": '),
    re.compile(_BOM + rb"(?:id|firm),[a-z_,]{0,200}\brequirement,[a-z_,]{0,400}(?:decisions|document)\r?$", re.MULTILINE),
    # results of earlier runs
    re.compile(rb"\ASQLite format 3\x00[\s\S]{0,8000}CREATE TABLE result \(key TEXT PRIMARY KEY, program TEXT"),
    # policies, the lexicon, decisions
    re.compile(rb"^policy:\s*(?:#.*)?\r?$[\s\S]{0,6000}^requirements:", re.MULTILINE),
    re.compile(rb"^concepts:\s*(?:#.*)?\r?$", re.MULTILINE),
    re.compile(rb"^schema:\s*[\"']?mapper/decisions/", re.MULTILINE),
)
_BESIDE_STORE = re.compile(r"(?:.*/)?results\.sqlite-(?:journal|wal|shm)")
"""What a database leaves beside itself where a run was killed."""
_BLANK = re.compile(r"(?:.*/)?(?:evidence|cells|decisions)\.jsonl")
"""What an export without a single record is called; it bears no mark, for it is empty."""
_YAML = re.compile(r"\.ya?ml\Z", re.IGNORECASE)
_BESIDE = re.compile(r"(?:.*\.(?:ya?ml|jsonl|model|vectors)|readme(?:\.\w+)?)|examples/.*", re.IGNORECASE)
"""What lies beside policies, and in the folder of sentences that teach."""


def is_own(raw: bytes, path: str = "") -> bool:
    """Whether these are a result that was written here, or a policy, a lexicon or a model that it reads.

    ``path`` tells of a file without content.
    """
    if not raw:
        return bool(_BLANK.fullmatch(path))
    head = raw[:_HEAD]
    if raw.startswith(b"PAR1"):
        return b"requirement" in raw[-_TAIL:] and (b"decisions" in raw[-_TAIL:] or b"ruling" in raw[-_TAIL:])
    return any(mark.search(head) for mark in (*_MARKS, *_titled())) or (raw.startswith(b"PK\x03\x04") and _is_packed(raw))


def _is_packed(raw: bytes) -> bool:
    """Whether these are a workbook or a report that was written here, whoever has saved it since, or an archive of ours."""
    try:
        with ZipFile(BytesIO(raw)) as packed:
            names = packed.namelist()
            if names and all(name.startswith(("catalogs/", "results/")) and name.endswith(".json") for name in names):
                return True
            for name, words in _inside().items():
                if name in names:
                    with packed.open(name) as part:
                        said = part.read(_PART)
                    return all(word in said for word in words)
    except Exception:  # broken, locked and hostile archives raise errors of many kinds
        return False
    return False


@cache
def _titled() -> tuple[re.Pattern[bytes], ...]:
    """Results that are known by the title of the page: findings in OSCAL, and the page itself."""
    chinese, english = (re.escape(text("page.title", language)).encode() for language in ("zh", "en"))
    return (
        re.compile(_BOM + rb'\{\s*"assessment-results":.{0,600}"title":\s*"' + chinese, re.DOTALL),
        re.compile(_BOM + rb"<!doctype html>.{0,6000}<title>[^<]{0,200}" + english, re.IGNORECASE | re.DOTALL),
    )


@cache
def _inside() -> dict[str, tuple[bytes, ...]]:
    """The words that a part of a workbook or a report of ours holds."""
    sheets = tuple(text(f"handover.sheet-{one}", "zh").encode() for one in ("evidence", "gaps", "decisions"))
    return {"xl/workbook.xml": sheets, "docProps/core.xml": (text("handover.report-title", "zh").encode(),)}


def beside_policies(folder: Path, paths: Sequence[str]) -> list[str]:
    """The files that belong to policies lying in a subfolder of a corpus: policies, sentences that teach, a model.

    Articles that somebody put there are documents, and so is what stands in the corpus folder itself.
    """
    homes = {path.rpartition("/")[0] for path in paths if "/" in path and _YAML.search(path) and _opens_own(folder / path)}
    return [
        path for path in paths if any(path.startswith(f"{home}/") and _BESIDE.fullmatch(path[len(home) + 1 :]) for home in homes)
    ]


def beside_store(path: str) -> bool:
    """Whether this lies beside results that are kept for the next run, until it has tidied up."""
    return bool(_BESIDE_STORE.fullmatch(path))


def _opens_own(file: Path) -> bool:
    try:
        if not file.is_file():  # a pipe would wait for its writer
            return False
        with file.open("rb") as opened:
            return is_own(opened.read(_HEAD))
    except (OSError, ValueError):
        return False
