"""The nouns of the product, as frozen values, a file for what belongs together. Nothing else of ours is imported here.

Places are character offsets: ``start``/``end`` on a passage, an evidence or a source count characters in the
decoded original file; ``start``/``end`` on a :class:`Words` count characters in the repaired quote.
"""

from __future__ import annotations

from mapper.model.alignment import NOBODYS, UNPLACED, Alignment, Cell, InputFile, LeftOut, Run, cell_status
from mapper.model.documents import Act, Document, DocumentText, Passage, PassageText, document_id
from mapper.model.evidence import Evidence, Faint, Opinion, Reason, Source, Undecided, Words
from mapper.model.firms import ADDRESSED_AS, Firm
from mapper.model.policies import Correspondence, Lesson, Part, Policy, Requirement, Signal, Size
from mapper.model.review import Decision, Review, Seen
from mapper.model.value import Value
from mapper.model.words import (
    Addressee,
    Basis,
    Change,
    DateBasis,
    FaultBasis,
    FirmKind,
    FoundBy,
    Grade,
    Obligation,
    Origin,
    Relation,
    Reviewed,
    Role,
    Ruling,
    SectionKind,
    Sign,
    State,
    Status,
    Strength,
    Verdict,
)

__all__ = [
    "ADDRESSED_AS",
    "NOBODYS",
    "UNPLACED",
    "Act",
    "Addressee",
    "Alignment",
    "Basis",
    "Cell",
    "Change",
    "Correspondence",
    "DateBasis",
    "Decision",
    "Document",
    "DocumentText",
    "Evidence",
    "Faint",
    "FaultBasis",
    "Firm",
    "FirmKind",
    "FoundBy",
    "Grade",
    "InputFile",
    "LeftOut",
    "Lesson",
    "Obligation",
    "Opinion",
    "Origin",
    "Part",
    "Passage",
    "PassageText",
    "Policy",
    "Reason",
    "Relation",
    "Requirement",
    "Review",
    "Reviewed",
    "Role",
    "Ruling",
    "Run",
    "SectionKind",
    "Seen",
    "Sign",
    "Signal",
    "Size",
    "Source",
    "State",
    "Status",
    "Strength",
    "Undecided",
    "Value",
    "Verdict",
    "Words",
    "cell_status",
    "document_id",
]
