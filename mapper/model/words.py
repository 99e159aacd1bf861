"""The words of the contracts: what a field of a noun may say, where it may say only one of a few things."""

from __future__ import annotations

from typing import Literal

Obligation = Literal["must", "must-not", "should", "encourage"]
Strength = Literal["strong", "plain", "weak"]
Basis = Literal["verified", "partial", "unstated"]
Grade = Literal["commitment", "action", "outcome", "adverse"]
Status = Literal["evidenced", "stated", "contrary", "none", "unsearched", "not-applicable", "not-yet"]
FaultBasis = Literal["finding", "allegation"]
Verdict = Literal["met", "partly", "breached"]
"""What a language model makes of a passage for a requirement; what it does not name, it finds not met."""
FoundBy = Literal["program", "model", "both"]
Ruling = Literal["accept", "reject", "regrade", "comment", "add", "set", "not-applicable"]
Reviewed = Literal["commitment", "action", "outcome", "adverse", "rejected", "conflict"]
"""What reviewers made of a piece of evidence: the grade they stand by, or that it is none, or that they disagree."""
State = Literal["current", "suspect", "orphaned", "conflict", "superseded"]
"""How a decision stands to an alignment.

current: what it was about is there as it was seen; suspect: something about it changed, so it counts for nothing until
it is confirmed; orphaned: what it was about is gone; conflict: two reviewers disagree; superseded: its own author
decided otherwise later.
"""
Change = Literal[
    "requirement-changed",
    "words-changed",
    "grade-changed",
    "status-changed",
    "no-longer-marked",
    "words-gone",
    "firm-gone",
    "requirement-gone",
]
"""What makes a decision suspect (the first five) or orphaned (the last three)."""
Relation = Literal["equal", "subset", "superset", "intersects"]
"""What a requirement is to one of another policy, in the words of OSCAL's mapping model: it asks the same (equal), a part
of it (subset), more than it (superset), or something else that overlaps with it (intersects)."""
DateBasis = Literal["stated", "inferred", "unknown"]
FirmKind = Literal[
    "bank",
    "wealth-manager",
    "consumer-finance",
    "insurer",
    "insurance-intermediary",
    "securities",
    "futures",
    "fund-manager",
    "trust",
    "leasing",
    "guarantee",
    "microloan",
    "payment",
    "fintech",
]
Addressee = Literal["all", FirmKind]
"""Whom a requirement is addressed to: everybody, or a kind of firm."""
Origin = Literal["registry", "corpus", "discovered"]
Role = Literal["body", "heading", "caption", "question"]
SectionKind = Literal[
    "definitions", "formalities", "people", "shares", "auditor", "accounts", "honours", "outlook", "market"
]
"""A part of a report in which a sentence means less, or something else, than it says by itself (rules/sections.yaml)."""
Sign = Literal["named", "product", "person", "speaker", "pronoun", "carried", "owner", "listed"]
"""By what a passage was attributed to a firm.

named: by name; product: by a product; person: by somebody who speaks for it; speaker: 我行/我们 of whoever speaks;
pronoun: 公司/该行/其 after a name; carried: no subject of its own, so the one before goes on;
owner: no subject anywhere, the page is the firm's own; listed: named in a list that a sentence before or after explains.
"""
