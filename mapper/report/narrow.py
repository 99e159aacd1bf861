"""A part of an alignment: one firm, one requirement, or both."""

from __future__ import annotations

from mapper.model import Alignment


def narrowed(alignment: Alignment, *, firm: str | None = None, requirement: str | None = None) -> Alignment:
    """The alignment of this firm and this requirement only, with the documents that speak of what is left."""

    def kept(of_firm: str, of_requirement: str) -> bool:
        return firm in (None, of_firm) and requirement in (None, of_requirement)

    policies = [
        policy.model_copy(
            update={"requirements": tuple(one for one in policy.requirements if requirement in (None, one.id))}
        )
        for policy in alignment.policies
    ]
    evidence = tuple(one for one in alignment.evidence if kept(one.firm, one.requirement))
    undecided = tuple(one for one in alignment.undecided if kept(one.firm, one.requirement))
    pieces = (*evidence, *undecided)
    cited = {source.document for piece in pieces for source in piece.sources} | {piece.document for piece in pieces}
    documents = (
        document.model_copy(
            update={
                "firms": tuple(one for one in document.firms if firm in (None, one)),
                "mentions": document.mentions if firm is None else (),
            }
        )
        for document in alignment.documents
    )
    return alignment.model_copy(
        update={
            "policies": tuple(policy for policy in policies if policy.requirements),
            "firms": tuple(one for one in alignment.firms if firm in (None, one.id)),
            "documents": tuple(one for one in documents if one.firms or one.id in cited),
            "evidence": evidence,
            "cells": tuple(cell for cell in alignment.cells if kept(cell.firm, cell.requirement)),
            "faint": tuple(one for one in alignment.faint if kept(one.firm, one.requirement)),
            "undecided": undecided,
            "review": tuple(
                one for one in alignment.review if kept(one.decision.firm, one.decision.requirement)
            ),
        }
    )
