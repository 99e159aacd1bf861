"""W3C Web Annotations: each piece of evidence as a mark on its document, by its words and by its place."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from mapper.messages import text
from mapper.model import Alignment, Document, Evidence, Review
from mapper.report.formats.interface import Format
from mapper.report.tables import added, decided, requirements, spoken

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def render(alignment: Alignment) -> bytes:
    """One page of annotations. ``exact``, ``prefix`` and ``suffix`` are words of the original file, so that a mark can
    be found again after the file has changed."""
    said = decided(alignment)
    titles = {key: requirement.title for key, (_, requirement) in requirements(alignment).items()}
    addresses = {document.id: address(document) for document in alignment.documents}
    items = [_of_evidence(piece, titles, said.get(piece.id, []), addresses) for piece in alignment.evidence]
    items += [made for review in added(alignment) if (made := _of_review(review, titles, addresses)) is not None]
    for item in items:
        item["generator"] = {"type": "Software", "name": "mapper", "schema:softwareVersion": alignment.run.version}
    page = {"@context": _CONTEXT, "id": "urn:mapper:annotations", "type": "AnnotationPage", "items": items}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _of_evidence(
    piece: Evidence, titles: dict[str, str], reviews: list[Review], addresses: dict[str, str]
) -> dict[str, Any]:
    words = {"exact": piece.original or piece.quote, "prefix": piece.prefix, "suffix": piece.suffix}
    place = addresses[piece.document], piece.start, piece.end
    return _annotation(piece.id, piece.firm, piece.requirement, titles, piece.grade, reviews, words, place)


def _of_review(review: Review, titles: dict[str, str], addresses: dict[str, str]) -> dict[str, Any] | None:
    one, place = review.decision, review.place
    if place is None:
        return None
    at = addresses.get(place.document) or quote(place.document), place.start, place.end
    return _annotation(
        review.id, one.firm, one.requirement, titles, str(one.to), [review], {"exact": one.words or ""}, at
    )


def _annotation(
    identifier: str,
    firm: str,
    requirement: str,
    titles: dict[str, str],
    grade: str,
    reviews: list[Review],
    words: dict[str, str],
    place: tuple[str, int, int],
) -> dict[str, Any]:
    source, start, end = place
    name = f"{requirement} {titles.get(requirement, '')} · {firm} · {text(f'page.grade-{grade}', 'zh')}"
    body: list[dict[str, str]] = [
        {"type": "TextualBody", "purpose": "describing", "language": "zh", "format": "text/plain", "value": name},
        *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in (requirement, firm, grade)),
    ]
    if (decisions := spoken(reviews)) is not None:
        body.append({"type": "TextualBody", "purpose": "assessing", "language": "zh", "value": decisions})
    return {
        "id": f"urn:mapper:evidence:{identifier}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": {
            "source": source,
            "selector": [
                {"type": "TextQuoteSelector", **words},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def address(document: Document) -> str:
    """A document as a relative address: its path within the corpus folder, and the row after ``#`` where there is one."""
    return quote(document.path) + (f"#{quote(document.row)}" if document.row else "")


FORMAT = Format("annotations", "annotations.jsonld", render)
