"""OSCAL 1.2.1: a catalog for each policy, and assessment results for each firm, as JSON files in one archive.

What a document says is an observation; there are no findings in it, since nothing here is a finding of compliance.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from mapper.messages import say, text
from mapper.model import Alignment, Cell, Document, Evidence, Firm, Policy, Requirement
from mapper.report.formats.annotations import address
from mapper.report.formats.interface import Format, zipped
from mapper.report.orders import OUTSIDE
from mapper.report.tables import decided, requirements, spoken, why

VERSION = "1.2.1"
NAMESPACE = "urn:mapper:oscal"
_NO_DAY = "1970-01-01"
"""Stands for a day that nobody states: the format wants one."""


def render(alignment: Alignment) -> bytes:
    """``catalogs/POLICY.json`` and ``results/FIRM.json``; a firm on which nothing was read has no results."""
    files: dict[str, bytes] = {}
    for policy in alignment.policies:
        files[f"catalogs/{_file(policy.id)}.json"] = _json({"catalog": catalog(policy, alignment.run.version)})
    by_firm: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in alignment.cells:
        if cell.status not in ("unsearched", *OUTSIDE):
            by_firm[cell.firm].append(cell)
    material = _ResultData(alignment)
    for firm in alignment.firms:
        if by_firm[firm.id]:
            results = material.results(firm, by_firm[firm.id])
            files[f"results/{_file(firm.id)}.json"] = _json({"assessment-results": results})
    return zipped(files)


def catalog(policy: Policy, version: str) -> dict[str, Any]:
    """A policy as an OSCAL catalog: its parts are groups, its requirements controls."""
    plain = [_control(one) for one in policy.requirements if one.part is None]
    groups = [
        {
            "id": f"{policy.id}_part-{number}",
            "title": f"{part.id} {part.title}",
            "controls": [_control(one) for one in policy.requirements if one.part == part.id],
        }
        for number, part in enumerate(policy.parts, start=1)
    ]
    groups = [group for group in groups if group["controls"]]
    made: dict[str, Any] = {
        "uuid": _uuid("catalog", policy.id),
        "metadata": _metadata(policy.title, policy.published or _NO_DAY, version)
        | {
            "props": [
                _prop("number", policy.number),
                _prop("issuer", policy.issuer),
                _prop("issued", policy.issued),
                _prop("basis", policy.basis),
            ],
            "remarks": policy.note,
        },
    }
    if groups:
        made["groups"] = groups
    if plain:
        made["controls"] = plain
    return made


def _control(requirement: Requirement) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "title": requirement.title,
        "props": [
            {"name": "label", "value": requirement.clause},
            _prop("obligation", requirement.obligation),
            *(_prop("applies-to", kind) for kind in requirement.applies_to),
            *(_prop(name, day) for name in ("effective", "until", "expires") if (day := getattr(requirement, name))),
        ],
        "parts": [{"id": f"{requirement.id}_smt", "name": "statement", "prose": requirement.text}],
    }


class _ResultData:
    """What an alignment holds, by id and by cell, from which the results of every firm are made."""

    def __init__(self, alignment: Alignment) -> None:
        self.version = alignment.run.version
        self.pieces = {piece.id: piece for piece in alignment.evidence}
        self.documents = {document.id: document for document in alignment.documents}
        self.asked = requirements(alignment)
        self.said = decided(alignment)
        dates = [_day(document) for document in alignment.documents if document.date]
        self.latest = max(dates, default=_latest(alignment.policies))

    def results(self, firm: Firm, cells: list[Cell]) -> dict[str, Any]:
        plan = _uuid("plan", firm.id)
        result: dict[str, Any] = {
            "uuid": _uuid("result", firm.id),
            "title": firm.name,
            "description": say("page.no-finding"),
            "start": _time(self.latest),
            "reviewed-controls": {
                "control-selections": [{"include-controls": [{"control-id": cell.requirement} for cell in cells]}]
            },
        }
        observations = [self._observation(firm, cell) for cell in cells if cell.evidence or cell.review]
        if observations:
            result["observations"] = observations
        return {
            "uuid": _uuid("results", firm.id),
            "metadata": _metadata(f"{text('page.title', 'zh')}：{firm.name}", self.latest, self.version),
            "import-ap": {"href": f"#{plan}"},
            "results": [result],
            "back-matter": {"resources": [{"uuid": plan, "title": say("page.title"), "description": say("page.no-finding")}]},
        }

    def _observation(self, firm: Firm, cell: Cell) -> dict[str, Any]:
        requirement = self.asked[cell.requirement][1]
        pieces = [self.pieces[identifier] for identifier in cell.evidence]
        dates = [_day(self.documents[piece.document]) for piece in pieces if self.documents[piece.document].date]
        props = [_prop("requirement", cell.requirement), _prop("status", cell.status)]
        if cell.review:
            props.append(_prop("review", cell.review))
        made: dict[str, Any] = {
            "uuid": _uuid("observation", firm.id, cell.requirement),
            "title": f"{cell.requirement} {requirement.title}",
            "description": f"{firm.name} × {requirement.title}：{text(f'handover.status-{cell.status}', 'zh')}",
            "props": props,
            "methods": ["EXAMINE"],
            "collected": _time(max(dates, default=self.latest)),
        }
        if pieces:
            made["relevant-evidence"] = [self._evidence(piece) for piece in pieces]
        if (decisions := spoken(self.said.get((firm.id, cell.requirement), []))) is not None:
            made["remarks"] = decisions
        return made

    def _evidence(self, piece: Evidence) -> dict[str, Any]:
        props = [_prop("id", piece.id), _prop("grade", piece.grade), _prop("score", f"{piece.score:.2f}")]
        if piece.basis:
            props.append(_prop("basis", piece.basis))
        if piece.review:
            props.append(_prop("review", piece.review))
        props += [_prop("start", str(piece.start)), _prop("end", str(piece.end))]
        props.append(_prop("sha256", self.documents[piece.document].sha256))
        made: dict[str, Any] = {"href": address(self.documents[piece.document]), "description": piece.quote, "props": props}
        remarks = [why(piece), *([said] if (said := spoken(self.said.get(piece.id, []))) else [])]
        return made | {"remarks": "；".join(remarks)}


def _latest(policies: Iterable[Policy]) -> str:
    """The day of the latest policy that states one."""
    return max((policy.published for policy in policies if policy.published), default=_NO_DAY)


def _metadata(title: str, day: str, version: str) -> dict[str, Any]:
    return {"title": title, "last-modified": _time(day), "version": version, "oscal-version": VERSION}


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": " ".join(value.split()) or "—"}


def _uuid(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join((NAMESPACE, *names))))


def _day(document: Document) -> str:
    """The date of a document as a day; what is not known of it is its first."""
    day = document.date or ""
    return day + "-01-01"[len(day) - 4 :]


def _time(day: str) -> str:
    return f"{day}T00:00:00+00:00"


def _file(name: str) -> str:
    """The name as that of a file on any system; one that must be changed for it stays unlike all others."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(". ")
    return name if plain == name else f"{plain}-{_uuid('file', name)[:8]}"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


FORMAT = Format("oscal", "oscal.zip", render)
