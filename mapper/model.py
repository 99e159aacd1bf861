"""The nouns of the product, as frozen values. This module imports nothing of ours.

Places are character offsets: ``start``/``end`` on a passage, an evidence or a source count characters in the
decoded original file; ``start``/``end`` on a :class:`Words` count characters in the repaired quote.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

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

ADDRESSED_AS: dict[FirmKind, FirmKind] = {
    "bank": "bank",
    "wealth-manager": "bank",
    "consumer-finance": "consumer-finance",
    "insurer": "insurer",
    "insurance-intermediary": "insurer",
    "securities": "securities",
    "futures": "securities",
    "fund-manager": "securities",
    "trust": "trust",
    "leasing": "leasing",
    "guarantee": "guarantee",
    "microloan": "microloan",
    "payment": "fintech",
    "fintech": "fintech",
}
"""As what kind of firm a directive addresses another: «bank» means wealth managers too, unless it names them."""


def _called(kind: FirmKind) -> set[Addressee]:
    """All words by which a directive may address a kind of firm."""
    return {"all", kind, ADDRESSED_AS[kind]}


def _a_day(value: str | None) -> str | None:
    """A day that exists, as YYYY-MM-DD: dates are compared as text."""
    if value and (len(value) != 10 or date.fromisoformat(value).isoformat() != value):
        raise ValueError("YYYY-MM-DD")
    return value


Day = Annotated[str | None, AfterValidator(_a_day)]


class Value(BaseModel):
    """Base of every noun: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- catalog ---------------------------------------------------------------------------------------------------


class Titled(Value):
    """What has an English title beside its own, or else the same one twice: a catalog may be all Chinese."""

    @model_validator(mode="before")
    @classmethod
    def _title_en(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("title_en") is None:
            own = data.get("short_title") or data.get("title")
            return data | {"title_en": own if own is not None else ""}
        return data


class Signal(Value):
    """A pattern that marks a passage as bearing on a requirement (the language is described in catalog/signals.py).

    ``need``: groups that must all occur; ``within``: the span in which they must stand together;
    ``unless``: words that void this signal; ``strength``: how sure its author is of it (see align/weighing.py).
    """

    need: tuple[str, ...] = Field(min_length=1)
    within: Literal["clause", "sentence"] = "sentence"
    unless: tuple[str, ...] = ()
    strength: Strength = "plain"


class Size(Value):
    """A size that firms of a kind must have to be addressed: total assets in 亿元 (100 million yuan).

    ``assets_from``: at least so much; ``assets_below``: less than so much.
    """

    kind: Addressee
    assets_from: float | None = Field(default=None, gt=0)
    assets_below: float | None = Field(default=None, gt=0)

    def fits(self, assets: float | None) -> bool:
        """Whether a firm of this size is meant; one of unknown size may be."""
        if assets is None:
            return True
        return (self.assets_from or 0) <= assets and (self.assets_below is None or assets < self.assets_below)


class Requirement(Titled):
    """One thing that one clause of a policy asks of an institution. Only ``id`` and ``title`` must be written."""

    id: str
    policy: str
    clause: str
    part: str | None = None
    """Id of a part of its policy."""
    title: str
    title_en: str
    text: str
    text_en: str | None = None
    obligation: Obligation = "must"
    applies_to: tuple[Addressee, ...] = Field(default=("all",), min_length=1)
    sizes: tuple[Size, ...] = ()
    """Of the kinds above, those of which only firms of a certain size are meant: ``{kind: bank, assets_from: 5000}``
    among ``applies_to``."""
    effective: Day = None
    """The day from which it binds, where that is another than its policy's."""
    until: Day = None
    """The last day of a transition period, where that is another than its policy's."""
    expires: Day = None
    """The last day on which it binds, where that is another than its policy's."""
    themes: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    breaches: tuple[Signal, ...] = ()
    """Signals of the duty broken; they count only where a regulator or a court finds fault."""
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    """Ids of the requirements, of a policy that its own replaces or amends, from which this one was made."""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, data: Any) -> Any:
        """What may be left out: the clause is then called as the id, the text as the title; sizes stand apart."""
        if not isinstance(data, dict):
            return data
        filled = {"clause": data.get("id", ""), "text": data.get("title", "")} | {k: v for k, v in data.items() if v is not None}
        whom = data.get("applies_to")
        if isinstance(whom, list | tuple) and any(isinstance(one, dict) for one in whom):
            filled["sizes"] = [one for one in whom if isinstance(one, dict)]
            filled["applies_to"] = [one.get("kind") if isinstance(one, dict) else one for one in whom]
        return filled

    def addresses(self, kind: FirmKind) -> bool:
        """Whether the requirement is addressed to this kind of firm."""
        kinds = self.applies_to
        return "all" in kinds or kind in kinds or ADDRESSED_AS[kind] in kinds

    def means(self, firm: Firm) -> bool:
        """Whether the requirement is addressed to this firm, by its kind and, where that counts, its size."""
        if not self.sizes:
            return self.addresses(firm.kind)
        return any(
            all(size.fits(firm.assets) for size in self.sizes if size.kind == kind)
            for kind in _called(firm.kind).intersection(self.applies_to)
        )

    def depends_on_size(self, kind: FirmKind) -> bool:
        """Whether only the size of a firm of this kind tells if it is addressed."""
        if not self.sizes:
            return False
        asked = _called(kind).intersection(self.applies_to)
        return bool(asked) and asked <= {size.kind for size in self.sizes}


class Lesson(Value):
    """A sentence that teaches: the requirements it is plain evidence for, and how it goes.

    ``grade`` is None where it is evidence for nothing; ``near_miss``: it only looks like evidence for ``written_for``.
    """

    text: str
    evidences: tuple[str, ...]
    grade: Grade | None = None
    written_for: str | None = None
    near_miss: bool = False


class Part(Titled):
    """A part or chapter of a directive. ``id`` is its label there (二, 第三章); the titles are our own short words."""

    id: str
    title: str
    title_en: str


class Correspondence(Value):
    """What a requirement of one policy is to a requirement of another, and why: ``source`` is a ``relation`` of ``target``."""

    source: str
    relation: Relation
    target: str
    why: str = ""


class Policy(Titled):
    """A directive with its requirements. Dates are ISO 8601 (YYYY-MM-DD). Only ``id`` and ``title`` must be written."""

    id: str
    title: str
    short_title: str
    title_en: str
    issuer: str = ""
    issuer_en: str | None = None
    number: str = ""
    issued: str = ""
    published: str = ""
    """Empty where no date at all is stated."""
    effective: Day = None
    """The day from which its duties bind; where none is stated they are taken to bind."""
    until: Day = None
    """The last day of a transition period that all its duties share."""
    expires: Day = None
    """The last day on which its duties bind, where it is in force for a time."""
    url: str | None = None
    basis: Basis = "unstated"
    note: str = ""
    note_en: str | None = None
    replaces: tuple[str, ...] = ()
    """Ids of policies in whose place it stands: what they ask and it does not carry on is repealed."""
    amends: tuple[str, ...] = ()
    """Ids of policies of which it changes a part: what it neither carries on nor repeals stays in force."""
    repeals: tuple[str, ...] = ()
    """Ids of requirements of a policy it amends that are gone."""
    crosswalk: tuple[Correspondence, ...] = ()
    """What its requirements are to those of other policies, from ``crosswalk.yaml``."""
    parts: tuple[Part, ...] = ()
    """In the order of the directive; a requirement names its own by ``part``."""
    requirements: tuple[Requirement, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, data: Any) -> Any:
        """What may be left out: the short title is then the title, and a date that is not stated the next best."""
        if not isinstance(data, dict):
            return data
        said = {key: value for key, value in data.items() if value is not None}
        issued, published, effective = (said.get(key) for key in ("issued", "published", "effective"))
        dates = {"issued": issued or published or "", "published": published or issued or effective or ""}
        return {"short_title": said.get("title", "")} | said | dates

    @field_validator("issued", "published")
    @classmethod
    def _is_a_day(cls, value: str) -> str:
        return _a_day(value) or ""


# ---- firms -----------------------------------------------------------------------------------------------------


class Firm(Value):
    """An institution of the registry. ``name`` is its usual Chinese short name and serves as ``id`` too."""

    id: str
    name: str
    kind: FirmKind
    full_name: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    parent: str | None = None
    products: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    assets: float | None = Field(default=None, gt=0)
    """Total assets in 亿元 (100 million yuan), where known."""
    origin: Origin = "registry"


# ---- corpus ----------------------------------------------------------------------------------------------------


class PassageText(Value):
    """One sentence of a document as a report shows it, in its place."""

    number: int
    start: int
    end: int
    text: str
    paragraph: int
    role: Role = "body"
    speaker: str | None = None


class Act(Value):
    """A stretch of a document that was given to a firm: ``start``/``end`` count characters in the decoded original."""

    firm: str
    start: int
    end: int


class Document(Value):
    """One document of the corpus. ``path`` is relative to the corpus folder, with forward slashes.

    ``id`` is that path, and ``path#row`` where a file holds many documents, one in a row or a line.
    """

    id: str
    path: str
    sha256: str
    title: str | None = None
    title_basis: DateBasis = "unknown"
    publisher: str | None = None
    publisher_basis: DateBasis = "unknown"
    author: str | None = None
    author_basis: DateBasis = "unknown"
    date: str | None = None
    """ISO 8601, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD."""
    date_basis: DateBasis = "unknown"
    url: str | None = None
    speaker: str | None = None
    """Name of the firm that 我行/我司/我们 stands for, where corpus.yaml says so."""
    owner: str | None = None
    """Name of the firm whose own page this is, where corpus.yaml says so: it acts where no subject is named."""
    format: str = "text"
    encoding: str = "utf-8"
    repairs: tuple[str, ...] = ()
    """Codes of the repairs that changed the text (gloss, shifted-bytes, traditional …), for messages."""
    characters: int = 0
    """Characters of the decoded original."""
    dropped: int = 0
    """Characters left out as page furniture or as repeated copies."""
    passages: int = 0
    firms: tuple[str, ...] = ()
    """Ids of the firms that act in the document; filled in by alignment."""
    acts: tuple[Act, ...] = ()
    """Whole sentences in which a firm acts, those that follow each other as one stretch; filled in by alignment."""
    text: tuple[PassageText, ...] = ()
    """The repaired sentences in reading order, where a firm acts in the document; filled in by alignment."""


class Passage(Value):
    """One sentence of a document: ``text`` is repaired, ``start``/``end`` point into the decoded original."""

    document: str
    number: int
    start: int
    end: int
    text: str
    paragraph: int
    role: Role = "body"
    section: str | None = None
    """Text of the nearest heading above."""
    part: SectionKind | None = None
    """What part of a report it stands in; None where sentences mean what they say."""
    speaker: str | None = None
    """Who speaks, as the document labels it (王立鹏 in «王立鹏: …»), for every passage of that speech."""
    page: int | None = None
    place: str | None = None
    """Where the format has places of its own: ``row 12``, ``sheet 2 row 12``, ``line 3``, ``paragraph 7``, ``table 1 row 2``."""
    damaged: bool = False
    """The passage holds characters that could not be repaired (U+FFFD); it is never evidence."""


class DocumentText(Value):
    """A document as read: its metadata, the decoded original and its passages in reading order."""

    document: Document
    text: str
    passages: tuple[Passage, ...]


# ---- alignment -------------------------------------------------------------------------------------------------


class Words(Value):
    """A run of words in the repaired quote, ``text == quote[start:end]``."""

    start: int
    end: int
    text: str


class Reason(Value):
    """Why a mark is made. ``code`` and ``params`` name a message; ``words`` are the words of the quote behind it.

    kinds: ``signal`` (what matched, or which words weighed most), ``example`` (taught sentences that it resembles),
    ``attribution`` (by which sign the firm acts), ``grade`` (what made the grade), ``model`` (what a language model says).
    """

    kind: Literal["signal", "example", "attribution", "grade", "model"]
    code: str
    params: dict[str, str] = {}
    words: tuple[Words, ...] = ()


class Source(Value):
    """A place where the same words stand: the first is the evidence's own, others are copies."""

    document: str
    start: int
    end: int


class Opinion(Value):
    """What a language model says of a piece of evidence: an opinion beside the program's, never in its place.

    ``verdict`` and ``grade`` are None where it was asked about the passage and did not name the requirement;
    ``program``: the score that the program gives without it (0–1).
    """

    by: str
    verdict: Verdict | None = None
    grade: Grade | None = None
    words: tuple[Words, ...] = ()
    why: str = ""
    program: float = Field(ge=0, le=1)


class Evidence(Value):
    """One passage of one firm for one requirement.

    ``score`` is the probability (0–1) that a careful reviewer accepts it; ``prefix``/``suffix`` are some 30
    characters of the original on either side; ``before``/``after`` the repaired neighbour sentences;
    ``predates`` says that the document is older than the directive (None where the date is unknown).
    """

    id: str
    firm: str
    requirement: str
    document: str
    start: int
    end: int
    quote: str
    original: str | None = None
    """The words as they stand in the decoded original, where repair has changed them in ``quote``."""
    grade: Grade
    score: float = Field(ge=0, le=1)
    basis: FaultBasis | None = None
    """Of adverse evidence: whether an authority, a court or the firm itself found the fault, or somebody alleges it."""
    reasons: tuple[Reason, ...]
    prefix: str = ""
    suffix: str = ""
    before: str = ""
    after: str = ""
    section: str | None = None
    page: int | None = None
    place: str | None = None
    """As of its passage."""
    sign: Sign = "named"
    acting_as: str | None = None
    """The unit named in the text, where a branch or a sub-unit acted for the firm."""
    predates: bool | None = None
    voluntary: bool = False
    """The requirement is not addressed to this firm; the evidence is shown all the same."""
    sources: tuple[Source, ...] = ()
    found_by: FoundBy | None = None
    """Who finds it: the program, a language model, or both; None where no model reads along."""
    opinion: Opinion | None = None
    """What the model says, where it was asked about the passage."""
    review: Reviewed | None = None
    """What current decisions make of it; None where nobody has ruled. ``grade`` stays the machine's."""

    @property
    def alleged(self) -> bool:
        """Whether it only alleges a fault: it is shown, and no cell is contrary for it."""
        return self.grade == "adverse" and self.basis == "allegation"

    @property
    def alone(self) -> bool:
        """Whether a language model alone finds it."""
        return self.found_by == "model"

    @property
    def differs(self) -> bool:
        """Whether program and model differ: only one of them finds it, or one takes it for a fault and the other not."""
        if self.opinion is None:
            return False
        return self.found_by != "both" or (self.opinion.grade == "adverse") != (self.grade == "adverse")


class Faint(Value):
    """A match whose score was below the run's ``min_score``: counted in its cell, not shown as evidence."""

    id: str
    firm: str
    requirement: str
    adverse: bool = False


class Cell(Value):
    """All evidence of one firm for one requirement; ``score`` is the best score among what made the status.

    ``voluntary``: there is evidence though the duty does not bind the firm, by its kind or size, or not yet;
    ``below`` counts the matches that were left out because they scored less than the run's ``min_score``.
    """

    firm: str
    requirement: str
    status: Status
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    voluntary: bool = False
    below: int = 0
    allegations: int = 0
    """Pieces of its evidence that are allegations only: they stand beside the status and do not make it."""
    only_model: bool = False
    """Nothing that made the status was found by the program: a language model alone supports it."""
    review: Status | Literal["conflict"] | None = None
    """The status by what reviewers decided, where any current decision bears on the cell. ``status`` stays the machine's."""


# ---- review ----------------------------------------------------------------------------------------------------


class Seen(Value):
    """What the machine said when a reviewer decided: the digest of the requirement, and the grade or the status."""

    requirement: str
    grade: Grade | None = None
    status: Status | None = None


class Decision(Value):
    """What a human reviewer ruled, tied to content: firm, requirement, words.

    About a piece of evidence (``words`` is its quote): ``accept``, ``reject``, ``regrade`` (``to`` a grade),
    ``comment``; ``add`` names words that the program missed (``document`` says where they were read, ``to`` is their
    grade). About a cell (no ``words``): ``set`` (``to`` a status), ``not-applicable``.
    """

    firm: str
    requirement: str
    words: str | None = None
    document: str | None = None
    ruling: Ruling
    to: Grade | Status | None = None
    why: str = ""
    by: str = Field(min_length=1)
    at: str
    """YYYY-MM-DD, with THH:MM or THH:MM:SS where two decisions of one day must be told apart."""
    seen: Seen | None = None

    @field_validator("at")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        """A time that exists; times are compared as text."""
        if len(value) not in (10, 16, 19) or datetime.fromisoformat(value).isoformat()[: len(value)] != value:
            raise ValueError("YYYY-MM-DD")
        return value


class Review(Value):
    """A decision as it stands to the alignment that carries it. ``id`` is made of all the decision says."""

    id: str
    decision: Decision
    state: State
    changes: tuple[Change, ...] = ()
    evidence: str | None = None
    """Id of the piece of evidence that it is about, where the machine found one (for changed words: the nearest)."""
    place: Source | None = None
    """Where the words stand though the machine does not mark them."""


class LeftOut(Value):
    """A document that was not read, or not wholly, and why (a message code with its parameters)."""

    path: str
    code: str
    params: dict[str, str] = {}


class InputFile(Value):
    """An input of the run. ``path`` is relative to the folder it was read from."""

    role: Literal["policy", "lexicon", "model", "registry", "corpus", "document", "decisions", "answers"]
    path: str
    sha256: str


class Run(Value):
    """What made this alignment: version, inputs and options. No clock and no machine path."""

    version: str
    inputs: tuple[InputFile, ...] = ()
    options: dict[str, str] = {}


class Alignment(Value):
    """All cells of a run. Written to alignment.json, the one file every report is made from."""

    run: Run
    policies: tuple[Policy, ...]
    firms: tuple[Firm, ...]
    documents: tuple[Document, ...]
    evidence: tuple[Evidence, ...]
    cells: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...] = ()
    faint: tuple[Faint, ...] = ()
    review: tuple[Review, ...] = ()
    """Every decision of human reviewers, by firm, requirement, words and time."""


def cell_status(grades: Collection[Grade], *, addressed: bool, searched: bool, binding: bool = True) -> Status:
    """The status of a cell whose evidence, allegations apart, has these grades."""
    if "adverse" in grades:
        return "contrary"
    if "action" in grades or "outcome" in grades:
        return "evidenced"
    if grades:
        return "stated"
    if not addressed:
        return "not-applicable"
    if not binding:
        return "not-yet"
    return "none" if searched else "unsearched"
